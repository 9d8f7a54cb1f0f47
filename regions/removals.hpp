/// Eradication events as they hit the units of a panel.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "geo/diagnostic.hpp"
#include "regions/crop_panel.hpp"
#include "regions/eradication.hpp"
#include "regions/unit_index.hpp"

namespace vereda::regions {

struct Removal {
    std::string event_id;
    int year = 0;
    EradicationKind kind = EradicationKind::unknown;
    double hectares = 0;               ///< as reported; else the crop mapped in the targets before the event
    std::vector<std::size_t> targets;  ///< units hit, ascending
    bool reported = true;              ///< the hectares are
    /// Units that a polygon of the event touches, taking units as squares of the panel's spacing; empty: the targets.
    std::vector<std::size_t> touched = {};
};

/// Units hit: those whose centre lies in the event's polygons; else the unit nearest to its place, if no farther than
/// twice the units' spacing; without a place, every unit of its region. Left out: pruned_or_renewed (no removal), and,
/// with a warning, events that hit no unit ("displacement.event_outside") or whose hectares nobody knows
/// ("displacement.event_without_area"). Sorted by year, then event id.
[[nodiscard]] std::vector<Removal> removals_on(const CropPanel& panel, const UnitIndex& index,
                                               std::span<const EradicationEvent> events, geo::Diagnostics& diagnostics);

}  // namespace vereda::regions
