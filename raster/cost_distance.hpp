/// Accumulated-cost travel time from the nearest of several origins, exact on the graph of cells.
///
/// A move between two cells takes the ground distance between their centres times the mean of their paces (as GRASS
/// r.cost; E. W. Dijkstra, Numerische Mathematik 1, 269-271, 1959, doi:10.1007/BF01386390, on a bucket queue after R.
/// B. Dial, CACM 12, 632-633, 1969). Cells in one bucket are corrected until none improves, so times are those of exact
/// Dijkstra order to the last bit; sums are in double precision. Equal times go to the origin with the lowest number.
/// Diagonal moves may pass between two barriers that touch at a corner.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "geo/progress.hpp"
#include "raster/grid.hpp"
#include "raster/walking.hpp"

namespace vereda::raster {

/// The cells to be crossed; after accumulate_cost(), the time of each.
class CostSurface {
  public:
    static constexpr int unreached = -1;

    /// Every cell a barrier. Throws Error(input) for invalid grids, Error(resource, "cost.too_many_cells") for more
    /// than 2^32 - 1 cells with their frame.
    CostSurface(Grid grid, bool with_elevation);

    [[nodiscard]] const Grid& grid() const { return grid_; }
    [[nodiscard]] bool has_elevation() const { return !elevation_.empty(); }

    /// Minutes per metre on the level; not finite makes a barrier. Negative is Error(internal): readers refuse it.
    void set_pace(int col, int row, double minutes_per_metre);
    /// A pace that holds whatever the slope: roads, rivers.
    void set_pace_of_way(int col, int row, double minutes_per_metre);
    void set_barrier(int col, int row);
    /// Metres above any level. A cell without elevation (not finite) is a barrier unless a way crosses it.
    void set_elevation(int col, int row, double metres);
    [[nodiscard]] bool is_barrier(int col, int row) const;
    [[nodiscard]] bool is_way(int col, int row) const;
    /// As set, in single precision; NaN for a barrier.
    [[nodiscard]] double pace(int col, int row) const { return std::abs(nodes_[index(col, row)].pace); }

    /// Minutes; infinity where no origin can reach.
    [[nodiscard]] double time(int col, int row) const { return nodes_[index(col, row)].time; }
    /// Number of the origin that is nearest in time, or `unreached`.
    [[nodiscard]] int origin(int col, int row) const { return nodes_[index(col, row)].origin; }

    /// Memory of the surface and of its queue while it is accumulated.
    [[nodiscard]] static std::int64_t bytes_per_cell(bool with_elevation) { return with_elevation ? 24 : 20; }

  private:
    friend class CostSearch;
    static constexpr float barrier = std::numeric_limits<float>::quiet_NaN();
    struct Node {
        double time = std::numeric_limits<double>::infinity();
        float pace = barrier;  ///< sign bit set: holds whatever the slope
        std::int32_t origin = unreached;
    };
    [[nodiscard]] std::size_t index(int col, int row) const {
        return static_cast<std::size_t>(row + frame) * stride_ + static_cast<std::size_t>(col + frame);
    }
    static constexpr int frame = 2;  ///< barrier cells all round, as wide as the longest move

    Grid grid_;
    std::size_t stride_;
    std::vector<Node> nodes_;
    std::vector<float> elevation_;
};

enum class Neighbours {
    eight,
    sixteen,  ///< knight's moves too; these pass through two more cells, and all four paces are averaged
};

/// Which way people go; it matters over slopes only.
enum class TravelDirection { from_origins, to_origins };

struct Origin {
    int col = 0;
    int row = 0;
};

struct CostOptions {
    Neighbours neighbours = Neighbours::eight;
    /// With elevation: a move's time is multiplied by pace(slope) / pace(level) of this function, for the half (or
    /// quarter) of it in each cell that is not a way (D. J. Weiss et al., Nature 553, 333-336, 2018,
    /// doi:10.1038/nature25181, adjust friction to slope in this way).
    WalkingFunction walking = WalkingFunction::tobler;
    TravelDirection direction = TravelDirection::from_origins;
    geo::Progress* progress = nullptr;
};

/// Fills times and origins. Origins are numbered as they stand; each must lie on a cell that is no barrier
/// (Error(internal) otherwise). Distances are those of MoveLengths (raster/move_lengths.hpp). Reported as one stage of
/// as many steps as there are cells that are no barriers.
void accumulate_cost(CostSurface& surface, std::span<const Origin> origins, const CostOptions& options);

}  // namespace vereda::raster
