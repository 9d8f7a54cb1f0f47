#include <fmt/format.h>
#include <gdal_priv.h>
#include <sys/stat.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <functional>
#include <limits>

#include "geo/error.hpp"
#include "geo/io/gdal_handle.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "raster/io/geotiff_writer.hpp"
#include "raster/zonal.hpp"
#include "tests/raster/polygons.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace vereda::tests {

using raster::Raster;
using raster::io::BandReference;
using raster::io::open_raster;

namespace {

/// What a test file says of itself; each test spoils one thing.
struct FileSpec {
    const char* driver = "GTiff";
    const char* crs = "EPSG:4326";
    std::vector<double> transform{-76, 0.5, 0, 4, 0, -0.5};
    GDALDataType type = GDT_Float32;
    int width = 4;
    int height = 3;
    std::vector<std::string> creation = {};
    std::vector<double> values{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    std::function<void(GDALDataset&)> then = {};
};

void write(const std::string& path, const FileSpec& spec) {
    geo::io::start_gdal();
    char** creation = nullptr;
    for (const std::string& option : spec.creation)
        creation = CSLAddString(creation, option.c_str());
    const geo::io::GdalDataset dataset(GetGDALDriverManager()
                                           ->GetDriverByName(spec.driver)
                                           ->Create(path.c_str(), spec.width, spec.height, 1, spec.type, creation));
    CSLDestroy(creation);
    REQUIRE(dataset != nullptr);
    if (!spec.transform.empty()) dataset->SetGeoTransform(std::vector<double>(spec.transform).data());
    if (spec.crs != nullptr) {
        OGRSpatialReference reference;
        reference.SetFromUserInput(spec.crs);
        reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        dataset->SetSpatialRef(&reference);
    }
    if (spec.then) spec.then(*dataset);
    if (!spec.values.empty()) {
        const CPLErr written = dataset->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, spec.width, spec.height,
                                                                   std::vector<double>(spec.values).data(), spec.width,
                                                                   spec.height, GDT_Float64, 0, 0, nullptr);
        REQUIRE(written == CE_None);
    }
}

struct Opened {
    geo::Diagnostics diagnostics;
    std::unique_ptr<raster::RasterSource> source;
};

std::unique_ptr<Opened> opened(const std::string& path, int band = 1) {
    auto result = std::make_unique<Opened>();
    result->source = open_raster(BandReference{path, band}, {}, result->diagnostics);
    return result;
}

std::string refusal(const std::string& path, geo::ErrorKind kind = geo::ErrorKind::input, int band = 1) {
    try {
        const auto file = opened(path, band);
        (void)raster::read_values(*file->source);
    } catch (const geo::Error& error) {
        CHECK(error.kind() == kind);
        CHECK(error.locus().file == path);
        return std::string(error.message().id.text());
    }
    return "accepted";
}

std::vector<std::string> ids(const geo::Diagnostics& diagnostics) {
    std::vector<std::string> result;
    for (const geo::Diagnostic& diagnostic : diagnostics.sorted())
        result.emplace_back(diagnostic.message.id.text());
    return result;
}

std::vector<double> valid_values(const raster::RasterSource& source) {
    const Raster<double> raster = raster::read_values(source);
    std::vector<double> values;
    for (int row = 0; row < raster.height(); ++row) {
        for (int col = 0; col < raster.width(); ++col) {
            if (raster.valid(col, row)) values.push_back(raster.at(col, row));
        }
    }
    return values;
}

}  // namespace

TEST_CASE("a plain GeoTIFF arrives as it was written, on its grid") {
    const TemporaryFolder folder;
    write(folder / "a.tif", {});
    const auto file = opened(folder / "a.tif");
    CHECK(file->source->grid().origin == geo::Point{-76, 4});
    CHECK(file->source->grid().cell_width == 0.5);
    CHECK(file->source->grid().crs == geo::Crs::wgs84());
    CHECK(file->source->cell_type() == raster::CellType::float32);
    CHECK(valid_values(*file->source) == FileSpec{}.values);
    CHECK(ids(file->diagnostics).empty());
}

TEST_CASE("rows 1, 2 and 6: empty files, cut headers, text and foreign bytes are refused") {
    const TemporaryFolder folder;
    CHECK(refusal(folder.write("empty.tif", "")) == "file.empty");
    write(folder / "whole.tif", {});
    CHECK(refusal(folder.write("cut.tif", bytes_of(folder / "whole.tif").substr(0, 40))) == "raster.unreadable");
    CHECK(refusal(folder.write("text.tif", "this is no raster\n")) == "file.other_format");
    CHECK(refusal(folder.write("png.tif", "\x89PNG\r\n\x1a\n and so on")) == "file.other_format");
    CHECK(refusal(folder.write("noise.bin", "\x01\x02\x03 noise")) == "raster.unknown_format");
}

TEST_CASE("row 38: VRT, WMS and other XML is refused under any name") {
    const TemporaryFolder folder;
    const std::string vrt = "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"></VRTDataset>";
    CHECK(refusal(folder.write("a.tif", vrt), geo::ErrorKind::policy) == "file.points_elsewhere");
    CHECK(refusal(folder.write("a.vrt", vrt), geo::ErrorKind::policy) == "file.points_elsewhere");
    CHECK(refusal(folder.write("b.tif", "\xEF\xBB\xBF \n<GDAL_WMS/>"), geo::ErrorKind::policy) ==
          "file.points_elsewhere");
}

TEST_CASE("rows 3 and 4: missing and damaged blocks are refused and named") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.width = 64;
    spec.height = 64;
    spec.creation = {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=DEFLATE"};
    spec.values.assign(64 * 64, 0.0);
    for (std::size_t i = 0; i < spec.values.size(); ++i)
        spec.values[i] = std::sin(static_cast<double>(i));
    write(folder / "whole.tif", spec);
    const std::string bytes = bytes_of(folder / "whole.tif");
    // Tiles are written one after the other; the last third of the file holds the last ones.
    std::string damaged = bytes;
    for (std::size_t i = damaged.size() * 2 / 3; i < damaged.size() * 2 / 3 + 600; ++i)
        damaged[i] = '\x55';
    CHECK(refusal(folder.write("damaged.tif", damaged)) == "raster.block_unreadable");
    FileSpec sparse = spec;
    sparse.creation.emplace_back("SPARSE_OK=TRUE");
    sparse.values.clear();
    write(folder / "sparse.tif", sparse);
    CHECK(refusal(folder / "sparse.tif") == "raster.block_missing");
    sparse.then = [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValue(-1); };
    write(folder / "sparse_nodata.tif", sparse);
    CHECK(valid_values(*opened(folder / "sparse_nodata.tif")->source).empty());
    const auto cut = folder.write("cut.tif", bytes.substr(0, bytes.size() - 300));
    try {
        (void)raster::read_values(*opened(cut)->source);
        FAIL("not refused");
    } catch (const geo::Error& error) {
        CHECK(error.message().arguments.at(0).first == "column");
        CHECK(error.message().arguments.at(1).first == "row");
    }
}

TEST_CASE("blocks that a file leaves out hold no cell, and the blocks beside them all of theirs") {
    const TemporaryFolder folder;
    const auto made = [&](const std::string& name, bool sparse) {
        FileSpec spec;
        spec.width = 80;
        spec.height = 72;  // the last row of tiles is cut
        spec.transform = {-76, 0.001, 0, 4, 0, -0.001};
        spec.type = GDT_Int16;
        spec.creation = {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=DEFLATE"};
        if (sparse) spec.creation.emplace_back("SPARSE_OK=TRUE");
        spec.values.clear();
        spec.then = [sparse](GDALDataset& dataset) {
            GDALRasterBand& band = *dataset.GetRasterBand(1);
            band.SetNoDataValue(-1);
            if (!sparse) REQUIRE(band.Fill(-1) == CE_None);
            std::vector<std::int16_t> cells(20 * 24);
            for (std::size_t i = 0; i < cells.size(); ++i)
                cells[i] = static_cast<std::int16_t>(i % 7);
            REQUIRE(band.RasterIO(GF_Write, 30, 40, 20, 24, cells.data(), 20, 24, GDT_Int16, 0, 0, nullptr) == CE_None);
        };
        write(folder / name, spec);
        return opened(folder / name);
    };
    const auto sparse = made("sparse.tif", true);
    const auto dense = made("dense.tif", false);
    raster::Block block;
    sparse->source->read({0, 0, 16, 16}, block);
    CHECK(block.validity == raster::Validity::none);
    sparse->source->read({0, 64, 80, 8}, block);
    CHECK(block.validity == raster::Validity::none);
    dense->source->read({0, 0, 16, 16}, block);
    CHECK(block.validity == raster::Validity::none);
    sparse->source->read({16, 32, 48, 32}, block);
    CHECK(block.validity == raster::Validity::by_mask);
    const auto answers = [](const raster::RasterSource& source) {
        raster::ZonalRequest request;
        request.layers = {{"a", &source}};
        const std::vector<std::string> names{"a"};
        for (const char* text : {"count", "sum", "frac", "variety"})
            request.statistics.push_back(raster::parse_statistic(text, names));
        const std::vector<raster::Zone> zones{{"all", rectangle(-76, 3.928, -75.92, 4)},
                                              {"beside", rectangle(-76, 3.99, -75.99, 4)}};
        std::vector<std::optional<double>> values;
        for (const raster::ZonalColumn& column : raster::zonal(request, zones, geo::Crs::wgs84()).columns)
            values.insert(values.end(), column.values.begin(), column.values.end());
        return values;
    };
    CHECK(answers(*sparse->source).at(0) == std::optional<double>(480));
    CHECK(answers(*sparse->source).at(1) == std::optional<double>(0));
    CHECK(answers(*sparse->source) == answers(*dense->source));
}

TEST_CASE("rows 9, 10, 11, 12 and 13: no CRS, no place, local CRS, rotated grids are refused") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.crs = nullptr;
    write(folder / "no_crs.tif", spec);
    CHECK(refusal(folder / "no_crs.tif") == "raster.crs_missing");
    spec = {};
    spec.transform = {};
    write(folder / "no_place.tif", spec);
    CHECK(refusal(folder / "no_place.tif") == "raster.not_placed");
    spec = {};
    spec.crs = "LOCAL_CS[\"site\",UNIT[\"metre\",1]]";
    write(folder / "local.tif", spec);
    CHECK(refusal(folder / "local.tif") == "raster.crs_local");
    spec = {};
    spec.transform = {-76, 0.5, 0.1, 4, 0.1, -0.5};
    write(folder / "rotated.tif", spec);
    CHECK(refusal(folder / "rotated.tif") == "raster.rotated");
    spec = {};
    spec.transform = {500'000, 30, 0, 400'000, 0, -30};
    write(folder / "metres.tif", spec);
    CHECK(refusal(folder / "metres.tif") == "raster.not_degrees");
}

TEST_CASE("a named CRS serves files that carry none, and yields to the file's own with a warning") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.crs = nullptr;
    write(folder / "none.tif", spec);
    write(folder / "own.tif", {});
    raster::io::RasterOptions options;
    options.crs = geo::Crs::parse("EPSG:4674");
    geo::Diagnostics diagnostics;
    CHECK(open_raster({folder / "none.tif", 1}, options, diagnostics)->grid().crs == *options.crs);
    CHECK(ids(diagnostics).empty());
    CHECK(open_raster({folder / "own.tif", 1}, options, diagnostics)->grid().crs == geo::Crs::wgs84());
    CHECK(ids(diagnostics) == std::vector<std::string>{"raster.crs_kept"});
}

TEST_CASE("row 14: a south-up file comes out north-up") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.transform = {-76, 0.5, 0, 2.5, 0, 0.5};
    spec.creation = {"BLOCKYSIZE=2"};
    write(folder / "south_up.tif", spec);
    const auto file = opened(folder / "south_up.tif");
    CHECK(file->source->grid().origin == geo::Point{-76, 4});
    CHECK(valid_values(*file->source) == std::vector<double>{9, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4});
    raster::Block block;
    file->source->read({1, 1, 2, 2}, block);
    const auto values = block.values<float>();
    CHECK(std::vector<float>(values.begin(), values.end()) == std::vector<float>{6, 7, 2, 3});
}

TEST_CASE("row 15: pixel-is-point files are not shifted by half a cell") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.then = [](GDALDataset& dataset) { dataset.SetMetadataItem("AREA_OR_POINT", "Point"); };
    write(folder / "point.tif", spec);
    CHECK(opened(folder / "point.tif")->source->grid().origin == geo::Point{-76, 4});
}

TEST_CASE("row 16: longitudes beyond 180 are moved or refused, never silently empty") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.transform = {284, 0.5, 0, 4, 0, -0.5};
    write(folder / "east.tif", spec);
    const auto file = opened(folder / "east.tif");
    CHECK(file->source->grid().origin == geo::Point{-76, 4});
    CHECK(ids(file->diagnostics) == std::vector<std::string>{"raster.longitudes_moved"});
    spec.transform = {0, 90, 0, 90, 0, -60};
    write(folder / "globe.tif", spec);
    CHECK(refusal(folder / "globe.tif") == "raster.longitudes_beyond_180");
}

TEST_CASE("row 19: a grid in US feet gives true hectares") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.crs = "EPSG:2264";
    spec.transform = {1'500'000, 1000, 0, 700'000, 0, -1000};
    write(folder / "feet.tif", spec);
    const auto file = opened(folder / "feet.tif");
    const std::vector<raster::Zone> zones{{"z", rectangle(1'500'000, 697'000, 1'504'000, 700'000)}};
    const auto rows = raster::class_areas(*file->source, zones, file->source->grid().crs);
    double hectares = 0;
    for (const auto& row : rows)
        hectares += row.area.value();
    // 12 squares of 1,000 US survey feet (0.3048006096 m); the projection's scale is within 2e-4 of 1.
    CHECK(hectares == Approx(12 * 304.8006096 * 304.8006096 / 1e4).epsilon(1e-3));
}

TEST_CASE("rows 24, 25 and 30: NaN, declared or stray, is no value; infinities are none either") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.values[2] = std::numeric_limits<double>::quiet_NaN();
    spec.values[5] = std::numeric_limits<double>::infinity();
    write(folder / "stray.tif", spec);
    spec.then = [](GDALDataset& dataset) {
        dataset.GetRasterBand(1)->SetNoDataValue(std::numeric_limits<double>::quiet_NaN());
    };
    write(folder / "declared.tif", spec);
    const std::vector<double> expected{1, 2, 4, 5, 7, 8, 9, 10, 11, 12};
    CHECK(valid_values(*opened(folder / "stray.tif")->source) == expected);
    CHECK(valid_values(*opened(folder / "declared.tif")->source) == expected);
    raster::Block block;
    const auto file = opened(folder / "stray.tif");
    file->source->read(file->source->grid().whole(), block);
    CHECK(block.infinite == 1);
}

TEST_CASE("row 26: a nodata of -3.4e38 also masks cells of -3.4028235e38") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.values[0] = -3.4028234663852886e38;
    spec.values[1] = -3.4e38;
    spec.then = [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValue(-3.4e38); };
    write(folder / "huge.tif", spec);
    const auto file = opened(folder / "huge.tif");
    CHECK(valid_values(*file->source) == std::vector<double>{3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    raster::Block block;
    file->source->read(file->source->grid().whole(), block);
    CHECK(block.almost_nodata == 1);
}

TEST_CASE("row 27: a nodata outside the type is reported and masks nothing") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.type = GDT_Byte;
    spec.then = [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValue(-9999); };
    write(folder / "outside.tif", spec);
    const auto file = opened(folder / "outside.tif");
    CHECK(ids(file->diagnostics) == std::vector<std::string>{"raster.nodata_outside_type"});
    CHECK(valid_values(*file->source).size() == 12);
}

TEST_CASE("nodata that only the native type can tell apart is found: 0.1 as float, large 64-bit integers") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.values[0] = 0.1;
    spec.then = [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValue(0.1); };
    write(folder / "float.tif", spec);
    CHECK(valid_values(*opened(folder / "float.tif")->source).size() == 11);
    spec = {};
    spec.type = GDT_Int64;
    spec.values[3] = -9007199254740992.0;
    spec.then = [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValueAsInt64(-9007199254740992); };
    write(folder / "int64.tif", spec);
    CHECK(valid_values(*opened(folder / "int64.tif")->source).size() == 11);
}

TEST_CASE("row 28: scale and offset apply after nodata is found in raw values") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.type = GDT_Int16;
    spec.values = {0, 1, 2, 3, -32768, 5, 6, 7, 8, 9, 10, 11};
    spec.then = [](GDALDataset& dataset) {
        dataset.GetRasterBand(1)->SetNoDataValue(-32768);
        dataset.GetRasterBand(1)->SetScale(0.1);
        dataset.GetRasterBand(1)->SetOffset(-5);
    };
    write(folder / "scaled.tif", spec);
    const std::vector<double> values = valid_values(*opened(folder / "scaled.tif")->source);
    REQUIRE(values.size() == 11);
    CHECK(values[0] == Approx(-5));
    CHECK(values[10] == Approx(-3.9));
}

TEST_CASE("row 29: mask bands and alpha decide validity") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.then = [](GDALDataset& dataset) {
        CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES");
        REQUIRE(dataset.CreateMaskBand(GMF_PER_DATASET) == CE_None);
        CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", nullptr);
        std::vector<std::uint8_t> mask{255, 255, 0, 0, 255, 255, 255, 255, 255, 255, 255, 0};
        REQUIRE(dataset.GetRasterBand(1)->GetMaskBand()->RasterIO(GF_Write, 0, 0, 4, 3, mask.data(), 4, 3, GDT_Byte, 0,
                                                                  0, nullptr) == CE_None);
    };
    write(folder / "masked.tif", spec);
    CHECK(valid_values(*opened(folder / "masked.tif")->source) == std::vector<double>{1, 2, 5, 6, 7, 8, 9, 10, 11});
}

TEST_CASE("row 31: complex rasters are refused") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.type = GDT_CFloat32;
    write(folder / "complex.tif", spec);
    CHECK(refusal(folder / "complex.tif") == "raster.complex");
}

TEST_CASE("row 34: overviews and stored statistics are never believed") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.width = 512;
    spec.height = 512;
    spec.transform = {-76, 0.001, 0, 4, 0, -0.001};
    spec.creation = {"TILED=YES"};
    spec.values.assign(512 * 512, 1.0);
    write(folder / "a.tif", spec);
    {
        const geo::io::GdalDataset dataset(GDALDataset::Open((folder / "a.tif").c_str(), GDAL_OF_UPDATE));
        int factor = 2;
        REQUIRE(dataset->BuildOverviews("NEAREST", 1, &factor, 0, nullptr, nullptr, nullptr) == CE_None);
        std::vector<float> lie(256 * 256, 99);
        REQUIRE(dataset->GetRasterBand(1)->GetOverview(0)->RasterIO(GF_Write, 0, 0, 256, 256, lie.data(), 256, 256,
                                                                    GDT_Float32, 0, 0, nullptr) == CE_None);
        dataset->GetRasterBand(1)->SetStatistics(5, 6, 5.5, 0.1);
    }
    const auto file = opened(folder / "a.tif");
    raster::ZonalRequest request;
    request.layers = {{"a", file->source.get()}};
    const std::vector<std::string> names{"a"};
    request.statistics = {raster::parse_statistic("mean", names), raster::parse_statistic("max", names)};
    const std::vector<raster::Zone> zones{{"z", rectangle(-76, 3.5, -75.5, 4)}};
    const auto result = raster::zonal(request, zones, geo::Crs::wgs84());
    CHECK(result.columns[0].values[0] == 1.0);
    CHECK(result.columns[1].values[0] == 1.0);
}

TEST_CASE("row 112: folders, FIFOs and devices are refused at once; so are missing files and connection strings") {
    const TemporaryFolder folder;
    CHECK(refusal(folder.path().string()) == "file.directory");
    const std::string fifo = folder / "fifo.tif";
    REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);
    CHECK(refusal(fifo) == "file.not_regular");
    CHECK(refusal("/dev/zero") == "file.not_regular");
    CHECK(refusal(folder / "absent.tif") == "file.missing");
    CHECK(refusal("/vsicurl/http://example.org/a.tif", geo::ErrorKind::policy) == "source.network");
    CHECK(refusal("WMS:http://example.org", geo::ErrorKind::policy) == "source.network");
    CHECK(refusal("/vsizip/a.zip/a.tif", geo::ErrorKind::policy) == "source.reference");
}

TEST_CASE("band references split at the last colon before digits") {
    CHECK(raster::io::parse_band_reference("a.tif:3") == BandReference{"a.tif", 3});
    CHECK(raster::io::parse_band_reference("a.tif") == BandReference{"a.tif", 1});
    CHECK(raster::io::parse_band_reference("b:c/a.tif") == BandReference{"b:c/a.tif", 1});
    CHECK(raster::io::parse_band_reference("a.tif:") == BandReference{"a.tif:", 1});
    CHECK_THROWS_AS(raster::io::parse_band_reference("a.tif:0"), geo::Error);
    const TemporaryFolder folder;
    write(folder / "a.tif", {});
    CHECK(refusal(folder / "a.tif", geo::ErrorKind::usage, 2) == "raster.band_missing");
}

TEST_CASE("row 36: absurd sizes are refused before anything is read") {
    const TemporaryFolder folder;
    FileSpec spec;
    spec.width = 2'000'000;
    spec.height = 2'000'000;
    spec.transform = {-76, 1e-7, 0, 4, 0, -1e-7};
    spec.type = GDT_Byte;
    spec.creation = {"SPARSE_OK=TRUE", "TILED=YES", "BLOCKXSIZE=16384", "BLOCKYSIZE=16384", "BIGTIFF=YES"};
    spec.values = {};
    write(folder / "absurd.tif", spec);
    CHECK(refusal(folder / "absurd.tif", geo::ErrorKind::policy) == "raster.absurd_size");
}

TEST_CASE("what is written is read back, cell by cell, and the same bytes come twice") {
    const TemporaryFolder folder;
    Raster<std::uint8_t> raster(grid_of({-76, 4}, 0.001, 700, 600));
    for (int row = 0; row < 600; ++row) {
        for (int col = 0; col < 700; ++col)
            raster.at(col, row) = static_cast<std::uint8_t>((col / 50 + row / 60) % 4);
    }
    raster.set_valid(3, 5, false);
    raster::io::GeotiffOptions options;
    options.nodata = 255;
    options.class_names = {{0, "otro"}, {3, "coca"}};
    options.colours = {{3, {200, 30, 30, 255}}};
    for (const bool cloud : {true, false}) {
        options.cloud_optimised = cloud;
        const std::string path = folder / fmt::format("{}.tif", cloud);
        raster::io::write_geotiff(path, raster, options);
        const auto file = opened(path);
        CHECK(file->source->grid() == raster.grid());
        CHECK(file->source->class_names().at(3) == "coca");
        const Raster<double> back = raster::read_values(*file->source);
        CHECK_FALSE(back.valid(3, 5));
        CHECK(back.at(699, 599) == raster.at(699, 599));
        const std::string bytes = bytes_of(path);
        raster::io::write_geotiff(path, raster, options);
        CHECK(bytes_of(path) == bytes);
    }
    // Nothing beside the two files: no sidecars, no leftovers.
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);
    try {
        raster::io::write_geotiff("/dev/full/x.tif", raster, options);
        FAIL("written");
    } catch (const geo::Error& error) {
        CHECK(error.kind() == geo::ErrorKind::resource);
    }
}

}  // namespace vereda::tests
