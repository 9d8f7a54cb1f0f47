/// Which units of a panel lie near a place: distances between centres, planar metres.
#pragma once

#include <cstdint>
#include <span>
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
    [[nodiscard]] std::int64_t column_of(double x) const;
    [[nodiscard]] std::int64_t row_of(double y) const;
    /// visit(unit, metres) for each unit within `radius`, in no order that counts.
    template <class Visit>
    void each_within(geo::Point place, geo::Metres radius, const Visit& visit) const;

    std::vector<geo::Point> places_;
    geo::Point origin_;
    double step_ = 1;  ///< side of the square buckets
    std::int64_t columns_ = 0;
    std::int64_t rows_ = 0;
    std::vector<std::size_t> first_;  ///< of bucket column × rows_ + row, in ordered_; one more at the end
    std::vector<std::size_t> ordered_;
    geo::Metres spacing_;
};

}  // namespace vereda::regions
