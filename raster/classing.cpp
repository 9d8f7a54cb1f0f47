#include "raster/classing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vereda::raster {

Classing Classing::whole_numbers(int from, int to) {
    Classing classing;
    classing.from_ = from;
    classing.to_ = to;
    return classing;
}

Classing Classing::by_breaks(std::vector<double> breaks) {
    Classing classing;
    classing.by_breaks_ = true;
    classing.breaks_ = std::move(breaks);
    return classing;
}

Classing Classing::with_missing() const {
    Classing classing = *this;
    classing.missing_ = true;
    return classing;
}

std::uint32_t Classing::of_values() const {
    if (by_breaks_) return static_cast<std::uint32_t>(breaks_.size()) + 1;
    return static_cast<std::uint32_t>(std::int64_t{to_} - from_ + 1);
}

std::uint32_t Classing::count() const {
    return of_values() + (missing_ ? 1 : 0);
}

std::optional<std::uint32_t> Classing::of(double value) const {
    if (by_breaks_) return static_cast<std::uint32_t>(std::ranges::upper_bound(breaks_, value) - breaks_.begin());
    const double whole = std::round(value);
    if (!(whole >= from_ && whole <= to_)) return std::nullopt;
    return static_cast<std::uint32_t>(whole - from_);
}

std::optional<std::uint32_t> Classing::of_missing() const {
    if (!missing_) return std::nullopt;
    return of_values();
}

std::optional<int> Classing::key(std::uint32_t index) const {
    if (index >= of_values()) return std::nullopt;
    return static_cast<int>(index) + (by_breaks_ ? 0 : from_);
}

}  // namespace vereda::raster
