#include "regions/crosswalk.hpp"

#include <algorithm>
#include <tuple>

#include "geo/topology.hpp"
#include "regions/tiled_land.hpp"

namespace vereda::regions {
namespace {

constexpr double kBorderShare = 1e-6;

/// Rows of one old region, weights of its overlaps with new ones and of the rest summing to 1.
std::vector<CrosswalkRow> rows_of(const Region& old, const RegionSet& new_regions, int until) {
    std::vector<CrosswalkRow> rows;
    const double whole = geo::planar_area(old.geometry);
    if (!(whole > 0)) return rows;
    const TiledLand land(old.geometry);
    double taken = 0;
    const auto add = [&](const std::string& to, double planar) {
        CrosswalkRow row;
        row.until = until;
        row.from_id = old.id;
        row.to_id = to;
        row.area_weight = planar / whole;
        rows.push_back(std::move(row));
        taken += planar;
    };
    for (const std::size_t r : new_regions.near(geo::envelope(old.geometry))) {
        const Region& region = new_regions.regions()[r];
        const double own = geo::planar_area(region.geometry);
        const double planar = land.area_within(region.geometry, own);
        if (planar > kBorderShare * std::min(whole, own)) add(region.id, planar);
    }
    if (whole - taken > kBorderShare * whole) add("", whole - taken);
    double sum = 0;
    for (const CrosswalkRow& row : rows)
        sum += row.area_weight;
    for (CrosswalkRow& row : rows) {
        row.area = old.area * row.area_weight;
        row.area_weight /= sum;
    }
    return rows;
}

}  // namespace

std::vector<CrosswalkRow> crosswalk(const RegionSet& old_regions, const RegionSet& new_regions,
                                    std::span<const geo::Point> homes, int until, geo::Parallelism parallelism) {
    std::map<std::pair<std::string, std::string>, long> counts;
    std::map<std::string, long> totals;
    for (const geo::Point& home : homes) {
        const auto from = old_regions.region_at(home);
        if (!from) continue;
        const auto to = new_regions.region_at(home);
        const std::string& old_id = old_regions.regions()[*from].id;
        ++counts[{old_id, to ? new_regions.regions()[*to].id : std::string()}];
        ++totals[old_id];
    }
    std::vector<CrosswalkRow> rows;
    geo::parallel_ordered<std::vector<CrosswalkRow>>(
        old_regions.regions().size(), parallelism,
        [&](std::size_t r) { return rows_of(old_regions.regions()[r], new_regions, until); },
        [&](std::size_t, std::vector<CrosswalkRow>&& found) { std::ranges::move(found, std::back_inserter(rows)); });
    // A home may stand where the overlap is too small for a row of its own.
    for (const auto& [ids, count] : counts) {
        const bool known = std::ranges::any_of(
            rows, [&](const CrosswalkRow& row) { return row.from_id == ids.first && row.to_id == ids.second; });
        if (!known) rows.push_back({until, ids.first, ids.second, geo::Hectares(0), 0, std::nullopt});
    }
    for (CrosswalkRow& row : rows) {
        const auto total = totals.find(row.from_id);
        if (total == totals.end()) continue;
        const auto count = counts.find({row.from_id, row.to_id});
        row.household_weight =
            count == counts.end() ? 0 : static_cast<double>(count->second) / static_cast<double>(total->second);
    }
    std::ranges::sort(rows, {}, [](const CrosswalkRow& row) { return std::tie(row.from_id, row.to_id); });
    return rows;
}

std::map<std::string, double> carried(const std::map<std::string, double>& by_old_region,
                                      std::span<const CrosswalkRow> crosswalk, CrosswalkWeight weight) {
    std::map<std::string, double> sums;
    for (const auto& [id, value] : by_old_region) {
        bool found = false;
        for (const CrosswalkRow& row : crosswalk) {
            if (row.from_id != id) continue;
            found = true;
            const bool by_households = weight == CrosswalkWeight::households && row.household_weight;
            sums[row.to_id] += value * (by_households ? *row.household_weight : row.area_weight);
        }
        if (!found) sums[""] += value;
    }
    return sums;
}

}  // namespace vereda::regions
