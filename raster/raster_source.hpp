/// RasterSource: the seam through which rasters arrive, window by window, from a file or from memory.
///
/// A source is one handle for one thread; clone() gives further threads their own. Values come in the file's native
/// type; nodata, NaN, infinities, mask bands and alpha have become validity, found before scale and offset are applied.
/// Callers apply scaling() where they want real values: value = raw * scale + offset.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "geo/message.hpp"
#include "raster/block.hpp"
#include "raster/grid.hpp"
#include "raster/raster.hpp"

namespace vereda::raster {

struct Scaling {
    double scale = 1;
    double offset = 0;
    [[nodiscard]] constexpr bool identity() const { return scale == 1 && offset == 0; }
    [[nodiscard]] constexpr double apply(double raw) const { return raw * scale + offset; }
    friend constexpr bool operator==(const Scaling&, const Scaling&) = default;
};

using ClassNames = std::map<std::int64_t, std::string>;

class RasterSource {
  public:
    RasterSource() = default;
    RasterSource(const RasterSource&) = delete;
    RasterSource& operator=(const RasterSource&) = delete;
    virtual ~RasterSource() = default;

    [[nodiscard]] virtual const Grid& grid() const = 0;
    [[nodiscard]] virtual CellType cell_type() const = 0;
    /// The shape in which reading is cheapest.
    [[nodiscard]] virtual BlockShape block_shape() const = 0;
    [[nodiscard]] virtual Scaling scaling() const { return {}; }
    [[nodiscard]] virtual const ClassNames& class_names() const;
    /// file and band, for messages
    [[nodiscard]] virtual const geo::Locus& locus() const = 0;

    /// Fills `block` with the window, which must lie inside the grid. Throws Error(input) naming the block that cannot
    /// be decoded.
    virtual void read(const Window& window, Block& block) = 0;
    /// Another handle on the same data, for another thread.
    [[nodiscard]] virtual std::unique_ptr<RasterSource> clone() const = 0;
};

/// The in-memory twin. Clones share the cells, which never change.
template <class T>
class MemoryRasterSource final : public RasterSource {
  public:
    explicit MemoryRasterSource(Raster<T> raster, geo::Locus locus = {}, BlockShape shape = {}, Scaling scaling = {},
                                ClassNames names = {});
    [[nodiscard]] const Grid& grid() const override { return raster_->grid(); }
    [[nodiscard]] CellType cell_type() const override { return cell_type_of<T>; }
    [[nodiscard]] BlockShape block_shape() const override { return shape_; }
    [[nodiscard]] Scaling scaling() const override { return scaling_; }
    [[nodiscard]] const ClassNames& class_names() const override { return *names_; }
    [[nodiscard]] const geo::Locus& locus() const override { return locus_; }
    void read(const Window& window, Block& block) override;
    [[nodiscard]] std::unique_ptr<RasterSource> clone() const override;

  private:
    MemoryRasterSource() = default;
    std::shared_ptr<const Raster<T>> raster_;
    geo::Locus locus_;
    BlockShape shape_;
    Scaling scaling_;
    std::shared_ptr<const ClassNames> names_;
};

/// A window of any source as real numbers (scaled), for code that wants cells rather than speed. The default window is
/// the whole grid; the result's grid is that of the window.
[[nodiscard]] Raster<double> read_values(const RasterSource& source, Window window = {});

}  // namespace vereda::raster
