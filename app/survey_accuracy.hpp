/// What a study's reference samples say of its surveys (study section [accuracy]).
#pragma once

#include "app/study.hpp"
#include "geo/diagnostic.hpp"
#include "report/results.hpp"

namespace vereda::app {

/// Reads sample or matrix and the areas of the strata. Throws Error(input) naming the file, as accuracy_inputs and
/// regions/accuracy do.
[[nodiscard]] report::SurveyAccuracy read_survey_accuracy(const StudyAccuracy& accuracy, geo::Diagnostics& diagnostics);

}  // namespace vereda::app
