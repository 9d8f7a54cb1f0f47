#include <array>
#include <cmath>
#include <limits>
#include <queue>
#include <random>
#include <vector>

#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "raster/cost_distance.hpp"
#include "raster/move_lengths.hpp"
#include "tests/support/catch.hpp"

namespace vereda::tests {

using namespace raster;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

Grid metric_grid(int width, int height, double cell_width = 10, double cell_height = 10) {
    Grid grid;
    grid.crs = geo::Crs::parse("EPSG:3116");
    grid.origin = {1'000'000, 1'000'000};
    grid.cell_width = cell_width;
    grid.cell_height = cell_height;
    grid.width = width;
    grid.height = height;
    return grid;
}

/// What a plain search needs, in arrays. NaN paces are barriers.
struct Landscape {
    Grid grid;
    std::vector<float> pace;
    std::vector<bool> way;
    std::vector<float> elevation;  ///< empty: flat

    [[nodiscard]] std::size_t at(int col, int row) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.width) + static_cast<std::size_t>(col);
    }
    [[nodiscard]] CostSurface surface() const {
        CostSurface surface(grid, !elevation.empty());
        for (int row = 0; row < grid.height; ++row) {
            for (int col = 0; col < grid.width; ++col) {
                const std::size_t i = at(col, row);
                if (!std::isnan(pace[i])) {
                    way[i] ? surface.set_pace_of_way(col, row, pace[i]) : surface.set_pace(col, row, pace[i]);
                }
                if (!elevation.empty()) surface.set_elevation(col, row, elevation[i]);
            }
        }
        return surface;
    }
};

Landscape random_landscape(unsigned seed, int width, int height, bool sloped) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> uniform(0, 1);
    Landscape land{metric_grid(width, height, 10, 14), {}, {}, {}};
    for (int i = 0; i < width * height; ++i) {
        const double kind = uniform(random);
        const bool way = kind > 0.9;
        land.way.push_back(way);
        const double pace = way ? 0.0012 : 0.01 + 0.05 * uniform(random);
        land.pace.push_back(kind < 0.15 ? static_cast<float>(nothing) : static_cast<float>(pace));
        if (sloped) land.elevation.push_back(static_cast<float>(30 * uniform(random)));
    }
    return land;
}

struct Answer {
    std::vector<double> time;
    std::vector<int> origin;
};

/// E. W. Dijkstra's algorithm as a textbook has it: a binary heap, planar distances, every rule written out.
class PlainSearch {
  public:
    PlainSearch(const Landscape& land, const CostOptions& options) : land_(land), options_(options) {}

    [[nodiscard]] Answer run(const std::vector<Origin>& origins) const {
        const auto cells = static_cast<std::size_t>(land_.grid.cells());
        Answer answer{std::vector<double>(cells, infinity), std::vector<int>(cells, -1)};
        using Entry = std::tuple<double, int, int, int>;  // time, origin, row, col
        std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
        for (std::size_t i = 0; i < origins.size(); ++i)
            queue.emplace(0, static_cast<int>(i), origins[i].row, origins[i].col);
        std::vector<bool> settled(cells, false);
        while (!queue.empty()) {
            const auto [time, origin, row, col] = queue.top();
            queue.pop();
            const std::size_t i = land_.at(col, row);
            if (settled[i]) continue;
            settled[i] = true;
            answer.time[i] = time;
            answer.origin[i] = origin;
            const int reach = options_.neighbours == Neighbours::eight ? 1 : 2;
            for (int dr = -reach; dr <= reach; ++dr) {
                for (int dc = -reach; dc <= reach; ++dc) {
                    const int longest = std::max(std::abs(dr), std::abs(dc));
                    const bool knight = std::abs(dr) + std::abs(dc) == 3;
                    if (longest == 0 || (longest == 2 && !knight)) continue;
                    const double minutes = move(col, row, dc, dr);
                    if (!std::isnan(minutes)) queue.emplace(time + minutes, origin, row + dr, col + dc);
                }
            }
        }
        return answer;
    }

  private:
    /// NaN where there is no such move.
    [[nodiscard]] double move(int col, int row, int dc, int dr) const {
        if (!land_.grid.whole().contains(col + dc, row + dr)) return nothing;
        std::vector<std::size_t> cells{land_.at(col, row), land_.at(col + dc, row + dr)};
        if (std::abs(dr) == 2) {
            cells.push_back(land_.at(col, row + dr / 2));
            cells.push_back(land_.at(col + dc, row + dr / 2));
        } else if (std::abs(dc) == 2) {
            cells.push_back(land_.at(col + dc / 2, row));
            cells.push_back(land_.at(col + dc / 2, row + dr));
        }
        const double metres = std::hypot(dc * land_.grid.cell_width, dr * land_.grid.cell_height);
        double factor = 1;
        if (!land_.elevation.empty()) {
            double rise = static_cast<double>(land_.elevation[cells[1]]) - land_.elevation[cells[0]];
            if (options_.direction == TravelDirection::to_origins) rise = -rise;
            factor = minutes_per_metre(options_.walking, rise / metres) / minutes_per_metre(options_.walking, 0);
        }
        double minutes = 0;
        for (const std::size_t cell : cells) {
            const double pace = land_.pace[cell];
            minutes += (land_.way[cell] ? pace : pace * factor) * metres / static_cast<double>(cells.size());
        }
        return minutes;
    }

    const Landscape& land_;
    const CostOptions& options_;
};

std::vector<Origin> random_origins(const Landscape& land, unsigned seed, int count) {
    std::mt19937 random(seed);
    std::vector<Origin> origins;
    while (static_cast<int>(origins.size()) < count) {
        const Origin origin{static_cast<int>(random() % static_cast<unsigned>(land.grid.width)),
                            static_cast<int>(random() % static_cast<unsigned>(land.grid.height))};
        if (!std::isnan(land.pace[land.at(origin.col, origin.row)])) origins.push_back(origin);
    }
    return origins;
}

CostSurface computed(const Landscape& land, const std::vector<Origin>& origins, const CostOptions& options = {}) {
    CostSurface surface = land.surface();
    accumulate_cost(surface, origins, options);
    return surface;
}

template <class Check>
void for_each_cell(const Grid& grid, const Check& check) {
    for (int row = 0; row < grid.height; ++row) {
        for (int col = 0; col < grid.width; ++col)
            check(col, row);
    }
}

/// Largest relative difference of two times; infinite where only one of them is.
double departure(double a, double b) {
    if (std::isinf(a) || std::isinf(b)) return a == b ? 0 : infinity;
    return std::abs(a - b) / std::max(1e-9, std::abs(b));
}

}  // namespace

TEST_CASE("travel time over a hand-worked 3 by 3 grid") {
    // Cells of 10 m; minutes per metre  1 2 3 / 1 # 3 / 1 1 1, from the top left cell.
    Landscape land{
        metric_grid(3, 3), {1, 2, 3, 1, static_cast<float>(nothing), 3, 1, 1, 1}, std::vector<bool>(9, false), {}};
    const CostSurface times = computed(land, {{0, 0}});
    const double diagonal = 10 * std::sqrt(2.0);
    CHECK(times.time(0, 0) == 0);
    CHECK(times.time(1, 0) == Approx(15));
    CHECK(times.time(2, 0) == Approx(15 + 25));
    CHECK(times.time(0, 1) == Approx(10));
    CHECK(std::isinf(times.time(1, 1)));
    CHECK(times.time(0, 2) == Approx(20));
    CHECK(times.time(1, 2) == Approx(10 + diagonal));
    CHECK(times.time(2, 2) == Approx(20 + diagonal));
    CHECK(times.time(2, 1) ==
          Approx(15 + 2.5 * diagonal));  // by the top middle cell; by the bottom one 10 + 3 diagonals
    CHECK(times.origin(1, 1) == CostSurface::unreached);
    CHECK(times.origin(2, 2) == 0);
}

TEST_CASE("a knight's move averages the four cells it passes, and is barred by any of them") {
    // Two columns, three rows; from the top left to the bottom right: cells (0,0) (0,1) (1,1) (1,2).
    Landscape land{metric_grid(2, 3), {1, 9, 2, 3, 9, 6}, std::vector<bool>(6, false), {}};
    const CostOptions sixteen{.neighbours = Neighbours::sixteen};
    CHECK(computed(land, {{0, 0}}, sixteen).time(1, 2) == Approx((1 + 2 + 3 + 6) / 4.0 * std::sqrt(500.0)));
    land.pace[land.at(1, 1)] = static_cast<float>(nothing);
    // Now by (0,1): 15, then diagonally (2 + 6) / 2.
    CHECK(computed(land, {{0, 0}}, sixteen).time(1, 2) == Approx(15 + 4 * std::sqrt(200.0)));
}

TEST_CASE("times equal a plain search on random ground with barriers and roads") {
    for (const Neighbours neighbours : {Neighbours::eight, Neighbours::sixteen}) {
        for (const bool sloped : {false, true}) {
            for (const TravelDirection direction : {TravelDirection::from_origins, TravelDirection::to_origins}) {
                for (const WalkingFunction walking : {WalkingFunction::tobler, WalkingFunction::langmuir}) {
                    for (unsigned seed = 1; seed <= 3; ++seed) {
                        const Landscape land = random_landscape(seed, 53, 41, sloped);
                        const CostOptions options{neighbours, walking, direction, nullptr};
                        const std::vector<Origin> origins = random_origins(land, seed, 4);
                        const Answer plain = PlainSearch(land, options).run(origins);
                        const CostSurface times = computed(land, origins, options);
                        double worst = 0;
                        int other_origins = 0;
                        for_each_cell(land.grid, [&](int col, int row) {
                            worst = std::max(worst, departure(times.time(col, row), plain.time[land.at(col, row)]));
                            other_origins += times.origin(col, row) != plain.origin[land.at(col, row)] ? 1 : 0;
                        });
                        INFO("seed " << seed << " sloped " << sloped);
                        CHECK(worst < 1e-12);
                        CHECK(other_origins == 0);
                    }
                }
            }
        }
    }
}

TEST_CASE("paces that differ by nine orders of magnitude, and none at all, stay exact") {
    std::mt19937 random(7);
    Landscape land{metric_grid(60, 60), {}, std::vector<bool>(3600, false), {}};
    for (int i = 0; i < 3600; ++i) {
        const auto kind = static_cast<int>(random() % 10);
        land.pace.push_back(kind == 0 ? 0.0F : static_cast<float>(std::pow(10.0, kind - 6.0)));
    }
    const CostOptions options;
    const Answer plain = PlainSearch(land, options).run({{0, 0}, {59, 30}});
    const CostSurface times = computed(land, {{0, 0}, {59, 30}}, options);
    double worst = 0;
    for_each_cell(land.grid, [&](int col, int row) {
        worst = std::max(worst, departure(times.time(col, row), plain.time[land.at(col, row)]));
    });
    CHECK(worst < 1e-12);
}

TEST_CASE("without slope a journey takes the same time both ways") {
    const Landscape land = random_landscape(11, 40, 40, false);
    const std::vector<Origin> places = random_origins(land, 5, 6);
    for (const Origin a : places) {
        const CostSurface from_a = computed(land, {a});
        for (const Origin b : places) {
            const double back = computed(land, {b}).time(a.col, a.row);
            CHECK(departure(from_a.time(b.col, b.row), back) < 1e-12);
        }
    }
}

TEST_CASE("the way from the origins over slopes is the way to them reversed") {
    const Landscape land = random_landscape(12, 40, 40, true);
    const std::vector<Origin> places = random_origins(land, 5, 5);
    CostOptions to;
    to.direction = TravelDirection::to_origins;
    int differing = 0;
    for (const Origin a : places) {
        const CostSurface towards_a = computed(land, {a}, to);
        for (const Origin b : places) {
            const double there = computed(land, {b}).time(a.col, a.row);
            CHECK(departure(towards_a.time(b.col, b.row), there) < 1e-12);
            const double back = computed(land, {a}).time(b.col, b.row);
            differing += departure(there, back) > 1e-6 ? 1 : 0;
        }
    }
    CHECK(differing > 0);
}

TEST_CASE("no detour is shorter than the direct journey") {
    const Landscape land = random_landscape(13, 40, 40, true);
    const std::vector<Origin> places = random_origins(land, 6, 3);
    const CostSurface from_first = computed(land, {places[0]});
    const CostSurface from_second = computed(land, {places[1]});
    const double leg = from_first.time(places[1].col, places[1].row);
    for_each_cell(land.grid, [&](int col, int row) {
        const double detour = leg + from_second.time(col, row);
        if (!std::isinf(detour)) CHECK(from_first.time(col, row) <= detour * (1 + 1e-12));
    });
}

TEST_CASE("a cell belongs to the origin that alone reaches it soonest, the first where several do") {
    const Landscape land = random_landscape(14, 45, 45, false);
    std::vector<Origin> origins = random_origins(land, 7, 5);
    origins.push_back(origins[1]);  // as near as number 1 everywhere
    std::vector<CostSurface> alone;
    for (const Origin origin : origins)
        alone.push_back(computed(land, {origin}));
    const CostSurface together = computed(land, origins);
    for_each_cell(land.grid, [&](int col, int row) {
        int nearest = CostSurface::unreached;
        double least = infinity;
        for (std::size_t i = 0; i < alone.size(); ++i) {
            if (alone[i].time(col, row) < least) {
                least = alone[i].time(col, row);
                nearest = static_cast<int>(i);
            }
        }
        CHECK(together.origin(col, row) == nearest);
        CHECK(together.time(col, row) == least);
    });
}

TEST_CASE("equal times go to the first origin, on ground where all are equal") {
    Landscape land{metric_grid(9, 9), std::vector<float>(81, 0), std::vector<bool>(81, false), {}};
    const CostSurface times = computed(land, {{8, 8}, {0, 0}, {4, 4}});
    for_each_cell(land.grid, [&](int col, int row) {
        CHECK(times.time(col, row) == 0);
        CHECK(times.origin(col, row) == 0);
    });
}

TEST_CASE("moves on a geographic grid are as long as the ground") {
    Grid grid;
    grid.origin = {-75, 61};
    grid.cell_width = 0.5;
    grid.cell_height = 0.25;
    grid.width = 4;
    grid.height = 6;
    const geo::Geodesic geodesic(geo::Crs::wgs84().ellipsoid());
    const MoveLengths lengths(grid);
    CHECK_FALSE(lengths.uniform());
    for (int row = 0; row + 2 < grid.height; ++row) {
        CHECK(lengths.between(row, 1, 0) ==
              Approx(geodesic.distance(grid.cell_centre(0, row), grid.cell_centre(1, row)).value()).epsilon(1e-12));
        CHECK(lengths.between(row, 1, 1) ==
              Approx(geodesic.distance(grid.cell_centre(2, row + 1), grid.cell_centre(3, row)).value()).epsilon(1e-12));
        CHECK(lengths.between(row, 1, 2) ==
              Approx(geodesic.distance(grid.cell_centre(2, row), grid.cell_centre(1, row + 2)).value()).epsilon(1e-12));
    }
    CostSurface surface(grid, false);
    for_each_cell(grid, [&](int col, int row) { surface.set_pace(col, row, 0.015625); });
    const std::vector<Origin> origins{{1, 5}};
    accumulate_cost(surface, origins, {});
    // Straight north: three moves along the meridian.
    CHECK(surface.time(1, 2) ==
          Approx(0.015625 * geodesic.distance(grid.cell_centre(1, 5), grid.cell_centre(1, 2)).value()).epsilon(1e-9));
    // Upwards and downwards a diagonal has one length.
    CHECK(surface.time(2, 4) ==
          Approx(0.015625 * geodesic.distance(grid.cell_centre(1, 5), grid.cell_centre(2, 4)).value()).epsilon(1e-9));
}

TEST_CASE("web mercator is measured on the ground, a national projection in its own plane") {
    Grid mercator;
    mercator.crs = geo::Crs::parse("EPSG:3857");
    mercator.origin = {-8'000'000, 8'400'000};  // about 60 degrees north, where the scale is 2
    mercator.cell_width = mercator.cell_height = 100;
    mercator.width = mercator.height = 5;
    const MoveLengths ground(mercator);
    CHECK(ground.distortion() == 0);
    CHECK(ground.between(2, 1, 0) == Approx(50).epsilon(0.01));
    const MoveLengths plane(metric_grid(5, 5));
    CHECK(plane.uniform());
    CHECK(plane.between(0, 2, 1) == Approx(std::sqrt(500.0)));
    CHECK(plane.distortion() < 1e-3);
}

TEST_CASE("walking functions give their published speeds") {
    const auto km_per_hour = [](WalkingFunction function, double slope) {
        return 0.06 / minutes_per_metre(function, slope);
    };
    // Tobler 1993: 6 km/h at a fall of 5 %, 5.036742 km/h on the level; off paths three fifths.
    CHECK(km_per_hour(WalkingFunction::tobler, -0.05) == Approx(6));
    CHECK(km_per_hour(WalkingFunction::tobler, 0) == Approx(5.0367).epsilon(1e-4));
    CHECK(km_per_hour(WalkingFunction::tobler_off_path, -0.05) == Approx(3.6));
    // Langmuir 1984: 1 km in 12 min, 300 m of climb in 30 min more; 300 m of fall 10 min less at 5-12 degrees, 10 more
    // beyond.
    CHECK(km_per_hour(WalkingFunction::langmuir, 0) == Approx(5));
    CHECK(minutes_per_metre(WalkingFunction::langmuir, 0.3) * 1000 == Approx(12 + 30));
    CHECK(minutes_per_metre(WalkingFunction::langmuir, -0.15) * 2000 == Approx(24 - 10));
    CHECK(minutes_per_metre(WalkingFunction::langmuir, -0.3) * 1000 == Approx(12 + 10));
    CHECK(minutes_per_metre(WalkingFunction::langmuir, -0.05) * 1000 == Approx(12));
    CHECK(walking_function("tobler-off-path") == WalkingFunction::tobler_off_path);
    CHECK_FALSE(walking_function("Tobler"));
}

TEST_CASE("a cell without elevation is crossed along ways only") {
    Landscape land{
        metric_grid(3, 1), {0.02F, 0.02F, 0.02F}, {false, false, false}, {0, static_cast<float>(nothing), 0}};
    CHECK(std::isinf(computed(land, {{0, 0}}).time(2, 0)));
    land.way = {true, true, true};
    CHECK(computed(land, {{0, 0}}).time(2, 0) == Approx(0.4));
}

TEST_CASE("a search that is told to stop stops") {
    geo::Progress progress;
    Landscape land = random_landscape(3, 200, 200, false);
    progress.stop(geo::ErrorKind::interrupted);
    CHECK_THROWS_AS(computed(land, random_origins(land, 1, 1), {.progress = &progress}), geo::Error);
}

}  // namespace vereda::tests
