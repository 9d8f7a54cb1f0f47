/// The innermost loop of tabulate(): spans of one zone over one tile of every layer, as combinations of classes.
/// Internal to raster/.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "raster/classing.hpp"
#include "raster/table_scratch.hpp"
#include "raster/zonal_kernel.hpp"

namespace vereda::raster::detail {

/// Combinations of classes as numbers, mixed radix: Σ class · stride; the last layer's stride is 1.
class KeyCodes {
  public:
    KeyCodes() = default;
    /// Throws Error(usage, "tabulate.too_many_classes") for more than 2^32 − 1 combinations.
    explicit KeyCodes(std::span<const Classing> classings);
    [[nodiscard]] std::uint32_t combinations() const { return combinations_; }
    [[nodiscard]] std::uint32_t stride(std::size_t layer) const { return strides_[layer]; }
    [[nodiscard]] std::uint32_t class_of(std::uint32_t code, std::size_t layer) const {
        return code / strides_[layer] % counts_[layer];
    }

  private:
    std::vector<std::uint32_t> counts_;
    std::vector<std::uint32_t> strides_;
    std::uint32_t combinations_ = 0;
};

/// One layer's part in the codes of cells.
class LayerCoder {
  public:
    LayerCoder(Scaling scaling, Classing classing, std::uint32_t stride);
    /// First cell of [begin, end) that this layer does not leave out; end where there is none.
    [[nodiscard]] int first_kept(const LayerTile& tile, int row, int begin, int end) const;
    /// First cell of [begin, end) that it leaves out; end where there is none.
    [[nodiscard]] int first_left_out(const LayerTile& tile, int row, int begin, int end) const;
    /// Adds this layer's part to the codes of the cells from `begin` on; makes them left_out where it leaves them out.
    void add(const LayerTile& tile, int row, int begin, std::span<std::uint32_t> codes) const;

    static constexpr std::uint32_t left_out = 0xffffffffU;

  private:
    [[nodiscard]] std::uint32_t code_of(double raw) const;
    template <class Visit>
    auto with_codes(const LayerTile& tile, int row, Visit&& visit) const;
    [[nodiscard]] int skip_words(const std::uint8_t* cells, int first, int begin, int end) const;

    Scaling scaling_;
    Classing classing_;
    std::uint32_t stride_;
    std::uint32_t missing_ = left_out;
    std::array<std::uint32_t, 256> bytes_{};  ///< codes of UInt8 values
};

/// For one thread.
class KeyKernel {
  public:
    KeyKernel(std::vector<LayerCoder> coders, std::uint32_t combinations);
    /// `tiles`: one per coder. Values of `table` are codes.
    void accumulate(std::span<const Span> spans, std::span<const LayerTile> tiles, const TileAreas& areas,
                    ValueTable& table);

  private:
    void add_range(const Span& range, std::span<const LayerTile> tiles, const TileAreas& areas);
    void add_run(std::uint32_t code, const Span& run, const TileAreas& areas);

    std::vector<LayerCoder> coders_;
    std::vector<std::uint32_t> codes_;
    std::optional<TableScratch<std::uint16_t>> few_;  ///< this or `many_`, by the number of combinations
    std::optional<TableScratch<std::uint32_t>> many_;
};

}  // namespace vereda::raster::detail
