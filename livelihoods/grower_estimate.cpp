#include "livelihoods/grower_estimate.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string_view>

#include "geo/error.hpp"
#include "livelihoods/household.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

struct Area {
    double value = 0;
    double lo = 0;
    double hi = 0;
};

using RegionYear = std::pair<std::string_view, int>;

std::map<RegionYear, Area> area_by_year(std::span<const regions::PlotAreaRow> rows) {
    std::map<RegionYear, Area> areas;
    std::set<RegionYear> unseen;
    for (const regions::PlotAreaRow& row : rows) {
        const RegionYear key{row.region_id, row.year};
        if (!row.area) {
            unseen.insert(key);
            continue;
        }
        Area& area = areas[key];
        area.value += row.area->value();
        area.lo += row.area_lo.value_or(*row.area).value();
        area.hi += row.area_hi.value_or(*row.area).value();
    }
    for (const RegionYear& key : unseen)
        areas.erase(key);
    return areas;
}

int year_of(std::string_view period) {
    int year = 0;
    std::from_chars(period.data(), period.data() + std::min<std::size_t>(4, period.size()), year);
    return year;
}

}  // namespace

void add_grower_estimates(CoverageRows& rows, std::span<const regions::PlotAreaRow> areas,
                          const HectaresPerFamily& per_family) {
    const bool ordered = 0 < per_family.lo && per_family.lo <= per_family.value && per_family.value <= per_family.hi;
    if (!ordered) throw geo::Error(geo::ErrorKind::usage, {"coverage.ha_per_family"_msg, {}});
    const std::map<RegionYear, Area> by_year = area_by_year(areas);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const CoverageRow row = rows[i];
        const bool growers = row.group == name_of(HouseholdGroup::grower);
        const bool total = row.group == "all" && row.sex == "all" && row.ethnicity == "all";
        if (!growers && !total) continue;
        const auto found = by_year.find({row.region_id, year_of(row.period)});
        if (found == by_year.end()) continue;
        const Area& area = found->second;
        rows.set_growers(i, {area.value / per_family.value, area.lo / per_family.hi, area.hi / per_family.lo});
    }
}

}  // namespace vereda::livelihoods
