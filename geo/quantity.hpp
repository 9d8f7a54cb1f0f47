/// Units are types: a function that wants metres cannot be handed degrees, and the compiler says so.
///
/// A quantity holds one double in the unit its name says. Conversion between units is a named function; arithmetic
/// stays within one unit. Exact except where a conversion says otherwise.
#pragma once

#include <compare>

namespace vereda::geo {

template <class Unit>
class Quantity {
  public:
    constexpr Quantity() = default;
    constexpr explicit Quantity(double value) : value_(value) {}

    /// The bare number, in the unit of the type.
    [[nodiscard]] constexpr double value() const { return value_; }

    constexpr Quantity& operator+=(Quantity other) {
        value_ += other.value_;
        return *this;
    }
    constexpr Quantity& operator-=(Quantity other) {
        value_ -= other.value_;
        return *this;
    }

    friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity(a.value_ + b.value_); }
    friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity(a.value_ - b.value_); }
    friend constexpr Quantity operator-(Quantity a) { return Quantity(-a.value_); }
    friend constexpr Quantity operator*(Quantity a, double factor) { return Quantity(a.value_ * factor); }
    friend constexpr Quantity operator*(double factor, Quantity a) { return a * factor; }
    friend constexpr Quantity operator/(Quantity a, double divisor) { return Quantity(a.value_ / divisor); }
    friend constexpr double operator/(Quantity a, Quantity b) { return a.value_ / b.value_; }
    friend constexpr auto operator<=>(Quantity, Quantity) = default;

  private:
    double value_ = 0;
};

using Metres = Quantity<struct MetreUnit>;
using SquareMetres = Quantity<struct SquareMetreUnit>;
using Hectares = Quantity<struct HectareUnit>;
using Degrees = Quantity<struct DegreeUnit>;

/// 1 ha = 10,000 m².
constexpr Hectares to_hectares(SquareMetres area) {
    return Hectares(area.value() / 10'000.0);
}
constexpr SquareMetres to_square_metres(Hectares area) {
    return SquareMetres(area.value() * 10'000.0);
}
constexpr SquareMetres operator*(Metres a, Metres b) {
    return SquareMetres(a.value() * b.value());
}

}  // namespace vereda::geo
