#include "report/map_canvas.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "geo/topology.hpp"

namespace vereda::report {

namespace {

void append_number(std::string& data, long value) {
    if (value >= 0 && !data.empty() && std::isdigit(static_cast<unsigned char>(data.back())) != 0) data += ' ';
    data += std::to_string(value);
}

}  // namespace

MapCanvas::MapCanvas(const geo::Box& extent) {
    const double size = std::max({extent.width(), extent.height(), 1e-9});
    const double margin = size * 0.02;
    origin_ = {extent.min.x - margin, extent.max.y + margin};
    scale_ = width / (std::max(extent.width(), 1e-9) + 2 * margin);
    // A tall study is narrowed so that the drawing is never more than 1.2 times as high as wide.
    const double tallest = width * 1.2;
    if ((extent.height() + 2 * margin) * scale_ > tallest) {
        scale_ = tallest / (extent.height() + 2 * margin);
        origin_.x -= (width / scale_ - extent.width() - 2 * margin) / 2;
    }
    height_ = std::ceil((extent.height() + 2 * margin) * scale_);
}

geo::Point MapCanvas::place(geo::Point p) const {
    return {std::round((p.x - origin_.x) * scale_), std::round((origin_.y - p.y) * scale_)};
}

void MapCanvas::append(std::string& data, const std::vector<geo::Point>& vertices, bool closed) const {
    if (vertices.empty()) return;
    geo::Point last = place(vertices.front());
    data += 'M';
    append_number(data, std::lround(last.x));
    append_number(data, std::lround(last.y));
    data += 'l';
    const std::size_t end = closed ? vertices.size() - 1 : vertices.size();  // Z draws the closing edge
    bool moved = false;
    for (std::size_t i = 1; i < end; ++i) {
        const geo::Point next = place(vertices[i]);
        if (next == last) continue;
        append_number(data, std::lround(next.x - last.x));
        append_number(data, std::lround(next.y - last.y));
        last = next;
        moved = true;
    }
    if (!moved) data += "0 0";
    if (closed) data += 'z';
}

std::string MapCanvas::path(const geo::MultiPolygon& polygons) const {
    std::string data;
    for (const geo::Polygon& polygon : polygons) {
        append(data, polygon.outer, true);
        for (const geo::Ring& inner : polygon.inners)
            append(data, inner, true);
    }
    return data;
}

std::string MapCanvas::path(const geo::LineString& line) const {
    std::string data;
    append(data, line, false);
    return data;
}

geo::Point symbol_place(const geo::Geometry& geometry) {
    if (const auto* polygons = std::get_if<geo::MultiPolygon>(&geometry); polygons != nullptr && !polygons->empty()) {
        const auto larger = [](const geo::Polygon& a, const geo::Polygon& b) {
            return geo::planar_area(a) < geo::planar_area(b);
        };
        return geo::interior_point({*std::ranges::max_element(*polygons, larger)});
    }
    const geo::Box box = geo::envelope(geometry);
    return {(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
}

double scale_bar_length(const MapCanvas& canvas) {
    const double longest = MapCanvas::width / 4 / canvas.scale();
    const double power = std::pow(10, std::floor(std::log10(longest)));
    for (const double factor : {5.0, 2.0}) {
        if (factor * power <= longest) return factor * power;
    }
    return power;
}

}  // namespace vereda::report
