#include "regions/placement_test.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "geo/random.hpp"

namespace vereda::regions {

namespace {

constexpr std::size_t kLeastCandidates = 10;
constexpr double kCandidateShare = 0.2;  ///< of the area's units
/// Estimates this near to each other are ties.
constexpr double kTie = 1e-12;

double last_crop(const CropPanel& panel, std::size_t unit, int before) {
    for (std::size_t y = panel.years.size(); y-- > 0;)
        if (panel.years[y] < before && panel.crop_ha[unit][y]) return *panel.crop_ha[unit][y];
    return 0;
}

/// Units whose rank by crop is next to the target's: half below, half above, as far as they reach.
std::vector<std::size_t> nearest_by_rank(std::vector<std::size_t> pool, std::size_t target,
                                         const std::vector<double>& crop, std::size_t wanted) {
    std::ranges::sort(pool, {}, [&](std::size_t u) { return std::pair(crop[u], u); });
    const auto at = static_cast<std::size_t>(std::ranges::find(pool, target) - pool.begin());
    wanted = std::min(wanted, pool.size());
    const std::size_t first = std::min(at > wanted / 2 ? at - wanted / 2 : 0, pool.size() - wanted);
    std::vector<std::size_t> result(pool.begin() + static_cast<std::ptrdiff_t>(first),
                                    pool.begin() + static_cast<std::ptrdiff_t>(first + wanted));
    std::ranges::sort(result);
    return result;
}

double share_of(const RingDesign& design, std::span<const Dose> doses) {
    return fit_doses(design, doses).coefficients.front();
}

PlaceboOutcome outcome_of(double observed, std::vector<double> estimates, bool exact) {
    long as_large = 0;
    for (const double estimate : estimates)
        as_large += estimate >= observed - kTie * std::max(1.0, std::abs(observed));
    PlaceboOutcome outcome;
    outcome.draws = static_cast<long>(estimates.size());
    outcome.exact = exact;
    outcome.p_value = exact ? static_cast<double>(as_large) / static_cast<double>(estimates.size())
                            : (1.0 + static_cast<double>(as_large)) / (1.0 + static_cast<double>(estimates.size()));
    outcome.estimates = std::move(estimates);
    return outcome;
}

/// Number of placements, or nothing where there are more than `most`.
std::optional<long> count_placements(std::span<const std::vector<std::size_t>> candidates, long most) {
    long count = 1;
    for (const auto& list : candidates) {
        count *= static_cast<long>(list.size());
        if (count > most) return std::nullopt;
    }
    return count;
}

}  // namespace

std::vector<std::vector<std::size_t>> placement_candidates(const CropPanel& panel, std::span<const Removal> removals,
                                                           std::span<const std::size_t> area_of_unit,
                                                           int anticipation) {
    std::map<std::size_t, std::vector<std::size_t>> by_area;
    std::vector<std::size_t> all;
    for (std::size_t u = 0; u < panel.units.size(); ++u) {
        by_area[area_of_unit[u]].push_back(u);
        all.push_back(u);
    }
    std::map<int, std::vector<double>> crop_before;
    std::vector<std::vector<std::size_t>> result;
    for (const Removal& removal : removals) {
        auto [found, added] = crop_before.try_emplace(removal.year);
        if (added)
            for (const std::size_t u : all)
                found->second.push_back(last_crop(panel, u, removal.year - anticipation));
        const std::size_t target = removal.targets.front();
        const auto& area = by_area[area_of_unit[target]];
        const auto& pool = area.size() >= kLeastCandidates ? area : all;
        const auto wanted =
            std::max(kLeastCandidates, static_cast<std::size_t>(kCandidateShare * static_cast<double>(pool.size())));
        result.push_back(nearest_by_rank(pool, target, found->second, wanted));
    }
    return result;
}

PlaceboOutcome permuted_places(const RingDesign& design, const UnitIndex& index, std::span<const Removal> removals,
                               std::span<const std::vector<std::size_t>> candidates, int draws, std::uint64_t seed,
                               geo::Parallelism parallelism, geo::Progress* progress) {
    RingDoses rings(index, design.settings().belt);
    for (const auto& list : candidates)
        rings.remember(list);
    const double observed = share_of(design, rings.of(removals));
    const auto all = count_placements(candidates, draws);
    const auto count = static_cast<std::size_t>(all ? *all : draws);
    std::vector<double> estimates(count);
    geo::parallel_for(
        count, parallelism,
        [&](std::size_t i) {
            std::vector<Removal> moved(removals.begin(), removals.end());
            geo::Random random(seed, "placement-" + std::to_string(i));
            std::size_t rest = i;
            for (std::size_t k = 0; k < moved.size(); ++k) {
                const auto& list = candidates[k];
                std::size_t choice = 0;
                if (all) {
                    choice = rest % list.size();
                    rest /= list.size();
                } else {
                    choice = static_cast<std::size_t>(random.integer(0, static_cast<int>(list.size()) - 1));
                }
                // Its own place stays as it was, with all its targets.
                if (list[choice] != moved[k].targets.front()) moved[k].targets = {list[choice]};
            }
            estimates[i] = share_of(design, rings.of(moved));
        },
        progress);
    return outcome_of(observed, std::move(estimates), all.has_value());
}

PlaceboOutcome permuted_times(const RingDesign& design, const UnitIndex& index,
                              std::span<const std::size_t> area_of_unit, std::span<const Removal> removals, int draws,
                              std::uint64_t seed, geo::Parallelism parallelism, geo::Progress* progress) {
    RingDoses rings(index, design.settings().belt);
    for (const Removal& removal : removals)
        if (removal.targets.size() == 1) rings.remember(removal.targets);
    const double observed = share_of(design, rings.of(removals));
    std::vector<int> years;
    for (const Removal& removal : removals)
        years.push_back(removal.year);
    std::ranges::sort(years);
    years.erase(std::unique(years.begin(), years.end()), years.end());
    std::vector<double> estimates(years.size() > 1 ? static_cast<std::size_t>(draws) : 0);
    geo::parallel_for(
        estimates.size(), parallelism,
        [&](std::size_t i) {
            geo::Random random(seed, "timing-" + std::to_string(i));
            std::map<std::size_t, int> shifts;
            std::vector<Removal> moved(removals.begin(), removals.end());
            for (Removal& removal : moved) {
                const std::size_t area = area_of_unit[removal.targets.front()];
                const auto [shift, added] = shifts.try_emplace(area, 0);
                if (added) shift->second = random.integer(0, static_cast<int>(years.size()) - 1);
                const auto at = std::ranges::lower_bound(years, removal.year) - years.begin();
                removal.year = years[static_cast<std::size_t>(at + shift->second) % years.size()];
            }
            estimates[i] = share_of(design, rings.of(moved));
        },
        progress);
    return outcome_of(observed, std::move(estimates), false);
}

}  // namespace vereda::regions
