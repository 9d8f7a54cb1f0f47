#include "regions/adding_up.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace vereda::regions {

namespace {

constexpr int kYearsBefore = 2;
constexpr std::array<AddingUpPlace, 5> kPlaces{AddingUpPlace::targets, AddingUpPlace::belt, AddingUpPlace::same_regions,
                                               AddingUpPlace::other_regions, AddingUpPlace::abroad};

struct Period {
    std::size_t from = 0;
    std::size_t to = 0;
};

std::vector<AddingUpPlace> places_of(const CropPanel& panel, const UnitIndex& index, std::span<const Removal> removals,
                                     geo::Metres belt) {
    std::vector<AddingUpPlace> places(panel.units.size(), AddingUpPlace::other_regions);
    std::set<std::string_view> regions;
    for (const Removal& removal : removals)
        for (const std::size_t unit : removal.targets)
            regions.insert(panel.units[unit].region_id);
    for (std::size_t u = 0; u < places.size(); ++u)
        if (regions.contains(panel.units[u].region_id)) places[u] = AddingUpPlace::same_regions;
    for (const Removal& removal : removals)
        for (const NearUnit& near : index.ring(removal.targets, belt))
            places[near.unit] = AddingUpPlace::belt;
    for (const Removal& removal : removals)
        for (const std::size_t unit : removal.targets)
            places[unit] = AddingUpPlace::targets;
    for (std::size_t u = 0; u < places.size(); ++u)
        if (panel.units[u].abroad) places[u] = AddingUpPlace::abroad;
    return places;
}

void add_period(const CropPanel& panel, const UnitIndex& index, std::span<const Removal> removals, geo::Metres belt,
                Period period, std::vector<AddingUpRow>& rows) {
    const int from = panel.years[period.from];
    const int to = panel.years[period.to];
    std::vector<Removal> of_period;
    double removed = 0;
    for (const Removal& removal : removals) {
        if (removal.year > to || removal.year <= from - kYearsBefore) continue;
        of_period.push_back(removal);
        if (removal.year > from) removed += removal.hectares;
    }
    if (of_period.empty()) return;
    std::array<AddingUpRow, kPlaces.size()> sums;
    for (std::size_t k = 0; k < kPlaces.size(); ++k)
        sums[k] = {from, to, kPlaces[k], 0, 0, k == 0 ? removed : 0, 0, 0};
    const std::vector<AddingUpPlace> places = places_of(panel, index, of_period, belt);
    for (std::size_t u = 0; u < places.size(); ++u) {
        AddingUpRow& row = sums[static_cast<std::size_t>(places[u])];
        const auto& before = panel.crop_ha[u][period.from];
        const auto& after = panel.crop_ha[u][period.to];
        ++row.units;
        if (!before || !after) {
            ++row.unseen_units;
            continue;
        }
        row.before_ha += *before;
        row.after_ha += *after;
    }
    rows.insert(rows.end(), sums.begin(), sums.end());
}

}  // namespace

std::string_view name_of(AddingUpPlace place) {
    static constexpr std::array<std::string_view, 5> names{"targets", "belt", "same_regions", "other_regions",
                                                           "abroad"};
    return names[static_cast<std::size_t>(place)];
}

std::vector<AddingUpRow> adding_up(const CropPanel& panel, const UnitIndex& index, std::span<const Removal> removals,
                                   geo::Metres belt) {
    std::vector<AddingUpRow> rows;
    if (removals.empty() || panel.years.size() < 2) return rows;
    for (std::size_t y = 0; y + 1 < panel.years.size(); ++y)
        add_period(panel, index, removals, belt, {y, y + 1}, rows);
    const int first = std::ranges::min(removals, {}, &Removal::year).year;
    const auto after = std::ranges::lower_bound(panel.years, first);
    const auto start = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - panel.years.begin() - 1, 0));
    if (panel.years.size() - start > 2) add_period(panel, index, removals, belt, {start, panel.years.size() - 1}, rows);
    return rows;
}

}  // namespace vereda::regions
