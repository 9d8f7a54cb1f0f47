#include "raster/ring_sums.hpp"

#include <algorithm>
#include <cmath>

#include "geo/error.hpp"
#include "raster/large_array.hpp"

namespace vereda::raster {

using geo::operator""_msg;

namespace {

/// Along each row, what stands before a column: width + 1 entries a row.
class RunningSums {
  public:
    RunningSums(const Raster<double>& values, geo::Parallelism parallelism)
        : stride_(static_cast<std::size_t>(values.width()) + 1),
          sums_(
              large_array(stride_ * static_cast<std::size_t>(values.height()), 0.0, ArrayUse::in_order, parallelism)) {
        if (!values.mask().empty())
            counts_ = large_array(sums_.size(), std::int32_t{0}, ArrayUse::in_order, parallelism);
        geo::parallel_for(static_cast<std::size_t>(values.height()), parallelism,
                          [&](std::size_t row) { counts_.empty() ? add_up(values, row) : add_up_valid(values, row); });
    }

    void add(int row, int begin, int end, RingSum& to) const {
        if (begin >= end) return;
        const std::size_t line = static_cast<std::size_t>(row) * stride_;
        const std::size_t first = line + static_cast<std::size_t>(begin);
        const std::size_t last = line + static_cast<std::size_t>(end);
        to.sum += sums_[last] - sums_[first];
        to.cells += counts_.empty() ? end - begin : counts_[last] - counts_[first];
    }

  private:
    void add_up(const Raster<double>& values, std::size_t row) {
        double* out = sums_.data() + row * stride_;
        double sum = 0;
        for (const double value : values.row(static_cast<int>(row)))
            *++out = sum += value;
    }
    void add_up_valid(const Raster<double>& values, std::size_t row) {
        std::size_t at = row * stride_;
        double sum = 0;
        std::int32_t count = 0;
        for (int col = 0; col < values.width(); ++col) {
            if (values.valid(col, static_cast<int>(row))) {
                sum += values.at(col, static_cast<int>(row));
                ++count;
            }
            sums_[++at] = sum;
            counts_[at] = count;
        }
    }

    std::size_t stride_;
    std::vector<double> sums_;
    std::vector<std::int32_t> counts_;  ///< of valid cells; empty where all are
};

struct Columns {
    int begin = 0;
    int end = 0;
};

/// A point's place, in cells from the grid's corner, and the grid's cells in metres.
class Rings {
  public:
    Rings(const Grid& grid, geo::Point point) : grid_(grid) {
        const double unit = grid.crs.unit_factor();
        width_ = grid.cell_width * unit;
        height_ = grid.cell_height * unit;
        x_ = (point.x - grid.origin.x) / grid.cell_width;
        y_ = (grid.origin.y - point.y) / grid.cell_height;
    }

    [[nodiscard]] Columns rows_within(double radius) const {
        const double reach = radius / height_;
        return {column(std::floor(y_ - reach) - 1, grid_.height), column(std::ceil(y_ + reach) + 1, grid_.height)};
    }

    /// Columns of the row whose centres are nearer than the radius; empty ones begin where the point stands.
    [[nodiscard]] Columns columns_within(int row, double radius) const {
        const double dy = (row + 0.5 - y_) * height_;
        const double rest = radius * radius - dy * dy;
        const int middle = column(std::ceil(x_ - 0.5), grid_.width);
        if (!(rest > 0)) return {middle, middle};
        const double reach = std::sqrt(rest) / width_;
        Columns columns{column(std::floor(x_ - reach - 0.5), grid_.width),
                        column(std::ceil(x_ + reach + 0.5), grid_.width)};
        // The root may round either way: the comparison of squares decides.
        while (columns.begin < columns.end && !nearer(columns.begin, dy, radius))
            ++columns.begin;
        while (columns.begin < columns.end && !nearer(columns.end - 1, dy, radius))
            --columns.end;
        if (columns.begin == columns.end) return {middle, middle};
        return columns;
    }

  private:
    [[nodiscard]] static int column(double place, int count) {
        return static_cast<int>(std::clamp(place, 0.0, static_cast<double>(count)));
    }
    [[nodiscard]] bool nearer(int col, double dy, double radius) const {
        const double dx = (col + 0.5 - x_) * width_;
        return dx * dx + dy * dy < radius * radius;
    }

    const Grid& grid_;
    double width_ = 1;
    double height_ = 1;
    double x_ = 0;
    double y_ = 0;
};

void require_usable(const Grid& grid, const std::vector<geo::Metres>& bounds) {
    const auto ascends = [](geo::Metres a, geo::Metres b) { return !(a < b); };
    const bool usable = bounds.size() >= 2 && bounds.front().value() >= 0 && std::isfinite(bounds.back().value()) &&
                        std::ranges::adjacent_find(bounds, ascends) == bounds.end();
    if (!usable) throw geo::Error(geo::ErrorKind::usage, {"rings.bounds"_msg, {}});
    if (grid.crs.is_geographic()) throw geo::Error(geo::ErrorKind::input, {"distance.geographic"_msg, {}});
}

}  // namespace

std::vector<RingSum> ring_sums(const Raster<double>& values, std::span<const geo::Point> points,
                               const RingOptions& options) {
    const Grid& grid = values.grid();
    require_usable(grid, options.bounds);
    const RunningSums sums(values, options.parallelism);
    const std::size_t bands = options.bounds.size() - 1;
    std::vector<RingSum> result(points.size() * bands);
    geo::parallel_for(
        points.size(), options.parallelism,
        [&](std::size_t i) {
            const Rings rings(grid, points[i]);
            const Columns rows = rings.rows_within(options.bounds.back().value());
            for (int row = rows.begin; row < rows.end; ++row) {
                Columns inner = rings.columns_within(row, options.bounds.front().value());
                for (std::size_t band = 0; band < bands; ++band) {
                    const Columns outer = rings.columns_within(row, options.bounds[band + 1].value());
                    RingSum& sum = result[i * bands + band];
                    if (inner.begin == inner.end) {
                        sums.add(row, outer.begin, outer.end, sum);
                    } else {
                        sums.add(row, outer.begin, inner.begin, sum);
                        sums.add(row, inner.end, outer.end, sum);
                    }
                    inner = outer;
                }
            }
        },
        options.progress);
    return result;
}

}  // namespace vereda::raster
