/// Shapes as few bytes: whole steps from vertex to vertex.
///
/// A stream of zigzag varints (7 bits a byte, lowest first). A polygon feature: number of polygons; of each the number
/// of rings (outer first); of each ring the number of vertices without the closing one, then x and y of each vertex as
/// differences from the vertex before it, which may belong to the feature before. Points are pairs of differences.
/// Differences are of rounded places, so that errors do not add up: every vertex lies within half a step of its own.
#pragma once

#include <cstdint>
#include <string>

#include "geo/geometry.hpp"

namespace vereda::report {

class PackedGeometry {
  public:
    /// `step` in units of the coordinates, above 0.
    PackedGeometry(geo::Point origin, double step) : origin_(origin), step_(step) {}

    void add(const geo::MultiPolygon& polygons);
    void add(geo::Point point);

    [[nodiscard]] geo::Point origin() const { return origin_; }
    [[nodiscard]] double step() const { return step_; }
    /// Where the next feature starts.
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    /// The next feature counts from the origin again, so that it can be read without those before it.
    void restart();

  private:
    void add(std::uint64_t number);
    void add_ring(const geo::Ring& ring);

    geo::Point origin_;
    double step_;
    std::int64_t x_ = 0;
    std::int64_t y_ = 0;
    std::string bytes_;
};

}  // namespace vereda::report
