#include "regions/two_way.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace vereda::regions {

namespace {

constexpr int kMostRounds = 20'000;
constexpr double kSettled = 1e-13;  ///< of the largest value, change in one round

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Subtracts group means; returns the largest one.
double demean(std::span<const std::size_t> group, std::span<const double> size, std::span<double> values,
              std::size_t columns, std::vector<double>& means) {
    means.assign(size.size() * columns, 0);
    for (std::size_t r = 0; r < group.size(); ++r)
        for (std::size_t c = 0; c < columns; ++c)
            means[group[r] * columns + c] += values[r * columns + c];
    double largest = 0;
    for (std::size_t g = 0; g < size.size(); ++g)
        for (std::size_t c = 0; c < columns; ++c) {
            double& mean = means[g * columns + c];
            mean = size[g] > 0 ? mean / size[g] : 0;
            largest = std::max(largest, std::abs(mean));
        }
    for (std::size_t r = 0; r < group.size(); ++r)
        for (std::size_t c = 0; c < columns; ++c)
            values[r * columns + c] -= means[group[r] * columns + c];
    return largest;
}

std::vector<double> sizes(std::span<const std::size_t> group) {
    std::vector<double> size(group.empty() ? 0 : std::ranges::max(group) + 1, 0);
    for (const std::size_t g : group)
        size[g] += 1;
    return size;
}

}  // namespace

void take_out_two_way(const TwoWayRows& rows, std::span<double> values, int columns) {
    const auto k = static_cast<std::size_t>(columns);
    const std::vector<double> per_unit = sizes(rows.unit);
    const std::vector<double> per_time = sizes(rows.time);
    double scale = 0;
    for (const double value : values)
        scale = std::max(scale, std::abs(value));
    std::vector<double> means;
    for (int round = 0; round < kMostRounds; ++round) {
        demean(rows.unit, per_unit, values, k, means);
        if (demean(rows.time, per_time, values, k, means) <= kSettled * scale && round > 0) break;
    }
}

LeastSquares least_squares(std::span<const double> values, int columns, std::span<const double> outcome) {
    const auto rows = static_cast<Eigen::Index>(outcome.size());
    const Eigen::Map<const Matrix> x(values.data(), rows, columns);
    const Eigen::Map<const Eigen::VectorXd> y(outcome.data(), rows);
    LeastSquares result;
    const Matrix gram = x.transpose() * x;
    const Eigen::VectorXd all = gram.completeOrthogonalDecomposition().solve(x.transpose() * y);
    result.coefficients.assign(all.data(), all.data() + columns);
    for (int j = 0; j < columns; ++j) {
        Matrix others(rows, columns - 1);
        for (int c = 0, d = 0; c < columns; ++c)
            if (c != j) others.col(d++) = x.col(c);
        const auto solver = Matrix(others.transpose() * others).completeOrthogonalDecomposition();
        const Eigen::VectorXd own = x.col(j) - others * Eigen::VectorXd(solver.solve(others.transpose() * x.col(j)));
        const Eigen::VectorXd left = y - others * Eigen::VectorXd(solver.solve(others.transpose() * y));
        result.own.emplace_back(own.data(), own.data() + rows);
        result.outcomes.emplace_back(left.data(), left.data() + rows);
    }
    return result;
}

}  // namespace vereda::regions
