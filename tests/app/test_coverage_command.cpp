#include <filesystem>

#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"

using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::StudyFixture;
namespace fs = std::filesystem;

namespace {

ProgramResult program(std::vector<std::string> arguments) {
    return run_program(VEREDA_PROGRAM, arguments);
}

/// What a register keeps beside families and deliveries: incomes, an owner of eradication, places, a second spelling.
void complete(const StudyFixture& study) {
    study.write("incomes.csv",
                "household_id;month;source;net_income;verified\n"
                "H1;03/2016;crop;900,50;yes\nH1;09/2016;licit;200,00;yes\nH1;10/2017;licit;10,00;yes\n"
                "H2;03/2016;crop;900,00;yes\nH2;06/2017;transfer;50,00;no\n");
    study.write("eradication.csv",
                "event_id,date,kind,area_ha,agency,verified,region_id\n"
                "E1,2016-06-20,manual_forced,3.5,Fuerza de Tarea,yes,R1\n");
    study.write("markets.csv", "kind,name,lon,lat,capacity\nmarket,Norte,-72.99,4.03,20\nmarket,Sur,-72.97,4.01,\n");
    study.replace("study.toml", "programmes = \"programmes.csv\"",
                  "programmes = \"programmes.csv\"\n"
                  "incomes = { source = \"incomes.csv\", decimal = \",\", date_order = \"dmy\" }\n"
                  "[events]\neradication = \"eradication.csv\"\n"
                  "[places]\nmarkets = \"markets.csv\"\n"
                  "[coverage]\nha_per_family = 0.8\nha_per_family_lo = 0.5\nha_per_family_hi = 1.2");
}

}  // namespace

TEST_CASE("coverage tells quarters and years, the bridge, conflicts with both owners, distances and catchments") {
    const StudyFixture study;
    complete(study);
    const ProgramResult result = program({"coverage", study.study(), "-o", study.path("out"), "--json"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK_THAT(result.out, ContainsSubstring("\"delivered\":14"));
    CHECK_THAT(result.out, ContainsSubstring("\"confirmed\":12"));
    const auto table = [&](const std::string& name) {
        return bytes_of(study.path("out") + "/tables/" + name + ".csv");
    };
    const std::string coverage = table("coverage");
    CHECK_THAT(coverage, ContainsSubstring("region_id,period,group,sex,ethnicity,component,registered,promised,"
                                           "delivered,delivered_share,confirmed,disputed,growers_estimated"));
    CHECK_THAT(coverage, ContainsSubstring("R1,2016-Q1,all,all,all,food,12,12,0,"));
    CHECK_THAT(coverage, ContainsSubstring("R1,2016-Q2,all,all,all,food,12,12,12,"));
    CHECK_THAT(coverage, ContainsSubstring("R1,2016,all,all,all,food,12,12,12,"));
    CHECK_THAT(table("income_bridge"), ContainsSubstring("H1,R1,grower,bridged,2016-03,2016-09,6,"));
    CHECK_THAT(table("income_bridge"), ContainsSubstring("H2,R1,grower,waiting,2016-03,,15,1,"));
    CHECK_THAT(table("aid_conflicts"), ContainsSubstring("R1,2016-Q2,"));
    CHECK_THAT(table("aid_conflicts"), ContainsSubstring("Fuerza de Tarea"));
    CHECK_THAT(table("reach"), ContainsSubstring("market,"));
    CHECK_THAT(table("catchments"), ContainsSubstring("market,Norte,20,"));
    CHECK_FALSE(fs::exists(study.path("out") + "/tables/readiness.csv"));
}

TEST_CASE("one table alone may be asked for, and Spanish is spoken") {
    const StudyFixture study;
    const ProgramResult result = program({"coverage", study.study(), "-o", study.path("coverage.csv"), "--lang", "es"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK_THAT(bytes_of(study.path("coverage.csv")), ContainsSubstring("R1,2017-Q4,all,all,all,any,12,"));
}

TEST_CASE("a register that holds a person under two spellings is told with a score, in the internal tables alone") {
    const StudyFixture study;
    study.write("households.csv",
                "household_id,region_id,group,registered_on,name,birth_year\n"
                "H1,R1,grower,2015-01-10,\"PÉREZ QUISPE, María\",1970\n"
                "H2,R1,grower,2015-02-10,Maria Peres Quizpe,1970\n"
                "H3,R1,picker,2015-02-10,Rosa Condori,1981\n");
    const ProgramResult result =
        program({"coverage", study.study(), "-o", study.path("out"), "--audience", "public", "--json"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK_THAT(result.out, ContainsSubstring("\"possible_duplicates\":1"));
    CHECK_THAT(bytes_of(study.path("out") + "/tables/register_duplicates.csv"), ContainsSubstring("H1,H2,"));
    for (const auto& entry : fs::recursive_directory_iterator(study.path("out") + "/public")) {
        if (entry.is_regular_file()) CHECK_THAT(bytes_of(entry.path()), !ContainsSubstring("Quizpe"));
    }
}

TEST_CASE("a coverage that cannot be told refuses with one line and leaves the earlier output as it was") {
    const StudyFixture study;
    REQUIRE(program({"coverage", study.study(), "-o", study.path("out")}).exit_code == 0);
    const std::string before = bytes_of(study.path("out") + "/tables/coverage.csv");
    CHECK(program({"coverage"}).exit_code == 2);
    CHECK(program({"coverage", study.study(), "-o", study.path("out")}).exit_code == 2);
    study.replace("deliveries.csv", "2016-02-01", "2016-02-31");
    const ProgramResult bad = program({"coverage", study.study(), "-o", study.path("out"), "--overwrite"});
    CHECK(bad.exit_code == 3);
    CHECK_THAT(bad.err, ContainsSubstring("deliveries.csv"));
    CHECK_THAT(bad.err, ContainsSubstring("promised_on"));
    CHECK(bytes_of(study.path("out") + "/tables/coverage.csv") == before);
    study.replace("study.toml", "[rasters]", "[coverage]\nha_per_family_lo = 2\n[rasters]");
    CHECK(program({"coverage", study.study(), "-o", study.path("out"), "--overwrite"}).exit_code == 2);
}
