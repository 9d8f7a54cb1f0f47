#include "livelihoods/rater_agreement.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "geo/random.hpp"

namespace vereda::livelihoods {

namespace {

constexpr int bootstrap_draws = 1000;
constexpr long regions_for_interval = 5;

/// One region's part of α: sums from which both disagreements follow.
struct Unit {
    double count = 0;
    double sum = 0;
    double squares = 0;
};

Unit unit_of(const std::vector<double>& ratings) {
    Unit unit;
    if (ratings.size() < 2) return unit;
    unit.count = static_cast<double>(ratings.size());
    for (const double rating : ratings) {
        unit.sum += rating;
        unit.squares += rating * rating;
    }
    return unit;
}

/// Σ over ordered pairs of (a − b)² = 2·(n·Σx² − (Σx)²).
double squared_differences(const Unit& unit) {
    return 2 * (unit.count * unit.squares - unit.sum * unit.sum);
}

std::optional<double> alpha_of(std::span<const Unit> units) {
    Unit all;
    double within = 0;
    for (const Unit& unit : units) {
        if (unit.count < 2) continue;
        within += squared_differences(unit) / (unit.count - 1);
        all.count += unit.count;
        all.sum += unit.sum;
        all.squares += unit.squares;
    }
    if (all.count < 2) return std::nullopt;
    const double observed = within / all.count;
    const double expected = squared_differences(all) / (all.count * (all.count - 1));
    if (!(expected > 1e-12 * std::max(1.0, all.squares / all.count))) return std::nullopt;
    return 1 - observed / expected;
}

/// Ratings less their own mean: α does not change, and large values lose no digits.
std::vector<Unit> centred_units(std::span<const std::vector<double>> ratings) {
    double sum = 0;
    double count = 0;
    for (const auto& unit : ratings)
        for (const double rating : unit) {
            sum += rating;
            ++count;
        }
    const double mean = count > 0 ? sum / count : 0;
    std::vector<Unit> units;
    for (std::vector<double> unit : ratings) {
        for (double& rating : unit)
            rating -= mean;
        units.push_back(unit_of(unit));
    }
    return units;
}

void add_interval(std::span<const Unit> units, geo::Random random, RaterAgreement& row) {
    if (row.regions < regions_for_interval) return;
    std::vector<double> draws;
    std::vector<Unit> drawn(units.size());
    for (int i = 0; i < bootstrap_draws; ++i) {
        for (Unit& unit : drawn)
            unit = units[static_cast<std::size_t>(random.integer(0, static_cast<int>(units.size()) - 1))];
        if (const auto alpha = alpha_of(drawn)) draws.push_back(*alpha);
    }
    if (draws.empty()) return;
    std::ranges::sort(draws);
    const auto at = [&](double share) {
        return draws[static_cast<std::size_t>(share * static_cast<double>(draws.size() - 1))];
    };
    row.alpha_lo = std::min(at(0.025), *row.alpha);
    row.alpha_hi = std::max(at(0.975), *row.alpha);
}

using ByRater = std::map<std::string_view, const IndicatorValue*>;
using ByRegion = std::map<std::string_view, ByRater>;

RaterAgreement agreement_of(std::string_view indicator, const ByRegion& regions, double least, unsigned long seed) {
    RaterAgreement row;
    row.indicator = indicator;
    row.least = least;
    std::vector<std::vector<double>> units;
    std::set<std::string_view> raters;
    for (const auto& [region, by_rater] : regions) {
        std::vector<double> unit;
        for (const auto& [rater, value] : by_rater) {
            raters.insert(rater);
            unit.push_back(*value->value);
        }
        if (unit.size() < 2) continue;
        const auto [lo, hi] = std::ranges::minmax(unit);
        if (!row.widest_lo || hi - lo > *row.widest_hi - *row.widest_lo) {
            row.widest_region = region;
            row.widest_lo = lo;
            row.widest_hi = hi;
        }
        row.ratings += static_cast<long>(unit.size());
        units.push_back(std::move(unit));
    }
    row.regions = static_cast<long>(units.size());
    row.raters = static_cast<long>(raters.size());
    if (units.empty()) return row;
    const std::vector<Unit> sums = centred_units(units);
    row.alpha = alpha_of(sums);
    if (!row.alpha) {
        row.agreement = Agreement::no_variation;
        return row;
    }
    row.agreement = *row.alpha >= least ? Agreement::agree : Agreement::disagree;
    add_interval(sums, geo::Random(seed, "rater agreement " + row.indicator), row);
    return row;
}

}  // namespace

std::string_view name_of(Agreement agreement) {
    switch (agreement) {
        case Agreement::agree:
            return "agree";
        case Agreement::disagree:
            return "disagree";
        case Agreement::no_variation:
            return "no_variation";
        case Agreement::too_few:
            break;
    }
    return "too_few";
}

std::optional<double> krippendorff_alpha(std::span<const std::vector<double>> units) {
    return alpha_of(centred_units(units));
}

std::vector<RaterAgreement> rater_agreement(std::span<const IndicatorValue> values, geo::Date as_of, double least,
                                            unsigned long seed) {
    std::map<std::string_view, ByRegion> rated;
    for (const IndicatorValue& value : values) {
        if (value.rater.empty() || !value.value || value.as_of > as_of) continue;
        const IndicatorValue*& kept = rated[value.indicator][value.region_id][value.rater];
        if (kept == nullptr || kept->as_of <= value.as_of) kept = &value;
    }
    std::vector<RaterAgreement> rows;
    for (const auto& [indicator, regions] : rated)
        rows.push_back(agreement_of(indicator, regions, least, seed));
    return rows;
}

}  // namespace vereda::livelihoods
