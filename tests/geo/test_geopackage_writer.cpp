#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "geo/io/feature_reader.hpp"
#include "geo/io/feature_writer.hpp"
#include "geo/io/gdal_handle.hpp"
#include "geo/io/sqlite_database.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using geo::FieldType;
using geo::io::LayerToWrite;
using geo::io::SqliteDatabase;
using geo::io::SqliteStatement;

namespace {

geo::MultiPolygon rectangle(double x, double y, double width, double height) {
    geo::MultiPolygon shape(1);
    shape[0].outer = {{x, y}, {x, y + height}, {x + width, y + height}, {x + width, y}, {x, y}};
    return shape;
}

LayerToWrite rectangles(int count) {
    LayerToWrite layer{"the \"plots\"", "", {}, geo::Crs::parse("EPSG:9377"), "MultiPolygon", {}, {}, {}};
    layer.schema.fields = {{"value", FieldType::real}};
    std::mt19937 random(11);
    std::uniform_real_distribution<double> place(0, 100'000);
    std::uniform_real_distribution<double> size(1, 900);
    for (int i = 0; i < count; ++i) {
        const double x = 4'700'000 + place(random);
        const double y = 2'000'000 + place(random);
        layer.features.push_back({i + 1, rectangle(x, y, size(random), size(random)), {size(random)}});
    }
    return layer;
}

std::string asked(const std::string& path, const std::string& sql) {
    SqliteDatabase database(path, path, SqliteDatabase::Mode::read);
    SqliteStatement ask(database, sql);
    return ask.step() ? std::string(ask.bytes(0)) : "no row";
}

}  // namespace

TEST_CASE("the index of a GeoPackage is whole at every size and finds what a look at every box finds") {
    for (const int count : {0, 1, 51, 52, 2601, 2602, 7000}) {
        INFO(count);
        const tests::TemporaryFolder folder;
        const std::string path = folder / "a.gpkg";
        const LayerToWrite layer = rectangles(count);
        geo::io::write_layers(path, {layer});
        CHECK(asked(path, "SELECT rtreecheck('rtree_the \"plots\"_geom')") == "ok");
        CHECK(asked(path, "PRAGMA integrity_check") == "ok");

        const geo::io::GdalErrors errors;
        const auto dataset = geo::io::open_with(path, GDAL_OF_VECTOR, {"GPKG"}, {});
        REQUIRE(dataset);
        OGRLayer* read = dataset->GetLayer(0);
        REQUIRE(read != nullptr);
        CHECK(read->GetFeatureCount() == count);
        CHECK(read->TestCapability(OLCFastSpatialFilter) != 0);
        for (int window = 0; window < 5; ++window) {
            const double x = 4'700'000 + 17'000 * window;
            const double y = 2'080'000 - 13'000 * window;
            const geo::Box box{{x, y}, {x + 9'000, y + 20'000}};
            std::set<std::int64_t> expected;
            for (const geo::Feature& feature : layer.features) {
                if (geo::envelope(feature.geometry).intersects(box)) expected.insert(feature.number);
            }
            read->SetSpatialFilterRect(box.min.x, box.min.y, box.max.x, box.max.y);
            std::set<std::int64_t> found;
            while (const geo::io::OgrFeature feature{read->GetNextFeature()})
                found.insert(feature->GetFID());
            CHECK(found == expected);
        }
        CHECK_FALSE(errors.failed());
    }
}

TEST_CASE("extent, count and triggers of a GeoPackage's layer are those GDAL looks for") {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "a.gpkg";
    const LayerToWrite layer = rectangles(60);
    geo::io::write_layers(path, {layer});
    geo::Box extent;
    for (const geo::Feature& feature : layer.features)
        extent.add(geo::envelope(feature.geometry));
    const auto count_and_extent = [&](bool update) {
        const unsigned flags = GDAL_OF_VECTOR | (update ? GDAL_OF_UPDATE : GDAL_OF_READONLY);
        const geo::io::GdalDataset dataset(GDALDataset::Open(path.c_str(), flags));
        REQUIRE(dataset);
        OGRLayer* read = dataset->GetLayer(0);
        OGREnvelope seen;
        REQUIRE(read->GetExtent(&seen) == OGRERR_NONE);
        CHECK(seen.MinX == Approx(extent.min.x).epsilon(1e-14));
        CHECK(seen.MinY == Approx(extent.min.y).epsilon(1e-14));
        CHECK(seen.MaxX == Approx(extent.max.x).epsilon(1e-14));
        CHECK(seen.MaxY == Approx(extent.max.y).epsilon(1e-14));
        if (update) REQUIRE(read->DeleteFeature(1) == OGRERR_NONE);
        return read->GetFeatureCount();
    };
    CHECK(count_and_extent(false) == 60);
    count_and_extent(true);
    CHECK(asked(path, "SELECT feature_count FROM gpkg_ogr_contents") == "59");
    CHECK(asked(path, "SELECT count(*) FROM \"rtree_the \"\"plots\"\"_geom\"") == "59");
}

TEST_CASE("values and geometries of every kind come back from a GeoPackage") {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "a.gpkg";
    LayerToWrite points{"points", "", {}, geo::Crs::wgs84(), "Point", {}, {}, {}};
    points.schema.fields = {{"whole", FieldType::integer}, {"real", FieldType::real}, {"text", FieldType::text}};
    points.features = {{1, geo::Points{{{-74.5, 4.25}}}, {3.0, std::int64_t{7}, std::int64_t{12}}},
                       {2, {}, {std::int64_t{-5}, -0.0, std::string()}},
                       {3, geo::Points{{{-74, 4}, {-73, 3}}}, {{}, {}, {}}}};
    LayerToWrite lines{"lines", "", {}, geo::Crs::wgs84(), "MultiLineString", {}, {}, {}};
    lines.features = {{1, geo::Lines{{{{0, 0}, {1, 1}}, {{2, 2}, {3, 1}, {4, 4}}}}, {}}};
    LayerToWrite table{"table", "", {}, geo::Crs::wgs84(), "None", {}, {}, {}};
    table.schema.fields = {{"text", FieldType::text}};
    table.features = {{1, {}, {std::string("ñandú")}}};
    geo::io::write_layers(path, {points, lines, table});

    const auto read = [&](const char* name) {
        geo::Diagnostics diagnostics;
        const auto source = geo::io::open_features(path + "|" + name, {}, diagnostics);
        std::vector<geo::Feature> features;
        geo::Feature feature;
        while (source->next(feature))
            features.push_back(feature);
        return features;
    };
    const auto seen = read("points");
    REQUIRE(seen.size() == 3);
    CHECK(seen[0].geometry == points.features[0].geometry);
    CHECK(std::holds_alternative<std::monostate>(seen[1].geometry));
    CHECK(seen[2].geometry == points.features[2].geometry);
    CHECK(seen[0].values == std::vector<geo::Value>{std::int64_t{3}, 7.0, std::string("12")});
    CHECK(seen[1].values == std::vector<geo::Value>{std::int64_t{-5}, 0.0, std::string()});
    CHECK(seen[2].values == std::vector<geo::Value>(3));
    CHECK(read("lines")[0].geometry == lines.features[0].geometry);
    CHECK(read("table")[0].values == table.features[0].values);
}
