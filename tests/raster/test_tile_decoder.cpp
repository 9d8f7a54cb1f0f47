#include <fmt/format.h>
#include <gdal_priv.h>

#include <cstring>
#include <fstream>
#include <random>

#include "geo/error.hpp"
#include "geo/io/gdal_handle.hpp"
#include "raster/io/predictor.hpp"
#include "raster/io/tile_decoder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace vereda::tests {

using raster::CellType;
using raster::io::BandDescription;
using raster::io::TileDecoder;

namespace {

struct Case {
    GDALDataType type;
    CellType cells;
    const char* compression;
    int predictor;
    bool tiled;
    int width = 75;
    int height = 53;
};

/// Smooth and rough parts, so that predictors matter; the last tile of the first row is left out.
void write(const std::string& path, const Case& wanted) {
    geo::io::start_gdal();
    char** options = nullptr;
    options = CSLSetNameValue(options, "COMPRESS", wanted.compression);
    options = CSLSetNameValue(options, "SPARSE_OK", "TRUE");
    options = CSLSetNameValue(options, "PREDICTOR", std::to_string(wanted.predictor).c_str());
    if (wanted.tiled) options = CSLSetNameValue(options, "TILED", "YES");
    if (wanted.tiled) options = CSLSetNameValue(options, "BLOCKXSIZE", "32");
    options = CSLSetNameValue(options, "BLOCKYSIZE", wanted.tiled ? "16" : "10");
    const geo::io::GdalDataset dataset(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
        path.c_str(), wanted.width, wanted.height, 1, wanted.type, options));
    CSLDestroy(options);
    REQUIRE(dataset != nullptr);
    std::mt19937_64 random(7);
    const int size = GDALGetDataTypeSizeBytes(wanted.type);
    std::vector<std::uint8_t> cells(static_cast<std::size_t>(size) * static_cast<std::size_t>(wanted.width));
    for (int row = 0; row < wanted.height; ++row) {
        std::vector<double> smooth;
        for (int col = 0; col < wanted.width; ++col)
            smooth.push_back(20 + 0.37 * col + 0.11 * row);
        GDALCopyWords(smooth.data(), GDT_Float64, 8, cells.data(), wanted.type, size, wanted.width);
        for (std::size_t i = cells.size() / 2; row % 3 == 0 && i < cells.size(); ++i)
            cells[i] = static_cast<std::uint8_t>(random());
        const int begin = row < 16 && wanted.tiled && wanted.width > 64 ? 64 : wanted.width;
        REQUIRE(dataset->GetRasterBand(1)->RasterIO(GF_Write, 0, row, begin, 1, cells.data(), begin, 1, wanted.type, 0,
                                                    0, nullptr) == CE_None);
    }
}

BandDescription description(const std::string& path, const Case& wanted, GDALRasterBand& band) {
    BandDescription begun;
    begun.location = path;
    begun.driver = "GTiff";
    begun.type = wanted.cells;
    begun.grid.width = wanted.width;
    begun.grid.height = wanted.height;
    band.GetBlockSize(&begun.blocks.width, &begun.blocks.height);
    return begun;
}

std::optional<std::uint64_t> fact(GDALRasterBand& band, const char* name, int across, int down) {
    const char* text = band.GetMetadataItem(fmt::format("BLOCK_{}_{}_{}", name, across, down).c_str(), "TIFF");
    if (text == nullptr) return std::nullopt;
    return std::stoull(text);
}

/// Compares every stored block with GDAL's; returns how many there were.
int compare(const std::string& path, const Case& wanted) {
    const geo::io::GdalDataset dataset = geo::io::open_with(path, GDAL_OF_RASTER, {"GTiff"}, {});
    REQUIRE(dataset != nullptr);
    GDALRasterBand& band = *dataset->GetRasterBand(1);
    const BandDescription about = description(path, wanted, band);
    const auto decoder = TileDecoder::open(about, 1);
    REQUIRE(decoder != nullptr);
    const auto width = static_cast<std::size_t>(about.blocks.width);
    const std::size_t size = cell_size(wanted.cells);
    std::vector<std::uint8_t> own(width * static_cast<std::size_t>(about.blocks.height) * size);
    std::vector<std::uint8_t> theirs(own.size());
    int blocks = 0;
    for (int down = 0; down * about.blocks.height < wanted.height; ++down) {
        for (int across = 0; across * about.blocks.width < wanted.width; ++across) {
            const auto offset = fact(band, "OFFSET", across, down);
            const auto bytes = fact(band, "SIZE", across, down);
            if (!offset) continue;
            const int rows = wanted.height - down * about.blocks.height;
            REQUIRE(decoder->decode({*offset, *bytes, rows}, own.data()));
            REQUIRE(band.ReadBlock(across, down, theirs.data()) == CE_None);
            const std::size_t held = static_cast<std::size_t>(std::min(rows, about.blocks.height)) * width * size;
            CHECK(std::memcmp(own.data(), theirs.data(), held) == 0);
            ++blocks;
        }
    }
    return blocks;
}

}  // namespace

TEST_CASE("tiles read past GDAL hold GDAL's cells, bit for bit, in every type, predictor and compression") {
    const TemporaryFolder folder;
    const std::vector<std::pair<GDALDataType, CellType>> types{
        {GDT_Byte, CellType::uint8},    {GDT_UInt16, CellType::uint16},   {GDT_Int16, CellType::int16},
        {GDT_UInt32, CellType::uint32}, {GDT_Int32, CellType::int32},     {GDT_UInt64, CellType::uint64},
        {GDT_Int64, CellType::int64},   {GDT_Float32, CellType::float32}, {GDT_Float64, CellType::float64}};
    for (const char* compression : {"DEFLATE", "ZSTD"}) {
        const char* offered = GDALGetMetadataItem(GDALGetDriverByName("GTiff"), GDAL_DMD_CREATIONOPTIONLIST, nullptr);
        if (offered != nullptr && std::string(offered).find(compression) == std::string::npos) {
            WARN("this GDAL writes no " << compression << "; skipped");
            continue;
        }
        for (const auto& [type, cells] : types) {
            const bool real = cells == CellType::float32 || cells == CellType::float64;
            for (const int predictor : {1, 2, 3}) {
                if (predictor == 3 && !real) continue;
                for (const bool tiled : {true, false}) {
                    const Case wanted{type, cells, compression, predictor, tiled};
                    const std::string path =
                        folder / fmt::format("{}_{}_{}_{}.tif", compression, static_cast<int>(type), predictor,
                                             tiled ? "tiles" : "strips");
                    INFO(path);
                    write(path, wanted);
                    CHECK(compare(path, wanted) == (tiled ? 3 * 4 - 1 : 6));
                }
            }
        }
    }
}

TEST_CASE("one column of tiles and rasters smaller than a tile are stored whole") {
    const TemporaryFolder folder;
    for (const auto& [width, height] : std::vector<std::pair<int, int>>{{32, 53}, {20, 9}, {33, 16}}) {
        const Case wanted{GDT_Float32, CellType::float32, "DEFLATE", 3, true, width, height};
        const std::string path = folder / fmt::format("{}_{}.tif", width, height);
        write(path, wanted);
        CHECK(compare(path, wanted) > 0);
    }
}

TEST_CASE("files that are not plain, and blocks that are not what they promise, are left to GDAL") {
    const TemporaryFolder folder;
    const auto decoder_of = [&](const std::string& path, const Case& wanted, int bands) {
        const geo::io::GdalDataset dataset = geo::io::open_with(path, GDAL_OF_RASTER, {"GTiff"}, {});
        return TileDecoder::open(description(path, wanted, *dataset->GetRasterBand(1)), bands);
    };
    const Case plain{GDT_Float32, CellType::float32, "DEFLATE", 3, true};
    const std::string path = folder / "plain.tif";
    write(path, plain);
    CHECK(decoder_of(path, plain, 1) != nullptr);
    CHECK(decoder_of(path, plain, 2) == nullptr);
    for (const char* compression : {"NONE", "LZW", "PACKBITS"}) {
        const Case other{GDT_Byte, CellType::uint8, compression, 1, true};
        const std::string other_path = folder / fmt::format("{}.tif", compression);
        write(other_path, other);
        CHECK(decoder_of(other_path, other, 1) == nullptr);
    }
    const Case wrong_type{GDT_Float32, CellType::float64, "DEFLATE", 3, true};
    CHECK(decoder_of(path, wrong_type, 1) == nullptr);
    const Case not_real{GDT_Float32, CellType::int32, "DEFLATE", 3, true};
    CHECK(decoder_of(path, not_real, 1) == nullptr);

    const auto decoder = decoder_of(path, plain, 1);
    std::vector<float> cells(32 * 16);
    CHECK_FALSE(decoder->decode({8, 200, 53}, cells.data()));
    CHECK_FALSE(decoder->decode({std::uint64_t{1} << 50, 200, 53}, cells.data()));
    CHECK_FALSE(decoder->decode({8, std::uint64_t{1} << 40, 53}, cells.data()));
    CHECK_FALSE(decoder->decode({std::uint64_t{1} << 63, 200, 53}, cells.data()));
}

TEST_CASE("a header that is cut, foreign or absurd makes no decoder") {
    const TemporaryFolder folder;
    const Case plain{GDT_Float32, CellType::float32, "DEFLATE", 3, true};
    const std::string path = folder / "plain.tif";
    write(path, plain);
    const geo::io::GdalDataset dataset = geo::io::open_with(path, GDAL_OF_RASTER, {"GTiff"}, {});
    BandDescription about = description(path, plain, *dataset->GetRasterBand(1));
    about.location = folder / "other.tif";
    CHECK(TileDecoder::open(about, 1) == nullptr);
    const auto with_bytes = [&](const std::string& bytes) {
        std::ofstream(about.location, std::ios::binary | std::ios::trunc) << bytes;
        return TileDecoder::open(about, 1) != nullptr;
    };
    CHECK_FALSE(with_bytes(""));
    CHECK_FALSE(with_bytes("II*"));
    CHECK_FALSE(with_bytes(std::string("MM\0*\0\0\0\10", 8) + std::string(32, '\0')));
    CHECK_FALSE(with_bytes(std::string("II*\0\377\377\377\377", 8) + std::string(32, '\0')));
    CHECK_FALSE(with_bytes(std::string("II*\0\10\0\0\0\377\377", 10) + std::string(32, '\0')));
    CHECK_FALSE(with_bytes(std::string("II+\0\10\0\0\0\377\377\377\377\377\377\377\377", 16) + std::string(32, '\0')));
}

TEST_CASE("predictors undo what they did, at every length") {
    std::mt19937_64 random(11);
    for (std::size_t samples = 0; samples < 70; ++samples) {
        for (const std::size_t size : {4, 8}) {
            std::vector<std::uint8_t> numbers(samples * size);
            for (std::uint8_t& byte : numbers)
                byte = static_cast<std::uint8_t>(random());
            std::vector<std::uint8_t> stored(numbers.size());
            for (std::size_t i = 0; i < samples; ++i) {
                for (std::size_t byte = 0; byte < size; ++byte)
                    stored[(size - 1 - byte) * samples + i] = numbers[i * size + byte];
            }
            for (std::size_t i = stored.size(); i > 1; --i)
                stored[i - 1] = static_cast<std::uint8_t>(stored[i - 1] - stored[i - 2]);
            std::vector<std::uint8_t> found(numbers.size());
            raster::io::undo_planes(stored.data(), found.data(), samples, size);
            CHECK(found == numbers);
        }
    }
}

}  // namespace vereda::tests
