// A function that wants metres cannot be handed degrees.
#include "geo/quantity.hpp"

using namespace vereda::geo;

Metres buffered(Metres distance) {
    return distance;
}
Metres used = buffered(Degrees(0.001));
