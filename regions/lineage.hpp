/// The family tree of plots: outlines as nodes, links as edges, areas accounted for from year to year.
///
/// An edge carries the area that went over: of a single link the smaller of both areas, of a split or merger the
/// smaller of both sums, shared out by the parts' areas. What a node does not pass on is lost, what it did not receive
/// is gained, so that for every node: area = Σ in + gained = Σ out + lost, and over all nodes of two surveys: area
/// after = area before − lost + gained. Errors of outline count as loss or gain.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "regions/plot_tracks.hpp"

namespace vereda::regions {

struct LineageNode {
    std::string id;  ///< "CROP-YEAR-PLOT"
    std::string track_id;
    std::string plot_id;
    Crop crop = Crop::coca;
    int year = 0;
    TrackEvent event = TrackEvent::appeared;
    geo::Hectares area{0};
    geo::Hectares gained{0};
    geo::Hectares lost{0};  ///< in the next survey in which it was linked; its whole area where nothing follows
};

struct LineageEdge {
    std::size_t from = 0;  ///< position of the node
    std::size_t to = 0;
    LinkForm form = LinkForm::single;
    double link_score = 0;
    geo::Hectares area{0};  ///< that went over
    int years = 1;
};

struct Lineage {
    std::vector<LineageNode> nodes;  ///< by crop, year, plot id
    std::vector<LineageEdge> edges;  ///< by `to`, then `from`
};

[[nodiscard]] Lineage lineage_of(const PlotTracks& tracks, std::span<const Survey> surveys);
[[nodiscard]] std::string_view name_of(LinkForm form);

}  // namespace vereda::regions
