#include "raster/coverage.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <span>

#include "raster/edge_cells.hpp"

namespace vereda::raster {

using detail::DownEdge;
using detail::floor_of;
using detail::quantised;

namespace {

constexpr double snap_distance = 2e-10;  // cells
constexpr int band_height = 64;          // rows; an outline lists its edges by bands of so many
constexpr int most_cells = 1 << 16;      // swept at once, so that they stay in the cache
constexpr int word_cells = 64;
constexpr std::size_t fewest_indexed_edges = 64;
constexpr double farthest = 1e15;  // cells; keeps every later product finite

/// A coordinate on its lattice: on a cell border where it is next to one, its fraction rounded to 2^-40.
double on_lattice(double coordinate) {
    coordinate = std::clamp(coordinate, -farthest, farthest);
    const double whole = floor_of(coordinate);
    const double part = coordinate - whole;
    if (part < snap_distance) return whole;
    if (part > 1 - snap_distance) return whole + 1;
    return whole + quantised(part);
}

DownEdge edge_between(const geo::Point& a, const geo::Point& b, bool reversed) {
    const bool down = a.y < b.y;
    const geo::Point& upper = down ? a : b;
    const geo::Point& lower = down ? b : a;
    return {upper.x, upper.y, lower.x, lower.y, down != reversed ? 1.0 : -1.0};
}

/// What is left of a fraction after rounding: within [0, 1], and exact at both ends.
double tidied(double fraction) {
    constexpr double residue = 1e-14;
    if (fraction < residue) return 0;
    if (fraction > 1 - residue) return 1;
    return fraction;
}

}  // namespace

Outline::Outline(const geo::MultiPolygon& polygons, const Grid& grid) {
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

/// Gathers runs of edges that share a band of rows, in ring order.
class Outline::BandRuns {
  public:
    struct Found {
        int band;
        EdgeRun edges;
    };

    BandRuns(int row_begin, int row_end) : top_(row_begin), bottom_(row_end) {}

    [[nodiscard]] const std::vector<Found>& found() const { return found_; }

    void start_ring(bool reversed) {
        reversed_ = reversed;
        leave_band();
    }

    void add(std::uint32_t edge, const geo::Point& from, const geo::Point& to) {
        const double y0 = std::min(from.y, to.y);
        const double y1 = std::max(from.y, to.y);
        if (y0 == y1 || y1 <= top_ || y0 >= bottom_) return;
        const EdgeRun alone{edge, (edge + 1) & 0x7fffffffU, reversed_, std::min(from.x, to.x), std::max(from.x, to.x)};
        if (y0 >= band_top_ && y1 <= band_bottom_) return join(alone);
        const int first = static_cast<int>(std::max(y0, top_)) / band_height;
        const int last = (static_cast<int>(std::ceil(std::min(y1, bottom_))) - 1) / band_height;
        const int step = from.y < to.y ? 1 : -1;
        int band = step > 0 ? first : last;
        for (int left = last - first; left >= 0; --left, band += step) {
            if (band_top_ == band * band_height) {
                join(alone);
            } else {
                begin(band, alone);
            }
        }
    }

  private:
    void leave_band() {
        band_top_ = std::numeric_limits<double>::infinity();
        band_bottom_ = -band_top_;
    }

    void begin(int band, const EdgeRun& edge) {
        found_.push_back({band, edge});
        band_top_ = band * band_height;
        band_bottom_ = band_top_ + band_height;
    }

    void join(const EdgeRun& edge) {
        EdgeRun& run = found_.back().edges;
        if (edge.end - run.begin > most_edges) return begin(found_.back().band, edge);
        run.end = edge.end;
        run.left = std::min(run.left, edge.left);
        run.right = std::max(run.right, edge.right);
    }

    static constexpr std::uint32_t most_edges = 16;  ///< so that few runs lie on both sides of a window's border
    double top_;
    double bottom_;
    double band_top_ = 0;  ///< of the last run found, which the next edge most often joins
    double band_bottom_ = 0;
    bool reversed_ = false;
    std::vector<Found> found_;
};

/// Lists the edges of each band of rows, in ring order, so that a tall outline is not read whole for every band.
void Outline::index_bands() {
    first_band_ = bounds_.row / band_height;
    const int bands = (bounds_.row_end() - 1) / band_height - first_band_ + 1;
    if (bands < 2 || points_.size() < fewest_indexed_edges) return;
    BandRuns runs(bounds_.row, bounds_.row_end());
    for (const RingRange& ring : rings_) {
        runs.start_ring(ring.reversed);
        for (std::uint32_t i = ring.begin; i + 1 < ring.end; ++i)
            runs.add(i, points_[i], points_[i + 1]);
    }
    const auto band_of = [&](const BandRuns::Found& run) { return static_cast<std::size_t>(run.band - first_band_); };
    band_begin_.assign(static_cast<std::size_t>(bands) + 1, 0);
    for (const BandRuns::Found& run : runs.found())
        ++band_begin_[band_of(run) + 1];
    for (std::size_t b = 0; b + 1 < band_begin_.size(); ++b)
        band_begin_[b + 1] += band_begin_[b];
    band_runs_.resize(band_begin_.back());
    std::vector<std::uint32_t> next(band_begin_.begin(), band_begin_.end() - 1);
    for (const BandRuns::Found& run : runs.found())
        band_runs_[next[band_of(run)]++] = run.edges;
}

bool Outline::in_one_band(int row_begin, int row_end) const {
    return !band_begin_.empty() && row_begin / band_height == (row_end - 1) / band_height;
}

/// Takes down what edges give to cells, in their order. Adding it up at once would make every edge wait for the one
/// before it, whose cells are known only when it has been cut.
class CoverageSweep::Sink {
  public:
    explicit Sink(CoverageSweep& sweep)
        : sweep_(&sweep), left_(sweep.left_cover_.data()), col_(sweep.window_.col), row_(sweep.window_.row) {
        take_room();
    }
    void add(int row, int col, double cover, double area) {
        if (next_ == end_) [[unlikely]]
            grow();
        *next_++ = {{cover, area}, col - col_, row - row_};
    }
    void add(detail::Pair cell, double cover, double area) {
        add(static_cast<int>(cell[1]), static_cast<int>(cell[0]), cover, area);
    }
    void add_left(int row, double cover) { left_[row - row_] += cover; }
    [[nodiscard]] std::span<const Mark> marks() const { return {sweep_->marks_.data(), next_}; }

  private:
    static constexpr std::size_t first_marks = 4096;

    void take_room() {
        if (sweep_->marks_.empty()) sweep_->marks_.resize(first_marks);
        next_ = sweep_->marks_.data();
        end_ = next_ + sweep_->marks_.size();
    }
    [[gnu::noinline]] void grow() {
        const std::size_t held = sweep_->marks_.size();
        sweep_->marks_.resize(2 * held);
        take_room();
        next_ += held;
    }

    CoverageSweep* sweep_;
    double* left_;
    Mark* next_ = nullptr;
    Mark* end_ = nullptr;
    int col_;
    int row_;
};

void CoverageSweep::accumulate(const Outline& outline) {
    Sink sink(*this);
    const Window window = window_;
    const double right = window.col_end();
    const double top = window.row;
    const double bottom = window.row_end();
    const auto add = [&](std::uint32_t first, bool reversed) {
        const geo::Point& a = outline.points_[first];
        const geo::Point& b = outline.points_[first + 1];
        if (a.y == b.y || std::min(a.x, b.x) >= right || std::max(a.y, b.y) <= top || std::min(a.y, b.y) >= bottom)
            return;
        detail::add_edge(edge_between(a, b, reversed), window, sink);
    };
    if (outline.in_one_band(window.row, window.row_end())) {
        const auto band = static_cast<std::size_t>(window.row / band_height - outline.first_band_);
        for (std::uint32_t r = outline.band_begin_[band]; r < outline.band_begin_[band + 1]; ++r) {
            const Outline::EdgeRun& run = outline.band_runs_[r];
            if (run.left >= right) continue;
            if (run.right < window.col) {
                // Heights are exact: those of all its edges sum up to that of one from its first point to its last.
                const DownEdge whole = edge_between(outline.points_[run.begin], outline.points_[run.end], run.reversed);
                detail::add_left_edge(whole, window, sink);
                continue;
            }
            for (std::uint32_t i = run.begin; i < run.end; ++i)
                add(i, run.reversed);
        }
    } else {
        for (const Outline::RingRange& ring : outline.rings_) {
            for (std::uint32_t i = ring.begin; i + 1 < ring.end; ++i)
                add(i, ring.reversed);
        }
    }
    for (const Mark& mark : sink.marks()) {
        Cell& cell = cells_[static_cast<std::size_t>(mark.row * stride_ + mark.col)];
        cell.cover += mark.cell.cover;
        cell.area += mark.cell.area;
        touched_[static_cast<std::size_t>(mark.row * words_ + (mark.col >> 6))] |= std::uint64_t{1} << (mark.col & 63);
    }
}

void CoverageSweep::spans(const Outline& outline, const Window& window, SpanList& out) {
    const Window whole = intersection(window, outline.bounds());
    if (whole.empty()) return;
    const int rows = std::max(1, most_cells / whole.width);
    const bool banded = !outline.band_begin_.empty();
    for (int row = whole.row; row < whole.row_end(); row = window_.row_end()) {
        int end = static_cast<int>(std::min<std::int64_t>(std::int64_t{row} + rows, whole.row_end()));
        if (banded) end = std::min(end, (row / band_height + 1) * band_height);
        window_ = {whole.col, row, whole.width, end - row};
        make_room();
        accumulate(outline);
        sweep(out);
    }
}

/// All cells and words are zero between two sweeps, whatever the shape.
void CoverageSweep::make_room() {
    constexpr int cells_in_line = 4;
    // Rows are an odd number of cache lines apart: the cells of one column do not all compete for the same places.
    stride_ = ((window_.width + cells_in_line - 1) / cells_in_line | 1) * cells_in_line;
    words_ = (window_.width + word_cells - 1) / word_cells;
    const auto height = static_cast<std::size_t>(window_.height);
    const std::size_t cells = height * static_cast<std::size_t>(stride_);
    const std::size_t words = height * static_cast<std::size_t>(words_);
    if (cells_.size() < cells) cells_.resize(cells);
    if (touched_.size() < words) touched_.resize(words);
    left_cover_.assign(height, 0.0);
}

void CoverageSweep::sweep(SpanList& out) {
    for (int row = window_.row; row < window_.row_end(); ++row)
        sweep_row(row, out);
}

/// Whether a span is one is not worth a branch: it is written, and the next one over it where it is none. Covers are
/// exact, so that runs need no tidying.
void CoverageSweep::sweep_row(int row, SpanList& out) {
    const auto r = static_cast<std::size_t>(row - window_.row);
    Cell* const cells = cells_.data() + r * static_cast<std::size_t>(stride_);
    std::uint64_t* const words = touched_.data() + r * static_cast<std::size_t>(words_);
    double cover = left_cover_[r];
    int run_begin = window_.col;  // cells without edges since here
    Span* next = out.room(1);
    const auto put = [&](int begin, int end, double fraction) {
        *next = {row, begin, end, fraction};
        next += int{begin < end} & int{fraction > 0};
    };
    for (int w = 0; w < words_; ++w) {
        if (words[w] == 0) continue;
        out.end_at(next);
        next = out.room(2 * word_cells + 1);
        for (std::uint64_t left = words[w]; left != 0; left &= left - 1) {
            const int c = w * word_cells + std::countr_zero(left);
            const Cell cell = cells[c];
            cells[c] = {};
            if (cell.cover == 0 && cell.area == 0) continue;
            const int col = window_.col + c;
            put(run_begin, col, cover);
            put(col, col + 1, tidied(cover + cell.area));
            cover += cell.cover;
            run_begin = col + 1;
        }
        words[w] = 0;
    }
    put(run_begin, window_.col_end(), cover);
    out.end_at(next);
}

std::vector<Span> coverage(const geo::MultiPolygon& polygons, const Grid& grid) {
    const Outline outline(polygons, grid);
    CoverageSweep sweep;
    SpanList out;
    sweep.spans(outline, outline.bounds(), out);
    return {out.all().begin(), out.all().end()};
}

}  // namespace vereda::raster
