/// Two-way fixed effects: takes unit and time effects out of columns by alternating projections, exactly to rounding.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vereda::regions {

/// Rows of a panel, however unbalanced: which unit and which time (or region × time) each belongs to.
struct TwoWayRows {
    std::vector<std::size_t> unit;
    std::vector<std::size_t> time;
};

/// In place, `columns` values per row: what is left after least squares on all unit and time dummies (Gaure 2013).
void take_out_two_way(const TwoWayRows& rows, std::span<double> values, int columns);

struct LeastSquares {
    std::vector<double> coefficients;
    /// Per coefficient and row: x with all other columns partialled out; y likewise stands in `outcomes`.
    std::vector<std::vector<double>> own;
    std::vector<std::vector<double>> outcomes;
};

/// Of `outcome` on `columns` values per row, both already without fixed effects.
[[nodiscard]] LeastSquares least_squares(std::span<const double> values, int columns, std::span<const double> outcome);

}  // namespace vereda::regions
