#include "raster/coverage.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace vereda::raster {

namespace {

constexpr double snap_distance = 2e-10;     // cells
constexpr std::int64_t dense_cells = 4096;  // windows up to this size are accumulated in a plain array
constexpr std::size_t fewest_indexed_edges = 64;
constexpr std::uint32_t none = 0xffffffff;
constexpr double farthest = 1e15;  // cells; keeps every later product finite

/// To multiples of 2^-40, for values in [0, 1]: doubles in [4096, 8192) are 2^-40 apart.
double quantised(double height) {
    constexpr double magnet = 6144;
    return (height + magnet) - magnet;
}

/// std::floor for magnitudes up to 2^62: without SSE 4.1 that is a call, and this is the innermost loop.
double floor_of(double value) {
    const auto whole = static_cast<double>(static_cast<std::int64_t>(value));
    return whole > value ? whole - 1 : whole;
}

/// std::clamp by value, which compiles to two instructions.
double within(double value, double low, double high) {
    return std::min(std::max(value, low), high);
}

/// A coordinate on its lattice: on a cell border where it is next to one, its fraction rounded to 2^-40.
double on_lattice(double coordinate) {
    coordinate = std::clamp(coordinate, -farthest, farthest);
    const double whole = floor_of(coordinate);
    const double part = coordinate - whole;
    if (part < snap_distance) return whole;
    if (part > 1 - snap_distance) return whole + 1;
    return whole + quantised(part);
}

/// An edge that runs down (towards greater rows), whichever way its ring does.
struct DownEdge {
    double x0, y0, x1, y1;
    double sign;
};

/// One part of an edge within one row: heights ya < yb in [0, 1] from the row's top.
struct RowPart {
    int row;
    double xa, ya, xb, yb;
    double sign;
    double rise;  ///< rows per column of the whole edge; infinite for a vertical one, where nothing needs it
};

/// Adds one row part to the cells [col_begin, col_end) it crosses; what lies left of them counts as cover alone.
template <class Sink>
void add_row_part(const RowPart& part, int col_begin, int col_end, Sink& sink) {
    const bool rightwards = part.xa <= part.xb;
    const double xl = rightwards ? part.xa : part.xb;
    const double xr = rightwards ? part.xb : part.xa;
    if (xl >= col_end) return;
    if (xr < col_begin) {
        sink.add_left(part.row, part.sign * (part.yb - part.ya));
        return;
    }
    const double yl = rightwards ? part.ya : part.yb;
    const double yr = rightwards ? part.yb : part.ya;
    const double first = floor_of(xl);
    double last = floor_of(xr);
    if (last == xr && last > first) last -= 1;
    if (first == last) {
        const double height = part.sign * (part.yb - part.ya);
        if (first < col_begin) {
            sink.add_left(part.row, height);
        } else {
            const double middle = ((xl - first) + (xr - first)) * 0.5;
            sink.add(part.row, static_cast<int>(first), height, height * (1 - middle));
        }
        return;
    }
    const double low = part.ya;
    const double high = part.yb;
    const auto height_at = [&](double border) {
        return within(quantised(within(yl + (border - xl) * part.rise, low, high)), low, high);
    };
    double col = first;
    double y = yl;
    double entry = xl - first;
    if (first < col_begin) {
        y = last < col_begin ? yr : height_at(col_begin);
        sink.add_left(part.row, part.sign * std::abs(y - yl));
        if (last < col_begin) return;
        col = col_begin;
        entry = 0;
    }
    const double stop = std::min(last, static_cast<double>(col_end));
    for (; col < stop; col += 1) {
        const double next = height_at(col + 1);
        const double height = part.sign * std::abs(next - y);
        sink.add(part.row, static_cast<int>(col), height, height * (1 - (entry + 1) * 0.5));
        y = next;
        entry = 0;
    }
    if (last < col_end) {
        const double height = part.sign * std::abs(yr - y);
        sink.add(part.row, static_cast<int>(last), height, height * (1 - (entry + (xr - last)) * 0.5));
    }
}

/// An edge wholly left of the window: its height in each row is all that counts.
template <class Sink>
void add_left_edge(const DownEdge& edge, const Window& window, Sink& sink) {
    double row = std::max(floor_of(edge.y0), static_cast<double>(window.row));
    const double bottom = std::min(edge.y1, static_cast<double>(window.row_end()));
    double y = std::max(edge.y0, row);
    for (; y < bottom; row += 1) {
        const double next = std::min(edge.y1, row + 1);
        sink.add_left(static_cast<int>(row), edge.sign * ((next - row) - (y - row)));
        y = next;
    }
}

/// Cuts an edge that meets the window's rows and is not wholly left or right of it at row borders. Where it crosses a
/// border is computed from the whole edge, so it does not depend on the window.
template <class Sink>
void add_edge(const DownEdge& edge, const Window& window, Sink& sink) {
    const double top = window.row;
    const double bottom = window.row_end();
    const double left = std::min(edge.x0, edge.x1);
    const double right = std::max(edge.x0, edge.x1);
    const double first_row = floor_of(edge.y0);
    const double first_col = floor_of(left);
    if (edge.y1 <= first_row + 1 && right <= first_col + 1 && first_col >= window.col) {  // within one cell
        const double height = edge.sign * ((edge.y1 - first_row) - (edge.y0 - first_row));
        const double middle = ((left - first_col) + (right - first_col)) * 0.5;
        return sink.add(static_cast<int>(first_row), static_cast<int>(first_col), height, height * (1 - middle));
    }
    const double slope = (edge.x1 - edge.x0) / (edge.y1 - edge.y0);
    const double rise = (edge.y1 - edge.y0) / (edge.x1 - edge.x0);
    const auto x_at = [&](double border) { return within(edge.x0 + (border - edge.y0) * slope, left, right); };
    double row = std::max(first_row, top);
    double x = edge.y0 >= row ? edge.x0 : x_at(row);
    double y = edge.y0 >= row ? edge.y0 : row;
    while (row < bottom && y < edge.y1) {
        const bool ends_here = edge.y1 <= row + 1;
        const double next_x = ends_here ? edge.x1 : x_at(row + 1);
        const double next_y = ends_here ? edge.y1 : row + 1;
        add_row_part({static_cast<int>(row), x, y - row, next_x, next_y - row, edge.sign, rise}, window.col,
                     window.col_end(), sink);
        x = next_x;
        y = next_y;
        row += 1;
    }
}

/// What is left of a fraction after rounding: within [0, 1], and exact at both ends.
double tidied(double fraction) {
    constexpr double residue = 1e-14;
    if (fraction < residue) return 0;
    if (fraction > 1 - residue) return 1;
    return fraction;
}

/// Spans on their way into a vector, some at a time.
class SpanWriter {
  public:
    explicit SpanWriter(std::vector<Span>& out) : out_(&out) {}
    void put(int row, int col_begin, int col_end, double fraction) {
        if (held_ == at_once) [[unlikely]]
            flush();
        spans_[held_++] = {row, col_begin, col_end, fraction};
    }
    void flush() {
        out_->insert(out_->end(), spans_.begin(), spans_.begin() + static_cast<std::ptrdiff_t>(held_));
        held_ = 0;
    }

  private:
    static constexpr std::size_t at_once = 32;
    std::vector<Span>* out_;
    std::size_t held_ = 0;
    std::array<Span, at_once> spans_;
};

}  // namespace

Outline::Outline(const geo::MultiPolygon& polygons, const Grid& grid, int band_height) : band_height_(band_height) {
    std::size_t vertices = 0;
    for (const geo::Polygon& polygon : polygons) {
        vertices += polygon.outer.size() + 1;
        for (const geo::Ring& inner : polygon.inners)
            vertices += inner.size() + 1;
    }
    points_.reserve(vertices);
    for (const geo::Polygon& polygon : polygons) {
        add_ring(polygon.outer, grid, false);
        for (const geo::Ring& inner : polygon.inners)
            add_ring(inner, grid, true);
    }
    if (rings_.empty()) return;
    const auto cut = [](double value, int limit) {
        return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(limit)));
    };
    const int col = cut(std::floor(extent_.min.x), grid.width);
    const int row = cut(std::floor(extent_.min.y), grid.height);
    const int col_end = cut(std::ceil(extent_.max.x), grid.width);
    const int row_end = cut(std::ceil(extent_.max.y), grid.height);
    if (col < col_end && row < row_end) bounds_ = {col, row, col_end - col, row_end - row};
    within_grid_ =
        extent_.min.x >= 0 && extent_.min.y >= 0 && extent_.max.x <= grid.width && extent_.max.y <= grid.height;
    if (!bounds_.empty()) index_bands();
}

void Outline::add_ring(const geo::Ring& ring, const Grid& grid, bool hole) {
    if (ring.size() < 3) return;
    const auto begin = static_cast<std::uint32_t>(points_.size());
    for (const geo::Point& p : ring) {
        points_.push_back({on_lattice((p.x - grid.origin.x) / grid.cell_width),
                           on_lattice((grid.origin.y - p.y) / grid.cell_height)});
    }
    if (!(points_.back() == points_[begin])) points_.push_back(geo::Point(points_[begin]));
    const geo::Point origin = points_[begin];
    double twice = 0;  // positive where downward edges have the inside on their right
    for (std::size_t i = begin; i + 1 < points_.size(); ++i) {
        twice -= (points_[i + 1].y - points_[i].y) * ((points_[i].x - origin.x) + (points_[i + 1].x - origin.x));
    }
    if (twice == 0) {
        points_.resize(begin);
        return;
    }
    for (std::size_t i = begin; i < points_.size(); ++i)
        extent_.add(points_[i]);
    cells_ += hole ? -std::abs(twice) / 2 : std::abs(twice) / 2;
    rings_.push_back({begin, static_cast<std::uint32_t>(points_.size()), (twice < 0) != hole});
}

/// Lists the edges of each band of rows, in ring order, so that a tall outline is not read whole for every band.
void Outline::index_bands() {
    first_band_ = bounds_.row / band_height_;
    const int bands = (bounds_.row_end() - 1) / band_height_ - first_band_ + 1;
    if (bands < 2 || points_.size() < fewest_indexed_edges) return;
    const double top = bounds_.row;
    const double bottom = bounds_.row_end();
    const auto each = [&](auto&& visit) {
        std::size_t band = 0;  // that of the edge before, which most edges share
        double band_top = 0;
        double band_bottom = 0;
        for (const RingRange& ring : rings_) {
            for (std::uint32_t i = ring.begin; i + 1 < ring.end; ++i) {
                const double y0 = std::min(points_[i].y, points_[i + 1].y);
                const double y1 = std::max(points_[i].y, points_[i + 1].y);
                if (y0 == y1 || y1 <= top || y0 >= bottom) continue;
                if (y0 >= band_top && y1 <= band_bottom) {
                    visit(band, i, ring.reversed);
                    continue;
                }
                const int from = static_cast<int>(std::max(y0, top));
                const int to = static_cast<int>(std::ceil(std::min(y1, bottom))) - 1;
                for (int b = from / band_height_; b <= to / band_height_; ++b) {
                    band = static_cast<std::size_t>(b - first_band_);
                    visit(band, i, ring.reversed);
                }
                band_top = to / band_height_ * static_cast<double>(band_height_);
                band_bottom = band_top + band_height_;
            }
        }
    };
    band_begin_.assign(static_cast<std::size_t>(bands) + 1, 0);
    each([&](std::size_t band, std::uint32_t, bool) { ++band_begin_[band + 1]; });
    for (std::size_t b = 0; b + 1 < band_begin_.size(); ++b)
        band_begin_[b + 1] += band_begin_[b];
    band_edges_.resize(band_begin_.back());
    std::vector<std::uint32_t> next(band_begin_.begin(), band_begin_.end() - 1);
    each([&](std::size_t band, std::uint32_t first, bool reversed) {
        band_edges_[next[band]++] = EdgeRef{first & 0x7fffffffU, reversed ? 1U : 0U};
    });
}

bool Outline::in_one_band(int row_begin, int row_end) const {
    return !band_begin_.empty() && row_begin / band_height_ == (row_end - 1) / band_height_;
}

class CoverageSweep::DenseSink {
  public:
    DenseSink(CoverageSweep& sweep, const Window& window)
        : cells_(sweep.dense_.data()), left_(sweep.left_cover_.data()), window_(window) {}
    void add(int row, int col, double cover, double area) {
        Cell& cell = cells_[static_cast<std::ptrdiff_t>(row - window_.row) * window_.width + (col - window_.col)];
        cell.cover += cover;
        cell.area += area;
    }
    void add_left(int row, double cover) { left_[row - window_.row] += cover; }

  private:
    Cell* cells_;
    double* left_;
    Window window_;
};

/// Entries in the order in which edges met their cells, those of one row linked.
class CoverageSweep::SparseSink {
  public:
    SparseSink(CoverageSweep& sweep, const Window& window)
        : sweep_(&sweep), left_(sweep.left_cover_.data()), row_(window.row) {
        const auto rows = static_cast<std::size_t>(window.height);
        if (sweep.entries_.size() < rows + first_entries) sweep.entries_.resize(rows + first_entries);
        sweep.last_.resize(rows);
        for (std::size_t r = 0; r < rows; ++r) {
            sweep.entries_[r].next = none;
            sweep.last_[r] = static_cast<std::uint32_t>(r);
        }
        entries_ = sweep.entries_.data();
        last_ = sweep.last_.data();
        next_ = static_cast<std::uint32_t>(rows);
        end_ = static_cast<std::uint32_t>(sweep.entries_.size());
    }
    void add(int row, int col, double cover, double area) {
        if (next_ == end_) [[unlikely]]
            grow();
        entries_[next_] = {{cover, area}, col, none};
        std::uint32_t& last = last_[row - row_];
        entries_[last].next = next_;
        last = next_++;
    }
    void add_left(int row, double cover) { left_[row - row_] += cover; }

  private:
    static constexpr std::size_t first_entries = 4096;

    [[gnu::noinline]] void grow() {
        sweep_->entries_.resize(2 * sweep_->entries_.size());
        entries_ = sweep_->entries_.data();
        end_ = static_cast<std::uint32_t>(sweep_->entries_.size());
    }

    CoverageSweep* sweep_;
    Entry* entries_;
    std::uint32_t* last_;
    std::uint32_t next_ = 0;
    std::uint32_t end_ = 0;
    double* left_;
    int row_;
};

template <class Sink>
void CoverageSweep::accumulate(const Outline& outline, Sink& sink) {
    const double left = window_.col;
    const double right = window_.col_end();
    const double top = window_.row;
    const double bottom = window_.row_end();
    const auto add = [&](std::uint32_t first, bool reversed) {
        const geo::Point& a = outline.points_[first];
        const geo::Point& b = outline.points_[first + 1];
        if (a.y == b.y || std::min(a.x, b.x) >= right || std::max(a.y, b.y) <= top || std::min(a.y, b.y) >= bottom)
            return;
        const double sign = (a.y < b.y) != reversed ? 1.0 : -1.0;
        const DownEdge edge = a.y < b.y ? DownEdge{a.x, a.y, b.x, b.y, sign} : DownEdge{b.x, b.y, a.x, a.y, sign};
        if (std::max(a.x, b.x) < left) {
            add_left_edge(edge, window_, sink);
        } else {
            add_edge(edge, window_, sink);
        }
    };
    if (outline.in_one_band(window_.row, window_.row_end())) {
        const auto band = static_cast<std::size_t>(window_.row / outline.band_height_ - outline.first_band_);
        for (std::uint32_t e = outline.band_begin_[band]; e < outline.band_begin_[band + 1]; ++e)
            add(outline.band_edges_[e].first, outline.band_edges_[e].reversed != 0);
    } else {
        for (const Outline::RingRange& ring : outline.rings_) {
            for (std::uint32_t i = ring.begin; i + 1 < ring.end; ++i)
                add(i, ring.reversed);
        }
    }
}

void CoverageSweep::spans(const Outline& outline, const Window& window, std::vector<Span>& out) {
    window_ = intersection(window, outline.bounds());
    if (window_.empty()) return;
    left_cover_.assign(static_cast<std::size_t>(window_.height), 0.0);
    if (window_.cells() <= dense_cells) {
        dense_.assign(static_cast<std::size_t>(window_.cells()), Cell{});
        DenseSink sink(*this, window_);
        accumulate(outline, sink);
        sweep_dense(out);
    } else {
        SparseSink sink(*this, window_);
        accumulate(outline, sink);
        sweep_sparse(out);
    }
}

void CoverageSweep::sweep_dense(std::vector<Span>& out) {
    SpanWriter writer(out);
    const Cell* cell = dense_.data();
    for (int r = 0; r < window_.height; ++r) {
        double cover = left_cover_[static_cast<std::size_t>(r)];
        int run_begin = 0;  // cells without edges since here
        const auto close_run = [&](int end) {
            const double fraction = tidied(cover);
            if (run_begin < end && fraction > 0)
                writer.put(window_.row + r, window_.col + run_begin, window_.col + end, fraction);
        };
        for (int c = 0; c < window_.width; ++c, ++cell) {
            if (cell->cover == 0 && cell->area == 0) continue;
            close_run(c);
            const double fraction = tidied(cover + cell->area);
            if (fraction > 0) writer.put(window_.row + r, window_.col + c, window_.col + c + 1, fraction);
            cover += cell->cover;
            run_begin = c + 1;
        }
        close_run(window_.width);
    }
    writer.flush();
}

/// The entries of one row by column: equal cells keep the order in which edges met them.
void CoverageSweep::gather(int row) {
    constexpr std::size_t insertion_limit = 48;
    gathered_.clear();
    bool sorted = true;
    for (std::uint32_t e = entries_[static_cast<std::size_t>(row)].next; e != none; e = entries_[e].next) {
        if (gathered_.size() == gathered_.capacity()) [[unlikely]]
            gathered_.reserve(2 * gathered_.size() + insertion_limit);
        gathered_.push_back(entries_[e]);
        if (gathered_.size() > insertion_limit) {
            sorted = false;
            continue;
        }
        Entry* const begin = gathered_.data();
        Entry* place = begin + (gathered_.size() - 1);
        const Entry moved = *place;
        for (; place != begin && moved.col < (place - 1)->col; --place)
            *place = *(place - 1);
        *place = moved;
    }
    if (!sorted) std::ranges::stable_sort(gathered_, {}, &Entry::col);
}

void CoverageSweep::sweep_sparse(std::vector<Span>& out) {
    SpanWriter writer(out);
    for (int r = 0; r < window_.height; ++r) {
        double cover = left_cover_[static_cast<std::size_t>(r)];
        int run_begin = window_.col;
        const auto close_run = [&](int end) {
            const double fraction = tidied(cover);
            if (run_begin < end && fraction > 0) writer.put(window_.row + r, run_begin, end, fraction);
        };
        gather(r);
        const Entry* entry = gathered_.data();
        const Entry* const row_end = entry + gathered_.size();
        while (entry != row_end) {
            const int col = entry->col;
            Cell cell;
            for (; entry != row_end && entry->col == col; ++entry) {
                cell.cover += entry->cell.cover;
                cell.area += entry->cell.area;
            }
            close_run(col);
            const double fraction = tidied(cover + cell.area);
            if (fraction > 0) writer.put(window_.row + r, col, col + 1, fraction);
            cover += cell.cover;
            run_begin = col + 1;
        }
        close_run(window_.col_end());
    }
    writer.flush();
}

std::vector<Span> coverage(const geo::MultiPolygon& polygons, const Grid& grid) {
    const Outline outline(polygons, grid);
    CoverageSweep sweep;
    std::vector<Span> out;
    sweep.spans(outline, outline.bounds(), out);
    return out;
}

}  // namespace vereda::raster
