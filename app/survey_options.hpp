/// Surveys named on the command line instead of in a study file: `plots track --survey 2016=a.gpkg --survey 2017=…`.
#pragma once

#include <vector>

#include "app/arguments.hpp"
#include "app/parameter.hpp"
#include "app/study.hpp"

namespace vereda::app {

/// STUDY.toml (optional), --survey YEAR=FILE[|LAYER], --observed YEAR=FILE, --observed-value, --regions, --region-id,
/// -f/--id, --crop, --position-error-m, --eradication, then `own`, then what every command on a study takes.
[[nodiscard]] std::vector<Parameter> survey_parameters(std::vector<Parameter> own = {});

/// The study file, or a study of the surveys given, whose one region "all" is the box of all that they hold
/// (read_regions) unless --regions names some. Throws Error(usage, "surveys.study_or_surveys") unless exactly one of
/// the two is given, "surveys.not_year_file" for a value that is not YEAR=FILE, "surveys.year_twice",
/// "surveys.observed_without".
[[nodiscard]] Study study_of(const Arguments& arguments);

}  // namespace vereda::app
