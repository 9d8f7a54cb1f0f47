/// Which reported event reached a plot's ground between two dates.
///
/// Points count as a circle of the reported area (50 m around where none is reported), lines as a strip 50 m to each
/// side (d). An event explains what happened to a plot where it covers at least three tenths of its outline (d): both
/// are drawn with errors.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "geo/date.hpp"
#include "geo/spatial_index.hpp"
#include "regions/eradication.hpp"

namespace vereda::regions {

class RemovalIndex {
  public:
    /// Keeps a view of `events`. Events without a place explain nothing.
    explicit RemovalIndex(std::span<const EradicationEvent> events);

    /// Position of the event after `after`, not after `until`, that covers most of the outline; of like ones the
    /// latest. Prunings are looked for only where there is no other.
    [[nodiscard]] std::optional<std::size_t> found(const geo::MultiPolygon& outline, geo::Date after,
                                                   geo::Date until) const;

  private:
    std::span<const EradicationEvent> events_;
    std::vector<geo::MultiPolygon> grounds_;
    std::optional<geo::SpatialIndex> index_;
};

}  // namespace vereda::regions
