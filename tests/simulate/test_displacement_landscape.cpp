#include <cmath>
#include <map>
#include <set>

#include "geo/topology.hpp"
#include "simulate/displacement_landscape.hpp"
#include "simulate/displacement_tables.hpp"
#include "simulate/outline.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::simulate;

namespace {

/// A sixth of the landscape, the same rules.
DisplacementParameters small(std::string_view preset) {
    DisplacementParameters parameters = on_the_ground(*displacement_preset(preset));
    parameters.land.columns = 15;
    parameters.land.rows = 12;
    parameters.land.columns_abroad = 3;
    parameters.land.enclaves = 2;
    parameters.land.crop_at_start = geo::Hectares(2'000);
    parameters.campaign.events = 14;
    parameters.campaign.crop_at_least = geo::Hectares(15);
    parameters.years = 10;
    return parameters;
}

const DisplacementLandscape& made(const std::string& preset) {
    static std::map<std::string, DisplacementLandscape> cache;
    const auto found = cache.find(preset);
    if (found != cache.end()) return found->second;
    return cache.emplace(preset, displacement_landscape(small(preset), 2)).first->second;
}

double hectares(const geo::Ring& ring) {
    return geo::planar_area(as_polygons(ring)) / 10'000;
}

}  // namespace

TEST_CASE("plots of a cell hold its crop to within half a plot") {
    const DisplacementLandscape& landscape = made("balloon");
    const DisplacementStudy& study = landscape.study;
    std::vector<std::vector<double>> sums(study.land.cells.size(), std::vector<double>(study.panel.years.size()));
    for (const FrontierPlot& plot : landscape.ground.plots) {
        for (int year = plot.first; year <= plot.last; ++year)
            sums[plot.cell][static_cast<std::size_t>(year)] += hectares(plot.outline);
    }
    double total = 0;
    double wanted = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        for (std::size_t t = 0; t < sums[i].size(); ++t) {
            CHECK(std::abs(sums[i][t] - study.run.crop[i][t]) < 3.0 + 0.02 * study.run.crop[i][t]);
            total += sums[i][t];
            wanted += study.run.crop[i][t];
        }
    }
    CHECK(total == Approx(wanted).epsilon(0.02));
}

TEST_CASE("plots on the ground never overlap, and lie in their cell") {
    const DisplacementLandscape& landscape = made("balloon");
    std::vector<geo::MultiPolygon> outlines;
    double sum = 0;
    for (const FrontierPlot& plot : landscape.ground.plots) {
        CHECK(plot.first <= plot.last);
        CHECK(landscape.study.land.frame.cell_at(
                  {(geo::envelope(plot.outline).min.x + geo::envelope(plot.outline).max.x) / 2,
                   (geo::envelope(plot.outline).min.y + geo::envelope(plot.outline).max.y) / 2}) ==
              landscape.study.land.cells[plot.cell].position);
        if (plot.first > 5 || plot.last < 5) continue;
        outlines.push_back(as_polygons(plot.outline));
        sum += geo::planar_area(outlines.back());
    }
    REQUIRE(outlines.size() > 500);
    CHECK(geo::planar_area(geo::union_of(outlines)) == Approx(sum).epsilon(1e-6));
}

TEST_CASE("the truth of a landscape is that of its plots, and near that of its panel") {
    for (const char* preset : {"balloon", "null", "far_balloon"}) {
        const DisplacementLandscape& landscape = made(preset);
        INFO(preset);
        double removed = 0;
        double belt = 0;
        double abroad = 0;
        for (const FrontierPlot& plot : landscape.ground.plots) {
            if (plot.removed_by >= 0) {
                removed += hectares(plot.outline);
                const CampaignEvent& event = landscape.study.events[static_cast<std::size_t>(plot.removed_by)];
                CHECK(event.year == plot.last + 1);
                CHECK(event.cell == plot.cell);
            }
            if (plot.displaced_by < 0) continue;
            const CampaignEvent& event = landscape.study.events[static_cast<std::size_t>(plot.displaced_by)];
            CHECK((plot.first == event.year + 1 || plot.first == event.year + 2));
            CHECK(plot.last == landscape.study.parameters.years - 1);
            const geo::Box box = geo::envelope(plot.outline);
            const double away =
                std::hypot((box.min.x + box.max.x) / 2 - event.place.x, (box.min.y + box.max.y) / 2 - event.place.y);
            if (away <= 20'000) {
                belt += hectares(plot.outline);
            } else if (landscape.study.land.cells[plot.cell].abroad) {
                abroad += hectares(plot.outline);
            }
        }
        const MovedHectares& all = landscape.study.truth.all;
        CHECK(all.removed == Approx(removed));
        CHECK(all.belt == Approx(belt).margin(1e-9));
        CHECK(all.abroad == Approx(abroad).margin(1e-9));
        const DisplacementStudy panel = displacement_study(small(preset), 2);
        CHECK(all.removed == Approx(panel.truth.all.removed).epsilon(0.08));
        CHECK(all.displaced_share() == Approx(panel.truth.all.displaced_share()).margin(0.05));
        if (std::string(preset) == "null") CHECK(all.belt + all.far + all.abroad == 0);
        if (std::string(preset) == "far_balloon") CHECK((all.belt == 0 && all.abroad > 0));
    }
}

TEST_CASE("operations are reported with a footprint that holds what they removed") {
    const DisplacementLandscape& landscape = made("balloon");
    for (const FrontierPlot& plot : landscape.ground.plots) {
        if (plot.removed_by < 0) continue;
        const auto e = static_cast<std::size_t>(plot.removed_by);
        const auto& place = std::get<geo::MultiPolygon>(landscape.study.eradication[e].place);
        const geo::MultiPolygon outline = as_polygons(plot.outline);
        CHECK(geo::planar_area(geo::intersection(place, outline)) > 0.5 * geo::planar_area(outline));
    }
}

TEST_CASE("every cell of forest is lost at most once, and its hectares are those of the truth table") {
    const DisplacementLandscape& landscape = made("balloon");
    const FrontierForest& forest = landscape.forest;
    std::map<std::string, double> cells;
    double displaced = 0;
    for (std::size_t at = 0; at < forest.mechanism.size(); ++at) {
        const bool lost = forest.mechanism[at] != LossMechanism::none;
        CHECK_FALSE(lost != (forest.true_year[at] != 0));
        CHECK_FALSE(lost != (forest.mapped_year[at] != 0));
        if (!lost) continue;
        if (forest.tree_cover[at] < frontier_forest_min) FAIL("loss without forest");
        cells[std::string(name_of(forest.mechanism[at]))] += forest.cell_hectares();
        displaced += forest.displaced[at] * forest.cell_hectares();
    }
    std::map<std::string, double> table;
    double table_displaced = 0;
    for (const NamedTable& named : displacement_truth_tables(landscape)) {
        if (named.name != "loss") continue;
        for (const geo::TextRow& row : named.table.rows) {
            table[row.cells[2]] += std::stod(row.cells[3]);
            table_displaced += std::stod(row.cells[4]);
        }
    }
    REQUIRE(table.size() == 5);
    for (const auto& [mechanism, area] : cells)
        CHECK(table[mechanism] == Approx(area).epsilon(1e-4));
    CHECK(table_displaced == Approx(displaced).epsilon(1e-3));
    CHECK(displaced > 0);
    CHECK(cells["associated"] == Approx(cells["direct"] / 3).epsilon(0.25));
    const FrontierForest& null = made("null").forest;
    CHECK(std::ranges::count(null.displaced, std::uint8_t{1}) == 0);
}

TEST_CASE("the shares of wrong loss years and of wrong drivers are those stated") {
    const DisplacementLandscape& landscape = made("null");
    const FrontierForest& forest = landscape.forest;
    double wrong = 0;
    double lost = 0;
    for (std::size_t at = 0; at < forest.true_year.size(); ++at) {
        if (forest.true_year[at] == 0) continue;
        const int off = std::abs(int{forest.true_year[at]} - int{forest.mapped_year[at]});
        REQUIRE(off <= 1);
        wrong += off;
        ++lost;
    }
    CHECK(wrong / lost == Approx(0.30).margin(0.05));  // a little less: no map shows a year outside the study

    double right_class = 0;
    double shown = 0;
    for (std::size_t at = 0; at < forest.drivers.size(); ++at) {
        std::map<MappedDriver, int> counts;
        const int column = forest.driver_frame.column_of(at) * 32;
        const int row = forest.driver_frame.row_of(at) * 32;
        for (int r = row; r < row + 32; ++r) {
            for (int c = column; c < column + 32; ++c) {
                switch (forest.mechanism[forest.frame.position(c, r)]) {
                    case LossMechanism::direct:
                    case LossMechanism::associated:
                        ++counts[MappedDriver::shifting_cultivation];
                        break;
                    case LossMechanism::cattle:
                        ++counts[MappedDriver::cattle];
                        break;
                    case LossMechanism::fire:
                        ++counts[MappedDriver::fire];
                        break;
                    case LossMechanism::other:
                        ++counts[MappedDriver::other];
                        break;
                    case LossMechanism::none:
                        break;
                }
            }
        }
        CHECK(counts.empty() == (forest.drivers[at] == MappedDriver::none));
        if (counts.empty()) continue;
        int most = 0;
        for (const auto& [driver, count] : counts)
            most = std::max(most, count);
        ++shown;
        right_class += counts[forest.drivers[at]] == most ? 1 : 0;
    }
    CHECK(right_class / shown == Approx(0.80).margin(0.03));
}

TEST_CASE("surveys of a landscape miss the share that was stated and never see through clouds") {
    const DisplacementLandscape& landscape = made("balloon");
    double standing = 0;
    double seen = 0;
    for (std::size_t s = 0; s < landscape.surveys.size(); ++s) {
        const int index = static_cast<int>(s);
        for (const FrontierPlot& plot : landscape.ground.plots)
            standing += plot.first <= index && index <= plot.last ? 1 : 0;
        seen += static_cast<double>(landscape.surveys[s].plots.size());
        std::set<int> once;
        for (std::size_t p = 0; p < landscape.surveys[s].plots.size(); ++p) {
            CHECK(once.insert(landscape.true_plots[s][p]).second);
            const FrontierPlot& plot = landscape.ground.plots[static_cast<std::size_t>(landscape.true_plots[s][p] - 1)];
            CHECK((plot.first <= index && index <= plot.last));
        }
        const geo::PreparedPolygons observed(geo::buffer(geo::Geometry(*landscape.surveys[s].observed), 30));
        for (std::size_t p = 0; p < landscape.surveys[s].plots.size(); p += 11)
            CHECK(observed.covers(landscape.surveys[s].plots[p].outline));
    }
    CHECK(seen / standing > 0.87);
    CHECK(seen / standing < 0.94);
}

TEST_CASE("a landscape depends on its seed and on nothing else") {
    const DisplacementLandscape again = displacement_landscape(small("balloon"), 2);
    const DisplacementLandscape& first = made("balloon");
    CHECK((again.forest.mapped_year == first.forest.mapped_year));
    CHECK((again.forest.drivers == first.forest.drivers));
    CHECK((again.true_plots == first.true_plots));
    const DisplacementLandscape other = displacement_landscape(small("balloon"), 3);
    CHECK((other.forest.mapped_year != first.forest.mapped_year));
}
