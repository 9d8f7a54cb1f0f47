/// Exact coverage fractions: how much of each cell a polygon covers.
///
/// Signed-area accumulation, as exact anti-aliasing rasterisers do it (R. Levien, font-rs, 2015; D. Turner, FreeType's
/// smooth rasteriser): every edge adds its signed height ("cover") and the area to its right to the cells it crosses; a
/// sweep along each row turns them into fractions, and runs of cells without edges into spans. Holes and several parts
/// need no special case. Straight edges in the grid's CRS; even a polygon much smaller than a cell has its share.
///
/// Exactness: heights within a row are rounded to 2^-40 of a cell, so their sums are exact: interior runs carry exactly
/// 1, every row closes at exactly 0, and an edge that two polygons share cancels to the last bit. Vertices nearer than
/// 2e-10 cell to a cell border are put on it. Fractions are within 1e-9 of the true ones. They do not depend on the
/// window asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.hpp"
#include "raster/grid.hpp"

namespace vereda::raster {

/// Cells [col_begin, col_end) of one row, all covered by the same fraction, 0 < fraction ≤ 1.
struct Span {
    int row = 0;
    int col_begin = 0;
    int col_end = 0;
    double fraction = 0;
    friend constexpr bool operator==(const Span&, const Span&) = default;
};

/// A polygon in cell coordinates of one grid (x: columns, y: rows downwards), ready to be swept from many threads at
/// once.
class Outline {
  public:
    Outline() = default;
    /// `polygons` in the grid's CRS, valid, of any ring orientation. Vertices may lie outside the grid.
    Outline(const geo::MultiPolygon& polygons, const Grid& grid);

    /// Cells that may be touched, cut to the grid; empty for polygons wholly off it.
    [[nodiscard]] const Window& bounds() const { return bounds_; }
    /// Planar area in cells, the parts outside the grid included.
    [[nodiscard]] double cells() const { return cells_; }
    /// Whether no part lies outside the grid.
    [[nodiscard]] bool within_grid() const { return within_grid_; }
    [[nodiscard]] std::size_t vertices() const { return points_.size(); }
    /// Memory held, in bytes.
    [[nodiscard]] std::size_t bytes() const {
        return sizeof(*this) + points_.capacity() * sizeof(geo::Point) + rings_.capacity() * sizeof(RingRange) +
               band_begin_.capacity() * sizeof(std::uint32_t) + band_runs_.capacity() * sizeof(EdgeRun);
    }

  private:
    friend class CoverageSweep;
    struct RingRange {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;  ///< one past the closing point
        bool reversed = false;  ///< its edges count with the opposite sign
    };
    /// Edges that follow each other: edge i runs from points_[i] to points_[i + 1].
    struct EdgeRun {
        std::uint32_t begin = 0;
        std::uint32_t end : 31 = 0;
        bool reversed : 1 = false;
        double left = 0;  ///< columns that those in the band reach
        double right = 0;
    };
    class BandRuns;

    void add_ring(const geo::Ring& ring, const Grid& grid, bool hole);
    void index_bands();
    [[nodiscard]] bool in_one_band(int row_begin, int row_end) const;

    std::vector<geo::Point> points_;
    std::vector<RingRange> rings_;
    geo::Box extent_;
    Window bounds_;
    double cells_ = 0;
    bool within_grid_ = false;
    int first_band_ = 0;
    std::vector<std::uint32_t> band_begin_;  ///< into band_runs_, one per band and one past; empty where not indexed
    std::vector<EdgeRun> band_runs_;         ///< may hold edges beside their band too, never lack one
};

/// Spans in order, in memory that is kept and used again.
class SpanList {
  public:
    [[nodiscard]] std::span<const Span> all() const { return {spans_.data(), size_}; }
    [[nodiscard]] std::size_t size() const { return size_; }
    void clear() { size_ = 0; }
    /// Where `count` more may be written.
    [[nodiscard]] Span* room(std::size_t count) {
        if (size_ + count > spans_.size()) [[unlikely]]
            spans_.resize(2 * spans_.size() + count);
        return spans_.data() + size_;
    }
    /// Takes what was written from room() on up to `end`.
    void end_at(const Span* end) { size_ = static_cast<std::size_t>(end - spans_.data()); }

  private:
    std::vector<Span> spans_;  ///< a buffer; its size is what it has room for
    std::size_t size_ = 0;
};

/// Sweeps outlines. Holds scratch memory that is reused: one per thread.
class CoverageSweep {
  public:
    /// Appends the spans of the outline within `window` (cells of the grid), row by row, columns ascending.
    void spans(const Outline& outline, const Window& window, SpanList& out);

  private:
    struct alignas(16) Cell {
        double cover = 0;
        double area = 0;
    };
    /// What one edge gives to one cell, counted from the window's first.
    struct Mark {
        Cell cell;
        int col = 0;
        int row = 0;
    };
    class Sink;

    void make_room();
    void accumulate(const Outline& outline);
    void sweep(SpanList& out);
    void sweep_row(int row, SpanList& out);

    Window window_;
    std::ptrdiff_t stride_ = 0;           ///< of cells_, from row to row
    int words_ = 0;                       ///< of touched_, for a row
    std::vector<Cell> cells_;             ///< all zero between sweeps
    std::vector<std::uint64_t> touched_;  ///< a bit per cell that an edge met; all zero between sweeps
    std::vector<Mark> marks_;             ///< a buffer; its size is what it has room for
    std::vector<double> left_cover_;      ///< per row: cover of edges left of the window
};

/// All spans of a polygon on a grid: for tests and small work.
[[nodiscard]] std::vector<Span> coverage(const geo::MultiPolygon& polygons, const Grid& grid);

}  // namespace vereda::raster
