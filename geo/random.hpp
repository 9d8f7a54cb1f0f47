/// Seeded random numbers that are the same on every machine: no standard-library distribution is used, because their
/// algorithms differ between libraries. Generator: SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace vereda::geo {

class Random {
  public:
    /// Streams of one seed with different names are independent: drawing more in one part of a landscape or an analysis
    /// leaves every other part as it was.
    Random(std::uint64_t seed, std::string_view stream);

    [[nodiscard]] std::uint64_t bits();
    [[nodiscard]] double uniform();  ///< [0, 1)
    [[nodiscard]] double uniform(double lo, double hi);
    [[nodiscard]] int integer(int lo, int hi);  ///< both ends included
    [[nodiscard]] bool chance(double probability);
    [[nodiscard]] double normal(double mean, double sd);
    /// Position drawn with the given weights, none negative, at least one above zero.
    [[nodiscard]] std::size_t pick(std::span<const double> weights);

  private:
    std::uint64_t state_;
};

/// A well-mixed hash of a number; the same everywhere.
[[nodiscard]] std::uint64_t mixed(std::uint64_t value);

}  // namespace vereda::geo
