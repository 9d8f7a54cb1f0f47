/// Days, areas and numbers as people say them in Spanish or English.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "geo/date.hpp"
#include "geo/quantity.hpp"

namespace vereda::app {

/// "hoy", "ayer", "9/11/2007", "9 de noviembre de 2007", "9 nov", "2007-11-09", "yesterday", "9 November 2007"; a day
/// without a year is the last such day up to `today`.
[[nodiscard]] std::optional<geo::Date> spoken_day(std::string_view text, geo::Date today);

/// "1 año", "6 meses", "30 días", "2 years" after `from`; or a day.
[[nodiscard]] std::optional<geo::Date> spoken_end(std::string_view text, geo::Date from);

/// "25", "2,5 ha", "5000 m2", "3 fanegadas", "3 plazas" (6,400 m² each), "media hectárea". A bare number is hectares.
[[nodiscard]] std::optional<geo::Hectares> spoken_area(std::string_view text);

/// "23 y 27", "23-27", "entre 23 y 27", "23 27"; smaller first.
[[nodiscard]] std::optional<std::pair<double, double>> spoken_range(std::string_view text);

/// A whole number, not negative; "253 personas" is 253.
[[nodiscard]] std::optional<long> spoken_count(std::string_view text);

/// "sí", "s", "si", "yes", "y": true; "no", "n": false.
[[nodiscard]] std::optional<bool> spoken_yes(std::string_view text);

}  // namespace vereda::app
