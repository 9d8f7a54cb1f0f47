#include "optimise/network_flow.hpp"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

namespace vereda::optimise {

std::vector<std::int64_t> cheapest_flow(const FlowProblem& problem) {
    using Graph = lemon::SmartDigraph;
    Graph graph;
    graph.reserveNode(static_cast<int>(problem.supply.size()));
    graph.reserveArc(static_cast<int>(problem.arcs.size()));
    for (std::size_t i = 0; i < problem.supply.size(); ++i)
        graph.addNode();
    Graph::NodeMap<std::int64_t> supply(graph);
    for (std::size_t i = 0; i < problem.supply.size(); ++i)
        supply[Graph::nodeFromId(static_cast<int>(i))] = problem.supply[i];
    Graph::ArcMap<std::int64_t> cost(graph);
    for (const FlowArc& arc : problem.arcs)
        cost[graph.addArc(Graph::nodeFromId(arc.from), Graph::nodeFromId(arc.to))] = arc.cost;

    lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t> simplex(graph);
    simplex.supplyMap(supply).costMap(cost);
    if (simplex.run() != lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>::OPTIMAL) return {};
    std::vector<std::int64_t> flow(problem.arcs.size());
    for (std::size_t a = 0; a < flow.size(); ++a)
        flow[a] = simplex.flow(Graph::arcFromId(static_cast<int>(a)));
    return flow;
}

}  // namespace vereda::optimise
