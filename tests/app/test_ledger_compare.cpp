/// Claims of a ledger beside surveys, as files; and fields revealed later with proof.
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/app/ledger_stick.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/csv_rows.hpp"

using namespace vereda;
using tests::ProgramResult;
using tests::Stick;
using Json = nlohmann::json;

namespace {

/// A rectangle of about 200 m × 200 m near Yurumanguí, moved east by `step` times a kilometre.
std::string square(int step, double side_m = 200) {
    const double west = -77.30 + 0.009 * step;
    const double south = 3.30;
    const double width = side_m / 111'132.0;
    std::ostringstream text;
    text.precision(10);
    text << R"({"type":"Polygon","coordinates":[[)";
    std::string comma;
    for (const auto& [x, y] : {std::pair{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}) {
        text << comma << "[" << west + x * width << "," << south + y * width << "]";
        comma = ",";
    }
    text << "]]}";
    return text.str();
}

std::string layer(const std::vector<std::string>& squares) {
    std::string text;
    for (std::size_t i = 0; i < squares.size(); ++i) {
        text += text.empty() ? "" : ",";
        text += R"({"type":"Feature","properties":{"plot_id":"p)" + std::to_string(i) + R"("},"geometry":)" +
                squares[i] + "}";
    }
    return R"({"type":"FeatureCollection","features":[)" + text + "]}";
}

void require_done(const ProgramResult& result) {
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
}

struct Claims : Stick {
    Claims() {
        folder.write("gone.geojson", layer({square(0)}));
        folder.write("standing.geojson", layer({square(3)}));
        folder.write("before.geojson", layer({square(0), square(3)}));
        folder.write("after.geojson", layer({square(3), square(9)}));
        require_done(run({"add", "acta", "--event", "gone.geojson", "--date", "2025-06-15", "--area-sd-ha", "0.2"}));
        require_done(
            run({"add", "acta", "--event", "standing.geojson", "--date", "2025-06-16", "--area-sd-ha", "0.2"}));
    }
    [[nodiscard]] ProgramResult compare(std::vector<std::string> more = {}) const {
        std::vector<std::string> words{"compare",
                                       "acta",
                                       "--survey",
                                       "2024=before.geojson",
                                       "--survey",
                                       "2025=after.geojson",
                                       "--id",
                                       "plot_id",
                                       "--position-error-m",
                                       "5",
                                       "-o",
                                       "claims.csv"};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
};

}  // namespace

TEST_CASE("a claim that satellites bear out agrees, one whose crop still stands is disputed in so many words") {
    const Claims stick;
    const ProgramResult result = stick.compare();
    require_done(result);
    CHECK(result.out.find("Entry 1") != std::string::npos);
    CHECK(result.out.find("satellites dispute 4.0") != std::string::npos);
    const auto rows = tests::csv_rows(tests::bytes_of(stick.folder / "claims.csv"));
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].at("verdict") == "agree");
    CHECK(std::stod(rows[0].at("mapped_ha")) == Approx(4).margin(0.1));
    CHECK(rows[0].at("disputed_ha").empty());
    CHECK(rows[1].at("verdict") == "disagree");
    CHECK(std::stod(rows[1].at("disputed_ha")) == Approx(4).margin(0.1));
    CHECK(std::stod(rows[1].at("disputed_ha_lo")) > 3);
    CHECK(std::stod(rows[1].at("detection_power")) == Approx(0.9).margin(0.001));
}

TEST_CASE("where detection power does not allow it nothing is disputed") {
    const Claims stick;
    require_done(stick.compare({"--smallest-ha", "4.1"}));
    const auto rows = tests::csv_rows(tests::bytes_of(stick.folder / "claims.csv"));
    CHECK(rows.at(1).at("verdict") == "not_detectable");
    CHECK(rows.at(1).at("disputed_ha").empty());
    CHECK(std::stod(rows.at(1).at("detection_power")) < 0.8);
}

TEST_CASE("a study's reference sample decides how far satellites can dispute, unless an accuracy is given") {
    const Claims stick;
    const std::string surveys = R"([study]
name = "beside"
crops = ["coca"]
years = [2024, 2025]
[regions]
source = "regions.geojson"
id = "code"
name = "name"
[[surveys]]
year = 2024
crop = "coca"
plots = "before.geojson"
position_error_m = 5
[[surveys]]
year = 2025
crop = "coca"
plots = "after.geojson"
position_error_m = 5
[accuracy]
matrix = "matrix.csv"
areas = "strata.csv"
)";
    stick.folder.write("regions.geojson",
                       R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"1",
"name":"Cuenca"},"geometry":{"type":"Polygon","coordinates":[[[-77.4,3.2],[-77.1,3.2],[-77.1,3.4],[-77.4,3.4],
[-77.4,3.2]]]}}]})");
    stick.folder.write("study.toml", surveys);
    stick.folder.write("strata.csv", "stratum,area\ncoca,100\nother,1000\n");
    const auto verdict = [&](const std::string& matrix, std::vector<std::string> more = {}) {
        stick.folder.write("matrix.csv", matrix);
        std::vector<std::string> words{"compare", "acta", "--study", "study.toml", "-o", "claims.csv", "--overwrite"};
        words.insert(words.end(), more.begin(), more.end());
        require_done(stick.run(words));
        return tests::csv_rows(tests::bytes_of(stick.folder / "claims.csv")).at(1);
    };
    // Of 100 ha mapped, 90 are coca; of 1,000 others one in five: producer's accuracy 90/290.
    const auto blind = verdict("map,coca,other\ncoca,90,10\nother,20,80\n");
    CHECK(blind.at("verdict") == "not_detectable");
    CHECK(std::stod(blind.at("producers_accuracy")) == Approx(90.0 / 290).margin(1e-4));
    CHECK(std::stod(blind.at("users_accuracy")) == Approx(0.9).margin(1e-4));
    CHECK(std::stod(blind.at("detection_power")) == Approx(90.0 / 290).margin(1e-3));
    CHECK(blind.at("note").find("accuracy_of_sample") != std::string::npos);
    // None of the others is coca: every plot of that size would have been seen.
    const auto seeing = verdict("map,coca,other\ncoca,90,10\nother,0,100\n");
    CHECK(seeing.at("verdict") == "disagree");
    CHECK(std::stod(seeing.at("producers_accuracy")) == Approx(1));
    const auto given = verdict("map,coca,other\ncoca,90,10\nother,20,80\n", {"--producers-accuracy", "0.95"});
    CHECK(given.at("verdict") == "disagree");
    CHECK(std::stod(given.at("producers_accuracy")) == Approx(0.95));
    CHECK(std::stod(given.at("users_accuracy")) == Approx(0.9).margin(1e-4));
    stick.folder.write("matrix.csv", "map,coca,other\ncoca,ninety,10\nother,20,80\n");
    const ProgramResult wrong = stick.run({"compare", "acta", "--study", "study.toml", "-o", "c.csv"});
    CHECK(wrong.exit_code == 3);
    CHECK(wrong.err.find("matrix.csv") != std::string::npos);
}

TEST_CASE("a disagreement is told even to those who want no sentences, and sealed where asked") {
    const Claims stick;
    const ProgramResult quiet = stick.compare({"-q"});
    require_done(quiet);
    CHECK(quiet.err.find("dispute") != std::string::npos);
    const ProgramResult json = stick.compare({"--json", "--overwrite", "--seal"});
    require_done(json);
    const Json told = Json::parse(json.out);
    CHECK(told.at("verdicts").at("agree") == 1);
    CHECK(told.at("verdicts").at("disagree") == 1);
    CHECK(told.at("disputed").at(0).at("entry") == 2);
    CHECK(stick.entries() == 5);
}

TEST_CASE("comparing without surveys, over an existing file or without a ledger is refused") {
    const Claims stick;
    CHECK(stick.run({"compare", "acta", "-o", "claims.csv"}).exit_code == 2);
    stick.folder.write("claims.csv", "mine");
    CHECK(stick.compare().exit_code == 2);
    CHECK(tests::bytes_of(stick.folder / "claims.csv") == "mine");
    CHECK(stick.compare({"--overwrite", "--survey", "2026=absent.gpkg"}).exit_code == 3);
    CHECK(tests::bytes_of(stick.folder / "claims.csv") == "mine");
}

TEST_CASE("a council withholds its name, publishes a checkpoint, and reveals the name later with proof") {
    const Stick stick({evidence::field("type", "genesis"), evidence::field("council", "Consejo de la Cuenca")});
    const ProgramResult kept = stick.run({"checkpoint", "acta"}, false);
    stick.folder.write("kept.txt", "En la puerta de la escuela: " + kept.out);
    for (const char* note : {"uno", "dos", "tres"})
        require_done(stick.run({"add", "acta", "--date", "2026-11-20", "--note", note}));
    for (const bool old : {true, false}) {
        std::vector<std::string> words{"reveal",  "acta", "--entry",   "0",          "--field",
                                       "council", "-o",   "name.json", "--overwrite"};
        if (old) words.insert(words.end(), {"--checkpoint", "kept.txt"});
        require_done(stick.run(words));
        std::vector<std::string> asked{"confirm", "name.json"};
        if (old) asked.insert(asked.end(), {"--checkpoint", "kept.txt"});
        const ProgramResult confirmed = stick.run(asked, false);
        INFO(confirmed.err);
        CHECK(confirmed.exit_code == 0);
        CHECK(confirmed.out.find("Consejo de la Cuenca") != std::string::npos);
        std::vector<std::string> second{"python3", VEREDA_SOURCE_DIR "/tests/second_verifier/verify_reveal.py",
                                        stick.folder / "name.json"};
        if (old) second.insert(second.end(), {"--checkpoint", stick.folder / "kept.txt"});
        const ProgramResult other = tests::run_program("/usr/bin/env", second);
        if (other.exit_code != 127) {
            CHECK(other.exit_code == 0);
            CHECK(other.out == "council: \"Consejo de la Cuenca\"\n");
        }
        // Nothing else of the ledger leaves with it.
        const std::string shown = tests::bytes_of(stick.folder / "name.json");
        for (const char* word : {"uno", "dos", "tres"})
            CHECK(shown.find(word) == std::string::npos);
        // Any other name, salt or path proves nothing.
        for (const auto& [from, to] : {std::pair<std::string, std::string>{"Cuenca", "Playa"},
                                       {"\"position\": 1", "\"position\": 0"},
                                       {"\"entry\": 0", "\"entry\": 1"}}) {
            std::string forged = shown;
            const std::size_t at = forged.find(from);
            if (at == std::string::npos) continue;
            forged.replace(at, from.size(), to);
            stick.folder.write("forged.json", forged);
            asked[1] = "forged.json";
            CHECK(stick.run(asked, false).exit_code == 6);
            second[2] = stick.folder / "forged.json";
            const ProgramResult agreed = tests::run_program("/usr/bin/env", second);
            if (agreed.exit_code != 127) CHECK(agreed.exit_code == 6);
        }
    }
    // A record that nobody consented to show stays where it is.
    const ProgramResult refused = stick.run({"reveal", "acta", "--entry", "1", "--all", "-o", "note.json"});
    CHECK(refused.exit_code == 4);
    CHECK_FALSE(std::filesystem::exists(stick.folder / "note.json"));
}
