/// Does the land that one family plants exceed its limit, given the error of every outline? (methods §11)
///
/// exceeds: P(true area > limit·(1 + tolerance)) ≥ 0.95 (normal, with the SD of regions/outline_error). not_testable:
/// SD over 20 % of the limit, outline from imagery coarser than 2 m, unknown error, or area only declared. compliant:
/// estimate not over the limit and P ≤ 0.05. Otherwise within_error.
///
/// The correlation of errors along a walk is never known. The SD is the larger of what the declared length (the plot's,
/// else the pack's, else 60 m (d)) and independent vertices give, so that a wrong length cannot accuse anyone; a
/// declared 0 is taken at its word, and corners measured apart are independent. Of a plot measured by corners or tape
/// whose outline only stands for its declared area (a point), it is at least that of a square of four corners.
///
/// Which area counts: map area where the pack's is horizontal, the ground's where it is surface. A tape measures the
/// ground, everything else the map; the slope carries one into the other. Nothing is carried where the pack does not
/// say. A plot that does not say how it was measured is taken to have been measured as the pack says.
#pragma once

#include <optional>
#include <span>

#include "geo/message.hpp"
#include "geo/quantity.hpp"
#include "livelihoods/registered_plot.hpp"
#include "livelihoods/rule_pack.hpp"

namespace vereda::livelihoods {

enum class SmallPlotVerdict { compliant, within_error, exceeds, no_rule, not_testable };
[[nodiscard]] std::string_view name_of(SmallPlotVerdict verdict);

inline constexpr geo::Metres default_correlation_length{60};
inline constexpr double exceeds_probability = 0.95;
inline constexpr double testable_sd_share = 0.20;

enum class AreaBound {
    none,
    lower,  ///< a map area, and the pack counts the surface
    upper   ///< a taped area, and the pack counts the map
};

/// One plot's area as the pack counts it.
struct MeasuredArea {
    geo::SquareMetres area;                    ///< less the perimeter offset; of the ground where the pack counts that
    std::optional<geo::SquareMetres> sd;       ///< nullopt: not known
    geo::SquareMetres offset_correction;       ///< what the offset took off
    std::optional<geo::Message> not_testable;  ///< why no verdict can rest on it
    /// The slope that would carry `area` into what the pack counts is not known: it is a bound.
    AreaBound bound = AreaBound::none;
};
[[nodiscard]] MeasuredArea measured_area(const RegisteredPlot& plot, const RulePack& pack);

struct AreaVerdict {
    SmallPlotVerdict verdict = SmallPlotVerdict::not_testable;
    geo::SquareMetres area;  ///< summed
    std::optional<geo::SquareMetres> sd;
    std::optional<double> p_exceeds;
    geo::SquareMetres offset_correction;
    geo::Message reason;
};

/// The plots of one family together; their errors are independent of each other. `limit` is above 0, `areas` not empty.
/// Where some plots cannot be tested, the others may still exceed by themselves; otherwise nothing can be said.
[[nodiscard]] AreaVerdict area_verdict(std::span<const MeasuredArea> areas, const RulePack& pack,
                                       geo::SquareMetres limit);
[[nodiscard]] AreaVerdict area_verdict(const RegisteredPlot& plot, const RulePack& pack, geo::SquareMetres limit);

/// Area that lies between the outline and the edge `offset` inside it: perimeter·offset − offset²·Σ tan(turn / 2) over
/// the corners (a square walked 1 m outside, 42 × 42 m: 164 m², leaving 1,600). Outer rings only.
[[nodiscard]] geo::SquareMetres offset_area(const geo::MultiPolygon& outline, geo::Metres offset);

/// Ground under a map area on an even slope: map ÷ cos(slope); 2,165 m² of map at 30° are 2,500 m² by tape.
[[nodiscard]] geo::SquareMetres surface_area(geo::SquareMetres map_area, double slope_degrees);
/// The other way round: ground · cos(slope).
[[nodiscard]] geo::SquareMetres map_area(geo::SquareMetres ground_area, double slope_degrees);

}  // namespace vereda::livelihoods
