/// Smooth random fields over the plane: gradient noise (Perlin, "Improving noise", SIGGRAPH 2002) with hashed
/// gradients.
#pragma once

#include <cstdint>

#include "geo/geometry.hpp"

namespace vereda::simulate {

class Noise {
  public:
    /// `wavelength` in the units of the points: the size of the largest features.
    Noise(std::uint64_t seed, double wavelength) : seed_(seed), wavelength_(wavelength) {}

    /// One octave; about -1 to 1, mean 0, 0 at the lattice's nodes.
    [[nodiscard]] double at(geo::Point p) const;
    /// Sum of octaves, each of half the wavelength and half the amplitude; about -1 to 1.
    [[nodiscard]] double fractal(geo::Point p, int octaves) const;

  private:
    [[nodiscard]] double lattice(double x, double y, std::uint64_t octave) const;
    std::uint64_t seed_;
    double wavelength_;
};

}  // namespace vereda::simulate
