#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <span>

#include "geo/topology.hpp"
#include "raster/coverage.hpp"
#include "tests/raster/polygons.hpp"
#include "tests/support/catch.hpp"

namespace vereda::tests {

using raster::coverage;
using raster::Grid;
using raster::Span;

namespace {

std::vector<double> dense(std::span<const Span> spans, const Grid& grid) {
    std::vector<double> cells(static_cast<std::size_t>(grid.cells()), 0.0);
    for (const Span& span : spans) {
        for (int col = span.col_begin; col < span.col_end; ++col)
            cells[static_cast<std::size_t>(span.row * grid.width + col)] += span.fraction;
    }
    return cells;
}

double clipped_fraction(const geo::MultiPolygon& polygons, const geo::Box& cell) {
    const geo::MultiPolygon square = rectangle(cell.min.x, cell.min.y, cell.max.x, cell.max.y);
    return geo::planar_area(geo::intersection(polygons, square)) / (cell.width() * cell.height());
}

/// Compares every cell with a GEOS clip; returns the number of cells compared.
int compare_with_clip(const geo::MultiPolygon& polygons, const Grid& grid) {
    const std::vector<double> cells = dense(coverage(polygons, grid), grid);
    double worst = 0;
    for (int row = 0; row < grid.height; ++row) {
        for (int col = 0; col < grid.width; ++col) {
            const double expected = clipped_fraction(polygons, grid.cell_box(col, row));
            worst = std::max(worst, std::abs(cells[static_cast<std::size_t>(row * grid.width + col)] - expected));
        }
    }
    CHECK(worst < 1e-9);
    return static_cast<int>(grid.cells());
}

}  // namespace

TEST_CASE("a rectangle over a 3 by 3 grid covers the hand-worked shares") {
    const Grid grid = grid_of({0, 3}, 1, 3, 3);
    const std::vector<double> cells = dense(coverage(rectangle(0.5, 0.25, 2.5, 2.5), grid), grid);
    const std::vector<double> expected{0.25, 0.5, 0.25, 0.5, 1.0, 0.5, 0.375, 0.75, 0.375};
    for (std::size_t i = 0; i < cells.size(); ++i)
        CHECK(cells[i] == expected[i]);
}

TEST_CASE("a diagonal cuts its cells in halves and leaves the inside exactly whole") {
    const Grid grid = grid_of({0, 4}, 1, 4, 4);
    const geo::MultiPolygon triangle{geo::Polygon{geo::Ring{{0, 0}, {0, 4}, {4, 0}, {0, 0}}, {}}};
    const std::vector<double> cells = dense(coverage(triangle, grid), grid);
    for (int row = 0; row < 4; ++row) {
        for (int col = 0; col < 4; ++col) {
            const double expected = col == row ? 0.5 : col < row ? 1.0 : 0.0;
            CHECK(cells[static_cast<std::size_t>(row * 4 + col)] == expected);
        }
    }
}

TEST_CASE("interior runs come as one span of exactly one") {
    const Grid grid = grid_of({0, 10}, 0.1, 100, 100);
    const std::vector<Span> spans = coverage(rectangle(0.05, 0.05, 9.95, 9.95), grid);
    const auto middle = std::ranges::find_if(spans, [](const Span& s) { return s.row == 50 && s.col_begin == 1; });
    REQUIRE(middle != spans.end());
    CHECK(middle->col_end == 99);
    CHECK(middle->fraction == 1.0);
}

TEST_CASE("coverage equals a GEOS clip for stars, holes, parts, slivers and edges on grid lines") {
    std::mt19937_64 random(20240607);
    const Grid grid = grid_of({-75.3125, 4.6875}, 0.25, 12, 9);
    const geo::Box box = grid.extent();
    std::uniform_real_distribution<double> x(box.min.x - 0.3, box.max.x + 0.3);
    std::uniform_real_distribution<double> y(box.min.y - 0.3, box.max.y + 0.3);
    std::uniform_real_distribution<double> size(0.02, 1.5);
    std::uniform_int_distribution<int> corners(3, 40);
    std::uniform_int_distribution<int> line(0, 9);
    int pairs = 0;
    for (int i = 0; i < 60; ++i) {
        const geo::Point centre{x(random), y(random)};
        const double radius = size(random);
        pairs += compare_with_clip({geo::Polygon{star_ring(random, centre, radius, corners(random)), {}}}, grid);
        // Holes reach at most a fifth of the radius, which the star's inner radius always clears.
        geo::Polygon ring{geo::Ring(star_ring(random, centre, radius, 24)),
                          {star_ring(random, centre, radius * 0.15, corners(random))}};
        const geo::Repair whole = geo::repair({ring});
        pairs += compare_with_clip(whole.polygons, grid);
        const geo::Repair parts =
            geo::repair({geo::Polygon{star_ring(random, {x(random), y(random)}, radius, corners(random)), {}},
                         geo::Polygon{star_ring(random, {x(random), y(random)}, radius, corners(random)), {}}});
        pairs += compare_with_clip(parts.polygons, grid);
        const geo::Point a{x(random), y(random)};
        const geo::Point b{x(random), y(random)};
        pairs += compare_with_clip({geo::Polygon{geo::Ring{a, b, {b.x + 1e-5, b.y + 2e-5}, a}, {}}}, grid);
    }
    for (int i = 0; i < 40; ++i) {
        const auto corner = [&] {
            return geo::Point{box.min.x + line(random) * grid.cell_width, box.min.y + line(random) * grid.cell_height};
        };
        const geo::Repair on_lines = geo::repair({geo::Polygon{geo::Ring{corner(), corner(), corner(), corner()}, {}}});
        pairs += compare_with_clip(on_lines.polygons, grid);
    }
    CHECK(pairs > 10'000);
}

TEST_CASE("a tessellation covers every cell exactly once") {
    std::mt19937_64 random(7);
    const Grid grid = grid_of({-78, 5}, 0.013, 300, 240);
    const geo::Box box = grid.extent();
    // A jittered lattice of quadrilaterals whose shared borders are fractal lines.
    constexpr int n = 9;
    std::uniform_real_distribution<double> jitter(-0.3, 0.3);
    const double dx = (box.width() + 0.2) / (n - 1);
    const double dy = (box.height() + 0.2) / (n - 1);
    std::vector<geo::Point> nodes;
    for (int j = 0; j < n; ++j) {
        for (int i = 0; i < n; ++i) {
            const bool inner = i > 0 && j > 0 && i < n - 1 && j < n - 1;
            nodes.push_back({box.min.x - 0.1 + dx * (i + (inner ? jitter(random) : 0)),
                             box.min.y - 0.1 + dy * (j + (inner ? jitter(random) : 0))});
        }
    }
    std::map<std::pair<int, int>, std::vector<geo::Point>> borders;
    const auto border = [&](int from, int to) {
        const auto key = std::minmax(from, to);
        auto& points = borders[key];
        if (points.empty()) {
            const geo::Point a = nodes[static_cast<std::size_t>(key.first)];
            const geo::Point b = nodes[static_cast<std::size_t>(key.second)];
            // Aside of the line only, least at its ends: borders never cross themselves or each other.
            std::uniform_real_distribution<double> aside(-0.08, 0.08);
            for (int k = 1; k < 200; ++k) {
                const double t = k / 200.0;
                const double s = aside(random) * std::min(t, 1 - t);
                points.push_back({a.x + (b.x - a.x) * t - (b.y - a.y) * s, a.y + (b.y - a.y) * t + (b.x - a.x) * s});
            }
        }
        std::vector<geo::Point> copy = points;
        if (from > to) std::ranges::reverse(copy);
        return copy;
    };
    std::vector<double> total(static_cast<std::size_t>(grid.cells()), 0.0);
    for (int j = 0; j + 1 < n; ++j) {
        for (int i = 0; i + 1 < n; ++i) {
            const int a = j * n + i;
            geo::Ring ring;
            for (const auto& [from, to] : {std::pair{a, a + 1}, {a + 1, a + n + 1}, {a + n + 1, a + n}, {a + n, a}}) {
                ring.push_back(nodes[static_cast<std::size_t>(from)]);
                for (const geo::Point& p : border(from, to))
                    ring.push_back(p);
            }
            ring.push_back(geo::Point(ring.front()));
            const std::vector<double> cells = dense(coverage({geo::Polygon{ring, {}}}, grid), grid);
            for (std::size_t c = 0; c < cells.size(); ++c)
                total[c] += cells[c];
        }
    }
    double worst = 0;
    for (const double t : total)
        worst = std::max(worst, std::abs(t - 1));
    CHECK(worst < 1e-9);
}

TEST_CASE("fractions do not depend on the window or the bands asked for") {
    std::mt19937_64 random(99);
    const Grid grid = grid_of({0, 200}, 1, 300, 200);
    for (int i = 0; i < 20; ++i) {
        geo::MultiPolygon star{geo::Polygon{star_ring(random, {150, 100}, 160, 300), {}}};
        if (i % 2 == 1) {  // through corners of cells, along their borders, straight up and across
            for (geo::Point& p : star.front().outer)
                p = {std::round(p.x), std::round(p.y / 5) * 5};
        }
        const raster::Outline outline(star, grid);
        raster::CoverageSweep sweep;
        raster::SpanList whole;
        sweep.spans(outline, grid.whole(), whole);
        raster::SpanList pieces;
        for (int row = 0; row < grid.height; row += 64) {
            for (int col = 0; col < grid.width; col += 50)
                sweep.spans(outline, {col, row, 50, std::min(64, grid.height - row)}, pieces);
        }
        CHECK(dense(whole.all(), grid) == dense(pieces.all(), grid));
    }
}

TEST_CASE("a polygon much smaller than a cell still has its share") {
    const Grid grid = grid_of({0, 10}, 1, 10, 10);
    const std::vector<Span> spans = coverage(rectangle(3.25, 4.5, 3.25 + 1e-4, 4.5 + 1e-4), grid);
    REQUIRE(spans.size() == 1);
    CHECK(spans[0].col_begin == 3);
    CHECK(spans[0].row == 5);
    CHECK(spans[0].fraction == Approx(1e-8).epsilon(1e-6));
}

TEST_CASE("ring orientation does not matter, and zones off the grid have no spans") {
    const Grid grid = grid_of({0, 10}, 1, 10, 10);
    geo::Polygon polygon{rectangle_ring(1.5, 1.5, 8.5, 8.5), {rectangle_ring(3, 3, 4.5, 4.5)}};
    const std::vector<Span> one = coverage({polygon}, grid);
    std::ranges::reverse(polygon.outer);
    CHECK(coverage({polygon}, grid) == one);
    std::ranges::reverse(polygon.inners[0]);
    CHECK(coverage({polygon}, grid) == one);
    CHECK(coverage(rectangle(20, 20, 30, 30), grid).empty());
    CHECK(coverage(rectangle(-5, 2, -1, 8), grid).empty());
    CHECK(coverage(rectangle(11, 2, 14, 8), grid).empty());
}

TEST_CASE("a polygon that reaches far beyond the grid covers it wholly") {
    const Grid grid = grid_of({0, 10}, 1, 10, 10);
    const std::vector<Span> spans = coverage(rectangle(-1e6, -1e6, 1e6, 1e6), grid);
    REQUIRE(spans.size() == 10);
    for (const Span& span : spans) {
        CHECK(span.col_begin == 0);
        CHECK(span.col_end == 10);
        CHECK(span.fraction == 1.0);
    }
}

}  // namespace vereda::tests
