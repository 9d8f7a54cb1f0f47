#include "regions/loss_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "geo/geodesic.hpp"
#include "raster/tabulate.hpp"

namespace vereda::regions {
namespace {

constexpr int kLastYearValue = 9999;  // greater values of the loss raster are no years
constexpr int kLastDriver = 255;

raster::Zone zone_named(std::size_t number, geo::MultiPolygon outline) {
    return {fmt::format("{:09}", number), std::move(outline)};
}

}  // namespace

double total_of(const ByDriver& parts) {
    double total = 0;
    for (const auto& [driver, area] : parts)
        total += area;
    return total;
}

LossTable::LossTable(const RegionSet& regions, std::span<const Survey> surveys, const LossTableInputs& inputs,
                     const raster::ZonalOptions& options)
    : count_(regions.regions().size()), base_year_(inputs.base_year) {
    std::vector<raster::Zone> zones;
    for (const Region& region : regions.regions())
        zones.push_back(zone_named(zones.size(), region.geometry));
    for (std::vector<geo::MultiPolygon>& near : near_crop(regions, surveys, inputs.radii, options.parallelism))
        for (geo::MultiPolygon& outline : near)
            zones.push_back(zone_named(zones.size(), std::move(outline)));
    raster::ZonalOptions untold = options;  // what is wrong with the rasters is told once, below
    untold.diagnostics = nullptr;
    count_forest(zones, regions.crs(), inputs, untold);
    for (FirstCrop& piece : first_crops(regions, surveys, options.parallelism)) {
        crop_zones_[{piece.region, piece.year}] = zones.size();
        zones.push_back(zone_named(zones.size(), std::move(piece.ground)));
    }
    count_loss(zones, regions.crs(), inputs, options);
}

void LossTable::count_loss(std::span<const raster::Zone> zones, const geo::Crs& crs, const LossTableInputs& inputs,
                           const raster::ZonalOptions& options) {
    std::vector<raster::KeyLayer> layers{
        {"loss year", inputs.loss_year, raster::Classing::whole_numbers(1, kLastYearValue)}};
    if (inputs.tree_cover != nullptr)
        layers.push_back({"tree cover", inputs.tree_cover, raster::Classing::by_breaks(inputs.covers)});
    if (inputs.drivers != nullptr)
        layers.push_back({"drivers", inputs.drivers, raster::Classing::whole_numbers(0, kLastDriver).with_missing()});
    loss_.resize(zones.size());
    for (const raster::TabulatedArea& row : raster::tabulate(layers, zones, crs, options)) {
        const int cover = inputs.tree_cover == nullptr ? 1 : row.keys[1].value_or(0);
        const std::optional<int> driver = inputs.drivers == nullptr ? std::nullopt : row.keys.back();
        if (cover > 0)
            loss_[row.zone][base_year_ + row.keys[0].value_or(0)].push_back({cover, driver, row.area.value()});
    }
}

void LossTable::count_forest(std::span<const raster::Zone> zones, const geo::Crs& crs, const LossTableInputs& inputs,
                             const raster::ZonalOptions& options) {
    forest_.assign(zones.size(), std::vector<double>(inputs.covers.size(), 0));
    if (inputs.tree_cover == nullptr) {
        for (std::size_t i = 0; i < zones.size(); ++i)
            if (!zones[i].geometry.empty())
                std::ranges::fill(forest_[i], geo::to_hectares(geo::ellipsoidal_area(zones[i].geometry, crs)).value());
        return;
    }
    const std::vector<raster::KeyLayer> layers{
        {"tree cover", inputs.tree_cover, raster::Classing::by_breaks(inputs.covers)}};
    for (const raster::TabulatedArea& row : raster::tabulate(layers, zones, crs, options))
        for (std::size_t cover = 0; cover < static_cast<std::size_t>(row.keys[0].value_or(0)); ++cover)
            forest_[row.zone][cover] += row.area.value();
}

std::size_t LossTable::zone(std::size_t region, std::optional<std::size_t> radius) const {
    return radius ? (1 + *radius) * count_ + region : region;
}

ByDriver LossTable::lost(std::size_t region, int year, std::size_t cover, std::optional<std::size_t> radius) const {
    ByDriver parts;
    const Zone& counted = loss_[zone(region, radius)];
    const auto found = counted.find(year);
    if (found == counted.end()) return parts;
    for (const Cell& cell : found->second)
        if (std::cmp_greater(cell.cover, cover)) parts[cell.driver] += cell.hectares;
    return parts;
}

double LossTable::forest(std::size_t region, std::size_t cover, std::optional<std::size_t> radius) const {
    return forest_[zone(region, radius)][cover];
}

double LossTable::lost_under_crop(std::size_t region, int year, int crop_year, std::size_t cover) const {
    const auto found = crop_zones_.find({region, crop_year});
    if (found == crop_zones_.end()) return 0;
    const auto lost = loss_[found->second].find(year);
    if (lost == loss_[found->second].end()) return 0;
    double total = 0;
    for (const Cell& cell : lost->second)
        if (std::cmp_greater(cell.cover, cover)) total += cell.hectares;
    return total;
}

int LossTable::last_year(std::size_t cover) const {
    int last = base_year_;
    for (std::size_t region = 0; region < count_; ++region)
        for (const auto& [year, cells] : loss_[region])
            if (std::ranges::any_of(cells, [&](const Cell& cell) { return std::cmp_greater(cell.cover, cover); }))
                last = std::max(last, year);
    return last;
}

}  // namespace vereda::regions
