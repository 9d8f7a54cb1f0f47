/// The adding-up table: where the crop area of the whole panel went, place by place, so that what left one place can be
/// looked for in every other. Observed changes only: it says nothing of causes.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "regions/crop_panel.hpp"
#include "regions/removals.hpp"
#include "regions/unit_index.hpp"

namespace vereda::regions {

/// Every unit is in one place, the first that fits: hit by a removal of the period; within the belt of one; elsewhere
/// in a region that had one; in another region; units across a border are `abroad` wherever they lie.
enum class AddingUpPlace { targets, belt, same_regions, other_regions, abroad };
[[nodiscard]] std::string_view name_of(AddingUpPlace place);

struct AddingUpRow {
    int from_year = 0;
    int to_year = 0;
    AddingUpPlace place = AddingUpPlace::targets;
    double before_ha = 0;  ///< of units seen in both years
    double after_ha = 0;
    double removed_ha = 0;  ///< reported, after from_year and up to to_year; in the targets
    long units = 0;
    long unseen_units = 0;  ///< not seen in one of the years: in neither sum
};

/// For every pair of neighbouring panel years with a removal up to it, and for the whole period from the last year
/// before the first removal to the panel's end: five rows each. Removals count as of the period and two years before.
[[nodiscard]] std::vector<AddingUpRow> adding_up(const CropPanel& panel, const UnitIndex& index,
                                                 std::span<const Removal> removals, geo::Metres belt);

}  // namespace vereda::regions
