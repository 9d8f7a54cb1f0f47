#include "simulate/tracking_landscape.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace vereda::simulate {

std::string_view name_of(LinkKind kind) {
    constexpr std::string_view names[] = {"same", "moved", "returned", "replanted", "split", "merged", "relocated"};
    return names[static_cast<std::size_t>(kind)];
}

namespace {

struct Sight {
    std::size_t survey = 0;
    std::size_t plot = 0;
    int year = 0;
};

/// Every outline of each true plot, in time order.
std::vector<std::vector<Sight>> sights_of(const PlotHistory& history, const PlotSightings& seen) {
    std::vector<std::vector<Sight>> sights(history.plots.size());
    for (std::size_t survey = 0; survey < seen.surveys.size(); ++survey) {
        const std::vector<int>& truth = seen.outlines[survey].true_plot;
        for (std::size_t plot = 0; plot < truth.size(); ++plot) {
            if (truth[plot] > 0)
                sights[static_cast<std::size_t>(truth[plot] - 1)].push_back({survey, plot, seen.surveys[survey].year});
        }
    }
    return sights;
}

LinkKind kind_between(const TrackedPlot& plot, int from, int to) {
    LinkKind kind = LinkKind::same;
    for (int index = from + 1; index <= to; ++index) {
        const PlotEvent event = plot.moments[static_cast<std::size_t>(index)].event;
        if (event == PlotEvent::moved) kind = LinkKind::moved;
        if (event == PlotEvent::returned) kind = LinkKind::returned;
        if (event == PlotEvent::replanted) kind = LinkKind::replanted;
    }
    return kind;
}

LinkKind kind_of(PlotDescent descent) {
    if (descent == PlotDescent::split) return LinkKind::split;
    return descent == PlotDescent::merged ? LinkKind::merged : LinkKind::relocated;
}

void add_last_of(const std::vector<TrackedPlot>& plots, const std::vector<std::vector<Sight>>& sights, int id, int year,
                 std::vector<Sight>& out) {
    const auto at = static_cast<std::size_t>(id - 1);
    const auto later = std::ranges::find_if(sights[at], [&](const Sight& s) { return s.year >= year; });
    if (later != sights[at].begin()) {
        out.push_back(*std::prev(later));
        return;
    }
    for (const int parent : plots[at].parents)
        add_last_of(plots, sights, parent, year, out);
}

std::vector<TrueLink> links_of(const TrackingParameters& parameters, const PlotHistory& history,
                               const PlotSightings& seen) {
    const auto sights = sights_of(history, seen);
    std::vector<TrueLink> links;
    for (std::size_t i = 0; i < sights.size(); ++i) {
        const TrackedPlot& plot = history.plots[i];
        for (std::size_t k = 1; k < sights[i].size(); ++k) {
            const Sight& from = sights[i][k - 1];
            const Sight& to = sights[i][k];
            const LinkKind kind =
                kind_between(plot, from.year - parameters.first_year, to.year - parameters.first_year);
            links.push_back({from.survey, from.plot, to.survey, to.plot, kind});
        }
        if (sights[i].empty()) continue;
        const Sight& first = sights[i].front();
        std::vector<Sight> before;
        for (const int parent : plot.parents)
            add_last_of(history.plots, sights, parent, first.year, before);
        for (const Sight& from : before)
            links.push_back({from.survey, from.plot, first.survey, first.plot, kind_of(plot.descent)});
    }
    const auto order = [](const TrueLink& l) { return std::tuple(l.to_survey, l.to_plot, l.from_survey, l.from_plot); };
    std::ranges::sort(links, {}, order);
    const auto same = [&](const TrueLink& a, const TrueLink& b) { return order(a) == order(b); };
    links.erase(std::unique(links.begin(), links.end(), same), links.end());
    return links;
}

}  // namespace

TrackingLandscape tracking_landscape(const TrackingParameters& given, std::uint64_t seed) {
    const TrackingParameters parameters = validated(given);
    PlotLayout layout = plot_layout(parameters, seed);
    PlotHistory history = plot_history(parameters, layout, seed);
    PlotSightings seen = plot_sightings(parameters, layout, history, seed);
    std::vector<TrueLink> links = links_of(parameters, history, seen);
    return {
        parameters,      seed, geo::Crs::parse(parameters.crs), std::move(layout), std::move(history), std::move(seen),
        std::move(links)};
}

}  // namespace vereda::simulate
