/// Ground by the kinds of zone that it lies in, as a partition: every square metre has one label.
///
/// Ground in zones of several kinds has their names joined by "+", in the order of ZoneKind ("park+indigenous"); ground
/// in none is "none". A zone that is an exception of another takes its ground out of that one's kind and is a zone of
/// its own kind. Zones count where they are in force on the day.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "geo/date.hpp"
#include "regions/tiled_land.hpp"
#include "regions/zone.hpp"

namespace vereda::regions {

struct ZonePart {
    std::string zones;
    double planar_area = 0;
};

class ZoneLand {
  public:
    ZoneLand(std::span<const Zone> zones, geo::Date day);
    /// Parts by label; their areas sum to `whole`, the planar area of `ground`.
    [[nodiscard]] std::vector<ZonePart> split(const geo::MultiPolygon& ground, double whole) const;

  private:
    struct Kind {
        std::string_view name;
        TiledLand land;
    };
    std::vector<Kind> kinds_;
};

}  // namespace vereda::regions
