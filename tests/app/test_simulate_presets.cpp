#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/app/hostile_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using namespace vereda::tests;
namespace fs = std::filesystem;

namespace {

nlohmann::json truth_of(const fs::path& folder) {
    return nlohmann::json::parse(bytes_of(folder / "truth" / "truth.json"));
}

}  // namespace

TEST_CASE("simulate writes a tracking study that check accepts, with the truth of every outline") {
    const TemporaryFolder folder;
    const std::string made = folder / "tropico";
    const ProgramResult result =
        run_program(VEREDA_PROGRAM, {"simulate", made, "--preset", "tracking", "--plots", "300", "--years", "3",
                                     "--seed", "4", "--cloud", "0.3", "--json"});
    REQUIRE(result.exit_code == 0);
    const nlohmann::json summary = nlohmann::json::parse(result.out);
    CHECK(summary["preset"] == "tracking");
    CHECK(summary["outlines"] > 400);
    const ProgramResult checked = run_program(VEREDA_PROGRAM, {"check", made + "/study.toml"});
    INFO(checked.out + checked.err);
    CHECK(checked.exit_code == 0);
    std::set<std::string> outlines;
    for (const Row& row : csv_rows(bytes_of(fs::path(made) / "truth" / "outlines.csv")))
        outlines.insert(row.at("plot_id"));
    CHECK(outlines.size() == summary["outlines"].get<std::size_t>());
    for (const Row& row : csv_rows(bytes_of(fs::path(made) / "truth" / "links.csv"))) {
        CHECK(outlines.count(row.at("from_plot_id")) == 1);
        CHECK(outlines.count(row.at("to_plot_id")) == 1);
    }
}

TEST_CASE("simulate --panel-only writes a panel, eradication and the displaced share") {
    const TemporaryFolder folder;
    for (const char* preset : {"null", "balloon", "far_balloon"}) {
        INFO(preset);
        REQUIRE(run_program(VEREDA_PROGRAM,
                            {"simulate", folder / preset, "--preset", preset, "--panel-only", "--seed", "3", "-q"})
                    .exit_code == 0);
    }
    CHECK(truth_of(folder.path() / "null")["displaced_share"] == 0.0);
    CHECK(truth_of(folder.path() / "balloon")["displaced_share"].get<double>() == Approx(0.30).margin(0.06));
    const nlohmann::json far = truth_of(folder.path() / "far_balloon");
    CHECK(far["displaced_share"] == 0.0);
    CHECK(far["moved_beyond_belt_ha"] > 0);
    CHECK(far["moved_abroad_ha"] > 0);
    const std::string panel = bytes_of(folder.path() / "balloon" / "panel.csv");
    CHECK(panel.starts_with(
        "cell_id,x,y,region_id,year,crop,crop_ha,forest_ha,price,access_min,protected,indigenous,abroad\n"));
    const ProgramResult checked = run_program(VEREDA_PROGRAM, {"check", (folder / "balloon") + "/study.toml"});
    INFO(checked.out + checked.err);
    CHECK(checked.exit_code == 0);
}

TEST_CASE("simulate makes the same panel bytes twice, and others from another seed") {
    const TemporaryFolder folder;
    for (const char* name : {"a", "b"})
        REQUIRE(run_program(VEREDA_PROGRAM,
                            {"simulate", folder / name, "--preset", "price_shock", "--panel-only", "--seed", "8"})
                    .exit_code == 0);
    REQUIRE(run_program(VEREDA_PROGRAM,
                        {"simulate", folder / "c", "--preset", "price_shock", "--panel-only", "--seed", "9"})
                .exit_code == 0);
    CHECK((contents_of(folder / "a") == contents_of(folder / "b")));
    CHECK((bytes_of(folder.path() / "a" / "panel.csv") != bytes_of(folder.path() / "c" / "panel.csv")));
}

TEST_CASE("simulate refuses options that belong to another preset, and values out of range") {
    const TemporaryFolder folder;
    const auto refused = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"simulate", folder / "x"});
        const ProgramResult result = run_program(VEREDA_PROGRAM, arguments);
        CHECK_THAT(result.err, ContainsSubstring("vereda: error:"));
        CHECK_FALSE(fs::exists(folder.path() / "x"));
        return result.exit_code;
    };
    CHECK(refused({"--jitter", "4"}) == 2);
    CHECK(refused({"--preset", "valle", "--panel-only"}) == 2);
    CHECK(refused({"--preset", "tracking", "--panel-only"}) == 2);
    CHECK(refused({"--preset", "balloon", "--cloud", "0.1"}) == 2);
    CHECK(refused({"--preset", "tracking", "--cloud", "1.5"}) == 2);
    CHECK(refused({"--preset", "tracking", "--jitter", "-1"}) == 2);
    CHECK(refused({"--preset", "tracking", "--plots", "few"}) == 2);
}
