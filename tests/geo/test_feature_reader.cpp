#include "geo/io/feature_reader.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "geo/error.hpp"
#include "geo/io/feature_writer.hpp"
#include "geo/io/ogr_geometry.hpp"
#include "geo/topology.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using geo::io::SourceOptions;

namespace {

namespace fs = std::filesystem;

struct Reading {
    std::string refusal;  ///< "kind id" of the error, empty when all was read
    geo::Locus locus;
    std::vector<geo::Feature> features;
    geo::Schema schema;
    std::optional<geo::Crs> crs;
    std::vector<std::string> diagnostics;  ///< "id feature"
};

Reading read(const std::string& path, const SourceOptions& options = {}) {
    Reading result;
    geo::Diagnostics diagnostics;
    try {
        const auto source = geo::io::open_features(path, options, diagnostics);
        result.schema = source->schema();
        result.crs = source->crs();
        geo::Feature feature;
        while (source->next(feature))
            result.features.push_back(feature);
    } catch (const geo::Error& error) {
        result.refusal = std::to_string(static_cast<int>(error.kind())) + " " + std::string(error.message().id.text());
        result.locus = error.locus();
    }
    for (const geo::Diagnostic& d : diagnostics.sorted()) {
        result.diagnostics.push_back(std::string(d.message.id.text()) + " " + d.locus.feature);
    }
    return result;
}

std::string collection(const std::string& features) {
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

std::string feature(const std::string& geometry, const std::string& properties = R"({"id":"A"})") {
    return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}

const std::string square = R"({"type":"Polygon","coordinates":[[[-75,4],[-75,5],[-74,5],[-74,4],[-75,4]]]})";

/// One polygon in EPSG:32618 as a shapefile with an integer, a real and a text field.
std::string shapefile(const tests::TemporaryFolder& folder, const std::string& name = "plots.shp") {
    geo::io::LayerToWrite layer{"plots", "", {}, geo::Crs::parse("EPSG:32618"), "MultiPolygon", {}, {}, {}};
    layer.schema.fields = {{"id", geo::FieldType::text}, {"n", geo::FieldType::integer}, {"ha", geo::FieldType::real}};
    for (int i = 0; i < 3; ++i) {
        geo::MultiPolygon polygon(1);
        const double x = 500'000 + 1000 * i;
        polygon[0].outer = {{x, 400'000}, {x, 400'100}, {x + 100, 400'100}, {x + 100, 400'000}, {x, 400'000}};
        layer.features.push_back({i, polygon, {std::string("00") + std::to_string(i), std::int64_t{i}, 1.25 * i}});
    }
    const std::string path = folder / name;
    geo::io::write_layers(path, {layer});
    return path;
}

}  // namespace

TEST_CASE("GeoJSON is read with exact numbers and text") {
    const tests::TemporaryFolder folder;
    const Reading r = read(folder.write(
        "a.geojson", collection(feature(square, R"({"big":9007199254740993,"code":"007","x":0.1,"none":null})"))));
    REQUIRE(r.refusal.empty());
    REQUIRE(r.features.size() == 1);
    CHECK(std::get<std::int64_t>(r.features[0].values[*r.schema.find("big")]) == 9007199254740993);
    CHECK(std::get<std::string>(r.features[0].values[*r.schema.find("code")]) == "007");
    CHECK(std::get<double>(r.features[0].values[*r.schema.find("x")]) == 0.1);
    CHECK(std::holds_alternative<std::monostate>(r.features[0].values[*r.schema.find("none")]));
    CHECK(*r.crs == geo::Crs::wgs84());
    const auto& polygon = std::get<geo::MultiPolygon>(r.features[0].geometry);
    CHECK(polygon[0].outer.front() == geo::Point{-75, 4});
    CHECK(polygon[0].outer.size() == 5);
}

TEST_CASE("damaged JSON is refused with its place") {
    const tests::TemporaryFolder folder;
    const std::string whole = collection(feature(square));
    const Reading cut = read(folder.write("cut.geojson", whole.substr(0, whole.size() - 20)));
    CHECK(cut.refusal == "3 json.malformed");
    CHECK(cut.locus.file == folder / "cut.geojson");
    CHECK(cut.locus.line == 1);
    CHECK(read(folder.write("nan.geojson", collection(feature(R"({"type":"Point","coordinates":[NaN,4]})")))).refusal ==
          "3 json.malformed");
    const Reading twice =
        read(folder.write("twice.geojson", collection(feature(square) + "," + feature(square, R"({"id":1,"id":2})"))));
    CHECK(twice.refusal == "3 json.duplicate_member");
    CHECK(twice.locus.feature == "2");
    CHECK(read(folder.write("deep.geojson", collection(feature(square, R"({"a":)" + std::string(5000, '[') +
                                                                           std::string(5000, ']') + "}"))))
              .refusal == "3 json.nested_too_deep");
    CHECK(read(folder.write("long.geojson", collection(feature(square, R"({"id":92233720368547758070})")))).refusal ==
          "3 json.integer_too_large");
    CHECK(
        read(
            folder.write(
                "link.geojson",
                R"({"type":"FeatureCollection","crs":{"type":"link","properties":{"href":"http://example.org/crs"}},"features":[]})"))
            .refusal == "4 crs.reference");
    CHECK(
        read(
            folder.write(
                "crs.geojson",
                R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:99999"}},"features":[]})"))
            .refusal == "3 crs.unknown");
}

TEST_CASE("a legacy crs member is honoured and noted") {
    const tests::TemporaryFolder folder;
    const Reading r = read(folder.write(
        "old.geojson",
        R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::9377"}},"features":[)" +
            feature(R"({"type":"Point","coordinates":[5000000,2000000]})") + "]}"));
    REQUIRE(r.refusal.empty());
    CHECK(*r.crs == geo::Crs::parse("EPSG:9377"));
    CHECK(r.diagnostics == std::vector<std::string>{"geojson.crs_member "});
}

TEST_CASE("GeoJSON that is not UTF-8 is read as Windows-1252 and reported") {
    const tests::TemporaryFolder folder;
    const Reading r = read(folder.write("latin.geojson", collection(feature(square, "{\"name\":\"Nari\xF1o\"}"))));
    REQUIRE(r.refusal.empty());
    CHECK(std::get<std::string>(r.features[0].values[0]) == "Nariño");
    CHECK(r.diagnostics == std::vector<std::string>{"text.encoding_guessed "});
}

TEST_CASE("geometry faults: the repairable are reported, the others refused with the feature") {
    const tests::TemporaryFolder folder;
    const auto fate = [&](const std::string& features) {
        return read(folder.write("g.geojson", collection(features)));
    };
    CHECK(fate("").refusal == "3 layer.no_features");
    const Reading null = fate(feature(square) + "," + feature("null"));
    CHECK(null.refusal.empty());
    CHECK(null.features.size() == 2);
    CHECK(std::holds_alternative<std::monostate>(null.features[1].geometry));
    CHECK(null.diagnostics == std::vector<std::string>{"geometry.null 1"});
    const Reading unclosed = fate(feature(R"({"type":"Polygon","coordinates":[[[-75,4],[-75,5],[-74,5],[-74,4]]]})"));
    REQUIRE(unclosed.refusal.empty());
    const auto& ring = std::get<geo::MultiPolygon>(unclosed.features[0].geometry)[0].outer;
    CHECK(ring.front() == ring.back());
    CHECK(unclosed.diagnostics == std::vector<std::string>{"geometry.ring_closed 0"});
    const Reading shorter =
        fate(feature(square) + "," + feature(R"({"type":"Polygon","coordinates":[[[-75,4],[-75,5],[-75,4]]]})"));
    CHECK(shorter.refusal == "3 geometry.short_ring");
    CHECK(shorter.locus.feature == "1");
    CHECK(shorter.locus.file == folder / "g.geojson");
    const Reading huge = fate(feature(R"({"type":"Point","coordinates":[1e308,4]})"));
    CHECK(huge.refusal == "3 geometry.not_finite");
    const Reading mixed =
        fate(feature(square) + "," + feature(square) + "," + feature(R"({"type":"Point","coordinates":[-75,4]})"));
    CHECK(mixed.refusal.empty());
    CHECK(mixed.features.size() == 3);
    CHECK(mixed.diagnostics == std::vector<std::string>{"geometry.other_type 2"});
    const Reading kinds = fate(feature(
        R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[-75,4]},)" + square + "]}"));
    CHECK(kinds.refusal.empty());
    CHECK(std::holds_alternative<geo::MultiPolygon>(kinds.features[0].geometry));
    CHECK(kinds.diagnostics == std::vector<std::string>{"geometry.collection 0"});
    const Reading bow_tie = fate(feature(R"({"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]})"));
    REQUIRE(bow_tie.refusal.empty());
    CHECK(geo::planar_area(geo::repair(std::get<geo::MultiPolygon>(bow_tie.features[0].geometry)).polygons) ==
          Approx(2));
}

TEST_CASE("coordinates that contradict their CRS are refused when all do, left out when few do") {
    const tests::TemporaryFolder folder;
    const auto point = [](const std::string& xy) { return feature(R"({"type":"Point","coordinates":[)" + xy + "]}"); };
    const Reading metres =
        read(folder.write("m.geojson", collection(point("500000,400000") + "," + point("500100,400000"))));
    CHECK(metres.refusal == "3 crs.metres_in_degrees");
    const Reading one = read(folder.write("o.geojson", collection(point("-75,4") + "," + point("-75,400000"))));
    CHECK(one.refusal.empty());
    CHECK(one.diagnostics == std::vector<std::string>{"geometry.out_of_range 1"});
    CHECK(std::holds_alternative<std::monostate>(one.features[1].geometry));
    geo::io::LayerToWrite layer{"p", "", {}, geo::Crs::parse("EPSG:9377"), "Point", {}, {}, {}};
    layer.schema.fields = {{"id", geo::FieldType::text}};
    geo::Points degrees;
    degrees.parts = {{-75, 4}};
    layer.features = {{0, degrees, {std::string("A")}}};
    geo::io::write_layers(folder / "d.gpkg", {layer});
    CHECK(read(folder / "d.gpkg").refusal == "3 crs.degrees_in_metres");
    layer.crs = geo::equal_area_crs(geo::Crs::wgs84(), {{-75, 4}, {-74, 5}});
    geo::io::write_layers(folder / "own.gpkg", {layer});
    CHECK(read(folder / "own.gpkg").refusal.empty());  // a study's own CRS has its origin in the middle of the study
}

TEST_CASE("a shapefile is refused when a part is missing, cut or contradicts another") {
    const tests::TemporaryFolder folder;
    const auto without = [&](const char* ending) {
        const tests::TemporaryFolder own;
        const std::string path = shapefile(own);
        fs::remove(fs::path(path).replace_extension(ending));
        return read(path).refusal;
    };
    const Reading whole = read(shapefile(folder));
    REQUIRE(whole.refusal.empty());
    CHECK(whole.features.size() == 3);
    CHECK(std::get<std::string>(whole.features[1].values[0]) == "001");
    CHECK(std::get<double>(whole.features[1].values[2]) == 1.25);
    CHECK(without(".prj") == "3 crs.missing");
    CHECK(without(".shx") == "3 shapefile.part_missing");
    CHECK(without(".dbf") == "3 shapefile.part_missing");
    for (const char* ending : {".shp", ".shx", ".dbf"}) {
        const tests::TemporaryFolder own;
        const std::string path = shapefile(own);
        const fs::path part = fs::path(path).replace_extension(ending);
        fs::resize_file(part, fs::file_size(part) - 30);
        CHECK(read(path).refusal == "3 shapefile.truncated");
    }
    const tests::TemporaryFolder own;
    const std::string path = shapefile(own);
    std::fstream dbf(fs::path(path).replace_extension(".dbf"), std::ios::in | std::ios::out | std::ios::binary);
    dbf.seekp(4);
    dbf.put(2);  // the number of records, which was 3
    dbf.close();
    CHECK(read(path).refusal == "3 shapefile.counts_differ");
}

TEST_CASE("a CRS may be given where the file has none, not against the file") {
    const tests::TemporaryFolder folder;
    const std::string path = shapefile(folder);
    SourceOptions options;
    options.crs = geo::Crs::parse("EPSG:9377");
    CHECK(read(path, options).refusal == "3 crs.contradicts");
    fs::remove(folder / "plots.prj");
    const Reading r = read(path, options);
    CHECK(r.refusal.empty());
    CHECK(*r.crs == geo::Crs::parse("EPSG:9377"));
}

TEST_CASE("numbers that did not fit their shapefile column are counted") {
    const tests::TemporaryFolder folder;
    const std::string path = shapefile(folder);
    const fs::path dbf = fs::path(path).replace_extension(".dbf");
    std::string bytes = tests::bytes_of(dbf);
    const std::size_t header = static_cast<unsigned char>(bytes[8]) + 256U * static_cast<unsigned char>(bytes[9]);
    const std::size_t record = static_cast<unsigned char>(bytes[10]) + 256U * static_cast<unsigned char>(bytes[11]);
    const std::size_t id_width = static_cast<unsigned char>(bytes[32 + 16]);
    const std::size_t n_width = static_cast<unsigned char>(bytes[64 + 16]);
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(header + record + 1 + id_width), n_width, '*');
    std::ofstream(dbf, std::ios::binary) << bytes;
    const Reading r = read(path);
    REQUIRE(r.refusal.empty());
    CHECK(r.diagnostics == std::vector<std::string>{"shapefile.overflow "});
    CHECK(std::holds_alternative<std::monostate>(r.features[1].values[1]));
}

TEST_CASE("files that only point elsewhere are refused whatever they are called") {
    const tests::TemporaryFolder folder;
    const std::string vrt =
        R"(<OGRVRTDataSource><OGRVRTLayer name="passwd"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>)";
    for (const char* name : {"a.vrt", "a.gpkg", "a.shp", "a.geojson", "a.csv", "a.kml", "a"}) {
        INFO(name);
        const Reading r = read(folder.write(name, vrt));
        CHECK(r.refusal == "4 file.points_elsewhere");
        CHECK(r.locus.file == folder / name);
    }
    CHECK(read(folder.write("w.json", "<GDAL_WMS><Service name=\"WMS\"/></GDAL_WMS>")).refusal ==
          "4 file.points_elsewhere");
    CHECK(read(folder.write(
                   "x.kml",
                   "<?xml version=\"1.0\"?><!DOCTYPE kml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><kml>&x;</kml>"))
              .refusal == "4 file.points_elsewhere");
    CHECK(read(folder.write("n.kml",
                            "<kml><NetworkLink><Link><href>http://example.org/a.kml</href></Link></NetworkLink></kml>"))
              .refusal == "4 file.points_elsewhere");
}

TEST_CASE("connection strings and network paths are no files") {
    for (const char* path :
         {"PG:host=example.org dbname=x", "WFS:http://example.org", "/vsicurl/http://example.org/a.gpkg",
          "http://example.org/a.geojson", "/vsizip/a.zip/b.shp", "GPKG:a.gpkg:b", "MySQL:x", "<OGRVRTDataSource/>",
          "{\"type\":\"Point\"}", "/vsis3/bucket/a.gpkg", "/vsistdin/"}) {
        INFO(path);
        CHECK(read(path).refusal.substr(0, 9) == "4 source.");
        SourceOptions trusting;
        trusting.allow_references = true;
        const std::string refusal = read(path, trusting).refusal;
        const bool permitted =
            std::string_view(path).starts_with("PG:") || std::string_view(path).starts_with("/vsizip/");
        if (!permitted) CHECK(refusal.substr(0, 9) == "4 source.");
        if (permitted) CHECK(refusal.substr(0, 2) == "3 ");
    }
}

TEST_CASE("what is no ordinary file is refused at once") {
    const tests::TemporaryFolder folder;
    CHECK(read(folder / "absent.gpkg").refusal == "3 file.missing");
    fs::create_directory(folder / "folder.gpkg");
    CHECK(read(folder / "folder.gpkg").refusal == "3 file.directory");
    REQUIRE(mkfifo((folder / "pipe.csv").c_str(), 0600) == 0);
    CHECK(read(folder / "pipe.csv").refusal == "3 file.not_regular");
    CHECK(read("/dev/zero").refusal == "3 file.not_regular");
    fs::create_symlink(folder / "b.csv", folder / "a.csv");
    fs::create_symlink(folder / "a.csv", folder / "b.csv");
    CHECK(read(folder / "a.csv").refusal == "3 file.symlink_loop");
    CHECK(read(folder.write("zero.shp", "")).refusal == "3 file.empty");
}

TEST_CASE("a file is held to what its name says") {
    const tests::TemporaryFolder folder;
    CHECK(read(folder.write("text.gpkg", "id,name\n1,a\n")).refusal == "3 file.other_format");
    CHECK(read(folder.write("png.shp", "\x89PNG\r\n\x1a\n....")).refusal == "3 file.other_format");
    CHECK(read(folder.write("json.csv", "\x01\x02\x03")).refusal == "3 file.other_format");
    CHECK(read(folder.write("page.geojson", "<html><body>404</body></html>")).refusal == "3 file.other_format");
    CHECK(read(folder.write("data.xyz", "1 2 3\n")).refusal == "3 file.unknown_format");
    CHECK(read(folder.write("sheet.xlsx", "PK\x03\x04 and no more")).refusal == "3 file.unreadable");
    std::string sqlite("SQLite format 3\0", 16);
    sqlite.resize(4096, '\0');
    CHECK(read(folder.write("empty.gpkg", sqlite)).refusal == "3 file.unreadable");
}

TEST_CASE("a GeoPackage with a damaged page is refused") {
    const tests::TemporaryFolder folder;
    geo::io::LayerToWrite layer{"p", "", {}, geo::Crs::wgs84(), "Point", {}, {}, {}};
    layer.schema.fields = {{"id", geo::FieldType::text}};
    for (int i = 0; i < 2000; ++i) {
        geo::Points place;
        place.parts = {{-75 + i * 1e-4, 4}};
        layer.features.push_back({i, place, {std::string(100, 'a')}});
    }
    geo::io::write_layers(folder / "p.gpkg", {layer});
    std::string bytes = tests::bytes_of(folder / "p.gpkg");
    REQUIRE(bytes.size() > 200'000);
    std::fill_n(bytes.begin() + 110'592, 4096, '\x5a');
    const Reading r = read(folder.write("bad.gpkg", bytes));
    CHECK(r.refusal == "3 file.unreadable");
}

TEST_CASE("reading leaves no new neighbours and changes nothing") {
    const tests::TemporaryFolder folder;
    const std::string path = shapefile(folder);
    geo::io::LayerToWrite layer{"p", "", {}, geo::Crs::wgs84(), "Point", {}, {}, {}};
    layer.schema.fields = {{"id", geo::FieldType::text}};
    geo::Points place;
    place.parts = {{-75, 4}};
    layer.features = {{0, place, {std::string("A")}}};
    geo::io::write_layers(folder / "p.gpkg", {layer});
    const auto listing = [&] {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder.path())) {
            names.push_back(entry.path().string() + "=" + tests::bytes_of(entry.path()));
        }
        std::sort(names.begin(), names.end());
        return names;
    };
    const auto before = listing();
    CHECK(read(path).refusal.empty());
    CHECK(read(folder / "p.gpkg").refusal.empty());
    CHECK(listing() == before);
}

TEST_CASE("layers are chosen by name, and several without a name are refused with their names") {
    const tests::TemporaryFolder folder;
    geo::Points place;
    place.parts = {{-75, 4}};
    geo::io::LayerToWrite layer{"veredas", "", {}, geo::Crs::wgs84(), "Point", {}, {}, {}};
    layer.schema.fields = {{"id", geo::FieldType::text}};
    layer.features = {{0, place, {std::string("A")}}};
    geo::io::LayerToWrite other = layer;
    other.name = "parques";
    geo::io::write_layers(folder / "two.gpkg", {layer, other});
    CHECK(geo::io::layer_names(folder / "two.gpkg", false) == std::vector<std::string>{"veredas", "parques"});
    CHECK(read(folder / "two.gpkg").refusal == "2 layer.ambiguous");
    SourceOptions options;
    options.layer = "parques";
    CHECK(read(folder / "two.gpkg", options).features.size() == 1);
    CHECK(read(folder / "two.gpkg|veredas").features.size() == 1);
    options.layer = "ríos";
    const Reading missing = read(folder / "two.gpkg", options);
    CHECK(missing.refusal == "2 layer.unknown");
    options.layer = "veredas";
    options.where = "id = 'B'";
    CHECK(read(folder / "two.gpkg", options).features.empty());
    options.where = "no such thing";
    CHECK(read(folder / "two.gpkg", options).refusal == "2 where.invalid");
}

TEST_CASE("a table with coordinates becomes points, with types that lose nothing") {
    const tests::TemporaryFolder folder;
    const Reading r =
        read(folder.write("p.csv", "code;n;ha;seen;lon;lat\n007;1;1,5;2017-03-31;-75,5;4,25\n012;;2;;;\n"));
    REQUIRE(r.refusal.empty());
    CHECK(*r.crs == geo::Crs::wgs84());
    CHECK(r.schema.fields[0].type == geo::FieldType::text);
    CHECK(r.schema.fields[1].type == geo::FieldType::integer);
    CHECK(r.schema.fields[2].type == geo::FieldType::real);
    CHECK(r.schema.fields[3].type == geo::FieldType::date);
    CHECK(std::get<std::string>(r.features[0].values[0]) == "007");
    CHECK(std::get<double>(r.features[0].values[2]) == 1.5);
    CHECK(geo::to_text(r.features[0].values[3]) == "2017-03-31");
    CHECK(std::get<geo::Points>(r.features[0].geometry).parts[0] == geo::Point{-75.5, 4.25});
    CHECK(r.diagnostics == std::vector<std::string>{"geometry.null 3"});
    CHECK(r.features[1].number == 3);  // the line
}

TEST_CASE("a table with x and y or WKT needs a CRS") {
    const tests::TemporaryFolder folder;
    const std::string xy = folder.write("xy.csv", "id,x,y\nA,5000000,2000000\n");
    const std::string wkt = folder.write("wkt.csv", "id,wkt\nA,\"POLYGON ((0 0,0 1000,1000 1000,0 0))\"\n");
    CHECK(read(xy).refusal == "3 crs.missing");
    CHECK(read(wkt).refusal == "3 crs.missing");
    SourceOptions options;
    options.crs = geo::Crs::parse("EPSG:9377");
    CHECK(std::get<geo::Points>(read(xy, options).features[0].geometry).parts[0] == geo::Point{5000000, 2000000});
    CHECK(std::get<geo::MultiPolygon>(read(wkt, options).features[0].geometry)[0].outer.size() == 4);
    const Reading bad = read(folder.write("bad.csv", "id,wkt\nA,POINT (1 2)\nB,POINT (1\n"), options);
    CHECK(bad.refusal == "3 geometry.wkt_unreadable");
    CHECK(bad.locus.line == 3);
    CHECK(bad.locus.field == "wkt");
    const Reading dms = read(folder.write("dms.csv", "id,lon,lat\nA,-75,4\nB,75°30'O,4\n"));
    CHECK(dms.refusal == "3 number.unreadable");
    CHECK(dms.locus.line == 3);
    CHECK(dms.locus.field == "lon");
    const Reading table = read(folder.write("t.csv", "id,n\nA,1\n"));
    CHECK(table.refusal.empty());
    CHECK_FALSE(table.crs.has_value());
}

TEST_CASE("curves are linearised, Z is dropped, NaN coordinates are refused") {
    const tests::TemporaryFolder folder;
    SourceOptions options;
    options.crs = geo::Crs::parse("EPSG:9377");
    const auto fate = [&](const std::string& wkt) {
        return read(folder.write("g.csv", "id,wkt\nA,\"" + wkt + "\"\n"), options);
    };
    const Reading curve = fate("CURVEPOLYGON (CIRCULARSTRING (1000 0, 2000 1000, 1000 2000, 0 1000, 1000 0))");
    REQUIRE(curve.refusal.empty());
    CHECK(geo::planar_area(std::get<geo::MultiPolygon>(curve.features[0].geometry)) ==
          Approx(3.14159265358979323846 * 1e6).epsilon(2e-3));
    const Reading z = fate("POLYGON Z ((0 0 5,0 1000 6,1000 1000 7,0 0 5))");
    REQUIRE(z.refusal.empty());
    const Reading empty = fate("POLYGON EMPTY");
    CHECK(empty.refusal.empty());
    CHECK(empty.diagnostics == std::vector<std::string>{"geometry.empty 2"});
    CHECK(std::get<geo::MultiPolygon>(z.features[0].geometry)[0].outer.size() == 4);
    CHECK(fate("POLYGON ((0 0,0 nan,1000 1000,0 0))").refusal == "3 geometry.wkt_unreadable");
    CHECK(fate("LINESTRING (0 0,1e300 5)").refusal == "3 geometry.not_finite");
    std::string nested;
    for (int i = 0; i < 10'000; ++i)
        nested += "GEOMETRYCOLLECTION(";
    CHECK(fate(nested + "POINT(0 0)" + std::string(10'000, ')')).refusal == "3 geometry.wkt_unreadable");
}

TEST_CASE("a height that is NaN does not matter, a position that is not finite does") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    OGRLineString line;
    line.addPoint(0, 0, nan);
    line.addPoint(1, 2, 5);
    const geo::io::ReadGeometry read = geo::io::geometry_from(line);
    CHECK(std::get<geo::Lines>(read.geometry).parts[0] == geo::LineString{{0, 0}, {1, 2}});
    for (const double bad : {nan, std::numeric_limits<double>::infinity()}) {
        OGRLineString broken;
        broken.addPoint(0, 0);
        broken.addPoint(bad, 2);
        CHECK_THROWS_AS(geo::io::geometry_from(broken), geo::Error);
    }
}
