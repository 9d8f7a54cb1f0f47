#include <random>
#include <set>

#include "raster/line_cells.hpp"
#include "tests/support/catch.hpp"

namespace vereda::tests {

using namespace raster;

namespace {

using Cells = std::set<std::pair<int, int>>;

Grid unit_grid(int width, int height) {
    Grid grid;
    grid.crs = geo::Crs::parse("EPSG:3116");
    grid.origin = {0, static_cast<double>(height)};
    grid.width = width;
    grid.height = height;
    return grid;
}

/// The line is given with y downwards from the grid's top, in cells.
Cells cells_of(geo::LineString line, const Grid& grid) {
    for (geo::Point& point : line)
        point.y = grid.height - point.y;
    Cells cells;
    visit_line_cells(line, grid, [&](int col, int row) { cells.emplace(col, row); });
    return cells;
}

}  // namespace

TEST_CASE("a line has the cells it passes through") {
    const Grid grid = unit_grid(5, 4);
    CHECK(cells_of({{0.5, 0.5}, {3.5, 0.5}}, grid) == Cells{{0, 0}, {1, 0}, {2, 0}, {3, 0}});
    CHECK(cells_of({{1.5, 3.5}, {1.5, 1.5}}, grid) == Cells{{1, 1}, {1, 2}, {1, 3}});
    // From (0.5, 0.5) to (2.5, 1.5): crosses x = 1 at y = 0.75, y = 1 at x = 1.5, x = 2 at y = 1.25.
    CHECK(cells_of({{0.5, 0.5}, {2.5, 1.5}}, grid) == Cells{{0, 0}, {1, 0}, {1, 1}, {2, 1}});
    CHECK(cells_of({{2.2, 2.2}}, grid) == Cells{{2, 2}});
}

TEST_CASE("a line through corners still hangs together by sides") {
    const Grid grid = unit_grid(4, 4);
    CHECK(cells_of({{0, 0}, {3.5, 3.5}}, grid) == Cells{{0, 0}, {1, 0}, {1, 1}, {2, 1}, {2, 2}, {3, 2}, {3, 3}});
    CHECK(cells_of({{3.5, 0.5}, {0.5, 3.5}}, grid) == Cells{{3, 0}, {3, 1}, {2, 1}, {2, 2}, {1, 2}, {1, 3}, {0, 3}});
}

TEST_CASE("what lies off the grid has no cells") {
    const Grid grid = unit_grid(3, 3);
    CHECK(cells_of({{-5, 1.5}, {10, 1.5}}, grid) == Cells{{0, 1}, {1, 1}, {2, 1}});
    CHECK(cells_of({{-5, -5}, {-1, 8}}, grid).empty());
    CHECK(cells_of({{0.5, 7}, {2.5, 9}}, grid).empty());
    CHECK(cells_of({}, grid).empty());
}

TEST_CASE("every point of a random segment lies in one of its cells, and every cell is met by it") {
    const Grid grid = unit_grid(40, 30);
    std::mt19937 random(3);
    std::uniform_real_distribution<double> x(0, 40);
    std::uniform_real_distribution<double> y(0, 30);
    for (int i = 0; i < 200; ++i) {
        const geo::Point a{x(random), y(random)};
        const geo::Point b{x(random), y(random)};
        const Cells cells = cells_of({a, b}, grid);
        Cells sampled;
        constexpr int samples = 20'000;
        for (int k = 0; k <= samples; ++k) {
            const double t = static_cast<double>(k) / samples;
            sampled.emplace(static_cast<int>(a.x + t * (b.x - a.x)), static_cast<int>(a.y + t * (b.y - a.y)));
        }
        for (const auto& cell : sampled)
            CHECK(cells.contains(cell));
        // Short clips of corners can slip between samples, but not many.
        CHECK(cells.size() <= sampled.size() + 2);
    }
}

}  // namespace vereda::tests
