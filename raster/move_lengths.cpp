#include "raster/move_lengths.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

#include "geo/error.hpp"
#include "geo/geodesic.hpp"

namespace vereda::raster {

namespace {

struct Move {
    int cols;
    int rows;
};
constexpr std::array<Move, 5> moves{{{1, 0}, {0, 1}, {1, 1}, {1, 2}, {2, 1}}};

/// Cell centres as longitude and latitude, with the ellipsoid that belongs to them.
class Positions {
  public:
    explicit Positions(const Grid& grid)
        : grid_(grid),
          geodesic_(grid.crs.is_geographic() ? grid.crs.ellipsoid() : geo::Crs::wgs84().ellipsoid()),
          degrees_(grid.crs.unit_factor() * 180 / std::numbers::pi) {
        if (!grid.crs.is_geographic()) transform_.emplace(grid.crs, geo::Crs::wgs84());
    }

    /// nullopt where the projection has no inverse.
    [[nodiscard]] std::optional<geo::Point> at(double col, double row) const {
        const geo::Point point{grid_.origin.x + (col + 0.5) * grid_.cell_width,
                               grid_.origin.y - (row + 0.5) * grid_.cell_height};
        if (!transform_) return geo::Point{point.x * degrees_, std::clamp(point.y * degrees_, -90.0, 90.0)};
        try {
            return transform_->forward(point);
        } catch (const geo::Error&) {
            return std::nullopt;
        }
    }
    [[nodiscard]] std::optional<double> metres(double col, double row, Move move) const {
        const auto from = at(col, row);
        const auto to = at(col + move.cols, row + move.rows);
        if (!from || !to) return std::nullopt;
        return geodesic_.distance(*from, *to).value();
    }

  private:
    const Grid& grid_;
    geo::Geodesic geodesic_;
    double degrees_;
    std::optional<geo::CrsTransform> transform_;
};

double plane_metres(const Grid& grid, Move move) {
    const double unit = grid.crs.unit_factor();
    return std::hypot(move.cols * grid.cell_width * unit, move.rows * grid.cell_height * unit);
}

constexpr int places = 5;
double place(int i, int cells) {
    return static_cast<double>(cells - 1) * i / (places - 1);
}

/// Whether every row lies on a parallel and is evenly spaced along it. Seen over at least 400 km, so that a part of a
/// grid is measured as the whole is.
bool rows_are_parallels(const Grid& grid, const Positions& positions) {
    constexpr double far_metres = 200'000;
    const double reach = std::max(grid.width / 2.0, far_metres / plane_metres(grid, {1, 0}));
    const double middle = grid.width / 2.0;
    for (int i = 0; i < places; ++i) {
        const double row = place(i, grid.height);
        const auto first = positions.at(middle, row);
        const auto step = positions.metres(middle, row, {1, 0});
        if (!first || !step) return false;
        for (const double col : {middle - reach, middle + reach}) {
            const auto there = positions.at(col, row);
            const auto there_step = positions.metres(col, row, {1, 0});
            if (!there || !there_step) return false;
            if (std::abs(there->y - first->y) > 1e-9) return false;
            if (std::abs(*there_step - *step) > 1e-6 * *step) return false;
        }
    }
    return true;
}

double largest_distortion(const Grid& grid, const Positions& positions) {
    double largest = 0;
    for (int i = 0; i < places; ++i) {
        for (int j = 0; j < places; ++j) {
            for (const Move move : {Move{1, 0}, Move{0, 1}}) {
                const auto ground = positions.metres(place(j, grid.width), place(i, grid.height), move);
                if (ground && *ground > 0)
                    largest = std::max(largest, std::abs(plane_metres(grid, move) / *ground - 1));
            }
        }
    }
    return largest;
}

}  // namespace

MoveLengths::MoveLengths(const Grid& grid) {
    static_assert(moves.size() == kinds);
    const Positions positions(grid);
    if (grid.crs.is_geographic() || rows_are_parallels(grid, positions)) {
        metres_.reserve(kinds * static_cast<std::size_t>(grid.height));
        for (int row = 0; row < grid.height; ++row) {
            for (const Move move : moves)
                metres_.push_back(positions.metres(0, row, move).value_or(plane_metres(grid, move)));
        }
        return;
    }
    for (const Move move : moves)
        metres_.push_back(plane_metres(grid, move));
    distortion_ = largest_distortion(grid, positions);
}

double MoveLengths::between(int row, int cols, int rows) const {
    const auto kind = static_cast<std::size_t>(
        std::ranges::find_if(moves, [&](Move move) { return move.cols == cols && move.rows == rows; }) - moves.begin());
    return metres_[(uniform() ? 0 : static_cast<std::size_t>(row) * kinds) + kind];
}

}  // namespace vereda::raster
