#include "simulate/tracking_tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "simulate/table_text.hpp"

namespace vereda::simulate {

namespace {

bool stands(PlotState state) {
    return state == PlotState::standing || state == PlotState::renewed;
}

double hectares(const geo::Ring& ring) {
    return std::abs(geo::signed_area(ring)) / 10'000;
}

std::string block_text(int block) {
    return block == 0 ? std::string() : std::to_string(block);
}

geo::TextTable plots(const TrackingLandscape& landscape) {
    TableText out({"true_plot", "crop", "block", "descent", "parents", "first_year", "last_year"});
    for (const TrackedPlot& plot : landscape.history.plots) {
        int first = -1;
        int last = -1;
        for (std::size_t i = 0; i < plot.moments.size(); ++i) {
            if (!stands(plot.moments[i].state)) continue;
            last = static_cast<int>(i);
            if (first < 0) first = last;
        }
        const auto year = [&](int index) {
            return index < 0 ? std::string() : std::to_string(landscape.parameters.first_year + index);
        };
        out.add({std::to_string(plot.id), std::string(regions::name_of(plot.crop)), block_text(plot.block),
                 std::string(name_of(plot.descent)), fmt::format("{}", fmt::join(plot.parents, " ")), year(first),
                 year(last)});
    }
    return std::move(out).table();
}

geo::TextTable states(const TrackingLandscape& landscape) {
    TableText out(
        {"true_plot", "year", "state", "event", "operation", "area_ha", "observed_share", "plot_id", "why_missing"});
    for (const PlotSighting& sighting : landscape.seen.sightings) {
        const auto at = static_cast<std::size_t>(sighting.true_plot - 1);
        const auto index = static_cast<std::size_t>(sighting.year - landscape.parameters.first_year);
        const PlotMoment& moment = landscape.history.plots[at].moments[index];
        if (moment.state == PlotState::not_yet) continue;
        out.add({std::to_string(sighting.true_plot), std::to_string(sighting.year), std::string(name_of(moment.state)),
                 moment.event == PlotEvent::none ? "" : std::string(name_of(moment.event)), moment.operation,
                 stands(moment.state) ? out.number(hectares(moment.outline), 4) : "0",
                 out.number(sighting.observed_share, 4), sighting.plot_id, sighting.why_missing});
    }
    return std::move(out).table();
}

geo::TextTable outlines(const TrackingLandscape& landscape) {
    TableText out({"year", "crop", "plot_id", "true_plot", "block"});
    for (std::size_t s = 0; s < landscape.seen.surveys.size(); ++s) {
        const regions::Survey& survey = landscape.seen.surveys[s];
        for (std::size_t p = 0; p < survey.plots.size(); ++p) {
            const int id = landscape.seen.outlines[s].true_plot[p];
            const int block = id == 0 ? 0 : landscape.history.plots[static_cast<std::size_t>(id - 1)].block;
            out.add({std::to_string(survey.year), std::string(regions::name_of(survey.crop)), survey.plots[p].id,
                     std::to_string(id), block_text(block)});
        }
    }
    return std::move(out).table();
}

geo::TextTable links(const TrackingLandscape& landscape) {
    TableText out({"crop", "from_year", "from_plot_id", "to_year", "to_plot_id", "kind", "true_plot"});
    for (const TrueLink& link : landscape.links) {
        const regions::Survey& from = landscape.seen.surveys[link.from_survey];
        const regions::Survey& to = landscape.seen.surveys[link.to_survey];
        out.add({std::string(regions::name_of(to.crop)), std::to_string(from.year), from.plots[link.from_plot].id,
                 std::to_string(to.year), to.plots[link.to_plot].id, std::string(name_of(link.kind)),
                 std::to_string(landscape.seen.outlines[link.to_survey].true_plot[link.to_plot])});
    }
    return std::move(out).table();
}

geo::TextTable eradication(const TrackingLandscape& landscape) {
    TableText out({"event_id", "date", "kind", "first_year_without", "plots_removed", "removed_ha", "true_plots"});
    for (const PlotOperation& operation : landscape.history.operations) {
        double removed = 0;
        for (const int id : operation.removed_plots) {
            const auto index = static_cast<std::size_t>(operation.first_year_without - landscape.parameters.first_year);
            removed += hectares(landscape.history.plots[static_cast<std::size_t>(id - 1)].moments[index].outline);
        }
        out.add({operation.event.id, out.date(operation.event.date),
                 std::string(regions::name_of(operation.event.kind)), std::to_string(operation.first_year_without),
                 std::to_string(operation.removed_plots.size()), out.number(removed, 4),
                 fmt::format("{}", fmt::join(operation.removed_plots, " "))});
    }
    return std::move(out).table();
}

}  // namespace

std::vector<NamedTable> tracking_truth_tables(const TrackingLandscape& landscape) {
    return {{"plots", plots(landscape)},
            {"states", states(landscape)},
            {"outlines", outlines(landscape)},
            {"links", links(landscape)},
            {"eradication", eradication(landscape)}};
}

}  // namespace vereda::simulate
