/// Inference on one coefficient of a regression whose errors are dependent within clusters, from two sums per cluster.
///
/// Wild cluster bootstrap-t with the null imposed (Cameron, Gelbach, Miller 2008), computed from cluster sums as by
/// Roodman, MacKinnon, Nielsen, Webb 2019; intervals by inversion of the test. Signs are Rademacher's, with up to 12
/// clusters Webb's six points.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace vereda::regions {

/// With x the regressor after all others are partialled out, and y likewise: sums over a cluster's rows.
struct ClusterSums {
    double xy = 0;
    double xx = 0;
};

struct Interval {
    double lo = 0;
    double hi = 0;
};

class WildBootstrap {
  public:
    /// Clusters without any x are left out.
    WildBootstrap(std::span<const ClusterSums> clusters, int draws, std::uint64_t seed);

    [[nodiscard]] bool estimable() const { return xx_ > 0; }
    [[nodiscard]] double estimate() const { return estimate_; }
    /// Cluster-robust standard error, CR1: G/(G - 1). nullopt with fewer than two clusters.
    [[nodiscard]] std::optional<double> standard_error() const { return error_; }
    [[nodiscard]] int clusters() const { return static_cast<int>(sums_.size()); }
    /// Effective number of clusters: (sum of xx)² / sum of xx².
    [[nodiscard]] double effective_clusters() const;

    /// Two-sided p of "the coefficient is `value`" (symmetric).
    [[nodiscard]] double p_value(double value) const;
    /// All values whose two-sided p is above 1 - level; nullopt with fewer than two clusters.
    [[nodiscard]] std::optional<Interval> interval(double level) const;
    /// The value above which every one is refused by a one-sided test at `size`.
    [[nodiscard]] std::optional<double> upper_bound(double size) const;

  private:
    enum class Side { both, upper };
    [[nodiscard]] double p_of(double value, Side side) const;
    [[nodiscard]] double crossing(double size, Side side, double direction) const;

    /// Sums over clusters of the drawn weights v times powers of xy (a) and xx (b).
    struct Draw {
        double va = 0, vb = 0, vab = 0, vbb = 0, vvaa = 0, vvab = 0, vvbb = 0;
    };
    std::vector<ClusterSums> sums_;
    std::vector<Draw> draws_;
    double xx_ = 0;
    double xx_squares_ = 0;
    double estimate_ = 0;
    std::optional<double> error_;
};

}  // namespace vereda::regions
