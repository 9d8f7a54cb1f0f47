#include "simulate/terrain.hpp"

#include <algorithm>
#include <cmath>

#include "simulate/drainage.hpp"
#include "simulate/noise.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

namespace {

/// 1 on the mountains' side, 0 on the plain, along a warped front.
double mountain_share(geo::Point p, const geo::Box& extent, const Noise& warp) {
    const double x = (p.x - extent.min.x) / extent.width();
    const double y = (p.y - extent.min.y) / extent.height();
    const double t = std::clamp((0.92 - x - 0.18 * (y - 0.5) + 0.16 * warp.fractal(p, 3)) / 0.92, 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

/// One step of incision and creep; every cell above its receiver sinks towards it, downstream cells first.
void erode(Surface& height, const Surface& uplift, const TerrainParameters& parameters) {
    const Drainage drainage = drained(height);
    height.values = drainage.filled.values;
    for (const std::size_t cell : drainage.order) {
        const std::size_t receiver = drainage.receiver[cell];
        if (receiver == cell) continue;
        const double cut = parameters.erodibility * std::pow(drainage.upstream[cell], 0.45);
        const double raised = height.values[cell] + uplift.values[cell];
        height.values[cell] = (raised + cut * height.values[receiver]) / (1 + cut);
    }
    const Surface before = height;
    const Frame& frame = height.frame;
    for (int row = 1; row + 1 < frame.rows; ++row) {
        for (int column = 1; column + 1 < frame.columns; ++column) {
            const double mean = (before.at(column - 1, row) + before.at(column + 1, row) + before.at(column, row - 1) +
                                 before.at(column, row + 1)) /
                                4;
            height.at(column, row) += parameters.creep * (mean - before.at(column, row));
        }
    }
}

}  // namespace

Surface terrain(const TerrainParameters& parameters, const Frame& frame, std::uint64_t seed) {
    const Frame coarse = frame.coarser(3);
    const geo::Box extent = frame.extent();
    const Noise warp(mixed(seed ^ 0x7E11A1), extent.width() / 2);
    const Noise rough(mixed(seed ^ 0x7E11A2), 4000);
    const Noise grain(mixed(seed ^ 0x7E11A3), 400);

    Surface height(coarse);
    Surface uplift(coarse);
    for (std::size_t i = 0; i < coarse.size(); ++i) {
        const geo::Point p = coarse.centre(i);
        const double share = mountain_share(p, extent, warp);
        height.values[i] = 900 * share + (40 + 160 * share) * rough.fractal(p, 5);
        uplift.values[i] = 0.6 + parameters.uplift.value() * share * (1 + 0.3 * rough.at(p));
        if (coarse.column_of(i) == coarse.columns - 1) uplift.values[i] = 0;
    }
    for (int step = 0; step < parameters.steps; ++step)
        erode(height, uplift, parameters);

    const auto [lowest, highest] = std::minmax_element(height.values.begin(), height.values.end());
    const double lo = *lowest;
    const double scale = (parameters.highest - parameters.lowest).value() / (*highest - lo);
    for (double& value : height.values)
        value = parameters.lowest.value() + scale * (value - lo);

    // Water on a grid runs in eight directions; bending the plane hides them.
    const Noise bend_x(mixed(seed ^ 0x7E11A4), 1700);
    const Noise bend_y(mixed(seed ^ 0x7E11A5), 1700);
    Surface out(frame);
    for (std::size_t i = 0; i < frame.size(); ++i) {
        const geo::Point p = frame.centre(i);
        out.values[i] = interpolated(height, {p.x + parameters.bend.value() * bend_x.fractal(p, 4),
                                              p.y + parameters.bend.value() * bend_y.fractal(p, 4)});
    }
    for (std::size_t i = 0; i < frame.size(); ++i) {
        const double above =
            (out.values[i] - parameters.lowest.value()) / (parameters.highest - parameters.lowest).value();
        out.values[i] += (2 + 10 * above) * grain.fractal(frame.centre(i), 2);
    }
    return out;
}

}  // namespace vereda::simulate
