#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <set>
#include <sstream>

#include "geo/topology.hpp"
#include "raster/fill_holes.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "raster/patches.hpp"
#include "tests/raster/cell_pictures.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::raster;

namespace {

std::vector<Patch> patches(const RasterSource& source, const PatchOptions& options) {
    std::vector<Patch> result;
    find_patches(source, options, [&](Patch&& patch) { result.push_back(std::move(patch)); });
    return result;
}

PatchOptions of_class_one(Connectivity connectivity = Connectivity::eight) {
    PatchOptions options;
    options.components.classes = {1};
    options.components.connectivity = connectivity;
    return options;
}

MemoryRasterSource<std::uint8_t> source_of(const std::string& picture) {
    return MemoryRasterSource<std::uint8_t>(tests::drawn(picture));
}

geo::SquareMetres cells(double count) {
    return geo::SquareMetres(count * 10'000);
}

}  // namespace

TEST_CASE("patches below the minimum mapping unit are left out by ground area") {
    const auto source = source_of("11..1/11.../.....");
    PatchOptions options = of_class_one();
    CHECK(patches(source, options).size() == 2);
    options.minimum_area = cells(3);
    const std::vector<Patch> found = patches(source, options);
    REQUIRE(found.size() == 1);
    CHECK(found[0].cells == 4);
    CHECK(found[0].area.value() == Approx(40'000).epsilon(2e-3));  // a transverse Mercator's scale
}

TEST_CASE("boundary cells are those with a side to the outside") {
    const auto source = source_of("11111/11111/11111/11111");
    const std::vector<Patch> found = patches(source, of_class_one());
    REQUIRE(found.size() == 1);
    CHECK(found[0].boundary_cells == 14);
    CHECK(found[0].perimeter.value() == 1800);
    const double cell = found[0].area.value() / 20;
    CHECK(found[0].area_sd.value() == Approx(cell * std::sqrt(14.0 / 12)));

    const auto ring = source_of("11111/11111/11.11/11111/11111");
    CHECK(patches(ring, of_class_one())[0].boundary_cells == 16 + 4);
    CHECK(patches(ring, of_class_one())[0].perimeter.value() == 2000 + 400);
}

TEST_CASE("correlated edges widen the area error by the variance inflation") {
    const auto source = source_of("111/111/111");
    PatchOptions options = of_class_one();
    const double independent = patches(source, options)[0].area_sd.value();
    options.edge_correlation = 0.6;
    CHECK(patches(source, options)[0].area_sd.value() == Approx(2 * independent));
}

TEST_CASE("the area error of mixed cells is that of discs counted by their cells' centres") {
    // Theory for discs of random place and radius r, in cells: the variance of the count is
    // r/(2 pi^2) times the sum of r2(n)/n^1.5 = 0.4577 r (D. G. Kendall, Quart. J. Math. 19, 1948).
    std::mt19937 random(5);
    std::uniform_real_distribution<double> place(20, 21);
    std::uniform_real_distribution<double> size(6, 12);
    double squares = 0;
    double stated = 0;
    constexpr int throws = 1500;
    for (int i = 0; i < throws; ++i) {
        const double x = place(random);
        const double y = place(random);
        const double radius = size(random);
        Raster<std::uint8_t> disc(tests::metric_grid(41, 41));
        for (int row = 0; row < 41; ++row) {
            for (int col = 0; col < 41; ++col)
                disc.at(col, row) = std::hypot(col + 0.5 - x, row + 0.5 - y) < radius ? 1 : 0;
        }
        const std::vector<Patch> found = patches(MemoryRasterSource<std::uint8_t>(disc), of_class_one());
        const double cell = found[0].area.value() / static_cast<double>(found[0].cells);
        squares += std::pow(static_cast<double>(found[0].cells) - std::numbers::pi * radius * radius, 2);
        stated += std::pow(found[0].area_sd.value() / cell, 2);
    }
    CHECK(stated == Approx(throws * 0.4577 * 9).epsilon(0.06));
    CHECK(squares == Approx(stated).epsilon(0.15));
}

TEST_CASE("small holes are filled, large ones and those that hold other plots stay") {
    const auto source = source_of(
        "1111111111/"
        "1.11..1111/"
        "1111..1111/"
        "1111111.11/"
        "11111.2.11/"
        "1111111.11/"
        "1x11111111");
    PatchOptions options = of_class_one();
    options.components.classes = {1, 2};
    options.fill_holes_up_to = cells(1.5);
    std::vector<Patch> found = patches(source, options);
    REQUIRE(found.size() == 2);
    const Patch& large = found[1];
    // One cell filled in the second row; the four-cell hole is too large; the hole with the other class stays, by
    // eight neighbours it is cells connected over sides: 7,3 / 5,4 6,4 7,4 / 7,5. The missing cell at the edge is open.
    CHECK(large.cells == 70 - 1 - 4 - 5 - 1 + 1);
    CHECK(large.filled.value() == Approx(large.area.value() / static_cast<double>(large.cells)).epsilon(1e-5));
    CHECK(large.polygons[0].inners.size() == 2);
    CHECK_FALSE(geo::invalidity(large.polygons));

    options.fill_holes_up_to = cells(4.5);
    found = patches(source, options);
    CHECK(found[1].polygons[0].inners.size() == 1);
}

TEST_CASE("a hole of an eight-connected patch does not leak through corners, one of a four-connected patch does") {
    const auto diamond = source_of(".1./1.1/.1.");
    PatchOptions options = of_class_one();
    options.fill_holes_up_to = cells(2);
    const std::vector<Patch> found = patches(diamond, options);
    REQUIRE(found.size() == 1);
    CHECK(found[0].cells == 5);
    CHECK(found[0].polygons.size() == 1);

    const auto open = source_of("111./1.11/11.1/1111");
    PatchOptions four = of_class_one(Connectivity::four);
    four.fill_holes_up_to = cells(2.5);
    CHECK(patches(open, four)[0].cells == 15);  // both cells are one hole over the corner, and it is closed
    const auto leaking = source_of("11../1.11/1111");
    CHECK(patches(leaking, four)[0].cells == 9);
}

TEST_CASE("filled holes are those a flood from outside does not reach") {
    for (unsigned seed = 0; seed < 20; ++seed) {
        Raster<std::uint8_t> cells_at_random = tests::random_cells(24, 20, 5, 0, 300 + seed);
        for (std::uint8_t& value : cells_at_random.values())
            value = value == 0 ? 0 : 1;
        const MemoryRasterSource<std::uint8_t> source(cells_at_random);
        for (const Connectivity connectivity : {Connectivity::four, Connectivity::eight}) {
            PatchOptions options = of_class_one(connectivity);
            options.fill_holes_up_to = cells(1e6);
            for (const Patch& patch : patches(source, options)) {
                // With one class and no limit only holes around other patches stay, which are nine cells or more;
                // by four neighbours holes may also leak over a corner.
                if (connectivity == Connectivity::four) break;
                for (const geo::Polygon& polygon : patch.polygons) {
                    for (const geo::Ring& hole : polygon.inners)
                        CHECK(-geo::signed_area(hole) >= 10'000 * 9);
                }
                CHECK(geo::planar_area(patch.polygons) == static_cast<double>(patch.cells) * 10'000);
                CHECK_FALSE(geo::invalidity(patch.polygons));
            }
        }
    }
}

TEST_CASE("the mean probability leaves out filled and unknown cells") {
    const auto source = source_of("111/1.1/111");
    Raster<float> probability(source.grid(), 0.5F);
    probability.at(0, 0) = 1;
    probability.set_valid(2, 2, false);
    probability.at(1, 1) = 0;
    const MemoryRasterSource<float> probabilities(probability);
    PatchOptions options = of_class_one();
    options.components.probability = &probabilities;
    options.fill_holes_up_to = cells(2);
    const std::vector<Patch> found = patches(source, options);
    REQUIRE(found.size() == 1);
    CHECK(found[0].cells == 9);
    CHECK(found[0].mean_probability.value() == Approx((1 + 6 * 0.5) / 7));

    const MemoryRasterSource<float> unknown([&] {
        Raster<float> none(source.grid());
        for (int i = 0; i < 9; ++i)
            none.set_valid(i % 3, i / 3, false);
        return none;
    }());
    options.components.probability = &unknown;
    CHECK_FALSE(patches(source, options)[0].mean_probability.has_value());
}

TEST_CASE("perimeters on the ellipsoid are arcs of parallels and meridians") {
    // One degree by one degree at the equator: 111,319.49 m of equator, 111,301.65 m of the parallel of 1°, 110,574.39
    // m of meridian each (WGS 84).
    const Grid grid{geo::Crs::wgs84(), {-70, 1}, 0.01, 0.01, 100, 100};
    const MemoryRasterSource<std::uint8_t> source(Raster<std::uint8_t>(grid, std::uint8_t{1}));
    const std::vector<Patch> found = patches(source, of_class_one());
    REQUIRE(found.size() == 1);
    CHECK(found[0].perimeter.value() == Approx(111'319.49 + 111'302.65 + 2 * 110'574.39).epsilon(1e-6));
}

TEST_CASE("perimeters equal those of FRAGSTATS") {
    const std::filesystem::path folder = std::filesystem::path(VEREDA_SHARED_DIR) / "data/oracles/landscape_fragstats";
    if (!std::filesystem::exists(folder / "fragstats_patch.csv")) {
        WARN("FRAGSTATS tables are not here: skipped");
        return;
    }
    std::multiset<std::tuple<int, long, long>> expected;  // class, square metres, metres
    std::ifstream table(folder / "fragstats_patch.csv");
    std::string line;
    while (std::getline(table, line)) {
        if (!line.starts_with("\"landscape\"")) continue;
        std::istringstream fields(line);
        std::string id, patch, type, area, perimeter;
        for (std::string* field : {&id, &patch, &type, &area, &perimeter})
            std::getline(fields, *field, ',');
        expected.insert(
            {std::stoi(type.substr(5)), std::lround(std::stod(area) * 1e4), std::lround(std::stod(perimeter))});
    }
    std::set<double> classes;
    for (const auto& row : expected)
        classes.insert(std::get<0>(row));
    geo::Diagnostics diagnostics;
    raster::io::RasterOptions open;
    open.crs = geo::Crs::parse("EPSG:5070");
    const auto source = raster::io::open_raster({(folder / "landscape.tif").string(), 1}, open, diagnostics);
    PatchOptions options;
    options.components.classes.assign(classes.begin(), classes.end());
    std::multiset<std::tuple<int, long, long>> found;
    const double cell = source->grid().cell_width * source->grid().cell_height;
    for (const Patch& patch : patches(*source, options)) {
        found.insert({static_cast<int>(patch.class_value), std::lround(static_cast<double>(patch.cells) * cell),
                      std::lround(patch.perimeter.value())});
    }
    CHECK(found == expected);
}
