#include "regions/displacement.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <map>

#include "geo/random.hpp"
#include "regions/displacement_looks.hpp"
#include "regions/mapped_removals.hpp"
#include "regions/placement_test.hpp"

namespace vereda::regions {

using namespace geo;

namespace {

constexpr std::size_t kLeastClusters = 8;
constexpr double kAreasTooSmall = 0.02;  ///< least share of the dose's variance left by area × year effects
constexpr double kSize = 0.05;
constexpr double kMappedApart = 0.25;  ///< farthest from 1 that the mapped rate's interval may reach to be divided by
constexpr double kPower = 0.8;
constexpr double kTrendShare = 0.5;  ///< of the estimate; fake removals that show this much block "found"
constexpr double kNormal95 = 1.959963984540054;

std::string number(double value, int digits = 3) {
    return fmt::format("{:.{}f}", value, digits);
}

std::size_t with_dose(std::span<const ClusterSums> sums) {
    return static_cast<std::size_t>(std::ranges::count_if(sums, [](const ClusterSums& s) { return s.xx > 0; }));
}

/// The panel with the plan's covariates alone.
CropPanel controlled(const CropPanel& panel, const DisplacementPlan& plan) {
    CropPanel result = panel;
    std::erase_if(result.covariates, [&](const PanelCovariate& covariate) {
        return std::ranges::find(plan.covariates, covariate.name) == plan.covariates.end();
    });
    return result;
}

/// Cluster sums times a factor on the regressor.
std::vector<ClusterSums> rescaled(std::vector<ClusterSums> sums, double factor) {
    for (ClusterSums& sum : sums) {
        sum.xy *= factor;
        sum.xx *= factor * factor;
    }
    return sums;
}

class Study {
  public:
    Study(const CropPanel& panel, std::span<const EradicationEvent> events, const DisplacementPlan& plan,
          Diagnostics& diagnostics)
        : whole_panel_(panel),
          panel_(controlled(panel, plan)),
          plan_(plan),
          index_(panel.units),
          removals_(removals_on(panel, index_, events, diagnostics)),
          dosing_(removals_) {}

    DisplacementResult run(std::uint64_t seed, Parallelism parallelism, Progress* progress) {
        result_.within_km = plan_.belt.value() / 1000;
        for (const PanelCovariate& covariate : panel_.covariates)
            result_.covariates.push_back(covariate.name);
        if (!headline(seed)) return std::move(result_);
        if (plan_.other_looks || above()) exchange(seed, parallelism, progress);
        looks(seed);
        result_.adding_up = adding_up(panel_, index_, removals_, plan_.belt);
        decide();
        return std::move(result_);
    }

  private:
    void because(MessageId id, MessageArguments arguments = {}) {
        result_.reasons.push_back({id, std::move(arguments)});
    }

    [[nodiscard]] bool above() const { return result_.lo && *result_.lo > 0; }

    void exchange(std::uint64_t seed, Parallelism parallelism, Progress* progress) {
        const auto candidates = placement_candidates(panel_, dosing_, areas_.of_unit, plan_.anticipation);
        places_ = permuted_places(*design_, index_, dosing_, candidates, plan_.placebos, seed, parallelism, progress);
        result_.p_value = places_.p_value;
        if (plan_.other_looks)
            times_ =
                permuted_times(*design_, index_, areas_.of_unit, dosing_, plan_.placebos, seed, parallelism, progress);
    }

    bool headline(std::uint64_t seed) {
        if (removals_.empty()) return because("displacement.reason.no_removals"_msg), false;
        areas_ = comparison_areas(panel_, index_, plan_.belt);
        plain_.emplace(panel_, index_, removals_, settings());
        if (plain_->rows() == 0) return because("displacement.reason.no_years"_msg), false;
        const RingDoses rings(index_, plan_.belt);
        const std::vector<Dose> doses = rings.of(removals_);
        first_ = coefficient(*plain_, plain_->dose_columns(doses, 1), 1, 0);
        if (first_.own_share < kAreasTooSmall) {
            areas_ = one_area(panel_);
            plain_.emplace(panel_, index_, removals_, settings());
            first_ = coefficient(*plain_, plain_->dose_columns(doses, 1), 1, 0);
        }
        if (!first_.identified) return because("displacement.reason.not_identified"_msg), false;
        design_.emplace(plain_->weighted(precision_weights(*plain_, first_)));
        second_ = coefficient(*design_, design_->dose_columns(doses, 1), 1, 0);
        clusters_ = areas_;
        sums_ = cluster_sums(*design_, second_, clusters_.of_unit, clusters_.count);
        if (with_dose(sums_) < kLeastClusters) {
            clusters_ = square_areas(panel_, plan_.belt * 2);
            sums_ = cluster_sums(*design_, second_, clusters_.of_unit, clusters_.count);
            because("displacement.reason.squares"_msg, {{"km", number(plan_.belt.value() / 500, 0)}});
        }
        if (areas_.kind == ComparisonAreas::Kind::squares)
            because("displacement.reason.comparison_squares"_msg, {{"km", number(plan_.belt.value() / 200, 0)}});
        if (areas_.kind == ComparisonAreas::Kind::everything) because("displacement.reason.regions_too_small"_msg);
        as_reported_.emplace(sums_, plan_.bootstrap_draws, seed);
        measure_alike(rings, doses, seed);
        inference_.emplace(sums_, plan_.bootstrap_draws, seed);
        fill_headline();
        return true;
    }

    /// Hectares removed in the measure of those that appeared: the dose of what the surveys show as gone in the place
    /// of the reported one, which stays as its instrument, so that errors of single reports and surveys cancel.
    void measure_alike(const RingDoses& rings, std::span<const Dose> doses, std::uint64_t seed) {
        const MappedRemovals mapped = mapped_removals(panel_, removals_, settings());
        MappedRate& rate = result_.mapped;
        rate.removals = mapped.measured;
        if (mapped.measured == 0) return because("displacement.reason.mapped_unknown"_msg);
        std::vector<Removal> as_mapped = removals_;
        for (std::size_t i = 0; i < as_mapped.size(); ++i)
            as_mapped[i].hectares = mapped.hectares[i];
        RingCoefficient alike = second_;
        alike.y = partialled(*design_, design_->dose_columns(doses, 1), design_->dose_columns(rings.of(as_mapped), 1));
        const auto first_stage = cluster_sums(*design_, alike, clusters_.of_unit, clusters_.count);
        const WildBootstrap inference(first_stage, plan_.bootstrap_draws, seed);
        rate.rate = inference.estimate();
        if (const auto interval = inference.interval(1 - kSize)) {
            rate.lo = interval->lo;
            rate.hi = interval->hi;
            rate.applied = interval->lo >= 1 - kMappedApart && interval->hi <= 1 + kMappedApart;
        }
        because(rate.applied ? "displacement.reason.mapped"_msg : "displacement.reason.mapped_apart"_msg,
                {{"rate", number(*rate.rate)},
                 {"lo", rate.lo ? number(*rate.lo) : "?"},
                 {"hi", rate.hi ? number(*rate.hi) : "?"},
                 {"share", number(as_reported_->estimate())}});
        if (!rate.applied) return;
        for (std::size_t c = 0; c < sums_.size(); ++c)
            sums_[c].xx = first_stage[c].xy;
        for (Removal& removal : dosing_)
            removal.hectares *= *rate.rate;
    }

    void fill_headline() {
        for (const Removal& removal : removals_) {
            if (std::ranges::find(plain_->slots(), removal.year, &RingSlot::year) == plain_->slots().end()) continue;
            ++result_.removals;
            result_.removed_ha += removal.hectares;
        }
        result_.history_until = panel_.years[plain_->slots().front().base];
        result_.clusters = inference_->clusters();
        result_.areas = areas_.kind;
        result_.displaced_share = inference_->estimate();
        result_.share_as_reported = as_reported_->estimate();
        if (const auto interval = inference_->interval(1 - kSize)) {
            result_.lo = interval->lo;
            result_.hi = interval->hi;
        }
        // Two forms of the same 5 % test, of which the more careful counts: few or unequal clusters skew the one-sided
        // one.
        result_.upper_bound = inference_->upper_bound(kSize);
        if (const auto interval = inference_->interval(1 - 2 * kSize))
            result_.upper_bound = std::max(*result_.upper_bound, interval->hi);
        if (const auto error = inference_->standard_error()) {
            const boost::math::students_t t(inference_->clusters() - 1.0);
            result_.mde = (boost::math::quantile(t, 1 - kSize / 2) + boost::math::quantile(t, kPower)) * *error;
        }
    }

    [[nodiscard]] RingSettings settings() const { return {plan_.belt, plan_.lag, plan_.anticipation, areas_.of_unit}; }

    void add(std::vector<DisplacementRow> rows) { std::ranges::move(rows, std::back_inserter(result_.looks)); }

    void looks(std::uint64_t seed) {
        const LookInputs inputs{panel_, index_, dosing_, plan_, areas_, clusters_.of_unit, clusters_.count, seed};
        DisplacementRow head = look_row("ring_event_study", plan_.belt, *inference_, result_.removals, "headline");
        head.p_value = result_.p_value;
        add({head});
        if (result_.mapped.rate) add(mapped_rows());
        if (!plan_.other_looks && !above()) return;
        std::vector<DisplacementRow> fake = pre_period_fake(inputs);
        fake_ = fake.front();
        if (!plan_.other_looks) return add(std::move(fake));
        add(other_errors(seed));
        add(other_belts(inputs));
        add(bands(inputs, *design_));
        add(two_way_event_study(inputs));
        add(group_time_share(inputs));
        add(std::move(fake));
        add(negative_control(inputs, whole_panel_));
        add({placebo_row("permuted_places", places_), placebo_row("permuted_times", times_)});
        add(by_kind(inputs, *design_));
        add(by_indigenous(inputs, *design_));
        add(leakage_rows(inputs, *plain_));
    }

    /// What the headline was before hectares were measured alike, and the rate between the two.
    [[nodiscard]] std::vector<DisplacementRow> mapped_rows() const {
        const MappedRate& mapped = result_.mapped;
        DisplacementRow rate;
        rate.estimator = "mapped_per_reported";
        rate.belt_m = plan_.belt.value();
        rate.estimate = mapped.rate;
        rate.lo = mapped.lo;
        rate.hi = mapped.hi;
        rate.n = mapped.removals;
        rate.note = mapped.applied ? "hectares_seen_gone_per_hectare_reported; divided_by"
                                   : "hectares_seen_gone_per_hectare_reported; not_divided_by";
        return {look_row("ring_event_study_as_reported", plan_.belt, *as_reported_, result_.removals,
                         "per_hectare_reported"),
                rate};
    }

    std::vector<DisplacementRow> other_errors(std::uint64_t seed) const {
        const double rate = result_.mapped.applied ? *result_.mapped.rate : 1;
        const WildBootstrap unweighted(
            rescaled(cluster_sums(*plain_, first_, clusters_.of_unit, clusters_.count), rate), plan_.bootstrap_draws,
            seed);
        DisplacementRow conley = look_row("ring_event_study_conley", plan_.belt, *inference_, result_.removals);
        const double error = conley_error(*design_, second_, panel_.units, index_, plan_.belt * 2) / rate;
        conley.lo = *conley.estimate - kNormal95 * error;
        conley.hi = *conley.estimate + kNormal95 * error;
        conley.p_value.reset();
        conley.note = "spatial_errors_to_twice_the_belt";
        return {look_row("ring_event_study_unweighted", plan_.belt, unweighted, result_.removals), conley,
                pairs_bootstrap(seed)};
    }

    /// Whole clusters drawn with replacement; percentiles.
    [[nodiscard]] DisplacementRow pairs_bootstrap(std::uint64_t seed) const {
        DisplacementRow row =
            look_row("ring_event_study_pairs", plan_.belt, *inference_, result_.removals, "clusters_resampled");
        row.p_value.reset();
        Random random(seed, "pairs-bootstrap");
        std::vector<double> estimates;
        for (int d = 0; d < plan_.bootstrap_draws; ++d) {
            ClusterSums sum;
            for (std::size_t i = 0; i < sums_.size(); ++i) {
                const ClusterSums& one =
                    sums_[static_cast<std::size_t>(random.integer(0, static_cast<int>(sums_.size()) - 1))];
                sum.xy += one.xy;
                sum.xx += one.xx;
            }
            if (sum.xx > 0) estimates.push_back(sum.xy / sum.xx);
        }
        if (estimates.empty()) return row;
        std::ranges::sort(estimates);
        const auto at = [&](double share) {
            return estimates[static_cast<std::size_t>(std::lround(share * static_cast<double>(estimates.size() - 1)))];
        };
        row.lo = at(kSize / 2);
        row.hi = at(1 - kSize / 2);
        return row;
    }

    [[nodiscard]] DisplacementRow placebo_row(std::string name, const PlaceboOutcome& outcome) const {
        DisplacementRow row;
        row.estimator = std::move(name);
        row.belt_m = plan_.belt.value();
        row.n = outcome.draws;
        if (outcome.estimates.empty()) {
            row.note = "nothing_to_exchange";
            return row;
        }
        std::vector<double> sorted = outcome.estimates;
        std::ranges::sort(sorted);
        const auto at = [&](double share) {
            return sorted[static_cast<std::size_t>(std::lround(share * static_cast<double>(sorted.size() - 1)))];
        };
        row.estimate = at(0.5);
        row.lo = at(kSize / 2);
        row.hi = at(1 - kSize / 2);
        row.p_value = outcome.p_value;
        row.note =
            outcome.exact ? "placebos: median_and_central_95; all_placements" : "placebos: median_and_central_95";
        return row;
    }

    void decide() {
        const std::string km = number(result_.within_km, 0);
        const std::string smallest = number(plan_.smallest_effect, 2);
        const bool placed = result_.p_value && *result_.p_value <= kSize;
        const bool trend = fake_.lo && *fake_.lo > 0 && result_.displaced_share &&
                           *fake_.estimate >= kTrendShare * *result_.displaced_share;
        const bool small = result_.upper_bound && *result_.upper_bound < plan_.smallest_effect;
        // An estimate far below 0 passes the one-sided test by chance where errors are wide.
        const bool sharp = small && *result_.upper_bound - *result_.displaced_share < plan_.smallest_effect;
        const double of_gone = sharp ? refused_of_gone() : 0;
        if (above() && placed && !trend) {
            result_.verdict = DisplacementVerdict::found;
            because("displacement.reason.found"_msg, {{"p", number(*result_.p_value)}, {"km", km}});
            if (small) because("displacement.reason.found_small"_msg, {{"smallest", smallest}});
        } else if (of_gone >= plan_.smallest_effect) {
            because("displacement.reason.too_few_gone"_msg, {{"upper", number(*result_.upper_bound)},
                                                             {"rate", number(*result_.mapped.rate)},
                                                             {"of_gone", number(of_gone)},
                                                             {"smallest", smallest}});
        } else if (sharp) {
            result_.verdict = DisplacementVerdict::not_found;
            because("displacement.reason.not_found"_msg,
                    {{"upper", number(*result_.upper_bound)}, {"smallest", smallest}, {"km", km}});
        } else if (small) {
            because("displacement.reason.too_coarse"_msg,
                    {{"share", number(*result_.displaced_share)},
                     {"least", number(*result_.upper_bound - *result_.displaced_share)},
                     {"smallest", smallest}});
        } else {
            because("displacement.reason.cannot_tell"_msg, {{"lo", result_.lo ? number(*result_.lo) : "?"},
                                                            {"hi", result_.hi ? number(*result_.hi) : "?"},
                                                            {"smallest", smallest}});
            if (above() && !placed)
                because("displacement.reason.placebos_as_large"_msg, {{"p", number(*result_.p_value)}});
            if (above() && trend) because("displacement.reason.trend_before"_msg, {{"share", number(*fake_.estimate)}});
        }
        qualify();
    }

    /// The least share that the test and its errors refuse, per hectare that surveys show gone where they surely show
    /// fewer than are reported and the shares do not say so already: reports that promise more than was done, or
    /// removal that did not last, make every share per hectare reported look small.
    [[nodiscard]] double refused_of_gone() const {
        const double refused = std::max(*result_.upper_bound, *result_.upper_bound - *result_.displaced_share);
        const MappedRate& mapped = result_.mapped;
        if (mapped.applied || !mapped.rate || !mapped.hi || *mapped.hi >= 1) return refused;
        return *mapped.rate > 0 ? refused / *mapped.rate : std::numeric_limits<double>::infinity();
    }

    /// Whatever the belt shows, what crop did elsewhere is told: no verdict stands for more than the belt.
    void qualify() {
        double elsewhere = 0;
        double abroad = 0;
        double removed = 0;
        const std::size_t places = 5;
        const std::string km = number(result_.within_km, 0);
        if (result_.adding_up.size() < places)
            return because("displacement.reason.elsewhere_unknown"_msg, {{"km", km}});
        for (std::size_t i = result_.adding_up.size() - places; i < result_.adding_up.size(); ++i) {
            const AddingUpRow& row = result_.adding_up[i];
            const double change = row.after_ha - row.before_ha;
            removed += row.removed_ha;
            if (row.place == AddingUpPlace::same_regions || row.place == AddingUpPlace::other_regions)
                elsewhere += change;
            if (row.place == AddingUpPlace::abroad) abroad += change;
        }
        result_.rose_elsewhere_ha = elsewhere;
        result_.rose_abroad_ha = abroad;
        const double least = plan_.smallest_effect * removed;
        because(elsewhere >= least || abroad >= least ? "displacement.reason.rose_elsewhere"_msg
                                                      : "displacement.reason.elsewhere_untested"_msg,
                {{"elsewhere", number(elsewhere, 0)},
                 {"abroad", number(abroad, 0)},
                 {"removed", number(removed, 0)},
                 {"km", km}});
    }

    const CropPanel& whole_panel_;  ///< with every column
    const CropPanel panel_;         ///< with the covariates of the plan
    const DisplacementPlan& plan_;
    UnitIndex index_;
    std::vector<Removal> removals_;  ///< as reported
    std::vector<Removal> dosing_;    ///< in mapped hectares, where these can be told
    std::optional<RingDesign> plain_;
    std::optional<RingDesign> design_;
    RingCoefficient first_;
    RingCoefficient second_;
    ComparisonAreas areas_;
    ComparisonAreas clusters_;
    std::vector<ClusterSums> sums_;
    std::optional<WildBootstrap> as_reported_;
    std::optional<WildBootstrap> inference_;
    PlaceboOutcome places_;
    PlaceboOutcome times_;
    DisplacementRow fake_;
    DisplacementResult result_;
};

}  // namespace

std::string_view name_of(DisplacementVerdict verdict) {
    static constexpr std::array<std::string_view, 3> names{"found", "not_found", "cannot_tell"};
    return names[static_cast<std::size_t>(verdict)];
}

DisplacementResult displacement(const CropPanel& panel, std::span<const EradicationEvent> events,
                                const DisplacementPlan& plan, std::uint64_t seed, Parallelism parallelism,
                                Diagnostics& diagnostics, Progress* progress) {
    if (progress) progress->start_stage({"stage.displacement"_msg, {}}, 2L * plan.placebos);
    return Study(panel, events, plan, diagnostics).run(seed, parallelism, progress);
}

}  // namespace vereda::regions
