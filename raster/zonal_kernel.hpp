/// The innermost loops of the zonal engine: spans of one zone over one tile of one raster, in its native type. Internal
/// to raster/.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "raster/block.hpp"
#include "raster/cell_area.hpp"
#include "raster/coverage.hpp"
#include "raster/extremes.hpp"
#include "raster/moments.hpp"
#include "raster/pair_table.hpp"
#include "raster/raster_source.hpp"
#include "raster/value_table.hpp"
#include "raster/zonal_plan.hpp"

namespace vereda::raster::detail {

/// What is known of one zone over one layer, in raw (unscaled) values; parts merge.
struct LayerState {
    Moments moments;
    Extremes extremes;
    ValueTable table;
    double valid_area = 0;    ///< square metres of cells with a value
    double weighted_sum = 0;  ///< Σ fraction · weight · value, both scaled
    double weight_sum = 0;    ///< Σ fraction · weight over cells with a value
    bool weight_missing = false;

    void merge(LayerState&& other);
};

/// Cells of one layer laid on the common grid; absent where the layer has none.
struct LayerTile {
    Window window;  ///< cells of the common grid, all of them in `block`, row by row
    const Block* block = nullptr;
    [[nodiscard]] bool present() const { return block != nullptr && !window.empty(); }
};

/// Ground areas of the cells of one tile.
class TileAreas {
  public:
    TileAreas(CellArea& areas, const Window& tile) : areas_(&areas), tile_(tile), same_(areas.same_along_rows()) {}
    [[nodiscard]] bool same_along_rows() const { return same_; }
    [[nodiscard]] double of_row(int row) const { return areas_->row_area(row); }
    /// Area of the cell at column `col` and those after it.
    [[nodiscard]] const double* from(int row, int col) const {
        return areas_->row_areas(tile_, row) + (col - tile_.col);
    }
    /// Ground area under a span.
    [[nodiscard]] double under(const Span& span) const;

  private:
    CellArea* areas_;
    Window tile_;
    bool same_;
};

/// Accumulates the spans of a zone over a tile; one per thread and layer, for the layer's cell type.
class LayerKernel {
  public:
    LayerKernel() = default;
    LayerKernel(const LayerKernel&) = delete;
    LayerKernel& operator=(const LayerKernel&) = delete;
    virtual ~LayerKernel() = default;
    virtual void accumulate(std::span<const Span> spans, const LayerTile& tile, const TileAreas* areas,
                            LayerState& state) = 0;
};

[[nodiscard]] std::unique_ptr<LayerKernel> make_layer_kernel(CellType type, const LayerNeeds& needs);

/// Ground area by pair of raw values, as PairShare; for one thread.
class PairKernel {
  public:
    void accumulate(std::span<const Span> spans, const LayerTile& a, const LayerTile& b, const TileAreas& areas,
                    PairTable& pairs);

  private:
    void accumulate_bytes(std::span<const Span> spans, const LayerTile& a, const LayerTile& b, const TileAreas& areas,
                          PairTable& pairs);
    std::vector<double> area_;  ///< 256 × 256, for pairs of bytes
    std::vector<std::uint16_t> touched_;
    std::vector<double> row_a_;
    std::vector<double> row_b_;
};

/// Sums weighted by another raster; for one thread.
class WeightedKernel {
  public:
    void accumulate(std::span<const Span> spans, const LayerTile& values, Scaling value_scaling,
                    const LayerTile& weights, Scaling weight_scaling, LayerState& state);

  private:
    std::vector<double> row_values_;
    std::vector<double> row_weights_;
    std::vector<double> run_;
};

}  // namespace vereda::raster::detail
