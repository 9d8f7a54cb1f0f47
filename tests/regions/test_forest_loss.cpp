#include <algorithm>
#include <map>

#include "geo/topology.hpp"
#include "raster/raster_source.hpp"
#include "regions/forest_loss.hpp"
#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;
using regions::LossRow;

namespace {

/// 30 m cells from the CRS's centre to the north-east.
raster::Grid grid_of(int width, int height) {
    raster::Grid grid;
    grid.crs = metres_crs();
    grid.origin = {0, height * 30.0};
    grid.cell_width = 30;
    grid.cell_height = 30;
    grid.width = width;
    grid.height = height;
    return grid;
}

raster::MemoryRasterSource<std::uint8_t> bytes(int width, int height, std::vector<std::uint8_t> values) {
    return raster::MemoryRasterSource<std::uint8_t>(
        raster::Raster<std::uint8_t>(grid_of(width, height), std::move(values)), {"loss.tif", "", "", 0, ""});
}

std::map<std::string, double> by_mechanism(const std::vector<LossRow>& rows, const std::string& region, int year) {
    std::map<std::string, double> result;
    for (const LossRow& row : rows)
        if (row.region_id == region && row.year == year) result[row.mechanism] = row.area.value();
    return result;
}

std::vector<LossRow> loss_of(const regions::RegionSet& set, const std::vector<regions::Survey>& surveys,
                             const regions::LossInputs& inputs, const std::vector<int>& years,
                             geo::Diagnostics& diagnostics, int jobs = 2) {
    return regions::forest_loss(set, surveys, inputs, years, {jobs}, diagnostics);
}

}  // namespace

TEST_CASE("a lost cell goes to the lag at which crop first covered half of it") {
    geo::Diagnostics diagnostics;
    // Five cells of 0.09 ha lost in 2016, 2017, 2018, 2018 and never.
    const auto loss = bytes(5, 1, {16, 17, 18, 18, 0});
    const auto set = region_set({region("r", rectangle(0, 0, 150, 30))}, diagnostics);
    const std::vector<regions::Survey> surveys = {
        survey(2017, {plot("a", rectangle(0, 0, 60, 30))}, diagnostics),
        // More than half of the third cell is new in 2018, less than half of the fourth; the first two are not new.
        survey(2018, {plot("a", rectangle(0, 0, 76, 30)), plot("b", rectangle(106, 0, 136, 30))}, diagnostics)};
    regions::LossInputs inputs;
    inputs.loss_year = &loss;
    const auto rows = loss_of(set, surveys, inputs, {2016, 2017, 2018}, diagnostics);

    const auto y2016 = by_mechanism(rows, "r", 2016);
    CHECK(y2016.size() == 3);
    CHECK(y2016.at("direct_lag_1") == Approx(0.09).epsilon(1e-7));
    CHECK(y2016.at("direct_lag_2") == 0);
    CHECK(y2016.at("not_crop") == Approx(0).margin(1e-9));
    const auto y2017 = by_mechanism(rows, "r", 2017);
    CHECK(y2017.at("direct_lag_0") == Approx(0.09).epsilon(1e-7));
    CHECK(y2017.at("direct_lag_1") == 0);
    const auto y2018 = by_mechanism(rows, "r", 2018);
    CHECK(y2018.size() == 2);
    CHECK(y2018.at("direct_lag_0") == Approx(0.09).epsilon(1e-7));
    CHECK(y2018.at("not_crop") == Approx(0.09).epsilon(1e-7));
    CHECK(rows.front().region_name == "Vereda r");
    CHECK_FALSE(rows.front().displaced_lo.has_value());
}

TEST_CASE("plots too small to cover half of any cell count by the part they cover") {
    geo::Diagnostics diagnostics;
    const auto loss = bytes(3, 1, {17, 17, 17});
    const auto set = region_set({region("r", rectangle(0, 0, 90, 30))}, diagnostics);
    const std::vector<regions::Survey> surveys = {
        // A third of the first cell; a tenth and a fifth of the second, which do not overlap.
        survey(2017,
               {plot("a", rectangle(0, 0, 10, 30)), plot("b", rectangle(30, 0, 33, 30)),
                plot("c", rectangle(40, 0, 46, 30))},
               diagnostics),
        // What is new of the first cell is its second third; the rest of it comes with most of the cell.
        survey(2018, {plot("a", rectangle(0, 0, 14, 30))}, diagnostics),
        survey(2019, {plot("a", rectangle(0, 0, 28, 30))}, diagnostics)};
    regions::LossInputs inputs;
    inputs.loss_year = &loss;
    const auto y2017 = by_mechanism(loss_of(set, surveys, inputs, {2017}, diagnostics), "r", 2017);
    CHECK(y2017.at("direct_lag_0") == Approx(0.09 * (10 + 9) / 30).epsilon(1e-6));
    CHECK(y2017.at("direct_lag_1") == Approx(0.09 * 4 / 30).epsilon(1e-6));
    CHECK(y2017.at("direct_lag_2") == Approx(0.09 * 16 / 30).epsilon(1e-6));
    CHECK(y2017.at("not_crop") == Approx(0.09 + 0.09 * 21 / 30).epsilon(1e-6));
}

TEST_CASE("loss dated one year after crop was first seen is direct, two years after it is not") {
    geo::Diagnostics diagnostics;
    const auto loss = bytes(2, 1, {18, 19});
    const auto set = region_set({region("r", rectangle(0, 0, 60, 30))}, diagnostics);
    const std::vector<regions::Survey> surveys = {survey(2017, {plot("a", rectangle(0, 0, 60, 30))}, diagnostics),
                                                  survey(2018, {plot("a", rectangle(0, 0, 60, 30))}, diagnostics)};
    regions::LossInputs inputs;
    inputs.loss_year = &loss;
    const auto rows = loss_of(set, surveys, inputs, {2018, 2019}, diagnostics);
    CHECK(by_mechanism(rows, "r", 2018).at("direct_lag_0") == Approx(0.09).epsilon(1e-7));
    CHECK(by_mechanism(rows, "r", 2018).at("not_crop") == Approx(0).margin(1e-9));
    CHECK(by_mechanism(rows, "r", 2019).at("not_crop") == Approx(0.09).epsilon(1e-7));
}

TEST_CASE("ground under coca and poppy of one year is counted once") {
    geo::Diagnostics diagnostics;
    const auto loss = bytes(2, 1, {17, 17});
    const auto set = region_set({region("r", rectangle(0, 0, 60, 30))}, diagnostics);
    auto poppy = survey(2017, {plot("p", rectangle(0, 0, 45, 30))}, diagnostics);
    poppy.crop = regions::Crop::poppy;
    const std::vector<regions::Survey> surveys = {survey(2017, {plot("c", rectangle(0, 0, 30, 30))}, diagnostics),
                                                  poppy};
    regions::LossInputs inputs;
    inputs.loss_year = &loss;
    const auto y2017 = by_mechanism(loss_of(set, surveys, inputs, {2017}, diagnostics), "r", 2017);
    CHECK(y2017.at("direct_lag_0") == Approx(0.18).epsilon(1e-7));
    CHECK(y2017.at("not_crop") == Approx(0).margin(1e-9));
}

TEST_CASE("two plots that cover half of a cell together make it crop, overlaps counted once") {
    geo::Diagnostics diagnostics;
    const auto loss = bytes(4, 1, {17, 17, 17, 17});
    const auto set = region_set({region("r", rectangle(0, 0, 120, 30))}, diagnostics);
    auto poppy = survey(2017, {plot("p", rectangle(60, 0, 102, 30))}, diagnostics);
    poppy.crop = regions::Crop::poppy;
    const std::vector<regions::Survey> surveys = {
        // The second cell: 12 m from the left and 6 m from the right make more than half. The fourth: 12 m of poppy
        // and the same 12 m of coca make less.
        survey(2017,
               {plot("a", rectangle(0, 0, 42, 30)), plot("b", rectangle(54, 0, 60, 30)),
                plot("c", rectangle(60, 0, 102, 30))},
               diagnostics),
        poppy};
    regions::LossInputs inputs;
    inputs.loss_year = &loss;
    const auto y2017 = by_mechanism(loss_of(set, surveys, inputs, {2017}, diagnostics), "r", 2017);
    CHECK(y2017.at("direct_lag_0") == Approx(3 * 0.09).epsilon(1e-7));
}

TEST_CASE("only cells with enough tree cover were forest, and lags beyond the longest are not crop") {
    geo::Diagnostics diagnostics;
    const auto loss = bytes(3, 1, {11, 11, 11});
    const auto cover = bytes(3, 1, {29, 30, 90});
    const auto set = region_set({region("r", rectangle(0, 0, 90, 30))}, diagnostics);
    const std::vector<regions::Survey> surveys = {survey(2013, {plot("a", rectangle(0, 0, 60, 30))}, diagnostics)};
    regions::LossInputs inputs;
    inputs.loss_year = &loss;
    inputs.tree_cover = &cover;
    auto y2011 = by_mechanism(loss_of(set, surveys, inputs, {2011}, diagnostics), "r", 2011);
    CHECK(y2011.at("direct_lag_2") == Approx(0.09).epsilon(1e-7));
    CHECK(y2011.at("not_crop") == Approx(0.09).epsilon(1e-7));
    inputs.max_lag = 1;
    y2011 = by_mechanism(loss_of(set, surveys, inputs, {2011}, diagnostics), "r", 2011);
    CHECK(y2011.size() == 1);
    CHECK(y2011.at("not_crop") == Approx(0.18).epsilon(1e-7));
}

TEST_CASE("years and regions the raster does not map have no rows, not zeros") {
    geo::Diagnostics diagnostics;
    const auto loss = bytes(2, 1, {17, 0});
    const auto set = region_set({region("far", rectangle(9000, 0, 9030, 30)), region("half", rectangle(30, 0, 90, 30)),
                                 region("r", rectangle(0, 0, 60, 30))},
                                diagnostics);
    regions::LossInputs inputs;
    inputs.loss_year = &loss;
    const auto rows = loss_of(set, {survey(2016, {}, diagnostics)}, inputs, {2000, 2016, 2017, 2018}, diagnostics);
    REQUIRE(rows.size() == 6);  // r and half: two of 2016, one of 2017 each
    CHECK(by_mechanism(rows, "r", 2016) == std::map<std::string, double>{{"direct_lag_0", 0.0}, {"not_crop", 0.0}});
    CHECK(by_mechanism(rows, "r", 2017).size() == 1);
    CHECK(count_of(diagnostics, "loss.region_outside") == 1);
    REQUIRE(count_of(diagnostics, "loss.region_partly_outside") == 1);
    REQUIRE(count_of(diagnostics, "loss.years_not_mapped") == 1);
    for (const geo::Diagnostic& diagnostic : diagnostics.sorted())
        if (diagnostic.message.id.text() == "loss.region_partly_outside")
            CHECK(diagnostic.message.arguments == geo::MessageArguments{{"id", "half"}, {"percent", "50.0"}});
    for (const geo::Diagnostic& diagnostic : diagnostics.sorted())
        if (diagnostic.message.id.text() == "loss.years_not_mapped")
            CHECK(diagnostic.message.arguments[0].second == "2000, 2018");
}

namespace {

/// What the definition says, cell by cell with GEOS: region and year to area by mechanism, hectares.
std::map<std::string, double> by_definition(const geo::MultiPolygon& land, const std::vector<regions::Survey>& surveys,
                                            const std::vector<std::uint8_t>& loss, const raster::Grid& grid, int year,
                                            int max_lag) {
    std::map<int, std::vector<geo::MultiPolygon>> outlines;
    for (const auto& of_year : surveys)
        for (const auto& p : of_year.plots)
            outlines[of_year.year].push_back(p.outline);
    std::map<std::string, double> result;
    for (int row = 0; row < grid.height; ++row)
        for (int col = 0; col < grid.width; ++col) {
            if (loss[static_cast<std::size_t>(row * grid.width + col)] + 2000 != year) continue;
            const geo::Box box = grid.cell_box(col, row);
            const auto cell = geo::intersection(rectangle(box.min.x, box.min.y, box.max.x, box.max.y), land);
            const auto square = rectangle(box.min.x, box.min.y, box.max.x, box.max.y);
            const double area = geo::planar_area(cell) / 10'000;
            std::string mechanism = "not_crop";
            for (const auto& [seen, parts] : outlines) {
                const double covered = geo::planar_area(geo::intersection(square, geo::union_of(parts)));
                if (covered < 0.5 * geo::planar_area(square)) continue;
                // Crop that stood there the year before is crop on ground whose loss the map dates late.
                if (seen >= year - 1 && seen <= year + max_lag)
                    mechanism = "direct_lag_" + std::to_string(std::max(seen - year, 0));
                break;
            }
            result[mechanism] += area;
        }
    return result;
}

struct RandomLand {
    std::vector<std::uint8_t> loss;
    std::vector<regions::Survey> surveys;
    std::vector<regions::Region> land;
};

RandomLand random_land(unsigned seed, int width, int height, geo::Diagnostics& diagnostics) {
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> year(15, 20);
    std::uniform_real_distribution<double> x(0, width * 30.0);
    std::uniform_real_distribution<double> y(0, height * 30.0);
    RandomLand result;
    for (int i = 0; i < width * height; ++i)
        result.loss.push_back(static_cast<std::uint8_t>(random() % 3 == 0 ? 0 : year(random)));
    for (int survey_year = 2016; survey_year <= 2019; ++survey_year) {
        std::vector<regions::Plot> plots;
        for (int i = 0; i < 6; ++i)
            plots.push_back(plot(std::to_string(i), blob(random, {x(random), y(random)}, 70, 8)));
        result.surveys.push_back(survey(survey_year, plots, diagnostics));
    }
    // They overlap, leave gaps and reach beyond the raster.
    result.land = {region("a", blob(random, {200, 180}, 260, 11)), region("b", blob(random, {330, 200}, 260, 7)),
                   region("c", blob(random, {60, 60}, 150, 5))};
    return result;
}

}  // namespace

TEST_CASE("forest loss equals its definition, cell by cell, on random landscapes") {
    for (const unsigned seed : {1u, 2u, 3u}) {
        geo::Diagnostics diagnostics;
        const RandomLand random = random_land(seed, 16, 12, diagnostics);
        const auto loss = bytes(16, 12, random.loss);
        const auto set = region_set(random.land, diagnostics);
        regions::LossInputs inputs;
        inputs.loss_year = &loss;
        inputs.max_lag = 2;
        const auto rows = loss_of(set, random.surveys, inputs, {2015, 2016, 2017, 2018, 2019}, diagnostics);
        for (const auto& land : set.regions())
            for (int year = 2015; year <= 2019; ++year) {
                auto expected = by_definition(land.geometry, random.surveys, random.loss, loss.grid(), year, 2);
                double total = 0;
                double expected_total = 0;
                for (const auto& [mechanism, area] : by_mechanism(rows, land.id, year)) {
                    CHECK(area == Approx(expected[mechanism]).margin(1e-8));
                    total += area;
                }
                for (const auto& [mechanism, area] : expected)
                    expected_total += area;
                CHECK(total == Approx(expected_total).margin(1e-8));
            }
    }
}

TEST_CASE("forest loss is the same to the last bit with one thread and eight") {
    geo::Diagnostics diagnostics;
    const RandomLand random = random_land(9, 16, 12, diagnostics);
    const auto loss = bytes(16, 12, random.loss);
    const auto set = region_set(random.land, diagnostics);
    regions::LossInputs inputs;
    inputs.loss_year = &loss;
    const auto one = loss_of(set, random.surveys, inputs, {2016, 2017}, diagnostics, 1);
    const auto eight = loss_of(set, random.surveys, inputs, {2016, 2017}, diagnostics, 8);
    REQUIRE(one.size() == eight.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        CHECK(one[i].mechanism == eight[i].mechanism);
        CHECK(one[i].area == eight[i].area);
    }
}
