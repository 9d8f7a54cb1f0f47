/// What a community says it removed beside what satellites saw (methods §11), and what became of the ground in the
/// three years after.
///
/// Mapped: ground of the claim's outline that was under crop in the last survey before and is not in the first one
/// after it, R hectares (regions/removed_ground). Its interval runs from R·U − z·s to R/P + z·s: U and P are user's and
/// producer's accuracy, s the standard deviation of the area that vanished (regions/outline_error with the position
/// errors of both surveys). Where a reference sample tells them, U and P of the interval are the lower ends of their
/// 95 % intervals, of the less accurate of the two surveys. Ground that either survey did not see could all have been
/// removed: it widens the upper end apart.
///
/// Detection power at the claim's plot sizes, with the sample's own P: P × Φ((a − m)/s_a), averaged over the parts of
/// the outline by area (a point is one part of the claimed area); m is the larger minimum mapping area of the two
/// surveys, s_a = √2·σ·√a the standard deviation of a square of area a measured at its corners (methods §11).
///
/// agree: the claimed and the mapped interval meet (a claim that satellites could not have shown, and of which they
/// show nothing, agrees with nothing). not_observed: they meet only if unseen ground is counted, or no survey stands on
/// one of the sides. disagree: they do not meet and the power is at least `needed_power`. not_detectable: else.
///
/// Near: crop that is new since the survey before within `belt` of the outline, less what the ring as wide again around
/// it lets expect per hectare seen; the interval takes new plots as independent. Hectares only: no place is named.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/crs.hpp"
#include "geo/date.hpp"
#include "geo/geometry.hpp"
#include "geo/quantity.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

struct Claim {
    std::string id;
    geo::Date date;
    geo::Geometry place;  ///< analysis CRS; monostate: none was told
    std::optional<geo::Hectares> area;
    std::optional<geo::Hectares> area_sd;
    Crop crop = Crop::coca;
};

struct AccuracyShare {
    double value = 0;
    double lo = 0;  ///< of its 95 % interval
};

/// What a reference sample says of the surveys of a crop: of one year, or of all that have no sample of their own.
struct SampledAccuracy {
    Crop crop = Crop::coca;
    std::optional<int> year;
    AccuracyShare users, producers;
};

struct ClaimOptions {
    double users_accuracy = 0.9;      ///< of surveys without a sample, taken as exact
    double producers_accuracy = 0.9;  ///< …
    std::vector<SampledAccuracy> samples = {};
    geo::Hectares smallest{0.25};    ///< minimum mapping area of surveys that state none
    geo::Metres position_error{10};  ///< of surveys that state none
    double claimed_sd_share = 0.1;   ///< of the area, where the claim tells no standard deviation
    double needed_power = 0.8;
    double z = 1.959963984540054;  ///< 95 %, two-sided
    geo::Metres belt{5000};
};

inline constexpr int followed_years = 3;

enum class ClaimVerdict { agree, disagree, not_detectable, not_observed };
[[nodiscard]] std::string_view name_of(ClaimVerdict verdict);

struct HectareInterval {
    geo::Hectares value, lo, hi;
};

struct ClaimRow {
    std::string id;
    geo::Date date;
    ClaimVerdict verdict = ClaimVerdict::not_observed;
    std::optional<HectareInterval> claimed;
    std::optional<HectareInterval> mapped;  ///< nullopt without surveys on both sides
    std::optional<double> power;
    std::optional<double> users_accuracy, producers_accuracy;  ///< of the less accurate survey
    /// Claimed less mapped, in the verdict disagree alone: what satellites dispute; below 0 where they saw more go.
    std::optional<HectareInterval> disputed;
    std::optional<geo::Hectares> crop_before;
    std::optional<geo::Hectares> unseen;  ///< of the outline, by one of the two surveys
    std::optional<int> year_before, year_after;
    /// Of the mapped ground, under crop at the end of the first, second, third year after the day: the last survey of
    /// each year that came after the one that saw it bare.
    std::array<std::optional<geo::Hectares>, followed_years> back{};
    std::optional<geo::Hectares> regrown;    ///< under crop in the first survey after the one that saw it bare
    std::optional<geo::Hectares> replanted;  ///< seen bare at least twice, then under crop
    std::optional<geo::Date> followed_until;
    std::optional<geo::Hectares> near_new, near_expected;
    std::optional<HectareInterval> near_excess;
    std::string note;  ///< stable words joined by ";"
};

/// The verdict alone, from the intervals; `mapped_hi_seen` is the mapped interval's upper end without unseen ground.
struct ClaimEvidence {
    HectareInterval claimed;
    HectareInterval mapped;
    geo::Hectares mapped_hi_seen;
    double power = 0;
};
[[nodiscard]] ClaimVerdict verdict_of(const ClaimEvidence& evidence, const ClaimOptions& options);

/// Probability that a survey of this smallest area and position error maps a plot of this size.
[[nodiscard]] double detection_power(geo::Hectares plot, geo::Hectares smallest, geo::Metres position_error,
                                     double producers_accuracy);

/// One row per claim, in their order. Geometries of surveys and claims are in `crs`, an equal-area one.
[[nodiscard]] std::vector<ClaimRow> check_claims(std::span<const Claim> claims, std::span<const Survey> surveys,
                                                 const geo::Crs& crs, const ClaimOptions& options = {});

}  // namespace vereda::regions
