#include "livelihoods/plot_findings.hpp"

#include <fmt/format.h>
#include <algorithm>

#include "geo/topology.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

constexpr double least_zone_share = 0.01;  // (d) less of a plot in a zone is a border, not a place

std::vector<geo::Box> envelopes_of(std::span<const regions::Plot> plots) {
    std::vector<geo::Box> boxes;
    for (const regions::Plot& plot : plots)
        boxes.push_back(geo::envelope(plot.outline));
    return boxes;
}

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

PlotFindings::PlotFindings(std::span<const regions::Plot> plots, std::span<const Household> households,
                           std::span<const regions::Zone> zones)
    : plots_(plots),
      households_(households),
      zones_(zones),
      roll_(households),
      boxes_(envelopes_of(plots)),
      index_(boxes_) {
    for (const Household& household : households) {
        by_id_.emplace(household.id, &household);
        if (!household.registration_id.empty()) ++households_by_registration_[household.registration_id];
    }
    for (const regions::Zone& zone : zones)
        zone_boxes_.push_back(geo::envelope(zone.geometry));
    for (std::size_t i = 0; i < plots.size(); ++i) {
        for (const RuleUnit unit : {RuleUnit::family, RuleUnit::union_, RuleUnit::licence})
            ++plots_by_unit_[unit][unit_of(i, unit)];
    }
}

const Household* PlotFindings::household_of(std::size_t plot) const {
    const auto found = by_id_.find(plots_[plot].household_id);
    return found == by_id_.end() ? nullptr : found->second;
}

std::string_view PlotFindings::unit_of(std::size_t plot, RuleUnit unit) const {
    if (unit == RuleUnit::family) return plots_[plot].household_id;
    const Household* household = household_of(plot);
    if (household == nullptr) return {};
    return unit == RuleUnit::union_ ? household->union_name : household->registration_id;
}

void PlotFindings::add_register_findings(std::size_t plot, const RulePack& pack, geo::Date day,
                                         std::vector<Finding>& findings) const {
    const Household* household = household_of(plot);
    if (household == nullptr || !roll_.holds(*household, day)) {
        findings.push_back({"unregistered", {"small_plots.unregistered"_msg, {}}});
    } else {
        if (pack.register_cutoff && !household->registered_on) {
            findings.push_back({"registration_date_unknown", {"small_plots.registration_date_unknown"_msg, {}}});
        } else if (pack.register_cutoff && *household->registered_on > *pack.register_cutoff) {
            findings.push_back(
                {"after_cutoff",
                 {"small_plots.after_cutoff"_msg,
                  {{"date", geo::to_iso(*household->registered_on)}, {"cutoff", geo::to_iso(*pack.register_cutoff)}}}});
        }
        const bool title_asked = pack.require_title.value_or(false);
        if (title_asked && household->land_title == LandTitle::unknown) {
            findings.push_back({"title_unknown", {"small_plots.title_unknown"_msg, {}}});
        } else if (title_asked && household->land_title != LandTitle::titled) {
            findings.push_back({"title_missing", {"small_plots.title_missing"_msg, {}}});
        }
    }
    if (!pack.plots_per_unit) return;
    const RuleUnit unit = pack.unit.value_or(RuleUnit::family);
    const std::string_view key = unit_of(plot, unit);
    if (key.empty()) return;
    const long count = plots_by_unit_.at(unit).at(key);
    if (count <= *pack.plots_per_unit) return;
    findings.push_back({"more_than_per_family",
                        {"small_plots.more_than_per_family"_msg,
                         {{"count", std::to_string(count)}, {"allowed", std::to_string(*pack.plots_per_unit)}}}});
}

std::vector<PlotFindings::ZoneShare> PlotFindings::zone_shares(std::size_t plot, geo::Date day) const {
    std::vector<ZoneShare> shares;
    for (std::size_t z = 0; z < zones_.size(); ++z) {
        if (!valid_on(zones_[z], day) || !zone_boxes_[z].intersects(boxes_[plot])) continue;
        geo::MultiPolygon inside = geo::intersection(plots_[plot].outline, zones_[z].geometry);
        for (std::size_t e = 0; e < zones_.size() && !inside.empty(); ++e) {
            const bool excepts = !zones_[z].name.empty() && zones_[e].exception_of == zones_[z].name;
            if (e != z && excepts && valid_on(zones_[e], day) && zone_boxes_[e].intersects(boxes_[plot]))
                inside = geo::difference(inside, zones_[e].geometry);
        }
        if (!inside.empty()) shares.push_back({&zones_[z], geo::planar_area(inside)});
    }
    return shares;
}

void PlotFindings::add_zone_finding(std::size_t plot, const RulePack& pack, geo::Date day,
                                    std::optional<geo::SquareMetres> sd, std::vector<Finding>& findings) const {
    if (pack.zones.empty()) return;
    const double area = plots_[plot].area.value();
    const double least = std::max(least_zone_share * area, sd ? sd->value() : 0.0);
    const ZoneRule* deciding = nullptr;
    const ZoneShare* where = nullptr;
    const std::vector<ZoneShare> shares = zone_shares(plot, day);
    for (const ZoneShare& share : shares) {
        const ZoneRule* rule = rule_for(pack, share.zone->kind);
        if (rule == nullptr || !rule->allowed || share.area <= std::min(least, 0.5 * area)) continue;
        const bool higher = deciding == nullptr || rule->precedence > deciding->precedence;
        const bool stricter = deciding != nullptr && rule->precedence == deciding->precedence && !*rule->allowed;
        if (!higher && !stricter) continue;
        deciding = rule;
        where = &share;
    }
    if (deciding == nullptr || *deciding->allowed) return;
    findings.push_back({"zone",
                        {"small_plots.zone"_msg,
                         {{"zone", where->zone->name},
                          {"kind", std::string(regions::name_of(where->zone->kind))},
                          {"share", fmt::format("{:.0f}", 100 * std::min(1.0, where->area / area))}}}});
}

void PlotFindings::add_neighbour_findings(std::size_t plot, const RulePack& pack,
                                          std::vector<Finding>& findings) const {
    const Household* household = household_of(plot);
    if (pack.duplicates && household != nullptr && !household->registration_id.empty() &&
        households_by_registration_.at(household->registration_id) > 1) {
        findings.push_back({"duplicate_registration", {"small_plots.duplicate_registration"_msg, {}}});
    }
    if (!pack.no_subdivision.value_or(false) && !pack.duplicates) return;
    const regions::Plot& self = plots_[plot];
    geo::Box around = boxes_[plot];
    if (around.empty()) return;
    around.add(geo::Point{around.min.x - adjacent_within.value(), around.min.y - adjacent_within.value()});
    around.add(geo::Point{around.max.x + adjacent_within.value(), around.max.y + adjacent_within.value()});
    for (const std::size_t other : index_.query(around)) {
        if (other == plot) continue;
        const bool same_family = !self.household_id.empty() && self.household_id == plots_[other].household_id;
        const double smaller = std::min(self.area.value(), plots_[other].area.value());
        const double shared = geo::planar_area(geo::intersection(self.outline, plots_[other].outline));
        const geo::MessageArguments arguments{{"plot", plots_[other].id}};
        if (pack.duplicates && !same_family && shared > duplicate_overlap * smaller) {
            findings.push_back({"duplicate_plot", {"small_plots.duplicate_plot"_msg, arguments}});
            continue;
        }
        const Household* neighbour = household_of(other);
        const bool same_registration = household != nullptr && neighbour != nullptr &&
                                       !household->registration_id.empty() &&
                                       household->registration_id == neighbour->registration_id;
        if (pack.no_subdivision.value_or(false) && (same_family || same_registration) &&
            geo::distance(self.outline, plots_[other].outline) <= adjacent_within.value()) {
            findings.push_back({"possible_subdivision", {"small_plots.possible_subdivision"_msg, arguments}});
        }
    }
}

std::vector<Finding> PlotFindings::of(std::size_t plot, const RulePack& pack, geo::Date day,
                                      std::optional<geo::SquareMetres> sd) const {
    std::vector<Finding> findings;
    add_register_findings(plot, pack, day, findings);
    add_zone_finding(plot, pack, day, sd, findings);
    add_neighbour_findings(plot, pack, findings);
    return findings;
}

bool PlotFindings::lacks_allowed_zones(const RulePack& pack) const {
    if (!has_allowed_zone(pack)) return false;
    return std::ranges::none_of(zones_, [&](const regions::Zone& zone) {
        const ZoneRule* rule = rule_for(pack, zone.kind);
        return zone.exception_of.empty() && rule != nullptr && rule->allowed == true;
    });
}

bool PlotFindings::outside_allowed_zones(std::size_t plot, const RulePack& pack, geo::Date day) const {
    if (!has_allowed_zone(pack) || lacks_allowed_zones(pack)) return false;
    const std::vector<ZoneShare> shares = zone_shares(plot, day);
    return std::ranges::none_of(shares, [&](const ZoneShare& share) {
        const ZoneRule* rule = rule_for(pack, share.zone->kind);
        return rule != nullptr && rule->allowed == true;
    });
}

}  // namespace vereda::livelihoods
