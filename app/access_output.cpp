#include "app/access_output.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

#include "geo/io/atomic_file.hpp"
#include "geo/io/feature_writer.hpp"
#include "geo/io/source_path.hpp"
#include "raster/io/geotiff_writer.hpp"
#include "report/csv.hpp"
#include "report/table.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr double no_time = -9999;
constexpr double no_origin = 0;
/// The low bits of times are noise that no level makes smaller.
constexpr int fast_deflate = 1;

/// A raster of what value(col, row) gives where an origin reaches.
template <class T, class ValueOf>
raster::Raster<T> reached_cells(const raster::CostSurface& surface, const ValueOf& value) {
    raster::Raster<T> raster(surface.grid());
    for (int row = 0; row < raster.height(); ++row) {
        for (int col = 0; col < raster.width(); ++col) {
            if (surface.origin(col, row) == raster::CostSurface::unreached) {
                raster.set_valid(col, row, false);
            } else {
                raster.at(col, row) = value(col, row);
            }
        }
    }
    return raster;
}

}  // namespace

raster::Raster<float> times_of(const raster::CostSurface& surface) {
    return reached_cells<float>(surface, [&](int col, int row) { return static_cast<float>(surface.time(col, row)); });
}

raster::Raster<std::int32_t> allocation_of(const raster::CostSurface& surface) {
    return reached_cells<std::int32_t>(surface, [&](int col, int row) { return surface.origin(col, row) + 1; });
}

void write_times(const std::string& path, const raster::Raster<float>& times, const RasterWriting& how) {
    raster::io::GeotiffOptions options;
    options.nodata = no_time;
    options.description = "travel time to the nearest origin";
    options.unit = "min";
    options.deflate_level = fast_deflate;
    options.threads = how.threads;
    options.progress = how.progress;
    raster::io::write_geotiff(path, times, options);
}

void write_allocation(const std::string& path, const raster::Raster<std::int32_t>& allocation,
                      const std::vector<std::string>& names, const RasterWriting& how) {
    raster::io::GeotiffOptions options;
    options.nodata = no_origin;
    options.description = "number of the nearest origin";
    options.threads = how.threads;
    options.progress = how.progress;
    for (std::size_t i = 0; i < names.size(); ++i)
        options.class_names.emplace(static_cast<std::int64_t>(i) + 1, names[i]);
    raster::io::write_geotiff(path, allocation, options);
}

std::vector<PointTime> times_at(const raster::CostSurface& surface, const std::vector<NamedPoint>& points,
                                const std::vector<std::string>& origin_names, Diagnostics& diagnostics) {
    std::vector<PointTime> times;
    for (const NamedPoint& point : points) {
        PointTime time{point.id, std::numeric_limits<double>::infinity(), {}};
        const auto cell = surface.grid().cell_at(point.place);
        if (!cell) {
            diagnostics.add({Severity::warning, {"access.point_outside"_msg, {}}, point.locus});
        } else if (const int origin = surface.origin(cell->col, cell->row); origin >= 0) {
            time.minutes = surface.time(cell->col, cell->row);
            time.origin = origin_names[static_cast<std::size_t>(origin)];
        } else {
            diagnostics.add({Severity::warning, {"access.point_unreached"_msg, {}}, point.locus});
        }
        times.push_back(std::move(time));
    }
    std::ranges::stable_sort(times, {}, &PointTime::id);
    return times;
}

void write_point_times(const std::string& path, const std::vector<PointTime>& times, const Crs& crs) {
    const auto values_of = [](const PointTime& time) {
        const bool reached = std::isfinite(time.minutes);
        return std::vector<Value>{time.id, reached ? Value(time.minutes) : Value(),
                                  reached ? Value(time.origin) : Value()};
    };
    if (io::ending_of(path) == ".csv") {
        static const std::array<report::Column, 3> columns{{
            {.name = "id", .type = FieldType::text, .unit = {}, .about = {}},
            {.name = "minutes", .type = FieldType::real, .unit = "min", .about = {}},
            {.name = "origin", .type = FieldType::text, .unit = {}, .about = {}},
        }};
        const report::TableDeclaration declaration{.name = "times", .title = {}, .about = {}, .columns = columns};
        report::Table table{&declaration, {}};
        for (const PointTime& time : times)
            table.rows.push_back(values_of(time));
        std::ostringstream text;
        report::write_csv(text, table);
        return io::write_file(path, text.str());
    }
    const Schema schema{{{"id", FieldType::text}, {"minutes", FieldType::real}, {"origin", FieldType::text}}};
    io::LayerToWrite layer{"times", {}, schema, crs, "None", {}, {}, {}};
    for (const PointTime& time : times) {
        Feature feature;
        feature.number = static_cast<std::int64_t>(layer.features.size()) + 1;
        feature.values = values_of(time);
        layer.features.push_back(std::move(feature));
    }
    io::write_layers(path, {std::move(layer)});
}

}  // namespace vereda::app
