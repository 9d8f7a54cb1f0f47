/// What `vereda zonal` was asked for, with rasters opened and polygons read.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "geo/crs.hpp"
#include "geo/diagnostic.hpp"
#include "geo/feature.hpp"
#include "geo/parallel.hpp"
#include "geo/progress.hpp"
#include "raster/raster_source.hpp"
#include "raster/zonal.hpp"

namespace vereda::app {

/// `name=path:BAND`, `path:BAND` (named after the file), as written after -r or -w.
struct NamedRaster {
    std::string name;
    std::string reference;
};

/// A name is letters, digits and underscores, not beginning with a digit. Without `name=` the file's stem is taken,
/// other characters of it as underscores.
[[nodiscard]] NamedRaster parse_named_raster(std::string_view text);

/// Polygons of a layer with the attributes to be carried along.
struct ZonalPolygons {
    std::vector<raster::Zone> zones;          ///< valid; without polygons where the feature had none
    std::vector<geo::Field> columns;          ///< the id first, then the included ones
    std::vector<geo::Value> values;           ///< zone by zone, a value for each column
    std::vector<geo::MultiPolygon> outlines;  ///< as written, where they were asked for
    geo::Crs crs = geo::Crs::wgs84();
    geo::Locus locus;
};

struct ZonalPolygonOptions {
    std::string layer;
    std::string where;
    std::string id_field;  ///< empty: features are numbered from 1
    std::vector<std::string> included_fields;
    bool with_outlines = false;  ///< for output with geometry
    bool allow_references = false;
    geo::Parallelism parallelism;       ///< for proving outlines valid
    geo::Progress* progress = nullptr;  ///< told of two stages: reading and proving
};

/// Refuses empty and duplicate ids, unknown fields (with the nearest), layers without a single feature; repairs
/// outlines with a diagnostic each.
[[nodiscard]] ZonalPolygons read_zonal_polygons(const std::string& path, const ZonalPolygonOptions& options,
                                                geo::Diagnostics& diagnostics);

}  // namespace vereda::app
