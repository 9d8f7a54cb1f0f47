// Different units have no order.
#include "geo/quantity.hpp"

using namespace vereda::geo;

bool longer = Metres(1) < Degrees(1);
