#include "app/travel_times.hpp"

#include <algorithm>
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

std::vector<raster::Origin> cells_of(const std::vector<PlacedService>& places, const raster::CostSurface& surface,
                                     const CrsTransform& to_raster, Diagnostics& diagnostics) {
    std::vector<raster::Origin> cells;
    for (const PlacedService& place : places) {
        const auto cell = surface.grid().cell_at(to_raster.forward(place.point));
        const bool reachable = cell && !surface.is_barrier(cell->col, cell->row);
        if (reachable) {
            cells.push_back({cell->col, cell->row});
        } else {
            const MessageId why = cell ? "travel.place_on_barrier"_msg : "travel.place_outside"_msg;
            diagnostics.add({Severity::warning, {why, {{"place", place.service.name}}}, {}});
        }
    }
    return cells;
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
        const std::vector<raster::Origin> cells = cells_of(of_kind, surface, to_raster, run.diagnostics());
        if (cells.empty()) continue;
        raster::accumulate_cost(surface, cells, options);
        found.push_back(std::make_shared<const TravelTimes>(kind, times_of(surface), analysis));
    }
    return found;
}

const TravelTimes* travel_times_to(const RunContext& run, const std::string& kind) {
    const auto found = std::ranges::find_if(run.travel, [&](const auto& times) { return times->kind() == kind; });
    return found == run.travel.end() ? nullptr : found->get();
}

}  // namespace vereda::app
