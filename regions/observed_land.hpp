/// How much of a plot's ground a survey saw.
///
/// The observed land of a survey may be one polygon with thousands of clouds cut out; it is cut once into tiles of few
/// vertices, so that each question costs no more than the tiles it touches.
#pragma once

#include <memory>
#include <optional>

#include "geo/geometry.hpp"

namespace vereda::regions {

class ObservedLand {
  public:
    /// Valid, rings oriented, analysis CRS. nullopt: all land is taken as seen.
    explicit ObservedLand(const std::optional<geo::MultiPolygon>& observed);
    ObservedLand(ObservedLand&&) noexcept;
    ObservedLand& operator=(ObservedLand&&) noexcept;
    ~ObservedLand();

    [[nodiscard]] bool everything() const { return state_ == nullptr; }
    /// Planar share of `outline`, moved by `by`, that was seen; 0-1. Safe from many threads at once.
    [[nodiscard]] double share(const geo::MultiPolygon& outline, geo::Point by = {0, 0}) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace vereda::regions
