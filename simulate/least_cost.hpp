/// Cheapest ways over a surface of costs: for roads, and for land that belongs to the village it is easiest reached
/// from.
#pragma once

#include <vector>

#include "simulate/surface.hpp"

namespace vereda::simulate {

struct CostField {
    std::vector<double> cost;         ///< accumulated, in units of `friction` times metres
    std::vector<std::size_t> before;  ///< previous cell on the way from the source; sources hold themselves
    std::vector<int> source;          ///< which source reached the cell first
};

/// Dijkstra over `friction` (cost per metre, above zero everywhere) from all sources at once; eight neighbours or, with
/// `four_neighbours`, four, so that each source's land holds together by edges. Ties go to the earlier arrival.
struct CostQuery {
    std::vector<std::size_t> sources;
    bool four_neighbours = false;
};
[[nodiscard]] CostField spread(const Surface& friction, const CostQuery& query);

/// Cells from the source to `target`, both included.
[[nodiscard]] std::vector<std::size_t> way_to(const CostField& field, std::size_t target);

}  // namespace vereda::simulate
