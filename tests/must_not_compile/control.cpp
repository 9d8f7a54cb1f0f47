// The positive control: everything the other files get wrong, written right. It must compile.
#include "geo/quantity.hpp"
#include "geo/spatial_index.hpp"

using namespace vereda::geo;

Metres buffered(Metres distance) {
    return distance + Metres(1);
}
Hectares total(SquareMetres a, Metres width, Metres height) {
    return to_hectares(a + width * height);
}
bool longer(Metres a, Metres b) {
    return a < b && a / b < 1;
}
Metres used = buffered(Metres(30));
