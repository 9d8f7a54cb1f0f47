#include "regions/lineage.hpp"

#include <algorithm>
#include <array>

namespace vereda::regions {

namespace {

/// Edges of a split share their `from`, those of a merger their `to`.
std::size_t group_key(const LineageEdge& edge) {
    return edge.form == LinkForm::merged ? edge.to : edge.from;
}

class Accounts {
  public:
    explicit Accounts(Lineage& lineage) : lineage_(lineage) {}

    void settle() {
        std::vector<LineageEdge*> order;
        for (LineageEdge& edge : lineage_.edges)
            order.push_back(&edge);
        std::ranges::stable_sort(order, {}, [](const LineageEdge* e) { return std::pair(e->form, group_key(*e)); });
        for (std::size_t begin = 0; begin < order.size();) {
            std::size_t end = begin + 1;
            while (order[begin]->form != LinkForm::single && end < order.size() &&
                   order[end]->form == order[begin]->form && group_key(*order[end]) == group_key(*order[begin]))
                ++end;
            share_out(std::span(order).subspan(begin, end - begin));
            begin = end;
        }
        for (LineageNode& node : lineage_.nodes)
            node.gained = node.lost = node.area;
        for (const LineageEdge& edge : lineage_.edges) {
            lineage_.nodes[edge.to].gained -= edge.area;
            lineage_.nodes[edge.from].lost -= edge.area;
        }
    }

  private:
    [[nodiscard]] geo::Hectares area(std::size_t node) const { return lineage_.nodes[node].area; }

    void share_out(std::span<LineageEdge* const> edges) const {
        const bool merged = edges.front()->form == LinkForm::merged;
        geo::Hectares parts;
        for (const LineageEdge* edge : edges)
            parts += area(merged ? edge->from : edge->to);
        const geo::Hectares whole = area(merged ? edges.front()->to : edges.front()->from);
        const double kept = std::min(1.0, whole / parts);
        for (LineageEdge* edge : edges)
            edge->area = area(merged ? edge->from : edge->to) * kept;
    }

    Lineage& lineage_;
};

}  // namespace

std::string_view name_of(LinkForm form) {
    static constexpr std::array<std::string_view, 3> names{"single", "split", "merged"};
    return names[static_cast<std::size_t>(form)];
}

Lineage lineage_of(const PlotTracks& tracks, std::span<const Survey> surveys) {
    Lineage lineage;
    std::vector<std::vector<std::size_t>> node_of;
    for (const Survey& survey : surveys) {
        auto& of_survey = node_of.emplace_back();
        for (const Plot& plot : survey.plots) {
            of_survey.push_back(lineage.nodes.size());
            LineageNode node;
            node.id = std::string(name_of(survey.crop)) + "-" + std::to_string(survey.year) + "-" + plot.id;
            node.plot_id = plot.id;
            node.crop = survey.crop;
            node.year = survey.year;
            node.area = geo::to_hectares(plot.area);
            lineage.nodes.push_back(std::move(node));
        }
    }
    for (const TrackRow& row : tracks.rows) {
        if (row.outline.survey == no_plot) continue;
        LineageNode& node = lineage.nodes[node_of[row.outline.survey][row.outline.plot]];
        node.track_id = row.track_id;
        node.event = row.event;
    }
    for (const PlotLink& link : tracks.links) {
        LineageEdge edge;
        edge.from = node_of[link.from.survey][link.from.plot];
        edge.to = node_of[link.to.survey][link.to.plot];
        edge.form = link.form;
        edge.link_score = link.probability;
        edge.years = surveys[link.to.survey].year - surveys[link.from.survey].year;
        lineage.edges.push_back(edge);
    }
    std::ranges::sort(lineage.edges, {}, [](const LineageEdge& e) { return std::pair(e.to, e.from); });
    Accounts(lineage).settle();
    return lineage;
}

}  // namespace vereda::regions
