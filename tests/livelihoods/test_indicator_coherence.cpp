#include "livelihoods/indicator_coherence.hpp"

#include "tests/livelihoods/random_models.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

const geo::Date today = day(2021, 12, 31);

Indicator indicator(std::string id, std::string pillar, Direction direction = Direction::higher_is_better) {
    Indicator result;
    result.id = std::move(id);
    result.pillar = std::move(pillar);
    result.hi = 10;
    result.direction = direction;
    return result;
}

}  // namespace

TEST_CASE("correlation agrees with a case worked by hand") {
    const std::vector<double> x{1, 2, 3, 4, 5};
    const std::vector<double> y{2, 1, 4, 3, 5};
    CHECK(*correlation(x, y) == Approx(0.8));  // Σ(x-3)(y-3) = 8, Σ(x-3)² = Σ(y-3)² = 10
    const std::vector<double> flat(5, 1.0);
    CHECK_FALSE(correlation(x, flat));
}

TEST_CASE("twins are redundant, opposites within a pillar oppose, flat ones and few regions are told") {
    ReadinessModel model;
    model.pillars = {{"p", "", "", 1}, {"q", "", "", 1}};
    model.indicators = {indicator("a", "p"),       indicator("twin", "p"),
                        indicator("against", "p"), indicator("flat", "q"),
                        indicator("rare", "q"),    indicator("same_but_lower", "q", Direction::lower_is_better)};
    std::vector<RegionFacts> facts(6);
    const std::vector<double> values{1, 4, 2, 8, 5, 7};
    const std::vector<double> against{8, 7, 6, 3, 6, 1};
    for (std::size_t r = 0; r < facts.size(); ++r) {
        auto& m = facts[r].measures;
        m["a"] = RandomModels::known(values[r], today);
        m["twin"] = RandomModels::known(values[r] / 2 + 1, today);
        m["against"] = RandomModels::known(against[r], today);
        m["flat"] = RandomModels::known(3, today);
        m["same_but_lower"] = RandomModels::known(10 - values[r], today);
        if (r < 3) m["rare"] = RandomModels::known(values[r], today);
    }
    const auto rows = indicator_coherence(model, facts, today);
    CHECK(rows.size() == 15);
    const auto find = [&](const char* a, const char* b) {
        for (const CoherenceRow& row : rows)
            if (row.indicator_a == a && row.indicator_b == b) return row;
        return CoherenceRow{};
    };
    CHECK(find("a", "twin").finding == Coherence::redundant);
    CHECK(*find("a", "twin").pearson == Approx(1));
    CHECK(find("a", "against").finding == Coherence::opposed);
    CHECK(find("a", "flat").finding == Coherence::constant);
    CHECK(find("a", "rare").finding == Coherence::few_regions);
    CHECK(find("a", "same_but_lower").finding == Coherence::redundant);  // both better in the same regions
    CHECK(*find("a", "same_but_lower").spearman == Approx(1));
}
