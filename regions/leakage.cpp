#include "regions/leakage.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "geo/random.hpp"

namespace vereda::regions {

namespace {

/// More than this share of resamples without an estimate, and there is no interval.
constexpr double kMostUndefined = 0.025;

Interval central(std::vector<double> values) {
    std::ranges::sort(values);
    const auto at = [&](double share) {
        const double place = share * static_cast<double>(values.size() - 1);
        const auto low = static_cast<std::size_t>(place);
        const std::size_t high = std::min(low + 1, values.size() - 1);
        return values[low] + (place - static_cast<double>(low)) * (values[high] - values[low]);
    };
    return {at(0.025), at(0.975)};
}

double reduction(const BeforeAfter& sums) {
    const double control = sums.c_units > 0 ? (sums.c1 - sums.c0) / sums.c_units : 0;
    return sums.a0 + sums.a_units * control - sums.a1;
}

/// What one slot's removals mean for every unit.
struct Roles {
    std::vector<bool> target;
    std::vector<bool> belt;
    std::vector<bool> touched;  ///< hit, or in a belt, between history and outcome
};

Roles roles_of(const CropPanel& panel, const UnitIndex& index, std::span<const Removal> removals, const RingSlot& slot,
               geo::Metres belt) {
    const std::size_t units = panel.units.size();
    Roles roles{std::vector<bool>(units), std::vector<bool>(units), std::vector<bool>(units)};
    std::vector<bool> hit(units);
    for (const Removal& removal : removals) {
        if (removal.year <= panel.years[slot.base] || removal.year > panel.years[slot.outcome]) continue;
        for (const std::size_t unit : removal.targets) {
            hit[unit] = roles.touched[unit] = true;
            if (removal.year == slot.year) roles.target[unit] = true;
        }
        for (const NearUnit& near : index.ring(removal.targets, belt)) {
            roles.touched[near.unit] = true;
            if (removal.year == slot.year) roles.belt[near.unit] = true;
        }
    }
    for (std::size_t u = 0; u < units; ++u)
        if (hit[u]) roles.belt[u] = false;
    return roles;
}

void add_slot(const CropPanel& panel, const RingSlot& slot, const Roles& roles,
              std::span<const std::size_t> cluster_of_unit, std::map<std::size_t, BeforeAfter>& by_cluster) {
    std::set<std::size_t> struck;
    for (std::size_t u = 0; u < panel.units.size(); ++u)
        if (roles.target[u]) struck.insert(cluster_of_unit[u]);
    for (std::size_t u = 0; u < panel.units.size(); ++u) {
        const auto& before = panel.crop_ha[u][slot.base];
        const auto& after = panel.crop_ha[u][slot.outcome];
        if (!before || !after) continue;
        BeforeAfter& sums = by_cluster[cluster_of_unit[u]];
        if (roles.target[u]) {
            sums += {*before, *after, 0, 0, 0, 0, 1, 0, 0};
        } else if (roles.belt[u]) {
            sums += {0, 0, *before, *after, 0, 0, 0, 1, 0};
        } else if (!roles.touched[u] && struck.contains(cluster_of_unit[u])) {
            sums += {0, 0, 0, 0, *before, *after, 0, 0, 1};
        }
    }
}

}  // namespace

BeforeAfter& BeforeAfter::operator+=(const BeforeAfter& o) {
    a0 += o.a0;
    a1 += o.a1;
    b0 += o.b0;
    b1 += o.b1;
    c0 += o.c0;
    c1 += o.c1;
    a_units += o.a_units;
    b_units += o.b_units;
    c_units += o.c_units;
    return *this;
}

std::optional<double> displacement_quotient(const BeforeAfter& s) {
    if (s.c0 <= 0 || s.c1 <= 0) return std::nullopt;
    const double targets = s.a1 / s.c1 - s.a0 / s.c0;
    if (targets == 0) return std::nullopt;
    return (s.b1 / s.c1 - s.b0 / s.c0) / targets;
}

std::optional<double> leakage(const BeforeAfter& s) {
    if (s.c_units <= 0 || reduction(s) <= 0) return std::nullopt;
    const double control = (s.c1 - s.c0) / s.c_units;
    return (s.b1 - s.b0 - s.b_units * control) / reduction(s);
}

BeltLooks belt_looks(const CropPanel& panel, const UnitIndex& index, std::span<const Removal> removals,
                     const RingDesign& design, geo::Metres belt, std::span<const std::size_t> cluster_of_unit,
                     int draws, std::uint64_t seed) {
    std::map<std::size_t, BeforeAfter> by_cluster;
    for (const RingSlot& slot : design.slots())
        add_slot(panel, slot, roles_of(panel, index, removals, slot, belt), cluster_of_unit, by_cluster);
    std::vector<BeforeAfter> clusters;
    BeforeAfter all;
    for (const auto& [cluster, sums] : by_cluster) {
        clusters.push_back(sums);
        all += sums;
    }
    BeltLooks looks;
    looks.leakage.estimate = leakage(all);
    looks.quotient.estimate = displacement_quotient(all);
    looks.leakage.units = looks.quotient.units = static_cast<long>(all.b_units);
    if (clusters.size() < 2) return looks;
    geo::Random random(seed, "belt-bootstrap");
    std::vector<double> leaks;
    std::vector<double> quotients;
    int no_reduction = 0;
    for (int d = 0; d < draws; ++d) {
        BeforeAfter sums;
        for (std::size_t i = 0; i < clusters.size(); ++i)
            sums += clusters[static_cast<std::size_t>(random.integer(0, static_cast<int>(clusters.size()) - 1))];
        no_reduction += reduction(sums) <= 0;
        if (const auto value = leakage(sums)) leaks.push_back(*value);
        if (const auto value = displacement_quotient(sums)) quotients.push_back(*value);
    }
    const bool unsure = no_reduction > kMostUndefined * draws;
    looks.leakage.reduction_unsure = looks.quotient.reduction_unsure = unsure;
    const auto enough = [&](const std::vector<double>& values) {
        return !unsure && static_cast<double>(values.size()) >= (1 - kMostUndefined) * draws && !values.empty();
    };
    if (enough(leaks)) looks.leakage.interval = central(std::move(leaks));
    if (enough(quotients)) looks.quotient.interval = central(std::move(quotients));
    return looks;
}

}  // namespace vereda::regions
