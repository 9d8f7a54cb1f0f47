/// Traces the outline of cells given as runs: polygons whose edges are cell edges.
///
/// A sweep over the rows follows the boundary as chains of horizontal edges, the inside always on the right; chains are
/// joined where two meet and become rings where a chain meets itself. Where cells touch only at a corner the boundary
/// turns, so that they stay apart there, and a ring that comes back to one corner is cut in two at it. The result is
/// valid by the simple-feature rules (OGC 06-103r4, §6.1.11 and §6.1.14): every polygon has a connected inside, rings
/// touch in single points at most, polygons of one result touch in single points at most. Corners are shared exactly:
/// the same corner of the grid has the same coordinates in every polygon.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.hpp"
#include "raster/components.hpp"
#include "raster/grid.hpp"

namespace vereda::raster {

/// A corner of cells: between columns col - 1 and col, rows row - 1 and row.
struct Corner {
    int col = 0;
    int row = 0;
    friend constexpr bool operator==(const Corner&, const Corner&) = default;
};

/// Corners [begin, end) of an outline; the first is not repeated at the end.
struct OutlineRing {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t part = 0;  ///< rings of one polygon have the same part
    bool hole = false;
    std::int64_t cells = 0;  ///< enclosed by the ring
};

/// Holds scratch memory that is reused: one per thread.
class CellTracer {
  public:
    /// `runs` row by row, columns ascending, never touching within a row. Rings come polygon by polygon in the order of
    /// their first cell, the outer ring (clockwise with north up) first, then its holes (counter-clockwise).
    void trace(std::span<const Run> runs);
    [[nodiscard]] std::span<const OutlineRing> rings() const { return rings_; }
    [[nodiscard]] std::span<const Corner> corners(const OutlineRing& ring) const {
        return {corners_.data() + ring.begin, corners_.data() + ring.end};
    }
    /// The rings as polygons in the grid's CRS.
    [[nodiscard]] geo::MultiPolygon polygons(const Grid& grid) const;

  private:
    /// One horizontal edge of the boundary, walked from `from` to `to`. Bit 31 marks corners where four edges meet.
    struct Node {
        std::uint32_t from = 0;
        std::uint32_t to = 0;
        int row = 0;
        std::uint32_t next = 0;
        std::uint32_t mate = 0;  ///< of a chain's first node its last, of the last the first
    };
    /// A vertical edge that meets the line being swept.
    struct Event {
        std::uint32_t col = 0;  ///< with the mark
        bool above = false;     ///< it comes from the row above
        bool left = false;      ///< the left side of a run
        std::size_t place = 0;  ///< of its open end
    };
    struct TracedRing {
        std::uint32_t node = 0;
        std::uint32_t part = 0;
    };

    void sweep_line(int row, std::span<const Run> above, std::span<const Run> below);
    void join(const Event& first, const Event& second, int row);
    void meet(std::uint32_t tail, std::uint32_t node, std::uint32_t head, std::uint32_t part);
    [[nodiscard]] std::uint32_t find(std::uint32_t part);
    void unite(std::uint32_t a, std::uint32_t b);
    void extract(const TracedRing& ring);
    void cut_at_repeated_corners(std::uint32_t part);
    void add_ring(std::span<const Corner> corners, std::uint32_t part);

    std::vector<Node> nodes_;
    std::vector<std::uint32_t> above_ends_;  ///< node at the open end of each side of each run above
    std::vector<std::uint32_t> below_ends_;
    std::vector<std::uint32_t> above_parts_;  ///< per run
    std::vector<std::uint32_t> below_parts_;
    std::vector<std::uint32_t> parts_;  ///< union-find; the smallest is the root
    std::vector<TracedRing> traced_;
    std::vector<Corner> walked_;         ///< of the ring being extracted
    std::vector<std::uint32_t> marked_;  ///< places in walked_ where four edges meet
    std::vector<std::uint8_t> returns_;  ///< per place in walked_: whether its corner was passed before
    std::vector<Corner> open_;           ///< walked and not yet cut off
    std::vector<Corner> corners_;
    std::vector<OutlineRing> rings_;
};

}  // namespace vereda::raster
