/// Minimum-cost flow by network simplex (LEMON; Kovács, "Minimum-cost flow algorithms: an experimental evaluation",
/// Optimization Methods and Software 30, 2015). Whole numbers in and out, so flows balance exactly.
///
/// This header is C++17 as well: the object behind it is compiled so.
#pragma once

#include <cstdint>
#include <vector>

namespace vereda::optimise {

struct FlowArc {
    int from = 0;
    int to = 0;
    std::int64_t cost = 0;  ///< not negative
};

struct FlowProblem {
    std::vector<std::int64_t> supply;  ///< per node; negative: demand; they sum to 0
    std::vector<FlowArc> arcs;         ///< without upper bounds
};

/// One flow per arc of least total cost; empty where no flow meets every supply and demand. The same problem gives the
/// same flow.
[[nodiscard]] std::vector<std::int64_t> cheapest_flow(const FlowProblem& problem);

}  // namespace vereda::optimise
