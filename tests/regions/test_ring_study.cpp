#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>

#include "regions/comparison_areas.hpp"
#include "regions/placement_test.hpp"
#include "regions/ring_study.hpp"
#include "tests/regions/panel_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::regions;
using namespace vereda::tests;

namespace {

ComparisonAreas by_region(const CropPanel& panel) {
    ComparisonAreas areas;
    std::map<std::string, std::size_t> known;
    for (const PanelUnit& unit : panel.units)
        areas.of_unit.push_back(known.try_emplace(unit.region_id, known.size()).first->second);
    areas.count = known.size();
    return areas;
}

struct Case {
    MadePanel made;
    UnitIndex index;
    std::vector<Removal> removals;

    Case(const PanelRecipe& recipe, std::uint64_t seed) : made(make_panel(recipe, seed)), index(made.panel.units) {
        geo::Diagnostics diagnostics;
        removals = removals_on(made.panel, index, made.events, diagnostics);
    }
    /// Within the regions of the recipe.
    [[nodiscard]] double share() const {
        const RingSettings settings{geo::Metres(20'000), 2, 1, by_region(made.panel).of_unit};
        const RingDesign design(made.panel, index, removals, settings);
        const RingDoses rings(index, settings.belt);
        return fit_rings(design, design.dose_columns(rings.of(removals), 1), 1).coefficients.front();
    }
};

/// Crop that never moves by itself: whatever appears was displaced.
PanelRecipe still(double share, double by_crop) {
    PanelRecipe recipe;
    recipe.share = share;
    recipe.by_crop = by_crop;
    recipe.noise = 0;
    recipe.regional = 0;
    return recipe;
}

}  // namespace

TEST_CASE("the share is exact where nothing but displacement moves crop, overlapping rings included") {
    for (const double share : {0.0, 0.3, 0.8}) {
        CAPTURE(share);
        CHECK(Case(still(share, 0), 3).share() == Approx(share).margin(0.02));
        CHECK(Case(still(share, 1), 3).share() == Approx(share).margin(0.02));
    }
}

TEST_CASE("growth of a region in proportion to crop is no displacement") {
    PanelRecipe recipe = still(0, 0);
    recipe.regional = 0.4;
    // Not exactly: what was removed from a cell does not grow.
    CHECK(Case(recipe, 8).share() == Approx(0).margin(0.005));
}

TEST_CASE("the coefficient equals least squares on every dummy, slope and covariate") {
    PanelRecipe recipe;
    recipe.regions_a_side = 2;
    recipe.cells_a_side = 6;
    recipe.share = 0.5;
    const Case c(recipe, 4);
    const ComparisonAreas areas = by_region(c.made.panel);
    const RingSettings settings{geo::Metres(12'000), 2, 1, areas.of_unit};
    const RingDesign design(c.made.panel, c.index, c.removals, settings);
    const RingDoses rings(c.index, settings.belt);
    const std::vector<double> doses = design.dose_columns(rings.of(c.removals), 1);
    const int k = 1 + RingDesign::kOtherDoses;

    // Everything again by hand: dummies and slopes of region x slot; then, in every slot for itself, departure, the
    // neighbourhood's mean and departure, own removals.
    std::map<std::pair<std::string, std::size_t>, Eigen::Index> groups;
    for (std::size_t r = 0; r < design.rows(); ++r)
        groups.try_emplace({c.made.panel.units[design.unit_of(r)].region_id, design.slot_of(r)},
                           static_cast<Eigen::Index>(groups.size()));
    const auto rows = static_cast<Eigen::Index>(design.rows());
    const auto count = static_cast<Eigen::Index>(groups.size());
    Eigen::MatrixXd x =
        Eigen::MatrixXd::Zero(rows, k + 2 * count + 5 * static_cast<Eigen::Index>(design.slots().size()));
    Eigen::VectorXd y(rows);
    const auto crop = [&](std::size_t u, std::size_t year) { return *c.made.panel.crop_ha[u][year]; };
    const auto mean = [&](std::size_t u, std::size_t base) {
        double sum = 0;
        for (std::size_t t = 0; t <= base; ++t)
            sum += crop(u, t);
        return sum / static_cast<double>(base + 1);
    };
    for (Eigen::Index i = 0; i < rows; ++i) {
        const auto r = static_cast<std::size_t>(i);
        const std::size_t u = design.unit_of(r);
        const RingSlot& slot = design.slots()[design.slot_of(r)];
        const std::size_t base = static_cast<std::size_t>(slot.year - 2000 - 2);
        for (int column = 0; column < k; ++column)
            x(i, column) = doses[r * static_cast<std::size_t>(k) + static_cast<std::size_t>(column)];
        const Eigen::Index g = groups.at({c.made.panel.units[u].region_id, design.slot_of(r)});
        x(i, k + 2 * g) = 1;
        x(i, k + 2 * g + 1) = mean(u, base);
        double around = 0;
        double around_departure = 0;
        int neighbours = 0;
        for (std::size_t v = 0; v < c.made.panel.units.size(); ++v) {
            const geo::Point a = c.made.panel.units[u].place;
            const geo::Point b = c.made.panel.units[v].place;
            if (v == u || std::hypot(a.x - b.x, a.y - b.y) > 12'000) continue;
            around += mean(v, base);
            around_departure += crop(v, base) - mean(v, base);
            ++neighbours;
        }
        double recent = 0;
        double older = 0;
        for (const Removal& removal : c.removals) {
            if (removal.targets.front() != u) continue;
            const int base_year = slot.year - 2;
            if (removal.year <= base_year && removal.year > base_year - 3) recent += removal.hectares;
            if (removal.year <= base_year - 3) older += removal.hectares;
        }
        const Eigen::Index first = k + 2 * count + 5 * static_cast<Eigen::Index>(design.slot_of(r));
        x(i, first) = crop(u, base) - mean(u, base);
        x(i, first + 1) = around / neighbours;
        x(i, first + 2) = around_departure / neighbours;
        x(i, first + 3) = recent;
        x(i, first + 4) = older;
        y(i) = crop(u, static_cast<std::size_t>(slot.year - 2000 + 2));
    }
    const Eigen::VectorXd dense = x.completeOrthogonalDecomposition().solve(y);
    const RingFit fit = fit_rings(design, doses, 1);
    CHECK(fit.coefficients[0] == Approx(dense(0)).margin(1e-8));
    const RingCoefficient one = coefficient(design, doses, 1, 0);
    CHECK(one.estimate == Approx(dense(0)).margin(1e-8));
}

TEST_CASE("weights give weighted least squares: a row of weight 4 counts as four rows") {
    // Weights that are all alike change nothing.
    const Case c({}, 6);
    const RingDesign design(c.made.panel, c.index, c.removals, {});
    const RingDoses rings(c.index, geo::Metres(20'000));
    const std::vector<Dose> doses = rings.of(c.removals);
    const double plain = fit_rings(design, design.dose_columns(doses, 1), 1).coefficients.front();
    const RingDesign fours = design.weighted(std::vector<double>(design.rows(), 4));
    CHECK(fit_rings(fours, fours.dose_columns(doses, 1), 1).coefficients.front() == Approx(plain).epsilon(1e-9));
    const RingCoefficient first = coefficient(design, design.dose_columns(doses, 1), 1, 0);
    for (const double weight : precision_weights(design, first)) {
        CHECK(weight > 0);
        CHECK(std::isfinite(weight));
    }
}

TEST_CASE("where few placements exist all are tried, and p is their share") {
    PanelRecipe recipe;
    recipe.regions_a_side = 2;
    recipe.removals_a_year = 1;
    recipe.years = 6;
    const Case c(recipe, 12);
    REQUIRE(c.removals.size() == 1);
    const RingDesign design(c.made.panel, c.index, c.removals, {});
    const auto candidates = placement_candidates(c.made.panel, c.removals, one_area(c.made.panel).of_unit, 1);
    REQUIRE(candidates.size() == 1);
    CHECK(std::ranges::find(candidates[0], c.removals[0].targets[0]) != candidates[0].end());
    const RingDoses rings(c.index, geo::Metres(20'000));
    const auto share = [&](const std::vector<Removal>& removals) {
        return fit_rings(design, design.dose_columns(rings.of(removals), 1), 1).coefficients.front();
    };
    const double observed = share(c.removals);
    int as_large = 0;
    for (const std::size_t place : candidates[0]) {
        std::vector<Removal> moved = c.removals;
        moved[0].targets = {place};
        as_large += share(moved) >= observed - 1e-12;
    }
    const PlaceboOutcome outcome = permuted_places(design, c.index, c.removals, candidates, 999, 1, {1});
    CHECK(outcome.exact);
    CHECK(outcome.p_value == Approx(static_cast<double>(as_large) / static_cast<double>(candidates[0].size())));
    // Too few draws for all of them: drawn at random, and one is added above and below.
    const PlaceboOutcome drawn = permuted_places(design, c.index, c.removals, candidates, 5, 1, {1});
    CHECK_FALSE(drawn.exact);
    CHECK(drawn.draws == 5);
    CHECK(drawn.p_value >= 1.0 / 6);
}
