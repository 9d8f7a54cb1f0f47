/// Claims beside satellites: squares on a plane whose hectares are worked by hand.
#include "regions/claim_check.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::regions;
using namespace std::chrono;

namespace {

const geo::Crs& plane() {
    static const geo::Crs crs = geo::Crs::parse("EPSG:6933");  // equal area, metres
    return crs;
}

constexpr double west = 0;
constexpr double south = 0;

geo::MultiPolygon square(double x, double y, double side) {
    const double a = west + x;
    const double b = south + y;
    geo::Polygon polygon;
    polygon.outer = {{a, b}, {a, b + side}, {a + side, b + side}, {a + side, b}, {a, b}};
    return {polygon};
}

Survey survey(int year, std::vector<geo::MultiPolygon> outlines) {
    Survey result;
    result.year = year;
    result.image_date = geo::Date(std::chrono::year(year) / December / 31);
    result.position_error = geo::Metres(5);
    for (std::size_t i = 0; i < outlines.size(); ++i) {
        Plot plot;
        plot.id = std::to_string(i);
        plot.outline = std::move(outlines[i]);
        plot.image_date = result.image_date;
        result.plots.push_back(std::move(plot));
    }
    geo::Diagnostics diagnostics;
    return validated(std::move(result), plane(), {}, diagnostics);
}

Claim claim(geo::MultiPolygon outline, double hectares, int year = 2020) {
    Claim result;
    result.id.push_back('1');
    result.date = geo::Date(std::chrono::year(year) / June / 15);
    result.place = std::move(outline);
    result.area = geo::Hectares(hectares);
    result.area_sd = geo::Hectares(0.05 * hectares);
    return result;
}

ClaimRow checked(const Claim& claim, const std::vector<Survey>& surveys, const ClaimOptions& options = {}) {
    const std::vector<ClaimRow> rows = check_claims(std::vector{claim}, surveys, plane(), options);
    REQUIRE(rows.size() == 1);
    return rows.front();
}

bool has(const ClaimRow& row, const std::string& word) {
    return (";" + row.note + ";").find(";" + word + ";") != std::string::npos;
}

}  // namespace

TEST_CASE("four hectares that were mapped before and are gone after agree with a claim of four") {
    const ClaimRow row =
        checked(claim(square(0, 0, 200), 4), {survey(2019, {square(0, 0, 200)}), survey(2020, {square(5000, 0, 100)})});
    CHECK(row.verdict == ClaimVerdict::agree);
    REQUIRE(row.mapped);
    CHECK(row.mapped->value.value() == Approx(4).margin(0.001));
    CHECK(row.mapped->lo.value() < 4 * 0.9);
    CHECK(row.mapped->hi.value() > 4 / 0.9);
    CHECK_FALSE(row.disputed);
    CHECK(row.year_before == 2019);
    CHECK(row.year_after == 2020);
}

TEST_CASE("four claimed hectares that still stand are disputed, with hectares, interval and power") {
    const ClaimRow row =
        checked(claim(square(0, 0, 200), 4), {survey(2019, {square(0, 0, 200)}), survey(2020, {square(0, 0, 200)})});
    CHECK(row.verdict == ClaimVerdict::disagree);
    REQUIRE(row.disputed);
    CHECK(row.disputed->value.value() == Approx(4).margin(0.001));
    CHECK(row.disputed->lo.value() == Approx(4 * (1 - 1.96 * 0.05)).margin(0.01));
    CHECK(row.disputed->hi.value() == Approx(4 * (1 + 1.96 * 0.05)).margin(0.01));
    REQUIRE(row.power);
    CHECK(*row.power == Approx(0.9).margin(0.001));
    CHECK(has(row, "crop_still_standing"));
}

TEST_CASE("the same claim is not disputed where satellites could not have shown plots of its size") {
    const std::vector<Survey> nothing{survey(2019, {square(9000, 0, 100)}), survey(2020, {square(9000, 0, 100)})};
    // Sixteen plots of 0.25 ha make the same four hectares, each at the smallest size that is mapped: power 0.45.
    geo::MultiPolygon small;
    for (int i = 0; i < 16; ++i)
        small.push_back(square(i * 100, 0, 50).front());
    const ClaimRow many = checked(claim(small, 4), nothing);
    CHECK(*many.power == Approx(0.45).margin(0.01));
    CHECK(many.verdict == ClaimVerdict::not_detectable);
    CHECK_FALSE(many.disputed);
    const ClaimRow one = checked(claim(square(0, 0, 200), 4), nothing);
    CHECK(one.verdict == ClaimVerdict::disagree);
    CHECK(has(one, "no_crop_mapped_before"));
}

TEST_CASE("power is half the producer's accuracy at the smallest size mapped, and grows with the plot") {
    CHECK(detection_power(geo::Hectares(0.25), geo::Hectares(0.25), geo::Metres(10), 0.9) == Approx(0.45));
    // One hectare: sd of a square measured at its corners = 1.414·10·100 m² = 0.1414 ha; (1 − 0.25)/0.1414 = 5.3 sd.
    CHECK(detection_power(geo::Hectares(1), geo::Hectares(0.25), geo::Metres(10), 0.9) == Approx(0.9).margin(1e-6));
    // 0.5 ha: sd 0.1 ha, 2.5 sd over: Φ = 0.99379.
    CHECK(detection_power(geo::Hectares(0.5), geo::Hectares(0.25), geo::Metres(10), 1) == Approx(0.99379).margin(1e-4));
    CHECK(detection_power(geo::Hectares(0.1), geo::Hectares(0.25), geo::Metres(0), 0.9) == 0);
}

TEST_CASE("ground that no survey saw is not held against a claim") {
    Survey before = survey(2019, {square(0, 0, 200)});
    Survey after = survey(2020, {square(5000, 0, 100)});
    after.observed = square(4000, 0, 3000);  // clouds over the claim
    const ClaimRow row = checked(claim(square(0, 0, 200), 4), {before, after});
    CHECK(row.verdict == ClaimVerdict::not_observed);
    CHECK(row.unseen->value() == Approx(4).margin(0.001));
    const ClaimRow early = checked(claim(square(0, 0, 200), 4, 2018), {before, after});
    CHECK(early.verdict == ClaimVerdict::not_observed);
    CHECK(has(early, "no_survey_before"));
    const ClaimRow late = checked(claim(square(0, 0, 200), 4, 2021), {before, after});
    CHECK(late.verdict == ClaimVerdict::not_observed);
    CHECK(has(late, "no_survey_after"));
}

TEST_CASE("more removed than claimed is a disagreement too, with a sign") {
    const ClaimRow row =
        checked(claim(square(0, 0, 200), 1), {survey(2019, {square(0, 0, 200)}), survey(2020, {square(5000, 0, 100)})});
    CHECK(row.verdict == ClaimVerdict::disagree);
    CHECK(row.disputed->value.value() == Approx(-3).margin(0.001));
}

TEST_CASE("regrowth, replanting and new crop nearby are told for three years and no place is named") {
    // Gone in 2020; a quarter back in 2021; another quarter, bare in 2020 and 2021, in 2022; 2024 is beyond three
    // years.
    const std::vector<Survey> surveys{
        survey(2019, {square(0, 0, 200)}),
        survey(2020, {square(20000, 0, 100)}),
        survey(2021, {square(0, 0, 100), square(20000, 0, 100)}),
        survey(2022, {square(0, 0, 100), square(100, 100, 100), square(1000, 0, 200), square(20000, 0, 100)}),
        survey(2024, {square(0, 0, 200)}),
    };
    const ClaimRow row = checked(claim(square(0, 0, 200), 4), surveys);
    CHECK(row.verdict == ClaimVerdict::agree);
    CHECK_FALSE(row.back[0]);
    CHECK(row.back[1]->value() == Approx(1).margin(0.001));
    CHECK(row.back[2]->value() == Approx(2).margin(0.001));
    CHECK(row.regrown->value() == Approx(1).margin(0.001));
    CHECK(row.replanted->value() == Approx(1).margin(0.001));
    CHECK(*row.followed_until == geo::Date(year(2022) / December / 31));
    CHECK(row.near_new->value() == Approx(4).margin(0.001));
    CHECK(row.near_expected->value() == Approx(0).margin(0.001));
    CHECK(row.near_excess->value.value() == Approx(4).margin(0.001));
    // One plot of 4 ha: the interval of a single independent plot.
    CHECK(row.near_excess->lo.value() == Approx(4 - 1.96 * 4).margin(0.01));
}

TEST_CASE("a claim without a place or hectares is told as such") {
    const std::vector<Survey> surveys{survey(2019, {square(0, 0, 200)}), survey(2020, {square(5000, 0, 100)})};
    Claim placeless = claim({}, 4);
    placeless.place = {};
    CHECK(checked(placeless, surveys).verdict == ClaimVerdict::not_observed);
    CHECK(has(checked(placeless, surveys), "no_place"));
    Claim silent = claim(square(0, 0, 200), 4);
    silent.area.reset();
    const ClaimRow row = checked(silent, surveys);
    CHECK(row.verdict == ClaimVerdict::not_detectable);
    CHECK(has(row, "no_claimed_area"));
    CHECK(row.mapped->value.value() == Approx(4).margin(0.001));
}
