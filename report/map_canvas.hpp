/// From the analysis CRS to the integer units of the map's SVG: x to the right, y down.
#pragma once

#include <string>

#include "geo/geometry.hpp"

namespace vereda::report {

class MapCanvas {
  public:
    static constexpr double width = 10'000;  ///< units of the drawing

    /// `extent` is not empty; a margin of 2 % is added.
    explicit MapCanvas(const geo::Box& extent);

    [[nodiscard]] double height() const { return height_; }
    /// Units of the drawing for one unit of the CRS.
    [[nodiscard]] double scale() const { return scale_; }
    [[nodiscard]] geo::Point place(geo::Point p) const;
    /// Path data with whole numbers, vertices that fall together drawn once. A polygon smaller than a unit is a point.
    [[nodiscard]] std::string path(const geo::MultiPolygon& polygons) const;
    [[nodiscard]] std::string path(const geo::LineString& line) const;

  private:
    void append(std::string& data, const std::vector<geo::Point>& vertices, bool closed) const;
    geo::Point origin_;
    double scale_;
    double height_;
};

/// The middle of what a geometry holds, for a symbol: an inner point of polygons, the centre of the box otherwise.
[[nodiscard]] geo::Point symbol_place(const geo::Geometry& geometry);

/// A round length that takes at most a quarter of the map: 1, 2 or 5 times a power of ten, in CRS units.
[[nodiscard]] double scale_bar_length(const MapCanvas& canvas);

}  // namespace vereda::report
