/// Which units of a panel lie near a place: distances between centres, planar metres.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "geo/quantity.hpp"
#include "regions/crop_panel.hpp"

namespace vereda::regions {

struct NearUnit {
    std::size_t unit = 0;
    double metres = 0;
};

class UnitIndex {
  public:
    explicit UnitIndex(std::span<const PanelUnit> units);

    /// Units within `radius` of the place, both ends included, ascending by position.
    [[nodiscard]] std::vector<NearUnit> within(geo::Point place, geo::Metres radius) const;
    /// Units within `radius` of any of `centres` and none of these themselves, with the least distance.
    [[nodiscard]] std::vector<NearUnit> ring(std::span<const std::size_t> centres, geo::Metres radius) const;
    [[nodiscard]] NearUnit nearest(geo::Point place) const;
    /// Median distance of a unit to its nearest neighbour, over at most 1,000 units; 0 for a single unit.
    [[nodiscard]] geo::Metres spacing() const { return spacing_; }

  private:
    using Key = std::pair<std::int64_t, std::int64_t>;
    [[nodiscard]] Key key_of(geo::Point place) const;

    std::vector<geo::Point> places_;
    double step_ = 1;  ///< of the buckets
    std::map<Key, std::vector<std::size_t>> buckets_;
    geo::Metres spacing_;
};

}  // namespace vereda::regions
