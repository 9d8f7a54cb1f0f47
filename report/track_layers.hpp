/// Map layers of plot tracking, internal.
#pragma once

#include <vector>

#include "report/layers.hpp"

namespace vereda::report {

/// tracks_CROP: every row of every track, with the day it holds from and until, for QGIS's temporal controller; rows
/// without an outline of their own show the track's last one. tracks_YEAR_CROP: the rows of one year. track_review: the
/// outlines of links left open.
[[nodiscard]] std::vector<MapLayer> track_layers(const RunResults& results, const Catalogue& words,
                                                 const Styles& styles);

}  // namespace vereda::report
