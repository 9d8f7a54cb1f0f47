/// The landscape draws from the streams that every seeded analysis uses.
#pragma once

#include "geo/random.hpp"

namespace vereda::simulate {

using geo::mixed;
using geo::Random;

}  // namespace vereda::simulate
