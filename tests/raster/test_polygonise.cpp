#include <cmath>
#include <map>

#include "geo/topology.hpp"
#include "raster/coverage.hpp"
#include "raster/patches.hpp"
#include "raster/polygonise.hpp"
#include "tests/raster/cell_pictures.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::raster;

namespace {

std::vector<std::vector<Run>> runs_of(const RasterSource& source, const std::vector<double>& classes,
                                      Connectivity connectivity) {
    ComponentOptions options;
    options.classes = classes;
    options.connectivity = connectivity;
    std::vector<std::vector<Run>> result;
    find_components(source, options, [&](const Component& component) {
        result.emplace_back(component.runs.begin(), component.runs.end());
    });
    return result;
}

std::vector<geo::MultiPolygon> traced(const std::string& picture, Connectivity connectivity) {
    const MemoryRasterSource<std::uint8_t> source(tests::drawn(picture));
    CellTracer tracer;
    std::vector<geo::MultiPolygon> result;
    for (const std::vector<Run>& runs : runs_of(source, {1}, connectivity)) {
        tracer.trace(runs);
        result.push_back(tracer.polygons(source.grid()));
    }
    return result;
}

std::size_t rings_of(const geo::MultiPolygon& polygons) {
    std::size_t rings = 0;
    for (const geo::Polygon& polygon : polygons)
        rings += 1 + polygon.inners.size();
    return rings;
}

/// Cells enclosed, by the integer areas of the rings.
std::int64_t enclosed(const CellTracer& tracer) {
    std::int64_t cells = 0;
    for (const OutlineRing& ring : tracer.rings())
        cells += ring.hole ? -ring.cells : ring.cells;
    return cells;
}

/// The polygon covers exactly the cells of the runs, each wholly, and nothing else.
bool covers_exactly(const geo::MultiPolygon& polygons, const std::vector<Run>& runs, const Grid& grid) {
    tests::Cells covered;
    for (const Span& span : coverage(polygons, grid)) {
        if (span.fraction != 1) return false;
        for (int col = span.col_begin; col < span.col_end; ++col)
            covered.insert({span.row, col});
    }
    tests::Cells expected;
    for (const Run& run : runs) {
        for (int col = run.col_begin; col < run.col_end; ++col)
            expected.insert({run.row, col});
    }
    return covered == expected;
}

}  // namespace

TEST_CASE("one cell is a square, clockwise from its corners") {
    const auto found = traced(".../.1./...", Connectivity::eight);
    REQUIRE(found.size() == 1);
    REQUIRE(found[0].size() == 1);
    const geo::Ring& ring = found[0][0].outer;
    CHECK(ring.size() == 5);
    CHECK(geo::signed_area(ring) == 10'000);
    const geo::Box box = geo::envelope(ring);
    CHECK(box.min == geo::Point{4'800'100, 2'099'800});
    CHECK(box.max == geo::Point{4'800'200, 2'099'900});
}

TEST_CASE("straight sides carry no vertices between their ends") {
    const auto found = traced("1111/1111/1111", Connectivity::four);
    REQUIRE(found.size() == 1);
    CHECK(found[0][0].outer.size() == 5);
    const auto step = traced("11../11../1111", Connectivity::four);
    CHECK(step[0][0].outer.size() == 7);
}

TEST_CASE("cells that touch at a corner are one valid multipolygon by eight neighbours, two polygons by four") {
    const auto eight = traced("1../.1./..1", Connectivity::eight);
    REQUIRE(eight.size() == 1);
    CHECK(eight[0].size() == 3);
    CHECK_FALSE(geo::invalidity(eight[0]));
    CHECK(traced("1../.1./..1", Connectivity::four).size() == 3);
}

TEST_CASE("a ring closed over a corner is an outer ring with a hole that touches it") {
    // The hole's south-east corner touches the outside.
    const auto found = traced("1111/1..1/1..1/111.", Connectivity::eight);
    REQUIRE(found.size() == 1);
    REQUIRE(found[0].size() == 1);
    CHECK(found[0][0].inners.size() == 1);
    CHECK_FALSE(geo::invalidity(found[0]));
    CHECK(geo::planar_area(found[0]) == 11 * 10'000);
}

TEST_CASE("holes that touch at a corner stay two holes") {
    const auto found = traced("1111/1.11/11.1/1111", Connectivity::eight);
    REQUIRE(found.size() == 1);
    REQUIRE(found[0].size() == 1);
    CHECK(found[0][0].inners.size() == 2);
    CHECK_FALSE(geo::invalidity(found[0]));
}

TEST_CASE("an island in a hole is a polygon of its own") {
    const auto found = traced("11111/1...1/1.1.1/1...1/11111", Connectivity::eight);
    REQUIRE(found.size() == 2);
    CHECK(found[0][0].inners.empty());
    CHECK(found[1][0].inners.size() == 1);
}

TEST_CASE("a spiral is one ring") {
    const auto found = traced("1111111/......1/11111.1/1...1.1/1.111.1/1.....1/1111111", Connectivity::four);
    REQUIRE(found.size() == 1);
    CHECK(rings_of(found[0]) == 1);
    CHECK_FALSE(geo::invalidity(found[0]));
    CHECK(geo::planar_area(found[0]) == 31 * 10'000);
}

TEST_CASE("a whole raster of one class is its extent; one without the class has no polygon") {
    const auto found = traced("111/111", Connectivity::eight);
    REQUIRE(found.size() == 1);
    CHECK(geo::envelope(found[0]) == tests::metric_grid(3, 2).extent());
    CHECK(found[0][0].outer.size() == 5);
    CHECK(traced("22x/.2.", Connectivity::eight).empty());
}

TEST_CASE("a checkerboard is one multipolygon of its cells by eight neighbours") {
    std::string picture;
    for (int row = 0; row < 20; ++row) {
        if (row > 0) picture += '/';
        for (int col = 0; col < 20; ++col)
            picture += (row + col) % 2 == 0 ? '1' : '.';
    }
    const auto found = traced(picture, Connectivity::eight);
    REQUIRE(found.size() == 1);
    CHECK(found[0].size() == 200);
    CHECK_FALSE(geo::invalidity(found[0]));
    CHECK(traced(picture, Connectivity::four).size() == 200);
}

TEST_CASE("polygons agree with their cells, are valid and share corners, on random rasters") {
    for (unsigned seed = 0; seed < 12; ++seed) {
        // From sparse to dense: many components, then few with many holes and touching corners.
        const int values = seed % 3 == 0 ? 2 : 3;
        const Raster<std::uint8_t> cells = tests::random_cells(60, 45, values, seed % 2 == 0 ? 0 : 0.1, 100 + seed);
        const MemoryRasterSource<std::uint8_t> source(cells);
        for (const Connectivity connectivity : {Connectivity::four, Connectivity::eight}) {
            const std::vector<double> classes = seed % 4 == 1 ? std::vector<double>{0, 1, 2} : std::vector<double>{1};
            CellTracer tracer;
            std::int64_t cells_in_all = 0;
            for (const std::vector<Run>& runs : runs_of(source, classes, connectivity)) {
                std::int64_t count = 0;
                for (const Run& run : runs)
                    count += run.col_end - run.col_begin;
                tracer.trace(runs);
                const geo::MultiPolygon polygons = tracer.polygons(source.grid());
                CHECK(enclosed(tracer) == count);
                CHECK(geo::planar_area(polygons) == static_cast<double>(count) * 10'000);
                const auto problem = geo::invalidity(polygons);
                INFO((problem ? problem->reason : ""));
                CHECK_FALSE(problem);
                CHECK(covers_exactly(polygons, runs, source.grid()));
                if (connectivity == Connectivity::four) CHECK(polygons.size() == 1);
                cells_in_all += count;
            }
            if (classes.size() == 3) {
                std::int64_t valid = 0;
                for (int i = 0; i < 60 * 45; ++i)
                    valid += cells.valid(i % 60, i / 60) ? 1 : 0;
                CHECK(cells_in_all == valid);
            }
        }
    }
}

TEST_CASE("neighbours share their borders corner by corner") {
    // Every boundary edge of unit length between two classes is walked once in each direction.
    const Raster<std::uint8_t> cells = tests::random_cells(40, 30, 3, 0, 7);
    const MemoryRasterSource<std::uint8_t> source(cells);
    std::map<std::pair<std::pair<double, double>, std::pair<double, double>>, int> walked;
    CellTracer tracer;
    for (const std::vector<Run>& runs : runs_of(source, {0, 1, 2}, Connectivity::eight)) {
        tracer.trace(runs);
        for (const OutlineRing& ring : tracer.rings()) {
            const auto corners = tracer.corners(ring);
            Corner at = corners.back();
            for (const Corner& to : corners) {
                while (!(at == to)) {
                    Corner next = at;
                    next.col += to.col > at.col ? 1 : to.col < at.col ? -1 : 0;
                    next.row += to.row > at.row ? 1 : to.row < at.row ? -1 : 0;
                    ++walked[{{at.col, at.row}, {next.col, next.row}}];
                    at = next;
                }
            }
        }
    }
    for (const auto& [edge, times] : walked) {
        CHECK(times == 1);
        const auto& [from, to] = edge;
        const bool at_edge = (from.first == to.first && (from.first == 0 || from.first == 40)) ||
                             (from.second == to.second && (from.second == 0 || from.second == 30));
        if (!at_edge) CHECK(walked.contains({to, from}));
    }
}
