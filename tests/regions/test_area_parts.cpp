#include "regions/area_parts.hpp"

#include <chrono>
#include <map>
#include <random>

#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;
using namespace std::chrono;
using regions::PlotPartRow;

namespace {

regions::Zone zone(regions::ZoneKind kind, std::string name, geo::MultiPolygon geometry) {
    regions::Zone result;
    result.kind = kind;
    result.name = std::move(name);
    result.geometry = std::move(geometry);
    return result;
}

regions::Plot owned(regions::Plot plot, std::string household) {
    plot.household_id = std::move(household);
    return plot;
}

std::map<std::string, double> by_zone(const std::vector<PlotPartRow>& parts) {
    std::map<std::string, double> sums;
    for (const PlotPartRow& part : parts)
        sums[part.region_id + "/" + part.zones] += part.area.value();
    return sums;
}

}  // namespace

TEST_CASE("a plot is cut at borders and by kind of zone, overlapping kinds joined") {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 1000, 1000)), region("b", rectangle(1000, 0, 2000, 1000))},
                                diagnostics);
    const std::vector<regions::Zone> zones{zone(regions::ZoneKind::indigenous, "I", rectangle(0, 0, 970, 1000)),
                                           zone(regions::ZoneKind::park, "P", rectangle(960, 0, 1010, 1000)),
                                           zone(regions::ZoneKind::park, "P2", rectangle(960, 0, 980, 1000))};
    const auto sums = by_zone(regions::plot_parts(
        set, zones, std::vector{survey(2020, {plot("p", rectangle(900, 0, 1100, 10))}, diagnostics)}, {2}));
    CHECK(sums.at("a/indigenous") == Approx(600).epsilon(1e-8));
    CHECK(sums.at("a/park+indigenous") == Approx(100).epsilon(1e-8));
    CHECK(sums.at("a/park") == Approx(300).epsilon(1e-8));
    CHECK(sums.at("b/park") == Approx(100).epsilon(1e-8));
    CHECK(sums.at("b/none") == Approx(900).epsilon(1e-8));
    CHECK(sums.size() == 5);
}

TEST_CASE("an exception takes its ground out of the zone, and a zone counts only while in force") {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 1000, 1000))}, diagnostics);
    regions::Zone polygon_seven = zone(regions::ZoneKind::registered, "Polygon 7", rectangle(0, 0, 50, 1000));
    polygon_seven.exception_of = "TIPNIS";
    regions::Zone later = zone(regions::ZoneKind::collective, "C", rectangle(0, 0, 1000, 1000));
    later.valid_from = sys_days{2021y / 1 / 1};
    const std::vector<regions::Zone> zones{zone(regions::ZoneKind::park, "TIPNIS", rectangle(0, 0, 500, 1000)),
                                           polygon_seven, later};
    const auto sums = by_zone(regions::plot_parts(
        set, zones, std::vector{survey(2020, {plot("p", rectangle(0, 0, 100, 10))}, diagnostics)}, {2}));
    CHECK(sums.at("a/registered") == Approx(500).epsilon(1e-8));
    CHECK(sums.at("a/park") == Approx(500).epsilon(1e-8));
    CHECK(sums.size() == 2);
}

TEST_CASE("the parts of every plot sum to the plot") {
    std::mt19937 random(2);
    std::uniform_real_distribution<double> place(-200, 3200);
    geo::Diagnostics diagnostics;
    std::vector<regions::Region> cells;
    for (int i = 0; i < 9; ++i)
        cells.push_back(region("r" + std::to_string(i),
                               rectangle(i % 3 * 1000, i / 3 * 1000, i % 3 * 1000 + 1000, i / 3 * 1000 + 1000)));
    const auto set = region_set(cells, diagnostics);
    std::vector<regions::Zone> zones;
    for (int i = 0; i < 12; ++i)
        zones.push_back(zone(static_cast<regions::ZoneKind>(i % 4), "z" + std::to_string(i),
                             blob(random, {place(random), place(random)}, 900, 400)));
    std::vector<regions::Plot> plots;
    for (int i = 0; i < 300; ++i)
        plots.push_back(plot("p" + std::to_string(i), blob(random, {place(random), place(random)}, 120, 14)));
    const std::vector<regions::Survey> surveys{survey(2020, std::move(plots), diagnostics)};
    const auto parts = regions::plot_parts(set, zones, surveys, {2});
    std::map<std::string, double> sums;
    for (const PlotPartRow& part : parts) {
        CHECK(part.area.value() > 0);
        sums[part.plot_id] += part.area.value();
    }
    for (const regions::Plot& plot : surveys[0].plots)
        CHECK(std::abs(sums.at(plot.id) - plot.area.value()) <= 1e-9 * plot.area.value());
    double whole = 0;
    double by_label = 0;
    for (const regions::Plot& plot : surveys[0].plots)
        whole += plot.area.value();
    for (const regions::ZoneAreaRow& row : regions::areas_by_zone(parts))
        by_label += geo::to_square_metres(row.area).value();
    CHECK(by_label == Approx(whole).epsilon(1e-9));
}

TEST_CASE("a holding is all that a family grows, and counts in every region where it grows") {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 1000, 1000)), region("b", rectangle(1000, 0, 2000, 1000))},
                                diagnostics);
    const auto parts = regions::plot_parts(
        set, {},
        std::vector{survey(
            2020,
            {owned(plot("p1", rectangle(0, 0, 40, 40)), "h1"), owned(plot("p2", rectangle(100, 0, 200, 40)), "h2"),
             owned(plot("p3", rectangle(1500, 0, 1600, 90)), "h2"), plot("p4", rectangle(300, 0, 340, 39))},
            diagnostics)},
        {2});
    const auto rows = regions::holdings_by_size(parts, {0.161, 0.25, 1, 2});
    REQUIRE(rows.size() == 10);
    CHECK(rows[0].region_id == "a");
    CHECK(rows[0].holdings == 2);
    CHECK(rows[0].unnamed == 1);
    CHECK(rows[0].area.value() == Approx(0.16 + 0.156).epsilon(1e-8));
    CHECK(rows[3].from.value() == 1);
    CHECK(rows[3].holdings == 1);
    CHECK(rows[3].area.value() == Approx(0.4).epsilon(1e-8));
    CHECK(rows[3].holdings_share == Approx(1.0 / 3));
    CHECK_FALSE(rows[4].to);
    CHECK(rows[8].region_id == "b");
    CHECK(rows[8].holdings == 1);
    CHECK(rows[8].area.value() == Approx(0.9).epsilon(1e-8));
}

TEST_CASE("areas by zone and by size of holding carry intervals, and say what is left out of them") {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 1000, 1000))}, diagnostics);
    auto seen =
        survey(2020, {plot("p1", rectangle(0, 0, 40, 40)), plot("p2", rectangle(100, 0, 140, 40))}, diagnostics);
    for (regions::Plot& one : seen.plots) {
        one.measured_by = regions::MeasuredBy::corners;
        one.position_error = geo::Metres(3);
    }
    const std::vector surveys{seen};
    const auto parts = regions::plot_parts(set, {}, surveys, {2});
    const std::vector<regions::SampledRatio> samples{{std::nullopt, regions::Crop::coca, 1.1, 0.2}};
    const auto zones = regions::areas_by_zone(parts, {surveys, samples});
    REQUIRE(zones.size() == 1);
    // Two squares of 40 m whose corners err by 3 m: √2 · σ · L each (methods §2), independent of each other.
    const double sd = std::sqrt(2.0) * std::sqrt(2.0) * 3 * 40 / 10'000;
    REQUIRE(zones[0].interval);
    CHECK(zones[0].interval->hi.value() == Approx(0.32 + 1.959963984540054 * sd).epsilon(0.002));
    REQUIRE(zones[0].sampled);
    CHECK(zones[0].sampled->area.value() == Approx(1.1 * 0.32).epsilon(1e-6));
    CHECK(zones[0].sampled->hi.value() ==
          Approx(1.1 * 0.32 + 1.959963984540054 * std::hypot(0.32 * 0.2, 1.1 * sd)).epsilon(0.002));
    CHECK(zones[0].note == "omission_commission_in_sampled_only");
    const auto holdings = regions::holdings_by_size(parts, {0.25}, {surveys, samples});
    CHECK(holdings[0].interval->hi.value() == Approx(zones[0].interval->hi.value()));
    CHECK(holdings[0].note == "omission_commission_in_sampled_only;size_class_error_not_in_interval");
    CHECK(regions::areas_by_zone(parts)[0].note == "omission_commission_not_in_interval");
}
