/// Do no harm: canaries planted in every input must not be found in the public edition (reliability P4, P6).
#include <fmt/format.h>

#include <cstring>

#include "geo/io/feature_reader.hpp"
#include "tests/app/hostile_run.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;

namespace {

/// A coordinate that no other number of the study repeats.
constexpr double kLongitude = -72.98765432;
constexpr double kLatitude = 4.03217654;

std::string raw(double value) {
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

/// A study in which everything about persons and places of plots bears a canary.
void plant(const StudyFixture& fixture) {
    fixture.replace(
        "plots_2016.geojson", "\"features\":[\n",
        fmt::format(
            "\"features\":[\n"
            R"({{"type":"Feature","properties":{{"plot_id":"CANARY-PLOT","year":2016,"household_id":"CANARY-H1"}},)"
            R"("geometry":{{"type":"Polygon","coordinates":[[[{0},{1}],[{0},{2:.8f}],[{3:.8f},{2:.8f}],[{0},{1}]]]}}}},)"
            "\n",
            kLongitude, kLatitude, kLatitude + 0.0004, kLongitude + 0.0004));
    std::string households = "household_id,region_id,group,registered_on,sex,registration_id,union,x,y\n";
    std::string deliveries = "household_id,programme_id,component,promised_on,delivered_on,confirmation\n";
    std::string incomes = "household_id,month,source,net_income,currency\n";
    std::string evidence = "household_id,gate,as_of,value,document\n";
    for (int i = 1; i <= 32; ++i) {
        // Twelve families in R1, eleven in R2, nine in R3: the last may not be told.
        const int region = i <= 12 ? 1 : i <= 23 ? 2 : 3;
        households += fmt::format("CANARY-H{0},R{1},{2},2015-03-10,{3},CANARY-REG{0},CANARY-UNION,{4},{5}\n", i, region,
                                  i % 3 == 0 ? "picker" : "grower", i % 2 == 0 ? "f" : "m", kLongitude, kLatitude);
        deliveries += fmt::format("CANARY-H{},PR1,food,2016-02-01,2016-05-01,confirmed\n", i);
        incomes += fmt::format("CANARY-H{},2016-0{},licit,{},BOB\n", i, 1 + i % 9, 1000 + i);
        evidence += fmt::format("CANARY-H{},G1,2016-06-01,pass,CANARY-DOCUMENT.pdf\n", i);
    }
    fixture.write("households.csv", households);
    fixture.write("deliveries.csv", deliveries);
    fixture.write("incomes.csv", incomes);
    fixture.write("evidence.csv", evidence);
    fixture.write("incidents.csv",
                  fmt::format("date,kind,region_id,x,y,count,source\n2016-04-01,threat,R1,{},{},1,CANARY-WITNESS\n",
                              kLongitude, kLatitude));
    fixture.write(
        "eradication.geojson",
        fmt::format(R"({{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"event_id":)"
                    R"("CANARY-EVENT","date":"2016-07-01","kind":"voluntary","area_ha":0.1,"region_id":"R1"}},)"
                    R"("geometry":{{"type":"Point","coordinates":[{},{}]}}}}]}})",
                    kLongitude, kLatitude));
    fixture.replace("study.toml", "programmes = \"programmes.csv\"",
                    "programmes = \"programmes.csv\"\nincomes = \"incomes.csv\"\nevidence = \"evidence.csv\"\n"
                    "incidents = \"incidents.csv\"\n\n[events]\neradication = \"eradication.geojson\"\n\n"
                    "[rules]\npacks = [\"chapare\"]\nplots = \"plots_2016.geojson\"\n\n"
                    "[readiness]\nmodel = \"development_first\"");
}

}  // namespace

TEST_CASE("no canary name, id or coordinate reaches the public edition") {
    const StudyFixture fixture;
    plant(fixture);
    Finished finished;
    run_study(fixture, finished, {"--audience", "public"});
    const std::filesystem::path folder = std::filesystem::path(finished.out()) / "public";
    REQUIRE(std::filesystem::is_directory(folder));
    const FolderContents open = contents_of(folder);
    CHECK(open.size() >= 2);
    const std::vector<std::string> canaries = {"CANARY",       "98765432",   "03217654",
                                               "-72.9876",     "4.0321",     raw(kLongitude),
                                               raw(kLatitude), "plots_2016", fixture.folder().path().string()};
    for (const auto& [path, bytes] : open) {
        for (const std::string& canary : canaries) {
            INFO(path << " holds " << canary);
            CHECK(bytes.find(canary) == std::string::npos);
            CHECK(path.find(canary) == std::string::npos);
        }
        if (!path.ends_with(".gpkg") && !path.ends_with(".geojson")) continue;
        for (const std::string& layer : geo::io::layer_names((folder / path).string(), false)) {
            INFO(path << " has the layer " << layer);
            CHECK(layer.find("plot") == std::string::npos);
            CHECK(layer.find("household") == std::string::npos);
        }
    }
    // The canaries are there to be found: the internal edition names the plot, and says in its name what it is.
    bool found = false;
    for (const auto& [path, bytes] : contents_of(finished.out()))
        found = found || (!path.starts_with("public") && bytes.find("CANARY-PLOT") != std::string::npos);
    CHECK(found);
    CHECK(std::filesystem::exists(std::filesystem::path(finished.out()) / "report-internal.html"));
}

TEST_CASE("no public table tells of fewer than ten families") {
    const StudyFixture fixture;
    plant(fixture);
    Finished finished;
    run_study(fixture, finished, {"--audience", "public"});
    std::size_t rows = 0;
    for (const auto& [path, bytes] : contents_of(std::filesystem::path(finished.out()) / "public")) {
        if (!path.ends_with(".csv")) continue;
        for (const Row& row : csv_rows(bytes)) {
            ++rows;
            for (const char* column : {"registered", "households"}) {
                const auto cell = row.find(column);
                if (cell == row.end() || cell->second.empty()) continue;
                INFO(path << " " << column << " is " << cell->second);
                CHECK(std::stod(cell->second) >= 10);
            }
            CHECK_FALSE(row.contains("household_id"));
            CHECK_FALSE(row.contains("plot_id"));
        }
    }
    CHECK(rows > 0);
}

TEST_CASE("without --audience public there is no public folder") {
    const StudyFixture fixture;
    Finished finished;
    run_study(fixture, finished);
    CHECK_FALSE(std::filesystem::exists(std::filesystem::path(finished.out()) / "public"));
}
