#include "raster/io/band_description.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace vereda::raster::io {

using geo::operator""_msg;

namespace {

geo::Error refused(const BandDescription& band, geo::MessageId id, geo::MessageArguments arguments = {},
                   geo::ErrorKind kind = geo::ErrorKind::input) {
    return geo::Error(kind, {id, std::move(arguments)}, band.locus);
}

void warn(const BandDescription& band, geo::MessageId id, geo::MessageArguments arguments,
          geo::Diagnostics& diagnostics) {
    diagnostics.add({geo::Severity::warning, {id, std::move(arguments)}, band.locus, {}});
}

CellType cell_type(const BandDescription& description, GDALRasterBand& band) {
    switch (band.GetRasterDataType()) {
        case GDT_Byte: {
            const char* pixel_type = band.GetMetadataItem("PIXELTYPE", "IMAGE_STRUCTURE");
            return pixel_type != nullptr && EQUAL(pixel_type, "SIGNEDBYTE") ? CellType::int8 : CellType::uint8;
        }
        case GDT_UInt16:
            return CellType::uint16;
        case GDT_Int16:
            return CellType::int16;
        case GDT_UInt32:
            return CellType::uint32;
        case GDT_Int32:
            return CellType::int32;
        case GDT_UInt64:
            return CellType::uint64;
        case GDT_Int64:
            return CellType::int64;
        case GDT_Float32:
            return CellType::float32;
        case GDT_Float64:
            return CellType::float64;
        default:
            break;
    }
    throw refused(description, "raster.complex"_msg);
}

void check_size(const BandDescription& description) {
    constexpr std::int64_t most_cells = 1'000'000'000'000;
    constexpr std::int64_t largest_block = std::int64_t{1} << 29;
    const Grid& grid = description.grid;
    if (grid.cells() > most_cells) {
        throw refused(description, "raster.absurd_size"_msg,
                      {{"width", std::to_string(grid.width)}, {"height", std::to_string(grid.height)}},
                      geo::ErrorKind::policy);
    }
    const std::int64_t block = std::int64_t{description.blocks.width} * description.blocks.height *
                               static_cast<std::int64_t>(cell_size(description.type));
    if (block > largest_block) {
        throw refused(description, "raster.block_too_large"_msg, {{"megabytes", std::to_string(block >> 20)}},
                      geo::ErrorKind::policy);
    }
}

geo::Crs crs_of(const BandDescription& description, GDALDataset& dataset, const RasterOptions& options,
                geo::Diagnostics& diagnostics) {
    const OGRSpatialReference* reference = dataset.GetSpatialRef();
    if (reference == nullptr || reference->IsEmpty()) {
        if (!options.crs) throw refused(description, "raster.crs_missing"_msg);
        return *options.crs;
    }
    if (reference->IsLocal()) throw refused(description, "raster.crs_local"_msg);
    char* wkt = nullptr;
    const std::array<const char*, 2> format{"FORMAT=WKT2_2019", nullptr};
    const OGRErr exported = reference->exportToWkt(&wkt, format.data());
    const std::string text = wkt == nullptr ? "" : wkt;
    CPLFree(wkt);
    if (exported != OGRERR_NONE || text.empty()) throw refused(description, "raster.crs_missing"_msg);
    try {
        geo::Crs crs = geo::Crs::parse(text);
        if (options.crs && !(crs == *options.crs)) {
            warn(description, "raster.crs_kept"_msg, {{"file", crs.label()}, {"named", options.crs->label()}},
                 diagnostics);
        }
        return crs;
    } catch (geo::Error& error) {
        error.in_file(description.locus.file).in_layer(description.locus.layer);
        throw;
    }
}

/// Geographic grids in degrees within the globe; files that count longitudes from 0 to 360 are brought to −180 … 180
/// where they lie wholly beyond the antimeridian.
void check_globe(BandDescription& description, geo::Diagnostics& diagnostics) {
    Grid& grid = description.grid;
    if (!grid.crs.is_geographic()) return;
    const double degrees = grid.crs.unit_factor() * 180 / std::numbers::pi;
    const geo::Box extent = grid.extent();
    constexpr double pole = 90.5;
    constexpr double turn = 360;
    const double cell = grid.cell_width * degrees;
    const bool on_globe = extent.max.y * degrees <= pole && extent.min.y * degrees >= -pole &&
                          extent.min.x * degrees >= -turn && extent.max.x * degrees <= 1.5 * turn;
    if (!on_globe) throw refused(description, "raster.not_degrees"_msg);
    if (extent.min.x * degrees >= turn / 2 - cell / 2) {
        grid.origin.x -= turn / degrees;
        warn(description, "raster.longitudes_moved"_msg, {}, diagnostics);
    } else if (extent.max.x * degrees > turn / 2 + cell) {
        throw refused(description, "raster.longitudes_beyond_180"_msg);
    }
}

void place(BandDescription& description, GDALDataset& dataset) {
    std::array<double, 6> t{};
    const bool placed = dataset.GetGeoTransform(t.data()) == CE_None;
    constexpr std::array<double, 6> unset{0, 1, 0, 0, 0, 1};
    if (!placed || t == unset) throw refused(description, "raster.not_placed"_msg);
    Grid& grid = description.grid;
    constexpr double tolerance = 1e-3;  // cells over the whole extent
    const bool turned = std::abs(t[2]) * grid.height > tolerance * std::abs(t[1]) ||
                        std::abs(t[4]) * grid.width > tolerance * std::abs(t[5]);
    if (turned || t[1] < 0) throw refused(description, "raster.rotated"_msg);
    description.south_up = t[5] > 0;
    grid.cell_width = t[1];
    grid.cell_height = std::abs(t[5]);
    grid.origin = {t[0], description.south_up ? t[3] + t[5] * grid.height : t[3]};
}

template <class T>
Nodata integer_nodata(const BandDescription& description, double declared, geo::Diagnostics& diagnostics) {
    const bool fits = declared == std::floor(declared) &&
                      declared >= static_cast<double>(std::numeric_limits<T>::lowest()) &&
                      declared <= static_cast<double>(std::numeric_limits<T>::max());
    if (fits) return {static_cast<std::int64_t>(declared), false};
    warn(description, "raster.nodata_outside_type"_msg, {{"nodata", number_text(declared)}}, diagnostics);
    return {};
}

template <class T>
Nodata real_nodata(const BandDescription& description, double declared, geo::Diagnostics& diagnostics) {
    constexpr double huge = 1e30;  // no measurement is as large
    if (std::isnan(declared)) return {};
    if (std::abs(declared) > static_cast<double>(std::numeric_limits<T>::max())) {
        warn(description, "raster.nodata_outside_type"_msg, {{"nodata", number_text(declared)}}, diagnostics);
        const T most = declared < 0 ? std::numeric_limits<T>::lowest() : std::numeric_limits<T>::max();
        return {static_cast<double>(most), true};
    }
    return {static_cast<double>(static_cast<T>(declared)), std::abs(declared) >= huge};
}

Nodata nodata_of(const BandDescription& description, GDALRasterBand& band, geo::Diagnostics& diagnostics) {
    int declared = 0;
    if (description.type == CellType::int64) {
        const std::int64_t value = band.GetNoDataValueAsInt64(&declared);
        return declared != 0 ? Nodata{value, false} : Nodata{};
    }
    if (description.type == CellType::uint64) {
        const std::uint64_t value = band.GetNoDataValueAsUInt64(&declared);
        return declared != 0 ? Nodata{value, false} : Nodata{};
    }
    const double value = band.GetNoDataValue(&declared);
    if (declared == 0) return {};
    return with_cell_type(description.type, [&](auto tag) {
        using T = typename decltype(tag)::type;
        if constexpr (std::is_floating_point_v<T>) return real_nodata<T>(description, value, diagnostics);
        return integer_nodata<T>(description, value, diagnostics);
    });
}

Scaling scaling_of(const BandDescription& description, GDALRasterBand& band) {
    int has_scale = 0;
    int has_offset = 0;
    const double scale = band.GetScale(&has_scale);
    const double offset = band.GetOffset(&has_offset);
    const Scaling scaling{has_scale != 0 ? scale : 1.0, has_offset != 0 ? offset : 0.0};
    if (!std::isfinite(scaling.scale) || !std::isfinite(scaling.offset) || scaling.scale == 0) {
        throw refused(description, "raster.scale_invalid"_msg);
    }
    return scaling;
}

ClassNames names_of(GDALRasterBand& band) {
    ClassNames names;
    char** categories = band.GetCategoryNames();
    for (int i = 0; categories != nullptr && categories[i] != nullptr; ++i) {
        if (*categories[i] != '\0') names.emplace(i, categories[i]);
    }
    char** metadata = band.GetMetadata();
    constexpr std::string_view prefix = "class_";
    for (int i = 0; metadata != nullptr && metadata[i] != nullptr; ++i) {
        const std::string_view item = metadata[i];
        std::int64_t value = 0;
        if (!item.starts_with(prefix)) continue;
        const auto [end, error] = std::from_chars(item.data() + prefix.size(), item.data() + item.size(), value);
        if (error == std::errc() && *end == '=') names[value] = std::string(end + 1);
    }
    return names;
}

}  // namespace

BandDescription describe(GDALDataset& dataset, BandDescription begun, const RasterOptions& options,
                         geo::Diagnostics& diagnostics) {
    const int bands = dataset.GetRasterCount();
    if (bands == 0) throw refused(begun, "raster.no_bands"_msg);
    if (begun.band > bands) {
        throw refused(begun, "raster.band_missing"_msg,
                      {{"band", std::to_string(begun.band)}, {"bands", std::to_string(bands)}}, geo::ErrorKind::usage);
    }
    if (bands > 1) begun.locus.layer = "band " + std::to_string(begun.band);
    GDALRasterBand& band = *dataset.GetRasterBand(begun.band);
    begun.type = cell_type(begun, band);
    begun.grid.width = dataset.GetRasterXSize();
    begun.grid.height = dataset.GetRasterYSize();
    band.GetBlockSize(&begun.blocks.width, &begun.blocks.height);
    check_size(begun);
    begun.grid.crs = crs_of(begun, dataset, options, diagnostics);
    place(begun, dataset);
    require_valid(begun.grid);
    check_globe(begun, diagnostics);
    begun.scaling = scaling_of(begun, band);
    begun.names = names_of(band);
    begun.nodata = nodata_of(begun, band, diagnostics);
    const int flags = band.GetMaskFlags();
    begun.has_mask = (flags & (GMF_PER_DATASET | GMF_ALPHA)) != 0 && (flags & GMF_NODATA) == 0;
    return begun;
}

}  // namespace vereda::raster::io
