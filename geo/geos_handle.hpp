/// GEOS's C API behind one owner per handle. Used inside geo/ only.
///
/// Each thread has its own context (created on first use, finished at thread exit). Errors that GEOS reports through
/// its message handler are kept per thread and thrown as Error(internal, "geos.failed") by owned() and
/// throw_geos_error(), never through the C callback.
#pragma once

#include <geos_c.h>

#include <memory>

#include "geo/geometry.hpp"

namespace vereda::geo {

[[nodiscard]] GEOSContextHandle_t geos_context();

struct GeosGeometryDeleter {
    void operator()(GEOSGeometry* geometry) const noexcept { GEOSGeom_destroy_r(geos_context(), geometry); }
};
using GeosGeometry = std::unique_ptr<GEOSGeometry, GeosGeometryDeleter>;

/// Takes ownership; a null pointer throws with the text of GEOS's last error on this thread.
[[nodiscard]] GeosGeometry owned(GEOSGeometry* geometry);
[[noreturn]] void throw_geos_error();

/// Open rings are closed; rings of fewer than three different places throw Error(input, "geometry.short_ring"), lines
/// of one point Error(input, "geometry.short_line").
[[nodiscard]] GeosGeometry to_geos(const MultiPolygon& polygons);
[[nodiscard]] GeosGeometry to_geos(const Geometry& geometry);
/// Polygonal parts of anything GEOS returns; lines and points in collections are dropped.
[[nodiscard]] MultiPolygon polygons_from(const GEOSGeometry* geometry);

}  // namespace vereda::geo
