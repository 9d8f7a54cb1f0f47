/// Reads the plots of surveys.
#pragma once

#include <vector>

#include "app/study.hpp"
#include "geo/diagnostic.hpp"
#include "regions/region_set.hpp"
#include "regions/survey.hpp"

namespace vereda::app {

/// Polygons as they are; points become circles of their area_declared_m2 (Error(input, "plots.area_missing") without
/// one). Features of another year or crop than the survey's, by their columns, are left out with a note. Of a survey by
/// classes, patches of the crop's class become plots.
[[nodiscard]] regions::Survey read_survey(const StudySurvey& survey, const regions::RegionSet& regions,
                                          geo::Diagnostics& diagnostics);

}  // namespace vereda::app
