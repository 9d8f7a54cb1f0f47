#include "livelihoods/readiness_uncertainty.hpp"

#include <algorithm>
#include <cmath>

#include "livelihoods/readiness_score.hpp"
#include "livelihoods/uncertain_scores.hpp"
#include "tests/livelihoods/random_models.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

const geo::Date today = day(2021, 12, 31);

struct Case {
    ReadinessModel model;
    std::vector<RegionFacts> facts;
    std::vector<ReadinessRow> rows;
};

Case random_case(std::uint64_t seed, int regions, double missing) {
    RandomModels random(seed);
    Case result{random.model(), {}, {}};
    while (result.model.indicators.size() < 4)
        result.model = random.model();
    for (int r = 0; r < regions; ++r) {
        result.facts.push_back(random.complete(result.model, today, "R" + std::to_string(100 + r)));
        for (std::size_t k = 1; k < result.model.indicators.size(); ++k)
            if (random.chance(missing)) result.facts.back().measures.erase(result.model.indicators[k].id);
    }
    result.rows = readiness(result.model, result.facts, today);
    return result;
}

ReadinessUncertainty run(const Case& c, int jobs, long draws = 1400, std::uint64_t seed = 1) {
    return readiness_uncertainty(c.model, c.facts, c.rows, {draws, seed, {jobs}});
}

}  // namespace

TEST_CASE("the same seed gives the same robustness for any number of threads, another seed another") {
    const Case c = random_case(5, 20, 0.2);
    const ReadinessUncertainty one = run(c, 1);
    const ReadinessUncertainty three = run(c, 3);
    REQUIRE(one.regions.size() == 20);
    CHECK(one.draws == 1400);
    for (std::size_t i = 0; i < one.regions.size(); ++i) {
        CHECK(one.regions[i].rank_p05 == three.regions[i].rank_p05);
        CHECK(one.regions[i].rank_p95 == three.regions[i].rank_p95);
        CHECK(one.regions[i].mean_rank_shift == three.regions[i].mean_rank_shift);
        CHECK(one.regions[i].score_p50 == three.regions[i].score_p50);
    }
    for (std::size_t i = 0; i < one.choices.size(); ++i) {
        CHECK(one.choices[i].index.first == three.choices[i].index.first);
        CHECK(one.choices[i].index.total == three.choices[i].index.total);
    }
    CHECK(run(c, 1, 1400, 2).mean_rank_shift != one.mean_rank_shift);
}

TEST_CASE("a region that is better in everything stays first under every choice") {
    Case c = random_case(6, 15, 0);
    for (const Indicator& indicator : c.model.indicators) {
        const bool higher = indicator.direction == Direction::higher_is_better;
        c.facts[7].measures[indicator.id] = RandomModels::known(higher ? 50 : -50, today);
        for (std::size_t r = 0; r < c.facts.size(); ++r)  // and nobody else stands at the best goalpost
            if (r != 7) {
                double& value = *c.facts[r].measures[indicator.id].value;
                value = std::clamp(value, indicator.lo + 0.01, indicator.hi - 0.01);
            }
    }
    c.rows = readiness(c.model, c.facts, today);
    const ReadinessUncertainty result = run(c, 1);
    CHECK(result.regions[7].rank_p05 == 1);
    CHECK(result.regions[7].rank_p95 == 1);
    CHECK(result.regions[7].mean_rank_shift == 0);
    for (const RegionUncertainty& region : result.regions) {
        CHECK(region.rank_p05 <= region.rank_p95);
        CHECK(region.score_p05 <= region.score_p50);
        CHECK(region.score_p50 <= region.score_p95);
        CHECK(region.share_above_threshold >= 0);
        CHECK(region.share_above_threshold <= 1);
    }
}

TEST_CASE("a draw's scores are the plain weighted means of what it chose") {
    const Case c = random_case(8, 12, 0);
    std::vector<const RegionFacts*> regions;
    for (const RegionFacts& facts : c.facts)
        regions.push_back(&facts);
    const UncertainScores scores(c.model, regions, today);
    RandomModels random(9);
    std::vector<double> found(regions.size());
    const std::size_t count = c.model.indicators.size();
    for (int round = 0; round < 50; ++round) {
        ChoiceDraw draw;
        double sum = 0;
        for (std::size_t k = 0; k < count; ++k)
            sum += draw.weights.emplace_back(random.share());
        for (double& weight : draw.weights)
            weight /= sum;
        draw.aggregation = static_cast<std::size_t>(round) % 2;  // geometric, arithmetic
        draw.left_out = static_cast<std::size_t>(random.whole(0, static_cast<int>(count)));
        scores.score(draw, found);
        for (std::size_t r = 0; r < regions.size(); ++r) {
            std::vector<double> z;
            std::vector<double> weights;
            for (std::size_t k = 0; k < count; ++k) {
                if (k == draw.left_out) continue;
                z.push_back(normalised(*c.facts[r].measures.at(c.model.indicators[k].id).value, c.model.indicators[k]));
                weights.push_back(draw.weights[k]);
            }
            const double expected = draw.aggregation == 0 ? *geometric_mean(z, weights) : *arithmetic_mean(z, weights);
            CHECK(found[r] == Approx(expected).epsilon(1e-9));
        }
    }
}

TEST_CASE("with nothing missing the data explain nothing, and every index is a share") {
    const ReadinessUncertainty result = run(random_case(10, 25, 0), 2, 7000);
    for (const ChoiceSensitivity& choice : result.choices) {
        if (choice.choice == "data") {
            CHECK(choice.index.first == Approx(0).margin(0.08));
            CHECK(choice.index.total == 0);
        }
        CHECK(choice.index.first < 1.05);
        CHECK(choice.index.total > -1e-12);
        CHECK(choice.index.total < 1.3);
    }
    CHECK(result.mean_rank_shift > 0);
}

TEST_CASE("one region or no indicator leaves nothing to rank") {
    Case c = random_case(11, 1, 0);
    CHECK(run(c, 1).regions.empty());
    c = random_case(12, 5, 0);
    c.model.indicators.clear();
    c.rows = readiness(c.model, c.facts, today);
    CHECK(run(c, 1).regions.empty());
}
