#include "simulate/surface.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace vereda::simulate {

std::size_t Frame::cell_at(geo::Point p) const {
    const int column = static_cast<int>(std::floor((p.x - north_west.x) / cell));
    const int row = static_cast<int>(std::floor((north_west.y - p.y) / cell));
    return position(std::clamp(column, 0, columns - 1), std::clamp(row, 0, rows - 1));
}

geo::Box Frame::extent() const {
    geo::Box box;
    box.add(north_west);
    box.add(geo::Point{north_west.x + columns * cell, north_west.y - rows * cell});
    return box;
}

Frame Frame::coarser(int factor) const {
    return {north_west, cell * factor, columns / factor, rows / factor};
}

namespace {

std::array<double, 4> catmull_rom(double t) {
    const double t2 = t * t;
    const double t3 = t2 * t;
    return {0.5 * (-t3 + 2 * t2 - t), 0.5 * (3 * t3 - 5 * t2 + 2), 0.5 * (-3 * t3 + 4 * t2 + t), 0.5 * (t3 - t2)};
}

/// Lower envelope of parabolas along one line of squared distances in cells.
void transform_line(std::vector<double>& f) {
    const int n = static_cast<int>(f.size());
    std::vector<int> parabola(f.size());
    std::vector<double> boundary(f.size() + 1);
    std::vector<double> out(f.size());
    int k = 0;
    boundary[0] = -std::numeric_limits<double>::infinity();
    boundary[1] = std::numeric_limits<double>::infinity();
    const auto value = [&](int i) { return f[static_cast<std::size_t>(i)] + static_cast<double>(i) * i; };
    for (int q = 1; q < n; ++q) {
        double s = 0;
        for (;; --k) {
            const int v = parabola[static_cast<std::size_t>(k)];
            s = (value(q) - value(v)) / (2.0 * (q - v));
            if (s > boundary[static_cast<std::size_t>(k)]) break;
        }
        ++k;
        parabola[static_cast<std::size_t>(k)] = q;
        boundary[static_cast<std::size_t>(k)] = s;
        boundary[static_cast<std::size_t>(k) + 1] = std::numeric_limits<double>::infinity();
    }
    k = 0;
    for (int q = 0; q < n; ++q) {
        while (boundary[static_cast<std::size_t>(k) + 1] < q)
            ++k;
        const int v = parabola[static_cast<std::size_t>(k)];
        out[static_cast<std::size_t>(q)] = static_cast<double>(q - v) * (q - v) + f[static_cast<std::size_t>(v)];
    }
    f = std::move(out);
}

}  // namespace

double interpolated(const Surface& surface, geo::Point p) {
    const Frame& frame = surface.frame;
    const double x = (p.x - frame.north_west.x) / frame.cell - 0.5;
    const double y = (frame.north_west.y - p.y) / frame.cell - 0.5;
    const int column = static_cast<int>(std::floor(x));
    const int row = static_cast<int>(std::floor(y));
    const auto across = catmull_rom(x - column);
    const auto down = catmull_rom(y - row);
    double sum = 0;
    for (int j = 0; j < 4; ++j) {
        const int r = std::clamp(row + j - 1, 0, frame.rows - 1);
        for (int i = 0; i < 4; ++i) {
            const int c = std::clamp(column + i - 1, 0, frame.columns - 1);
            sum += across[static_cast<std::size_t>(i)] * down[static_cast<std::size_t>(j)] * surface.at(c, r);
        }
    }
    return sum;
}

Surface coarsened(const Surface& surface, int factor) {
    Surface out(surface.frame.coarser(factor));
    for (std::size_t i = 0; i < out.values.size(); ++i)
        out.values[i] = surface.nearest(out.frame.centre(i));
    return out;
}

Surface slope_of(const Surface& elevation) {
    const Frame& frame = elevation.frame;
    Surface out(frame);
    for (int row = 0; row < frame.rows; ++row) {
        const int north = std::max(row - 1, 0);
        const int south = std::min(row + 1, frame.rows - 1);
        for (int column = 0; column < frame.columns; ++column) {
            const int west = std::max(column - 1, 0);
            const int east = std::min(column + 1, frame.columns - 1);
            const double dx = (elevation.at(east, row) - elevation.at(west, row)) / ((east - west) * frame.cell);
            const double dy =
                (elevation.at(column, north) - elevation.at(column, south)) / ((south - north) * frame.cell);
            out.at(column, row) = std::sqrt(dx * dx + dy * dy);
        }
    }
    return out;
}

Surface distance_to(const Frame& frame, const std::vector<bool>& marked) {
    constexpr double far = 1e12;
    Surface out(frame, far);
    for (std::size_t i = 0; i < frame.size(); ++i) {
        if (marked[i]) out.values[i] = 0;
    }
    std::vector<double> line(static_cast<std::size_t>(frame.rows));
    for (int column = 0; column < frame.columns; ++column) {
        for (int row = 0; row < frame.rows; ++row)
            line[static_cast<std::size_t>(row)] = out.at(column, row);
        transform_line(line);
        for (int row = 0; row < frame.rows; ++row)
            out.at(column, row) = line[static_cast<std::size_t>(row)];
    }
    line.resize(static_cast<std::size_t>(frame.columns));
    for (int row = 0; row < frame.rows; ++row) {
        for (int column = 0; column < frame.columns; ++column)
            line[static_cast<std::size_t>(column)] = out.at(column, row);
        transform_line(line);
        for (int column = 0; column < frame.columns; ++column) {
            out.at(column, row) = std::sqrt(line[static_cast<std::size_t>(column)]) * frame.cell;
        }
    }
    return out;
}

void mark_line(const Frame& frame, const geo::LineString& line, std::vector<bool>& marked) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const double dx = line[i + 1].x - line[i].x;
        const double dy = line[i + 1].y - line[i].y;
        const int steps = std::max(1, static_cast<int>(std::ceil(2 * std::hypot(dx, dy) / frame.cell)));
        for (int step = 0; step <= steps; ++step) {
            const double t = static_cast<double>(step) / steps;
            marked[frame.cell_at({line[i].x + t * dx, line[i].y + t * dy})] = true;
        }
    }
}

}  // namespace vereda::simulate
