#include "regions/class_plots.hpp"

#include <cmath>
#include <string>

#include "geo/topology.hpp"
#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;

namespace {

/// '#' is the crop (3), '.' another class (1), ' ' no value. 100 m cells whose lower left corner is (0, 0) of
/// metres_crs(); stored as (class - offset) / scale.
raster::MemoryRasterSource<std::uint8_t> classes(const std::vector<std::string>& rows, raster::Scaling scaling = {},
                                                 raster::BlockShape shape = {}) {
    const int height = static_cast<int>(rows.size());
    const int width = static_cast<int>(rows.front().size());
    raster::Raster<std::uint8_t> cells({metres_crs(), {0, 100.0 * height}, 100, 100, width, height});
    for (int row = 0; row < height; ++row) {
        for (int col = 0; col < width; ++col) {
            const char c = rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(col)];
            cells.at(col, row) = static_cast<std::uint8_t>(((c == '.' ? 1 : 3) - scaling.offset) / scaling.scale);
            if (c == ' ') cells.set_valid(col, row, false);
        }
    }
    return raster::MemoryRasterSource<std::uint8_t>(std::move(cells), {"classes.tif", "", "", 0, ""}, shape, scaling);
}

const std::vector<std::string> picture{"##....#",  //
                                       "#.#.  #",  //
                                       "..#####",  //
                                       "#......"};

regions::RegionSet one_region(geo::MultiPolygon shape) {
    geo::Diagnostics diagnostics;
    return region_set({region("all", std::move(shape))}, diagnostics);
}

std::vector<std::string> ids(const std::vector<regions::Plot>& plots) {
    std::vector<std::string> result;
    for (const regions::Plot& plot : plots)
        result.push_back(plot.id);
    return result;
}

}  // namespace

TEST_CASE("the crop's patches are plots of their cells' area, named by their first cell") {
    geo::Diagnostics diagnostics;
    const auto source = classes(picture);
    const auto plots = regions::class_plots(source, {.crop_class = 3, .connectivity = 4},
                                            one_region(rectangle(0, 0, 700, 400)), diagnostics);
    REQUIRE(ids(plots) == std::vector<std::string>{"c0_0", "c0_6", "c3_0"});
    CHECK(plots[0].area.value() == Approx(30'000).epsilon(1e-7));
    CHECK(plots[1].area.value() == Approx(80'000).epsilon(1e-7));
    CHECK(plots[2].area.value() == Approx(10'000).epsilon(1e-7));
    CHECK(geo::planar_area(plots[1].outline) == Approx(80'000).epsilon(1e-9));
    const geo::Box box = geo::envelope(plots[1].outline);
    CHECK(box.min.x == Approx(200));
    CHECK(box.min.y == Approx(100));
    CHECK(box.max.x == Approx(700));
    CHECK(box.max.y == Approx(400));
    CHECK(plots[0].position_error->value() == Approx(50 / std::sqrt(3.0)));
    CHECK(plots[0].measured_by == regions::MeasuredBy::medium_resolution);
    CHECK(diagnostics.sorted().empty());
}

TEST_CASE("cells that touch at corners are one plot where eight neighbours count") {
    geo::Diagnostics diagnostics;
    const auto source = classes({"#..", ".#.", "..#"});
    const auto region = one_region(rectangle(0, 0, 300, 300));
    const auto eight = regions::class_plots(source, {.crop_class = 3, .connectivity = 8}, region, diagnostics);
    REQUIRE(ids(eight) == std::vector<std::string>{"c0_0"});
    CHECK(eight[0].outline.size() == 3);
    CHECK(eight[0].area.value() == Approx(30'000).epsilon(1e-7));
    CHECK(regions::class_plots(source, {.crop_class = 3, .connectivity = 4}, region, diagnostics).size() == 3);
}

TEST_CASE("plots below the minimum area are left out and counted in one note") {
    geo::Diagnostics diagnostics;
    const auto source = classes({"#.##", "....", "#..#", "...#", "...#"});
    const auto plots = regions::class_plots(source, {.crop_class = 3, .min_area = geo::Hectares(1.99)},
                                            one_region(rectangle(0, 0, 400, 500)), diagnostics);
    CHECK(ids(plots) == std::vector<std::string>{"c0_2", "c2_3"});
    REQUIRE(count_of(diagnostics, "classes.too_small") == 1);
    CHECK(diagnostics.sorted().front().message.arguments.front().second == "2");
}

TEST_CASE("cells outside the regions' extent are not read; ids count from the raster's corner all the same") {
    geo::Diagnostics diagnostics;
    const auto source = classes({"####", "####", "####", "####"}, {}, {3, 3});
    const auto plots =
        regions::class_plots(source, {.crop_class = 3}, one_region(rectangle(110, 110, 290, 190)), diagnostics);
    REQUIRE(ids(plots) == std::vector<std::string>{"c2_1"});
    CHECK(plots[0].area.value() == Approx(20'000).epsilon(1e-7));
    const geo::Box box = geo::envelope(plots[0].outline);
    CHECK(box.min.x == Approx(100));
    CHECK(box.max.y == Approx(200));
    CHECK_THROWS_WITH(
        regions::class_plots(source, {.crop_class = 3}, one_region(rectangle(900, 900, 950, 950)), diagnostics),
        ContainsSubstring("classes.no_overlap"));
}

TEST_CASE("the crop's class is meant as the raster's scale and offset give it") {
    geo::Diagnostics diagnostics;
    const auto region = one_region(rectangle(0, 0, 700, 400));
    const auto plain = classes(picture);
    const auto scaled = classes(picture, {.scale = 0.5, .offset = -2});
    CHECK(ids(regions::class_plots(scaled, {.crop_class = 3}, region, diagnostics)) ==
          ids(regions::class_plots(plain, {.crop_class = 3}, region, diagnostics)));
}

TEST_CASE("more than twenty million cells of the crop are no trouble") {
    geo::Diagnostics diagnostics;
    raster::Raster<std::uint8_t> cells({metres_crs(), {0, 45'000}, 10, 10, 4600, 4500}, 3);
    const raster::MemoryRasterSource<std::uint8_t> source(std::move(cells));
    const auto plots =
        regions::class_plots(source, {.crop_class = 3}, one_region(rectangle(0, 0, 46'000, 45'000)), diagnostics);
    REQUIRE(ids(plots) == std::vector<std::string>{"c0_0"});
    CHECK(plots[0].area.value() == Approx(46'000.0 * 45'000.0).epsilon(1e-7));
}
