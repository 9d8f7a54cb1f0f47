#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"

using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::StudyFixture;

namespace {

ProgramResult track(const StudyFixture& study) {
    return run_program(VEREDA_PROGRAM, {"plots", "track", study.study(), "--overwrite", "-o", study.path("out")});
}

void add(const StudyFixture& study, const std::string& keys) {
    study.write("study.toml", bytes_of(study.study()) + "\n[tracking]\n" + keys);
}

}  // namespace

TEST_CASE("the study's tracking section takes the place of the options of plots track") {
    const StudyFixture study;
    for (int survey = 0; survey < 2; ++survey)
        study.replace("study.toml", "position_error_m = 3\n", "");
    REQUIRE(track(study).exit_code == 0);
    const std::string harvest = bytes_of(study.path("out") + "/tables/tracks.csv");
    add(study,
        "first_harvest_months = 120\nabandoned_after = 2\nposition_error_m = 8\nobserved_min = 0.8\n"
        "accept = 0.9\nreview = 0.1\nblock_gap_m = 25\n");
    const ProgramResult result = track(study);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(bytes_of(study.path("out") + "/tables/tracks.csv") != harvest);
    CHECK_THAT(bytes_of(study.path("out") + "/diagnostics.csv"), ContainsSubstring("8"));
}

TEST_CASE("the tracking section refuses values that make no sense, with their place") {
    for (const char* keys :
         {"abandoned_after = 1\n", "accept = 0.2\n", "review = 0.9\n", "position_error_m = 0\n", "abandoned = 3\n"}) {
        const StudyFixture study;
        add(study, keys);
        const ProgramResult result = track(study);
        INFO(keys << result.err);
        CHECK(result.exit_code == 2);
        CHECK_THAT(result.err, ContainsSubstring("study.toml"));
    }
}

TEST_CASE("the page tells in both languages what became of the plots") {
    const StudyFixture study;
    REQUIRE(track(study).exit_code == 0);
    const std::string page = bytes_of(study.path("out") + "/report-internal.html");
    CHECK_THAT(page, ContainsSubstring("id=\"en-tracks\""));
    CHECK_THAT(page, ContainsSubstring("id=\"es-tracks\""));
    // P1 … P5 in 2016, all of them and P6 and P7 in 2017.
    CHECK_THAT(page, ContainsSubstring("In 2017, 5 plots of coca known from before were found again (0 of them"));
    CHECK_THAT(page, ContainsSubstring("2 were new"));
    CHECK_THAT(page, ContainsSubstring("se volvieron a encontrar 5 parcelas"));
    // Areas were not asked for: the map may not say that land was not observed.
    CHECK(page.find("class=\"d-unseen\"") == std::string::npos);
    CHECK_THAT(page, ContainsSubstring("class=\"d-untold\""));
}
