/// Eradication by place and time: how much of a piece of crop events took off.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "geo/date.hpp"
#include "geo/geometry.hpp"
#include "geo/spatial_index.hpp"
#include "regions/adjustment.hpp"
#include "regions/eradication.hpp"

namespace vereda::regions {

class ControlActions {
  public:
    ControlActions(std::span<const EradicationEvent> events, const Effectiveness& effectiveness);

    struct TakenOff {
        double planar_area = 0;              ///< ground × effectiveness, each square metre once, at its most effective
        bool effectiveness_unknown = false;  ///< some event on it has none: not in the area
    };
    /// By events later than `after`, up to `until`.
    [[nodiscard]] TakenOff taken_off(const geo::MultiPolygon& crop, geo::Date after, geo::Date until) const;
    /// Whether an outline of that year lies on the crop.
    [[nodiscard]] bool touches(const geo::MultiPolygon& crop, int year) const;
    /// Whether an event of the region in that time has no outline.
    [[nodiscard]] bool without_outline(std::string_view region_id, geo::Date after, geo::Date until) const;

  private:
    struct Outlined {
        geo::MultiPolygon outline;
        geo::Date date;
        std::optional<double> effectiveness;
    };
    struct Told {
        std::string_view region_id;
        geo::Date date;
    };
    std::vector<Outlined> outlined_;  ///< the most effective first, unknown last
    std::vector<Told> told_;          ///< without outline
    geo::SpatialIndex index_{std::span<const geo::Box>{}};
};

}  // namespace vereda::regions
