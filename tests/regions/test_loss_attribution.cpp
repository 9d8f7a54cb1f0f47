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
    // Near the plot lie about 30 ha, of which a tenth is lost; the cells' pattern moves that by a few cells.
    CHECK(parts.at("associated") < 0.4);
    CHECK(sum(parts) == Approx(90).epsilon(1e-6));
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

TEST_CASE("a region that lies near crop as a whole has no associated loss and says why") {
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
        CHECK(rows[i].area == alone[i].area);
    REQUIRE(ranges.size() == 3);
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
    result.verdict = regions::DisplacementVerdict::cannot_tell;
    regions::add_displaced_bounds(rows, result, arrivals, events, 2);
    CHECK(rows[0].displaced_lo->value() == 0);
    CHECK(rows[0].displaced_hi->value() == Approx(0.8));
    result.hi.reset();
    regions::add_displaced_bounds(rows, result, arrivals, events, 2);
    CHECK(rows[0].displaced_lo->value() == 0);
    CHECK_FALSE(rows[0].displaced_hi.has_value());
}
