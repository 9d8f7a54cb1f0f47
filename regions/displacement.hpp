/// Displacement: did removing crops here make crops appear nearby, how much, and how sure is that?
///
/// Estimand (methods §11): *displaced share* = crop hectares caused to appear within the belt in the years after
/// (`lag`), divided by hectares removed. The ring event study alone yields it; every other look stands beside it and
/// may disagree.
///
/// Verdict. *found*: the 95 % interval is above 0, the placement permutation's p is at most 0.05, and the fake removals
/// before the true ones do not show at least half as much. Else *not_found* within the belt: a one-sided 5 % test
/// refuses every share of at least `smallest_effect`, and would do so of an estimate of 0 with the same errors. Else
/// *cannot_tell*.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/message.hpp"
#include "geo/parallel.hpp"
#include "regions/adding_up.hpp"
#include "regions/comparison_areas.hpp"
#include "regions/crop_panel.hpp"
#include "regions/eradication.hpp"

namespace vereda::regions {

/// The analysis plan: everything that could be chosen after seeing the outcome, so that it can be frozen before.
struct DisplacementPlan {
    geo::Metres belt{20'000};
    std::vector<geo::Metres> belts{geo::Metres(10'000), geo::Metres(20'000), geo::Metres(30'000)};
    double smallest_effect = 0.10;  ///< smallest share that would matter
    int lag = 2;                    ///< years
    int anticipation = 1;           ///< years
    int placebos = 999;
    int bootstrap_draws = 999;
    geo::Metres indigenous_within{10'000};  ///< a removal is near indigenous land within this distance of such a unit
    /// Columns of the panel held fixed; those it does not have are left out.
    std::vector<std::string> covariates{"price", "access_min"};
    std::string negative_control;  ///< a varying covariate that removals cannot move; empty: none
    /// false: only the looks that the verdict turns on (for validating it over many seeds); no choice of a plan.
    /// Placebos and fake removals are then run only where the interval is above 0, for else they change nothing.
    bool other_looks = true;
};

/// One look. Shares are hectares per hectare removed. nullopt: not estimable, the note says why.
struct DisplacementRow {
    std::string estimator;
    double belt_m = 0;
    std::optional<double> estimate;
    std::optional<double> lo;  ///< 95 % interval
    std::optional<double> hi;
    std::optional<double> p_value;
    long n = 0;        ///< removals, or for comparisons by unit, rows
    std::string note;  ///< words joined by _, several by "; "
};

enum class DisplacementVerdict { found, not_found, cannot_tell };
[[nodiscard]] std::string_view name_of(DisplacementVerdict verdict);

/// Hectares that the surveys show as gone from the units hit, per hectare reported (regions/mapped_removals): below 1
/// where surveys overlook plots or reports say too much.
struct MappedRate {
    std::optional<double> rate;
    std::optional<double> lo;  ///< 95 % interval, clusters as the headline's
    std::optional<double> hi;
    bool applied = false;  ///< the shares are per hectare so mapped; else per hectare reported
    long removals = 0;     ///< that the surveys could measure
};

struct DisplacementResult {
    DisplacementVerdict verdict = DisplacementVerdict::cannot_tell;
    std::optional<double> displaced_share;
    std::optional<double> share_as_reported;  ///< per hectare reported: before `mapped` is divided by
    MappedRate mapped;
    std::optional<double> lo;
    std::optional<double> hi;
    std::optional<double> upper_bound;  ///< one-sided 95 %
    std::optional<double> p_value;      ///< placement permutation
    std::optional<double> mde;          ///< share that would be found 4 times in 5
    double within_km = 0;
    /// Observed change beyond the belt over the whole period, in all regions of the panel and across borders.
    std::optional<double> rose_elsewhere_ha;
    std::optional<double> rose_abroad_ha;
    double removed_ha = 0;  ///< by the removals that the estimate rests on
    long removals = 0;
    long clusters = 0;
    ComparisonAreas::Kind areas = ComparisonAreas::Kind::regions;  ///< of time effects
    std::optional<int> history_until;     ///< last panel year before the first removal and what it may have moved
    std::vector<std::string> covariates;  ///< held fixed
    std::vector<geo::Message> reasons;    ///< why this verdict, in order of weight
    std::vector<DisplacementRow> looks;
    std::vector<AddingUpRow> adding_up;
};

/// Same inputs and seed, same result, whatever the number of threads.
[[nodiscard]] DisplacementResult displacement(const CropPanel& panel, std::span<const EradicationEvent> events,
                                              const DisplacementPlan& plan, std::uint64_t seed,
                                              geo::Parallelism parallelism, geo::Diagnostics& diagnostics,
                                              geo::Progress* progress = nullptr);

}  // namespace vereda::regions
