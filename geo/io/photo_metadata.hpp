/// What a phone wrote into a photo: when and where it was taken, and which marks of the device it carries (EXIF, read
/// by GDAL's JPEG driver).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/date.hpp"
#include "geo/geometry.hpp"

namespace vereda::geo::io {

struct PhotoMetadata {
    std::optional<Date> taken_on;
    std::optional<Point> place;              ///< longitude, latitude in degrees, WGS 84
    std::vector<std::string> device_fields;  ///< names of EXIF fields that tell the device or its owner
};

/// Throws Error(input, "ledger.photo_unreadable") for a file that is no readable JPEG.
[[nodiscard]] PhotoMetadata photo_metadata(const std::string& path);

}  // namespace vereda::geo::io
