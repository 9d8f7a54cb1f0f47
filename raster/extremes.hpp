/// Smallest and greatest value of any cell that is touched at all; weights do not matter.
#pragma once

#include <limits>
#include <optional>

namespace vereda::raster {

class Extremes {
  public:
    void add(double value, double /*weight*/ = 1) {
        if (value < min_) min_ = value;
        if (value > max_) max_ = value;
    }
    void merge(const Extremes& other) {
        if (other.min_ < min_) min_ = other.min_;
        if (other.max_ > max_) max_ = other.max_;
    }
    [[nodiscard]] std::optional<double> min() const {
        if (min_ > max_) return std::nullopt;
        return min_;
    }
    [[nodiscard]] std::optional<double> max() const {
        if (min_ > max_) return std::nullopt;
        return max_;
    }

  private:
    double min_ = std::numeric_limits<double>::infinity();
    double max_ = -std::numeric_limits<double>::infinity();
};

}  // namespace vereda::raster
