/// Geometry values from and to GDAL's. Used inside geo/io only.
#pragma once

#include <optional>

#include "geo/geometry.hpp"
#include "geo/io/gdal_handle.hpp"

namespace vereda::geo::io {

struct ReadGeometry {
    Geometry geometry;
    bool closed_ring = false;  ///< a ring whose ends differ was closed
    bool collection = false;   ///< parts of lower dimension were left out of a collection
};

/// Curves are linearised, Z and M dropped. Throws Error(input) "geometry.not_finite" (also beyond 1e15),
/// "geometry.short_ring" and "geometry.short_line".
[[nodiscard]] ReadGeometry geometry_from(const OGRGeometry& geometry);

/// Null for monostate. Multi types, except where `single` and there is one part.
[[nodiscard]] OgrGeometry to_ogr(const Geometry& geometry, bool single);

/// Dimension of the type: 0, 1, 2; nullopt for mixed or unknown types.
[[nodiscard]] std::optional<int> dimension_of(OGRwkbGeometryType type);
[[nodiscard]] std::optional<int> dimension_of(const Geometry& geometry);

}  // namespace vereda::geo::io
