/// The lineage of plots as GraphML (graphml.graphdrawing.org, 1.0), for igraph, networkx, Gephi, yEd.
#pragma once

#include <iosfwd>

#include "regions/lineage.hpp"

namespace vereda::report {

/// A directed graph: a node to each outline, an edge to each link, areas in hectares.
void write_graphml(std::ostream& out, const regions::Lineage& lineage);

}  // namespace vereda::report
