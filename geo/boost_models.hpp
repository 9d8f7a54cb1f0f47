/// Makes geo's geometry values models of Boost.Geometry's concepts. Heavy: include it in sources, never in headers.
#pragma once

#include <boost/geometry.hpp>
#include <boost/geometry/geometries/register/box.hpp>
#include <boost/geometry/geometries/register/point.hpp>
#include <boost/geometry/geometries/register/ring.hpp>

#include "geo/geometry.hpp"

BOOST_GEOMETRY_REGISTER_POINT_2D(vereda::geo::Point, double, boost::geometry::cs::cartesian, x, y)
BOOST_GEOMETRY_REGISTER_BOX(vereda::geo::Box, vereda::geo::Point, min, max)
BOOST_GEOMETRY_REGISTER_RING(vereda::geo::Ring)

namespace boost::geometry::traits {

template <>
struct tag<vereda::geo::Polygon> {
    using type = polygon_tag;
};
template <>
struct ring_mutable_type<vereda::geo::Polygon> {
    using type = vereda::geo::Ring&;
};
template <>
struct ring_const_type<vereda::geo::Polygon> {
    using type = const vereda::geo::Ring&;
};
template <>
struct interior_mutable_type<vereda::geo::Polygon> {
    using type = std::vector<vereda::geo::Ring>&;
};
template <>
struct interior_const_type<vereda::geo::Polygon> {
    using type = const std::vector<vereda::geo::Ring>&;
};
template <>
struct exterior_ring<vereda::geo::Polygon> {
    static vereda::geo::Ring& get(vereda::geo::Polygon& p) { return p.outer; }
    static const vereda::geo::Ring& get(const vereda::geo::Polygon& p) { return p.outer; }
};
template <>
struct interior_rings<vereda::geo::Polygon> {
    static std::vector<vereda::geo::Ring>& get(vereda::geo::Polygon& p) { return p.inners; }
    static const std::vector<vereda::geo::Ring>& get(const vereda::geo::Polygon& p) { return p.inners; }
};
template <>
struct tag<vereda::geo::MultiPolygon> {
    using type = multi_polygon_tag;
};

}  // namespace boost::geometry::traits
