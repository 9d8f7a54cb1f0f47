/// Unbalanced transport by shortest augmenting paths with potentials (Edmonds, Karp 1972; Jonker, Volgenant 1987): the
/// same optimum as the network simplex, faster where a large problem is local, that is, where an amount's best place is
/// decided by few others near it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vereda::optimise {

/// Whole numbers throughout; costs not negative, amounts not negative. Each amount may stay at its own rest cost.
struct LocalTransport {
    struct Arc {
        int origin = 0;
        int destination = 0;
        std::int64_t cost = 0;
    };
    std::vector<std::int64_t> origins;
    std::vector<std::int64_t> destinations;
    std::vector<std::int64_t> origin_rest_cost;       ///< per unit, one per origin
    std::vector<std::int64_t> destination_rest_cost;  ///< likewise
    std::vector<Arc> arcs;
};

/// One flow per arc, of least total cost of flows and rests. The same problem gives the same flow.
[[nodiscard]] std::vector<std::int64_t> cheapest_local_transport(const LocalTransport& problem);

}  // namespace vereda::optimise
