/// Months in words.
#pragma once

#include <string>

#include "report/catalogue.hpp"

namespace vereda::report {

/// "March", "marzo".
[[nodiscard]] std::string month_name(std::chrono::month month, const Catalogue& words);
/// "March 2017", "marzo de 2017".
[[nodiscard]] std::string month_and_year(geo::Month month, const Catalogue& words);

}  // namespace vereda::report
