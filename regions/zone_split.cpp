#include "regions/zone_split.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "geo/topology.hpp"
#include "regions/ground_split.hpp"

namespace vereda::regions {
namespace {

bool in_force(const Zone& zone, geo::Date day) {
    return (!zone.valid_from || *zone.valid_from <= day) && (!zone.valid_to || *zone.valid_to >= day);
}

}  // namespace

ZoneLand::ZoneLand(std::span<const Zone> zones, geo::Date day) {
    std::map<ZoneKind, std::vector<geo::MultiPolygon>> lands;
    std::map<ZoneKind, std::set<std::string>> names;
    for (const Zone& zone : zones) {
        if (!in_force(zone, day)) continue;
        lands[zone.kind].push_back(zone.geometry);
        names[zone.kind].insert(zone.name);
    }
    for (const auto& [kind, parts] : lands) {
        geo::MultiPolygon land = geo::union_of(parts);
        for (const Zone& zone : zones) {
            const bool out = !zone.exception_of.empty() && names[kind].contains(zone.exception_of);
            if (out && in_force(zone, day) && zone.kind != kind) land = geo::difference(land, zone.geometry);
        }
        kinds_.push_back({name_of(kind), TiledLand(land)});
    }
}

std::vector<ZonePart> ZoneLand::split(const geo::MultiPolygon& ground, double whole) const {
    struct Piece {
        std::string zones;
        geo::MultiPolygon geometry;
        double planar_area = 0;
    };
    std::vector<Piece> pieces{{"", ground, whole}};
    for (const Kind& kind : kinds_) {
        std::vector<Piece> next;
        for (Piece& piece : pieces) {
            const double inside = kind.land.area_within(piece.geometry, piece.planar_area);
            const std::string joined = piece.zones + (piece.zones.empty() ? "" : "+") + std::string(kind.name);
            if (inside <= rounding_share * whole) {
                next.push_back(std::move(piece));
            } else if (inside >= piece.planar_area - rounding_share * whole) {
                next.push_back({joined, std::move(piece.geometry), piece.planar_area});
            } else {
                next.push_back({joined, kind.land.within(piece.geometry), inside});
                next.push_back({piece.zones, kind.land.outside(piece.geometry), piece.planar_area - inside});
            }
        }
        pieces = std::move(next);
    }
    std::map<std::string, double> sums;
    for (const Piece& piece : pieces)
        sums[piece.zones.empty() ? "none" : piece.zones] += piece.planar_area;
    std::vector<ZonePart> parts;
    for (const auto& [zones, area] : sums)
        parts.push_back({zones, area});
    return parts;
}

}  // namespace vereda::regions
