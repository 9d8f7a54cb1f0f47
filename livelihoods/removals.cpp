#include "livelihoods/removals.hpp"

#include <algorithm>

#include "geo/topology.hpp"

namespace vereda::livelihoods {

namespace {

using regions::EradicationEvent;

constexpr int replanting_years = 3;

bool removes(const EradicationEvent& event, geo::Date as_of) {
    return event.verified == regions::Answer::yes && event.kind != regions::EradicationKind::pruned_or_renewed &&
           event.date <= as_of;
}

const geo::MultiPolygon* outline_of(const EradicationEvent& event) {
    const auto* outline = std::get_if<geo::MultiPolygon>(&event.place);
    return outline == nullptr || outline->empty() ? nullptr : outline;
}

}  // namespace

std::string_view name_of(ReductionBasis basis) {
    switch (basis) {
        case ReductionBasis::named:
            return "named";
        case ReductionBasis::plot:
            return "plot";
        case ReductionBasis::region:
            break;
    }
    return "region";
}

Removals::Removals(std::span<const EradicationEvent> events, std::span<const regions::Survey> surveys, geo::Date as_of)
    : surveys_(surveys) {
    std::vector<const EradicationEvent*> ordered;
    for (const EradicationEvent& event : events)
        if (event.date <= as_of) ordered.push_back(&event);
    std::ranges::stable_sort(ordered, {}, [](const EradicationEvent* event) { return event->date; });
    for (const EradicationEvent* event : ordered) {
        all_by_region_[event->region_id].push_back(event);
        if (!removes(*event, as_of)) continue;
        by_region_[event->region_id].push_back(event);
        if (!event->household_id.empty()) by_household_[event->household_id].push_back(event);
        if (event->household_id.empty() && !geo::envelope(event->place).empty()) placed_.push_back(event);
    }
    for (const regions::Survey& survey : surveys)
        for (const regions::Plot& plot : survey.plots)
            if (!plot.household_id.empty()) plots_by_household_[plot.household_id].push_back({&plot, survey.year});
}

std::optional<Reduction> Removals::of_region(std::string_view region_id) const {
    const auto found = by_region_.find(region_id);
    if (region_id.empty() || found == by_region_.end()) return std::nullopt;
    const EradicationEvent* first = found->second.front();
    return Reduction{first->date, ReductionBasis::region, first};
}

bool Removals::touches_plot(const EradicationEvent& event, std::string_view household_id) const {
    const geo::Box box = geo::envelope(event.place);
    return std::ranges::any_of(plots_by_household_.at(household_id), [&](const SeenPlot& seen) {
        if (seen.year > geo::year_of(event.date) || !geo::envelope(seen.plot->outline).intersects(box)) return false;
        return geo::distance(event.place, geo::Geometry(seen.plot->outline)) <= 0;
    });
}

std::optional<Reduction> Removals::of_household(const Household& household) const {
    std::optional<Reduction> first;
    const auto take = [&](const EradicationEvent* event, ReductionBasis basis) {
        if (!first || event->date < first->date) first = Reduction{event->date, basis, event};
    };
    if (const auto named = by_household_.find(household.id); named != by_household_.end())
        take(named->second.front(), ReductionBasis::named);
    const bool plots_known = plots_by_household_.contains(household.id);
    if (plots_known) {
        for (const EradicationEvent* event : placed_) {
            if (first && first->date <= event->date) break;
            if (touches_plot(*event, household.id)) take(event, ReductionBasis::plot);
        }
    }
    if (household.group == HouseholdGroup::non_grower) return first;
    const auto in_region = by_region_.find(household.region_id);
    if (household.region_id.empty() || in_region == by_region_.end()) return first;
    for (const EradicationEvent* event : in_region->second) {
        if (first && first->date <= event->date) break;
        const bool of_somebody = !event->household_id.empty();
        const bool somewhere_else = plots_known && !geo::envelope(event->place).empty();
        if (!of_somebody && !somewhere_else) take(event, ReductionBasis::region);
    }
    return first;
}

std::optional<geo::Hectares> Removals::removed(std::string_view region_id, std::optional<geo::Date> day) const {
    const auto found = by_region_.find(region_id);
    if (found == by_region_.end()) return std::nullopt;
    std::optional<geo::Hectares> sum;
    for (const EradicationEvent* event : found->second) {
        if (day && event->date >= *day) continue;
        std::optional<geo::Hectares> area = event->reported;
        if (const geo::MultiPolygon* outline = outline_of(*event); !area && outline != nullptr)
            area = geo::to_hectares(geo::SquareMetres(geo::planar_area(*outline)));
        if (area) sum = sum.value_or(geo::Hectares(0)) + *area;
    }
    return sum;
}

std::optional<geo::Hectares> Removals::replanted(std::string_view region_id) const {
    const auto found = by_region_.find(region_id);
    if (found == by_region_.end()) return std::nullopt;
    std::optional<geo::Hectares> sum;
    for (const EradicationEvent* event : found->second) {
        const geo::MultiPolygon* outline = outline_of(*event);
        if (outline == nullptr) continue;
        const geo::Box box = geo::envelope(*outline);
        const int year = geo::year_of(event->date);
        std::map<int, double> by_year;
        for (const regions::Survey& survey : surveys_) {
            if (survey.year <= year || survey.year > year + replanting_years) continue;
            double& area = by_year[survey.year];
            for (const regions::Plot& plot : survey.plots)
                if (geo::envelope(plot.outline).intersects(box))
                    area += geo::planar_area(geo::intersection(plot.outline, *outline));
        }
        double most = 0;
        for (const auto& [seen, area] : by_year)
            most = std::max(most, area);
        if (!by_year.empty()) sum = sum.value_or(geo::Hectares(0)) + geo::to_hectares(geo::SquareMetres(most));
    }
    return sum;
}

std::span<const EradicationEvent* const> Removals::events_of(std::string_view region_id) const {
    const auto found = all_by_region_.find(region_id);
    return found == all_by_region_.end() ? std::span<const EradicationEvent* const>() : found->second;
}

}  // namespace vereda::livelihoods
