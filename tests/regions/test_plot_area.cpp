#include <algorithm>
#include <cmath>

#include "geo/topology.hpp"
#include "regions/plot_area.hpp"
#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;
using regions::PlotAreaRow;

namespace {

std::vector<PlotAreaRow> areas(const regions::RegionSet& set, const std::vector<regions::Survey>& surveys,
                               geo::Diagnostics& diagnostics, int jobs = 2) {
    return regions::plot_area(set, surveys, {jobs}, diagnostics);
}

bool same(const PlotAreaRow& a, const PlotAreaRow& b) {
    return a.region_id == b.region_id && a.year == b.year && a.crop == b.crop && a.plots == b.plots &&
           a.area == b.area && a.area_lo == b.area_lo && a.area_hi == b.area_hi && a.observed_share == b.observed_share;
}

bool same(const std::vector<PlotAreaRow>& a, const std::vector<PlotAreaRow>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const PlotAreaRow& x, const PlotAreaRow& y) { return same(x, y); });
}

regions::RegionSet two_regions(geo::Diagnostics& diagnostics) {
    return region_set({region("west", rectangle(0, 0, 1000, 1000)), region("east", rectangle(1000, 0, 2000, 1000))},
                      diagnostics);
}

}  // namespace

TEST_CASE("a plot across a border is split exactly there and counts in both regions") {
    geo::Diagnostics diagnostics;
    const auto set = two_regions(diagnostics);
    const auto rows = areas(set, {survey(2020, {plot("p", rectangle(970, 0, 1010, 100))}, diagnostics)}, diagnostics);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].region_id == "east");
    CHECK(rows[0].region_name == "Vereda east");
    CHECK(rows[0].area->value() == Approx(0.1).epsilon(1e-8));
    CHECK(rows[1].area->value() == Approx(0.3).epsilon(1e-8));
    CHECK(rows[0].plots == 1);
    CHECK(rows[1].plots == 1);
    CHECK(rows[0].observed_share == 1);
    CHECK(rows[0].observed_assumed);
    CHECK(diagnostics.sorted().empty());
}

TEST_CASE("ground under two plots of one survey counts once") {
    geo::Diagnostics diagnostics;
    const auto set = two_regions(diagnostics);
    const auto rows = areas(
        set,
        {survey(2020, {plot("a", rectangle(100, 0, 200, 100)), plot("b", rectangle(150, 0, 250, 100))}, diagnostics)},
        diagnostics);
    CHECK(rows[1].area->value() == Approx(1.5).epsilon(1e-8));
    CHECK(rows[1].plots == 2);
    CHECK(rows[0].plots == 0);
    CHECK(rows[0].area->value() == 0);
}

TEST_CASE("not observed is not zero") {
    geo::Diagnostics diagnostics;
    const auto set = two_regions(diagnostics);
    const auto rows =
        areas(set, {survey(2020, {plot("a", rectangle(100, 0, 200, 100))}, diagnostics, rectangle(0, 0, 1000, 1000))},
              diagnostics);
    CHECK(rows[0].observed_share == 0);
    CHECK_FALSE(rows[0].area.has_value());
    CHECK_FALSE(rows[0].plots.has_value());
    CHECK_FALSE(rows[0].area_hi.has_value());
    CHECK_FALSE(rows[0].observed_assumed);
    CHECK(rows[1].observed_share == 1);
    CHECK(rows[1].area->value() == Approx(1).epsilon(1e-8));
}

TEST_CASE("unobserved land raises the upper bound by the region's densest year and leaves the lower one") {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("r", rectangle(0, 0, 1000, 1000))}, diagnostics);
    auto full = survey(2019, {plot("a", rectangle(0, 0, 200, 100)), plot("b", rectangle(0, 500, 200, 600))},
                       diagnostics, rectangle(0, 0, 1000, 1000));
    auto half = survey(2020, {plot("a", rectangle(0, 0, 100, 100))}, diagnostics, rectangle(0, 0, 500, 1000));
    full.position_error = geo::Metres(0);
    half.position_error = geo::Metres(0);
    const auto rows = areas(set, {half, full}, diagnostics);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].year == 2019);
    CHECK(rows[0].area->value() == Approx(4).epsilon(1e-8));
    CHECK(rows[0].area_hi->value() == Approx(4).epsilon(1e-8));
    // 1 ha seen on 50 ha is 2 %; the densest year is 2019 with 4 ha on 100 ha; 50 ha unseen may hold 2 ha.
    CHECK(rows[1].observed_share == Approx(0.5).epsilon(1e-8));
    CHECK(rows[1].area->value() == Approx(1).epsilon(1e-8));
    CHECK(rows[1].area_lo->value() == Approx(1).epsilon(1e-8));
    CHECK(rows[1].area_hi->value() == Approx(3).epsilon(1e-8));
}

TEST_CASE("a plot outside the observed land proves that its ground was seen") {
    geo::Diagnostics diagnostics;
    const auto set = two_regions(diagnostics);
    const auto rows =
        areas(set, {survey(2020, {plot("a", rectangle(1100, 0, 1200, 100))}, diagnostics, rectangle(0, 0, 1000, 1000))},
              diagnostics);
    CHECK(rows[0].observed_share == Approx(0.01).epsilon(1e-6));
    CHECK(rows[0].area->value() == Approx(1).epsilon(1e-8));
    CHECK(count_of(diagnostics, "plots.outside_observed") == 1);
}

TEST_CASE("the interval adds the variances of independent plots") {
    geo::Diagnostics diagnostics;
    const auto set = two_regions(diagnostics);
    auto plots = std::vector<regions::Plot>{plot("a", rectangle(0, 0, 40, 40)), plot("b", rectangle(100, 0, 140, 40))};
    for (auto& p : plots) {
        p.position_error = geo::Metres(3);
        p.measured_by = regions::MeasuredBy::corners;
    }
    const auto rows = areas(set, {survey(2020, plots, diagnostics)}, diagnostics);
    // Each square: Var = 2·σ²·L² + n·σ⁴/2 = 28 800 + 162 m⁴ (methods §11).
    const double half_width_ha = 1.959963984540054 * std::sqrt(2 * 28'962.0) / 10'000;
    CHECK(rows[1].area_lo->value() == Approx(0.32 - half_width_ha).epsilon(1e-6));
    CHECK(rows[1].area_hi->value() == Approx(0.32 + half_width_ha).epsilon(1e-6));
}

TEST_CASE("where a plot's error is not stated there is no interval") {
    geo::Diagnostics diagnostics;
    const auto set = two_regions(diagnostics);
    auto known = plot("a", rectangle(0, 0, 40, 40));
    known.position_error = geo::Metres(3);
    const auto rows =
        areas(set, {survey(2020, {known, plot("b", rectangle(100, 0, 140, 40))}, diagnostics)}, diagnostics);
    CHECK_FALSE(rows[1].area_lo.has_value());
    CHECK_FALSE(rows[1].area_hi.has_value());
    CHECK(rows[1].area.has_value());
    CHECK(rows[0].area_lo->value() == 0);  // no plot, nothing to be wrong about
}

TEST_CASE("plots outside all regions count nowhere and are warned of with their area") {
    geo::Diagnostics diagnostics;
    const auto set = two_regions(diagnostics);
    const auto rows = areas(set, {survey(2020, {plot("a", rectangle(1900, 0, 2100, 100))}, diagnostics)}, diagnostics);
    CHECK(rows[0].area->value() == Approx(1).epsilon(1e-8));
    REQUIRE(count_of(diagnostics, "plots.outside_regions") == 1);
    CHECK(diagnostics.sorted()[0].message.arguments.back().second == "1.0000");
}

TEST_CASE("cutting the land into other regions conserves the crop area") {
    geo::Diagnostics diagnostics;
    std::mt19937 random(5);
    std::uniform_real_distribution<double> place(200, 9800);
    std::vector<regions::Plot> plots;
    for (int i = 0; i < 300; ++i)
        plots.push_back(plot(std::to_string(i), blob(random, {place(random), place(random)}, 150, 9)));
    const auto of_year = survey(2020, plots, diagnostics);
    const auto whole = region_set({region("all", rectangle(0, 0, 10'000, 10'000))}, diagnostics);
    const double total = areas(whole, {of_year}, diagnostics)[0].area->value();
    // Union by GEOS of all outlines at once, in the equal-area CRS: an independent way to the same area.
    std::vector<geo::MultiPolygon> outlines;
    for (const auto& p : of_year.plots)
        outlines.push_back(p.outline);
    CHECK(total == Approx(geo::planar_area(geo::union_of(outlines)) / 10'000).epsilon(1e-8));

    std::vector<regions::Region> strips;
    double from = 0;
    for (int i = 0; from < 10'000; ++i) {
        const double to = std::min(10'000.0, from + 37 + 11.3 * i);
        strips.push_back(region("s" + std::to_string(i), rectangle(from, 0, to, 10'000)));
        from = to;
    }
    double sum = 0;
    for (const auto& row : areas(region_set(strips, diagnostics), {of_year}, diagnostics))
        sum += row.area->value();
    CHECK(sum == Approx(total).epsilon(1e-9));
}

TEST_CASE("threads and the order of plots and regions change no bit") {
    geo::Diagnostics diagnostics;
    std::mt19937 random(6);
    std::uniform_real_distribution<double> place(0, 2000);
    std::vector<regions::Plot> plots;
    for (int i = 0; i < 120; ++i) {
        plots.push_back(plot(std::to_string(i), blob(random, {place(random), place(random)}, 60, 12)));
        plots.back().position_error = geo::Metres(4);
    }
    std::vector<regions::Region> land = {region("west", rectangle(0, 0, 1000, 1500)),
                                         region("east", rectangle(1000, 0, 2000, 1500))};
    const auto observed = rectangle(0, 0, 1700, 1300);
    const auto one = areas(region_set(land, diagnostics), {survey(2020, plots, diagnostics, observed)}, diagnostics, 1);
    std::shuffle(plots.begin(), plots.end(), random);
    std::swap(land[0], land[1]);
    const auto eight =
        areas(region_set(land, diagnostics), {survey(2020, plots, diagnostics, observed)}, diagnostics, 8);
    CHECK(same(one, eight));
}
