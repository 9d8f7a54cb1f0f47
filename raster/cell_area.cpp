#include "raster/cell_area.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "geo/error.hpp"

namespace vereda::raster {

namespace {

constexpr double patch_metres = 10'000;
constexpr double probe_metres = 100;  // quadrangles are at least this large: PROJ's rounding is some 1e-9 m

/// b²/2 · (sin φ / (1 − e² sin² φ) + atanh(e sin φ) / e): area from the equator to latitude φ, per radian of longitude.
double area_from_equator(const geo::Ellipsoid& ellipsoid, double latitude) {
    const double a = ellipsoid.semi_major.value();
    const double f = ellipsoid.inverse_flattening == 0 ? 0 : 1 / ellipsoid.inverse_flattening;
    const double s = std::sin(latitude);
    if (f == 0) return a * a * s;
    const double e2 = f * (2 - f);
    const double e = std::sqrt(e2);
    const double b2 = a * a * (1 - e2);
    return b2 / 2 * (s / (1 - e2 * s * s) + std::atanh(e * s) / e);
}

double quadrangle_area(const std::vector<geo::Point>& ring) {
    double twice = 0;
    const geo::Point origin = ring.front();
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const geo::Point& p = ring[i];
        const geo::Point& q = ring[(i + 1) % ring.size()];
        twice += (p.x - origin.x) * (q.y - origin.y) - (q.x - origin.x) * (p.y - origin.y);
    }
    return std::abs(twice) / 2;
}

/// Lagrange weights for nodes at 0, 1, 2.
std::array<double, 3> quadratic_weights(double t) {
    return {(t - 1) * (t - 2) / 2, t * (2 - t), t * (t - 1) / 2};
}

}  // namespace

CellArea::CellArea(const Grid& grid) : grid_(grid) {
    if (grid_.crs.is_geographic()) return;
    transform_.emplace(grid_.crs, geo::equal_area_crs(grid_.crs, grid_.extent()));
    if (equal_area()) transform_.reset();
}

/// The planar area everywhere it can be measured: an even scale is not enough, for a small grid of any projection has
/// that.
bool CellArea::equal_area() const {
    constexpr int samples = 5;
    double lowest = std::numeric_limits<double>::infinity();
    double highest = 0;
    for (int i = 0; i < samples; ++i) {
        for (int k = 0; k < samples; ++k) {
            try {
                const double area = density((i + 0.5) / samples * grid_.width, (k + 0.5) / samples * grid_.height);
                lowest = std::min(lowest, area);
                highest = std::max(highest, area);
            } catch (const geo::Error&) {
                continue;  // outside the projection's domain: no ground there
            }
        }
    }
    constexpr double agreement = 2e-9;
    const double unit = grid_.crs.unit_factor();
    const double planar = grid_.cell_width * unit * grid_.cell_height * unit;
    return highest > 0 && highest - planar <= agreement * planar && planar - lowest <= agreement * planar;
}

double CellArea::row_area(int row) {
    if (row_area_.empty()) {
        row_area_.assign(static_cast<std::size_t>(grid_.height), std::numeric_limits<double>::quiet_NaN());
    }
    double& area = row_area_[static_cast<std::size_t>(row)];
    if (std::isnan(area)) area = computed_row_area(row);
    return area;
}

double CellArea::computed_row_area(int row) const {
    if (!grid_.crs.is_geographic()) {
        const double unit = grid_.crs.unit_factor();
        return grid_.cell_width * unit * grid_.cell_height * unit;
    }
    const double unit = grid_.crs.unit_factor();  // radians in a coordinate unit
    const auto latitude = [&](int edge) {
        return std::clamp((grid_.origin.y - edge * grid_.cell_height) * unit, -std::numbers::pi / 2,
                          std::numbers::pi / 2);
    };
    const geo::Ellipsoid& ellipsoid = grid_.crs.ellipsoid();
    const double strip = area_from_equator(ellipsoid, latitude(row)) - area_from_equator(ellipsoid, latitude(row + 1));
    return strip * grid_.cell_width * unit;
}

/// Mean ground area of a cell centred on (col, row), in cells from the grid's corner: a quadrangle of at least
/// probe_metres is mapped, its edges cut so that they follow their curves.
double CellArea::density(double col, double row) const {
    const double unit = grid_.crs.unit_factor();
    const double enlarged = std::max(1.0, probe_metres / (std::min(grid_.cell_width, grid_.cell_height) * unit));
    const double half_width = grid_.cell_width * enlarged / 2;
    const double half_height = grid_.cell_height * enlarged / 2;
    const double x = grid_.origin.x + col * grid_.cell_width;
    const double y = grid_.origin.y - row * grid_.cell_height;
    constexpr double part_metres = 250;
    const double side = 2 * std::max(half_width, half_height) * unit;
    const int parts = static_cast<int>(std::clamp(std::ceil(side / part_metres), 1.0, 256.0));
    const std::array<geo::Point, 5> corners{geo::Point{x - half_width, y - half_height},
                                            {x + half_width, y - half_height},
                                            {x + half_width, y + half_height},
                                            {x - half_width, y + half_height},
                                            {x - half_width, y - half_height}};
    std::vector<geo::Point> ring;
    ring.reserve(static_cast<std::size_t>(parts) * 4);
    for (std::size_t edge = 0; edge < 4; ++edge) {
        for (int k = 0; k < parts; ++k) {
            const double t = static_cast<double>(k) / parts;
            ring.push_back({corners[edge].x + (corners[edge + 1].x - corners[edge].x) * t,
                            corners[edge].y + (corners[edge + 1].y - corners[edge].y) * t});
        }
    }
    transform_->forward(ring);
    return quadrangle_area(ring) / (enlarged * enlarged);
}

double CellArea::cell_area(int col, int row) const {
    return transform_ ? density(col + 0.5, row + 0.5) : computed_row_area(row);
}

void CellArea::begin_window(const Window& window) {
    window_ = window;
    areas_.resize(static_cast<std::size_t>(window.cells()));
    filled_.assign(static_cast<std::size_t>(window.height), 0);
    if (!transform_) return;
    const double cell = std::max(grid_.cell_width, grid_.cell_height) * grid_.crs.unit_factor();
    // A power of two, so that patches tile the windows that the zonal loop works on.
    patch_ = 1;
    while (patch_ < 512 && 2 * patch_ * cell <= patch_metres)
        patch_ *= 2;
    if (patch_ < 4) {
        patch_ = 0;
        return;
    }
    const int across = 2 * ((window.width + patch_ - 1) / patch_) + 1;
    const int down = 2 * ((window.height + patch_ - 1) / patch_) + 1;
    nodes_.resize(static_cast<std::size_t>(across) * static_cast<std::size_t>(down));
    for (int j = 0; j < down; ++j) {
        for (int i = 0; i < across; ++i) {
            nodes_[static_cast<std::size_t>(j) * static_cast<std::size_t>(across) + static_cast<std::size_t>(i)] =
                density(window.col + i * patch_ / 2.0, window.row + j * patch_ / 2.0);
        }
    }
}

const double* CellArea::row_areas(const Window& window, int row) {
    if (!(window == window_)) begin_window(window);
    const auto index = static_cast<std::size_t>(row - window.row);
    double* out = areas_.data() + index * static_cast<std::size_t>(window.width);
    if (filled_[index] == 0) {
        fill_row(row, out);
        filled_[index] = 1;
    }
    return out;
}

void CellArea::fill_row(int row, double* out) {
    if (!transform_) {
        std::fill_n(out, window_.width, row_area(row));
        return;
    }
    if (patch_ == 0) {
        for (int c = 0; c < window_.width; ++c)
            out[c] = cell_area(window_.col + c, row);
        return;
    }
    const int across = 2 * ((window_.width + patch_ - 1) / patch_) + 1;
    const double v = (row - window_.row + 0.5) / patch_ * 2;
    const int j = (row - window_.row) / patch_;
    const std::array<double, 3> wv = quadratic_weights(v - 2 * j);
    for (int first = 0; first < window_.width; first += patch_) {
        std::array<double, 3> along{};
        for (std::size_t i = 0; i < 3; ++i) {
            for (std::size_t k = 0; k < 3; ++k) {
                along[i] += wv[k] * nodes_[(static_cast<std::size_t>(2 * j) + k) * static_cast<std::size_t>(across) +
                                           static_cast<std::size_t>(2 * first / patch_) + i];
            }
        }
        const int end = std::min(first + patch_, window_.width);
        for (int c = first; c < end; ++c) {
            const std::array<double, 3> wu = quadratic_weights((c - first + 0.5) / patch_ * 2);
            out[c] = wu[0] * along[0] + wu[1] * along[1] + wu[2] * along[2];
        }
    }
}

}  // namespace vereda::raster
