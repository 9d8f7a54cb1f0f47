#include "livelihoods/access_reach.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

#include "geo/spatial_index.hpp"

namespace vereda::livelihoods {

namespace {

double distance(geo::Point a, geo::Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

/// Position of the band that holds the value; the last is for what is not known.
std::size_t band_of(const AccessTo& access, const std::optional<double>& value) {
    if (!value || std::isnan(*value)) return access.edges.size() + 1;
    return static_cast<std::size_t>(std::ranges::lower_bound(access.edges, *value) - access.edges.begin());
}

std::vector<ReachRow> empty_bands(const AccessTo& access) {
    std::vector<ReachRow> rows(access.edges.size() + 2);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].kind = access.kind;
        rows[i].unit = access.unit;
        if (i > access.edges.size()) continue;
        rows[i].from = i == 0 ? 0 : access.edges[i - 1];
        if (i < access.edges.size()) rows[i].to = access.edges[i];
    }
    return rows;
}

/// Families with a delivery: where they live, and in which regions they are at all.
class Reached {
  public:
    Reached(std::span<const Household> households, const DeliveryReach& reach) : index_({}) {
        std::vector<geo::Box> boxes;
        for (std::size_t i = 0; i < households.size(); ++i) {
            by_id_.emplace(households[i].id, reach.delivered[i]);
            if (!reach.delivered[i]) continue;
            regions_.insert(households[i].region_id);
            if (!households[i].home) continue;
            homes_.push_back(*households[i].home);
            with_homes_.insert(households[i].region_id);
            geo::Box box;
            box.add(*households[i].home);
            boxes.push_back(box);
        }
        index_ = geo::SpatialIndex(boxes);
    }
    [[nodiscard]] std::optional<bool> family(const std::string& id) const {
        const auto found = by_id_.find(id);
        return id.empty() || found == by_id_.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] std::optional<geo::Metres> nearest(geo::Point point) const {
        const std::vector<std::size_t> near = index_.nearest(point, 1);
        if (near.empty()) return std::nullopt;
        return geo::Metres(distance(point, homes_[near.front()]));
    }
    [[nodiscard]] bool in_region(const std::string& id) const { return regions_.contains(id); }
    [[nodiscard]] bool has_home_in(const std::string& id) const { return with_homes_.contains(id); }

  private:
    std::unordered_map<std::string_view, bool> by_id_;
    std::set<std::string_view> regions_;
    std::set<std::string_view> with_homes_;
    std::vector<geo::Point> homes_;
    geo::SpatialIndex index_;
};

std::optional<NotReached> missing_for(const GrowingPlot& plot, const Reached& reached,
                                      std::optional<geo::Metres> nearest, geo::Metres near) {
    if (const auto family = reached.family(plot.plot->household_id))
        return *family ? std::nullopt : std::optional(NotReached::family_without_delivery);
    if (nearest && nearest->value() <= near.value()) return std::nullopt;
    if (plot.region_id.empty()) return NotReached::outside_regions;
    if (!reached.in_region(plot.region_id)) return NotReached::no_delivery_in_region;
    if (reached.has_home_in(plot.region_id)) return NotReached::no_reached_family_near;
    return std::nullopt;
}

}  // namespace

std::string_view name_of(NotReached why) {
    switch (why) {
        case NotReached::family_without_delivery:
            return "family_without_delivery";
        case NotReached::no_reached_family_near:
            return "no_reached_family_near";
        case NotReached::no_delivery_in_region:
            return "no_delivery_in_region";
        case NotReached::outside_regions:
            break;
    }
    return "outside_regions";
}

std::vector<GrowingPlot> growing_plots(std::span<const regions::Survey> surveys, const regions::RegionSet& regions) {
    std::map<regions::Crop, const regions::Survey*> last;
    for (const regions::Survey& survey : surveys) {
        const regions::Survey*& kept = last[survey.crop];
        if (kept == nullptr || kept->year < survey.year) kept = &survey;
    }
    std::vector<GrowingPlot> plots;
    for (const auto& [crop, survey] : last) {
        for (const regions::Plot& plot : survey->plots) {
            const geo::Box box = geo::envelope(geo::Geometry(plot.outline));
            if (box.empty()) continue;
            const geo::Point middle{(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
            const auto region = regions.region_at(middle);
            plots.push_back({&plot, survey, region ? regions.regions()[*region].id : std::string(), middle});
        }
    }
    return plots;
}

DeliveryReach delivery_reach(std::span<const Household> households, std::span<const Delivery> deliveries,
                             geo::Date as_of) {
    struct Got {
        bool promised = false;
        bool delivered = false;
        bool confirmed = false;
    };
    std::unordered_map<std::string_view, Got> families;
    std::unordered_map<std::string_view, Got> regions;
    for (const Delivery& delivery : deliveries) {
        Got& got = delivery.household_id.empty() ? regions[delivery.region_id] : families[delivery.household_id];
        got.promised = got.promised || (delivery.promised_on && *delivery.promised_on <= as_of);
        if (!delivery.delivered_on || *delivery.delivered_on > as_of) continue;
        got.delivered = true;
        got.confirmed = got.confirmed || delivery.confirmation == Confirmation::confirmed;
    }
    DeliveryReach reach;
    for (const Household& household : households) {
        const auto own = families.find(household.id);
        const auto common = regions.find(household.region_id);
        const Got none;
        const Got& a = own == families.end() ? none : own->second;
        const Got& b = common == regions.end() ? none : common->second;
        reach.promised.push_back(a.promised || b.promised);
        reach.delivered.push_back(a.delivered || b.delivered);
        reach.confirmed.push_back(a.confirmed || b.confirmed);
    }
    return reach;
}

std::vector<PlotReach> plot_reach(std::span<const GrowingPlot> plots, std::span<const Household> households,
                                  const DeliveryReach& reach, geo::Metres near) {
    const Reached reached(households, reach);
    std::vector<PlotReach> rows;
    rows.reserve(plots.size());
    for (std::size_t i = 0; i < plots.size(); ++i) {
        const std::optional<geo::Metres> nearest = reached.nearest(plots[i].middle);
        rows.push_back({i, missing_for(plots[i], reached, nearest, near), nearest});
    }
    return rows;
}

std::vector<ReachRow> reach_by_access(const AccessTo& access, const DeliveryReach& reach,
                                      std::span<const GrowingPlot> plots, std::span<const PlotReach> plot_reach) {
    std::vector<ReachRow> rows = empty_bands(access);
    for (std::size_t i = 0; i < access.households.size(); ++i) {
        ReachRow& row = rows[band_of(access, access.households[i])];
        ++row.registered;
        if (reach.promised[i]) ++row.promised;
        if (reach.delivered[i]) ++row.delivered;
        if (reach.confirmed[i]) ++row.confirmed;
    }
    for (std::size_t i = 0; i < plots.size(); ++i) {
        ReachRow& row = rows[band_of(access, access.plots[i])];
        const geo::Hectares area = geo::to_hectares(plots[i].plot->area);
        row.crop = row.crop + area;
        if (!plot_reach[i].missing) row.crop_reached = row.crop_reached + area;
    }
    for (ReachRow& row : rows)
        if (row.registered > 0)
            row.delivered_share = static_cast<double>(row.delivered) / static_cast<double>(row.registered);
    return rows;
}

}  // namespace vereda::livelihoods
