/// Geometries as GeoPackage stores them (OGC 12-128r18, §2.1.3): a header with the envelope, then ISO WKB.
#pragma once

#include <cstdint>
#include <string>

#include "geo/geometry.hpp"

namespace vereda::geo::io {

struct GeopackageEncoding {
    std::int32_t srs_id = 0;
    bool single = false;  ///< single types where there is one part; else multi types always
};

/// Replaces `blob`; empty for monostate. Little-endian. Points have no envelope in the header, as in what GDAL writes.
/// Returns the envelope. Throws Error(input) "geometry.not_finite" (also from 1e15 on), "geometry.short_ring" and
/// "geometry.short_line".
Box encode(const Geometry& geometry, const GeopackageEncoding& encoding, std::string& blob);

}  // namespace vereda::geo::io
