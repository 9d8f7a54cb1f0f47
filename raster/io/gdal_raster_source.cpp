#include "raster/io/gdal_raster_source.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

#include "geo/error.hpp"
#include "geo/io/gdal_handle.hpp"
#include "geo/io/source_path.hpp"
#include "raster/io/band_description.hpp"
#include "raster/io/raster_format.hpp"
#include "raster/io/real_validity.hpp"
#include "raster/io/tile_decoder.hpp"

namespace vereda::raster::io {

using geo::operator""_msg;

namespace {

constexpr std::size_t kept_bytes = 8 << 20;  // decoded blocks kept by one handle
constexpr std::size_t most_kept = 32;

geo::io::GdalDataset opened(const BandDescription& band) {
    const geo::io::GdalErrors errors;
    geo::io::GdalDataset dataset = geo::io::open_with(band.location, GDAL_OF_RASTER, {band.driver}, {});
    if (dataset == nullptr) {
        throw geo::Error(geo::ErrorKind::input, {"raster.unreadable"_msg, {{"reason", errors.text()}}}, band.locus);
    }
    return dataset;
}

template <class T>
T nodata_as(const Nodata& nodata) {
    if (const auto* value = std::get_if<std::int64_t>(&nodata.value)) return static_cast<T>(*value);
    if (const auto* value = std::get_if<std::uint64_t>(&nodata.value)) return static_cast<T>(*value);
    return static_cast<T>(std::get<double>(nodata.value));
}

/// Clears the mask of integer cells that equal nodata; returns how many stay valid.
template <class T>
std::int64_t mask_equal(std::span<const T> values, T nodata, std::span<std::uint8_t> mask) {
    std::int64_t valid = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        mask[i] = static_cast<std::uint8_t>(mask[i] & (values[i] != nodata ? 1 : 0));
        valid += mask[i];
    }
    return valid;
}

/// The same for real numbers: NaN and infinities never count, nor does what equals nodata or is as good as it.
template <class T>
std::int64_t mask_real(const Nodata& nodata, Block& block, std::span<std::uint8_t> mask) {
    const std::span<const T> values = std::as_const(block).values<T>();
    const bool declared = nodata.declared();
    const T exact = declared ? nodata_as<T>(nodata) : T{};
    auto [valid, all_finite] = mask_unusable(values, declared ? std::optional<T>(exact) : std::nullopt, mask);
    if (!all_finite) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (std::isinf(values[i]) && !(declared && values[i] == exact)) ++block.infinite;
        }
    }
    if (declared && nodata.approximate) {
        constexpr T nearly = T(0.999);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (mask[i] == 0 || !(values[i] / exact >= nearly)) continue;
            mask[i] = 0;
            --valid;
            ++block.almost_nodata;
        }
    }
    return valid;
}

class GdalRasterSource final : public RasterSource {
  public:
    GdalRasterSource(std::shared_ptr<const BandDescription> description, geo::io::GdalDataset dataset)
        : description_(std::move(description)),
          dataset_(std::move(dataset)),
          band_(dataset_->GetRasterBand(description_->band)),
          tiles_(TileDecoder::open(*description_, dataset_->GetRasterCount())) {
        const BlockShape shape = description_->blocks;
        block_bytes_ = static_cast<std::size_t>(shape.width) * static_cast<std::size_t>(shape.height) *
                       cell_size(description_->type);
        most_blocks_ = std::clamp<std::size_t>(kept_bytes / block_bytes_, 1, most_kept);
    }

    [[nodiscard]] const Grid& grid() const override { return description_->grid; }
    [[nodiscard]] CellType cell_type() const override { return description_->type; }
    [[nodiscard]] BlockShape block_shape() const override { return description_->blocks; }
    [[nodiscard]] Scaling scaling() const override { return description_->scaling; }
    [[nodiscard]] const ClassNames& class_names() const override { return description_->names; }
    [[nodiscard]] const geo::Locus& locus() const override { return description_->locus; }

    void read(const Window& window, Block& block) override {
        block.reset(window, description_->type);
        const bool any_missing = fill(window, block);
        find_validity(window, block, any_missing);
    }

    [[nodiscard]] std::unique_ptr<RasterSource> clone() const override {
        return std::make_unique<GdalRasterSource>(description_, opened(*description_));
    }

  private:
    struct KeptBlock {
        int across = -1;
        int down = -1;
        bool present = false;
        std::vector<double> bytes;
    };

    /// Row of the file for a row of the grid.
    [[nodiscard]] int file_row(int row) const {
        return description_->south_up ? description_->grid.height - 1 - row : row;
    }
    /// The window in the file's own order of rows.
    [[nodiscard]] Window in_file(const Window& window) const {
        if (!description_->south_up) return window;
        return {window.col, description_->grid.height - window.row_end(), window.width, window.height};
    }

    /// Decodes into `to`. False for a block that the file leaves out and that nodata stands for.
    bool decode(int across, int down, void* to) {
        const geo::io::GdalErrors errors;
        if (description_->driver == "GTiff") {
            const std::optional<std::uint64_t> offset = block_fact("OFFSET", across, down);
            if (!offset) {
                if (description_->nodata.declared() || description_->has_mask) return false;
                throw broken(across, down, "raster.block_missing"_msg, {});
            }
            const std::optional<std::uint64_t> size = block_fact("SIZE", across, down);
            if (tiles_ != nullptr && size && tiles_->decode({*offset, *size, rows_left(down)}, to)) return true;
        }
        if (band_->ReadBlock(across, down, to) != CE_None || errors.failed()) {
            throw broken(across, down, "raster.block_unreadable"_msg, errors.text());
        }
        return true;
    }

    /// Where a block of a GeoTIFF begins ("OFFSET") or how many bytes it takes ("SIZE"); nothing for one left out.
    [[nodiscard]] std::optional<std::uint64_t> block_fact(const char* fact, int across, int down) {
        char name[48];
        CPLsnprintf(name, sizeof name, "BLOCK_%s_%d_%d", fact, across, down);
        const char* text = band_->GetMetadataItem(name, "TIFF");
        if (text == nullptr) return std::nullopt;
        return static_cast<std::uint64_t>(CPLAtoGIntBig(text));
    }

    /// Rows from a block's first to the raster's last.
    [[nodiscard]] int rows_left(int down) const {
        return description_->grid.height - down * description_->blocks.height;
    }

    [[nodiscard]] geo::Error broken(int across, int down, geo::MessageId id, const std::string& reason) const {
        return {geo::ErrorKind::input,
                {id, {{"column", std::to_string(across)}, {"row", std::to_string(down)}, {"reason", reason}}},
                description_->locus};
    }

    const KeptBlock& kept(int across, int down) {
        for (KeptBlock& block : kept_) {
            if (block.across == across && block.down == down) return block;
        }
        if (kept_.size() < most_blocks_) {
            kept_.emplace_back();
            oldest_ = kept_.size() - 1;
        } else {
            oldest_ = (oldest_ + 1) % kept_.size();
        }
        KeptBlock& block = kept_[oldest_];
        block.across = -1;
        block.bytes.resize((block_bytes_ + sizeof(double) - 1) / sizeof(double));
        block.present = decode(across, down, block.bytes.data());
        block.across = across;
        block.down = down;
        return block;
    }

    /// Whether any block was left out of the file; its cells are marked in missing_.
    bool fill(const Window& window, Block& block) {
        const BlockShape shape = description_->blocks;
        const Window file = in_file(window);
        missing_.clear();
        for (int down = file.row / shape.height; down <= (file.row_end() - 1) / shape.height; ++down) {
            for (int across = file.col / shape.width; across <= (file.col_end() - 1) / shape.width; ++across) {
                const Window stored{across * shape.width, down * shape.height, shape.width, shape.height};
                const bool whole = intersection(stored, file) == stored;
                if (whole && shape.width == window.width && !description_->south_up) {
                    const auto rows = static_cast<std::size_t>(stored.row - file.row);
                    char* to = static_cast<char*>(block.data()) +
                               rows * static_cast<std::size_t>(window.width) * cell_size(description_->type);
                    if (!decode(across, down, to)) missing_.push_back(stored);
                    continue;
                }
                const KeptBlock& source = kept(across, down);
                if (source.present) {
                    copy(source, stored, file, block);
                } else {
                    missing_.push_back(intersection(stored, file));
                }
            }
        }
        return !missing_.empty();
    }

    /// Moves the cells of one stored block that lie in `file` (a window in file order) to their place.
    void copy(const KeptBlock& source, const Window& stored, const Window& file, Block& block) const {
        const Window part = intersection(stored, file);
        const std::size_t size = cell_size(description_->type);
        const char* from = static_cast<const char*>(static_cast<const void*>(source.bytes.data()));
        char* to = static_cast<char*>(block.data());
        for (int row = part.row; row < part.row_end(); ++row) {
            const int target = description_->south_up ? file.row_end() - 1 - row : row - file.row;
            std::memcpy(to + (static_cast<std::size_t>(target) * static_cast<std::size_t>(file.width) +
                              static_cast<std::size_t>(part.col - file.col)) *
                                 size,
                        from + (static_cast<std::size_t>(row - stored.row) * static_cast<std::size_t>(stored.width) +
                                static_cast<std::size_t>(part.col - stored.col)) *
                                   size,
                        static_cast<std::size_t>(part.width) * size);
        }
    }

    void find_validity(const Window& window, Block& block, bool any_missing) {
        const CellType type = description_->type;
        const bool real = type == CellType::float32 || type == CellType::float64;
        if (!any_missing && !real && !description_->nodata.declared() && !description_->has_mask) return;
        if (any_missing && missing_cells() == window.cells()) {
            block.validity = Validity::none;
            return;
        }
        const std::span<std::uint8_t> mask = block.mask();
        std::ranges::fill(mask, std::uint8_t{1});
        if (description_->has_mask) read_mask(window, mask);
        if (any_missing) clear_missing(window, mask);
        const std::int64_t valid = with_cell_type(type, [&](auto tag) {
            using T = typename decltype(tag)::type;
            if constexpr (std::is_floating_point_v<T>) {
                return mask_real<T>(description_->nodata, block, mask);
            } else {
                if (description_->nodata.declared())
                    return mask_equal<T>(std::as_const(block).values<T>(), nodata_as<T>(description_->nodata), mask);
                return static_cast<std::int64_t>(std::ranges::count(mask, std::uint8_t{1}));
            }
        });
        block.validity = valid == window.cells() ? Validity::all : valid == 0 ? Validity::none : Validity::by_mask;
    }

    void read_mask(const Window& window, std::span<std::uint8_t> mask) {
        const geo::io::GdalErrors errors;
        const Window file = in_file(window);
        std::vector<std::uint8_t> stored(mask.size());
        const CPLErr result =
            band_->GetMaskBand()->RasterIO(GF_Read, file.col, file.row, file.width, file.height, stored.data(),
                                           file.width, file.height, GDT_Byte, 0, 0, nullptr);
        if (result != CE_None || errors.failed()) {
            const BlockShape shape = description_->blocks;
            throw broken(file.col / shape.width, file.row / shape.height, "raster.block_unreadable"_msg, errors.text());
        }
        const auto width = static_cast<std::size_t>(window.width);
        for (int row = 0; row < window.height; ++row) {
            const auto from = static_cast<std::size_t>(file_row(window.row + row) - file.row) * width;
            const auto to = static_cast<std::size_t>(row) * width;
            for (std::size_t c = 0; c < width; ++c)
                mask[to + c] = stored[from + c] != 0 ? 1 : 0;
        }
    }

    [[nodiscard]] std::int64_t missing_cells() const {
        std::int64_t cells = 0;
        for (const Window& part : missing_)
            cells += part.cells();
        return cells;
    }

    void clear_missing(const Window& window, std::span<std::uint8_t> mask) const {
        for (const Window& part : missing_) {
            for (int row = part.row; row < part.row_end(); ++row) {
                const auto line = static_cast<std::size_t>(file_row(row) - window.row);
                std::fill_n(mask.begin() + static_cast<std::ptrdiff_t>(line * static_cast<std::size_t>(window.width) +
                                                                       static_cast<std::size_t>(part.col - window.col)),
                            part.width, std::uint8_t{0});
            }
        }
    }

    std::shared_ptr<const BandDescription> description_;
    geo::io::GdalDataset dataset_;
    GDALRasterBand* band_;
    std::unique_ptr<TileDecoder> tiles_;  ///< where the file is plain
    std::size_t block_bytes_ = 0;
    std::size_t most_blocks_ = 1;
    std::size_t oldest_ = 0;
    std::vector<KeptBlock> kept_;
    std::vector<Window> missing_;  ///< in file order of rows
};

}  // namespace

BandReference parse_band_reference(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return {std::string(text), 1};
    const std::string_view digits = text.substr(colon + 1);
    int band = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), band);
    if (error != std::errc() || end != digits.data() + digits.size() || digits.front() == '-') {
        return {std::string(text), 1};
    }
    if (band == 0) throw geo::Error(geo::ErrorKind::usage, {"raster.band_zero"_msg, {{"text", std::string(text)}}});
    return {std::string(text.substr(0, colon)), band};
}

std::unique_ptr<RasterSource> open_raster(const BandReference& reference, const RasterOptions& options,
                                          geo::Diagnostics& diagnostics) {
    geo::io::start_gdal();
    const geo::io::SourcePath path = geo::io::source_path(reference.path, options.allow_references);
    BandDescription begun;
    begun.location = path.location;
    begun.driver = driver_of(path);
    begun.band = reference.band;
    begun.locus.file = path.shown;
    geo::io::GdalDataset dataset = opened(begun);
    const geo::io::GdalErrors errors;
    auto description =
        std::make_shared<const BandDescription>(describe(*dataset, std::move(begun), options, diagnostics));
    return std::make_unique<GdalRasterSource>(std::move(description), std::move(dataset));
}

}  // namespace vereda::raster::io
