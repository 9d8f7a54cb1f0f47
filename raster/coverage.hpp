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

#include <cstdint>
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
    /// `polygons` in the grid's CRS, valid, of any ring orientation. Vertices may lie outside the grid. `band_height`
    /// is the height of the row bands that windows will mostly have; it only speeds things up.
    Outline(const geo::MultiPolygon& polygons, const Grid& grid, int band_height = 512);

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
               band_begin_.capacity() * sizeof(std::uint32_t) + band_edges_.capacity() * sizeof(EdgeRef);
    }

  private:
    friend class CoverageSweep;
    struct RingRange {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;  ///< one past the closing point
        bool reversed = false;  ///< its edges count with the opposite sign
    };
    /// The edge from points_[first] to points_[first + 1].
    struct EdgeRef {
        std::uint32_t first : 31;
        std::uint32_t reversed : 1;
    };

    void add_ring(const geo::Ring& ring, const Grid& grid, bool hole);
    void index_bands();
    [[nodiscard]] bool in_one_band(int row_begin, int row_end) const;

    std::vector<geo::Point> points_;
    std::vector<RingRange> rings_;
    geo::Box extent_;
    Window bounds_;
    double cells_ = 0;
    bool within_grid_ = false;
    int band_height_ = 512;
    int first_band_ = 0;
    std::vector<std::uint32_t> band_begin_;  ///< into band_edges_, one per band and one past; empty where not indexed
    std::vector<EdgeRef> band_edges_;
};

/// Sweeps outlines. Holds scratch memory that is reused: one per thread.
class CoverageSweep {
  public:
    /// Appends the spans of the outline within `window` (cells of the grid), row by row, columns ascending.
    void spans(const Outline& outline, const Window& window, std::vector<Span>& out);

  private:
    struct Cell {
        double cover = 0;
        double area = 0;
    };
    struct Entry {
        Cell cell;
        int col = 0;
        std::uint32_t next = 0;  ///< the entry after it in its row
    };
    class DenseSink;
    class SparseSink;

    template <class Sink>
    void accumulate(const Outline& outline, Sink& sink);
    void sweep_dense(std::vector<Span>& out);
    void sweep_sparse(std::vector<Span>& out);
    void gather(int row);

    Window window_;
    std::vector<Cell> dense_;
    std::vector<double> left_cover_;   ///< per row: cover of edges left of the window
    std::vector<Entry> entries_;       ///< a buffer; its size is what it has room for. First one for each row
    std::vector<std::uint32_t> last_;  ///< by row: its latest entry
    std::vector<Entry> gathered_;      ///< those of one row, by column
};

/// All spans of a polygon on a grid: for tests and small work.
[[nodiscard]] std::vector<Span> coverage(const geo::MultiPolygon& polygons, const Grid& grid);

}  // namespace vereda::raster
