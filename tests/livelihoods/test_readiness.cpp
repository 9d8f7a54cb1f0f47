#include "livelihoods/readiness.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "geo/error.hpp"
#include "livelihoods/readiness_score.hpp"
#include "tests/livelihoods/plots.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

const geo::Date today = day(2021, 12, 31);

Measure measured(double value, geo::Date as_of = today) {
    Measure measure;
    measure.value = value;
    measure.as_of = as_of;
    return measure;
}

Indicator indicator(std::string id, std::string pillar, double weight = 1) {
    Indicator result;
    result.id = std::move(id);
    result.pillar = std::move(pillar);
    result.weight = weight;
    return result;
}

Gate gate(std::string id, std::string measure, double threshold) {
    Gate result;
    result.id = std::move(id);
    result.measure = std::move(measure);
    result.threshold = threshold;
    return result;
}

/// Gates licit income and market; three pillars with the weights of the oracle in methods §3.
ReadinessModel model() {
    ReadinessModel result;
    result.name = "test";
    result.threshold = 0.5;
    result.gates = {gate("licit_income", "licit", 0.8), gate("market", "", 0)};
    result.pillars = {{"a", "", "", 0.5}, {"b", "", "", 0.3}, {"c", "", "", 0.2}};
    result.indicators = {indicator("x", "a"), indicator("y", "b"), indicator("z", "c")};
    return result;
}

RegionFacts region(std::string id, double x, double y, double z) {
    RegionFacts facts;
    facts.region_id = std::move(id);
    facts.measures = {{"x", measured(x)}, {"y", measured(y)}, {"z", measured(z)}, {"licit", measured(0.9)}};
    facts.evidence = {{"market", {GateState::pass, today, std::nullopt, "contract"}}};
    return facts;
}

ReadinessRow row(const RegionFacts& facts) {
    return readiness(model(), std::vector<RegionFacts>{facts}, today).front();
}

double random_share(std::mt19937_64& random) {
    return std::uniform_real_distribution<double>(0, 1)(random);
}

}  // namespace

TEST_CASE("the index reproduces 0.7300 arithmetic and 0.6431 geometric") {
    const ReadinessRow result = row(region("R", 0.9, 0.8, 0.2));
    CHECK(*result.arithmetic == Approx(0.7300).margin(5e-5));
    CHECK(*result.score == Approx(0.6431).margin(5e-5));
    CHECK(*result.score_lo == *result.score);
    CHECK(*result.score_hi == *result.score);
}

TEST_CASE("weights multiply pillar and indicator and sum to one") {
    ReadinessModel weighted = model();
    weighted.indicators = {indicator("x", "a", 3), indicator("y", "a", 1), indicator("z", "b", 7)};
    // Pillar c has no indicator: a and b share 0.5 : 0.3.
    const std::vector<double> weights = indicator_weights(weighted);
    CHECK(weights[0] == Approx(0.625 * 0.75));
    CHECK(weights[1] == Approx(0.625 * 0.25));
    CHECK(weights[2] == Approx(0.375));
}

TEST_CASE("a high score does not buy a failed gate, and a lower one with all gates met is ready") {
    RegionFacts a = region("A", 0.74, 0.74, 0.74);
    a.measures["licit"] = measured(0.1);
    const RegionFacts b = region("B", 0.58, 0.58, 0.58);
    const auto rows = readiness(model(), std::vector{a, b}, today);
    CHECK(*rows[0].score == Approx(0.74));
    CHECK(rows[0].state == ReadinessState::not_ready);
    CHECK(rows[0].reason.arguments == geo::MessageArguments{{"gates", "licit_income"}});
    CHECK(*rows[1].score == Approx(0.58));
    CHECK(rows[1].state == ReadinessState::ready);
    REQUIRE(rows[1].expires_on);
    CHECK(*rows[1].expires_on == day(2022, 12, 31));
    CHECK_FALSE(rows[0].expires_on);
}

TEST_CASE("missing market data is undetermined, not a no") {
    RegionFacts facts = region("R", 0.9, 0.9, 0.9);
    facts.evidence.clear();
    CHECK(row(facts).state == ReadinessState::insufficient_data);
    facts.measures["licit"] = measured(0.2);  // and a known failure outweighs the unknown
    CHECK(row(facts).state == ReadinessState::not_ready);
}

TEST_CASE("the states follow the score interval, the age of the evidence and what is known") {
    RegionFacts facts = region("R", 0.4, 0.4, 0.4);
    CHECK(row(facts).state == ReadinessState::not_ready);
    facts = region("R", 0.6, 0.6, 0.6);
    facts.measures["x"].lo = 0.2;
    facts.measures["x"].hi = 0.8;
    CHECK(row(facts).state == ReadinessState::conditional);
    facts = region("R", 0.6, 0.6, 0.6);
    facts.measures["x"].as_of = day(2020, 12, 30);
    CHECK(row(facts).state == ReadinessState::conditional);
    facts.measures["x"].as_of = day(2020, 12, 31);  // twelve months to the day are not older than twelve months
    CHECK(row(facts).state == ReadinessState::ready);
    facts = region("R", 0.9, 0.9, 0.9);
    facts.measures.erase("x");  // half of the weight is gone
    CHECK(row(facts).state == ReadinessState::insufficient_data);
    facts = region("R", 0.9, 0.9, 0.9);
    facts.measures.erase("z");
    CHECK(row(facts).indicator_coverage == Approx(0.8));
    // 0.8 known at 0.9, 0.2 missing at the floor: 0.9^0.8 * 0.01^0.2 = 0.3659
    CHECK(*row(facts).score_lo == Approx(std::pow(0.9, 0.8) * std::pow(0.01, 0.2)));
    CHECK(*row(facts).score_hi == Approx(std::pow(0.9, 0.8)));
    CHECK(row(facts).state == ReadinessState::conditional);
}

TEST_CASE("a gate whose interval spans its threshold is unknown, and a statement may settle it") {
    RegionFacts facts = region("R", 0.9, 0.9, 0.9);
    facts.measures["licit"].lo = 0.7;
    facts.measures["licit"].hi = 1.0;
    CHECK(row(facts).gates[0].state == GateState::unknown);
    facts.evidence["licit_income"] = {GateState::pass, today, std::nullopt, "survey"};
    CHECK(row(facts).gates[0].state == GateState::pass);
    facts.evidence["licit_income"].valid_until = day(2021, 6, 1);
    CHECK(row(facts).gates[0].state == GateState::unknown);
    facts.evidence["licit_income"] = {GateState::fail, today, std::nullopt, "survey"};
    facts.measures["licit"] = measured(1.0);
    CHECK(row(facts).gates[0].state == GateState::fail);
}

TEST_CASE("evidence that is too old, undated or of tomorrow is unknown") {
    ReadinessModel aged = model();
    aged.gates[0].max_age_months = 24;
    RegionFacts facts = region("R", 0.9, 0.9, 0.9);
    const auto state = [&] { return readiness(aged, std::vector{facts}, today).front().gates[0].state; };
    facts.measures["licit"].as_of = day(2019, 12, 31);
    CHECK(state() == GateState::pass);
    facts.measures["licit"].as_of = day(2019, 12, 30);
    CHECK(state() == GateState::unknown);
    facts.measures["licit"].as_of.reset();
    CHECK(state() == GateState::unknown);
    facts.measures["licit"].as_of = day(2022, 1, 1);
    CHECK(state() == GateState::unknown);
}

TEST_CASE("law: the geometric score never exceeds the arithmetic, and the interval holds the complete score") {
    std::mt19937_64 random(7);
    for (int i = 0; i < 2000; ++i) {
        const RegionFacts complete = region("R", random_share(random), random_share(random), random_share(random));
        const ReadinessRow full = row(complete);
        // The floor lifts zeros under 0.01 in the geometric mean only.
        CHECK(*full.score <= *full.arithmetic + score_floor + 1e-12);
        if (std::min({*complete.measures.at("x").value, *complete.measures.at("y").value,
                      *complete.measures.at("z").value}) >= score_floor)
            CHECK(*full.score <= *full.arithmetic + 1e-12);
        for (const char* missing : {"x", "y", "z"}) {
            RegionFacts partial = complete;
            partial.measures.erase(missing);
            const ReadinessRow known = row(partial);
            CHECK(*known.score_lo <= *full.score + 1e-12);
            CHECK(*known.score_hi >= *full.score - 1e-12);
        }
    }
}

TEST_CASE("law: a region with an unknown or failed gate is never ready, and no gate result changes the score") {
    std::mt19937_64 random(11);
    for (int i = 0; i < 2000; ++i) {
        RegionFacts facts = region("R", random_share(random), random_share(random), random_share(random));
        if (random() % 2 == 0) facts.measures["licit"] = measured(random_share(random));
        if (random() % 3 == 0) facts.measures.erase("licit");
        if (random() % 3 == 0) facts.evidence.clear();
        if (random() % 5 == 0) facts.measures.erase("y");
        const ReadinessRow result = row(facts);
        const bool all_pass =
            std::ranges::all_of(result.gates, [](const GateResult& g) { return g.state == GateState::pass; });
        if (!all_pass) CHECK(result.state != ReadinessState::ready);
        if (!all_pass) CHECK(result.state != ReadinessState::conditional);
        CHECK(result.expires_on.has_value() == (result.state == ReadinessState::ready));
    }
}

TEST_CASE("law: ranks agree with scores and with what the intervals allow") {
    std::mt19937_64 random(13);
    for (int round = 0; round < 50; ++round) {
        std::vector<RegionFacts> facts;
        for (int i = 0; i < 12; ++i) {
            facts.push_back(
                region("R" + std::to_string(i), random_share(random), random_share(random), random_share(random)));
            if (random() % 3 == 0) facts.back().measures.erase("z");
        }
        const auto rows = readiness(model(), facts, today);
        for (const ReadinessRow& a : rows) {
            CHECK(*a.rank_lo <= *a.rank);
            CHECK(*a.rank <= *a.rank_hi);
            const auto better = std::ranges::count_if(rows, [&](const ReadinessRow& b) { return *b.score > *a.score; });
            CHECK(*a.rank == better + 1);
        }
    }
}

TEST_CASE("coerced households cannot become ready through income alone") {
    ReadinessModel safe = model();
    safe.gates.push_back(gate("safety", "unresolved_threats", 0));
    safe.gates.back().comparison = Comparison::at_most;
    RegionFacts facts = region("R", 1, 1, 1);
    facts.measures["unresolved_threats"] = measured(4);
    const auto rows = readiness(safe, std::vector{facts}, today);
    CHECK(*rows[0].score == Approx(1));
    CHECK(rows[0].state == ReadinessState::not_ready);
}

TEST_CASE("a model that does not hang together is refused") {
    const auto refused = [](auto change) {
        ReadinessModel broken = model();
        change(broken);
        CHECK_THROWS_AS(validated(broken, {}), geo::Error);
    };
    CHECK_NOTHROW(validated(model(), {}));
    refused([](ReadinessModel& m) { m.gates.clear(); });
    refused([](ReadinessModel& m) { m.gates[1].id = m.gates[0].id; });
    refused([](ReadinessModel& m) { m.indicators[1].id = m.indicators[0].id; });
    refused([](ReadinessModel& m) { m.indicators[0].pillar = "nowhere"; });
    refused([](ReadinessModel& m) { m.indicators[0].lo = 1; });
    refused([](ReadinessModel& m) { m.indicators[0].weight = 0; });
    refused([](ReadinessModel& m) { m.pillars[0].weight = -1; });
    refused([](ReadinessModel& m) { m.threshold = 1.5; });
}
