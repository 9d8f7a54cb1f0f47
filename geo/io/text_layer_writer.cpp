#include "geo/io/text_layer_writer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "geo/error.hpp"

namespace vereda::geo::io {

namespace {

/// Writes coordinate lists the way one text format does.
struct Notation {
    std::string_view point;  ///< fmt pattern of x and y
    std::string_view open;   ///< around a list of points or parts
    std::string_view close;
};

constexpr Notation json{"[{},{}]", "[", "]"};
constexpr Notation wkt{"{} {}", "(", ")"};

template <class Parts, class Write>
std::string listed(const Parts& parts, const Notation& notation, const Write& write) {
    std::string text(notation.open);
    bool first = true;
    for (const auto& part : parts) {
        if (!first) text += ',';
        first = false;
        text += write(part);
    }
    return text.append(notation.close);
}

std::string points_text(const std::vector<Point>& points, const Notation& notation) {
    return listed(points, notation, [&](Point p) { return fmt::format(fmt::runtime(notation.point), p.x, p.y); });
}

std::string lines_text(const std::vector<LineString>& lines, const Notation& notation) {
    return listed(lines, notation, [&](const LineString& line) { return points_text(line, notation); });
}

Ring turned(const Ring& ring, bool clockwise) {
    const double area = signed_area(ring);
    return (clockwise && area < 0) || (!clockwise && area > 0) ? Ring(ring.rbegin(), ring.rend()) : ring;
}

/// RFC 7946 wants outer rings counter-clockwise; the library's run clockwise.
std::string polygon_text(const Polygon& polygon, const Notation& notation, bool right_hand) {
    std::vector<Ring> rings{right_hand ? turned(polygon.outer, false) : polygon.outer};
    for (const Ring& inner : polygon.inners)
        rings.push_back(right_hand ? turned(inner, true) : inner);
    return listed(rings, notation, [&](const Ring& ring) { return points_text(ring, notation); });
}

std::string polygons_text(const MultiPolygon& polygons, const Notation& notation, bool right_hand) {
    return listed(polygons, notation, [&](const Polygon& p) { return polygon_text(p, notation, right_hand); });
}

std::string wkt_of(const Geometry& geometry) {
    if (const auto* points = std::get_if<Points>(&geometry)) {
        if (points->parts.size() == 1) return "POINT " + points_text(points->parts, wkt);
        return "MULTIPOINT " + listed(points->parts, wkt, [](Point p) { return points_text({p}, wkt); });
    }
    if (const auto* lines = std::get_if<Lines>(&geometry)) {
        if (lines->parts.size() == 1) return "LINESTRING " + points_text(lines->parts.front(), wkt);
        return "MULTILINESTRING " + lines_text(lines->parts, wkt);
    }
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) {
        if (polygons->empty()) return {};
        return "MULTIPOLYGON " + polygons_text(*polygons, wkt, false);
    }
    return {};
}

std::string geojson_geometry(const Geometry& geometry) {
    const auto object = [](std::string_view type, const std::string& coordinates) {
        return fmt::format(R"({{"type":"{}","coordinates":{}}})", type, coordinates);
    };
    if (const auto* points = std::get_if<Points>(&geometry)) {
        if (points->parts.size() == 1) {
            return object("Point", fmt::format("[{},{}]", points->parts.front().x, points->parts.front().y));
        }
        return object("MultiPoint", points_text(points->parts, json));
    }
    if (const auto* lines = std::get_if<Lines>(&geometry)) {
        if (lines->parts.size() == 1) return object("LineString", points_text(lines->parts.front(), json));
        return object("MultiLineString", lines_text(lines->parts, json));
    }
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) {
        if (polygons->size() == 1) return object("Polygon", polygon_text(polygons->front(), json, true));
        return object("MultiPolygon", polygons_text(*polygons, json, true));
    }
    return "null";
}

std::string json_value(const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *integer);
    if (const auto* real = std::get_if<double>(&value)) return std::isfinite(*real) ? fmt::format("{}", *real) : "null";
    if (std::holds_alternative<std::monostate>(value)) return "null";
    return nlohmann::json(to_text(value)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string geojson_text(const LayerToWrite& layer) {
    const CrsTransform to_wgs84(layer.crs, Crs::wgs84());
    std::string text = R"({"type":"FeatureCollection","name":)" + json_value(layer.name) + ",\"features\":[\n";
    for (std::size_t i = 0; i < layer.features.size(); ++i) {
        const Feature& feature = layer.features[i];
        text += R"({"type":"Feature","properties":{)";
        for (std::size_t k = 0; k < layer.schema.fields.size(); ++k) {
            if (k > 0) text += ',';
            text += json_value(layer.schema.fields[k].name) + ":" + json_value(feature.values[k]);
        }
        text += R"(},"geometry":)" + geojson_geometry(to_wgs84.forward(feature.geometry)) + "}";
        text += i + 1 < layer.features.size() ? ",\n" : "\n";
    }
    return text + "]}\n";
}

std::string csv_cell(const std::string& text) {
    const bool plain =
        text.find_first_of(",\"\r\n") == std::string::npos && !text.starts_with(' ') && !text.ends_with(' ');
    if (plain) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + "\"";
}

std::string csv_text(const LayerToWrite& layer) {
    const bool spatial = layer.geometry_type != "None";
    std::string text;
    for (std::size_t k = 0; k < layer.schema.fields.size(); ++k) {
        text += (k > 0 ? "," : "") + csv_cell(layer.schema.fields[k].name);
    }
    if (spatial) text += layer.schema.fields.empty() ? "wkt" : ",wkt";
    text += '\n';
    for (const Feature& feature : layer.features) {
        for (std::size_t k = 0; k < feature.values.size(); ++k)
            text += (k > 0 ? "," : "") + csv_cell(to_text(feature.values[k]));
        if (spatial) text += (feature.values.empty() ? "" : ",") + csv_cell(wkt_of(feature.geometry));
        text += '\n';
    }
    return text;
}

}  // namespace vereda::geo::io
