#include "raster/io/tile_decoder.hpp"

#include <fcntl.h>
#include <libdeflate.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

#include "raster/io/predictor.hpp"
#include "raster/io/tiff_directory.hpp"

namespace vereda::raster::io {

namespace {

constexpr std::uint32_t adobe_deflate = 8;
constexpr std::uint32_t old_deflate = 32946;
constexpr std::uint32_t zstd = 50000;
constexpr std::uint32_t differences = 2;
constexpr std::uint32_t planes = 3;

class File {
  public:
    explicit File(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    File(File&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
    File& operator=(File&&) = delete;
    ~File() {
        if (file_ >= 0) ::close(file_);
    }
    [[nodiscard]] int number() const { return file_; }
    [[nodiscard]] bool regular() const {
        struct stat status {};
        return file_ >= 0 && fstat(file_, &status) == 0 && S_ISREG(status.st_mode);
    }

  private:
    int file_;
};

struct InflaterDeleter {
    void operator()(libdeflate_decompressor* inflater) const noexcept { libdeflate_free_decompressor(inflater); }
};
struct ZstdDeleter {
    void operator()(ZSTD_DCtx* context) const noexcept { ZSTD_freeDCtx(context); }
};

bool is_plain(const TiffDirectory& directory, const BandDescription& band) {
    const bool compression =
        directory.compression == adobe_deflate || directory.compression == old_deflate || directory.compression == zstd;
    const bool real = band.type == CellType::float32 || band.type == CellType::float64;
    const bool predictor =
        directory.predictor == 1 || directory.predictor == differences || (directory.predictor == planes && real);
    const auto width = static_cast<std::uint32_t>(band.blocks.width);
    const auto height = static_cast<std::uint32_t>(band.blocks.height);
    const bool tiled = directory.tile_width == width && directory.tile_height == height;
    const bool strips =
        directory.tile_width == 0 && band.blocks.width == band.grid.width && directory.rows_per_strip == height;
    return compression && predictor && (tiled || strips) && directory.fill_order == 1 &&
           directory.samples_per_pixel == 1 && directory.bits_per_sample == 8 * cell_size(band.type);
}

}  // namespace

struct TileDecoder::Resources {
    File file;
    TiffDirectory directory;
    std::size_t width = 0;
    int height = 0;
    std::size_t size = 0;
    std::unique_ptr<libdeflate_decompressor, InflaterDeleter> inflater;
    std::unique_ptr<ZSTD_DCtx, ZstdDeleter> zstd_context;
    std::vector<std::uint8_t> stored;
    std::vector<std::uint8_t> inflated;

    bool inflate(void* to, std::size_t bytes) {
        if (directory.compression == zstd)
            return ZSTD_decompressDCtx(zstd_context.get(), to, bytes, stored.data(), stored.size()) == bytes;
        return libdeflate_zlib_decompress(inflater.get(), stored.data(), stored.size(), to, bytes, nullptr) ==
               LIBDEFLATE_SUCCESS;
    }
};

TileDecoder::TileDecoder(std::unique_ptr<Resources> resources) : resources_(std::move(resources)) {}
TileDecoder::~TileDecoder() = default;

std::unique_ptr<TileDecoder> TileDecoder::open(const BandDescription& band, int bands) {
    if (std::endian::native != std::endian::little || band.driver != "GTiff" || bands != 1) return nullptr;
    File file(band.location);
    if (!file.regular()) return nullptr;
    const std::optional<TiffDirectory> directory = read_tiff_directory(file.number());
    if (!directory || !is_plain(*directory, band)) return nullptr;
    auto resources = std::make_unique<Resources>(Resources{.file = std::move(file),
                                                           .directory = *directory,
                                                           .width = static_cast<std::size_t>(band.blocks.width),
                                                           .height = band.blocks.height,
                                                           .size = cell_size(band.type),
                                                           .inflater = nullptr,
                                                           .zstd_context = nullptr,
                                                           .stored = {},
                                                           .inflated = {}});
    if (directory->compression == zstd) {
        resources->zstd_context.reset(ZSTD_createDCtx());
        if (resources->zstd_context == nullptr) return nullptr;
    } else {
        resources->inflater.reset(libdeflate_alloc_decompressor());
        if (resources->inflater == nullptr) return nullptr;
    }
    return std::unique_ptr<TileDecoder>(new TileDecoder(std::move(resources)));
}

bool TileDecoder::decode(const Stored& block, void* to) {
    Resources& own = *resources_;
    const std::size_t row_bytes = own.width * own.size;
    const bool strip = own.directory.tile_width == 0;
    const int rows = strip ? std::min(own.height, block.rows_left) : own.height;
    const std::size_t bytes = row_bytes * static_cast<std::size_t>(rows);
    constexpr std::uint64_t slack = 65536;  // no honest compressor makes a block longer than this beyond its cells
    if (block.size > bytes + slack || block.offset > (std::uint64_t{1} << 62)) return false;
    own.stored.resize(block.size);
    const ssize_t got =
        pread(own.file.number(), own.stored.data(), own.stored.size(), static_cast<off_t>(block.offset));
    if (got != static_cast<ssize_t>(block.size)) return false;
    auto* cells = static_cast<std::uint8_t*>(to);
    if (own.directory.predictor == planes) {
        own.inflated.resize(bytes);
        if (!own.inflate(own.inflated.data(), bytes)) return false;
        for (std::size_t begin = 0; begin < bytes; begin += row_bytes)
            undo_planes(own.inflated.data() + begin, cells + begin, own.width, own.size);
        return true;
    }
    if (!own.inflate(to, bytes)) return false;
    if (own.directory.predictor == differences) {
        for (std::size_t begin = 0; begin < bytes; begin += row_bytes)
            undo_differences(cells + begin, own.width, own.size);
    }
    return true;
}

}  // namespace vereda::raster::io
