#include "app/travel_times.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "app/access_ground.hpp"
#include "app/access_layers.hpp"
#include "app/access_output.hpp"
#include "app/place_inputs.hpp"
#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

using PlacesByKind = std::map<std::string, std::vector<PlacedService>>;

std::vector<Way> ways_of(const StudyTravel& travel, const Crs& crs, Diagnostics& diagnostics) {
    std::vector<Way> ways;
    for (const auto* source : {&travel.roads, &travel.rivers}) {
        if (!*source) continue;
        std::vector<Way> more = read_ways(
            **source, {.speed_field = "speed_kmh", .month = travel.month, .need_speed = false}, crs, diagnostics);
        std::ranges::move(more, std::back_inserter(ways));
    }
    return ways;
}

/// Of each place; nullopt where it cannot be reached.
std::vector<std::optional<raster::Origin>> cells_of(const std::vector<PlacedService>& places,
                                                    const raster::CostSurface& surface, const CrsTransform& to_raster,
                                                    Diagnostics& diagnostics) {
    std::vector<std::optional<raster::Origin>> cells;
    for (const PlacedService& place : places) {
        const auto cell = surface.grid().cell_at(to_raster.forward(place.point));
        const bool reachable = cell && !surface.is_barrier(cell->col, cell->row);
        if (reachable) {
            cells.emplace_back(raster::Origin{cell->col, cell->row});
        } else {
            cells.emplace_back();
            const MessageId why = cell ? "travel.place_on_barrier"_msg : "travel.place_outside"_msg;
            diagnostics.add({Severity::warning, {why, {{"place", place.service.name}}}, {}});
        }
    }
    return cells;
}

/// One row a place: hours from each household. Leaves the times of the last place in the surface.
std::vector<std::vector<double>> hours_to_each(const std::vector<std::optional<raster::Origin>>& places,
                                               const std::vector<livelihoods::Household>& households,
                                               raster::CostSurface& surface, const CrsTransform& to_raster,
                                               const raster::CostOptions& options) {
    constexpr double minutes_per_hour = 60;
    constexpr double no_way = std::numeric_limits<double>::infinity();
    std::vector<std::optional<raster::Window>> homes;
    for (const livelihoods::Household& household : households)
        homes.push_back(household.home ? surface.grid().cell_at(to_raster.forward(*household.home)) : std::nullopt);
    std::vector<std::vector<double>> hours;
    for (const std::optional<raster::Origin>& place : places) {
        std::vector<double>& row = hours.emplace_back(households.size(), no_way);
        if (!place) continue;
        raster::accumulate_cost(surface, {&*place, 1}, options);
        for (std::size_t i = 0; i < homes.size(); ++i)
            if (homes[i]) row[i] = surface.time(homes[i]->col, homes[i]->row) / minutes_per_hour;
    }
    return hours;
}

bool may_fill(const std::vector<PlacedService>& places) {
    return std::ranges::any_of(places, [](const PlacedService& place) { return place.service.capacity.has_value(); });
}

}  // namespace

TravelTimes::TravelTimes(std::string kind, raster::Raster<float> minutes, const Crs& analysis)
    : kind_(std::move(kind)), minutes_(std::move(minutes)), to_raster_(analysis, minutes_.grid().crs) {}

std::optional<double> TravelTimes::minutes_from(Point point) const {
    const auto cell = minutes_.grid().cell_at(to_raster_.forward(point));
    if (!cell || !minutes_.valid(cell->col, cell->row)) return std::nullopt;
    return static_cast<double>(minutes_.at(cell->col, cell->row));
}

bool has_ground(const Study& study) {
    return study.travel.friction || study.travel.elevation;
}

std::vector<std::shared_ptr<const TravelTimes>> find_travel_times(RunContext& run) {
    const StudyTravel& travel = run.study.travel;
    const Crs& analysis = run.results.regions->crs();
    PlacesByKind places;
    for (PlacedService& place : read_places(run.study.places, analysis, run.diagnostics()))
        places[place.service.kind].push_back(std::move(place));
    const auto friction = travel.friction ? run.opened(*travel.friction) : nullptr;
    const auto elevation = travel.elevation ? run.opened(*travel.elevation) : nullptr;
    const GroundSources sources{friction.get(), travel.unit, elevation.get(), raster::WalkingFunction::tobler};
    const Crs crs = sources.grid().crs;
    require_memory(sources.grid(), elevation != nullptr, static_cast<int>(places.size()), run.settings.memory);
    raster::CostSurface surface = read_ground(sources, run.session.parallelism, run.session.progress);
    lay_ways(surface, ways_of(travel, crs, run.diagnostics()));

    const CrsTransform to_raster(analysis, crs);
    const raster::CostOptions options{.walking = sources.walking,
                                      .direction = raster::TravelDirection::to_origins,
                                      .progress = &run.session.progress};
    std::vector<std::shared_ptr<const TravelTimes>> found;
    for (const auto& [kind, of_kind] : places) {
        const auto places_cells = cells_of(of_kind, surface, to_raster, run.diagnostics());
        std::vector<raster::Origin> cells;
        for (const std::optional<raster::Origin>& cell : places_cells)
            if (cell) cells.push_back(*cell);
        if (cells.empty()) continue;
        raster::accumulate_cost(surface, cells, options);
        const auto times = std::make_shared<TravelTimes>(kind, times_of(surface), analysis);
        const double crossed = static_cast<double>(cells.size()) * surface.grid().width * surface.grid().height;
        if (may_fill(of_kind) && crossed <= most_cells_crossed)
            times->set_hours_to_places(hours_to_each(places_cells, run.people.households, surface, to_raster, options));
        found.push_back(times);
    }
    return found;
}

const TravelTimes* travel_times_to(const RunContext& run, const std::string& kind) {
    const auto found = std::ranges::find_if(run.travel, [&](const auto& times) { return times->kind() == kind; });
    return found == run.travel.end() ? nullptr : found->get();
}

}  // namespace vereda::app
