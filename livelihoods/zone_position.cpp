#include "livelihoods/zone_position.hpp"

#include <algorithm>

namespace vereda::livelihoods {

namespace {

constexpr double least_zone_share = 0.01;  // (d) less of a plot in a zone is a border, not a place

bool valid_on(const regions::Zone& zone, geo::Date day) {
    return (!zone.valid_from || *zone.valid_from <= day) && (!zone.valid_to || day <= *zone.valid_to);
}

const ZoneRule* rule_for(const RulePack& pack, regions::ZoneKind kind) {
    const auto found = std::ranges::find(pack.zones, kind, &ZoneRule::kind);
    return found == pack.zones.end() ? nullptr : &*found;
}

bool has_allowed_zone(const RulePack& pack) {
    return std::ranges::any_of(pack.zones, [](const ZoneRule& rule) { return rule.allowed == true; });
}

}  // namespace

ZonePosition::ZonePosition(std::span<const regions::Zone> zones) : zones_(zones), exceptions_(zones.size()) {
    for (std::size_t z = 0; z < zones.size(); ++z) {
        boxes_.push_back(geo::envelope(zones[z].geometry));
        prepared_.emplace_back(zones[z].geometry);
        for (std::size_t e = 0; e < zones.size(); ++e) {
            const bool excepts = !zones[z].name.empty() && zones[e].exception_of == zones[z].name;
            if (e != z && excepts) exceptions_[z].push_back(e);
        }
    }
}

std::vector<ZoneShare> ZonePosition::shares(const regions::Plot& plot, geo::Date day) const {
    std::vector<ZoneShare> shares;
    const geo::Box box = geo::envelope(plot.outline);
    for (std::size_t z = 0; z < zones_.size(); ++z) {
        if (!valid_on(zones_[z], day) || !boxes_[z].intersects(box) || !prepared_[z].intersects(plot.outline)) continue;
        geo::MultiPolygon inside =
            prepared_[z].covers(plot.outline) ? plot.outline : geo::intersection(plot.outline, zones_[z].geometry);
        for (const std::size_t e : exceptions_[z]) {
            if (!inside.empty() && valid_on(zones_[e], day) && boxes_[e].intersects(box))
                inside = geo::difference(inside, zones_[e].geometry);
        }
        if (!inside.empty()) shares.push_back({&zones_[z], geo::planar_area(inside)});
    }
    return shares;
}

std::optional<DecidingZone> ZonePosition::deciding(const regions::Plot& plot, const RulePack& pack, geo::Date day,
                                                   std::optional<geo::SquareMetres> sd) const {
    if (pack.zones.empty()) return std::nullopt;
    const double area = plot.area.value();
    const double least = std::max(least_zone_share * area, sd ? sd->value() : 0.0);
    std::optional<DecidingZone> result;
    for (const ZoneShare& share : shares(plot, day)) {
        const ZoneRule* rule = rule_for(pack, share.zone->kind);
        if (rule == nullptr || !rule->allowed || share.area <= std::min(least, 0.5 * area)) continue;
        const bool higher = !result || rule->precedence > result->rule->precedence;
        const bool stricter = result && rule->precedence == result->rule->precedence && !*rule->allowed;
        if (higher || stricter) result = DecidingZone{rule, share};
    }
    return result;
}

bool ZonePosition::lacks_allowed(const RulePack& pack) const {
    if (!has_allowed_zone(pack)) return false;
    return std::ranges::none_of(zones_, [&](const regions::Zone& zone) {
        const ZoneRule* rule = rule_for(pack, zone.kind);
        return zone.exception_of.empty() && rule != nullptr && rule->allowed == true;
    });
}

bool ZonePosition::outside_allowed(const regions::Plot& plot, const RulePack& pack, geo::Date day) const {
    if (!has_allowed_zone(pack) || lacks_allowed(pack)) return false;
    const std::vector<ZoneShare> where = shares(plot, day);
    return std::ranges::none_of(where, [&](const ZoneShare& share) {
        const ZoneRule* rule = rule_for(pack, share.zone->kind);
        return rule != nullptr && rule->allowed == true;
    });
}

}  // namespace vereda::livelihoods
