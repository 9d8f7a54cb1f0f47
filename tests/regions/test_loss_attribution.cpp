#include <cmath>
#include <functional>
#include <map>
#include <tuple>

#include "raster/raster_source.hpp"
#include "regions/displaced_loss.hpp"
#include "regions/loss_attribution.hpp"
#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;
using regions::LossRow;

namespace {

constexpr int side = 100;

/// 100 × 100 cells of 30 m; value(column, row from the south).
raster::MemoryRasterSource<std::uint8_t> square(const std::function<int(int, int)>& value, const char* name) {
    raster::Grid grid;
    grid.crs = metres_crs();
    grid.origin = {0, side * 30.0};
    grid.cell_width = 30;
    grid.cell_height = 30;
    grid.width = side;
    grid.height = side;
    std::vector<std::uint8_t> values;
    for (int row = side - 1; row >= 0; --row)
        for (int column = 0; column < side; ++column)
            values.push_back(static_cast<std::uint8_t>(value(column, row)));
    return raster::MemoryRasterSource<std::uint8_t>(raster::Raster<std::uint8_t>(grid, std::move(values)),
                                                    {name, "", "", 0, ""});
}

std::map<std::string, double> totals(const std::vector<LossRow>& rows) {
    std::map<std::string, double> result;
    for (const LossRow& row : rows)
        result[row.mechanism] += row.area.value();
    return result;
}

double sum(const std::map<std::string, double>& parts) {
    double total = 0;
    for (const auto& [name, area] : parts)
        total += area;
    return total;
}

/// One plot of one cell in the middle, seen in 2018.
struct Case {
    geo::Diagnostics diagnostics;
    regions::RegionSet set = region_set({region("r", rectangle(0, 0, side * 30.0, side * 30.0))}, diagnostics);
    std::vector<regions::Survey> surveys{survey(2018, {plot("a", rectangle(1500, 1500, 1530, 1530))}, diagnostics)};
    std::vector<int> years{2017};

    std::vector<LossRow> rows(const regions::AttributionInputs& inputs) {
        return regions::attributed_loss(set, surveys, inputs, years, {2}, diagnostics);
    }
};

int around_the_plot(int column, int row) {
    return std::abs(column - 50) <= 2 && std::abs(row - 50) <= 2 ? 17 : 0;
}

}  // namespace

TEST_CASE("loss that lies near crop alone is direct where crop came, associated around it") {
    Case c;
    const auto loss = square(around_the_plot, "loss.tif");
    regions::AttributionInputs inputs;
    inputs.loss.loss_year = &loss;
    inputs.radius = geo::Metres(300);
    const auto parts = totals(c.rows(inputs));
    // 25 cells of 0.09 ha; one of them became crop a year later.
    CHECK(parts.at("direct_lag_1") == Approx(0.09).epsilon(1e-6));
    CHECK(parts.at("associated") == Approx(24 * 0.09).epsilon(1e-6));
    CHECK(parts.at("unattributed") == Approx(0).margin(1e-9));
}

TEST_CASE("loss that is the same everywhere leaves nothing associated with crop") {
    Case c;
    const auto loss = square([](int column, int row) { return (7 * column + 3 * row) % 10 == 0 ? 17 : 0; }, "loss.tif");
    regions::AttributionInputs inputs;
    inputs.loss.loss_year = &loss;
    inputs.radius = geo::Metres(300);
    const auto parts = totals(c.rows(inputs));
    CHECK(parts.at("associated") == 0);
    CHECK(sum(parts) == Approx(90).epsilon(1e-6));
}

TEST_CASE("what is lost farther out around the plots is taken off what is lost near them") {
    // A tenth of the cells is lost everywhere; of the 24 around the plot all are.
    Case c;
    const auto everywhere = [](int column, int row) { return (7 * column + 3 * row) % 10 == 0; };
    const auto loss = square(
        [&](int column, int row) { return everywhere(column, row) ? 17 : around_the_plot(column, row); }, "loss.tif");
    regions::AttributionInputs inputs;
    inputs.loss.loss_year = &loss;
    inputs.radius = geo::Metres(300);
    const auto parts = totals(c.rows(inputs));
    // The first band reaches to 75 m: 20 cells, all lost. In the second, to 150 m, 6 of 60 are lost, no more than
    // elsewhere.
    const double near = 20;
    double background_lost = 0;
    double background = 0;
    for (int column = 0; column < side; ++column)
        for (int row = 0; row < side; ++row) {
            const double away = 30 * std::hypot(column - 50, row - 50);
            if (away <= 300 || away > 900) continue;
            background += 1;
            background_lost += everywhere(column, row);
        }
    CHECK(parts.at("associated") == Approx(0.09 * near * (1 - background_lost / background)).epsilon(1e-6));
}

TEST_CASE("loss near plots that stood long before, or came long after, is not associated with them") {
    Case c;
    c.surveys = {survey(2012, {}, c.diagnostics),
                 survey(2014, {plot("a", rectangle(1500, 1500, 1530, 1530))}, c.diagnostics),
                 // drawn anew a few metres off, and no new plot
                 survey(2018, {plot("a", rectangle(1504, 1503, 1534, 1533))}, c.diagnostics)};
    const auto loss = square(around_the_plot, "loss.tif");
    regions::AttributionInputs inputs;
    inputs.loss.loss_year = &loss;
    inputs.radius = geo::Metres(300);
    const auto late = totals(c.rows(inputs));
    CHECK((!late.contains("associated") || late.at("associated") == 0));
    c.surveys = {survey(2012, {}, c.diagnostics),
                 survey(2019, {plot("a", rectangle(1500, 1500, 1530, 1530))}, c.diagnostics)};
    CHECK(totals(c.rows(inputs)).at("associated") == Approx(24 * 0.09).epsilon(1e-6));
    c.surveys.back().year = 2020;
    const auto early = totals(c.rows(inputs));
    CHECK((!early.contains("associated") || early.at("associated") == 0));
}

TEST_CASE("mechanisms sum to the loss of the region and year, drivers and all") {
    Case c;
    const auto loss = square([](int column, int row) { return (column * 31 + row * 17) % 7 < 2 ? 17 : 0; }, "loss.tif");
    const auto drivers = square([](int column, int row) { return row < 5 ? 255 : column < 50 ? 1 : 4; }, "drivers.tif");
    const auto cover = square([](int column, int) { return column < 90 ? 80 : 10; }, "cover.tif");
    regions::AttributionInputs inputs;
    inputs.loss.loss_year = &loss;
    inputs.loss.tree_cover = &cover;
    inputs.drivers = &drivers;
    inputs.driver_names = {{1, "cattle"}};
    inputs.radius = geo::Metres(200);
    const auto parts = totals(c.rows(inputs));
    double lost = 0;
    for (int column = 0; column < 90; ++column)
        for (int row = 0; row < side; ++row)
            lost += (column * 31 + row * 17) % 7 < 2 ? 0.09 : 0;
    CHECK(sum(parts) == Approx(lost).epsilon(1e-6));
    CHECK(parts.contains("driver_cattle"));
    CHECK(parts.contains("driver_4"));
    CHECK(parts.contains("driver_255"));
}

TEST_CASE("no loss is associated where no ground tells what is lost anyway, and the run says so") {
    Case c;
    const auto loss = square(around_the_plot, "loss.tif");
    regions::AttributionInputs inputs;
    inputs.loss.loss_year = &loss;
    inputs.radius = geo::Metres(5000);
    const auto parts = totals(c.rows(inputs));
    CHECK_FALSE(parts.contains("associated"));
    CHECK(parts.at("unattributed") == Approx(24 * 0.09).epsilon(1e-6));
    bool told = false;
    for (const auto& diagnostic : c.diagnostics.sorted())
        told = told || diagnostic.message.id.text() == std::string_view("loss.no_placebo_ground");
    CHECK(told);
}

TEST_CASE("the range of a mechanism holds its default") {
    Case c;
    const auto loss = square(
        [](int column, int row) { return (column + row) % 9 == 0 ? 17 : around_the_plot(column, row); }, "loss.tif");
    regions::AttributionInputs inputs;
    inputs.loss.loss_year = &loss;
    inputs.radius = geo::Metres(300);
    const auto [rows, ranges] = regions::ranged_loss(c.set, c.surveys, inputs, c.years, {2}, c.diagnostics);
    const auto alone = c.rows(inputs);
    REQUIRE(rows.size() == alone.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        CHECK(rows[i].area.value() == Approx(alone[i].area.value()).epsilon(1e-12).margin(1e-12));
    REQUIRE(ranges.size() == 3);  // direct, associated, unattributed
    for (const regions::LossRange& range : ranges) {
        CHECK(range.lo <= range.area);
        CHECK(range.area <= range.hi);
        CHECK((range.lo == range.area) == range.lo_choice.empty());
    }
}

TEST_CASE("biomass of lost cells is their mean, and the cells that stay do not count") {
    Case c;
    const auto loss = square([](int column, int) { return column < 10 ? 17 : 0; }, "loss.tif");
    const auto biomass =
        square([](int column, int) { return column < 5    ? 102
                                            : column < 10 ? 202
                                                          : 50; }, "biomass.tif");
    regions::LossInputs inputs;
    inputs.loss_year = &loss;
    const auto density = regions::biomass_of_loss(c.set, inputs, biomass, {2});
    REQUIRE(density.size() == 1);
    CHECK(density.at({"r", 2017}) == Approx(152.5));
}

TEST_CASE("the displaced part is bounded by the causal estimate, and from below by 0 unless displacement was found") {
    // 30 ha removed in 2017, 10 a year over the lag of two; half of the arrivals of 2018 came to r, where 20 ha
    // appeared: 5 ha per unit of share, a quarter of what appeared.
    regions::EradicationEvent event;
    event.date = geo::parse_date("2017-06-01", geo::DateOrder::iso_only).value();
    event.kind = regions::EradicationKind::manual_forced;
    event.reported = geo::Hectares(30);
    const std::vector<regions::EradicationEvent> events{event};
    const regions::ArrivalsByRegion arrivals{{{"r", 2018}, {20, 10}}, {{"q", 2018}, {15, 10}}};
    std::vector<LossRow> rows(3);
    for (LossRow& row : rows) {
        row.region_id = "r";
        row.year = 2018;
        row.area = geo::Hectares(8);
    }
    rows[0].mechanism = "direct_lag_0";
    rows[1].mechanism = "associated";
    rows[2].mechanism = "driver_cattle";
    regions::DisplacementResult result;
    result.verdict = regions::DisplacementVerdict::found;
    result.lo = 0.2;
    result.hi = 0.4;
    regions::add_displaced_bounds(rows, result, arrivals, events, 2);
    CHECK(rows[0].displaced_lo->value() == Approx(8 * 0.2 * 0.25));
    CHECK(rows[0].displaced_hi->value() == Approx(8 * 0.4 * 0.25));
    CHECK(rows[1].displaced_hi->value() == Approx(8 * 0.4 * 0.25));
    CHECK(rows[2].displaced_hi->value() == 0);
    // The same share of hectares as mapped, four for every five reported: crop that appeared is as mapped too.
    result.mapped.rate = 0.8;
    result.mapped.applied = true;
    regions::add_displaced_bounds(rows, result, arrivals, events, 2);
    CHECK(rows[0].displaced_hi->value() == Approx(0.8 * 8 * 0.4 * 0.25));
    result.mapped = {};
    result.verdict = regions::DisplacementVerdict::cannot_tell;
    regions::add_displaced_bounds(rows, result, arrivals, events, 2);
    CHECK(rows[0].displaced_lo->value() == 0);
    CHECK(rows[0].displaced_hi->value() == Approx(0.8));
    result.hi.reset();
    regions::add_displaced_bounds(rows, result, arrivals, events, 2);
    CHECK(rows[0].displaced_lo->value() == 0);
    CHECK_FALSE(rows[0].displaced_hi.has_value());
}
