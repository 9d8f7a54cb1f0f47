/// The reliability matrix, outlines and their CRS: rows 47-52, 57, 61-63, 67, 73-75.
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "geo/geodesic.hpp"
#include "geo/io/feature_writer.hpp"
#include "tests/app/hostile_run.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;

namespace {

const std::string kPlots = "plots_2016.geojson";

std::string plot_feature(const std::string& id, const std::string& geometry) {
    return fmt::format(R"({{"type":"Feature","properties":{{"plot_id":"{}","year":2016}},"geometry":{}}})", id,
                       geometry);
}

/// Adds one plot to those of 2016.
void add_plot(const StudyFixture& fixture, const std::string& id, const std::string& geometry) {
    fixture.replace(kPlots, "\"features\":[\n", "\"features\":[\n" + plot_feature(id, geometry) + ",\n");
}

std::string polygon(const std::string& coordinates) {
    return R"({"type":"Polygon","coordinates":[[)" + coordinates + "]]}";
}

/// Hectares of plots that a run found in a region and year.
double hectares(const Finished& finished, const std::string& region, const std::string& year) {
    for (const Row& row : csv_rows(finished.text("tables/plot_area.csv")))
        if (row.at("region_id") == region && row.at("year") == year) {
            INFO("area_ha is '" << row.at("area_ha") << "'");
            REQUIRE_FALSE(row.at("area_ha").empty());
            return std::stod(row.at("area_ha"));
        }
    FAIL("no row of " << region << " " << year);
    return 0;
}

/// Hectares of R1 in 2016 in the fixture as it is.
double hectares_before() {
    static const double value = [] {
        const StudyFixture fixture;
        Finished finished;
        run_study(fixture, finished);
        return hectares(finished, "R1", "2016");
    }();
    return value;
}

double ground_hectares(const std::vector<geo::Point>& ring) {
    geo::MultiPolygon shape(1);
    shape[0].outer.assign(ring.begin(), ring.end());
    return geo::ellipsoidal_area(shape, geo::Crs::wgs84()).value() / 10'000;
}

/// The plots of 2016 as a CSV with a WKT column: one plot of the given WKT.
void plots_from_csv(const StudyFixture& fixture, const std::string& wkt) {
    fixture.write("plots.csv", "plot_id,year,wkt\nC1,2016,\"" + wkt + "\"\n");
    fixture.replace("study.toml", "plots = \"plots_2016.geojson\"", "plots = \"plots.csv\"\ncrs = \"EPSG:4326\"");
}

}  // namespace

TEST_CASE("rows 47, 48, 63: layers that cannot be read as what they say are refused by name") {
    const std::string collection = R"({"type":"FeatureCollection","features":[)";
    const std::string infinite = polygon("[-72.99,4.03],[-72.99,4.04],[1e999,4.04],[-72.99,4.03]");
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"47 empty file", ""},
        {"48 cut JSON", collection + R"({"type":"Feature","properties":{"plot_id":"a")"},
        {"48 a comma too many", collection + ",]}"},
        {"48 not JSON at all", "plot_id,year\n1,2016\n"},
        {"63 an infinite coordinate", collection + plot_feature("far", infinite) + "]}"}};
    for (const auto& [row, text] : cases) {
        INFO("row " << row);
        const StudyFixture fixture;
        fixture.write(kPlots, text);
        check_study_refused(fixture, {{3}, {kPlots}});
    }
    for (const char* empty : {"", R"({"type":"FeatureCollection","features":[]})"}) {
        INFO("regions are '" << empty << "'");
        const StudyFixture fixture;
        fixture.write("regions.geojson", empty);
        check_study_refused(fixture, {{3}, {"regions.geojson"}});
    }
}

TEST_CASE("row 63: NaN coordinates are refused with the row") {
    const StudyFixture fixture;
    plots_from_csv(fixture, "POLYGON((-72.99 4.03,-72.99 nan,-72.98 4.03,-72.99 4.03))");
    check_study_refused(fixture, {{3}, {"plots.csv"}});
}

TEST_CASE("rows 49, 50, 52: plots without an area are left out aloud and the rest counts") {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"49 null", "null"},
        {"50 empty", R"({"type":"Polygon","coordinates":[]})"},
        {"52 zero area", polygon("[-72.99,4.03],[-72.98,4.03],[-72.97,4.03],[-72.99,4.03]")}};
    for (const auto& [row, geometry] : cases) {
        INFO("row " << row);
        const StudyFixture fixture;
        add_plot(fixture, "hollow", geometry);
        Finished finished;
        run_study(fixture, finished);
        CHECK(diagnostics_with(finished, {"hollow"}) >= 1);
        CHECK_THAT(finished.result.err, ContainsSubstring("hollow"));
        CHECK(hectares(finished, "R1", "2016") == Approx(hectares_before()).epsilon(1e-12));
    }
}

TEST_CASE("rows 51, 57: a bow-tie keeps both lobes and a spike vanishes, each with its row in diagnostics.csv") {
    const double lobes =
        ground_hectares({{-72.9990, 4.0210}, {-72.9990, 4.0220}, {-72.9985, 4.0215}, {-72.9990, 4.0210}}) +
        ground_hectares({{-72.9985, 4.0215}, {-72.9980, 4.0220}, {-72.9980, 4.0210}, {-72.9985, 4.0215}});
    const double square = ground_hectares(
        {{-72.9990, 4.0210}, {-72.9990, 4.0220}, {-72.9980, 4.0220}, {-72.9980, 4.0210}, {-72.9990, 4.0210}});
    const std::vector<std::tuple<std::string, std::string, double>> cases = {
        {"51", polygon("[-72.9990,4.0210],[-72.9980,4.0220],[-72.9980,4.0210],[-72.9990,4.0220],[-72.9990,4.0210]"),
         lobes},
        {"57",
         polygon("[-72.9990,4.0210],[-72.9990,4.0220],[-72.9980,4.0220],[-72.9960,4.0220],[-72.9980,4.0220],"
                 "[-72.9980,4.0210],[-72.9990,4.0210]"),
         square}};
    for (const auto& [row, geometry, added] : cases) {
        INFO("row " << row);
        const StudyFixture fixture;
        add_plot(fixture, "crooked", geometry);
        Finished finished;
        run_study(fixture, finished);
        CHECK(diagnostics_with(finished, {"crooked"}) >= 1);
        CHECK(hectares(finished, "R1", "2016") == Approx(hectares_before() + added).margin(2e-4));
    }
}

TEST_CASE("row 61: a curve is linearised, not dropped") {
    const StudyFixture fixture;
    // A circle of 0.001° across: π/4 of its square, the chords of the arcs cost well under 1 %.
    plots_from_csv(fixture, "CURVEPOLYGON(CIRCULARSTRING(-72.999 4.0215,-72.998 4.0215,-72.999 4.0215))");
    Finished finished;
    run_study(fixture, finished);
    const double square = ground_hectares(
        {{-72.9990, 4.0210}, {-72.9990, 4.0220}, {-72.9980, 4.0220}, {-72.9980, 4.0210}, {-72.9990, 4.0210}});
    CHECK(hectares(finished, "R1", "2016") == Approx(square * std::numbers::pi / 4).epsilon(0.01));
}

TEST_CASE("row 62: a height that is not a number does not matter") {
    const StudyFixture fixture;
    GDALAllRegister();
    {
        const GDALDatasetUniquePtr file(GetGDALDriverManager()->GetDriverByName("GPKG")->Create(
            fixture.path("plots.gpkg").c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        OGRSpatialReference degrees;
        degrees.SetFromUserInput("EPSG:4326");
        degrees.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        OGRLayer* layer = file->CreateLayer("plots", &degrees, wkbPolygon25D, nullptr);
        OGRFieldDefn id("plot_id", OFTString);
        REQUIRE(layer->CreateField(&id) == OGRERR_NONE);
        auto* ring = new OGRLinearRing;
        const double nothing = std::numeric_limits<double>::quiet_NaN();
        for (const geo::Point p : {geo::Point{-72.999, 4.021}, {-72.999, 4.022}, {-72.998, 4.022}, {-72.999, 4.021}})
            ring->addPoint(p.x, p.y, nothing);
        OGRPolygon triangle;
        triangle.addRingDirectly(ring);
        const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
        feature->SetField("plot_id", "Z1");
        feature->SetGeometry(&triangle);
        REQUIRE(layer->CreateFeature(feature.get()) == OGRERR_NONE);
    }
    fixture.replace("study.toml", "plots = \"plots_2016.geojson\"", "plots = \"plots.gpkg\"");
    Finished finished;
    run_study(fixture, finished);
    const double triangle = ground_hectares({{-72.999, 4.021}, {-72.999, 4.022}, {-72.998, 4.022}, {-72.999, 4.021}});
    CHECK(hectares(finished, "R1", "2016") == Approx(triangle).margin(1e-4));
}

TEST_CASE("row 67: loss in a region wholly off the raster is unknown, in one half off it is warned of") {
    const StudyFixture fixture;
    const auto region = [](const std::string& code, double left) {
        return fmt::format(
            R"({{"type":"Feature","properties":{{"code":"{0}","name":"{0}","municipality":"Valle"}},"geometry":{{"type":"Polygon","coordinates":[[[{1},4.04],[{2},4.04],[{2},4.02],[{1},4.02],[{1},4.04]]]}}}})",
            code, left, left + 0.02);
    };
    fixture.replace("regions.geojson", "\"features\":[\n",
                    "\"features\":[\n" + region("HALF", -73.0201 + 0.00005) + ",\n" + region("OFF", -73.2) + ",\n");
    // HALF touches R1 and lies west of the raster but for a sliver; it is moved to straddle the raster's edge.
    fixture.replace("lossyear.asc", "xllcorner -73.000", "xllcorner -73.010");
    Finished finished;
    run_study(fixture, finished);
    std::size_t off = 0;
    std::size_t half = 0;
    for (const Row& row : csv_rows(finished.text("tables/loss.csv"))) {
        off += row.at("region_id") == "OFF" ? 1 : 0;
        half += row.at("region_id") == "HALF" ? 1 : 0;
    }
    CHECK(off == 0);
    CHECK(half > 0);
    CHECK(diagnostics_with(finished, {"OFF"}) >= 1);
    CHECK(diagnostics_with(finished, {"HALF"}) >= 1);
}

TEST_CASE("row 73: a shapefile without .prj is refused") {
    const StudyFixture fixture;
    geo::io::LayerToWrite layer{.name = "plots",
                                .description = "",
                                .schema = {{{"plot_id", geo::FieldType::text}}},
                                .crs = geo::Crs::wgs84(),
                                .geometry_type = "MultiPolygon",
                                .features = {},
                                .texts = {},
                                .qml = ""};
    geo::MultiPolygon shape(1);
    shape[0].outer = {{-72.999, 4.021}, {-72.999, 4.022}, {-72.998, 4.022}, {-72.999, 4.021}};
    layer.features.push_back({1, shape, {std::string("S1")}});
    geo::io::write_layers(fixture.path("plots.shp"), {layer});
    fixture.replace("study.toml", "plots = \"plots_2016.geojson\"", "plots = \"plots.shp\"");
    {
        Finished finished;
        run_study(fixture, finished);
        CHECK(hectares(finished, "R1", "2016") > 0);
    }
    REQUIRE(std::filesystem::remove(fixture.path("plots.prj")));
    check_study_refused(fixture, {{3}, {"plots.shp"}});
}

TEST_CASE("row 74: metres called degrees are refused") {
    const StudyFixture fixture;
    fixture.write(kPlots,
                  R"({"type":"FeatureCollection","features":[)" +
                      plot_feature("m", polygon("[500000,440000],[500000,440100],[500100,440100],[500000,440000]")) +
                      "]}");
    check_study_refused(fixture, {{3}, {kPlots}});
}

TEST_CASE("row 75: swapped axes are refused; one swapped plot is warned of") {
    const std::string swapped = polygon("[4.0350,-72.9950],[4.0340,-72.9950],[4.0340,-72.9940],[4.0350,-72.9950]");
    {
        const StudyFixture fixture;
        fixture.write(kPlots, R"({"type":"FeatureCollection","features":[)" + plot_feature("s", swapped) + "]}");
        check_study_refused(fixture, {{3}, {kPlots}});
    }
    const StudyFixture fixture;
    add_plot(fixture, "swapped", swapped);
    Finished finished;
    run_study(fixture, finished);
    CHECK(diagnostics_with(finished, {kPlots}) + diagnostics_with(finished, {"2016"}) >= 1);
    CHECK(hectares(finished, "R1", "2016") == Approx(hectares_before()).epsilon(1e-6));
}
