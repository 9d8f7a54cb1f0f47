/// The assignment problem on a sparse graph: at most one column to each row and one row to each column, greatest total
/// weight; a row or column may stay free at no gain.
///
/// Successive shortest augmenting paths with prices (Jonker and Volgenant, "A shortest augmenting path algorithm for
/// dense and sparse linear assignment problems", Computing 38, 325-340, 1987), each search ending at the first free
/// column or at the row's own wish to stay free. Exact; ties go to the lower position, so the result depends on the
/// order of rows and edges alone.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vereda::optimise {

struct AssignmentEdge {
    std::size_t row = 0;
    std::size_t column = 0;
    double weight = 0;  ///< edges at or below 0 are never taken
};

inline constexpr std::size_t free_place = static_cast<std::size_t>(-1);

struct Assignment {
    std::vector<std::size_t> column_of_row;  ///< free_place: none
    std::vector<double> row_price;     ///< row_price + column_price ≥ weight on every edge, equal on taken ones;
    std::vector<double> column_price;  ///< none negative; they sum to `total`: the proof that it is the greatest
    double total = 0;
};

/// `edges` sorted by row. Time grows with rows × the edges within reach of one augmenting path.
[[nodiscard]] Assignment assign(std::size_t rows, std::size_t columns, std::span<const AssignmentEdge> edges);

}  // namespace vereda::optimise
