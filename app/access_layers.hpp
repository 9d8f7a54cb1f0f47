/// The vector layers of travel times, moved into the CRS of the raster: origins and other points, roads and rivers,
/// barriers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/study.hpp"
#include "geo/crs.hpp"
#include "geo/diagnostic.hpp"
#include "geo/geometry.hpp"
#include "geo/message.hpp"

namespace vereda::app {

struct AccessLayer {
    std::string path;             ///< FILE or FILE|LAYER, as written on the command line
    std::optional<geo::Crs> crs;  ///< of tables that carry none
    bool allow_references = false;
};

/// What is named on the command line is meant: references are taken, network addresses never.
[[nodiscard]] StudySource source_of(const AccessLayer& layer);

struct NamedPoint {
    std::string id;
    geo::Point place;
    geo::Locus locus;
};

/// One per point; `id_field` empty: numbered as in the file. Features that are no points are left out with a warning.
/// Throws Error(input, "access.no_points") where none is left.
[[nodiscard]] std::vector<NamedPoint> read_points(const StudySource& layer, const std::string& id_field,
                                                  const geo::Crs& crs, geo::Diagnostics& diagnostics);

struct Way {
    geo::MultiLineString lines;
    double km_per_hour = 0;
};

struct WayOptions {
    std::string speed_field;
    std::optional<double> speed_where_missing = {};  ///< km/h
    std::optional<int> month = {};                   ///< ways closed in it are left out; nullopt: every way is open
    bool need_speed = true;                          ///< false: lines without one carry nobody and are left out
};

/// Lines with their speeds, only those that the month finds open. Throws Error(input) for a line without a speed, a
/// speed not above 0, and open_months that cannot be read.
[[nodiscard]] std::vector<Way> read_ways(const StudySource& layer, const WayOptions& options, const geo::Crs& crs,
                                         geo::Diagnostics& diagnostics);

struct Barriers {
    geo::MultiLineString lines;
    geo::MultiPolygon polygons;
};

[[nodiscard]] Barriers read_barriers(const StudySource& layer, const geo::Crs& crs, geo::Diagnostics& diagnostics);

}  // namespace vereda::app
