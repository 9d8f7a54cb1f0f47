/// How numbers are written for people: one rounding policy, two languages, no dependence on the process's locale.
///
/// English writes 1,234.5; Spanish 1.234,5: the decimal comma of Bolivia, Colombia and most of South America (Mexico,
/// Peru and Central America use the point). Units follow a no-break space. Decimals are correctly rounded from the
/// binary value. A minus is U+2212; zero never carries one.
///
/// Decimals: areas none from 1,000 ha, one from 1 ha, two below; shares one decimal of a percent; money none from 100,
/// else two; scores two. The ends of an interval are written with the decimals of its estimate.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "geo/quantity.hpp"

namespace vereda::report {

class NumberFormat {
  public:
    /// "es" writes a decimal comma, every other language a decimal point.
    explicit NumberFormat(std::string_view language) : comma_(language == "es") {}

    [[nodiscard]] std::string number(double value, int decimals) const;
    [[nodiscard]] std::string integer(long long value) const { return number(static_cast<double>(value), 0); }
    /// For quantities of unknown kind: none of the decimals from 1,000, one from 100, two from 1, three below; no
    /// trailing zeros.
    [[nodiscard]] std::string plain(double value) const;

    [[nodiscard]] std::string hectares(geo::Hectares area) const;
    /// "12.3 ha (10.1–14.9)"; without both ends "12.3 ha".
    [[nodiscard]] std::string hectares(geo::Hectares area, std::optional<geo::Hectares> lo,
                                       std::optional<geo::Hectares> hi) const;
    [[nodiscard]] std::string square_metres(geo::SquareMetres area) const;
    /// A share in [0, 1] as "66.9 %".
    [[nodiscard]] std::string percent(double share) const;
    [[nodiscard]] std::string score(double value) const { return number(value, 2); }
    /// "0.58 (0.41–0.70)".
    [[nodiscard]] std::string score(double value, std::optional<double> lo, std::optional<double> hi) const;
    /// "1,250 BOB".
    [[nodiscard]] std::string money(double amount, std::string_view currency) const;

  private:
    bool comma_;
};

/// Number of decimals by the policy above.
[[nodiscard]] int decimals_of(geo::Hectares area);

}  // namespace vereda::report
