#include "regions/forest_loss.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "geo/topology.hpp"
#include "raster/tabulate.hpp"

namespace vereda::regions {
namespace {

using geo::operator""_msg;

/// Ground of one region on which the study's first crop was seen in `year`.
struct FirstCrop {
    std::size_t region = 0;
    int year = 0;
    geo::MultiPolygon ground;
};

/// Hectares lost by year, of one zone.
using LossByYear = std::map<int, geo::Hectares>;

/// The outlines of all plots of one year, whatever the crop, with an index.
struct YearPlots {
    int year = 0;
    std::vector<const geo::MultiPolygon*> outlines;
    geo::SpatialIndex index{std::span<const geo::Box>{}};
};

std::vector<YearPlots> plots_by_year(std::span<const Survey> surveys) {
    std::map<int, YearPlots> by_year;
    for (const Survey& survey : surveys) {
        YearPlots& plots = by_year[survey.year];
        plots.year = survey.year;
        for (const Plot& plot : survey.plots)
            plots.outlines.push_back(&plot.outline);
    }
    std::vector<YearPlots> result;
    for (auto& [year, plots] : by_year) {
        std::vector<geo::Box> boxes;
        for (const geo::MultiPolygon* outline : plots.outlines)
            boxes.push_back(geo::envelope(*outline));
        plots.index = geo::SpatialIndex(boxes);
        result.push_back(std::move(plots));
    }
    return result;
}

/// The region's crop ground cut by the year in which crop was first seen on it; the pieces do not overlap.
std::vector<FirstCrop> first_crops(const RegionSet& regions, std::size_t r, const std::vector<YearPlots>& years) {
    const geo::MultiPolygon& region = regions.regions()[r].geometry;
    std::vector<FirstCrop> pieces;
    geo::MultiPolygon seen;
    for (const YearPlots& plots : years) {
        std::vector<geo::MultiPolygon> near;
        for (const std::size_t i : plots.index.query(geo::envelope(region))) {
            const geo::MultiPolygon& outline = *plots.outlines[i];
            near.push_back(regions.covers(r, outline) ? outline : geo::intersection(outline, region));
        }
        geo::MultiPolygon ground = geo::union_of(near);
        geo::MultiPolygon fresh = seen.empty() ? ground : geo::difference(ground, seen);
        if (ground.empty()) continue;
        seen = seen.empty() ? std::move(ground) : geo::union_of({std::move(seen), std::move(ground)});
        if (!fresh.empty()) pieces.push_back({r, plots.year, std::move(fresh)});
    }
    return pieces;
}

constexpr int kLastYearValue = 9999;  // greater values of the loss raster are no years

/// Loss by year for each zone, in the order of the zones.
std::vector<LossByYear> loss_by_year(const LossInputs& inputs, std::span<const raster::Zone> zones, const geo::Crs& crs,
                                     const raster::ZonalOptions& options) {
    std::vector<raster::KeyLayer> layers{
        {"loss year", inputs.loss_year, raster::Classing::whole_numbers(1, kLastYearValue)}};
    if (inputs.tree_cover != nullptr)
        layers.push_back({"tree cover", inputs.tree_cover, raster::Classing::by_breaks({inputs.tree_cover_min})});
    std::vector<LossByYear> result(zones.size());
    for (const raster::TabulatedArea& row : raster::tabulate(layers, zones, crs, options)) {
        const bool forest = inputs.tree_cover == nullptr || row.keys[1] == 1;
        if (forest) result[row.zone][inputs.base_year + row.keys[0].value_or(0)] += row.area;
    }
    return result;
}

/// Edges of regions are cut to follow the raster's CRS within this part of its cells.
constexpr double kEdgeTolerance = 0.1;
/// Less of a region than this beyond the raster's edge is rounding.
constexpr double kReportedShare = 1e-6;

/// Share of the region that lies on the raster, measured in the raster's plane.
double share_on_raster(const Region& region, const raster::Grid& grid, const geo::CrsTransform& to_raster) {
    if (region.geometry.empty()) return 0;
    const geo::Box extent = grid.extent();
    const geo::Box box = to_raster.forward(geo::envelope(region.geometry));
    if (!box.intersects(extent)) return 0;
    if (box.min.x >= extent.min.x && box.max.x <= extent.max.x && box.min.y >= extent.min.y &&
        box.max.y <= extent.max.y)
        return 1;
    geo::MultiPolygon frame(1);
    frame[0].outer = {{extent.min.x, extent.min.y},
                      {extent.min.x, extent.max.y},
                      {extent.max.x, extent.max.y},
                      {extent.max.x, extent.min.y},
                      {extent.min.x, extent.min.y}};
    const double tolerance = kEdgeTolerance * std::min(grid.cell_width, grid.cell_height);
    const geo::MultiPolygon moved = geo::repair(to_raster.forward_densified(region.geometry, tolerance)).polygons;
    return geo::planar_area(geo::intersection(moved, frame)) / geo::planar_area(moved);
}

/// Whether each region meets the raster; what lies off it is warned of.
std::vector<bool> on_raster(const RegionSet& regions, const LossInputs& inputs, geo::Diagnostics& diagnostics) {
    const geo::CrsTransform to_raster(regions.crs(), inputs.loss_year->grid().crs);
    std::vector<bool> result;
    for (const Region& region : regions.regions()) {
        const double share = share_on_raster(region, inputs.loss_year->grid(), to_raster);
        result.push_back(share > kReportedShare);
        if (share >= 1 - kReportedShare) continue;
        const geo::Message outside{"loss.region_outside"_msg, {{"id", region.id}}};
        const geo::Message in_part{"loss.region_partly_outside"_msg,
                                   {{"id", region.id}, {"percent", fmt::format("{:.1f}", 100 * share)}}};
        diagnostics.add(
            {geo::Severity::warning, result.back() ? in_part : outside, inputs.loss_year->locus(), std::nullopt});
    }
    return result;
}

/// The study's years that the raster can speak of.
std::vector<int> mapped_years(std::span<const int> years, const std::vector<LossByYear>& totals,
                              const LossInputs& inputs, geo::Diagnostics& diagnostics) {
    int last = inputs.base_year;
    for (const LossByYear& total : totals)
        if (!total.empty()) last = std::max(last, total.rbegin()->first);
    std::set<int> mapped;
    std::set<int> unknown;
    for (const int year : years)
        (year > inputs.base_year && year <= last ? mapped : unknown).insert(year);
    if (!unknown.empty()) {
        std::string list;
        for (const int year : unknown)
            list += (list.empty() ? "" : ", ") + std::to_string(year);
        diagnostics.add(
            {geo::Severity::note, {"loss.years_not_mapped"_msg, {{"years", list}}}, inputs.loss_year->locus()});
    }
    return {mapped.begin(), mapped.end()};
}

/// Rows of one region and year: the direct lags that a survey could show, then the rest.
void add_rows(const Region& region, int year, geo::Hectares total, const std::map<int, geo::Hectares>& by_lag,
              const std::set<int>& survey_years, int max_lag, std::vector<LossRow>& rows) {
    const auto row = [&](std::string mechanism, geo::Hectares area) {
        rows.push_back(
            {region.id, region.name, year, std::move(mechanism), area, std::nullopt, std::nullopt, std::nullopt});
    };
    geo::Hectares rest = total;
    for (int lag = 0; lag <= max_lag; ++lag) {
        if (!survey_years.contains(year + lag)) continue;
        const auto found = by_lag.find(lag);
        const geo::Hectares area = found == by_lag.end() ? geo::Hectares(0) : found->second;
        rest -= area;
        row(fmt::format("direct_lag_{}", lag), area);
    }
    row("not_crop", std::max(rest, geo::Hectares(0)));
}

}  // namespace

std::vector<LossRow> forest_loss(const RegionSet& regions, std::span<const Survey> surveys, const LossInputs& inputs,
                                 std::span<const int> years, geo::Parallelism parallelism,
                                 geo::Diagnostics& diagnostics, geo::Progress* progress) {
    const std::size_t count = regions.regions().size();
    const std::vector<YearPlots> plots = plots_by_year(surveys);
    std::set<int> survey_years;
    for (const YearPlots& year : plots)
        survey_years.insert(year.year);

    const std::vector<bool> mapped = on_raster(regions, inputs, diagnostics);
    std::vector<raster::Zone> whole;
    for (const Region& region : regions.regions())
        whole.push_back({region.id, region.geometry});
    const std::vector<LossByYear> totals =
        loss_by_year(inputs, whole, regions.crs(), {parallelism, &diagnostics, progress, {}});

    std::vector<FirstCrop> pieces;
    geo::parallel_ordered<std::vector<FirstCrop>>(
        count, parallelism, [&](std::size_t r) { return first_crops(regions, r, plots); },
        [&](std::size_t, std::vector<FirstCrop>&& of_region) {
            for (FirstCrop& piece : of_region)
                pieces.push_back(std::move(piece));
        });
    std::vector<raster::Zone> grounds;
    for (std::size_t i = 0; i < pieces.size(); ++i)
        grounds.push_back({fmt::format("{:09}", i), std::move(pieces[i].ground)});
    const std::vector<LossByYear> under_crop =
        loss_by_year(inputs, grounds, regions.crs(), {parallelism, nullptr, progress, {}});

    std::map<std::pair<std::size_t, int>, std::map<int, geo::Hectares>> direct;  // region and loss year → lag → area
    for (std::size_t i = 0; i < pieces.size(); ++i)
        for (const auto& [year, area] : under_crop[i])
            if (pieces[i].year >= year) direct[{pieces[i].region, year}][pieces[i].year - year] += area;

    std::vector<LossRow> rows;
    const std::vector<int> told = mapped_years(years, totals, inputs, diagnostics);
    for (std::size_t r = 0; r < count; ++r) {
        if (!mapped[r]) continue;
        for (const int year : told) {
            const auto total = totals[r].find(year);
            add_rows(regions.regions()[r], year, total == totals[r].end() ? geo::Hectares(0) : total->second,
                     direct[{r, year}], survey_years, inputs.max_lag, rows);
        }
    }
    return rows;
}

}  // namespace vereda::regions
