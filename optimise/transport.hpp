/// Unbalanced optimal transport: amounts that vanished at origins are matched with amounts that appeared at
/// destinations, at least cost, along candidate arcs only; what is dearer to match than to leave stays unmatched.
///
///     minimise  sum c(i,j) f(i,j) + u (sum of origins' rest) + v (sum of destinations' rest)
///     subject to  sum over j of f(i,j) + rest(i) = amount(i),  likewise for destinations,  all not negative.
///
/// Solved exactly, component by component of the candidate graph: by network simplex, components of 60,000 places and
/// more by shortest augmenting paths. Amounts are rounded down to a quantum of 2^-34 (5.8e-11), the remainder rests, so
/// every origin and destination balances to rounding. Costs are rounded to 1e-6.
/// Which of several cheapest solutions is shown is arbitrary; the range beside each flow says how far it may differ.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/parallel.hpp"

namespace vereda::optimise {

struct TransportArc {
    std::size_t origin = 0;
    std::size_t destination = 0;
    double cost = 0;  ///< per unit of amount, not negative
};

struct TransportProblem {
    std::vector<double> origins;       ///< amounts, not negative; each and their sum below 1e8
    std::vector<double> destinations;  ///< likewise
    std::vector<TransportArc> arcs;    ///< pairs that may be matched, each once
    double origin_rest_cost = 0;       ///< per unit that stays unmatched
    double destination_rest_cost = 0;
};

struct TransportOptions {
    /// Solutions whose cost exceeds the least by at most about twice this share are near-optimal.
    double near_optimal = 0.02;
    /// Further solutions looked at for the ranges, each the optimum under costs shifted at random by up to
    /// `near_optimal`. The range is what these showed: the true one is at least as wide.
    int alternatives = 12;
    std::uint64_t seed = 1;
    geo::Parallelism parallelism;
};

struct TransportFlow {
    std::size_t arc = 0;  ///< position in the problem's arcs
    double amount = 0;    ///< in the solution shown; 0 where only an alternative uses the arc
    double lo = 0;        ///< least and most over the near-optimal solutions looked at
    double hi = 0;
};

struct TransportPlan {
    std::vector<TransportFlow> flows;  ///< arcs that any solution uses, ascending
    std::vector<double> origin_rest;   ///< unmatched, per origin
    std::vector<double> destination_rest;
    double cost = 0;  ///< of the solution shown, rests included
};

/// Throws Error(usage) for amounts or costs that are negative, not finite or too large, and for arcs to places that
/// do not exist ("transport.amount", "transport.cost", "transport.arc").
[[nodiscard]] TransportPlan cheapest_transport(const TransportProblem& problem, const TransportOptions& options = {},
                                               geo::Progress* progress = nullptr);

}  // namespace vereda::optimise
