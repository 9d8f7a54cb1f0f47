#include "livelihoods/rater_agreement.hpp"

#include "tests/livelihoods/plots.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using vereda::tests::day;

namespace {

IndicatorValue rating(std::string region, std::string rater, double value, geo::Date on = day(2021, 6, 1)) {
    IndicatorValue result;
    result.region_id = std::move(region);
    result.indicator = "participation";
    result.rater = std::move(rater);
    result.value = value;
    result.as_of = on;
    return result;
}

RaterAgreement one(const std::vector<IndicatorValue>& values, double least = default_rater_agreement) {
    const auto rows = rater_agreement(values, day(2021, 12, 31), least, 1);
    REQUIRE(rows.size() == 1);
    return rows.front();
}

}  // namespace

TEST_CASE("Krippendorff's own example gives 0.849 for interval data") {
    // K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): four observers, twelve units, the last
    // with one value.
    const std::vector<std::vector<double>> units{{1, 1, 1},    {2, 2, 3, 2}, {3, 3, 3, 3}, {3, 3, 3, 3},
                                                 {2, 2, 2, 2}, {1, 2, 3, 4}, {4, 4, 4, 4}, {1, 1, 2, 1},
                                                 {2, 2, 2, 2}, {5, 5, 5},    {1, 1},       {3}};
    CHECK(*krippendorff_alpha(units) == Approx(0.849).margin(5e-4));
}

TEST_CASE("two raters and two regions worked by hand") {
    // Within: 2·(1² + 1²) over 2 − 1, by 4 ratings: Do = 1. Between all pairs of 1, 2, 5, 6: 2·(1 + 16 + 25 + 9 + 16 +
    // 1) = 136 by 4·3: De = 11.333. α = 1 − 1 / 11.333.
    const std::vector<std::vector<double>> units{{1, 2}, {5, 6}};
    CHECK(*krippendorff_alpha(units) == Approx(1 - 12.0 / 136));
    // A shift of every rating changes nothing.
    const std::vector<std::vector<double>> shifted{{1e6 + 1, 1e6 + 2}, {1e6 + 5, 1e6 + 6}};
    CHECK(*krippendorff_alpha(shifted) == Approx(1 - 12.0 / 136));
    const std::vector<std::vector<double>> opposite{{1, 5}, {5, 1}};
    CHECK(*krippendorff_alpha(opposite) < 0);
    const std::vector<std::vector<double>> alike{{3, 3}, {3, 3}};
    CHECK_FALSE(krippendorff_alpha(alike));
    const std::vector<std::vector<double>> alone{{3}, {4}};
    CHECK_FALSE(krippendorff_alpha(alone));
}

TEST_CASE("raters who agree, who do not, who never vary and who are alone are told apart") {
    const RaterAgreement agree =
        one({rating("R", "A", 1), rating("R", "B", 2), rating("S", "A", 5), rating("S", "B", 6)});
    CHECK(agree.agreement == Agreement::agree);
    CHECK(agree.regions == 2);
    CHECK(agree.raters == 2);
    CHECK(agree.ratings == 4);
    CHECK_FALSE(agree.alpha_lo);
    CHECK(one({rating("R", "A", 1), rating("R", "B", 2), rating("S", "A", 5), rating("S", "B", 6)}, 0.95).agreement ==
          Agreement::disagree);
    const RaterAgreement apart =
        one({rating("R", "A", 1), rating("R", "B", 4), rating("S", "A", 4), rating("S", "B", 3)});
    CHECK(apart.agreement == Agreement::disagree);
    CHECK(apart.widest_region == "R");
    CHECK(apart.widest_lo == 1);
    CHECK(apart.widest_hi == 4);
    CHECK(one({rating("R", "A", 3), rating("R", "B", 3)}).agreement == Agreement::no_variation);
    CHECK(one({rating("R", "A", 3), rating("S", "A", 3)}).agreement == Agreement::too_few);
    CHECK(one({rating("R", "A", 3), rating("S", "B", 3)}).raters == 2);
}

TEST_CASE("the latest rating of each person counts, the future and unrated values do not") {
    std::vector<IndicatorValue> values{rating("R", "A", 9, day(2020, 1, 1)), rating("R", "A", 1), rating("R", "B", 2),
                                       rating("R", "B", 9, day(2022, 1, 1)), rating("S", "A", 5), rating("S", "B", 6)};
    values.push_back(rating("S", "C", 0));
    values.back().value.reset();
    values.push_back(rating("S", "", 0));
    CHECK(*one(values).alpha == Approx(1 - 12.0 / 136));
}

TEST_CASE("the interval of the agreement holds it and repeats with the seed") {
    std::vector<IndicatorValue> values;
    for (int i = 0; i < 20; ++i) {
        const std::string region = "R" + std::to_string(i);
        values.push_back(rating(region, "A", i));
        values.push_back(rating(region, "B", i + (i % 3) - 1));
    }
    const RaterAgreement first = one(values);
    REQUIRE(first.alpha_lo);
    CHECK(*first.alpha_lo <= *first.alpha);
    CHECK(*first.alpha <= *first.alpha_hi);
    CHECK(*first.alpha > 0.9);
    CHECK(*one(values).alpha_lo == *first.alpha_lo);
}
