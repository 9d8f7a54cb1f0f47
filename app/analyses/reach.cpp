#include <cmath>
#include <limits>
#include <map>

#include "app/analyses/registry_rows.hpp"
#include "app/place_inputs.hpp"
#include "app/travel_times.hpp"
#include "livelihoods/access_reach.hpp"
#include "livelihoods/catchment.hpp"
#include "livelihoods/median.hpp"

namespace vereda::app {

using namespace geo;
using livelihoods::AccessTo;
using livelihoods::CostTable;
using livelihoods::GrowingPlot;
using livelihoods::Household;

namespace {

constexpr double kilometre = 1000;

/// Straight lines in the analysis CRS, which is equal-area and centred on the study: within some parts in a thousand of
/// the distance on the ground over a study a few hundred kilometres wide.
double kilometres(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y) / kilometre;
}

std::optional<double> nearest(std::span<const PlacedService* const> places, Point from) {
    std::optional<double> least;
    for (const PlacedService* place : places) {
        const double at = kilometres(place->point, from);
        if (!least || at < *least) least = at;
    }
    return least;
}

/// Over the ground, where the study has one.
AccessTo access_to(const TravelTimes& times, std::span<const Household> households,
                   std::span<const GrowingPlot> plots) {
    constexpr double minutes_per_hour = 60;
    AccessTo access{times.kind(), "h", {1, 2, 4, 8}, {}, {}};
    const auto hours_from = [&](Point point) {
        const auto minutes = times.minutes_from(point);
        return minutes ? std::optional(*minutes / minutes_per_hour) : std::nullopt;
    };
    for (const Household& household : households)
        access.households.push_back(household.home ? hours_from(*household.home) : std::nullopt);
    for (const GrowingPlot& plot : plots)
        access.plots.push_back(hours_from(plot.middle));
    return access;
}

AccessTo access_to(const std::string& kind, std::span<const PlacedService* const> places,
                   std::span<const Household> households, std::span<const GrowingPlot> plots) {
    AccessTo access{kind, "km", {2, 5, 10, 20}, {}, {}};
    for (const Household& household : households)
        access.households.push_back(household.home ? nearest(places, *household.home) : std::nullopt);
    for (const GrowingPlot& plot : plots)
        access.plots.push_back(nearest(places, plot.middle));
    return access;
}

CostTable cost_table(std::span<const PlacedService* const> places, std::span<const Household> households) {
    CostTable cost;
    for (const PlacedService* place : places) {
        std::vector<double>& row = cost.emplace_back();
        for (const Household& household : households)
            row.push_back(household.home ? kilometres(place->point, *household.home)
                                         : std::numeric_limits<double>::infinity());
    }
    return cost;
}

/// Members; of a family that tells none, the register's median; 1 each where no family tells any.
std::vector<double> people_of(std::span<const Household> households) {
    std::vector<double> told;
    for (const Household& household : households)
        if (household.members) told.push_back(*household.members);
    const double usual = livelihoods::median(told).value_or(1);
    std::vector<double> people;
    for (const Household& household : households)
        people.push_back(household.members ? *household.members : usual);
    return people;
}

}  // namespace

void measure_reach(RunContext& run) {
    if (!run.study.people.households || !run.study.people.deliveries) return;  // coverage says so
    const std::vector<Household>& households = run.people.households;
    const auto delivered = livelihoods::delivery_reach(households, run.people.deliveries, run.study.as_of);
    const auto plots = livelihoods::growing_plots(run.results.surveys, *run.results.regions);
    const auto reached = livelihoods::plot_reach(plots, households, delivered, run.study.coverage.near);
    for (const auto& row : reached) {
        if (!row.missing) continue;
        const GrowingPlot& plot = plots[row.plot];
        run.results.not_reached.push_back({plot.plot->id, plot.survey->year, plot.survey->crop, plot.region_id,
                                           plot.plot->area, plot.plot->outline, *row.missing, row.nearest});
    }
    const auto places = read_places(run.study.places, run.results.regions->crs(), run.diagnostics());
    std::map<std::string, std::vector<const PlacedService*>> by_kind;
    for (const PlacedService& place : places)
        by_kind[place.service.kind].push_back(&place);
    for (const auto& [kind, of_kind] : by_kind) {
        const TravelTimes* times = travel_times_to(run, kind);
        const AccessTo access =
            times != nullptr ? access_to(*times, households, plots) : access_to(kind, of_kind, households, plots);
        const auto bands = livelihoods::reach_by_access(access, delivered, plots, reached);
        run.results.reach.insert(run.results.reach.end(), bands.begin(), bands.end());
        std::vector<livelihoods::ServicePlace> services;
        for (const PlacedService* place : of_kind)
            services.push_back(place->service);
        if (std::ranges::none_of(services, [](const auto& place) { return place.capacity.has_value(); })) continue;
        const bool over_ground = times != nullptr && !times->hours_to_places().empty();
        const auto catchments =
            livelihoods::catchments(services, over_ground ? times->hours_to_places() : cost_table(of_kind, households),
                                    people_of(households), 0, over_ground ? "h" : "km");
        run.results.catchments.insert(run.results.catchments.end(), catchments.rows.begin(), catchments.rows.end());
    }
}

}  // namespace vereda::app
