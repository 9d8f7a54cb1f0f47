#include "regions/area_adjusted.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>

#include "regions/plot_area.hpp"
#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;
using namespace std::chrono;
using regions::AdjustedAreaRow;

namespace {

regions::Plot dated(regions::Plot plot, geo::Date day) {
    plot.image_date = day;
    return plot;
}

regions::Plot placed(regions::Plot plot, double position_error) {
    plot.position_error = geo::Metres(position_error);
    return plot;
}

std::vector<AdjustedAreaRow> rows_of(const regions::RegionSet& set, const std::vector<regions::Survey>& surveys,
                                     const regions::AdjustmentOptions& options = {},
                                     const std::vector<regions::EradicationEvent>& events = {}, int jobs = 2) {
    return regions::adjusted_areas(set, surveys, events, options, {jobs});
}

const AdjustedAreaRow& row_at(const std::vector<AdjustedAreaRow>& rows, const std::string& id, int year) {
    const auto found =
        std::ranges::find_if(rows, [&](const AdjustedAreaRow& r) { return r.unit.id == id && r.year == year; });
    REQUIRE(found != rows.end());
    return *found;
}

bool has_word(const AdjustedAreaRow& row, std::string_view word) {
    return (";" + row.note + ";").find(";" + std::string(word) + ";") != std::string::npos;
}

regions::EradicationEvent event(std::string id, geo::Date date, geo::MultiPolygon place,
                                regions::EradicationKind kind = regions::EradicationKind::manual_forced) {
    regions::EradicationEvent result;
    result.id = std::move(id);
    result.date = date;
    result.kind = kind;
    result.place = std::move(place);
    return result;
}

regions::RegionSet one_region(geo::Diagnostics& diagnostics) {
    return region_set({region("a", rectangle(0, 0, 1000, 1000))}, diagnostics);
}

}  // namespace

TEST_CASE("the age of an image changes nothing at the cut-off, and more the faster crop grows") {
    CHECK(regions::date_factor(0.5, 0) == 1);
    CHECK(regions::date_factor(0, 200) == 1);
    CHECK(regions::date_factor(0.2, 365) == Approx(1.2));
    CHECK(regions::date_factor(0.2, -365) == Approx(1 / 1.2));
    CHECK(regions::date_factor(0.44, 730) == Approx(1.44 * 1.44));
    double before = 0;
    for (double g = -0.9; g < 2; g += 0.05) {
        CHECK(regions::date_factor(g, 90) > before);
        before = regions::date_factor(g, 90);
    }
    CHECK(*regions::growth_rate(100, 121, 2) == Approx(0.1));
    CHECK_FALSE(regions::growth_rate(0, 5, 1));
    CHECK_FALSE(regions::growth_rate(5, 0, 1));
}

TEST_CASE("crop seen half a year before the cut-off grows at its region's rate between censuses") {
    geo::Diagnostics diagnostics;
    const auto set = one_region(diagnostics);
    const std::vector<regions::Survey> surveys{
        survey(2019, {dated(plot("p", rectangle(0, 0, 100, 100)), sys_days{2019y / 12 / 31})}, diagnostics),
        survey(2020, {dated(plot("p", rectangle(0, 0, 100, 200)), sys_days{2020y / 7 / 1})}, diagnostics)};
    const auto rows = rows_of(set, surveys);
    const AdjustedAreaRow& first = row_at(rows, "a", 2019);
    CHECK(first.raw->value() == 1.0);
    CHECK(first.final_area->value() == 1.0);
    const AdjustedAreaRow& second = row_at(rows, "a", 2020);
    CHECK(*second.growth_rate == Approx(1.0));
    CHECK(second.raw->value() == 2.0);
    CHECK(second.date_adjusted->value() == Approx(2 * std::pow(2.0, 183 / 365.0)).margin(1e-4));
    CHECK(has_word(second, "growth_rate_error_not_in_interval"));
    const auto stated = rows_of(set, surveys, {.growth_rate = 0.0});
    CHECK(row_at(stated, "a", 2020).final_area->value() == 2.0);
}

TEST_CASE("crop without a date, and crop of a first census, stay as they were seen and the note says so") {
    geo::Diagnostics diagnostics;
    const auto set = one_region(diagnostics);
    const auto rows =
        rows_of(set, {survey(2019, {dated(plot("p", rectangle(0, 0, 100, 100)), sys_days{2019y / 6 / 1})}, diagnostics),
                      survey(2020, {plot("p", rectangle(0, 0, 100, 300))}, diagnostics)});
    CHECK(row_at(rows, "a", 2019).final_area->value() == 1.0);
    CHECK(has_word(row_at(rows, "a", 2019), "no_growth_rate"));
    CHECK(row_at(rows, "a", 2020).final_area->value() == 3.0);
    CHECK(row_at(rows, "a", 2020).undated.value() == Approx(3.0).epsilon(1e-8));
    CHECK(has_word(row_at(rows, "a", 2020), "no_image_date"));
}

TEST_CASE("crop under a cloud is carried over with the change of the ground that both surveys saw") {
    geo::Diagnostics diagnostics;
    const auto set = one_region(diagnostics);
    const regions::Plot east = plot("east", rectangle(800, 0, 900, 100));
    const auto rows =
        rows_of(set, {survey(2019, {plot("west", rectangle(0, 0, 100, 200)), east}, diagnostics),
                      survey(2020, {plot("west", rectangle(0, 0, 100, 300))}, diagnostics, rectangle(0, 0, 500, 1000)),
                      survey(2021, {}, diagnostics, geo::MultiPolygon{}),
                      survey(2022, {plot("west", rectangle(0, 0, 100, 150)), east}, diagnostics)});
    const AdjustedAreaRow& clouded = row_at(rows, "a", 2020);
    CHECK(clouded.raw->value() == 3.0);
    CHECK(*clouded.gap_ratio == Approx(1.5));
    CHECK(clouded.gap_adjusted->value() == 4.5);
    CHECK(clouded.final_area->value() == 4.5);
    CHECK(clouded.observed_share == Approx(0.5));
    CHECK_FALSE(has_word(clouded, "land_never_seen"));
    const AdjustedAreaRow& dark = row_at(rows, "a", 2021);
    CHECK_FALSE(dark.raw);
    CHECK_FALSE(dark.plots);
    CHECK(dark.final_area->value() == 4.5);
    CHECK(has_word(dark, "not_observed"));
    CHECK(has_word(dark, "gap_carried_unchanged"));
    CHECK(row_at(rows, "a", 2022).final_area->value() == 2.5);
}

TEST_CASE("a region that no survey saw has no area, not zero") {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 1000, 1000)), region("b", rectangle(1000, 0, 2000, 1000))},
                                diagnostics);
    const auto rows =
        rows_of(set, {survey(2019, {plot("p", rectangle(0, 0, 100, 100))}, diagnostics, rectangle(0, 0, 1000, 1000))});
    CHECK_FALSE(row_at(rows, "b", 2019).raw);
    CHECK_FALSE(row_at(rows, "b", 2019).final_area);
    CHECK(has_word(row_at(rows, "b", 2019), "land_never_seen"));
    CHECK(row_at(rows, "all", 2019).final_area->value() == 1.0);
    CHECK(row_at(rows, "all", 2019).observed_share == Approx(0.5));
}

TEST_CASE("eradication after the image is taken off by its overlap and effectiveness, each square metre once") {
    geo::Diagnostics diagnostics;
    const auto set = one_region(diagnostics);
    const std::vector<regions::Survey> surveys{
        survey(2020, {dated(plot("p", rectangle(0, 0, 100, 100)), sys_days{2020y / 6 / 1})}, diagnostics)};
    const std::vector<regions::EradicationEvent> events{
        event("before", sys_days{2020y / 5 / 1}, rectangle(0, 0, 100, 100)),
        event("first", sys_days{2020y / 8 / 1}, rectangle(50, 0, 100, 100)),
        event("again", sys_days{2020y / 9 / 1}, rectangle(50, 0, 100, 100)),
        event("next_year", sys_days{2021y / 2 / 1}, rectangle(0, 0, 50, 100))};
    const AdjustedAreaRow row = row_at(rows_of(set, surveys, {}, events), "a", 2020);
    CHECK(row.gap_adjusted->value() == 1.0);
    CHECK(row.control_adjusted->value() == 0.5);
    regions::AdjustmentOptions half;
    half.effectiveness.by_hand = 0.5;
    CHECK(row_at(rows_of(set, surveys, half, events), "a", 2020).final_area->value() == 0.75);
}

TEST_CASE("spraying without a stated effectiveness, pruning and events without an outline take nothing off") {
    geo::Diagnostics diagnostics;
    const auto set = one_region(diagnostics);
    const std::vector<regions::Survey> surveys{
        survey(2020, {dated(plot("p", rectangle(0, 0, 100, 100)), sys_days{2020y / 6 / 1})}, diagnostics)};
    const auto run = [&](regions::EradicationEvent told) {
        return row_at(rows_of(set, surveys, {}, {std::move(told)}), "a", 2020);
    };
    const auto day = sys_days{2020y / 8 / 1};
    const auto sprayed = run(event("s", day, rectangle(0, 0, 100, 100), regions::EradicationKind::aerial));
    CHECK(sprayed.final_area->value() == 1.0);
    CHECK(has_word(sprayed, "effectiveness_unknown"));
    const auto pruned = run(event("p", day, rectangle(0, 0, 100, 100), regions::EradicationKind::pruned_or_renewed));
    CHECK(pruned.final_area->value() == 1.0);
    CHECK_FALSE(has_word(pruned, "effectiveness_unknown"));
    regions::EradicationEvent told = event("r", day, {});
    told.region_id = "a";
    CHECK(has_word(run(told), "eradication_without_outline"));
}

TEST_CASE("taking every adjustment back gives the raw area to the last digit") {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> place(0, 3000);
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 1500, 3000)), region("b", rectangle(1500, 0, 3000, 3000))},
                                diagnostics);
    std::vector<regions::Survey> surveys;
    std::vector<regions::EradicationEvent> events;
    for (int year = 2015; year <= 2019; ++year) {
        std::vector<regions::Plot> plots;
        for (int i = 0; i < 40; ++i)
            plots.push_back(dated(plot("p" + std::to_string(i), blob(random, {place(random), place(random)}, 60, 8)),
                                  sys_days{std::chrono::year(year) / 3 / 1} + days(random() % 300)));
        surveys.push_back(survey(year, std::move(plots), diagnostics,
                                 rectangle(place(random) / 3, 0, 3000, 1500 + place(random) / 2)));
        events.push_back(event("e" + std::to_string(year), sys_days{std::chrono::year(year) / 9 / 1},
                               rectangle(500, 500, 1800, 1800)));
    }
    bool adjusted = false;
    for (const AdjustedAreaRow& row : rows_of(set, surveys, {}, events)) {
        const auto m2 = [](geo::Hectares area) { return std::llround(area.value() * 10'000); };
        REQUIRE(row.raw);
        CHECK(regions::reversed(m2(*row.control_adjusted), row.ledger.date_m2, row.ledger.gap_m2,
                                row.ledger.control_m2) == m2(*row.raw));
        CHECK(m2(*row.control_adjusted) + row.ledger.control_m2 == m2(*row.gap_adjusted));
        CHECK(m2(*row.gap_adjusted) - row.ledger.gap_m2 == m2(*row.date_adjusted));
        CHECK(m2(*row.date_adjusted) - row.ledger.date_m2 == m2(*row.raw));
        CHECK(row.control_adjusted->value() >= 0);
        adjusted = adjusted || (row.ledger.date_m2 != 0 && row.ledger.gap_m2 != 0 && row.ledger.control_m2 != 0);
    }
    CHECK(adjusted);
}

TEST_CASE("the raw area and its count are those of the table of plot areas") {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> place(0, 2000);
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 1000, 2000)), region("b", rectangle(1000, 0, 2000, 2000))},
                                diagnostics);
    std::vector<regions::Plot> plots;
    for (int i = 0; i < 80; ++i)
        plots.push_back(placed(plot("p" + std::to_string(i), blob(random, {place(random), place(random)}, 90, 10)), 4));
    const std::vector<regions::Survey> surveys{
        survey(2020, std::move(plots), diagnostics, rectangle(100, 0, 1900, 2000))};
    const auto plain = regions::plot_area(set, surveys, {2}, diagnostics);
    const auto rows = rows_of(set, surveys);
    for (const regions::PlotAreaRow& row : plain) {
        const AdjustedAreaRow& same = row_at(rows, row.region_id, 2020);
        CHECK(same.raw->value() == Approx(row.area->value()).margin(5.1e-5));
        CHECK(same.plots == row.plots);
        CHECK(same.observed_share == Approx(row.observed_share));
        CHECK(same.final_lo->value() == Approx(row.area_lo->value()).margin(1e-4));
        CHECK(same.final_hi->value() == Approx(row.area_hi->value()).margin(1e-4));
    }
}

TEST_CASE("a plot across a border keeps one error in the unit above its regions") {
    geo::Diagnostics diagnostics;
    auto west = region("w", rectangle(0, 0, 1000, 1000));
    auto east = region("e", rectangle(1000, 0, 2000, 1000));
    auto south = region("s", rectangle(0, -1000, 1000, 0));
    west.parent = east.parent = "town";
    const auto set = region_set({west, east, south}, diagnostics);
    regions::Plot crossing = placed(plot("p", rectangle(980, 0, 1020, 40)), 3);
    crossing.measured_by = regions::MeasuredBy::corners;
    const auto rows = rows_of(set, {survey(2020, {crossing}, diagnostics)});
    const double sd_ha = std::sqrt(2.0) * 3 * 40 / 10'000;
    CHECK(row_at(rows, "w", 2020).own_sd->value() == Approx(sd_ha / 2).epsilon(0.01));
    CHECK(row_at(rows, "town", 2020).own_sd->value() == Approx(sd_ha).epsilon(0.01));
    CHECK(row_at(rows, "town", 2020).unit.level == regions::AreaLevel::parent);
    CHECK(row_at(rows, "town", 2020).plots == 1);
    CHECK(row_at(rows, "all", 2020).plots == 1);
    CHECK(row_at(rows, "town", 2020).raw->value() == 0.16);
    CHECK(row_at(rows, "all", 2020).own_sd->value() == Approx(sd_ha).epsilon(0.01));
}

TEST_CASE("a shared offset adds up over plots, their own errors do not") {
    geo::Diagnostics diagnostics;
    const auto set = one_region(diagnostics);
    std::vector<regions::Plot> plots;
    for (int i = 0; i < 25; ++i) {
        const double x = 100.0 * (i % 5);
        const double y = 100.0 * (i / 5);
        plots.push_back(placed(plot("p" + std::to_string(i), rectangle(x, y, x + 40, y + 40)), 3));
        plots.back().measured_by = regions::MeasuredBy::corners;
    }
    regions::Survey seen = survey(2020, std::move(plots), diagnostics);
    seen.outline_bias_sd = geo::Metres(1);
    const auto rows = rows_of(set, {seen});
    const AdjustedAreaRow& row = row_at(rows, "a", 2020);
    CHECK(row.own_sd->value() == Approx(5 * std::sqrt(2.0) * 3 * 40 / 10'000).epsilon(0.01));
    CHECK(row.shared_sd.value() == Approx(25 * 160 * 1.0 / 10'000));
    const double half = 1.959963984540054 * std::hypot(row.own_sd->value(), row.shared_sd.value());
    CHECK(row.final_hi->value() == Approx(4 + half).margin(1e-4));
    CHECK(row.final_lo->value() == Approx(4 - half).margin(1e-4));
}

TEST_CASE("a sample's ratio corrects the final area and widens its interval") {
    geo::Diagnostics diagnostics;
    const auto set = one_region(diagnostics);
    const regions::AdjustmentOptions options{.samples = {{2020, regions::Crop::coca, 1.2, 0.05}}};
    const auto rows =
        rows_of(set, {survey(2020, {placed(plot("p", rectangle(0, 0, 100, 100)), 0)}, diagnostics)}, options);
    const AdjustedAreaRow& row = row_at(rows, "a", 2020);
    CHECK(row.final_area->value() == 1.0);
    CHECK(row.sampled->value() == Approx(1.2));
    CHECK(row.sampled_hi->value() == Approx(1.2 + 1.959963984540054 * 0.05));
    CHECK_FALSE(has_word(row, "omission_commission_not_in_interval"));
    CHECK(has_word(row, "omission_commission_in_sampled_only"));
}

TEST_CASE("a region that is another's parent is not summed twice") {
    geo::Diagnostics diagnostics;
    auto child = region("child", rectangle(0, 0, 1000, 1000));
    child.parent = "big";
    auto big = region("big", rectangle(0, 0, 2000, 1000));
    big.parent = "country";
    const auto set = region_set({child, big}, diagnostics);
    const auto rows = rows_of(set, {survey(2020, {plot("p", rectangle(0, 0, 100, 100))}, diagnostics)});
    CHECK(row_at(rows, "big", 2020).raw->value() == 1.0);
    CHECK(row_at(rows, "country", 2020).raw->value() == 1.0);
    CHECK(row_at(rows, "all", 2020).raw->value() == 1.0);
    CHECK(std::ranges::count(rows, std::string("big"), [](const auto& r) { return r.unit.id; }) == 1);
}

TEST_CASE("adjusted areas do not depend on threads") {
    std::mt19937 random(17);
    std::uniform_real_distribution<double> place(0, 2000);
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 1000, 2000)), region("b", rectangle(1000, 0, 2000, 2000))},
                                diagnostics);
    std::vector<regions::Survey> surveys;
    for (int year = 2018; year < 2021; ++year) {
        std::vector<regions::Plot> plots;
        for (int i = 0; i < 60; ++i)
            plots.push_back(
                placed(plot("p" + std::to_string(i), blob(random, {place(random), place(random)}, 70, 9)), 4));
        surveys.push_back(survey(year, std::move(plots), diagnostics, rectangle(place(random) / 2, 0, 2000, 2000)));
    }
    const auto one = rows_of(set, surveys, {}, {}, 1);
    const auto four = rows_of(set, surveys, {}, {}, 4);
    REQUIRE(one.size() == four.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        CHECK(one[i].final_area == four[i].final_area);
        CHECK(one[i].final_lo == four[i].final_lo);
        CHECK(one[i].final_hi == four[i].final_hi);
    }
}
