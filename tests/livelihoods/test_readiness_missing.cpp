#include "livelihoods/readiness_missing.hpp"

#include "livelihoods/responsibility.hpp"
#include "tests/livelihoods/random_models.hpp"
#include "tests/livelihoods/tables.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

const geo::Date today = day(2021, 12, 31);

ReadinessModel model() {
    ReadinessModel result;
    result.name = "m";
    result.threshold = 0.5;
    for (const char* id : {"income", "tenure", "market"}) {
        Gate gate;
        gate.id = id;
        gate.measure = std::string(id) + "_share";
        gate.threshold = 0.8;
        result.gates.push_back(gate);
    }
    result.gates[0].clause = "(k)";
    result.pillars = {{"p", "", "", 1}};
    for (const char* id : {"x", "y"}) {
        Indicator indicator;
        indicator.id = id;
        indicator.pillar = "p";
        result.indicators.push_back(indicator);
    }
    return result;
}

std::vector<ReadinessMissingRow> missing(const RegionFacts& facts, const std::vector<Responsibility>& owners) {
    const std::vector<RegionFacts> all{facts};
    return readiness_missing(model(), all, readiness(model(), all, today), owners);
}

RegionFacts region() {
    RegionFacts facts;
    facts.region_id = "R";
    for (const char* id : {"income_share", "tenure_share", "market_share", "x", "y"})
        facts.measures[id] = RandomModels::known(0.9, today);
    return facts;
}

}  // namespace

TEST_CASE("what is missing names who owes it and by when, failed gates first; a READY region misses nothing") {
    const std::vector<Responsibility> owners = responsibilities_from(
        table({"region_id", "gate", "actor", "due_on"}, {{"", "income", "Agencia", "2021-06-30"},
                                                         {"R", "income", "Alcaldía", "2021-12-01"},
                                                         {"R", "income", "Cooperativa", "2022-03-01"},
                                                         {"S", "market", "Otra", ""}}),
        {});
    CHECK(missing(region(), owners).empty());
    RegionFacts facts = region();
    facts.measures["income_share"] = RandomModels::known(0.1, today);
    facts.measures.erase("market_share");
    facts.measures.erase("y");
    const auto rows = missing(facts, owners);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].kind == MissingKind::gate_failed);
    CHECK(rows[0].what == "income");
    CHECK(rows[0].owner == "Alcaldía; Cooperativa");  // its own rows, not those for everywhere
    CHECK(*rows[0].due_on == day(2021, 12, 1));
    CHECK(*rows[0].days_late == 30);
    CHECK(rows[0].clause == "(k)");
    CHECK(rows[1].kind == MissingKind::gate_unknown);
    CHECK(rows[1].what == "market");
    CHECK(rows[1].owner.empty());
    CHECK(rows[2].kind == MissingKind::indicator_unknown);
    CHECK(rows[2].what == "y");
    CHECK(rows[2].order == 3);
}

TEST_CASE("with every gate passed the score or the age of what it rests on is what is missing") {
    RegionFacts facts = region();
    facts.measures["x"] = RandomModels::known(0.1, today);
    facts.measures["y"] = RandomModels::known(0.1, today);
    CHECK(missing(facts, {}).at(0).kind == MissingKind::score_low);
    facts = region();
    facts.measures["tenure_share"] = RandomModels::known(0.9, day(2019, 1, 1));
    const auto rows = missing(facts, {});
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].kind == MissingKind::support_old);
    CHECK(rows[0].what == "tenure");
}

TEST_CASE("integrated approach: a gate that nobody owns somewhere is named") {
    const std::vector<Responsibility> owners{
        {"", "income", "A", {}}, {"", "tenure", "B", {}}, {"R", "market", "C", {}}};
    const std::vector<std::string> both{"R", "S"};
    const std::vector<std::string> one{"R"};
    CHECK(unowned_gates(model(), owners, both) == std::vector<std::string>{"market"});
    CHECK(unowned_gates(model(), owners, one).empty());
    geo::Diagnostics diagnostics;
    notice_unowned(model(), owners, both, diagnostics);
    CHECK(diagnostics.count(geo::Severity::warning) == 1);
    const std::vector<Responsibility> strange{{"", "incomes", "A", {}}};
    notice_unowned(model(), strange, one, diagnostics);
    CHECK(diagnostics.count(geo::Severity::warning) == 3);
}
