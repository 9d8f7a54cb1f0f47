/// Does one measured plot exceed its area limit, given the error of its outline? (methods §11)
///
/// exceeds: P(true area > limit·(1 + tolerance)) ≥ 0.95 (normal, with the SD of regions/outline_error). not_testable:
/// SD over 20 % of the limit, outline from imagery coarser than 2 m, unknown error, or area only declared. compliant:
/// estimate not over the limit and P ≤ 0.05. Otherwise within_error.
///
/// The correlation of errors along a walk is never known. The SD is the larger of what the pack's length (60 m where it
/// sets none (d)) and independent vertices give, so that a wrong length cannot accuse anyone; a pack that declares 0 is
/// taken at its word.
#pragma once

#include <optional>

#include "geo/message.hpp"
#include "geo/quantity.hpp"
#include "livelihoods/rule_pack.hpp"
#include "livelihoods/small_plots.hpp"
#include "regions/survey.hpp"

namespace vereda::livelihoods {

inline constexpr geo::Metres default_correlation_length{60};
inline constexpr double exceeds_probability = 0.95;
inline constexpr double testable_sd_share = 0.20;

struct AreaVerdict {
    SmallPlotVerdict verdict = SmallPlotVerdict::not_testable;
    std::optional<geo::SquareMetres> sd;
    std::optional<double> p_exceeds;
    geo::SquareMetres offset_correction;
    geo::Message reason;
};

/// `limit` is the area that counts for this plot, above 0.
[[nodiscard]] AreaVerdict area_verdict(const regions::Plot& plot, const RulePack& pack, geo::SquareMetres limit);

/// Area that lies between the outline and the edge `offset` inside it: perimeter·offset − offset²·Σ tan(turn / 2) over
/// the corners (a square walked 1 m outside, 42 × 42 m: 164 m², leaving 1,600). Outer rings only.
[[nodiscard]] geo::SquareMetres offset_area(const geo::MultiPolygon& outline, geo::Metres offset);

}  // namespace vereda::livelihoods
