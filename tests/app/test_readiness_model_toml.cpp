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

TEST_CASE("development first has the eight gates of the methods, and two more of the UN text") {
    const livelihoods::ReadinessModel model = shipped("development_first");
    CHECK(model.gates.size() == 10);
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
