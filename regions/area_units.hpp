/// The units that areas are told for: every region, the larger units that regions name as parents, and the whole.
///
/// A parent that is itself a region of the set stands for itself and is not summed up a second time; "all" sums the
/// regions that are nobody's parent.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "regions/region_set.hpp"

namespace vereda::regions {

enum class AreaLevel { region, parent, all };
[[nodiscard]] std::string_view name_of(AreaLevel level);

struct AreaUnit {
    AreaLevel level = AreaLevel::region;
    std::string id;
    std::string name;
};

class AreaUnits {
  public:
    explicit AreaUnits(const RegionSet& regions);

    /// Regions first, at their positions in the set; then parents by id; then "all" where there are several regions.
    [[nodiscard]] const std::vector<AreaUnit>& units() const { return units_; }
    /// Positions of the units that hold the region: itself, its parents from small to large, the whole.
    [[nodiscard]] const std::vector<std::size_t>& of_region(std::size_t region) const { return chains_[region]; }

  private:
    std::vector<AreaUnit> units_;
    std::vector<std::vector<std::size_t>> chains_;
};

}  // namespace vereda::regions
