/// The areas within which units near removals are compared with units farther away in the same year, and which count as
/// independent of each other. Chosen from places alone, never from outcomes.
#pragma once

#include <string_view>
#include <vector>

#include "regions/crop_panel.hpp"
#include "regions/unit_index.hpp"

namespace vereda::regions {

struct ComparisonAreas {
    enum class Kind { regions, squares, everything };
    std::vector<std::size_t> of_unit;
    std::size_t count = 0;
    Kind kind = Kind::regions;
};

/// The panel's regions where they are large beside the belt: the median unit's region covers at least as much as
/// a circle of the belt's radius (units times their spacing squared), so that removals do not reach all of it alike.
/// Where they are not, squares of five belts a side: a ring in the middle of one leaves seven eighths of it for
/// comparison.
[[nodiscard]] ComparisonAreas comparison_areas(const CropPanel& panel, const UnitIndex& index, geo::Metres belt);

/// Squares of the given side, aligned to its multiples.
[[nodiscard]] ComparisonAreas square_areas(const CropPanel& panel, geo::Metres side);
/// One area that holds every unit.
[[nodiscard]] ComparisonAreas one_area(const CropPanel& panel);

}  // namespace vereda::regions
