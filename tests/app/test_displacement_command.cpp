#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "geo/random.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using tests::bytes_of;
using tests::ContainsSubstring;
using tests::run_program;
namespace fs = std::filesystem;

namespace {

constexpr int kSide = 24;        ///< cells a side, 4 km each
constexpr int kRegionCells = 6;  ///< cells a side of a region
constexpr double kCell = 4000;
constexpr double kEast = 400'000;
constexpr double kNorth = 9'900'000;

std::string region_of(int i, int j) {
    return "r" + std::to_string(i / kRegionCells) + std::to_string(j / kRegionCells);
}

std::string square(double x0, double y0, double side) {
    std::ostringstream text;
    text << std::fixed << "[[[" << x0 << "," << y0 << "],[" << x0 + side << "," << y0 << "],[" << x0 + side << ","
         << y0 + side << "],[" << x0 << "," << y0 + side << "],[" << x0 << "," << y0 << "]]]";
    return text.str();
}

const std::string collection =
    R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32718"}},"features":[)";

void write_regions(const tests::TemporaryFolder& folder) {
    std::string text = collection;
    for (int i = 0; i < kSide; i += kRegionCells)
        for (int j = 0; j < kSide; j += kRegionCells)
            text += std::string(i + j > 0 ? "," : "") + R"({"type":"Feature","properties":{"id":")" + region_of(i, j) +
                    R"(","name":"Vereda )" + region_of(i, j) + R"("},"geometry":{"type":"Polygon","coordinates":)" +
                    square(kEast + i * kCell, kNorth + j * kCell, kRegionCells * kCell) + "}}";
    folder.write("regions.geojson", text + "]}");
}

/// Removals of 2013-2016; `share` of their hectares appears evenly in the cells within 20 km, half after each year.
void write_data(const tests::TemporaryFolder& folder, double share) {
    geo::Random random(5, "displacement-command");
    std::vector<double> level;
    for (int u = 0; u < kSide * kSide; ++u)
        level.push_back(random.uniform(4, 12));
    std::vector<double> moved(level.size(), 0);
    std::vector<double> removed(level.size(), 0);
    std::vector<std::vector<double>> pending(12, std::vector<double>(level.size(), 0));
    std::ostringstream panel;
    std::ostringstream events;
    panel << "cell_id,x,y,region_id,year,crop_ha,access_min\n";
    for (int year = 2010; year <= 2018; ++year) {
        for (std::size_t u = 0; u < level.size(); ++u)
            moved[u] += pending[static_cast<std::size_t>(year - 2010)][u];
        for (int k = 0; year >= 2013 && year <= 2016 && k < 8; ++k) {
            const int target = random.integer(0, kSide * kSide - 1);
            const double hectares = 60;
            removed[static_cast<std::size_t>(target)] += level[static_cast<std::size_t>(target)];
            events << (events.tellp() > 0 ? "," : "") << R"({"type":"Feature","properties":{"event_id":"e)" << year
                   << "-" << k << R"(","date":")" << year << R"(-06-15","kind":"aerial","area_ha":)" << hectares
                   << R"(},"geometry":{"type":"Point","coordinates":[)" << std::fixed
                   << kEast + (target / kSide + 0.5) * kCell << "," << kNorth + (target % kSide + 0.5) * kCell << "]}}";
            std::vector<std::size_t> ring;
            for (int v = 0; v < kSide * kSide; ++v)
                if (v != target && std::hypot(v / kSide - target / kSide, v % kSide - target % kSide) * kCell <= 20'000)
                    ring.push_back(static_cast<std::size_t>(v));
            for (const std::size_t v : ring)
                for (const int later : {1, 2})
                    pending[static_cast<std::size_t>(year - 2010 + later)][v] +=
                        share * hectares / 2 / static_cast<double>(ring.size());
        }
        for (int u = 0; u < kSide * kSide; ++u) {
            const auto i = static_cast<std::size_t>(u);
            const double crop = std::max(0.0, level[i] * random.uniform(0.97, 1.03) + moved[i] - removed[i]);
            panel << "c" << 1000 + u << "," << kEast + (u / kSide + 0.5) * kCell << ","
                  << kNorth + (u % kSide + 0.5) * kCell << "," << region_of(u / kSide, u % kSide) << "," << year << ","
                  << crop << "," << 10 * (u % 7) << "\n";
        }
    }
    folder.write("panel.csv", panel.str());
    folder.write("events.geojson", collection + events.str() + "]}");
}

void write_study(const tests::TemporaryFolder& folder, const std::string& plan = "", const std::string& facts = "") {
    folder.write("study.toml",
                 "[study]\nname = \"Prueba\"\ncrops = [\"coca\"]\n"
                 "years = [2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017, 2018]\ncrs = \"EPSG:32718\"\n" +
                     facts +
                     "[regions]\nsource = \"regions.geojson\"\n[panel]\nsource = \"panel.csv\"\n"
                     "[events]\neradication = \"events.geojson\"\n[plan]\nplacebos = 99\n"
                     "bootstrap_draws = 199\n" +
                     plan);
}

struct StudyFolder {
    tests::TemporaryFolder folder;
    explicit StudyFolder(double share) {
        write_regions(folder);
        write_data(folder, share);
        write_study(folder);
    }
    [[nodiscard]] tests::ProgramResult run(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"displacement", "study.toml"});
        tests::ProgramOptions options;
        options.folder = folder.path().string();
        return run_program(VEREDA_PROGRAM, arguments, options);
    }
    [[nodiscard]] nlohmann::json verdict(const std::string& out) const {
        return nlohmann::json::parse(bytes_of(folder.path() / out / "verdict.json"));
    }
};

std::string first_line(const fs::path& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

}  // namespace

TEST_CASE("displacement writes the verdict, the agreement table, the flows and the report") {
    const StudyFolder study(0.6);
    const auto result = study.run({"-o", "out"});
    CAPTURE(result.err);
    REQUIRE(result.exit_code == 0);
    const auto verdict = study.verdict("out");
    CHECK(verdict["verdict"] == "found");
    CHECK(std::abs(verdict["displaced_share"].get<double>() - 0.6) < 0.25);
    CHECK(verdict["lo"].get<double>() > 0);
    CHECK(verdict["hi"].get<double>() > verdict["lo"].get<double>());
    CHECK(verdict["p_value"].get<double>() <= 0.05);
    CHECK(verdict["mde"].get<double>() > 0);
    CHECK(verdict["within_km"] == 20);
    CHECK(verdict["mapped_rate"].is_number());
    CHECK(verdict["mapped_rate_applied"].is_boolean());
    CHECK(verdict["share_as_reported"].is_number());
    CHECK_THAT(bytes_of(study.folder.path() / "out" / "tables" / "displacement.csv"),
               ContainsSubstring("ring_event_study_as_reported") && ContainsSubstring("mapped_per_reported"));
    const fs::path tables = study.folder.path() / "out" / "tables";
    CHECK(first_line(tables / "displacement.csv") == "estimator,belt_m,estimate,lo,hi,p_value,n,note");
    CHECK_THAT(
        first_line(tables / "flows.csv"),
        ContainsSubstring("origin_id,destination_id,from_year,to_year,area_ha,area_lo_ha,area_hi_ha,distance_m"));
    CHECK_THAT(bytes_of(tables / "flows.csv"), ContainsSubstring("plausible_not_causal"));
    CHECK_THAT(bytes_of(tables / "adding_up.csv"), ContainsSubstring("other_regions"));
    CHECK_THAT(bytes_of(study.folder.path() / "out" / "report-internal.html"),
               ContainsSubstring("Displacement found within 20") && ContainsSubstring("Se encontró desplazamiento"));
}

TEST_CASE("displacement says no where there is none") {
    const StudyFolder study(0);
    REQUIRE(study.run({"-o", "out", "-q"}).exit_code == 0);
    CHECK(study.verdict("out")["verdict"] == "not_found");
}

TEST_CASE("displacement writes its table alone, the same bytes for any number of threads") {
    const StudyFolder study(0.3);
    REQUIRE(study.run({"-o", "one.csv", "-j", "1"}).exit_code == 0);
    REQUIRE(study.run({"-o", "four.csv", "-j", "4"}).exit_code == 0);
    CHECK_FALSE(bytes_of(study.folder.path() / "one.csv").empty());
    CHECK(bytes_of(study.folder.path() / "one.csv") == bytes_of(study.folder.path() / "four.csv"));
}

TEST_CASE("a frozen plan runs as long as nothing of it changed") {
    const StudyFolder study(0);
    REQUIRE(study.run({"--freeze", "plan.json"}).exit_code == 0);
    const std::string frozen = bytes_of(study.folder.path() / "plan.json");
    CHECK_THAT(frozen, ContainsSubstring("sha256"));
    REQUIRE(study.run({"--frozen", "plan.json", "-o", "same", "-q"}).exit_code == 0);
    CHECK(study.verdict("same")["frozen_plan"].is_string());

    write_study(study.folder, "smallest_effect = 0.2\n");
    const auto changed = study.run({"--frozen", "plan.json", "-o", "changed"});
    CHECK(changed.exit_code == 6);
    CHECK_THAT(changed.err, ContainsSubstring("plan.smallest_effect"));
    CHECK_FALSE(fs::exists(study.folder.path() / "changed"));

    write_study(study.folder);
    CHECK(study.run({"--frozen", "plan.json", "-o", "seed", "--seed", "7"}).exit_code == 6);
    std::string altered = frozen;
    altered.replace(altered.find("0.1"), 3, "0.3");
    study.folder.write("altered.json", altered);
    CHECK(study.run({"--frozen", "altered.json", "-o", "altered"}).exit_code == 6);
    study.folder.write("other.json", "{}");
    CHECK(study.run({"--frozen", "other.json", "-o", "other"}).exit_code == 3);
}

TEST_CASE("a plan is frozen without a look at the outcomes") {
    const StudyFolder study(0);
    study.folder.write("panel.csv", "not yet");
    CHECK(study.run({"--freeze", "plan.json"}).exit_code == 0);
}

TEST_CASE("a baseline after the announcement is warned of") {
    const StudyFolder study(0);
    write_study(study.folder, "", "announcement_date = 2010-05-01\n");
    const auto result = study.run({"-o", "out"});
    REQUIRE(result.exit_code == 0);
    CHECK_THAT(bytes_of(study.folder.path() / "out" / "diagnostics.csv"), ContainsSubstring("announcement"));
}

TEST_CASE("wrong usage of displacement is refused") {
    const StudyFolder study(0);
    CHECK(study.run({}).exit_code == 2);
    CHECK(study.run({"--freeze", "a.json", "--frozen", "b.json", "-o", "out"}).exit_code == 2);
    write_study(study.folder, "belt = 5\n");
    const auto misspelt = study.run({"-o", "out"});
    CHECK(misspelt.exit_code == 2);
    CHECK_THAT(misspelt.err, ContainsSubstring("belt_m"));
}

TEST_CASE("a damaged panel is refused with its line, and the earlier output stays") {
    const StudyFolder study(0);
    REQUIRE(study.run({"-o", "out", "-q"}).exit_code == 0);
    const std::string before = bytes_of(study.folder.path() / "out" / "verdict.json");
    study.folder.write("panel.csv", "cell_id,x,y,region_id,year,crop_ha\na,1,2,r00,2010,many\n");
    const auto result = study.run({"-o", "out", "--overwrite"});
    CHECK(result.exit_code == 3);
    CHECK_THAT(result.err, ContainsSubstring("panel.csv") && ContainsSubstring("crop_ha"));
    CHECK(std::ranges::count(result.err, '\n') == 1);
    CHECK(bytes_of(study.folder.path() / "out" / "verdict.json") == before);
}
