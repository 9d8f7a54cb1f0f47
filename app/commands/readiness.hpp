/// `vereda readiness`: gates, score, robustness and what is missing, by a study or by indicators and evidence alone.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command readiness_command();

}  // namespace vereda::app
