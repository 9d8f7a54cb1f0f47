#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "geo/topology.hpp"
#include "simulate/outline.hpp"
#include "tests/simulate/small_landscape.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::simulate;
using vereda::tests::law_seeds;
using vereda::tests::small_landscape;

TEST_CASE("an outline has the area that was asked for and never crosses itself") {
    Random random(5, "outlines");
    for (int i = 0; i < 300; ++i) {
        const double area = random.uniform(500, 20000);
        const OutlineShape shape{random.integer(6, 30), random.uniform(0, 0.35), random.uniform(1, 2.5),
                                 random.uniform(0, 3)};
        const geo::Ring ring = outline({1000, 2000}, geo::SquareMetres(area), shape, random);
        CHECK(geo::signed_area(ring) == Approx(area).epsilon(2e-3));  // coordinates are whole centimetres
        CHECK_FALSE(geo::invalidity(as_polygons(ring)));
    }
}

TEST_CASE("true plots are 0.05 to 2 ha, inside the study, valid, and never touch each other in one year") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        const geo::Box extent = valle.land.frame.extent();
        std::map<int, std::vector<const geo::Ring*>> by_year;
        for (const TruePlot& plot : valle.cultivation.plots) {
            int before = 0;
            for (const PlotYear& at : plot.years) {
                CHECK(at.year > before);
                before = at.year;
                const double hectares = area_of(at.outline).value();
                CHECK((hectares >= 0.05 && hectares <= 2.0));
                const geo::Box box = geo::envelope(at.outline);
                CHECK((box.min.x > extent.min.x && box.max.x < extent.max.x && box.min.y > extent.min.y &&
                       box.max.y < extent.max.y));
                if (at.year >= 2016) by_year[at.year].push_back(&at.outline);
            }
        }
        for (const auto& [year, rings] : by_year) {
            geo::MultiPolygon all;
            double sum = 0;
            for (const geo::Ring* ring : rings) {
                all.push_back({*ring, {}});
                sum += geo::signed_area(*ring);
            }
            CHECK_FALSE(geo::invalidity(all));  // valid as one multipolygon: no two overlap
            CHECK(geo::planar_area(all) == Approx(sum));
        }
    }
}

TEST_CASE("poppy stands high and moves, coca stands low and stays") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        const CultivationParameters& rule = valle.parameters.cultivation;
        double coca_years = 0;
        double poppy_years = 0;
        int coca = 0;
        int poppy = 0;
        for (const TruePlot& plot : valle.cultivation.plots) {
            const double height = valle.land.elevation.nearest(plot.centre);
            if (plot.crop == regions::Crop::poppy) {
                CHECK(height >= rule.poppy_from.value());
                poppy_years += static_cast<double>(plot.years.size());
                ++poppy;
            } else {
                CHECK((height >= rule.coca_from.value() && height <= rule.coca_to.value()));
                coca_years += static_cast<double>(plot.years.size());
                ++coca;
            }
        }
        REQUIRE(coca > 100);
        REQUIRE(poppy > 20);
        CHECK(coca_years / coca > 2 * poppy_years / poppy);
    }
}

TEST_CASE("the planted share of displacement is found again by counting the truth, plot by plot") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        const CultivationParameters& rule = valle.parameters.cultivation;
        double removed = 0;
        double displaced = 0;
        std::map<std::string, int> removal_year;
        for (const Operation& operation : valle.cultivation.operations)
            removal_year[operation.event.id] = geo::year_of(operation.event.date);
        for (const TruePlot& plot : valle.cultivation.plots) {
            if (plot.origin == PlotOrigin::displaced) {
                displaced += area_of(plot.years.front().outline).value();
                const TruePlot& origin = valle.cultivation.plots[static_cast<std::size_t>(plot.origin_plot - 1)];
                CHECK(std::hypot(origin.centre.x - plot.centre.x, origin.centre.y - plot.centre.y) <=
                      rule.belt.value());
                const int lag = plot.years.front().year - removal_year.at(plot.origin_event);
                CHECK((lag >= 1 && lag <= 2));
                CHECK(std::count(origin.removed_by.begin(), origin.removed_by.end(), plot.origin_event) == 1);
            }
            for (const std::string& event : plot.removed_by) {
                // The hectares removed are those of the last survey before the operation's year.
                const PlotYear* last = nullptr;
                for (const PlotYear& at : plot.years) {
                    if (at.year < removal_year.at(event)) last = &at;
                }
                REQUIRE(last != nullptr);
                removed += area_of(last->outline).value();
            }
        }
        REQUIRE(removed > 5);
        CHECK(displaced / removed == Approx(rule.displaced_share).margin(0.03));
    }
}

TEST_CASE("without displacement no plot is displaced") {
    LandscapeParameters parameters = vereda::tests::small_parameters();
    parameters.cultivation.displaced_share = 0;
    const Landscape calm = simulate::simulate(parameters, 1);
    for (const TruePlot& plot : calm.cultivation.plots)
        CHECK(plot.origin != PlotOrigin::displaced);
}

TEST_CASE("forced removal is replanted more often than voluntary removal") {
    std::map<bool, std::pair<int, int>> count;  // forced: replanted, removed
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const Landscape& valle = small_landscape(seed);
        for (const Operation& operation : valle.cultivation.operations) {
            const auto kind = operation.event.kind;
            const bool forced = kind == regions::EradicationKind::manual_forced;
            if (!forced && kind != regions::EradicationKind::voluntary && kind != regions::EradicationKind::community)
                continue;
            for (const int id : operation.removed_plots) {
                const TruePlot& plot = valle.cultivation.plots[static_cast<std::size_t>(id - 1)];
                ++count[forced].second;
                count[forced].first += !plot.replanted.empty();
            }
        }
    }
    REQUIRE(count[true].second > 30);
    REQUIRE(count[false].second > 20);
    CHECK(count[true].first * count[false].second > 2 * count[false].first * count[true].second);
}
