#include "simulate/territory.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "geo/topology.hpp"
#include "simulate/curve.hpp"
#include "simulate/drainage.hpp"
#include "simulate/least_cost.hpp"
#include "simulate/outline.hpp"
#include "simulate/place_names.hpp"
#include "simulate/random.hpp"
#include "simulate/reach.hpp"
#include "simulate/settlement.hpp"
#include "simulate/terrain.hpp"

namespace vereda::simulate {

namespace {

std::vector<Way> rivers_of(const std::vector<Stream>& courses, double navigable_km2) {
    std::vector<Way> out;
    for (const Stream& stream : courses) {
        const bool navigable = stream.catchment_km2 >= navigable_km2;
        out.push_back(
            {"river", navigable ? river_name : "", stream.course, navigable ? 12.0 : 0.0, navigable ? "1-12" : ""});
    }
    return out;
}

/// Road builders follow valleys: cost grows with the square of slope, land that has a road already is a tenth as dear.
class RoadNetwork {
  public:
    RoadNetwork(const Surface& elevation, const Surface& to_river) : friction_(elevation.frame.coarser(3)) {
        const Surface coarse = coarsened(elevation, 3);
        const Surface slope = slope_of(coarse);
        for (std::size_t i = 0; i < coarse.values.size(); ++i) {
            const double bank = to_river.nearest(coarse.frame.centre(i)) < 60 ? 2.0 : 0.0;
            friction_.values[i] = 1 + 60 * slope.values[i] * slope.values[i] + 6 * slope.values[i] + bank;
        }
        built_.assign(friction_.values.size(), false);
    }

    /// Joins `from` to the network (or to `fallback` while there is none).
    [[nodiscard]] geo::LineString build(geo::Point from, geo::Point fallback) {
        const Frame& frame = friction_.frame;
        const CostField field = spread(friction_, {{frame.cell_at(from)}, false});
        std::size_t target = frame.cell_at(fallback);
        double best = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < built_.size(); ++i) {
            if (built_[i] && field.cost[i] < best) {
                best = field.cost[i];
                target = i;
            }
        }
        geo::LineString line;
        for (const std::size_t cell : way_to(field, target)) {
            line.push_back(frame.centre(cell));
            built_[cell] = true;
        }
        return smoothed(std::move(line), 2, 4);
    }

  private:
    Surface friction_;
    std::vector<bool> built_;
};

std::vector<Way> roads_of(const Settlement& settlement, const Surface& elevation, const Surface& to_river) {
    RoadNetwork network(elevation, to_river);
    std::vector<Way> out;
    const auto add = [&](geo::LineString line, const std::string& name, double speed, const char* months) {
        if (line.size() >= 2) out.push_back({"road", name, std::move(line), speed, months});
    };
    const Vereda& capital = settlement.veredas[settlement.towns.front()];
    const geo::Point exit{elevation.frame.extent().max.x - 45, capital.village.y};
    add(network.build(capital.village, exit), "Carretera troncal", 50, "1-12");
    for (std::size_t m = 1; m < settlement.towns.size(); ++m) {
        add(network.build(settlement.veredas[settlement.towns[m]].village, capital.village), "Vía municipal", 30,
            "1-12");
    }
    for (std::size_t i = 0; i < settlement.veredas.size(); ++i) {
        const bool town = std::find(settlement.towns.begin(), settlement.towns.end(), i) != settlement.towns.end();
        const bool roadless = i % 4 == 3;  // reached on foot or by boat only
        if (!town && !roadless) {
            add(network.build(settlement.veredas[i].village, capital.village), "Camino vecinal", 15, "4-11");
        }
    }
    return out;
}

void add_places(Territory& land, const std::vector<std::size_t>& towns) {
    for (std::size_t m = 0; m < towns.size(); ++m) {
        const Vereda& town = land.veredas[towns[m]];
        const geo::Point p = town.village;
        land.markets.push_back({"market", "Mercado de " + town.municipality, p, m == 0 ? 4000 : 1500, "1-12"});
        land.services.push_back(
            {"clinic", "Puesto de salud de " + town.municipality, {p.x + 180, p.y - 90}, m == 0 ? 60 : 20, "1-12"});
        land.services.push_back({"school", "Colegio de " + town.municipality, {p.x - 150, p.y + 120}, 320, "2-11"});
        if (m < 2)
            land.services.push_back(
                {"bank", "Corresponsal bancario de " + town.municipality, {p.x + 60, p.y + 45}, 0, "1-12"});
    }
    for (std::size_t i = 0; i < land.veredas.size(); ++i) {
        const Vereda& vereda = land.veredas[i];
        if (i % 3 == 0 && std::find(towns.begin(), towns.end(), i) == towns.end()) {
            land.services.push_back(
                {"school", "Escuela " + vereda.name, {vereda.village.x + 60, vereda.village.y + 30}, 45, "2-11"});
        }
    }
}

/// A park on the western crest with a small named exception at its lower edge, and an indigenous territory in a far
/// valley, away from the capital. Family plots are registered in the lower veredas. Natural borders: zones end at
/// ridges.
void add_zones(Territory& land, geo::Point capital, std::uint64_t seed) {
    const geo::Box extent = land.frame.extent();
    const bool south = capital.y > (extent.min.y + extent.max.y) / 2;
    const Surface friction = reach_friction(coarsened(land.elevation, 3), mixed(seed ^ 0x20E5));
    const auto place = [&](double east, double north) {
        return geo::Point{extent.min.x + east * extent.width(),
                          extent.min.y + (south ? north : 1 - north) * extent.height()};
    };
    const double whole = extent.width() * extent.height();
    const auto add = [&](regions::ZoneKind kind, const char* name, const char* exception_of, geo::MultiPolygon shape,
                         std::chrono::year_month_day since) {
        land.zones.push_back({kind, name, exception_of, std::move(shape), std::chrono::sys_days{since}, std::nullopt});
    };
    using std::chrono::year;
    const geo::MultiPolygon park = land_around(place(0.12, 0.30), geo::SquareMetres(0.12 * whole), friction);
    add(regions::ZoneKind::park, park_name, "", park, year{1994} / 6 / 5);
    const geo::MultiPolygon territory = land_around(place(0.58, 0.13), geo::SquareMetres(0.065 * whole), friction);
    add(regions::ZoneKind::indigenous, indigenous_name, "", geo::difference(territory, park), year{2001} / 8 / 9);
    std::vector<geo::MultiPolygon> low;
    for (const Vereda& vereda : land.veredas) {
        if (land.elevation.nearest(vereda.village) < 1400) low.push_back(vereda.geometry);
    }
    add(regions::ZoneKind::registered, registered_name, "", geo::union_of(low), year{2004} / 10 / 3);
    geo::Point edge = park.front().outer.front();  // the park's lowest border point
    for (const geo::Point p : park.front().outer) {
        if (land.elevation.nearest(p) < land.elevation.nearest(edge)) edge = p;
    }
    const geo::MultiPolygon around = land_around(edge, geo::SquareMetres(0.012 * whole), friction);
    add(regions::ZoneKind::registered, exception_name, park_name, geo::intersection(around, park), year{2004} / 10 / 3);
}

}  // namespace

std::optional<std::size_t> Territory::vereda_at(geo::Point p) const {
    for (std::size_t i = 0; i < veredas.size(); ++i) {
        for (const geo::Polygon& polygon : veredas[i].geometry) {
            if (!inside(polygon.outer, p)) continue;
            const bool in_hole = std::any_of(polygon.inners.begin(), polygon.inners.end(),
                                             [&](const geo::Ring& hole) { return inside(hole, p); });
            if (!in_hole) return i;
        }
    }
    return std::nullopt;
}

Territory territory(const LandscapeParameters& parameters, std::uint64_t seed) {
    const Frame frame{parameters.north_west, parameters.cell.value(), parameters.columns, parameters.rows};
    const Drainage drainage = drained(terrain(parameters.terrain, frame, seed));
    const std::vector<Stream> courses = streams(drainage, parameters.territory.stream_km2);
    std::vector<bool> wet(frame.size(), false);
    for (const Stream& stream : courses)
        mark_line(frame, stream.course, wet);
    const Surface to_river = distance_to(frame, wet);

    Settlement settlement = settle(parameters.territory, drainage.filled, to_river, seed);
    Territory land{frame,
                   drainage.filled,
                   slope_of(drainage.filled),
                   {},
                   rivers_of(courses, parameters.territory.navigable_km2),
                   roads_of(settlement, drainage.filled, to_river),
                   {},
                   {},
                   {},
                   to_river,
                   Surface(frame)};
    std::vector<bool> paved(frame.size(), false);
    for (const Way& road : land.roads)
        mark_line(frame, road.line, paved);
    land.to_road = distance_to(frame, paved);
    land.veredas = std::move(settlement.veredas);
    add_places(land, settlement.towns);
    add_zones(land, land.veredas[settlement.towns.front()].village, seed);
    return land;
}

}  // namespace vereda::simulate
