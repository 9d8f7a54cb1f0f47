/// What GDAL's GeoJSON driver does not tell: reads the whole text once, as a stream, before the driver sees it.
#pragma once

#include <string>

#include "geo/message.hpp"

namespace vereda::geo::io {

struct GeoJsonFacts {
    std::string crs_name;  ///< name in a `crs` member of before RFC 7946; empty when there is none
    bool utf8 = true;      ///< false: nothing else was looked at
};

/// Throws Error(input) "json.malformed" with the line, "json.duplicate_member", "json.nested_too_deep" (64),
/// "json.integer_too_large" (beyond 64 bits, which GDAL would round), and Error(policy, "crs.reference") for a `crs`
/// link.
[[nodiscard]] GeoJsonFacts check_geojson(const std::string& path, const Locus& locus);

/// The same for bytes in memory.
[[nodiscard]] GeoJsonFacts check_geojson_text(const std::string& text, const Locus& locus);

}  // namespace vereda::geo::io
