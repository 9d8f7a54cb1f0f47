/// Reads the places of a study that families go to: markets, clinics, schools, banks.
#pragma once

#include <vector>

#include "app/study.hpp"
#include "geo/crs.hpp"
#include "geo/diagnostic.hpp"
#include "geo/geometry.hpp"
#include "livelihoods/catchment.hpp"

namespace vereda::app {

struct PlacedService {
    livelihoods::ServicePlace service;
    geo::Point point;  ///< analysis CRS
};

/// Markets, then services, sorted by kind and name. A place without a kind is of its table's ("market", "service"); one
/// without a name is called by its number in the file. Places that are no points are left out with a warning. A layer
/// without a CRS is taken to be in longitude and latitude.
[[nodiscard]] std::vector<PlacedService> read_places(const StudyPlaces& places, const geo::Crs& analysis,
                                                     geo::Diagnostics& diagnostics);

}  // namespace vereda::app
