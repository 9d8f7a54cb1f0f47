/// "Of which displaced": how much of a region's direct and associated forest loss crop did that removals elsewhere
/// caused to appear there, as bounds beside the mechanisms (methods §4, §11).
///
///   displaced loss of region j in year t = π · loss,  π = min(1, s · H_t · w_j / G_j)
///
/// with s the displaced share, H_t the hectares removed per year over the lag of the estimand (in the measure of the
/// share: as mapped, where it is per hectare mapped), w_j the part of the flow
/// ledger's arrivals that j received in t, G_j the crop that appeared in j. The upper bound takes the upper end of the
/// share's interval; the lower bound its lower end where displacement was found, else 0: flows only distribute, they
/// never add. Without an interval the upper bound is unknown.
#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "regions/crop_panel.hpp"
#include "regions/displacement.hpp"
#include "regions/eradication.hpp"
#include "regions/flow_ledger.hpp"
#include "regions/forest_loss.hpp"

namespace vereda::regions {

/// Crop that appeared in a region in a year.
struct Arrivals {
    double appeared_ha = 0;  ///< all that units of the region gained
    double matched_ha = 0;   ///< of it, what the flow ledger brings from other units
};
using ArrivalsByRegion = std::map<std::pair<std::string, int>, Arrivals>;

[[nodiscard]] ArrivalsByRegion arrivals_by_region(const CropPanel& panel, const FlowLedger& flows);

/// Fills displaced_lo and displaced_hi of direct and associated rows; other mechanisms get 0 and 0.
void add_displaced_bounds(std::vector<LossRow>& rows, const DisplacementResult& displacement,
                          const ArrivalsByRegion& arrivals, std::span<const EradicationEvent> events, int lag);

}  // namespace vereda::regions
