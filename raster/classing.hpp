/// How the values of a raster become a few classes: what tabulate() counts by.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace vereda::raster {

/// Classes are numbered from 0 without gaps; a class's key is what callers know it by. Values are real ones (scaled).
class Classing {
  public:
    /// Each whole number of [from, to] is a class of its own, its key; values round to the nearest. Other values are
    /// left out. from ≤ to.
    [[nodiscard]] static Classing whole_numbers(int from, int to);
    /// Key k holds the values v with breaks[k − 1] ≤ v < breaks[k]; key 0 those below the first break, the last key
    /// those from the last break up. Breaks ascend.
    [[nodiscard]] static Classing by_breaks(std::vector<double> breaks);
    /// The same, where cells without a value (nodata, or off the raster) are a class too, with no key, instead of being
    /// left out.
    [[nodiscard]] Classing with_missing() const;

    [[nodiscard]] std::uint32_t count() const;
    /// nullopt: left out.
    [[nodiscard]] std::optional<std::uint32_t> of(double value) const;
    [[nodiscard]] std::optional<std::uint32_t> of_missing() const;
    /// nullopt for the class of cells without a value.
    [[nodiscard]] std::optional<int> key(std::uint32_t index) const;

  private:
    [[nodiscard]] std::uint32_t of_values() const;

    int from_ = 0;
    int to_ = 0;
    bool by_breaks_ = false;
    std::vector<double> breaks_;
    bool missing_ = false;
};

}  // namespace vereda::raster
