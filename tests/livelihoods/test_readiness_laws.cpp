#include <algorithm>
#include <cmath>

#include "geo/error.hpp"
#include "livelihoods/facts.hpp"
#include "livelihoods/readiness.hpp"
#include "livelihoods/readiness_score.hpp"
#include "tests/livelihoods/random_models.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

const geo::Date today = day(2021, 12, 31);

ReadinessRow judged(const ReadinessModel& model, const RegionFacts& facts) {
    return readiness(model, std::vector{facts}, today).front();
}

/// exp(Σ w ln max(z, 0.01)), written out apart from the code under test.
double geometric_by_hand(const ReadinessModel& model, const RegionFacts& facts) {
    std::map<std::string, double> in_pillar;
    std::map<std::string, double> pillar_weight;
    double pillars = 0;
    for (const Indicator& i : model.indicators)
        in_pillar[i.pillar] += i.weight;
    for (const Pillar& p : model.pillars) {
        if (!in_pillar.contains(p.id)) continue;
        pillar_weight[p.id] = p.weight;
        pillars += p.weight;
    }
    double sum = 0;
    for (const Indicator& i : model.indicators) {
        double z = (*facts.measures.at(i.id).value - i.lo) / (i.hi - i.lo);
        z = std::min(1.0, std::max(0.0, z));
        if (i.direction == Direction::lower_is_better) z = 1 - z;
        sum += pillar_weight[i.pillar] / pillars * i.weight / in_pillar[i.pillar] * std::log(std::max(z, 0.01));
    }
    return std::exp(sum);
}

/// The value at which an indicator stands at its worst or best goalpost.
double goalpost(const Indicator& indicator, bool best) {
    return (indicator.direction == Direction::higher_is_better) == best ? indicator.hi : indicator.lo;
}

int order(ReadinessState state) {
    switch (state) {
        case ReadinessState::ready:
            return 3;
        case ReadinessState::conditional:
            return 2;
        case ReadinessState::insufficient_data:
            return 1;
        case ReadinessState::not_ready:
            break;
    }
    return 0;
}

/// The truth that a person would read off complete data.
bool truly_ready(const ReadinessModel& model, const RegionFacts& facts) {
    for (const Gate& gate : model.gates) {
        const double value = *facts.measures.at(gate.measure).value;
        if (gate.comparison == Comparison::at_least ? value < gate.threshold : value > gate.threshold) return false;
    }
    return geometric_by_hand(model, facts) >= model.threshold;
}

}  // namespace

TEST_CASE("law: the interval from missing data equals the least and greatest score of every completion") {
    RandomModels random(101);
    for (int round = 0; round < 400; ++round) {
        const ReadinessModel model = random.model();
        const RegionFacts complete = random.complete(model, today);
        RegionFacts partial = complete;
        std::vector<const Indicator*> missing;
        for (const Indicator& indicator : model.indicators) {
            if (!random.chance(0.4)) continue;
            partial.measures.erase(indicator.id);
            missing.push_back(&indicator);
        }
        const ReadinessRow row = judged(model, partial);
        double least = 2;
        double most = -1;
        for (unsigned corner = 0; corner < (1U << missing.size()); ++corner) {
            RegionFacts filled = partial;
            for (std::size_t k = 0; k < missing.size(); ++k)
                filled.measures[missing[k]->id] =
                    RandomModels::known(goalpost(*missing[k], ((corner >> k) & 1U) != 0), today);
            const double score = geometric_by_hand(model, filled);
            least = std::min(least, score);
            most = std::max(most, score);
        }
        CHECK(*row.score_lo == Approx(least).margin(1e-12));
        CHECK(*row.score_hi == Approx(most).margin(1e-12));
        const double whole = geometric_by_hand(model, complete);
        CHECK(*row.score_lo <= whole + 1e-12);
        CHECK(*row.score_hi >= whole - 1e-12);
    }
}

TEST_CASE("law: of any model the geometric score never exceeds the arithmetic by more than the floor allows") {
    RandomModels random(102);
    for (int round = 0; round < 2000; ++round) {
        const ReadinessModel model = random.model();
        const RegionFacts facts = random.complete(model, today);
        const ReadinessRow row = judged(model, facts);
        const bool floored = std::ranges::any_of(model.indicators, [&](const Indicator& indicator) {
            return normalised(*facts.measures.at(indicator.id).value, indicator) < score_floor;
        });
        CHECK(*row.score <= *row.arithmetic + (floored ? score_floor : 0) + 1e-12);
        CHECK(*row.score == Approx(geometric_by_hand(model, facts)).margin(1e-12));
    }
}

TEST_CASE("law: on complete data every truly ready region is READY and no other one is") {
    RandomModels random(103);
    long ready = 0;
    for (int round = 0; round < 4000; ++round) {
        const ReadinessModel model = random.model();
        RegionFacts facts = random.complete(model, today);
        if (random.chance(0.7)) {  // pass the gates, so that readiness is not rare
            for (const Gate& gate : model.gates)
                facts.measures[gate.measure] = RandomModels::known(gate.threshold, today);
        }
        const bool truth = truly_ready(model, facts);
        if (truth) ++ready;
        CHECK((judged(model, facts).state == ReadinessState::ready) == truth);
    }
    CHECK(ready > 200);
}

TEST_CASE("law: forgetting anything never makes a region READY, and unknown gates never pass") {
    RandomModels random(104);
    for (int round = 0; round < 3000; ++round) {
        const ReadinessModel model = random.model();
        const RegionFacts complete = random.complete(model, today);
        RegionFacts partial = complete;
        std::erase_if(partial.measures, [&](const auto&) { return random.chance(0.3); });
        const ReadinessRow row = judged(model, partial);
        if (row.state == ReadinessState::ready) CHECK(judged(model, complete).state == ReadinessState::ready);
        for (const GateResult& gate : row.gates) {
            const auto known = std::ranges::find(model.gates, gate.gate_id, &Gate::id);
            if (!partial.measures.contains(known->measure)) CHECK(gate.state == GateState::unknown);
        }
    }
}

TEST_CASE("law: delivering what was promised, or having it confirmed, never lowers readiness") {
    RandomModels random(105);
    ReadinessModel model;
    model.name = "deliveries";
    model.threshold = 0.5;
    Gate delivered;
    delivered.id = "delivery";
    delivered.measure = "delivered_share";
    delivered.threshold = 0.6;
    model.gates = {delivered};
    model.pillars = {{"support", "", "", 1}};
    for (const char* id : {"reached_share", "credit_share", "on_time_share"}) {
        Indicator indicator;
        indicator.id = id;
        indicator.pillar = "support";
        model.indicators.push_back(indicator);
    }
    const std::vector<std::string> ids{"R"};
    for (int round = 0; round < 400; ++round) {
        model.threshold = 0.1 + 0.8 * random.share();
        model.gates[0].threshold = random.share();
        for (Indicator& indicator : model.indicators) {
            indicator.weight = 0.1 + random.share();
            indicator.lo = -0.5 * random.share();
            indicator.hi = 0.3 + 0.7 * random.share();
        }
        std::vector<Household> households(static_cast<std::size_t>(random.whole(1, 8)));
        for (std::size_t i = 0; i < households.size(); ++i) {
            households[i].id = "h" + std::to_string(i);
            households[i].region_id = "R";
        }
        std::vector<Delivery> deliveries(static_cast<std::size_t>(random.whole(1, 15)));
        for (Delivery& row : deliveries) {
            row.household_id =
                households[static_cast<std::size_t>(random.whole(0, static_cast<int>(households.size()) - 1))].id;
            row.region_id = "R";
            row.component = random.chance(0.4) ? Component::credit : Component::food;
            row.promised_on = day(2020, static_cast<unsigned>(random.whole(1, 12)), 1);
        }
        double score = -1;
        int state = -1;
        GateState gate = GateState::unknown;
        for (std::size_t i = 0; i < deliveries.size(); ++i) {
            for (const auto confirmation : {Confirmation::payer_only, Confirmation::confirmed}) {
                deliveries[i].delivered_on = day(2020, 12, 20);
                deliveries[i].confirmation = confirmation;
                Registers registers;
                registers.households = households;
                registers.deliveries = deliveries;
                geo::Diagnostics diagnostics;
                const ReadinessRow row =
                    readiness(model, region_facts(ids, registers, today, diagnostics), today).front();
                REQUIRE(row.score);
                CHECK(*row.score >= score - 1e-12);
                CHECK(order(row.state) >= state);
                score = *row.score;
                state = order(row.state);
                gate = row.gates[0].state;
            }
        }
        CHECK(gate == GateState::pass);  // everything promised has come and is confirmed
    }
}

TEST_CASE("a condition that only ethnic land asks is free elsewhere, and unknown where the land is not known") {
    ReadinessModel model;
    model.name = "consultation";
    model.threshold = 0;
    Gate consultation;
    consultation.id = "consultation";
    consultation.only_where = "ethnic_land_share";
    consultation.consent = true;
    model.gates = {consultation};
    RegionFacts facts;
    facts.region_id = "R";
    CHECK(judged(model, facts).gates[0].state == GateState::unknown);
    facts.measures["ethnic_land_share"] = RandomModels::known(0, today);
    CHECK(judged(model, facts).state == ReadinessState::ready);
    facts.measures["ethnic_land_share"] = RandomModels::known(0.3, today);
    CHECK(judged(model, facts).state == ReadinessState::insufficient_data);
    facts.evidence["consultation"] = {GateState::pass, today, day(2022, 6, 30), "acta"};
    const ReadinessRow agreed = judged(model, facts);
    CHECK(agreed.state == ReadinessState::ready);
    CHECK(agreed.consent == GateState::pass);
    CHECK(*agreed.consent_until == day(2022, 6, 30));
    CHECK(*agreed.expires_on == day(2022, 6, 30));
    facts.measures["ethnic_land_share"] = RandomModels::known(0, today);
    facts.evidence["consultation"].value = GateState::fail;  // a stated no is heard even where none was asked
    CHECK(judged(model, facts).state == ReadinessState::not_ready);
}

TEST_CASE("a community's budget allocation makes the weights: the mean of the shares of every ballot") {
    ReadinessModel model;
    model.name = "budget";
    model.threshold = 0.5;
    Gate gate;
    gate.id = "g";
    model.gates = {gate};
    model.pillars = {{"food", "", "", 1}, {"road", "", "", 1}};
    for (const char* id : {"food", "road"}) {
        Indicator indicator;
        indicator.id = id;
        indicator.pillar = id;
        model.indicators.push_back(indicator);
    }
    model.weighting = Weighting::budget_allocation;
    model.ballots = {{"Asamblea A", {{"food", 30}, {"road", 10}}}, {"Asamblea B", {{"road", 5}, {"food", 5}}}};
    const std::vector<double> weights = indicator_weights(validated(model, {}));
    CHECK(weights[0] == Approx((0.75 + 0.5) / 2));
    CHECK(weights[1] == Approx((0.25 + 0.5) / 2));
    const auto refused = [&](auto change) {
        ReadinessModel broken = model;
        change(broken);
        CHECK_THROWS_AS(validated(broken, {}), geo::Error);
    };
    refused([](ReadinessModel& m) { m.ballots.clear(); });
    refused([](ReadinessModel& m) { m.ballots[0].points["school"] = 1; });
    refused([](ReadinessModel& m) { m.ballots[0].points["food"] = -1; });
    refused([](ReadinessModel& m) { m.ballots = {{"A", {{"food", 1}}}}; });  // nobody gives the road anything
    refused([](ReadinessModel& m) { m.weighting = Weighting::given; });
}

TEST_CASE("cleaner cultivation: agrochemicals halved on equal hectares raise the environment pillar and the score") {
    ReadinessModel model;
    model.name = "environment";
    model.threshold = 0.5;
    Gate gate;
    gate.id = "g";
    model.gates = {gate};
    model.pillars = {{"environment", "", "", 1}};
    Indicator indicator;
    indicator.id = "agrochemicals";
    indicator.pillar = "environment";
    indicator.direction = Direction::lower_is_better;
    indicator.hi = 15;
    model.indicators = {indicator};
    RegionFacts facts;
    facts.region_id = "R";
    facts.measures["agrochemicals"] = RandomModels::known(12, today);
    const double before = *judged(model, facts).score;
    facts.measures["agrochemicals"] = RandomModels::known(6, today);
    CHECK(before == Approx(0.2));
    CHECK(*judged(model, facts).score == Approx(0.6));
}
