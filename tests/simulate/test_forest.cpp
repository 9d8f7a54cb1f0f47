#include <array>
#include <map>

#include "simulate/outline.hpp"
#include "simulate/study_tables.hpp"
#include "tests/simulate/small_landscape.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::simulate;
using vereda::tests::law_seeds;
using vereda::tests::small_landscape;

TEST_CASE("the loss raster agrees with the true causes cell by cell") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        const Forest& forest = valle.forest;
        const LandscapeRasters rasters = rasters_of(valle);
        std::size_t lost = 0;
        std::size_t undetermined = 0;
        for (std::size_t i = 0; i < forest.loss_year.size(); ++i) {
            const bool is_lost = forest.loss_year[i] != 0;
            REQUIRE(is_lost == (forest.cause[i] != Driver::none));
            REQUIRE(is_lost == (forest.driver[i] != Driver::none));
            REQUIRE(rasters.loss_year.values()[i] == forest.loss_year[i]);
            REQUIRE((!is_lost || forest.driver[i] == forest.cause[i] || forest.driver[i] == Driver::undetermined));
            REQUIRE((!is_lost || forest.tree_cover.values[i] >= tree_cover_min));
            REQUIRE(forest.loss_year[i] <= 21);
            lost += is_lost;
            undetermined += forest.driver[i] == Driver::undetermined;
        }
        CHECK(lost > 500);
        CHECK(static_cast<double>(undetermined) < 0.25 * static_cast<double>(lost));
    }
}

TEST_CASE("crop loss lies under the first outline of a plot cleared in that very year") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        std::size_t explained = 0;
        std::size_t crop_cells = 0;
        for (std::size_t i = 0; i < valle.forest.cause.size(); ++i) {
            const Driver cause = valle.forest.cause[i];
            if (cause != Driver::coca && cause != Driver::poppy) continue;
            ++crop_cells;
            const geo::Point p = valle.land.frame.centre(i);
            for (const TruePlot& plot : valle.cultivation.plots) {
                if (plot.cleared_year == loss_base_year + valle.forest.loss_year[i] &&
                    inside(plot.years.front().outline, p)) {
                    ++explained;
                    break;
                }
            }
        }
        CHECK(crop_cells > 100);
        CHECK(explained == crop_cells);
    }
}

TEST_CASE("clearing comes before the first crop by the lags asked for") {
    std::array<double, 4> lags{};
    double total = 0;
    for (const std::uint64_t seed : law_seeds) {
        for (const TruePlot& plot : small_landscape(seed).cultivation.plots) {
            if (plot.crop == regions::Crop::poppy) continue;
            const int lag = plot.years.front().year - plot.cleared_year;
            REQUIRE((lag >= 0 && lag <= 3));
            ++lags[static_cast<std::size_t>(lag)];
            ++total;
        }
    }
    const std::vector<double> planned = CultivationParameters{}.clearing_lag;
    for (std::size_t lag = 0; lag < lags.size(); ++lag)
        CHECK(lags[lag] / total == Approx(planned[lag]).margin(0.05));
}

TEST_CASE("the truth table of losses holds every lost cell once") {
    const Landscape& valle = small_landscape(1);
    long cells = 0;
    for (const NamedTable& named : truth_tables(valle)) {
        if (named.name != "loss") continue;
        for (const geo::TextRow& row : named.table.rows) {
            cells += std::stol(row.cells[3]);
            CHECK_FALSE(row.cells[0].empty());
        }
    }
    long lost = 0;
    for (const std::uint8_t year : valle.forest.loss_year)
        lost += year != 0;
    CHECK(cells == lost);
}
