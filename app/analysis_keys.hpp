/// Keys of the study file that say how an analysis goes, and name no input.
#pragma once

#include <vector>

#include "app/study_keys.hpp"

namespace vereda::app {

/// [tracking]: how plots are followed (regions/plot_tracks).
[[nodiscard]] std::vector<StudyKey> tracking_keys();
/// [permanence] and [area]: how plots are read through time.
[[nodiscard]] std::vector<StudyKey> time_keys();
/// [plan]: the plan that displacement is tested by.
[[nodiscard]] std::vector<StudyKey> plan_keys();

}  // namespace vereda::app
