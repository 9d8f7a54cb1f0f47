/// Error of a plot's measured area (methods §11; Griffith 1989 and Goodchild-Hunter style vertex-error propagation,
/// with positions correlated along the walk).
///
/// Var(A) = ¼ · dᵀ C d summed over both axes, d(i) = v(i+1) − v(i−1), C(i,j) = σ² · exp(−walk distance between i and j
/// / ℓ), plus the second-order term; ℓ = 0 means independent vertices. For four independent corners of a square SD =
/// √2·σ·L (σ = 3 m, L = 40 m: 169.7 m²).
#pragma once

#include "geo/geometry.hpp"
#include "geo/quantity.hpp"

namespace vereda::regions {

struct OutlineError {
    geo::Metres position_sd;         ///< σ of each coordinate of a vertex
    geo::Metres correlation_length;  ///< ℓ along the walk; 0: independent corners
    geo::Metres offset{0};           ///< systematic: the walk ran this far outside (+) the true edge
};

/// SD of the area of a ring in metres coordinates (equal-area CRS); vertices in the order they were walked, the first
/// point repeated at the end. `offset` is a bias, not a spread: it has no part here. Time grows with the number of
/// vertices.
[[nodiscard]] geo::SquareMetres area_sd(const geo::Ring& ring, const OutlineError& error);
/// Over all rings, taken as independent of each other.
[[nodiscard]] geo::SquareMetres area_sd(const geo::MultiPolygon& polygons, const OutlineError& error);

}  // namespace vereda::regions
