#include "regions/displacement_looks.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "regions/group_time.hpp"
#include "regions/leakage.hpp"
#include "regions/two_way.hpp"

namespace vereda::regions {

namespace {

constexpr long kLeastRemovals = 5;
constexpr int kBands = 3;

long removals_in(const RingDesign& design, std::span<const Removal> removals) {
    return std::ranges::count_if(removals, [&](const Removal& removal) {
        return std::ranges::find(design.slots(), removal.year, &RingSlot::year) != design.slots().end();
    });
}

DisplacementRow impossible(std::string estimator, geo::Metres belt, std::string note) {
    DisplacementRow row;
    row.estimator = std::move(estimator);
    row.belt_m = belt.value();
    row.note = std::move(note);
    return row;
}

WildBootstrap inference(const LookInputs& inputs, const RingDesign& design, const RingCoefficient& coefficient) {
    return {cluster_sums(design, coefficient, inputs.cluster_of_unit, inputs.clusters), inputs.plan.bootstrap_draws,
            inputs.seed};
}

RingSettings settings_of(const LookInputs& inputs, geo::Metres belt) {
    return {belt, inputs.plan.lag, inputs.plan.anticipation, inputs.areas.of_unit};
}

/// Two fits: unweighted, then with precision weights, as the headline's.
DisplacementRow weighted_look(const LookInputs& inputs, const RingDesign& plain, std::span<const Dose> doses, int mains,
                              std::string estimator) {
    const geo::Metres belt = plain.settings().belt;
    const RingCoefficient first = coefficient(plain, plain.dose_columns(doses, mains), mains, 0);
    if (!first.identified) return impossible(std::move(estimator), belt, "not_identified");
    const RingDesign design = plain.weighted(precision_weights(plain, first));
    const RingCoefficient second = coefficient(design, design.dose_columns(doses, mains), mains, 0);
    return look_row(std::move(estimator), belt, inference(inputs, design, second), removals_in(plain, inputs.removals));
}

/// Rows of the split `mains`; -1 leaves a removal's own year to no main column.
std::vector<DisplacementRow> split_rows(const LookInputs& inputs, const RingDesign& design,
                                        std::span<const int> main_of, std::span<const std::string> names) {
    const int mains = static_cast<int>(names.size());
    const RingDoses rings(inputs.index, design.settings().belt);
    const std::vector<double> doses = design.dose_columns(rings.split(inputs.removals, main_of), mains);
    std::vector<DisplacementRow> rows;
    for (int m = 0; m < mains; ++m) {
        std::vector<Removal> of_it;
        for (std::size_t i = 0; i < inputs.removals.size(); ++i)
            if (main_of[i] == m) of_it.push_back(inputs.removals[i]);
        const long count = removals_in(design, of_it);
        const std::string& name = names[static_cast<std::size_t>(m)];
        if (count < kLeastRemovals) {
            rows.push_back(impossible(name, design.settings().belt, "too_few_removals"));
            rows.back().n = count;
            continue;
        }
        const RingCoefficient one = coefficient(design, doses, mains, m);
        rows.push_back(one.identified ? look_row(name, design.settings().belt, inference(inputs, design, one), count)
                                      : impossible(name, design.settings().belt, "not_identified"));
    }
    return rows;
}

/// Doses by unit and calendar year.
class DoseTable {
  public:
    DoseTable(std::size_t units, std::span<const Dose> doses) : by_unit_(units) {
        for (const Dose& dose : doses)
            by_unit_[dose.unit][dose.year] += dose.hectares;
    }
    [[nodiscard]] double between(std::size_t unit, int from, int to) const {
        double sum = 0;
        for (auto it = by_unit_[unit].lower_bound(from); it != by_unit_[unit].end() && it->first <= to; ++it)
            sum += it->second;
        return sum;
    }
    [[nodiscard]] const std::map<int, double>& of(std::size_t unit) const { return by_unit_[unit]; }

  private:
    std::vector<std::map<int, double>> by_unit_;
};

std::vector<std::optional<int>> first_own_removal(const LookInputs& inputs) {
    std::vector<std::optional<int>> first(inputs.panel.units.size());
    for (const Removal& removal : inputs.removals)
        for (const std::size_t unit : removal.targets)
            if (!first[unit] || removal.year < *first[unit]) first[unit] = removal.year;
    return first;
}

/// One regressor of the event study: doses of the years t - last .. t - first, named by the lag it starts with.
struct LagWindow {
    int first = 0;
    int last = 0;
    std::string name;
};

constexpr int kForever = 1000;

/// Leads from 3 years on, all single years but the reference one, all older lags together.
std::vector<LagWindow> lag_windows(int lag, int anticipation) {
    const int reference = -(1 + anticipation);
    const int earliest = std::min(-3, reference - 1);
    std::vector<LagWindow> windows;
    windows.push_back({-kForever, earliest, "two_way_lead_" + std::to_string(-earliest) + "_or_more"});
    for (int k = earliest + 1; k <= lag; ++k)
        if (k != reference)
            windows.push_back({k, k, (k < 0 ? "two_way_lead_" : "two_way_lag_") + std::to_string(std::abs(k))});
    windows.push_back({lag + 1, kForever, "two_way_lag_" + std::to_string(lag + 1) + "_or_more"});
    return windows;
}

}  // namespace

DisplacementRow look_row(std::string estimator, geo::Metres belt, const WildBootstrap& inference, long n,
                         std::string note) {
    DisplacementRow row;
    row.estimator = std::move(estimator);
    row.belt_m = belt.value();
    row.n = n;
    row.note = std::move(note);
    if (!inference.estimable()) return row;
    row.estimate = inference.estimate();
    if (const auto interval = inference.interval(0.95)) {
        row.lo = interval->lo;
        row.hi = interval->hi;
        row.p_value = inference.p_value(0);
    }
    return row;
}

std::vector<DisplacementRow> other_belts(const LookInputs& inputs) {
    std::vector<DisplacementRow> rows;
    for (const geo::Metres belt : inputs.plan.belts) {
        if (belt == inputs.plan.belt) continue;
        const RingDesign design(inputs.panel, inputs.index, inputs.removals, settings_of(inputs, belt));
        const RingDoses rings(inputs.index, belt);
        rows.push_back(weighted_look(inputs, design, rings.of(inputs.removals), 1, "ring_event_study"));
    }
    return rows;
}

std::vector<DisplacementRow> bands(const LookInputs& inputs, const RingDesign& design) {
    std::vector<geo::Metres> edges;
    for (int b = 1; b <= kBands; ++b)
        edges.push_back(inputs.plan.belt * (static_cast<double>(b) / kBands));
    const RingDoses rings(inputs.index, inputs.plan.belt);
    const std::vector<double> doses = design.dose_columns(rings.by_band(inputs.removals, edges), kBands);
    std::vector<DisplacementRow> rows;
    for (int b = 0; b < kBands; ++b) {
        const RingCoefficient one = coefficient(design, doses, kBands, b);
        const std::string name = "ring_band_" + std::to_string(b + 1);
        const geo::Metres edge = edges[static_cast<std::size_t>(b)];
        rows.push_back(one.identified ? look_row(name, edge, inference(inputs, design, one),
                                                 removals_in(design, inputs.removals), "share_in_band_up_to_belt_m")
                                      : impossible(name, edge, "not_identified"));
    }
    return rows;
}

std::vector<DisplacementRow> two_way_event_study(const LookInputs& inputs) {
    const CropPanel& panel = inputs.panel;
    const RingDoses rings(inputs.index, inputs.plan.belt);
    const DoseTable table(panel.units.size(), rings.of(inputs.removals));
    const auto own = first_own_removal(inputs);
    const std::vector<LagWindow> windows = lag_windows(inputs.plan.lag, inputs.plan.anticipation);
    const int k = static_cast<int>(windows.size());
    TwoWayRows rows;
    std::vector<double> values;
    std::vector<double> outcome;
    for (std::size_t u = 0; u < panel.units.size(); ++u)
        for (std::size_t y = 0; y < panel.years.size(); ++y) {
            const int year = panel.years[y];
            if (!panel.crop_ha[u][y] || (own[u] && year >= *own[u] - inputs.plan.anticipation)) continue;
            rows.unit.push_back(u);
            rows.time.push_back(inputs.areas.of_unit[u] * panel.years.size() + y);
            outcome.push_back(*panel.crop_ha[u][y]);
            for (const LagWindow& window : windows)
                values.push_back(table.between(u, year - window.last, year - window.first));
        }
    if (outcome.empty()) return {};
    take_out_two_way(rows, values, k);
    take_out_two_way(rows, outcome, 1);
    const LeastSquares fit = least_squares(values, k, outcome);
    std::vector<DisplacementRow> result;
    for (std::size_t j = 0; j < windows.size(); ++j) {
        std::vector<ClusterSums> sums(inputs.clusters);
        for (std::size_t r = 0; r < outcome.size(); ++r) {
            ClusterSums& cluster = sums[inputs.cluster_of_unit[rows.unit[r]]];
            cluster.xy += fit.own[j][r] * fit.outcomes[j][r];
            cluster.xx += fit.own[j][r] * fit.own[j][r];
        }
        const WildBootstrap wild(sums, inputs.plan.bootstrap_draws, inputs.seed);
        result.push_back(look_row(windows[j].name, inputs.plan.belt, wild, static_cast<long>(outcome.size())));
    }
    return result;
}

std::vector<DisplacementRow> group_time_share(const LookInputs& inputs) {
    const CropPanel& panel = inputs.panel;
    const RingDoses rings(inputs.index, inputs.plan.belt);
    const DoseTable table(panel.units.size(), rings.of(inputs.removals));
    const auto own = first_own_removal(inputs);
    // Units hit themselves, or exposed again before the outcome, form a stratum without controls: no effect of theirs.
    const std::size_t apart = inputs.clusters;
    Cohorts cohorts;
    for (std::size_t u = 0; u < panel.units.size(); ++u) {
        const auto& doses = table.of(u);
        cohorts.first_year.push_back(doses.empty() ? std::nullopt : std::optional(doses.begin()->first));
        const bool again = !doses.empty() && std::next(doses.begin()) != doses.end() &&
                           std::next(doses.begin())->first <= doses.begin()->first + inputs.plan.lag;
        cohorts.stratum.push_back(own[u] || again ? apart : inputs.cluster_of_unit[u]);
    }
    std::map<int, int> outcome_year;
    std::vector<ClusterSums> sums(inputs.clusters);
    long units = 0;
    for (const GroupTimeEffect& effect : group_time_effects(panel, cohorts, inputs.plan.anticipation)) {
        if (effect.stratum == apart || effect.year < effect.group + inputs.plan.lag) continue;
        // Effects of a group come by ascending year: the first one at or after the lag is the outcome.
        if (outcome_year.try_emplace(effect.group, effect.year).first->second != effect.year) continue;
        double dose = 0;
        long count = 0;
        for (std::size_t u = 0; u < panel.units.size(); ++u)
            if (cohorts.stratum[u] == effect.stratum && cohorts.first_year[u] == effect.group) {
                dose += table.of(u).begin()->second;
                ++count;
            }
        const double mean_dose = dose / static_cast<double>(count);
        sums[effect.stratum].xy += effect.effect * static_cast<double>(effect.units);
        sums[effect.stratum].xx += mean_dose * static_cast<double>(effect.units);
        units += effect.units;
    }
    const WildBootstrap wild(sums, inputs.plan.bootstrap_draws, inputs.seed);
    if (!wild.estimable()) return {impossible("group_time", inputs.plan.belt, "no_unit_exposed_once_with_controls")};
    return {look_row("group_time", inputs.plan.belt, wild, units, "units_exposed_for_the_first_time")};
}

std::vector<DisplacementRow> pre_period_fake(const LookInputs& inputs) {
    const int back = inputs.plan.lag + 1 + inputs.plan.anticipation;
    std::vector<Removal> fake = inputs.removals;
    for (Removal& removal : fake)
        removal.year -= back;
    const RingDesign design(inputs.panel, inputs.index, fake, settings_of(inputs, inputs.plan.belt));
    const RingDoses rings(inputs.index, inputs.plan.belt);
    std::vector<Dose> doses = rings.of(fake);
    for (Dose& dose : doses)
        dose.only_main = true;
    const std::size_t rings_before = fake.size();
    for (Dose dose : rings.of(inputs.removals)) {
        dose.main = 1;
        dose.ring += rings_before;
        doses.push_back(dose);
    }
    if (design.rows() == 0) return {impossible("pre_period_fake", inputs.plan.belt, "no_years_before")};
    return {weighted_look(inputs, design, doses, 2, "pre_period_fake")};
}

std::vector<DisplacementRow> negative_control(const LookInputs& inputs, const CropPanel& whole) {
    if (inputs.plan.negative_control.empty()) return {};
    const PanelCovariate* covariate = whole.find_covariate(inputs.plan.negative_control);
    if (!covariate || covariate->constant)
        return {impossible("negative_control", inputs.plan.belt, "no_such_varying_covariate")};
    CropPanel other = inputs.panel;
    other.crop_ha = covariate->values;
    std::erase_if(other.covariates, [&](const PanelCovariate& c) { return c.name == inputs.plan.negative_control; });
    const RingDesign design(other, inputs.index, inputs.removals, settings_of(inputs, inputs.plan.belt));
    const RingDoses rings(inputs.index, inputs.plan.belt);
    auto row = weighted_look(inputs, design, rings.of(inputs.removals), 1, "negative_control");
    row.note = row.note.empty() ? "in_units_of_the_covariate" : row.note;
    return {row};
}

std::vector<DisplacementRow> by_kind(const LookInputs& inputs, const RingDesign& design) {
    std::vector<EradicationKind> kinds;
    for (const Removal& removal : inputs.removals)
        if (std::ranges::find(kinds, removal.kind) == kinds.end()) kinds.push_back(removal.kind);
    std::ranges::sort(kinds);
    std::vector<std::string> names;
    for (const EradicationKind kind : kinds)
        names.push_back("kind_" + std::string(name_of(kind)));
    std::vector<int> main_of;
    for (const Removal& removal : inputs.removals)
        main_of.push_back(static_cast<int>(std::ranges::find(kinds, removal.kind) - kinds.begin()));
    return split_rows(inputs, design, main_of, names);
}

std::vector<DisplacementRow> by_indigenous(const LookInputs& inputs, const RingDesign& design) {
    if (std::ranges::none_of(inputs.panel.units, &PanelUnit::indigenous)) return {};
    std::vector<int> main_of;
    for (const Removal& removal : inputs.removals) {
        const auto near = inputs.index.ring(removal.targets, inputs.plan.indigenous_within);
        const auto indigenous = [&](std::size_t unit) { return inputs.panel.units[unit].indigenous; };
        const bool is_near = std::ranges::any_of(removal.targets, indigenous) ||
                             std::ranges::any_of(near, [&](const NearUnit& n) { return indigenous(n.unit); });
        main_of.push_back(is_near ? 0 : 1);
    }
    const std::array<std::string, 2> names{"near_indigenous", "away_from_indigenous"};
    return split_rows(inputs, design, main_of, names);
}

std::vector<DisplacementRow> leakage_rows(const LookInputs& inputs, const RingDesign& design) {
    std::vector<DisplacementRow> rows;
    const auto add = [&](const char* name, geo::Metres belt, const BeltEstimate& look) {
        DisplacementRow row = impossible(name, belt, "");
        row.n = look.units;
        if (look.reduction_unsure) {
            row.note = "undefined: reduction_in_targets_may_be_0";
        } else if (!look.estimate) {
            row.note = "undefined: no_controls_or_no_reduction";
        } else {
            row.estimate = look.estimate;
            if (!look.interval) row.note = "no_interval: too_few_clusters";
        }
        if (look.interval) {
            row.lo = look.interval->lo;
            row.hi = look.interval->hi;
        }
        rows.push_back(std::move(row));
    };
    for (const geo::Metres belt : inputs.plan.belts) {
        const BeltLooks looks = belt_looks(inputs.panel, inputs.index, inputs.removals, design, belt,
                                           inputs.cluster_of_unit, inputs.plan.bootstrap_draws, inputs.seed);
        add("leakage", belt, looks.leakage);
        add("weighted_displacement_quotient", belt, looks.quotient);
    }
    return rows;
}

}  // namespace vereda::regions
