#include "app/travel_times.hpp"

#include <set>

#include "app/access_output.hpp"
#include "app/analyses/registry_rows.hpp"
#include "geo/topology.hpp"
#include "livelihoods/access_reach.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// "rasters/travel_time.tif" for markets, "rasters/travel_time_clinic.tif" and so on for the others.
std::string path_of(const std::string& kind, std::set<std::string>& taken) {
    std::string name = "travel_time";
    if (kind != "market") {
        name += '_';
        for (const char c : kind)
            name += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
    }
    while (!taken.insert(name).second)
        name += '_';
    return "rasters/" + name + ".tif";
}

void add_rows(RunContext& run, const TravelTimes& times) {
    std::vector<report::TravelTimeRow>& rows = run.results.travel_times;
    for (const livelihoods::Household& household : run.people.households) {
        const auto minutes = household.home ? times.minutes_from(*household.home) : std::nullopt;
        rows.push_back({"household", household.id, household.region_id, times.kind(), minutes});
    }
    for (const auto& plot : livelihoods::growing_plots(run.results.surveys, *run.results.regions))
        rows.push_back({"plot", plot.plot->id, plot.region_id, times.kind(), times.minutes_from(plot.middle)});
    for (const regions::Region& region : run.results.regions->regions()) {
        if (region.geometry.empty()) continue;
        rows.push_back(
            {"region", region.id, region.id, times.kind(), times.minutes_from(interior_point(region.geometry))});
    }
}

}  // namespace

void measure_travel_times(RunContext& run) {
    const Study& study = run.study;
    if (!has_ground(study)) return;  // asked for by giving a friction or an elevation
    if (!study.places.markets && !study.places.services)
        return run.skip("travel_times", "skipped.no_places_to_travel_to"_msg);
    run.travel = find_travel_times(run);
    std::set<std::string> taken;
    for (const std::shared_ptr<const TravelTimes>& times : run.travel) {
        add_rows(run, *times);
        const int threads = run.session.parallelism.jobs;
        run.attachments.push_back({path_of(times->kind(), taken), [times, threads](const std::string& path) {
                                       write_times(path, times->raster(), {std::max(threads, 1), nullptr});
                                   }});
    }
}

}  // namespace vereda::app
