#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "raster/io/geotiff_writer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/csv_rows.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using tests::bytes_of;
using tests::ContainsSubstring;
using tests::run_program;
namespace fs = std::filesystem;

namespace {

constexpr int kWide = 80;  ///< cells of 30 m; two regions of 40 by 40 side by side
constexpr int kHigh = 40;
constexpr double kCell = 30;
constexpr double kEast = -7'000'000;
constexpr double kNorth = 500'000;
constexpr double kHectares = 0.09;  ///< of a cell: EPSG:6933 is equal-area

int loss_year(int column, int row) {
    if (column >= 10 && column < 14 && row >= 10 && row < 14) return 16;  // became crop in 2017
    if (column >= 14 && column < 18 && row >= 10 && row < 14) return 17;  // beside it
    return (3 * column + 7 * row) % 11 == 0 ? 16 + (column + row) % 3 : 0;
}

std::string rectangle(double x0, double y0, double x1, double y1) {
    std::ostringstream text;
    text << std::fixed << "[[[" << x0 << "," << y0 << "],[" << x1 << "," << y0 << "],[" << x1 << "," << y1 << "],["
         << x0 << "," << y1 << "],[" << x0 << "," << y0 << "]]]";
    return text.str();
}

std::string feature(const std::string& properties, const std::string& coordinates) {
    return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":"Polygon","coordinates":)" +
           coordinates + "}}";
}

/// Columns and rows from the south-west, as a rectangle of land.
std::string cells(int column0, int row0, int column1, int row1) {
    return rectangle(kEast + column0 * kCell, kNorth + row0 * kCell, kEast + column1 * kCell, kNorth + row1 * kCell);
}

struct LossStudy {
    tests::TemporaryFolder folder;

    LossStudy() {
        raster("lossyear.tif", loss_year);
        raster("treecover.tif", [](int column, int) { return column < 70 ? 80 : 20; });
        raster("drivers.tif", [](int column, int) { return column % 40 < 20 ? 1 : 4; });
        raster("biomass.tif", [](int column, int) { return column < 40 ? 203 : 102; });
        layer("regions.geojson", feature(R"("id":"east","name":"Oriente")", cells(40, 0, 80, 40)) + "," +
                                     feature(R"("id":"west","name":"Occidente")", cells(0, 0, 40, 40)));
        layer("parks.geojson", feature(R"("name":"Parque")", cells(5, 5, 45, 30)));
        layer("plots_2016.geojson", feature(R"("plot_id":"a")", cells(60, 20, 62, 22)));
        layer("plots_2017.geojson", feature(R"("plot_id":"a")", cells(60, 20, 62, 22)) + "," +
                                        feature(R"("plot_id":"b")", cells(10, 10, 14, 14)));
        layer("plots_2018.geojson", feature(R"("plot_id":"b")", cells(10, 10, 14, 14)));
        write_study();
    }

    void write_study(const std::string& rasters = "") const {
        std::string text =
            "[study]\nname = \"Prueba\"\ncrops = [\"coca\"]\nyears = [2016, 2017, 2018]\ncrs = \"EPSG:6933\"\n"
            "[regions]\nsource = \"regions.geojson\"\n[[zones]]\nkind = \"park\"\nsource = \"parks.geojson\"\n"
            "[rasters]\nforest_loss_year = \"lossyear.tif\"\ntree_cover = \"treecover.tif\"\n"
            "drivers = \"drivers.tif\"\ndriver_names = [\"1=cattle\", \"4=fire\"]\nbiomass = \"biomass.tif\"\n"
            "associated_radius_m = 150\n" +
            rasters;
        for (const char* year : {"2016", "2017", "2018"})
            text += std::string("[[surveys]]\nyear = ") + year + "\ncrop = \"coca\"\nplots = \"plots_" + year +
                    ".geojson\"\n";
        folder.write("study.toml", text);
    }

    [[nodiscard]] tests::ProgramResult run(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"loss", "study.toml"});
        tests::ProgramOptions options;
        options.folder = folder.path().string();
        return run_program(VEREDA_PROGRAM, arguments, options);
    }

  private:
    void raster(const std::string& name, const std::function<int(int, int)>& value) const {
        const raster::Grid grid{
            geo::Crs::parse("EPSG:6933"), {kEast, kNorth + kHigh * kCell}, kCell, kCell, kWide, kHigh};
        std::vector<std::uint8_t> values;
        for (int row = kHigh - 1; row >= 0; --row)
            for (int column = 0; column < kWide; ++column)
                values.push_back(static_cast<std::uint8_t>(value(column, row)));
        raster::io::write_geotiff(folder / name, raster::Raster<std::uint8_t>(grid, std::move(values)), {});
    }
    void layer(const std::string& name, const std::string& features) const {
        folder.write(
            name,
            R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::6933"}},"features":[)" +
                features + "]}");
    }
};

std::vector<tests::CsvRow> rows_of(const fs::path& path) {
    return tests::csv_rows(bytes_of(path));
}

/// Forest lost by year, counted by hand over cells that `inside` tells.
std::map<std::string, double> lost(const std::function<bool(int, int)>& inside) {
    std::map<std::string, double> years;
    for (int column = 0; column < 70; ++column)
        for (int row = 0; row < kHigh; ++row)
            if (const int year = loss_year(column, row); year > 0 && inside(column, row))
                years[std::to_string(2000 + year)] += kHectares;
    return years;
}

}  // namespace

TEST_CASE("loss labels sum to the forest lost in every region and year, and in every kind of zone") {
    const LossStudy study;
    const auto result = study.run({"-o", "out"});
    CAPTURE(result.err);
    REQUIRE(result.exit_code == 0);
    const fs::path tables = study.folder.path() / "out" / "tables";
    CHECK(bytes_of(tables / "loss.csv")
              .starts_with("region_id,year,mechanism,area_ha,displaced_lo_ha,displaced_hi_ha,biomass_t_ha,carbon_t,"
                           "carbon_lo_t,carbon_hi_t"));
    std::map<std::string, std::map<std::string, double>> told;
    std::map<std::string, double> by_mechanism;
    for (const auto& row : rows_of(tables / "loss.csv")) {
        told[row.at("region_id")][row.at("year")] += std::stod(row.at("area_ha"));
        by_mechanism[row.at("mechanism")] += std::stod(row.at("area_ha"));
        const double area = std::stod(row.at("area_ha"));
        if (area > 0 && row.at("region_id") == "west") {
            // 203 t/ha lies in the class from 200 to 205.
            CHECK(std::stod(row.at("biomass_t_ha")) == Approx(202.5));
            CHECK(std::stod(row.at("carbon_t")) == Approx(area * 202.5 * 0.47).margin(0.06));
            CHECK(std::stod(row.at("carbon_lo_t")) < std::stod(row.at("carbon_hi_t")));
        }
    }
    const auto check = [](const std::map<std::string, double>& sums, const std::map<std::string, double>& truth) {
        for (const auto& [year, area] : truth)
            CHECK(sums.at(year) == Approx(area).margin(0.002));
    };
    check(told.at("west"), lost([](int column, int) { return column < 40; }));
    check(told.at("east"), lost([](int column, int) { return column >= 40; }));
    CHECK(by_mechanism.at("direct_lag_1") >= 16 * kHectares - 1e-3);
    CHECK(by_mechanism.at("associated") > 0);
    CHECK(by_mechanism.contains("driver_cattle"));
    CHECK(by_mechanism.contains("driver_fire"));

    std::map<std::string, double> park;
    for (const auto& row : rows_of(tables / "loss_destinations.csv"))
        if (row.at("zone_kind") == "park") park[row.at("year")] += std::stod(row.at("area_ha"));
    check(park, lost([](int column, int row) { return column >= 5 && column < 45 && row >= 5 && row < 30; }));

    for (const auto& row : rows_of(tables / "loss_range.csv")) {
        CHECK(std::stod(row.at("lo_ha")) <= std::stod(row.at("area_ha")));
        CHECK(std::stod(row.at("area_ha")) <= std::stod(row.at("hi_ha")));
    }
}

TEST_CASE("loss tells what land new crop came to, with the carbon in it") {
    const LossStudy study;
    REQUIRE(study.run({"-o", "out", "-q"}).exit_code == 0);
    std::map<std::string, std::map<std::string, std::string>> land;
    for (const auto& row : rows_of(study.folder.path() / "out" / "tables" / "crop_destinations.csv"))
        if (row.at("year") == "2017") land[row.at("destination")] = row;
    // Plot b: 16 cells of closed forest in the park.
    for (const char* name : {"all", "primary_forest", "zone_park"}) {
        CAPTURE(name);
        CHECK(std::stod(land.at(name).at("new_crop_ha")) == Approx(16 * kHectares).margin(1e-3));
        CHECK(std::stod(land.at(name).at("forest_ha")) == Approx(16 * kHectares).margin(1e-3));
        CHECK(std::stod(land.at(name).at("carbon_t")) == Approx(16 * kHectares * 202.5 * 0.47).margin(0.1));
    }
    CHECK_FALSE(land.contains("fallow"));
    CHECK_THAT(bytes_of(study.folder.path() / "out" / "report-internal.html"),
               ContainsSubstring("primary forest") && ContainsSubstring("bosque primario"));
}

TEST_CASE("without a displacement estimate nothing is said to be displaced") {
    const LossStudy study;
    REQUIRE(study.run({"-o", "loss.csv"}).exit_code == 0);
    for (const auto& row : rows_of(study.folder.path() / "loss.csv"))
        if (row.at("mechanism").starts_with("direct")) CHECK(row.at("displaced_lo_ha").empty());
}

TEST_CASE("the drivers' accuracy moves labels between causes and keeps their sum") {
    const LossStudy study;
    REQUIRE(study.run({"-o", "mapped.csv"}).exit_code == 0);
    // The map shows all fire as fire, and four tenths of cattle as fire too.
    study.folder.write("accuracy.csv", "cause,mapped,share\n1,1,60\n1,4,40\n4,4,10\n");
    study.write_study("driver_accuracy = \"accuracy.csv\"\n");
    const auto result = study.run({"-o", "told.csv"});
    CAPTURE(result.err);
    REQUIRE(result.exit_code == 0);
    const auto totals = [&](const char* name) {
        std::map<std::string, double> sums;
        for (const auto& row : rows_of(study.folder.path() / name)) {
            sums[row.at("mechanism")] += std::stod(row.at("area_ha"));
            sums["all"] += std::stod(row.at("area_ha"));
        }
        return sums;
    };
    auto mapped = totals("mapped.csv");
    auto told = totals("told.csv");
    CHECK(told["all"] == Approx(mapped["all"]).margin(0.01));
    // Cattle shown as cattle is 0.6 of it.
    const double cattle = std::min(mapped["driver_cattle"] / 0.6, mapped["driver_cattle"] + mapped["driver_fire"]);
    CHECK(told["driver_cattle"] == Approx(cattle).epsilon(0.01));
    CHECK(told["driver_fire"] == Approx(mapped["driver_cattle"] + mapped["driver_fire"] - cattle).margin(0.05));

    study.folder.write("accuracy.csv", "cause,mapped,share\n1,1,much\n");
    const auto refused = study.run({"-o", "other.csv"});
    CHECK(refused.exit_code == 3);
    CHECK_THAT(refused.err, ContainsSubstring("accuracy.csv") && ContainsSubstring("share"));
    CHECK_FALSE(fs::exists(study.folder.path() / "other.csv"));
}

TEST_CASE("loss answers scripts in JSON, the same bytes for any number of threads") {
    const LossStudy study;
    const auto result = study.run({"-o", "out", "--json"});
    REQUIRE(result.exit_code == 0);
    const auto json = nlohmann::json::parse(result.out);
    CHECK(json["counts"].contains("associated"));
    CHECK(json["counts"]["direct_lag_1"].get<long>() >= 1);
    REQUIRE(study.run({"-o", "one.csv", "-j", "1"}).exit_code == 0);
    REQUIRE(study.run({"-o", "four.csv", "-j", "4"}).exit_code == 0);
    CHECK(bytes_of(study.folder.path() / "one.csv") == bytes_of(study.folder.path() / "four.csv"));
}

TEST_CASE("wrong usage of loss is refused") {
    const LossStudy study;
    CHECK(study.run({}).exit_code == 2);
    CHECK(study.run({"-o", "out", "--radius", "3"}).exit_code == 2);
    study.write_study("asociated_radius_m = 3\n");
    const auto misspelt = study.run({"-o", "out"});
    CHECK(misspelt.exit_code == 2);
    CHECK_THAT(misspelt.err, ContainsSubstring("associated_radius_m"));
}

TEST_CASE("a loss raster that cannot be read is named in one line, and the earlier output stays") {
    const LossStudy study;
    REQUIRE(study.run({"-o", "out", "-q"}).exit_code == 0);
    const std::string before = bytes_of(study.folder.path() / "out" / "tables" / "loss.csv");
    study.folder.write("lossyear.tif", "no raster");
    const auto result = study.run({"-o", "out", "--overwrite"});
    CHECK(result.exit_code == 3);
    CHECK_THAT(result.err, ContainsSubstring("lossyear.tif"));
    CHECK(std::ranges::count(result.err, '\n') == 1);
    CHECK(bytes_of(study.folder.path() / "out" / "tables" / "loss.csv") == before);
}
