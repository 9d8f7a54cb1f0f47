#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"

using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::StudyFixture;
using vereda::tests::TemporaryFolder;

namespace {

const std::string history = VEREDA_SOURCE_DIR "/sample_data/pnis_like/study.toml";

}  // namespace

TEST_CASE("the PNIS-like history is found to be in the wrong order, and its counterpart in the right one") {
    const TemporaryFolder folder;
    const ProgramResult result =
        run_program(VEREDA_PROGRAM, {"audit", history, "--json", "--lang", "en", "-o", folder / "out"});
    INFO(result.err);
    REQUIRE(result.exit_code == 1);
    const auto json = nlohmann::json::parse(result.out);
    INFO(json["counts"].dump());
    CHECK(json["counts"]["regions_violated"] == 1);
    CHECK(json["counts"]["regions_in_order"] == 1);
    CHECK(json["counts"]["households_violated"] == 10);
    CHECK(json["counts"]["households_in_order"] == 10);
    CHECK(json["counts"]["prior_eradication"] == 1);
    CHECK(json["counts"]["duress"] == 1);
    CHECK(json["counts"]["harmful_reduction"] == 1);
    CHECK(json["counts"]["baseline"] == 1);
    const std::string table = bytes_of(folder / "out/tables/sequence_audit.csv");
    CHECK(
        table.starts_with("region_id,household_id,reduction_date,last_gate_date,lead_days,months_without_income,"
                          "violation"));
    CHECK_THAT(table, ContainsSubstring("VP-1,P01,2017-11-10,"));
    // P01's first licit income came in September 2020, 34 months after November 2017; the others' has not come.
    CHECK_THAT(table, ContainsSubstring(",34,yes,"));
    CHECK_THAT(table, ContainsSubstring(",37,yes,"));
    const std::string page = bytes_of(folder / "out/report-internal.html");
    CHECK_THAT(page, ContainsSubstring("Was the order right?"));
    CHECK_THAT(page, ContainsSubstring("¿Fue correcto el orden?"));
}

TEST_CASE("a study without reductions is in order, and -o FILE.csv writes the table alone") {
    const StudyFixture fixture;
    const std::string events = "event_id,date,kind,area_ha,verified,region_id\nE1,2017-05-01,voluntary,1,no,R2\n";
    fixture.write("eradication.csv", events);
    fixture.replace("study.toml", "[people]", "[events]\neradication = \"eradication.csv\"\n\n[people]");
    const ProgramResult clean = run_program(VEREDA_PROGRAM, {"audit", fixture.study(), "-o", fixture.path("a.csv")});
    INFO(clean.err);
    CHECK(clean.exit_code == 0);
    CHECK_THAT(bytes_of(fixture.path("a.csv")), ContainsSubstring("reduction_date"));
    fixture.replace("eradication.csv", ",no,", ",yes,");
    const ProgramResult found =
        run_program(VEREDA_PROGRAM, {"audit", fixture.study(), "--overwrite", "-o", fixture.path("a.csv")});
    INFO(found.err);
    CHECK(found.exit_code == 1);
    CHECK_THAT(bytes_of(fixture.path("a.csv")), ContainsSubstring("R2,H13,2017-05-01"));
}

TEST_CASE("audit refuses wrong usage and bad input, and leaves what was there") {
    const StudyFixture fixture;
    CHECK(run_program(VEREDA_PROGRAM, {"audit", "-o", fixture.path("a.csv")}).exit_code == 2);
    fixture.write("a.csv", "mine");
    CHECK(run_program(VEREDA_PROGRAM, {"audit", fixture.study(), "-o", fixture.path("a.csv")}).exit_code == 2);
    fixture.write("eradication.csv", "event_id,date,kind\nE1,2017-05-01,burned\n");
    fixture.replace("study.toml", "[people]", "[events]\neradication = \"eradication.csv\"\n\n[people]");
    const ProgramResult bad =
        run_program(VEREDA_PROGRAM, {"audit", fixture.study(), "--overwrite", "-o", fixture.path("a.csv")});
    CHECK(bad.exit_code == 3);
    CHECK_THAT(bad.err, ContainsSubstring("eradication.csv"));
    CHECK_THAT(bad.err, ContainsSubstring("kind"));
    CHECK(bytes_of(fixture.path("a.csv")) == "mine");
}
