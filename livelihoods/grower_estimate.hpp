/// The second denominator of coverage: how many families grow, judged by the crop on the land (methods §11).
#pragma once

#include <span>

#include "livelihoods/coverage_rows.hpp"
#include "regions/plot_area.hpp"

namespace vereda::livelihoods {

/// Crop area of one family, all crops together, ha; lo, hi as the survey that measured it gives them.
struct HectaresPerFamily {
    double value = 0;
    double lo = 0;
    double hi = 0;
};

/// Growers = crop area of the year ÷ hectares per family; lowest = area_lo ÷ hi, highest = area_hi ÷ lo (the area
/// without an interval where a survey has none, so that the width then comes from the families alone). Areas of several
/// crops add up. Regions and years without an observed area stay unknown. Throws Error(usage, "coverage.ha_per_family")
/// unless 0 < lo ≤ value ≤ hi.
void add_grower_estimates(CoverageRows& rows, std::span<const regions::PlotAreaRow> areas,
                          const HectaresPerFamily& per_family);

}  // namespace vereda::livelihoods
