#include "geo/io/feature_writer.hpp"

#include <cmath>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/content_hash.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/io/gdal_handle.hpp"
#include "geo/io/layer_writer.hpp"
#include "geo/io/workbook_writer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using geo::FieldType;
using geo::io::LayerToWrite;

namespace {

namespace fs = std::filesystem;

geo::Date day(const char* iso) {
    return *geo::parse_date(iso, geo::DateOrder::iso_only);
}

/// Polygons with holes at places that need all 17 digits, and values that are easily spoilt.
LayerToWrite sample() {
    LayerToWrite layer{"plots", "Plots of a test", {}, geo::Crs::wgs84(), "MultiPolygon", {}, {}, {}};
    layer.schema.fields = {
        {"code", FieldType::text}, {"n", FieldType::integer}, {"ha", FieldType::real}, {"seen", FieldType::date}};
    std::mt19937 random(5);
    std::uniform_real_distribution<double> offset(0, 0.01);
    for (int i = 0; i < 20; ++i) {
        const double x = -75 - offset(random);
        const double y = 4 + offset(random);
        geo::MultiPolygon shape(1 + i % 2);
        shape[0].outer = {{x, y}, {x, y + 0.1}, {x + 0.1, y + 0.1}, {x + 0.1, y}, {x, y}};
        shape[0].inners = {{{x + 0.01, y + 0.01}, {x + 0.02, y + 0.01}, {x + 0.02, y + 0.02}, {x + 0.01, y + 0.01}}};
        if (i % 2 == 1) shape[1].outer = {{x + 1, y}, {x + 1, y + 0.1}, {x + 1.1, y}, {x + 1, y}};
        const std::string text = i == 3   ? "=HYPERLINK(\"x\")"
                                 : i == 4 ? "a \"b\", c\nd; ñ €"
                                          : "00" + std::to_string(i);
        layer.features.push_back(
            {i + 1, shape, {text, std::int64_t{9007199254740993} + i, 0.1 * i, day("2017-03-31")}});
    }
    layer.features[7].values[1] = {};
    layer.features[7].values[2] = {};
    layer.features[7].values[3] = {};
    return layer;
}

std::vector<geo::Feature> read(const std::string& path, geo::Schema* schema = nullptr,
                               geo::io::SourceOptions options = {}) {
    geo::Diagnostics diagnostics;
    const auto source = geo::io::open_features(path, options, diagnostics);
    if (schema != nullptr) *schema = source->schema();
    std::vector<geo::Feature> features;
    geo::Feature feature;
    while (source->next(feature))
        features.push_back(feature);
    return features;
}

std::string refusal(const std::string& path, const std::vector<LayerToWrite>& layers) {
    try {
        geo::io::write_layers(path, layers);
        return "written";
    } catch (const geo::Error& error) {
        CHECK(error.locus().file == path);
        return std::to_string(static_cast<int>(error.kind())) + " " + std::string(error.message().id.text());
    }
}

std::size_t entries(const tests::TemporaryFolder& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("exact formats give back every bit, in order") {
    const LayerToWrite layer = sample();
    for (const char* name : {"a.gpkg", "a.sqlite", "a.fgb"}) {
        INFO(name);
        const tests::TemporaryFolder folder;
        geo::io::write_layers(folder / name, {layer});
        geo::Schema schema;
        const auto features = read(folder / name, &schema);
        REQUIRE(features.size() == layer.features.size());
        for (std::size_t i = 0; i < features.size(); ++i) {
            CHECK(features[i].geometry == layer.features[i].geometry);
            for (std::size_t k = 0; k < layer.schema.fields.size(); ++k) {
                // FlatGeobuf has no days, only moments: they come back as ISO text.
                CHECK(geo::to_text(features[i].values[*schema.find(layer.schema.fields[k].name)]) ==
                      geo::to_text(layer.features[i].values[k]));
            }
        }
        CHECK(entries(folder) == 1);
    }
}

TEST_CASE("text formats give back every bit of numbers and coordinates") {
    const LayerToWrite layer = sample();
    const tests::TemporaryFolder folder;
    geo::io::write_layers(folder / "a.geojson", {layer});
    geo::io::write_layers(folder / "a.csv", {layer});
    geo::io::SourceOptions options;
    options.crs = geo::Crs::wgs84();
    geo::Schema json_schema;
    const auto json = read(folder / "a.geojson", &json_schema);
    geo::Schema csv_schema;
    const auto csv = read(folder / "a.csv", &csv_schema, options);
    REQUIRE(json.size() == layer.features.size());
    REQUIRE(csv.size() == layer.features.size());
    for (std::size_t i = 0; i < layer.features.size(); ++i) {
        CHECK(csv[i].geometry == layer.features[i].geometry);
        // RFC 7946 turns the rings round; the area and the first vertex stay.
        CHECK(geo::planar_area(std::get<geo::MultiPolygon>(json[i].geometry)) ==
              Approx(geo::planar_area(std::get<geo::MultiPolygon>(layer.features[i].geometry))).epsilon(1e-12));
        CHECK(std::get<geo::MultiPolygon>(json[i].geometry)[0].outer.front() ==
              std::get<geo::MultiPolygon>(layer.features[i].geometry)[0].outer.front());
        for (const char* name : {"code", "n", "ha"}) {
            const geo::Value& written = layer.features[i].values[*layer.schema.find(name)];
            CHECK(json[i].values[*json_schema.find(name)] == written);
            CHECK(csv[i].values[*csv_schema.find(name)] == written);
        }
    }
}

TEST_CASE("shapefile and KML keep count, shapes and text") {
    LayerToWrite layer = sample();
    const tests::TemporaryFolder folder;
    geo::io::write_layers(folder / "a.shp", {layer});
    const auto shapes = read(folder / "a.shp");
    REQUIRE(shapes.size() == layer.features.size());
    CHECK(std::get<std::string>(shapes[2].values[0]) == "002");
    CHECK(std::get<std::int64_t>(shapes[2].values[1]) == 9007199254740995);
    CHECK(geo::planar_area(std::get<geo::MultiPolygon>(shapes[5].geometry)) ==
          Approx(geo::planar_area(std::get<geo::MultiPolygon>(layer.features[5].geometry))).epsilon(1e-12));
    CHECK(entries(folder) == 5);
    const tests::TemporaryFolder other;
    layer.crs = geo::Crs::parse("EPSG:4686");
    geo::io::write_layers(other / "a.kml", {layer});
    const auto kml = read(other / "a.kml");
    REQUIRE(kml.size() == layer.features.size());
    CHECK(geo::planar_area(std::get<geo::MultiPolygon>(kml[0].geometry)) ==
          Approx(geo::planar_area(std::get<geo::MultiPolygon>(layer.features[0].geometry))).epsilon(1e-9));
}

TEST_CASE("GeoJSON is written in longitude and latitude, outer rings counter-clockwise") {
    LayerToWrite layer{"p", "", {}, geo::Crs::parse("EPSG:9377"), "MultiPolygon", {}, {}, {}};
    geo::MultiPolygon shape(1);
    shape[0].outer = {{5'000'000, 2'000'000},
                      {5'000'000, 2'001'000},
                      {5'001'000, 2'001'000},
                      {5'001'000, 2'000'000},
                      {5'000'000, 2'000'000}};
    layer.features = {{1, shape, {}}};
    const tests::TemporaryFolder folder;
    geo::io::write_layers(folder / "a.geojson", {layer});
    const auto features = read(folder / "a.geojson");
    const geo::Ring& ring = std::get<geo::MultiPolygon>(features[0].geometry)[0].outer;
    CHECK(ring.front().x == Approx(-73).margin(1e-7));
    CHECK(ring.front().y == Approx(4).margin(1e-7));
    CHECK(geo::signed_area(ring) < 0);
}

TEST_CASE("the same content gives the same bytes") {
    const LayerToWrite layer = sample();
    for (const char* name : {"a.gpkg", "a.fgb", "a.geojson", "a.csv", "a.xlsx", "a.kml", "a.sqlite"}) {
        INFO(name);
        const tests::TemporaryFolder first;
        const tests::TemporaryFolder second;
        geo::io::write_layers(first / name, {layer});
        geo::io::write_layers(second / name, {layer});
        CHECK(geo::io::sha256_of_file(first / name) == geo::io::sha256_of_file(second / name));
    }
}

TEST_CASE("a layer written feature by feature has the bytes of one written at once, and none without close()") {
    LayerToWrite layer = sample();
    for (const char* name : {"a.gpkg", "a.fgb", "a.geojson", "a.csv", "a.xlsx", "a.kml", "a.sqlite"}) {
        INFO(name);
        const tests::TemporaryFolder first;
        const tests::TemporaryFolder second;
        geo::io::write_layers(first / name, {layer});
        LayerToWrite empty = layer;
        empty.features.clear();
        {
            geo::io::LayerWriter abandoned(second / name, empty);
            abandoned.add(layer.features.front());
        }
        CHECK(entries(second) == 0);
        geo::io::LayerWriter writer(second / name, empty);
        for (const geo::Feature& feature : layer.features)
            writer.add(feature);
        writer.close();
        CHECK(geo::io::sha256_of_file(first / name) == geo::io::sha256_of_file(second / name));
        CHECK(entries(second) == 1);
    }
}

TEST_CASE("a GeoPackage carries styles, aliases and comments where QGIS looks for them") {
    LayerToWrite layer = sample();
    layer.qml = "<qgis><renderer-v2 type=\"singleSymbol\"/></qgis>";
    layer.texts = {{"ha", "Área (ha)", "Ellipsoidal area in hectares; it's exact"}};
    const tests::TemporaryFolder folder;
    geo::io::write_layers(folder / "a.gpkg", {layer});
    CHECK(geo::io::layer_names(folder / "a.gpkg", false) == std::vector<std::string>{"plots"});
    const geo::io::GdalErrors errors;
    const auto dataset = geo::io::open_with(folder / "a.gpkg", GDAL_OF_VECTOR, {"GPKG"}, {"LIST_ALL_TABLES=YES"});
    REQUIRE(dataset);
    const auto ask = [&](const char* sql) {
        std::string answer;
        OGRLayer* result = dataset->ExecuteSQL(sql, nullptr, nullptr);
        if (result == nullptr) return std::string("failed");
        if (const geo::io::OgrFeature row{result->GetNextFeature()}) answer = row->GetFieldAsString(0);
        dataset->ReleaseResultSet(result);
        return answer;
    };
    CHECK(ask("SELECT count(*) FROM layer_styles WHERE f_table_catalog = '' AND f_table_schema = '' AND f_table_name = "
              "'plots' "
              "AND f_geometry_column = 'geom' AND useAsDefault = 1") == "1");
    CHECK(ask("SELECT styleQML FROM layer_styles") == layer.qml);
    CHECK(ask("SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'") == "attributes");
    CHECK(ask("SELECT title FROM gpkg_data_columns WHERE table_name = 'plots' AND column_name = 'ha'") == "Área (ha)");
    CHECK(ask("SELECT description FROM gpkg_data_columns") == layer.texts[0].comment);
    CHECK(ask("SELECT description FROM gpkg_contents WHERE table_name = 'plots'") == "Plots of a test");
    CHECK(ask("SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_schema'") == "2");
    CHECK(ask("PRAGMA integrity_check") == "ok");
}

TEST_CASE("what cannot be written is an error of resources that leaves the old file as it was") {
    const LayerToWrite layer = sample();
    const tests::TemporaryFolder folder;
    const std::string file = folder.write("file", "not a folder");
    for (const char* name : {"a.gpkg", "a.geojson", "a.csv", "a.fgb", "a.shp", "a.kml", "a.xlsx", "a.sqlite"}) {
        INFO(name);
        CHECK(refusal(file + "/" + name, {layer}) == "5 file.not_written");
        CHECK(refusal(folder / "absent" + std::string("/") + name, {layer}) == "5 file.not_written");
    }
    CHECK_THROWS_AS(geo::io::write_file("/dev/full", "bytes"), geo::Error);
    CHECK_FALSE(fs::is_regular_file("/dev/full"));
    CHECK(entries(folder) == 1);
    CHECK(refusal(folder / "a.xyz", {layer}) == "2 output.unknown_ending");
    CHECK(refusal(folder / "a.csv", {layer, layer}) == "2 output.one_layer_only");
    CHECK(refusal(folder / "a.gpkg", {}) == "2 output.one_layer_only");
}

TEST_CASE("a file is the old one or the new one, and leftovers of dead runs go") {
    const tests::TemporaryFolder folder;
    const std::string target = folder.write("a.txt", "old");
    const std::string leftover = folder.write(".tmp-999999999-a.txt", "half");
    const std::string other = folder.write(".tmp-999999999-b.txt", "half");
    {
        const geo::io::AtomicFile file(target);
        CHECK_FALSE(fs::exists(leftover));
        CHECK(fs::exists(other));
        CHECK(fs::path(file.path()).filename().string().starts_with(".tmp-"));
        CHECK(fs::path(file.path()).extension() == ".txt");
        folder.write(fs::path(file.path()).filename().string(), "new");
    }
    CHECK(tests::bytes_of(target) == "old");
    CHECK(entries(folder) == 2);
    geo::io::write_file(target, "new");
    CHECK(tests::bytes_of(target) == "new");
    CHECK(entries(folder) == 2);
    CHECK(geo::io::read_file(target) == "new");
    CHECK_THROWS_AS(geo::io::read_file(target, 2), geo::Error);
}

TEST_CASE("a process that ends in haste takes its half-written files along, and no other") {
    const tests::TemporaryFolder folder;
    const std::string target = folder.write("a.txt", "old");
    const std::string other = folder.write(".tmp-1-b.txt", "of another process");
    const geo::io::AtomicFile file(target);
    folder.write(fs::path(file.path()).filename().string(), "half");
    CHECK(entries(folder) == 3);
    geo::io::remove_unfinished_files();
    CHECK(entries(folder) == 2);
    CHECK_FALSE(fs::exists(file.path()));
    CHECK(fs::exists(other));
    CHECK(tests::bytes_of(target) == "old");
}

// FIPS 180-4 examples.
TEST_CASE("hashes are SHA-256") {
    CHECK(geo::io::sha256_of_bytes("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(geo::io::sha256_of_bytes("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    const tests::TemporaryFolder folder;
    CHECK(geo::io::sha256_of_file(folder.write("a", "abc")) == geo::io::sha256_of_bytes("abc"));
}

TEST_CASE("a workbook comes back as it was written, formulas as text") {
    const tests::TemporaryFolder folder;
    geo::io::Sheet sheet;
    sheet.name = "Áreas";
    sheet.columns = {{"code", ""}, {"area", "ha"}, {"n", ""}, {"seen", "day"}};
    sheet.rows = {{std::string("007"), 0.1, std::int64_t{7}, day("2017-03-31")},
                  {std::string("=1+1"), {}, std::int64_t{9007199254740993}, day("1900-03-01")},
                  {std::string("@SUM(A1)"), 1e-300, std::int64_t{-3}, {}}};
    geo::io::Sheet second = sheet;
    second.name = "Otra";
    second.columns[1].unit.clear();
    second.columns[3].unit.clear();
    geo::io::write_workbook(folder / "a.xlsx", {sheet, second});
    CHECK(geo::io::layer_names(folder / "a.xlsx", false) == std::vector<std::string>{"Áreas", "Otra"});
    geo::Diagnostics diagnostics;
    const geo::TextTable table = geo::io::read_table(folder / "a.xlsx|Otra", {}, diagnostics);
    CHECK(table.columns == std::vector<std::string>{"code", "area", "n", "seen"});
    REQUIRE(table.rows.size() == 3);
    CHECK(table.rows[0].cells == std::vector<std::string>{"007", "0.1", "7", "2017-03-31"});
    CHECK(table.rows[1].cells == std::vector<std::string>{"=1+1", "", "9007199254740993", "1900-03-01"});
    CHECK(table.rows[2].cells[0] == "@SUM(A1)");
    CHECK(geo::parse_number(table.rows[2].cells[1], geo::DecimalMark::point) == 1e-300);
    CHECK(table.rows[0].line == 2);
    const geo::TextTable units = geo::io::read_table(folder / "a.xlsx", {}, diagnostics);
    CHECK(units.rows[0].cells == std::vector<std::string>{"", "ha", "", "day"});
    CHECK(units.rows.size() == 4);
    CHECK(entries(folder) == 1);
}

TEST_CASE("an attribute table of a layer reads as text") {
    const tests::TemporaryFolder folder;
    geo::io::write_layers(folder / "a.gpkg", {sample()});
    geo::Diagnostics diagnostics;
    const geo::TextTable table = geo::io::read_table(folder / "a.gpkg", {}, diagnostics);
    CHECK(table.columns == std::vector<std::string>{"code", "n", "ha", "seen"});
    REQUIRE(table.rows.size() == 20);
    CHECK(table.rows[1].cells == std::vector<std::string>{"001", "9007199254740994", "0.1", "2017-03-31"});
    CHECK(table.rows[7].cells == std::vector<std::string>{"007", "", "", ""});
}
