#include "simulate/territory.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "geo/topology.hpp"
#include "simulate/curve.hpp"
#include "simulate/drainage.hpp"
#include "simulate/least_cost.hpp"
#include "simulate/outline.hpp"
#include "simulate/place_names.hpp"
#include "simulate/random.hpp"
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
        Surface coarse(friction_.frame);
        for (std::size_t i = 0; i < coarse.values.size(); ++i)
            coarse.values[i] = elevation.nearest(coarse.frame.centre(i));
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

geo::Ring clamped(const geo::Ring& drawn, const geo::Box& box) {
    const geo::LineString soft = smoothed({drawn.begin(), drawn.end()}, 3, 5);
    geo::Ring ring(soft.begin(), soft.end());
    for (geo::Point& p : ring)
        p = {std::clamp(p.x, box.min.x, box.max.x), std::clamp(p.y, box.min.y, box.max.y)};
    return ring;
}

/// A park on the western crest with a small named exception at its lower edge, and an indigenous territory in the far
/// north-eastern or south-eastern forest, away from the capital. Family plots are registered in the lower veredas.
void add_zones(Territory& land, geo::Point capital, Random& random) {
    const geo::Box extent = land.frame.extent();
    const bool south = capital.y > (extent.min.y + extent.max.y) / 2;
    const geo::Point park{extent.min.x + 0.13 * extent.width(), extent.min.y + (south ? 0.30 : 0.70) * extent.height()};
    const OutlineShape park_shape{72, 0.10, 1.6, std::numbers::pi / 2 - 0.2};
    land.zones.push_back({regions::ZoneKind::park, park_name, "",
                          as_polygons(clamped(outline(park, geo::SquareMetres(4.6e7), park_shape, random), extent)),
                          std::chrono::sys_days{std::chrono::year{1994} / 6 / 5}, std::nullopt});
    const geo::Point people{extent.min.x + 0.56 * extent.width(),
                            extent.min.y + (south ? 0.14 : 0.86) * extent.height()};
    land.zones.push_back(
        {regions::ZoneKind::indigenous, indigenous_name, "",
         as_polygons(clamped(outline(people, geo::SquareMetres(2.4e7), {64, 0.10, 1.7, 0.1}, random), extent)),
         std::chrono::sys_days{std::chrono::year{2001} / 8 / 9}, std::nullopt});
    std::vector<geo::MultiPolygon> low;
    for (const Vereda& vereda : land.veredas) {
        if (land.elevation.nearest(vereda.village) < 1400) low.push_back(vereda.geometry);
    }
    land.zones.push_back({regions::ZoneKind::registered, registered_name, "", geo::union_of(low),
                          std::chrono::sys_days{std::chrono::year{2004} / 10 / 3}, std::nullopt});
    const geo::Point exception{park.x + 0.10 * extent.width(), park.y};
    land.zones.push_back({regions::ZoneKind::registered, exception_name, park_name,
                          as_polygons(outline(exception, geo::SquareMetres(2.6e6), {18, 0.1, 1.3, 0.8}, random)),
                          std::chrono::sys_days{std::chrono::year{2004} / 10 / 3}, std::nullopt});
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
    Random random(seed, "zones");
    add_zones(land, land.veredas[settlement.towns.front()].village, random);
    return land;
}

}  // namespace vereda::simulate
