#include "regions/ring_study.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace vereda::regions {

namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A dose whose own part is less than this share of its variance cannot be told from the others.
constexpr double kOwnShare = 1e-7;

constexpr std::size_t kVarianceClasses = 20;
/// No row counts for more than 1 / this times the average.
constexpr double kLeastVariance = 1e-3;

/// Units in remembered rings: 64 MiB. Beyond it rings are searched for again.
constexpr std::size_t kMostRemembered = 4U << 20U;

/// Rows of like mean crop and the sum of their squared residuals.
struct Pool {
    double squares = 0;
    double rows = 0;
    std::size_t end = 0;  ///< one past its last row in the order
    [[nodiscard]] double variance() const { return squares / rows; }
};

/// Minimum-norm solution: columns without any dose get 0.
Eigen::VectorXd solved(const Matrix& gram, const Eigen::VectorXd& right) {
    return gram.completeOrthogonalDecomposition().solve(right);
}

RingFit solved_fit(std::span<const double> gram, std::span<const double> right, int mains) {
    const auto k = static_cast<Eigen::Index>(right.size());
    const Eigen::Map<const Matrix> g(gram.data(), k, k);
    const Eigen::Map<const Eigen::VectorXd> r(right.data(), k);
    const Eigen::VectorXd solution = solved(g, r);
    RingFit fit;
    fit.coefficients.assign(solution.data(), solution.data() + k);
    fit.identified = true;
    for (int m = 0; m < mains; ++m)
        fit.identified = fit.identified && g(m, m) > 0;
    return fit;
}

double mean_distance(std::span<const NearUnit> ring) {
    double sum = 0;
    for (const NearUnit& near : ring)
        sum += near.metres;
    return sum > 0 ? sum / static_cast<double>(ring.size()) : 1;
}

}  // namespace

std::vector<Dose> RingDoses::of(std::span<const Removal> removals) const {
    const std::vector<int> mains(removals.size(), 0);
    return split(removals, mains);
}

RingDoses::Ring RingDoses::ring_of(std::span<const std::size_t> targets) const {
    Ring ring{index_->ring(targets, belt_), 1};
    ring.mean_distance = mean_distance(ring.units);
    return ring;
}

void RingDoses::remember(std::span<const std::size_t> units) {
    for (const std::size_t unit : units) {
        if (held_ > kMostRemembered) return;
        if (unit >= place_of_unit_.size()) place_of_unit_.resize(unit + 1, 0);
        if (place_of_unit_[unit] > 0) continue;
        remembered_.push_back(ring_of(std::span(&unit, 1)));
        place_of_unit_[unit] = remembered_.size();
        held_ += remembered_.back().units.size();
    }
}

std::vector<Dose> RingDoses::split(std::span<const Removal> removals, std::span<const int> mains) const {
    std::vector<Dose> doses;
    for (std::size_t i = 0; i < removals.size(); ++i) {
        const std::vector<std::size_t>& targets = removals[i].targets;
        const bool known =
            targets.size() == 1 && targets.front() < place_of_unit_.size() && place_of_unit_[targets.front()] > 0;
        const Ring found = known ? Ring() : ring_of(targets);
        const Ring& ring = known ? remembered_[place_of_unit_[targets.front()] - 1] : found;
        const double each = removals[i].hectares / static_cast<double>(ring.units.size());
        for (const NearUnit& near : ring.units)
            doses.push_back({near.unit, removals[i].year, each, mains[i], near.metres / ring.mean_distance - 1, i});
    }
    return doses;
}

std::vector<Dose> RingDoses::by_band(std::span<const Removal> removals, std::span<const geo::Metres> edges) const {
    std::vector<Dose> doses;
    const auto band_of = [&](double metres) {
        return static_cast<std::size_t>(std::ranges::lower_bound(edges, geo::Metres(metres)) - edges.begin());
    };
    for (const Removal& removal : removals) {
        const std::vector<NearUnit> ring = index_->ring(removal.targets, edges.back());
        std::vector<double> units(edges.size(), 0);
        for (const NearUnit& near : ring)
            units[band_of(near.metres)] += 1;
        for (const NearUnit& near : ring) {
            const std::size_t band = band_of(near.metres);
            doses.push_back(
                {near.unit, removal.year, removal.hectares / units[band], static_cast<int>(band), 0, doses.size()});
        }
    }
    return doses;
}

RingFit fit_rings(const RingDesign& design, std::span<const double> doses, int mains) {
    std::vector<double> gram;
    std::vector<double> right;
    design.project(doses, mains + RingDesign::kOtherDoses, gram, right);
    return solved_fit(gram, right, mains);
}

RingFit fit_doses(const RingDesign& design, std::span<const Dose> doses) {
    std::vector<double> gram;
    std::vector<double> right;
    design.project_doses(doses, gram, right);
    return solved_fit(gram, right, 1);
}

namespace {

/// Dose columns after projection, the one asked about apart.
struct Apart {
    Eigen::VectorXd own;
    Matrix others;
    Matrix gram;

    Apart(const RingDesign& design, std::span<const double> doses, int columns, int which) {
        const auto rows = static_cast<Eigen::Index>(design.rows());
        std::vector<double> left(doses.begin(), doses.end());
        design.residualise(left, columns);
        const Eigen::Map<const Matrix> all(left.data(), rows, columns);
        others.resize(rows, columns - 1);
        for (int c = 0, d = 0; c < columns; ++c)
            if (c != which) others.col(d++) = all.col(c);
        gram = others.transpose() * others;
        own = all.col(which);
    }
    [[nodiscard]] Eigen::VectorXd without_others(const Eigen::VectorXd& values) const {
        return values - others * solved(gram, Eigen::VectorXd(others.transpose() * values));
    }
};

}  // namespace

std::vector<double> partialled(const RingDesign& design, std::span<const double> doses,
                               std::span<const double> columns) {
    const auto k = static_cast<std::size_t>(1 + RingDesign::kOtherDoses);
    std::vector<double> main(design.rows());
    for (std::size_t r = 0; r < main.size(); ++r)
        main[r] = columns[r * k];
    design.residualise(main, 1);
    const Apart apart(design, doses, static_cast<int>(k), 0);
    const Eigen::VectorXd left =
        apart.without_others(Eigen::Map<const Eigen::VectorXd>(main.data(), static_cast<Eigen::Index>(main.size())));
    return {left.data(), left.data() + left.size()};
}

RingCoefficient coefficient(const RingDesign& design, std::span<const double> doses, int mains, int which) {
    const int k = mains + RingDesign::kOtherDoses;
    const auto rows = static_cast<Eigen::Index>(design.rows());
    const Apart apart(design, doses, k, which);
    const Eigen::Map<const Eigen::VectorXd> outcome(design.outcome().data(), rows);
    const Eigen::VectorXd x = apart.without_others(apart.own);
    const Eigen::VectorXd y = apart.without_others(outcome);
    RingCoefficient result;
    double plain = 0;
    for (std::size_t r = 0; r < design.rows(); ++r) {
        const double value = doses[r * static_cast<std::size_t>(k) + static_cast<std::size_t>(which)];
        plain += value * value;
    }
    const double square = x.squaredNorm();
    result.own_share = plain > 0 ? square / plain : 0;
    result.identified = result.own_share > kOwnShare;
    result.x.assign(x.data(), x.data() + rows);
    result.y.assign(y.data(), y.data() + rows);
    if (result.identified) result.estimate = x.dot(y) / square;
    return result;
}

std::vector<double> precision_weights(const RingDesign& design, const RingCoefficient& first) {
    std::vector<std::size_t> order(design.rows());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t r) { return design.mean_crop(r); });
    std::vector<Pool> pools;
    double whole = 0;
    for (std::size_t at = 0; at < order.size();) {
        // Rows of one value (units without crop, above all) stay in one class.
        std::size_t end = std::min(order.size(), at + std::max<std::size_t>(1, order.size() / kVarianceClasses));
        while (end < order.size() && design.mean_crop(order[end]) == design.mean_crop(order[end - 1]))
            ++end;
        Pool pool{0, 0, end};
        for (; at < end; ++at) {
            const double residual = first.y[order[at]] - first.estimate * first.x[order[at]];
            pool.squares += residual * residual;
            pool.rows += 1;
        }
        whole += pool.squares;
        pools.push_back(pool);
        while (pools.size() > 1 && pools.back().variance() < pools[pools.size() - 2].variance()) {
            const Pool last = pools.back();
            pools.pop_back();
            pools.back() = {pools.back().squares + last.squares, pools.back().rows + last.rows, last.end};
        }
    }
    std::vector<double> weights(order.size(), 1);
    if (whole <= 0) return weights;
    const double mean = whole / static_cast<double>(order.size());
    std::size_t at = 0;
    for (const Pool& pool : pools)
        for (; at < pool.end; ++at)
            weights[order[at]] = mean / std::max(pool.variance(), kLeastVariance * mean);
    return weights;
}

std::vector<ClusterSums> cluster_sums(const RingDesign& design, const RingCoefficient& coefficient,
                                      std::span<const std::size_t> cluster_of_unit, std::size_t clusters) {
    std::vector<ClusterSums> sums(clusters);
    for (std::size_t r = 0; r < design.rows(); ++r) {
        ClusterSums& cluster = sums[cluster_of_unit[design.unit_of(r)]];
        cluster.xy += coefficient.x[r] * coefficient.y[r];
        cluster.xx += coefficient.x[r] * coefficient.x[r];
    }
    return sums;
}

double conley_error(const RingDesign& design, const RingCoefficient& coefficient, std::span<const PanelUnit> units,
                    const UnitIndex& index, geo::Metres reach) {
    std::vector<double> score(units.size(), 0);
    double square = 0;
    for (std::size_t r = 0; r < design.rows(); ++r) {
        const double x = coefficient.x[r];
        score[design.unit_of(r)] += x * (coefficient.y[r] - coefficient.estimate * x);
        square += x * x;
    }
    double sum = 0;
    for (std::size_t u = 0; u < units.size(); ++u) {
        if (score[u] == 0) continue;
        for (const NearUnit& near : index.within(units[u].place, reach))
            sum += score[u] * score[near.unit] * (1 - near.metres / reach.value());
    }
    return square > 0 ? std::sqrt(std::max(sum, 0.0)) / square : 0;
}

}  // namespace vereda::regions
