#include <map>
#include <tuple>

#include "simulate/study_tables.hpp"
#include "simulate/table_text.hpp"

namespace vereda::simulate {

namespace {

std::string text(std::string_view view) {
    return std::string(view);
}

template <class Items, class Show>
std::string joined(const Items& items, const Show& show) {
    std::string out;
    for (const auto& item : items)
        out += (out.empty() ? "" : " ") + show(item);
    return out;
}

std::string or_empty(int number) {
    return number == 0 ? "" : std::to_string(number);
}

geo::TextTable plots(const Landscape& landscape) {
    TableText out({"true_plot", "crop", "region_id", "origin", "origin_event", "origin_plot", "cleared_year",
                   "first_year", "last_year", "end", "removed_by", "replanted_years"});
    for (const TruePlot& plot : landscape.cultivation.plots) {
        out.add({std::to_string(plot.id), text(regions::name_of(plot.crop)), landscape.land.veredas[plot.vereda].id,
                 text(name_of(plot.origin)), plot.origin_event, or_empty(plot.origin_plot),
                 std::to_string(plot.cleared_year), std::to_string(plot.years.front().year),
                 std::to_string(plot.years.back().year), text(name_of(plot.end)),
                 joined(plot.removed_by, [](const std::string& id) { return id; }),
                 joined(plot.replanted, [](int year) { return std::to_string(year); })});
    }
    return std::move(out).table();
}

geo::TextTable plot_years(const Landscape& landscape) {
    TableText out({"year", "true_plot", "area_ha", "plot_id", "why_missing"});
    for (const Sighting& s : landscape.survey.sightings) {
        out.add({std::to_string(s.year), std::to_string(s.true_plot), out.number(s.area.value(), 4), s.plot_id,
                 s.why_missing});
    }
    return std::move(out).table();
}

geo::TextTable eradication(const Landscape& landscape) {
    TableText out({"event_id", "year", "kind", "region_id", "plots_removed", "removed_ha", "displaced_ha"});
    for (const Operation& operation : landscape.cultivation.operations) {
        out.add({operation.event.id, std::to_string(geo::year_of(operation.event.date)),
                 text(regions::name_of(operation.event.kind)), operation.event.region_id,
                 std::to_string(operation.removed_plots.size()), out.number(operation.removed.value(), 4),
                 out.number(operation.displaced.value(), 4)});
    }
    return std::move(out).table();
}

geo::TextTable displacement(const Landscape& landscape) {
    double removed = 0;
    double displaced = 0;
    for (const Operation& operation : landscape.cultivation.operations) {
        removed += operation.removed.value();
        displaced += operation.displaced.value();
    }
    TableText out({"planned_share", "belt_m", "removed_ha", "displaced_ha", "planted_share"});
    const CultivationParameters& crop = landscape.parameters.cultivation;
    out.add({out.number(crop.displaced_share, 4), out.number(crop.belt.value(), 0), out.number(removed, 4),
             out.number(displaced, 4), out.number(removed > 0 ? displaced / removed : 0, 4)});
    return std::move(out).table();
}

/// By the region that holds the cell's centre; areas are cells times their nominal size in the study CRS.
geo::TextTable loss(const Landscape& landscape) {
    std::map<std::tuple<std::string, int, Driver>, long> cells;
    const Frame& frame = landscape.land.frame;
    for (std::size_t i = 0; i < frame.size(); ++i) {
        if (landscape.forest.loss_year[i] == 0) continue;
        const auto vereda = landscape.land.vereda_at(frame.centre(i));
        const std::string id = vereda ? landscape.land.veredas[*vereda].id : std::string();
        ++cells[{id, loss_base_year + landscape.forest.loss_year[i], landscape.forest.cause[i]}];
    }
    TableText out({"region_id", "year", "cause", "cells", "area_ha"});
    for (const auto& [key, count] : cells) {
        const auto& [region, year, cause] = key;
        const double hectares = static_cast<double>(count) * frame.cell * frame.cell / 10'000;
        out.add({region, std::to_string(year), text(name_of(cause)), std::to_string(count), out.number(hectares, 2)});
    }
    return std::move(out).table();
}

/// The state that must follow from a story, and why.
std::pair<std::string, std::string> verdict(Story story) {
    switch (story) {
        case Story::served:
            return {"READY", "all promises kept and confirmed; licit income above former crop income"};
        case Story::served_stale:
            return {"CONDITIONAL", "as served, but evidence is older than twelve months"};
        case Story::promised_only:
            return {"NOT_READY", "promises not delivered; licit income far below former crop income"};
        case Story::disputed:
            return {"NOT_READY", "families dispute what the payer calls delivered"};
        case Story::income_gap:
            return {"NOT_READY", "crops removed by force before any livelihood stood"};
        case Story::coerced:
            return {"NOT_READY", "agreements under threat of eradication; participants threatened"};
        case Story::landless:
            return {"NOT_READY", "most families hold no land right"};
        case Story::unrecorded:
            break;
    }
    return {"INSUFFICIENT_DATA", "no incomes and no evidence recorded"};
}

geo::TextTable readiness(const Landscape& landscape) {
    TableText out({"region_id", "story", "state", "reason"});
    for (std::size_t v = 0; v < landscape.stories.size(); ++v) {
        const auto [state, reason] = verdict(landscape.stories[v]);
        out.add({landscape.land.veredas[v].id, text(name_of(landscape.stories[v])), state, reason});
    }
    return std::move(out).table();
}

geo::TextTable registered(const Landscape& landscape) {
    TableText out({"plot_id", "household_id", "true_area_m2", "limit_m2", "lawful_area", "other_offence"});
    for (const RegisteredPlot& plot : landscape.registered_plots) {
        out.add({plot.id, plot.household_id, out.number(plot.true_area.value(), 1),
                 out.number(landscape.parameters.small_plots.limit.value(), 0), plot.lawful_area ? "yes" : "no",
                 plot.other_offence});
    }
    return std::move(out).table();
}

geo::TextTable sanctions(const Landscape& landscape) {
    TableText out({"household_id", "union", "date", "kind", "really_exceeded", "counts"});
    for (const PastSanction& past : landscape.sanctions) {
        out.add({past.record.household_id, past.record.union_name, out.date(past.record.day), past.record.kind,
                 past.really_exceeded ? "yes" : "no",
                 livelihoods::confirmed_twice(past.record) && !past.record.household_id.empty() ? "yes" : "no"});
    }
    return std::move(out).table();
}

}  // namespace

std::vector<NamedTable> truth_tables(const Landscape& landscape) {
    return {{"plots", plots(landscape)},
            {"plot_years", plot_years(landscape)},
            {"eradication", eradication(landscape)},
            {"displacement", displacement(landscape)},
            {"loss", loss(landscape)},
            {"readiness", readiness(landscape)},
            {"registered_plots", registered(landscape)},
            {"sanctions", sanctions(landscape)}};
}

}  // namespace vereda::simulate
