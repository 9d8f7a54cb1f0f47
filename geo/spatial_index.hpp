/// Boxes to positions: a packed R-tree (Boost.Geometry), built once.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "geo/geometry.hpp"

namespace vereda::geo {

class SpatialIndex {
  public:
    /// Empty boxes are never found.
    explicit SpatialIndex(std::span<const Box> boxes);
    SpatialIndex(SpatialIndex&&) noexcept;
    SpatialIndex& operator=(SpatialIndex&&) noexcept;
    ~SpatialIndex();

    /// Positions of the boxes that intersect or touch `box`, ascending. Safe from many threads at once.
    [[nodiscard]] std::vector<std::size_t> query(const Box& box) const;
    /// The k boxes nearest to the point, nearest first, ties by position.
    [[nodiscard]] std::vector<std::size_t> nearest(Point point, std::size_t k) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace vereda::geo
