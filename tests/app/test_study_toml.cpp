#include <algorithm>

#include "app/formats/study_toml.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/study_fixture.hpp"

using namespace vereda::app;
using vereda::geo::Error;
using vereda::geo::ErrorKind;
using vereda::tests::bytes_of;
using vereda::tests::StudyFixture;

namespace {

StudyReading reading_of(const StudyFixture& fixture, bool allow_references = false) {
    return read_study(fixture.study(), allow_references);
}

/// The one problem of a study in which `from` was replaced by `to`.
Error only_problem(const std::string& from, const std::string& to) {
    const StudyFixture fixture;
    fixture.replace("study.toml", from, to);
    const StudyReading reading = reading_of(fixture);
    for (const Error& problem : reading.problems)
        UNSCOPED_INFO(problem.what());
    REQUIRE(reading.problems.size() == 1);
    return reading.problems.front();
}

std::string id_of(const Error& error) {
    return std::string(error.message().id.text());
}

std::string argument(const Error& error, const std::string& name) {
    for (const auto& [key, value] : error.message().arguments) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace

TEST_CASE("a valid study reads without problems, and its paths start from its folder") {
    const StudyFixture fixture;
    const StudyReading reading = reading_of(fixture);
    REQUIRE(reading.problems.empty());
    const Study& study = reading.study;
    CHECK(study.name == "Fixture");
    CHECK(study.years == std::vector<int>{2016, 2017});
    CHECK(study.surveys.size() == 2);
    CHECK(study.regions.path == fixture.path("regions.geojson"));
    CHECK(study.regions.columns.at("id") == "code");
    CHECK(study.surveys.front().position_error->value() == 3);
    CHECK(study.people.households->key == "people.households");
    CHECK(vereda::geo::to_iso(study.as_of) == "2017-12-31");
}

TEST_CASE("an unknown key is answered with its line and the nearest valid name") {
    const Error error = only_problem("crops = [", "crop = 1\ncrops = [");
    CHECK(id_of(error) == "toml.unknown_key_nearest");
    CHECK(argument(error, "nearest") == "crops");
    CHECK(error.kind() == ErrorKind::usage);
    CHECK(error.locus().line == 3);
}

TEST_CASE("an unknown section is answered too") {
    CHECK(argument(only_problem("[people]", "[peoples]\nx = 1\n[people]"), "nearest") == "people");
}

TEST_CASE("a missing key or section is named") {
    CHECK(argument(only_problem("name = \"Fixture\"\n", ""), "key") == "name");
    const StudyFixture fixture;
    fixture.write("study.toml", "[study]\nname = \"x\"\ncrops = [\"coca\"]\nyears = [2016]\n");
    const StudyReading reading = reading_of(fixture);
    REQUIRE(reading.problems.size() == 1);
    CHECK(id_of(reading.problems.front()) == "study.section_missing");
    CHECK(argument(reading.problems.front(), "section") == "regions");
}

TEST_CASE("a value of the wrong type, range or vocabulary is refused with its line") {
    CHECK(id_of(only_problem("position_error_m = 3", "position_error_m = \"3\"")) == "toml.wrong_type");
    CHECK(id_of(only_problem("position_error_m = 3", "position_error_m = -3")) == "study.out_of_range");
    CHECK(id_of(only_problem("kind = \"park\"", "kind = \"garden\"")) == "study.not_a_choice");
    CHECK(id_of(only_problem("crops = [\"coca\"]", "crops = [\"coca\", \"tea\"]")) == "study.not_a_choice");
    CHECK(id_of(only_problem("name = \"Fixture\"", "name = \"\"")) == "study.empty");
    CHECK(id_of(only_problem("parent = \"municipality\"", "crs = \"EPSG:999999\"")) == "crs.unknown");
    CHECK(id_of(only_problem("years = [2016, 2017]", "years = [2016, 2016, 2017]")) == "study.year_twice");
}

TEST_CASE("what is no TOML throws with its line") {
    const StudyFixture fixture;
    fixture.replace("study.toml", "crops = [\"coca\"]", "crops = [\"coca\"");
    try {
        static_cast<void>(reading_of(fixture));
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(id_of(error) == "toml.syntax");
        CHECK(error.kind() == ErrorKind::input);
        CHECK(error.locus().line >= 3);
    }
    fixture.write("study.toml", "[study]\nname = \"a\"\nname = \"b\"\n");
    CHECK_THROWS_AS(reading_of(fixture), Error);
}

TEST_CASE("a missing file is named with its nearest neighbour; folders are no files") {
    const Error error = only_problem("households.csv", "housholds.csv");
    CHECK(id_of(error) == "study.file_missing_nearest");
    CHECK(argument(error, "nearest") == "households.csv");
    CHECK(error.kind() == ErrorKind::input);
    CHECK(error.locus().field == "people.households");
    CHECK(id_of(only_problem("households.csv", ".")) == "study.not_a_file");
}

TEST_CASE("what points elsewhere is refused, and what would reach a network always is") {
    for (const std::string reference : {"/vsizip/a.zip/b.csv", "PG:dbname=x", "<OGRVRTDataSource/>", "/vsistdin/"}) {
        INFO(reference);
        CHECK(only_problem("households.csv", reference).kind() == ErrorKind::policy);
    }
    for (const std::string reference : {"https://example.org/a.csv", "/vsicurl/http://example.org/a.csv",
                                        "/vsizip//vsicurl/x.zip", "/vsis3/bucket/a.csv", "WFS:example"}) {
        INFO(reference);
        const StudyFixture fixture;
        fixture.replace("study.toml", "households.csv", reference);
        for (const bool allowed : {false, true}) {
            const StudyReading reading = reading_of(fixture, allowed);
            REQUIRE(reading.problems.size() == 1);
            CHECK(id_of(reading.problems.front()) == "reference.network");
            CHECK(reading.problems.front().kind() == ErrorKind::policy);
        }
    }
    const StudyFixture fixture;
    fixture.replace("study.toml", "households.csv", "/vsizip/a.zip/b.csv");
    CHECK(reading_of(fixture, true).problems.empty());
}

TEST_CASE("surveys need exactly one of plots and classes, a year and crop of the study, and are unique") {
    CHECK(id_of(only_problem("plots = \"plots_2016.geojson\"\n", "")) == "study.plots_or_classes");
    CHECK(id_of(only_problem("plots = \"plots_2016.geojson\"", "classes = \"lossyear.asc\"")) ==
          "study.crop_class_missing");
    CHECK(id_of(only_problem("year = 2016\n", "year = 2015\n")) == "study.survey_year_outside");
    CHECK(id_of(only_problem("year = 2016\n", "year = 2017\n")) == "study.survey_twice");
    CHECK(id_of(only_problem("crop = \"coca\"", "crop = \"poppy\"")) == "study.survey_crop_outside");
}

TEST_CASE("every file takes its reading options, beside it or in braces") {
    const StudyFixture fixture;
    fixture.replace(
        "study.toml", "\"households.csv\"",
        "{ source = \"households.csv\", decimal = \",\", date_order = \"dmy\", encoding = \"ISO-8859-1\", crs = "
        "\"EPSG:4326\", columns = { household_id = \"ID\" } }");
    const StudyReading reading = reading_of(fixture);
    for (const Error& problem : reading.problems)
        UNSCOPED_INFO(problem.what());
    REQUIRE(reading.problems.empty());
    const StudySource& source = *reading.study.people.households;
    CHECK(source.options.decimal == vereda::geo::DecimalMark::comma);
    CHECK(source.options.date_order == vereda::geo::DateOrder::day_month_year);
    CHECK(source.options.encoding == "ISO-8859-1");
    CHECK(source.options.crs.has_value());
    CHECK(source.columns.at("household_id") == "ID");
    const Error error =
        only_problem("\"households.csv\"", "{ source = \"households.csv\", columns = { houshold_id = \"ID\" } }");
    CHECK(id_of(error) == "study.column_unknown_nearest");
    CHECK(argument(error, "nearest") == "household_id");
}

TEST_CASE("every problem is found at once, in the order of the lines") {
    const StudyFixture fixture;
    fixture.replace("study.toml", "kind = \"park\"", "kind = \"garden\"");
    fixture.replace("study.toml", "households.csv", "nobody.csv");
    fixture.replace("study.toml", "name = \"Fixture\"\n", "");
    const StudyReading reading = reading_of(fixture);
    REQUIRE(reading.problems.size() == 3);
    CHECK(std::ranges::is_sorted(reading.problems, {}, [](const Error& e) { return e.locus().line; }));
    CHECK_THROWS_AS(load_study(fixture.study(), false), Error);
}
