/// Connected components of the cells of given classes, found in one pass over a raster of any size.
///
/// Rows are cut into runs in parallel, block row by block row; runs that touch are joined, row after row, by union-find
/// (R. E. Tarjan, "Efficiency of a good but not linear set union algorithm", J. ACM 22, 215-225, 1975; runs: L. He,
/// Y. Chao & K. Suzuki, "A run-based two-scan labeling algorithm", IEEE Trans. Image Process. 17, 749-756, 2008, here
/// with one scan because a component is handed out as soon as no row can add to it). Memory: the runs of the components
/// that are still open, which are no more than their boundary is long; never the raster.
///
/// Order and numbers do not depend on threads or blocks: components come by the row in which they end, then by the
/// column where their last row begins.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "geo/parallel.hpp"
#include "geo/progress.hpp"
#include "geo/quantity.hpp"
#include "raster/raster_source.hpp"
#include "raster/run_area.hpp"

namespace vereda::raster {

/// Cells that touch only at a corner belong together (eight) or not (four).
enum class Connectivity { four, eight };

/// Cells [col_begin, col_end) of a row.
struct Run {
    int row = 0;
    int col_begin = 0;
    int col_end = 0;
    int order = 0;  ///< its place among the row's runs of all classes: neighbours in it have no other class between
    friend constexpr bool operator==(const Run&, const Run&) = default;
};

struct Component {
    double class_value = 0;  ///< as stored; the smallest of the set where classes are merged
    std::int64_t cells = 0;
    geo::SquareMetres area;  ///< on the ellipsoid; 0 unless asked for
    Window bounds;
    bool touches_edge = false;  ///< some cell lies at the raster's edge: the component may go on outside
    double probability_sum = 0;
    std::int64_t probability_cells = 0;  ///< cells that have a probability
    std::span<const Run> runs;  ///< as long as they can be, row by row, columns ascending; empty unless asked for
};

struct ComponentOptions {
    std::vector<double> classes;  ///< values as stored (before scale and offset); required
    bool merge_classes = false;   ///< cells of all of them belong together
    Connectivity connectivity = Connectivity::eight;
    bool runs = true;
    const RunArea* areas = nullptr;  ///< of the classes' grid; null: areas stay 0
    /// Summed over each component's cells, scaled. Of the same CRS and cell size, edges of cells coinciding; it may
    /// cover another extent. Values are kept to 2^-31 and must lie in −256 … 256.
    const RasterSource* probability = nullptr;
    geo::Parallelism parallelism = {};
    geo::Progress* progress = nullptr;
};

/// What a component's sink gets is good until it returns. Calls come one at a time, in order.
using ComponentSink = std::function<void(const Component&)>;

/// Throws Error(usage, "components.no_class"), Error(input, "components.probability_grid") and Error(input,
/// "components.probability_range").
void find_components(const RasterSource& classes, const ComponentOptions& options, const ComponentSink& sink);

/// How many steps `progress` will count.
[[nodiscard]] std::size_t component_steps(const RasterSource& classes);

}  // namespace vereda::raster
