// An area is not a length.
#include "geo/quantity.hpp"

using namespace vereda::geo;

Metres side = Metres(40) * Metres(40);
