// A bare number says no unit.
#include "geo/quantity.hpp"

using namespace vereda::geo;

Metres buffered(Metres distance) {
    return distance;
}
Metres used = buffered(30.0);
