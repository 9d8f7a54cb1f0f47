/// Files as phones, apps and tally sheets write them.
#include "app/phone_files.hpp"

#include "app/ledger_events.hpp"
#include "app/spoken_answers.hpp"
#include "geo/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using namespace vereda::app;

namespace {

std::vector<PhoneFeature> read(const tests::TemporaryFolder& folder, const std::string& name, const std::string& text) {
    geo::Diagnostics diagnostics;
    return read_phone_file(folder.write(name, text), diagnostics);
}

std::string value_in(const evidence::Fields& fields, const char* name) {
    const evidence::Field* field = evidence::find(fields, name);
    return field == nullptr ? "" : field->value;
}

evidence::Fields first_record(const std::vector<PhoneFeature>& features,
                              const std::map<std::string, std::string>& given = {}) {
    return event_records(features, "aa", "event", given).front();
}

/// A walk around a square of about 500 m at 3.48° north: 0.0045° of latitude are 497.6 m, of longitude 500.0 m
/// (WGS 84), together 24.88 ha.
const std::string walk =
    "<trkpt lat=\"3.4800\" lon=\"-77.2000\"><ele>12</ele><time>2007-11-09T13:04:11Z</time></trkpt>"
    "<trkpt lat=\"3.4845\" lon=\"-77.2000\"><time>2007-11-09T13:14:11Z</time></trkpt>"
    "<trkpt lat=\"3.4845\" lon=\"-77.1955\"><time>2007-11-09T13:24:11Z</time></trkpt>"
    "<trkpt lat=\"3.4800\" lon=\"-77.1955\"><time>2007-11-09T13:34:11Z</time></trkpt>"
    "<trkpt lat=\"3.4800\" lon=\"-77.19995\"><time>2007-11-09T13:44:11Z</time></trkpt>";

std::string gpx(const std::string& content) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"Garmin eTrex 10\" "
           "xmlns=\"http://www.topografix.com/GPX/1/1\">" +
           content + "</gpx>\n";
}

}  // namespace

TEST_CASE("a GPX track that ends where it began is an outline, with the day of its first point and its area") {
    const tests::TemporaryFolder folder;
    const auto features =
        read(folder, "track.gpx",
             gpx("<wpt lat=\"3.49\" lon=\"-77.21\"><name>casa</name></wpt><trk><name>lote</name><trkseg>" + walk +
                 "</trkseg></trk>"));
    REQUIRE(features.size() == 2);
    CHECK(features[0].walked);
    CHECK(std::holds_alternative<geo::MultiPolygon>(features[0].place));
    CHECK(std::holds_alternative<geo::Points>(features[1].place));
    const evidence::Fields record = first_record({features[0]});
    CHECK(value_in(record, "date") == "2007-11-09");
    CHECK(std::stod(value_in(record, "area_ha")) == Approx(24.88).margin(0.02));
    CHECK(std::stod(value_in(record, "area_sd_ha")) > 0);
    CHECK(value_in(record, "place").starts_with(R"({"type":"Polygon")"));
}

TEST_CASE("a GPX track that goes from one place to another stays a line and measures no area") {
    const tests::TemporaryFolder folder;
    const auto features = read(folder, "path.gpx",
                               gpx("<trk><trkseg><trkpt lat=\"3.48\" lon=\"-77.2\"/><trkpt lat=\"3.49\" lon=\"-77.2\"/>"
                                   "<trkpt lat=\"3.50\" lon=\"-77.19\"/><trkpt lat=\"3.51\" lon=\"-77.18\"/>"
                                   "</trkseg></trk>"));
    REQUIRE(features.size() == 1);
    CHECK(std::holds_alternative<geo::Lines>(features[0].place));
    CHECK(value_in(first_record(features, {{"date", "2007-11-09"}}), "area_ha").empty());
    CHECK_THROWS_AS(first_record(features), geo::Error);  // no day is told
}

TEST_CASE("a KML with folders gives the placemarks of all of them") {
    const tests::TemporaryFolder folder;
    const auto features =
        read(folder, "map.kml",
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>"
             "<Folder><name>lotes</name><Placemark><name>1</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
             "-77.2,3.48,0 -77.1955,3.48,0 -77.1955,3.4845,0 -77.2,3.4845,0 -77.2,3.48,0</coordinates></LinearRing>"
             "</outerBoundaryIs></Polygon></Placemark></Folder><Folder><name>puntos</name><Placemark><name>2</name>"
             "<Point><coordinates>-77.21,3.49,0</coordinates></Point></Placemark></Folder></Document></kml>");
    REQUIRE(features.size() == 2);
    CHECK(std::holds_alternative<geo::MultiPolygon>(features[0].place));
    CHECK(std::stod(value_in(first_record({features[0]}, {{"date", "2007-11-09"}}), "area_ha")) ==
          Approx(24.88).margin(0.02));
}

TEST_CASE("a CoMapeo export gives place, day and notes, and nothing of the device") {
    const tests::TemporaryFolder folder;
    const auto features = read(
        folder, "comapeo.geojson",
        R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[-77.2,3.48]},)"
        R"("properties":{"$created":"2024-05-03T14:22:10.123Z","$modified":"2024-05-03T14:30:00.000Z","$version":"5f6b/12",)"
        R"("$deviceId":"a81b-canary","type":"cultivo","notes":"arrancado por la familia","hectareas":0.4}}]})");
    REQUIRE(features.size() == 1);
    const evidence::Fields record = first_record(features);
    CHECK(value_in(record, "date") == "2024-05-03");
    CHECK(value_in(record, "note") == "arrancado por la familia");
    CHECK(value_in(record, "area_ha") == "0.4");
    for (const auto& field : record)
        CHECK(field->value.find("canary") == std::string::npos);
}

TEST_CASE("an ODK Central CSV gives its geopoint with accuracy, group names left off") {
    const tests::TemporaryFolder folder;
    const auto features = read(
        folder, "odk.csv",
        "SubmissionDate,start,today,parcela-location-Latitude,parcela-location-Longitude,parcela-location-Altitude,"
        "parcela-location-Accuracy,parcela-area_ha,parcela-cultivo,DeviceID,SubmitterName,meta-instanceID,KEY\n"
        "2024-05-03T15:00:00.000Z,2024-05-03T09:12:33.000-05:00,2024-05-03,3.48,-77.2,31.0,4.9,1.5,coca,"
        "collect:canary,Rosa,uuid:1,uuid:1\n");
    REQUIRE(features.size() == 1);
    CHECK(features[0].accuracy->value() == Approx(4.9));
    CHECK(std::get<geo::Points>(features[0].place).parts == geo::MultiPoint{{-77.2, 3.48}});
    const evidence::Fields record = first_record(features);
    CHECK(value_in(record, "date") == "2024-05-03");
    CHECK(value_in(record, "area_ha") == "1.5");
    CHECK(value_in(record, "crop") == "coca");
    for (const auto& field : record) {
        CHECK(field->value.find("canary") == std::string::npos);
        CHECK(field->value.find("Rosa") == std::string::npos);
    }
}

TEST_CASE("a KoBo CSV gives a geoshape as an outline, and Spanish headings as our fields") {
    const tests::TemporaryFolder folder;
    const auto features = read(folder, "kobo.csv",
                               "\"Fecha\";\"Polígono\";\"Participantes\";\"Observaciones\";\"_id\";\"_uuid\";\"_"
                               "submission_time\";\"_submitted_by\"\n"
                               "\"03/05/2024\";\"3.48 -77.2 10 5.0;3.4845 -77.2 10 5.0;3.4845 -77.1955 10 6.5;3.48 "
                               "-77.1955 10 5;3.48 -77.2 10 5.0\";"
                               "\"31\";\"con permiso\";\"812\";\"canary-uuid\";\"2024-05-04T01:00:00\";\"rosa\"\n");
    REQUIRE(features.size() == 1);
    CHECK(features[0].accuracy->value() == Approx(6.5));
    const evidence::Fields record = first_record(features);
    CHECK(value_in(record, "date") == "2024-05-03");
    CHECK(value_in(record, "participants") == "31");
    CHECK(std::stod(value_in(record, "area_ha")) == Approx(24.88).margin(0.02));
    for (const auto& field : record)
        CHECK(field->value.find("canary") == std::string::npos);
}

TEST_CASE("a paper tally sheet typed in has areas with their error and no place") {
    const tests::TemporaryFolder folder;
    const auto features = read(folder, "planilla.csv",
                               "Fecha;Área (m2);Mínimo (ha);Máximo (ha);Hectáreas;Vereda;Familias;Nota\n"
                               "9/11/2007;;23;27;25;El Encanto;14;primer día\n10/11/2007;5000;;;;El Encanto;14;\n");
    REQUIRE(features.size() == 2);
    const auto records = event_records(features, "aa", "event", {});
    CHECK(value_in(records[0], "place").empty());
    CHECK(value_in(records[0], "area_ha") == "25");
    CHECK(std::stod(value_in(records[0], "area_sd_ha")) == Approx(4 / (2 * 1.96)).margin(0.001));
    CHECK(value_in(records[0], "area") == "El Encanto");
    CHECK(value_in(records[0], "area_families") == "14");
    CHECK(value_in(records[1], "date") == "2007-11-10");
    CHECK(std::stod(value_in(records[1], "area_ha")) == Approx(0.5));
}

TEST_CASE("a number or a day that is none is refused with its file, row and field") {
    const tests::TemporaryFolder folder;
    const auto features = read(folder, "planilla.csv", "fecha,hectareas\n2007-11-09,mucho\n");
    try {
        static_cast<void>(event_records(features, "aa", "event", {}));
        FAIL("taken");
    } catch (const geo::Error& error) {
        CHECK(error.message().id.text() == "ledger.number_unreadable");
        CHECK(error.locus().line == 2);
        CHECK(error.locus().field == "area_ha");
        CHECK(error.locus().file.ends_with("planilla.csv"));
    }
}

TEST_CASE("days are read as people say them") {
    const geo::Date today = *geo::parse_date("2026-11-22", geo::DateOrder::iso_only);
    const auto iso = [&](const char* said) {
        const auto day = spoken_day(said, today);
        return day ? geo::to_iso(*day) : std::string("?");
    };
    CHECK(iso("9 de noviembre de 2007") == "2007-11-09");
    CHECK(iso("9 nov 2007") == "2007-11-09");
    CHECK(iso("9/11/2007") == "2007-11-09");
    CHECK(iso("2007-11-09") == "2007-11-09");
    CHECK(iso("November 9, 2007") == "2007-11-09");
    CHECK(iso("Ayer") == "2026-11-21");
    CHECK(iso("23 de noviembre") == "2025-11-23");
    CHECK(iso("22 de noviembre") == "2026-11-22");
    CHECK(iso("30 de febrero de 2020") == "?");
    CHECK(iso("13/13/2020") == "?");
    CHECK(iso("algún día") == "?");
    CHECK(geo::to_iso(*spoken_end("1 año", today)) == "2027-11-22");
    CHECK(geo::to_iso(*spoken_end("6 meses", today)) == "2027-05-22");
    CHECK(geo::to_iso(*spoken_end("31/12/2027", today)) == "2027-12-31");
}

TEST_CASE("areas, ranges, counts and yes or no are read as people say them") {
    CHECK(spoken_area("2,5 ha")->value() == Approx(2.5));
    CHECK(spoken_area("25")->value() == Approx(25));
    CHECK(spoken_area("5000 m2")->value() == Approx(0.5));
    CHECK(spoken_area("3 fanegadas")->value() == Approx(1.92));
    CHECK(spoken_area("Media hectárea")->value() == Approx(0.5));
    CHECK_FALSE(spoken_area("mucho"));
    CHECK_FALSE(spoken_area("3 leguas"));
    CHECK(spoken_range("entre 23 y 27,5 ha") == std::pair(23.0, 27.5));
    CHECK(spoken_range("27-23") == std::pair(23.0, 27.0));
    CHECK_FALSE(spoken_range("23"));
    CHECK(spoken_count("253 personas") == 253);
    CHECK_FALSE(spoken_count("-3"));
    CHECK_FALSE(spoken_count("dos"));
    CHECK(spoken_yes("Sí") == true);
    CHECK(spoken_yes("NO") == false);
    CHECK_FALSE(spoken_yes("tal vez"));
}
