#include "raster/io/geotiff_writer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/gdal_handle.hpp"

namespace vereda::raster::io {

using geo::operator""_msg;

namespace {

constexpr GDALDataType gdal_type(CellType type) {
    switch (type) {
        case CellType::uint16:
            return GDT_UInt16;
        case CellType::int16:
            return GDT_Int16;
        case CellType::int32:
            return GDT_Int32;
        case CellType::float32:
            return GDT_Float32;
        case CellType::float64:
            return GDT_Float64;
        default:
            return GDT_Byte;
    }
}

geo::Error not_written(const std::string& path, const std::string& reason) {
    geo::Locus locus;
    locus.file = path;
    return geo::Error(geo::ErrorKind::resource, {"raster.not_written"_msg, {{"reason", reason}}}, locus);
}

/// The values to be stored: nodata stands in cells without one.
template <class T>
std::vector<T> stored_values(const Raster<T>& raster, std::optional<double> nodata) {
    std::vector<T> values = raster.values();
    if (raster.mask().empty()) return values;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (raster.mask()[i] != 0) continue;
        if (!nodata) throw geo::Error(geo::ErrorKind::internal, {"raster.nodata_needed"_msg, {}});
        values[i] = static_cast<T>(*nodata);
    }
    return values;
}

class CharList {
  public:
    CharList() = default;
    CharList(const CharList&) = delete;
    CharList& operator=(const CharList&) = delete;
    ~CharList() { CSLDestroy(list_); }
    void set(const char* name, const char* value) { list_ = CSLSetNameValue(list_, name, value); }
    [[nodiscard]] char** get() const { return list_; }

  private:
    char** list_ = nullptr;
};

void describe_band(GDALRasterBand& band, const GeotiffOptions& options, bool bytes) {
    if (options.nodata) band.SetNoDataValue(*options.nodata);
    if (!options.description.empty()) band.SetDescription(options.description.c_str());
    if (!options.unit.empty()) band.SetUnitType(options.unit.c_str());
    // Category names would go to an .aux.xml file beside the raster; metadata stays inside it.
    for (const auto& [value, name] : options.class_names)
        band.SetMetadataItem(fmt::format("class_{}", value).c_str(), name.c_str());
    if (!options.colours.empty() && bytes) {
        GDALColorTable table;
        for (const auto& [value, colour] : options.colours) {
            const GDALColorEntry entry{colour.red, colour.green, colour.blue, colour.alpha};
            table.SetColorEntry(value, &entry);
        }
        band.SetColorTable(&table);
    }
}

geo::io::GdalDataset in_memory(const Grid& grid, CellType type) {
    GDALDriver* memory = GetGDALDriverManager()->GetDriverByName("MEM");
    geo::io::GdalDataset dataset(memory->Create("", grid.width, grid.height, 1, gdal_type(type), nullptr));
    if (dataset == nullptr) return dataset;
    double transform[6] = {grid.origin.x, grid.cell_width, 0, grid.origin.y, 0, -grid.cell_height};
    dataset->SetGeoTransform(transform);
    OGRSpatialReference reference;
    reference.importFromWkt(grid.crs.wkt().c_str());
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    dataset->SetSpatialRef(&reference);
    return dataset;
}

/// GDAL's progress callback: FALSE stops the writing.
int go_on(double /*complete*/, const char* /*message*/, void* progress) {
    try {
        static_cast<const geo::Progress*>(progress)->check();
    } catch (const geo::Error&) {
        return FALSE;
    }
    return TRUE;
}

bool create(const std::string& path, GDALDataset& memory, const GeotiffOptions& options, bool real) {
    CharList creation;
    creation.set("COMPRESS", "DEFLATE");
    creation.set("NUM_THREADS", std::to_string(options.threads).c_str());
    if (options.cloud_optimised) {
        creation.set("LEVEL", std::to_string(options.deflate_level).c_str());
        creation.set("PREDICTOR", "YES");
        creation.set("BLOCKSIZE", "512");
        creation.set("RESAMPLING", "NEAREST");
    } else {
        creation.set("ZLEVEL", std::to_string(options.deflate_level).c_str());
        creation.set("PREDICTOR", real ? "3" : "2");
        creation.set("TILED", "YES");
        creation.set("BLOCKXSIZE", "256");
        creation.set("BLOCKYSIZE", "256");
    }
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(options.cloud_optimised ? "COG" : "GTiff");
    const geo::io::GdalDataset written(driver->CreateCopy(
        path.c_str(), &memory, FALSE, creation.get(), options.progress == nullptr ? nullptr : go_on, options.progress));
    return written != nullptr;
}

/// Opens what was written and compares every cell.
template <class T>
bool holds(const std::string& path, const Grid& grid, const std::vector<T>& values) {
    const geo::io::GdalDataset dataset = geo::io::open_with(path, GDAL_OF_RASTER, {"GTiff"}, {});
    if (dataset == nullptr || dataset->GetRasterXSize() != grid.width || dataset->GetRasterYSize() != grid.height)
        return false;
    double transform[6] = {};
    if (dataset->GetGeoTransform(transform) != CE_None || transform[0] != grid.origin.x ||
        transform[1] != grid.cell_width || transform[3] != grid.origin.y || transform[5] != -grid.cell_height) {
        return false;
    }
    std::vector<T> row(static_cast<std::size_t>(grid.width));
    for (int r = 0; r < grid.height; ++r) {
        if (dataset->GetRasterBand(1)->RasterIO(GF_Read, 0, r, grid.width, 1, row.data(), grid.width, 1,
                                                gdal_type(cell_type_of<T>), 0, 0, nullptr) != CE_None) {
            return false;
        }
        const T* expected = values.data() + static_cast<std::size_t>(r) * row.size();
        if (std::memcmp(row.data(), expected, row.size() * sizeof(T)) != 0) return false;
    }
    return true;
}

}  // namespace

template <class T>
void write_geotiff(const std::string& path, const Raster<T>& raster, const GeotiffOptions& options) {
    geo::io::start_gdal();
    require_valid(raster.grid());
    const std::vector<T> values = stored_values(raster, options.nodata);
    geo::io::AtomicFile file(path);
    geo::io::GdalErrors errors;
    const geo::io::GdalSetting no_sidecars("GDAL_PAM_ENABLED", "NO");
    const Grid& grid = raster.grid();
    const geo::io::GdalDataset memory = in_memory(grid, cell_type_of<T>);
    if (memory == nullptr) throw not_written(path, errors.text());
    GDALRasterBand& band = *memory->GetRasterBand(1);
    describe_band(band, options, std::is_same_v<T, std::uint8_t>);
    const CPLErr filled = band.RasterIO(GF_Write, 0, 0, grid.width, grid.height, const_cast<T*>(values.data()),
                                        grid.width, grid.height, gdal_type(cell_type_of<T>), 0, 0, nullptr);
    const bool created = filled == CE_None && create(file.path(), *memory, options, std::is_floating_point_v<T>);
    if (options.progress != nullptr) options.progress->check();
    if (!created || errors.failed()) throw not_written(path, errors.text());
    if (options.progress != nullptr) options.progress->check();
    if (!holds(file.path(), grid, values) || errors.failed()) throw not_written(path, errors.text());
    file.commit();
}

template void write_geotiff(const std::string&, const Raster<std::uint8_t>&, const GeotiffOptions&);
template void write_geotiff(const std::string&, const Raster<std::uint16_t>&, const GeotiffOptions&);
template void write_geotiff(const std::string&, const Raster<std::int16_t>&, const GeotiffOptions&);
template void write_geotiff(const std::string&, const Raster<std::int32_t>&, const GeotiffOptions&);
template void write_geotiff(const std::string&, const Raster<float>&, const GeotiffOptions&);
template void write_geotiff(const std::string&, const Raster<double>&, const GeotiffOptions&);

}  // namespace vereda::raster::io
