/// The reliability matrix, rasters: rows 1-3, 6, 9, 12, 14, 17-19, 23-25, 28, 38.
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "geo/crs.hpp"
#include "tests/app/hostile_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/tiff_bytes.hpp"

using namespace vereda;
using namespace vereda::tests;

namespace {

std::string box_feature(const std::string& code, const geo::Box& box) {
    return fmt::format(
        R"({{"type":"Feature","properties":{{"code":"{0}"}},"geometry":{{"type":"Polygon","coordinates":[[[{1:.17g},{2:.17g}],[{1:.17g},{4:.17g}],[{3:.17g},{4:.17g}],[{3:.17g},{2:.17g}],[{1:.17g},{2:.17g}]]]}}}})",
        code, box.min.x, box.min.y, box.max.x, box.max.y);
}

std::string polygons(const std::vector<std::string>& features) {
    return fmt::format(R"({{"type":"FeatureCollection","features":[{}]}})", fmt::join(features, ","));
}

/// Ten by ten cells of 0.001°, 73° W 4.02° N; each holds its column, 0 to 9.
TiffSpec columns() {
    TiffSpec spec;
    spec.width = spec.height = 10;
    for (int i = 0; i < 100; ++i)
        spec.cells.push_back(i % 10);
    spec.left = -73;
    spec.top = 4.02;
    spec.cell_width = spec.cell_height = 0.001;
    spec.epsg = 4326;
    return spec;
}

/// The columns 2 and 3, rows 2 to 7.
const geo::Box kMiddle{{-72.998, 4.012}, {-72.996, 4.018}};

/// Writes the raster and two polygons: A over the middle, B far off where `with_far` says so.
ZonalCall inputs(const TemporaryFolder& folder, const std::string& raster_bytes, bool with_far = false) {
    std::vector<std::string> features = {box_feature("A", kMiddle)};
    if (with_far) features.push_back(box_feature("B", {{-70, 4}, {-69.9, 4.1}}));
    ZonalCall call;
    call.raster = folder.write("v.tif", raster_bytes);
    call.polygons = folder.write("zones.geojson", polygons(features));
    return call;
}

double number(const std::map<std::string, Row>& rows, const std::string& id, const std::string& column) {
    const std::string& cell = rows.at(id).at(column);
    INFO(id << " " << column << " is '" << cell << "'");
    REQUIRE_FALSE(cell.empty());
    return std::stod(cell);
}

/// Hectares of a box of longitudes and latitudes on WGS 84: a²/2 · Δλ · (q(φ₂) − q(φ₁)), Snyder (1987) eq. 3-12.
double box_hectares(const geo::Box& box) {
    const double e2 = 2 / 298.257223563 - 1 / (298.257223563 * 298.257223563);
    const double e = std::sqrt(e2);
    const auto q = [&](double degrees) {
        const double s = std::sin(degrees * std::numbers::pi / 180);
        return (1 - e2) * (s / (1 - e2 * s * s) - std::log((1 - e * s) / (1 + e * s)) / (2 * e));
    };
    return 6'378'137.0 * 6'378'137.0 / 2 * (box.max.x - box.min.x) * std::numbers::pi / 180 *
           (q(box.max.y) - q(box.min.y)) / 10'000;
}

/// A raster of ones in a projected CRS that surely covers the box of longitudes and latitudes.
TiffSpec ones_over(const geo::Box& box, int epsg, int cells) {
    const geo::CrsTransform transform(geo::Crs::wgs84(), geo::Crs::parse("EPSG:" + std::to_string(epsg)));
    const geo::Box image = transform.forward(box);
    TiffSpec spec;
    spec.width = spec.height = cells;
    spec.cells.assign(static_cast<std::size_t>(cells) * static_cast<std::size_t>(cells), 1);
    spec.cell_width = spec.cell_height = 1.2 * std::max(image.width(), image.height()) / cells;
    spec.left = image.min.x - 0.1 * image.width();
    spec.top = image.max.y + 0.1 * image.height();
    spec.epsg = epsg;
    spec.geographic = false;
    return spec;
}

}  // namespace

TEST_CASE("a good raster is read, so that refusals below are about what was spoiled") {
    const TemporaryFolder folder;
    ZonalCall call = inputs(folder, tiff_bytes(columns()));
    call.statistics = {"mean", "area_ha", "count"};
    const auto rows = zonal_rows(folder, call);
    CHECK(number(rows, "A", "v_mean") == Approx(2.5).epsilon(1e-9));
    CHECK(number(rows, "A", "area_ha") == Approx(box_hectares(kMiddle)).epsilon(1e-6));
}

TEST_CASE("rasters that are not what they should be are refused by name") {
    const std::string good = tiff_bytes(columns());
    TiffSpec no_crs = columns();
    no_crs.epsg.reset();
    TiffSpec unknown_crs = columns();
    unknown_crs.epsg = 32599;  // not assigned by EPSG
    unknown_crs.geographic = false;
    TiffSpec no_place = columns();
    no_place.georeferenced = false;
    // Strips come first in these files, so strips are cut away by moving the directory over the last of them.
    std::string strips_missing = good;
    const std::size_t strips_end = 8 + 100;
    strips_missing.erase(8 + 50, strips_end - (8 + 50));
    const std::string vrt =
        "<VRTDataset rasterXSize=\"10\" rasterYSize=\"10\"><VRTRasterBand dataType=\"Byte\" band=\"1\"><SimpleSource>"
        "<SourceFilename relativeToVRT=\"0\">/etc/passwd</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>";
    const std::vector<std::tuple<std::string, std::string, Refusal>> cases = {
        {"1 zero bytes", "", {{3}, {"v.tif"}}},
        {"2 header cut", good.substr(0, 6), {{3}, {"v.tif"}}},
        {"2 header cut after the magic number", good.substr(0, 40), {{3}, {"v.tif"}}},
        {"3 strips and directory missing", strips_missing, {{3}, {"v.tif"}}},
        {"6 text", "ncols but not a grid\n", {{3}, {"v.tif"}}},
        {"6 random bytes", std::string("\x8f\x01\x99\xfe\x00\x13\x37zzz", 10), {{3}, {"v.tif"}}},
        {"6 PNG bytes", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16), {{3}, {"v.tif"}}},
        {"9 no CRS", tiff_bytes(no_crs), {{3}, {"v.tif"}}},
        {"10 no place", tiff_bytes(no_place), {{3}, {"v.tif"}}},
        {"12 unknown EPSG code", tiff_bytes(unknown_crs), {{3}, {"v.tif"}}},
        {"38 VRT called .tif", vrt, {{4}, {"v.tif"}}}};
    for (const auto& [row, bytes, refusal] : cases) {
        INFO("row " << row);
        const TemporaryFolder folder;
        check_zonal_refused(folder, inputs(folder, bytes), refusal);
    }
}

TEST_CASE("row 3: a strip beyond the end of the file is refused and the block named") {
    TiffSpec spec = columns();
    std::string bytes = tiff_bytes(spec);
    // The offsets of the strips are the only ten ascending four-byte numbers 8, 18, 28 …; the last one is moved away.
    std::string offsets;
    for (std::uint32_t i = 0; i < 10; ++i)
        offsets += std::string({static_cast<char>(8 + 10 * i), 0, 0, 0});
    const std::size_t at = bytes.find(offsets);
    REQUIRE(at != std::string::npos);
    bytes[at + 39] = 0x7f;
    const TemporaryFolder folder;
    ZonalCall call = inputs(folder, bytes);
    call.polygons = folder.write("zones.geojson", polygons({box_feature("A", {{-72.999, 4.0101}, {-72.991, 4.019}})}));
    check_zonal_refused(folder, call, {{3}, {"v.tif", "block"}});
}

TEST_CASE("row 14: a south-up raster gives the values of its north-up twin") {
    TiffSpec north_up = columns();
    for (int i = 0; i < 100; ++i)
        north_up.cells[static_cast<std::size_t>(i)] = i / 10;
    TiffSpec south_up = north_up;
    for (int i = 0; i < 100; ++i)
        south_up.cells[static_cast<std::size_t>(i)] = 9 - i / 10;
    south_up.top = 4.01;
    south_up.cell_height = -0.001;
    const geo::Box upper{{-72.998, 4.015}, {-72.996, 4.018}};  // rows 2, 3, 4 from the north
    for (const TiffSpec& spec : {north_up, south_up}) {
        const TemporaryFolder folder;
        ZonalCall call = inputs(folder, tiff_bytes(spec));
        call.polygons = folder.write("zones.geojson", polygons({box_feature("A", upper)}));
        CHECK(number(zonal_rows(folder, call), "A", "v_mean") == Approx(3).epsilon(1e-9));
    }
}

TEST_CASE("rows 17, 18, 19: hectares are true in Web Mercator, degrees and US feet") {
    const geo::Box carolina{{-80.02, 35.50}, {-80.00, 35.51}};
    TiffSpec degrees = ones_over(carolina, 3857, 40);
    degrees.left = -80.03;
    degrees.top = 35.52;
    degrees.cell_width = degrees.cell_height = 0.001;
    degrees.epsg = 4326;
    degrees.geographic = true;
    for (const TiffSpec& spec : {ones_over(carolina, 3857, 40), degrees, ones_over(carolina, 2264, 40)}) {
        INFO("EPSG:" << *spec.epsg);
        const TemporaryFolder folder;
        ZonalCall call = inputs(folder, tiff_bytes(spec));
        call.polygons = folder.write("zones.geojson", polygons({box_feature("A", carolina)}));
        call.statistics = {"area_ha(v)", "area_ha"};
        const auto rows = zonal_rows(folder, call);
        for (const auto& [column, cell] : rows.at("A"))
            if (column.find("area_ha") != std::string::npos)
                CHECK(std::stod(cell) == Approx(box_hectares(carolina)).epsilon(2e-5));
    }
}

TEST_CASE("row 23: polygons that all miss the raster are refused") {
    const TemporaryFolder folder;
    ZonalCall call = inputs(folder, tiff_bytes(columns()));
    call.polygons = folder.write("zones.geojson", polygons({box_feature("A", {{-70, 4}, {-69.9, 4.1}})}));
    check_zonal_refused(folder, call, {{3}, {"zones.geojson"}});
}

TEST_CASE("rows 24, 25: cells without a number do not count, declared or stray") {
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    for (const char* declared : {"nan", ""}) {
        TiffSpec spec = columns();
        spec.floating = true;
        spec.nodata = declared;
        for (int row = 0; row < 10; ++row)
            spec.cells[static_cast<std::size_t>(10 * row + 2)] = nothing;
        const TemporaryFolder folder;
        ZonalCall call = inputs(folder, tiff_bytes(spec));
        call.polygons =
            folder.write("zones.geojson",
                         polygons({box_feature("A", kMiddle), box_feature("N", {{-72.998, 4.012}, {-72.997, 4.018}})}));
        call.statistics = {"mean", "count"};
        const auto rows = zonal_rows(folder, call);
        CHECK(number(rows, "A", "v_mean") == Approx(3).epsilon(1e-9));
        CHECK(number(rows, "A", "v_count") == Approx(6).epsilon(1e-9));
        CHECK(rows.at("N").at("v_mean").empty());
    }
}

TEST_CASE("row 28: nodata is the raw number, found before scale and offset") {
    TiffSpec spec = columns();
    spec.nodata = "3";
    spec.scale = 0.5;
    spec.offset = 10;
    const TemporaryFolder folder;
    const auto rows = zonal_rows(folder, inputs(folder, tiff_bytes(spec)));
    CHECK(number(rows, "A", "v_mean") == Approx(11).epsilon(1e-9));  // column 2 alone: 2 · 0.5 + 10
}

TEST_CASE("row 67 in zonal: a polygon off the raster has empty values, one half off a warning with its coverage") {
    const TemporaryFolder folder;
    ZonalCall call = inputs(folder, tiff_bytes(columns()), true);
    call.statistics = {"mean", "count"};
    const auto rows = zonal_rows(folder, call);
    CHECK(number(rows, "A", "v_mean") == Approx(2.5).epsilon(1e-9));
    CHECK(rows.at("B").at("v_mean").empty());
}
