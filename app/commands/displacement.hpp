/// `vereda displacement`: did removing crops make crops appear nearby, with placebos, other looks and a verdict.
#pragma once

#include "app/command.hpp"

namespace vereda::app {

[[nodiscard]] Command displacement_command();

}  // namespace vereda::app
