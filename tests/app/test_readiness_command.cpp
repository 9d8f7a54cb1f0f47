#include <filesystem>

#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"
#include "tests/support/temporary_folder.hpp"

using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::StudyFixture;
using vereda::tests::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

ProgramResult program(std::vector<std::string> arguments) {
    return run_program(VEREDA_PROGRAM, arguments);
}

constexpr std::string_view model = R"toml([model]
name = "ejemplo"
version = "1"
source = "test"
threshold = 0.5
clauses_not_covered = ["(M)"]

[[gate]]
id = "licit_income"
title = { en = "Licit income", es = "Ingreso lícito" }
basis = "wola"
clause = "(k)"
test = "licit_income_share >= 0.8"

[[gate]]
id = "market"
title = { en = "Market", es = "Mercado" }
test = "evidence"

[[pillar]]
id = "a"
title = { en = "A", es = "A" }
weight = 0.5

[[pillar]]
id = "b"
title = { en = "B", es = "B" }
weight = 0.3

[[pillar]]
id = "c"
title = { en = "C", es = "C" }
weight = 0.2

[[indicator]]
id = "x"
pillar = "a"
title = { en = "X", es = "X" }
unit = "share"
direction = "higher_is_better"
lo = 0
hi = 1

[[indicator]]
id = "y"
pillar = "b"
title = { en = "Y", es = "Y" }
unit = "share"
direction = "higher_is_better"
lo = 0
hi = 1

[[indicator]]
id = "z"
pillar = "c"
title = { en = "Z", es = "Z" }
unit = "share"
direction = "higher_is_better"
lo = 0
hi = 1
)toml";

/// A scores 0.74 without licit income, B 0.58 with every gate met, C like B without anything about its market, D the
/// oracle of the index.
class ReadinessCase {
  public:
    ReadinessCase() {
        folder_.write("model.toml", model);
        std::string indicators = "region_id,indicator,as_of,value\n";
        const auto region = [&](const std::string& id, double x, double y, double z, double licit) {
            for (const auto& [name, value] : {std::pair{"x", x}, {"y", y}, {"z", z}, {"licit_income_share", licit}})
                indicators += id + "," + name + ",2021-12-31," + std::to_string(value) + "\n";
        };
        region("A", 0.74, 0.74, 0.74, 0.0);
        region("B", 0.58, 0.58, 0.58, 0.9);
        region("C", 0.58, 0.58, 0.58, 0.9);
        region("D", 0.9, 0.8, 0.2, 0.9);
        folder_.write("indicators.csv", indicators);
        folder_.write("evidence.csv",
                      "region_id,gate,as_of,value,document,valid_until\n"
                      "A,market,2021-11-01,pass,Contrato 1,\nB,market,2021-11-01,pass,Contrato 2,2022-06-30\n"
                      "D,market,2021-11-01,pass,Contrato 4,\n");
    }
    [[nodiscard]] ProgramResult judge(std::vector<std::string> more = {}) const {
        std::vector<std::string> words{"readiness",
                                       "--model",
                                       folder_ / "model.toml",
                                       "--indicators",
                                       folder_ / "indicators.csv",
                                       "--evidence",
                                       folder_ / "evidence.csv",
                                       "-o",
                                       folder_ / "out.csv"};
        words.insert(words.end(), more.begin(), more.end());
        return program(words);
    }
    [[nodiscard]] std::string table() const { return bytes_of(folder_ / "out.csv"); }
    [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

  private:
    TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("proper sequencing: gates first, score second, unknown never passes") {
    const ReadinessCase c;
    const ProgramResult result = c.judge({"--json"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const std::string table = c.table();
    CHECK_THAT(table, ContainsSubstring("region_id,as_of,state,score,score_lo,score_hi,rank,rank_lo,rank_hi,"
                                        "failed_gates,unknown_gates,reason"));
    CHECK_THAT(table, ContainsSubstring("A,2021-12-31,NOT_READY,0.7400,0.7400,0.7400,1,1,1,licit_income,,"));
    CHECK_THAT(table, ContainsSubstring("B,2021-12-31,READY,0.5800,0.5800,0.5800,"));
    CHECK_THAT(table, ContainsSubstring("C,2021-12-31,INSUFFICIENT_DATA,0.5800,"));
    CHECK_THAT(table, ContainsSubstring("D,2021-12-31,READY,0.6431,"));
    CHECK_THAT(table, ContainsSubstring(",0.7300,"));      // the arithmetic mean beside it
    CHECK_THAT(table, ContainsSubstring(",2022-06-30,"));  // the contract of B ends before a year is over
    CHECK_THAT(result.out, ContainsSubstring("\"READY\":2"));
    CHECK_THAT(result.out, ContainsSubstring("\"CONDITIONAL\":0"));
    CHECK_THAT(result.out, ContainsSubstring("\"NOT_READY\":1"));
    CHECK_THAT(result.out, ContainsSubstring("\"INSUFFICIENT_DATA\":1"));
}

TEST_CASE("READY carries its expiry, its consent and that it triggers nothing by force, in Spanish too") {
    const ReadinessCase c;
    REQUIRE(c.judge({"--lang", "es"}).exit_code == 0);
    CHECK_THAT(c.table(), ContainsSubstring("no activa nada por la fuerza"));
    CHECK_THAT(c.table(), ContainsSubstring("Caduca el 30 de junio de 2022"));
    CHECK_THAT(c.table(), ContainsSubstring("no se sabe si la comunidad está de acuerdo"));
}

TEST_CASE("decimal commas and Spanish dates are read, the day of assessment may be set, the seed repeats the bytes") {
    const ReadinessCase c;
    REQUIRE(c.judge({"--seed", "7"}).exit_code == 0);
    const std::string first = c.table();
    REQUIRE(c.judge({"--seed", "7", "--overwrite", "-j", "1"}).exit_code == 0);
    CHECK(c.table() == first);
    c.folder().write("indicators.csv",
                     "region_id;indicator;as_of;value\nA;x;31/12/2021;0,5\nA;licit_income_share;31/12/2021;0,9\n");
    const ProgramResult comma = c.judge({"--decimal", ",", "--dates", "dmy", "--overwrite"});
    // The evidence is written with ISO dates, which every date order takes.
    INFO(comma.err);
    REQUIRE(comma.exit_code == 0);
    CHECK_THAT(c.table(), ContainsSubstring("A,2021-12-31,INSUFFICIENT_DATA,0.5000,"));
    REQUIRE(c.judge({"--decimal", ",", "--dates", "dmy", "--as-of", "2023-06-01", "--overwrite"}).exit_code == 0);
    CHECK_THAT(c.table(), ContainsSubstring("A,2023-06-01,"));
}

TEST_CASE("readiness refuses what it cannot mean") {
    const ReadinessCase c;
    CHECK(program({"readiness"}).exit_code == 2);
    CHECK(program({"readiness", "-o", c.folder() / "o.csv"}).exit_code == 2);
    CHECK(program({"readiness", "--model", c.folder() / "model.toml", "-o", c.folder() / "o.csv"}).exit_code == 2);
    CHECK(program({"readiness", "study.toml", "--model", "m", "-o", c.folder() / "o.csv"}).exit_code == 2);
    CHECK(c.judge({"--as-of", "soon"}).exit_code == 2);
    CHECK(c.judge({"--model", "no_such_model"}).exit_code == 2);
    REQUIRE(c.judge().exit_code == 0);
    const std::string before = c.table();
    CHECK(c.judge().exit_code == 2);  // the table is there already
    c.folder().write("indicators.csv", "region_id,indicator,as_of,value\nA,x,2021-12-31,many\n");
    const ProgramResult bad = c.judge({"--overwrite"});
    CHECK(bad.exit_code == 3);
    CHECK_THAT(bad.err, ContainsSubstring("indicators.csv"));
    CHECK_THAT(bad.err, ContainsSubstring("value"));
    CHECK(c.table() == before);
}

TEST_CASE("a study's readiness names what is missing, who owes it and by when, and looks back over the years") {
    const StudyFixture study;
    study.write("indicators.csv",
                "region_id,indicator,as_of,value\nR1,x,2017-10-01,0.9\nR1,licit_income_share,2016-05-01,0.9\n"
                "R2,x,2017-10-01,0.4\nR2,licit_income_share,2017-05-01,0.2\n");
    study.write("responsibilities.csv", "region_id,gate,actor,due_on\n,licit_income,Agencia,2017-06-30\n");
    study.write("model.toml", model);
    study.replace("study.toml", "[rasters]",
                  "[readiness]\nmodel = \"./model.toml\"\nindicators = \"indicators.csv\"\n"
                  "responsibilities = \"responsibilities.csv\"\ndraws = 700\n[rasters]");
    const ProgramResult result = program({"readiness", study.study(), "-o", study.path("out"), "--json"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK_THAT(result.out, ContainsSubstring("\"NOT_READY\":1"));
    const auto table = [&](const std::string& name) {
        return bytes_of(study.path("out") + "/tables/" + name + ".csv");
    };
    CHECK_THAT(table("readiness_missing"),
               ContainsSubstring("R2,1,NOT_READY,gate_failed,licit_income,Licit income,Agencia,2017-06-30,184,"));
    CHECK_THAT(table("readiness_missing"),
               ContainsSubstring("R1,1,INSUFFICIENT_DATA,gate_unknown,market,Market,nobody"));
    CHECK_THAT(table("readiness_history"), ContainsSubstring("R2,2016-12-31,"));
    CHECK_THAT(table("readiness_history"), ContainsSubstring("R2,2017-12-31,NOT_READY,"));
    CHECK_THAT(table("readiness_gates"), ContainsSubstring("clause not covered"));
    CHECK_THAT(table("readiness_sensitivity"), ContainsSubstring("weights,"));
    CHECK_THAT(table("readiness_coherence"), ContainsSubstring("x,y,"));
    CHECK_THAT(bytes_of(study.path("out") + "/diagnostics.csv"), ContainsSubstring("readiness.gates_unowned"));
    CHECK_FALSE(fs::exists(study.path("out") + "/tables/coverage.csv"));
}
