#include "regions/comparison_areas.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <string>

namespace vereda::regions {

namespace {

constexpr double kRegionRadii = 1;  ///< belts that a region must reach
constexpr double kSquareSide = 5;   ///< belts

template <class Key>
ComparisonAreas areas_by(const CropPanel& panel, ComparisonAreas::Kind kind, const Key& key) {
    std::map<decltype(key(panel.units.front())), std::size_t> known;
    for (const PanelUnit& unit : panel.units)
        known.try_emplace(key(unit), 0);
    std::size_t next = 0;
    for (auto& [name, position] : known)
        position = next++;
    ComparisonAreas areas{{}, next, kind};
    for (const PanelUnit& unit : panel.units)
        areas.of_unit.push_back(known.at(key(unit)));
    return areas;
}

}  // namespace

ComparisonAreas comparison_areas(const CropPanel& panel, const UnitIndex& index, geo::Metres belt) {
    ComparisonAreas regions =
        areas_by(panel, ComparisonAreas::Kind::regions, [](const PanelUnit& unit) { return unit.region_id; });
    std::vector<double> units_of(regions.count, 0);
    for (const std::size_t area : regions.of_unit)
        units_of[area] += 1;
    std::vector<double> of_unit;
    for (const std::size_t area : regions.of_unit)
        of_unit.push_back(units_of[area]);
    if (of_unit.empty()) return regions;
    const auto middle = of_unit.begin() + static_cast<std::ptrdiff_t>(of_unit.size() / 2);
    std::ranges::nth_element(of_unit, middle);
    const double covered = *middle * index.spacing().value() * index.spacing().value();
    const double reach = kRegionRadii * belt.value();
    if (covered >= std::numbers::pi * reach * reach) return regions;
    return square_areas(panel, belt * kSquareSide);
}

ComparisonAreas square_areas(const CropPanel& panel, geo::Metres side) {
    return areas_by(panel, ComparisonAreas::Kind::squares, [&](const PanelUnit& unit) {
        return std::pair(static_cast<long>(std::floor(unit.place.x / side.value())),
                         static_cast<long>(std::floor(unit.place.y / side.value())));
    });
}

ComparisonAreas one_area(const CropPanel& panel) {
    return {std::vector<std::size_t>(panel.units.size(), 0), 1, ComparisonAreas::Kind::everything};
}

}  // namespace vereda::regions
