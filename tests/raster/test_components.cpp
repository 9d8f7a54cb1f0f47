#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "geo/error.hpp"
#include "raster/cell_area.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "tests/raster/cell_pictures.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::raster;
using vereda::tests::Cells;

namespace {

struct Found {
    double class_value = 0;
    std::int64_t cells = 0;
    double area = 0;
    Window bounds;
    bool touches_edge = false;
    double probability_sum = 0;
    std::int64_t probability_cells = 0;
    std::vector<Run> runs;
    friend bool operator==(const Found&, const Found&) = default;
};

std::vector<Found> find_all(const RasterSource& source, const ComponentOptions& options) {
    std::vector<Found> result;
    find_components(source, options, [&](const Component& c) {
        result.push_back({c.class_value,
                          c.cells,
                          c.area.value(),
                          c.bounds,
                          c.touches_edge,
                          c.probability_sum,
                          c.probability_cells,
                          {c.runs.begin(), c.runs.end()}});
    });
    return result;
}

Cells cells_of(const Found& component) {
    Cells cells;
    for (const Run& run : component.runs) {
        for (int col = run.col_begin; col < run.col_end; ++col)
            cells.insert({run.row, col});
    }
    return cells;
}

ComponentOptions of_classes(std::vector<double> classes, Connectivity connectivity) {
    ComponentOptions options;
    options.classes = std::move(classes);
    options.connectivity = connectivity;
    return options;
}

}  // namespace

TEST_CASE("components are those of a flood fill, whatever the blocks") {
    const std::vector<BlockShape> shapes{{1, 1}, {3, 2}, {64, 1}, {7, 128}, {256, 256}, {300, 70}};
    for (unsigned seed = 0; seed < 6; ++seed) {
        // Wider than one reading window, higher than one strip.
        const Raster<std::uint8_t> cells =
            tests::random_cells(seed % 2 == 0 ? 300 : 37, seed % 2 == 0 ? 80 : 150, 3, 0.05, seed);
        for (const Connectivity connectivity : {Connectivity::four, Connectivity::eight}) {
            const auto expected = tests::flooded(cells, {1, 2}, connectivity);
            std::vector<Found> reference;
            for (const BlockShape& shape : shapes) {
                const MemoryRasterSource<std::uint8_t> source(cells, {}, shape);
                ComponentOptions options = of_classes({2, 1}, connectivity);
                options.parallelism.jobs = shape.width % 2 == 0 ? 2 : 1;
                const std::vector<Found> found = find_all(source, options);
                if (reference.empty()) {
                    reference = found;
                    std::multiset<std::pair<int, Cells>> got;
                    for (const Found& component : found)
                        got.insert({static_cast<int>(component.class_value), cells_of(component)});
                    CHECK(got == expected);
                } else {
                    CHECK(found == reference);
                }
            }
        }
    }
}

TEST_CASE("every cell type gives the same components") {
    const Raster<std::uint8_t> cells = tests::random_cells(90, 70, 4, 0.1, 11);
    const MemoryRasterSource<std::uint8_t> bytes(cells);
    const std::vector<Found> expected = find_all(bytes, of_classes({1, 3}, Connectivity::eight));
    const auto check = [&]<class T>(T) {
        Raster<T> same(cells.grid());
        for (int row = 0; row < cells.height(); ++row) {
            for (int col = 0; col < cells.width(); ++col) {
                same.at(col, row) = static_cast<T>(cells.at(col, row));
                same.set_valid(col, row, cells.valid(col, row));
            }
        }
        const MemoryRasterSource<T> source(same);
        CHECK(find_all(source, of_classes({1, 3}, Connectivity::eight)) == expected);
    };
    check(std::int8_t{});
    check(std::uint16_t{});
    check(std::int16_t{});
    check(std::uint32_t{});
    check(std::int32_t{});
    check(std::uint64_t{});
    check(std::int64_t{});
    check(float{});
    check(double{});
}

TEST_CASE("merged classes are one class") {
    const MemoryRasterSource<std::uint8_t> source(tests::drawn("1122/3.../11.2"));
    ComponentOptions options = of_classes({1, 2}, Connectivity::four);
    options.merge_classes = true;
    const std::vector<Found> found = find_all(source, options);
    REQUIRE(found.size() == 3);
    CHECK(found[0].cells == 4);
    CHECK(found[0].runs == std::vector<Run>{{0, 0, 4, 0}});
    CHECK(found[1].cells == 2);
    CHECK(found[2].cells == 1);
    CHECK(found[2].class_value == 1);
}

TEST_CASE("components come by the row in which they end, then from west to east") {
    const MemoryRasterSource<std::uint8_t> source(tests::drawn("1.1.1/1...1/1..../..1.1"));
    const std::vector<Found> found = find_all(source, of_classes({1}, Connectivity::eight));
    REQUIRE(found.size() == 5);
    CHECK(found[0].bounds == Window{2, 0, 1, 1});
    CHECK(found[1].bounds == Window{4, 0, 1, 2});
    CHECK(found[2].bounds == Window{0, 0, 1, 3});
    CHECK(found[3].bounds == Window{2, 3, 1, 1});
    CHECK(found[4].bounds == Window{4, 3, 1, 1});
}

TEST_CASE("a component knows whether it touches the raster's edge") {
    const MemoryRasterSource<std::uint8_t> source(tests::drawn("...../.1.2./.1..2/.1.../....."));
    const std::vector<Found> found = find_all(source, of_classes({1, 2}, Connectivity::eight));
    REQUIRE(found.size() == 2);
    CHECK(found[0].class_value == 2);
    CHECK(found[0].touches_edge);
    CHECK_FALSE(found[1].touches_edge);
}

TEST_CASE("areas of components are the sums of their cells' ground areas") {
    const std::vector<std::string> names{"EPSG:3116", "EPSG:3857", "EPSG:4326", "EPSG:6933"};
    for (const std::string& name : names) {
        Grid grid{geo::Crs::parse(name), {900'000, 900'000}, 30, 30, 300, 120};
        if (name == "EPSG:4326") grid = {geo::Crs::wgs84(), {-74, 5}, 0.001, 0.001, 300, 120};
        if (name == "EPSG:3857") grid.origin = {-8'200'000, 900'000};
        const Raster<std::uint8_t> drawn = tests::random_cells(300, 120, 2, 0, 5);
        const MemoryRasterSource<std::uint8_t> source(Raster<std::uint8_t>(grid, drawn.values()));
        const RunArea run_areas(grid);
        ComponentOptions options = of_classes({1}, Connectivity::four);
        options.areas = &run_areas;
        const std::vector<Found> found = find_all(source, options);
        const CellArea areas(grid);
        for (std::size_t i = 0; i < found.size(); i += 97) {
            double expected = 0;
            for (const auto& [row, col] : cells_of(found[i]))
                expected += areas.cell_area(col, row);
            INFO(name);
            CHECK(found[i].area == Approx(expected).epsilon(1e-9));
        }
    }
}

TEST_CASE("areas of runs hold over hundreds of kilometres and for huge cells") {
    for (const double cell : {300.0, 10'000.0}) {
        const Grid grid{
            geo::Crs::parse("EPSG:3116"), {700'000, 1'200'000}, cell, cell, static_cast<int>(600'000 / cell), 4};
        RunArea runs(grid);
        const CellArea cells(grid);
        for (const int row : {0, 3}) {
            double expected = 0;
            for (int col = 1; col < grid.width; ++col)
                expected += cells.cell_area(col, row);
            CHECK(runs.area(row, 1, grid.width) == Approx(expected).epsilon(1e-8));
            CHECK(runs.area(row, 1, 2) == Approx(cells.cell_area(1, row)).epsilon(1e-8));
        }
    }
}

TEST_CASE("probabilities are summed over the cells that have one, wherever blocks are cut") {
    const Raster<std::uint8_t> cells = tests::random_cells(280, 70, 2, 0, 21);
    Grid shifted = cells.grid();
    shifted.origin.x -= 300;  // three more columns in the west, two rows missing in the north, cut in the east
    shifted.origin.y -= 200;
    shifted.width = 200;
    Raster<float> probability(shifted);
    std::mt19937 random(3);
    std::uniform_real_distribution<float> value(0, 1);
    for (int row = 0; row < shifted.height; ++row) {
        for (int col = 0; col < shifted.width; ++col) {
            probability.at(col, row) = value(random);
            if (value(random) < 0.2F) probability.set_valid(col, row, false);
        }
    }
    const MemoryRasterSource<float> probabilities(probability, {}, {13, 9}, {0.5, 0.25});
    std::vector<Found> reference;
    for (const BlockShape& shape : {BlockShape{256, 64}, BlockShape{300, 3}, BlockShape{11, 70}}) {
        const MemoryRasterSource<std::uint8_t> source(cells, {}, shape);
        ComponentOptions options = of_classes({1}, Connectivity::eight);
        options.probability = &probabilities;
        const std::vector<Found> found = find_all(source, options);
        if (!reference.empty()) {
            CHECK(found == reference);
            continue;
        }
        reference = found;
        for (const Found& component : found) {
            double sum = 0;
            std::int64_t count = 0;
            for (const auto& [row, col] : cells_of(component)) {
                const int c = col + 3;
                const int r = row - 2;
                if (r < 0 || c >= shifted.width || !probability.valid(c, r)) continue;
                sum += 0.5 * static_cast<double>(probability.at(c, r)) + 0.25;
                ++count;
            }
            CHECK(component.probability_cells == count);
            CHECK(component.probability_sum == Approx(sum).margin(1e-9 * static_cast<double>(count + 1)));
        }
    }
}

TEST_CASE("a probability raster on other cells is refused, and so are values that are none") {
    const MemoryRasterSource<std::uint8_t> source(tests::drawn("11/11"));
    Grid other = source.grid();
    other.origin.x += 30;
    const MemoryRasterSource<float> off(Raster<float>(other, 0.5F));
    ComponentOptions options = of_classes({1}, Connectivity::eight);
    options.probability = &off;
    CHECK_THROWS_AS(find_all(source, options), geo::Error);
    const MemoryRasterSource<float> large(Raster<float>(source.grid(), 10'000.0F));
    options.probability = &large;
    CHECK_THROWS_AS(find_all(source, options), geo::Error);
    CHECK_THROWS_AS(find_all(source, ComponentOptions{}), geo::Error);
}

namespace {

const std::filesystem::path fragstats = std::filesystem::path(VEREDA_SHARED_DIR) / "data/oracles/landscape_fragstats";

/// Rows of a table whose first column is `name`, quotes taken off.
std::vector<std::vector<std::string>> fragstats_rows(const std::string& file, const std::string& name) {
    std::vector<std::vector<std::string>> rows;
    std::ifstream table(fragstats / file);
    std::string line;
    while (std::getline(table, line)) {
        std::erase(line, '"');
        std::vector<std::string>& fields = rows.emplace_back();
        std::istringstream text(line);
        for (std::string field; std::getline(text, field, ',');)
            fields.push_back(field);
        if (fields.empty() || fields[0] != name) rows.pop_back();
    }
    return rows;
}

/// Per class, the areas of its components in square metres of the plane.
std::map<int, std::multiset<long>> fragstats_components(const std::string& name, const std::set<int>& classes) {
    geo::Diagnostics diagnostics;
    raster::io::RasterOptions open;
    open.crs = geo::Crs::parse("EPSG:5070");
    const auto source = raster::io::open_raster({(fragstats / (name + ".tif")).string(), 1}, open, diagnostics);
    const double cell = source->grid().cell_width * source->grid().cell_height;
    ComponentOptions options;
    options.classes.assign(classes.begin(), classes.end());
    std::map<int, std::multiset<long>> found;
    find_components(*source, options, [&](const Component& component) {
        found[static_cast<int>(component.class_value)].insert(std::lround(static_cast<double>(component.cells) * cell));
    });
    return found;
}

}  // namespace

TEST_CASE("patch areas equal those of FRAGSTATS") {
    if (!std::filesystem::exists(fragstats / "fragstats_patch.csv")) {
        WARN("FRAGSTATS tables are not here: skipped");
        return;
    }
    std::map<int, std::multiset<long>> expected;
    std::set<int> classes;
    for (const std::vector<std::string>& row : fragstats_rows("fragstats_patch.csv", "landscape")) {
        const int value = std::stoi(row[2].substr(4));
        classes.insert(value);
        expected[value].insert(std::lround(std::stod(row[3]) * 1e4));
    }
    REQUIRE(classes.size() == 3);
    CHECK(fragstats_components("landscape", classes) == expected);
}

TEST_CASE("class areas and patch counts equal those of FRAGSTATS") {
    if (!std::filesystem::exists(fragstats / "fragstats_class.csv")) {
        WARN("FRAGSTATS tables are not here: skipped");
        return;
    }
    std::map<int, std::pair<std::size_t, long>> expected;  // patches, square metres
    std::set<int> classes;
    for (const std::vector<std::string>& row : fragstats_rows("fragstats_class.csv", "augusta_nlcd")) {
        const int value = std::stoi(row[1].substr(4));
        classes.insert(value);
        expected[value] = {std::stoul(row[4]), std::lround(std::stod(row[2]) * 1e4)};
    }
    CHECK(expected.size() == 15);
    CHECK(expected[42] == std::pair<std::size_t, long>{1795, 99'912'600});
    std::map<int, std::pair<std::size_t, long>> found;
    for (const auto& [value, areas] : fragstats_components("augusta_nlcd", classes)) {
        found[value].first = areas.size();
        for (const long area : areas)
            found[value].second += area;
    }
    CHECK(found == expected);
}
