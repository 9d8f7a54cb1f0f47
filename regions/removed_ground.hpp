/// Ground that one removal of crop left bare, as two surveys show it.
#pragma once

#include <span>

#include "geo/date.hpp"
#include "regions/dated_survey.hpp"

namespace vereda::regions {

/// A point or line is taken to mean the plots within this of it, where no position error is stated (d).
inline constexpr geo::Metres removal_reach{25};

struct RemovedGround {
    const DatedSurvey* before = nullptr;  ///< the last survey until that day; nullptr: none
    const DatedSurvey* after = nullptr;   ///< the first one after it
    geo::MultiPolygon footprint;          ///< the outline; of a point or line the plots that it touches
    geo::MultiPolygon crop_before;        ///< inside it
    geo::MultiPolygon vanished;           ///< of that, not under crop after; slivers of outlines drawn twice left out
    geo::MultiPolygon gone;               ///< of that, where the survey after saw the ground
};

/// The valid areal part of a place.
[[nodiscard]] geo::MultiPolygon areal_part(const geo::Geometry& place);

/// `surveys` are of one crop, ascending by day. All geometries are in their CRS.
[[nodiscard]] RemovedGround removed_ground(const geo::Geometry& place, geo::Date day,
                                           std::span<const DatedSurvey> surveys);

}  // namespace vereda::regions
