// Hectares and square metres are converted by name, never added.
#include "geo/quantity.hpp"

using namespace vereda::geo;

auto sum = Hectares(1) + SquareMetres(10'000);
