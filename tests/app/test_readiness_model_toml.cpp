#include "app/formats/readiness_model_toml.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "geo/error.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::app;
using livelihoods::Comparison;
using livelihoods::Gate;
using livelihoods::GateBasis;

namespace {

livelihoods::ReadinessModel shipped(const std::string& name) {
    std::ifstream file(std::filesystem::path(VEREDA_SOURCE_DIR) / "share/vereda/readiness" / (name + ".toml"));
    REQUIRE(file);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return readiness_model_from_toml(text, {});
}

std::string with_test(const std::string& test) {
    return "[model]\nname = 'm'\nversion = '1'\nsource = 's'\nthreshold = 0.5\n[[gate]]\nid = 'g'\n"
           "title = { en = 'a', es = 'b' }\ntest = '" +
           test + "'\n";
}

}  // namespace

TEST_CASE("the shipped models read, say that no source fixes their numbers, and name every gate in both languages") {
    for (const char* name : {"development_first", "development_first_minimal"}) {
        const livelihoods::ReadinessModel model = shipped(name);
        CHECK(model.name == name);
        CHECK_THAT(model.source, vereda::tests::ContainsSubstring("no source fixes"));
        CHECK_FALSE(model.clauses_not_covered.empty());
        for (const Gate& gate : model.gates) {
            CHECK_FALSE(gate.title_en.empty());
            CHECK_FALSE(gate.title_es.empty());
            CHECK((gate.basis != GateBasis::un_text || !gate.clause.empty()));
        }
    }
}

TEST_CASE("development first has the eight gates of the methods, prior consultation, and two more of the UN text") {
    const livelihoods::ReadinessModel model = shipped("development_first");
    CHECK(model.gates.size() == 11);
    CHECK(model.pillars.size() == 9);
    const auto safety = std::ranges::find(model.gates, "safety", &Gate::id);
    REQUIRE(safety != model.gates.end());
    CHECK(safety->measure == "unresolved_threats");
    CHECK(safety->comparison == Comparison::at_most);
    CHECK(safety->threshold == 0);
    const auto climate = std::ranges::find(model.gates, "climate", &Gate::id);
    REQUIRE(climate != model.gates.end());
    CHECK(climate->measure.empty());
    const auto income = std::ranges::find(model.gates, "licit_income", &Gate::id);
    CHECK(income->threshold == 0.8);
    CHECK_THAT(income->clause, vereda::tests::ContainsSubstring("so that the measures may be properly sequenced"));
}

TEST_CASE("a gate's test is a comparison or evidence, nothing else") {
    const Gate gate = readiness_model_from_toml(with_test(" food >=  0.8 "), {}).gates.front();
    CHECK(gate.measure == "food");
    CHECK(gate.threshold == 0.8);
    CHECK(readiness_model_from_toml(with_test("evidence"), {}).gates.front().measure.empty());
    for (const char* test : {"food", "food > 0.8", "food >= many", "food >= 0.8 or so", ">= 0.8", "two words >= 1", ""})
        CHECK_THROWS_AS(readiness_model_from_toml(with_test(test), {}), geo::Error);
}

TEST_CASE("an unknown key in a model is an error, and so is a model without gates") {
    CHECK_THROWS_AS(readiness_model_from_toml(with_test("evidence") + "treshold = 1\n", {}), geo::Error);
    CHECK_THROWS_AS(
        readiness_model_from_toml("[model]\nname = 'm'\nversion = '1'\nsource = 's'\nthreshold = 0.5\n", {}),
        geo::Error);
}

TEST_CASE("a gate may ask only where a measure is above a number, tell of consent, and speak Spanish") {
    const auto model_with = [](const std::string& more) {
        return readiness_model_from_toml(with_test("evidence") + more, {}).gates.front();
    };
    const Gate gate = model_with("only_where = 'ethnic_land_share > 0.25'\nconsent = true\nclause_es = 'c'\n");
    CHECK(gate.only_where == "ethnic_land_share");
    CHECK(gate.only_above == 0.25);
    CHECK(gate.consent);
    CHECK(gate.clause_es == "c");
    for (const char* condition : {"ethnic_land_share", "ethnic_land_share < 1", "> 0", "a b > 0", "x > much"})
        CHECK_THROWS_AS(model_with(std::string("only_where = '") + condition + "'\n"), geo::Error);
}

TEST_CASE("weights come from where the model says: all alike, stated, or a community's ballots") {
    const std::string head = "[model]\nname = 'm'\nversion = '1'\nsource = 's'\nthreshold = 0.5\n";
    const std::string gate = "[[gate]]\nid = 'g'\ntitle = { en = 'a', es = 'b' }\ntest = 'evidence'\n";
    const auto pillar = [](const std::string& id, const std::string& more = "") {
        return "[[pillar]]\nid = '" + id + "'\ntitle = { en = 'a', es = 'b' }\n" + more;
    };
    const auto read = [&](const std::string& weighting, const std::string& rest) {
        return readiness_model_from_toml(head + weighting + gate + rest, {});
    };
    CHECK(read("", pillar("a", "weight = 3\n")).pillars[0].weight == 3);
    CHECK(read("weighting = 'equal'\n", pillar("a")).pillars[0].weight == 1);
    CHECK_THROWS_AS(read("weighting = 'equal'\n", pillar("a", "weight = 3\n")), geo::Error);
    const auto voted = read("weighting = 'budget_allocation'\n",
                            pillar("a") + pillar("b") + "[[ballot]]\nvoter = 'Asamblea'\npoints = { a = 3, b = 1 }\n");
    CHECK(voted.pillars[0].weight == 0.75);
    CHECK_THROWS_AS(read("weighting = 'budget_allocation'\n", pillar("a")), geo::Error);
    CHECK_THROWS_AS(read("weighting = 'by_hand'\n", pillar("a")), geo::Error);
}
