/// The study file of a simulated landscape, commented in Spanish and English.
#pragma once

#include <string>

#include "simulate/landscape.hpp"

namespace vereda::app {

[[nodiscard]] std::string landscape_study_toml(const simulate::Landscape& landscape);

}  // namespace vereda::app
