#include "regions/loss_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "raster/tabulate.hpp"
#include "regions/crop_cells.hpp"

namespace vereda::regions {
namespace {

constexpr int kLastYearValue = 9999;  // greater values of the loss raster are no years
constexpr int kLastDriver = 255;
/// Parts of a radius at which its bands end; the last one is the ground that tells what is lost anyway.
constexpr double kBands[] = {0.25, 0.5, 1, 3};

std::vector<geo::Metres> band_edges(std::span<const geo::Metres> radii) {
    std::vector<geo::Metres> edges;
    for (const geo::Metres radius : radii)
        for (const double part : kBands)
            edges.emplace_back(part * radius.value());
    std::ranges::sort(edges);
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    return edges;
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
    : base_year_(inputs.base_year), edges_(band_edges(inputs.radii)) {
    std::vector<raster::Zone> zones;
    for (const Region& region : regions.regions())
        zones.push_back({fmt::format("{:09}", zones.size()), region.geometry});
    raster::ZonalOptions untold = options;  // what is wrong with the rasters is told once, below
    untold.diagnostics = nullptr;
    count_near(zones, regions, surveys, inputs, untold);
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
    for (const raster::TabulatedArea& row : raster::tabulate(layers, zones, crs, options)) {
        const int cover = inputs.tree_cover == nullptr ? 1 : row.keys[1].value_or(0);
        const std::optional<int> driver = inputs.drivers == nullptr ? std::nullopt : row.keys.back();
        if (cover > 0)
            loss_[{row.zone, base_year_ + row.keys[0].value_or(0)}].push_back({cover, driver, row.area.value()});
    }
}

void LossTable::count_near(std::span<const raster::Zone> zones, const RegionSet& regions,
                           std::span<const Survey> surveys, const LossTableInputs& inputs,
                           const raster::ZonalOptions& options) {
    raster::NearRequest request;
    request.event_year = inputs.loss_year;
    request.base_year = inputs.base_year;
    if (inputs.tree_cover != nullptr)
        request.stratum = {"tree cover", inputs.tree_cover, raster::Classing::by_breaks(inputs.covers)};
    if (inputs.drivers != nullptr)
        request.kind = {"drivers", inputs.drivers, raster::Classing::whole_numbers(0, kLastDriver)};
    const CropCells crop = crop_cells(surveys, regions.crs(), raster::near_grid(request), options.parallelism);
    if (crop.shares.empty()) return;
    request.runs = crop.new_plots;
    request.shares = crop.shares;
    request.edges = edges_;
    request.before = kSeenBefore;
    request.after = kSeenAfter;
    if (!inputs.years.empty()) {
        request.first_year = std::max(std::ranges::min(inputs.years), base_year_ + 1);
        request.last_year = std::ranges::max(inputs.years);
    }
    near_ = raster::near_counts(request, zones, regions.crs(), options);
    for (const raster::NearEvent& event : near_.events) {
        const Cell cell{event.stratum, event.kind, event.hectares};
        const Year year{event.zone, event.year};
        if (event.band < 0)
            under_crop_[{year, event.marked_year}].push_back(cell);
        else
            near_plots_[{year, event.band}].push_back(cell);
    }
}

ByDriver LossTable::sum_of(const std::vector<Cell>& cells, std::size_t cover) {
    ByDriver parts;
    for (const Cell& cell : cells)
        if (std::cmp_greater(cell.cover, cover)) parts[cell.driver] += cell.hectares;
    return parts;
}

ByDriver LossTable::lost(std::size_t region, int year, std::size_t cover) const {
    const auto found = loss_.find({region, year});
    return found == loss_.end() ? ByDriver{} : sum_of(found->second, cover);
}

ByDriver LossTable::lost_under_crop(std::size_t region, int year, int crop_year, std::size_t cover) const {
    const auto found = under_crop_.find({{region, year}, crop_year});
    return found == under_crop_.end() ? ByDriver{} : sum_of(found->second, cover);
}

ByDriver LossTable::lost_near(std::size_t region, int year, std::size_t band, std::size_t cover) const {
    const auto found = near_plots_.find({{region, year}, static_cast<int>(band)});
    return found == near_plots_.end() ? ByDriver{} : sum_of(found->second, cover);
}

int LossTable::last_year(std::size_t cover) const {
    int last = base_year_;
    for (const auto& [year, cells] : loss_)
        if (std::ranges::any_of(cells, [&](const Cell& cell) { return std::cmp_greater(cell.cover, cover); }))
            last = std::max(last, year.second);
    return last;
}

}  // namespace vereda::regions
