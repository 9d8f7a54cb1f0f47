#include "geo/io/photo_metadata.hpp"

#include <array>
#include <cstdio>

#include "geo/error.hpp"
#include "geo/io/gdal_handle.hpp"

namespace vereda::geo::io {

namespace {

/// "(4) (35) (12.5)": degrees, minutes, seconds.
std::optional<double> degrees(const char* text, const char* reference, const char* negative) {
    if (text == nullptr) return std::nullopt;
    std::array<double, 3> parts{};
    if (std::sscanf(text, "(%lf) (%lf) (%lf)", &parts[0], &parts[1], &parts[2]) < 1) return std::nullopt;
    const double value = parts[0] + parts[1] / 60 + parts[2] / 3600;
    return reference != nullptr && std::string_view(reference).starts_with(negative) ? -value : value;
}

/// "2016:12:03 14:05:11": the day.
std::optional<Date> day(const char* text) {
    if (text == nullptr) return std::nullopt;
    std::string iso = std::string(text).substr(0, 10);
    for (char& c : iso)
        if (c == ':') c = '-';
    return parse_date(iso, DateOrder::iso_only);
}

}  // namespace

PhotoMetadata photo_metadata(const std::string& path) {
    start_gdal();
    const GdalErrors errors;
    const GdalDataset dataset = open_with(path, GDAL_OF_RASTER | GDAL_OF_READONLY, {"JPEG"}, {});
    if (!dataset) throw Error(ErrorKind::input, {"ledger.photo_unreadable"_msg, {}}, Locus{path, {}, {}, 0, {}});
    const auto item = [&](const char* name) { return dataset->GetMetadataItem(name); };
    PhotoMetadata result;
    const char* taken = item("EXIF_DateTimeOriginal");
    result.taken_on = day(taken != nullptr ? taken : item("EXIF_DateTime"));
    const auto latitude = degrees(item("EXIF_GPSLatitude"), item("EXIF_GPSLatitudeRef"), "S");
    const auto longitude = degrees(item("EXIF_GPSLongitude"), item("EXIF_GPSLongitudeRef"), "W");
    if (latitude && longitude) result.place = Point{*longitude, *latitude};
    for (const char* name : {"EXIF_Make", "EXIF_Model", "EXIF_Software", "EXIF_Artist", "EXIF_Copyright",
                             "EXIF_ImageUniqueID", "EXIF_MakerNote", "EXIF_UserComment", "EXIF_HostComputer"}) {
        if (item(name) != nullptr) result.device_fields.emplace_back(name + 5);
    }
    return result;
}

}  // namespace vereda::geo::io
