#include "simulate/noise.hpp"

#include <array>
#include <cmath>

#include "simulate/random.hpp"

namespace vereda::simulate {

namespace {

constexpr std::array<geo::Point, 8> gradients{geo::Point{1, 0},
                                              geo::Point{-1, 0},
                                              geo::Point{0, 1},
                                              geo::Point{0, -1},
                                              geo::Point{0.70710678118654752, 0.70710678118654752},
                                              geo::Point{-0.70710678118654752, 0.70710678118654752},
                                              geo::Point{0.70710678118654752, -0.70710678118654752},
                                              geo::Point{-0.70710678118654752, -0.70710678118654752}};

double faded(double t) {
    return t * t * t * (t * (t * 6 - 15) + 10);
}

}  // namespace

double Noise::lattice(double x, double y, std::uint64_t octave) const {
    const double column = std::floor(x);
    const double row = std::floor(y);
    const auto corner = [&](double dx, double dy) {
        const auto i = static_cast<std::uint64_t>(static_cast<std::int64_t>(column + dx));
        const auto j = static_cast<std::uint64_t>(static_cast<std::int64_t>(row + dy));
        const std::uint64_t hash =
            mixed(seed_ ^ mixed(i * 0x9E3779B97F4A7C15ULL + mixed(j + octave * 0x632BE59BD9B4E019ULL)));
        const geo::Point g = gradients[hash & 7];
        return g.x * (x - column - dx) + g.y * (y - row - dy);
    };
    const double u = faded(x - column);
    const double v = faded(y - row);
    const double north = corner(0, 0) + u * (corner(1, 0) - corner(0, 0));
    const double south = corner(0, 1) + u * (corner(1, 1) - corner(0, 1));
    return 1.414 * (north + v * (south - north));
}

double Noise::at(geo::Point p) const {
    return lattice(p.x / wavelength_, p.y / wavelength_, 0);
}

double Noise::fractal(geo::Point p, int octaves) const {
    double sum = 0;
    double amplitude = 1;
    double total = 0;
    double scale = 1 / wavelength_;
    for (int octave = 0; octave < octaves; ++octave) {
        sum += amplitude * lattice(p.x * scale, p.y * scale, static_cast<std::uint64_t>(octave));
        total += amplitude;
        amplitude /= 2;
        scale *= 2;
    }
    return sum / total;
}

}  // namespace vereda::simulate
