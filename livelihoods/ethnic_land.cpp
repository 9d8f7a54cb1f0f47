#include "livelihoods/ethnic_land.hpp"

#include "geo/topology.hpp"

namespace vereda::livelihoods {

namespace {

constexpr double sliver = 1e-6;

bool is_ethnic(const regions::Zone& zone, geo::Date day) {
    const bool kind = zone.kind == regions::ZoneKind::indigenous || zone.kind == regions::ZoneKind::collective;
    return kind && (!zone.valid_from || *zone.valid_from <= day) && (!zone.valid_to || *zone.valid_to >= day);
}

double share_of(const geo::MultiPolygon& region, const geo::MultiPolygon& land) {
    const double whole = geo::planar_area(region);
    if (!(whole > 0)) return 0;
    const double share = geo::planar_area(geo::intersection(region, land)) / whole;
    return share < sliver ? 0 : std::min(1.0, share);
}

}  // namespace

void add_ethnic_land(std::vector<RegionFacts>& facts, const regions::RegionSet& regions,
                     std::span<const regions::Zone> zones, geo::Date as_of) {
    if (zones.empty()) return;
    std::vector<geo::MultiPolygon> parts;
    for (const regions::Zone& zone : zones)
        if (is_ethnic(zone, as_of)) parts.push_back(zone.geometry);
    const geo::MultiPolygon land = parts.empty() ? geo::MultiPolygon() : geo::union_of(parts);
    for (RegionFacts& region : facts) {
        const auto at = regions.find(region.region_id);
        if (!at) continue;
        Measure measure;
        measure.value = land.empty() ? 0 : share_of(regions.regions()[*at].geometry, land);
        measure.as_of = as_of;
        measure.unit = "share";
        measure.source = "zones";
        region.measures.try_emplace("ethnic_land_share", std::move(measure));
    }
}

}  // namespace vereda::livelihoods
