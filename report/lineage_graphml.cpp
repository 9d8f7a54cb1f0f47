#include "report/lineage_graphml.hpp"

#include <fmt/format.h>

#include <array>
#include <ostream>
#include <string>
#include <string_view>

#include "report/safe_text.hpp"

namespace vereda::report {

namespace {

struct Key {
    std::string_view id;
    std::string_view of;
    std::string_view name;
    std::string_view type;
};

constexpr std::array keys{
    Key{"track", "node", "track_id", "string"},   Key{"plot", "node", "plot_id", "string"},
    Key{"crop", "node", "crop", "string"},        Key{"year", "node", "year", "int"},
    Key{"event", "node", "event", "string"},      Key{"area", "node", "area_ha", "double"},
    Key{"gained", "node", "gained_ha", "double"}, Key{"lost", "node", "lost_ha", "double"},
    Key{"form", "edge", "form", "string"},        Key{"score", "edge", "link_score", "double"},
    Key{"passed", "edge", "area_ha", "double"},   Key{"years", "edge", "years", "int"},
};

std::string data(std::string_view key, const std::string& value) {
    return fmt::format("<data key=\"{}\">{}</data>", key, value);
}
std::string data(std::string_view key, double value) {
    return data(key, fmt::format("{}", value));
}

}  // namespace

void write_graphml(std::ostream& out, const regions::Lineage& lineage) {
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
           "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
           "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";
    for (const Key& key : keys)
        out << fmt::format("  <key id=\"{}\" for=\"{}\" attr.name=\"{}\" attr.type=\"{}\"/>\n", key.id, key.of,
                           key.name, key.type);
    out << "  <graph id=\"lineage\" edgedefault=\"directed\">\n";
    for (std::size_t i = 0; i < lineage.nodes.size(); ++i) {
        const regions::LineageNode& node = lineage.nodes[i];
        out << fmt::format("    <node id=\"n{}\">", i) << data("track", escaped(node.track_id))
            << data("plot", escaped(node.plot_id)) << data("crop", std::string(regions::name_of(node.crop)))
            << data("year", std::to_string(node.year)) << data("event", std::string(regions::name_of(node.event)))
            << data("area", node.area.value()) << data("gained", node.gained.value()) << data("lost", node.lost.value())
            << "</node>\n";
    }
    for (std::size_t i = 0; i < lineage.edges.size(); ++i) {
        const regions::LineageEdge& edge = lineage.edges[i];
        out << fmt::format("    <edge id=\"e{}\" source=\"n{}\" target=\"n{}\">", i, edge.from, edge.to)
            << data("form", std::string(regions::name_of(edge.form))) << data("score", edge.link_score)
            << data("passed", edge.area.value()) << data("years", std::to_string(edge.years)) << "</edge>\n";
    }
    out << "  </graph>\n</graphml>\n";
}

}  // namespace vereda::report
