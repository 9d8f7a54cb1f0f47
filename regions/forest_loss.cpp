#include "regions/forest_loss.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "geo/topology.hpp"

namespace vereda::regions {
namespace {

using geo::operator""_msg;

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
std::vector<int> mapped_years(const LossScope& scope, const LossTable& table, std::size_t cover,
                              geo::Diagnostics& diagnostics) {
    const int last = table.last_year(cover);
    std::set<int> mapped;
    std::set<int> unknown;
    for (const int year : scope.years)
        (year > table.base_year() && year <= last ? mapped : unknown).insert(year);
    if (!unknown.empty()) {
        std::string list;
        for (const int year : unknown)
            list += (list.empty() ? "" : ", ") + std::to_string(year);
        diagnostics.add({geo::Severity::note, {"loss.years_not_mapped"_msg, {{"years", list}}}, scope.raster});
    }
    return {mapped.begin(), mapped.end()};
}

/// Rows of one region and year: the direct lags that a survey could show, then the rest.
void add_rows(const LossTable& table, const LossScope& scope, const LossChoice& choice, std::size_t r, int year,
              std::vector<LossRow>& rows) {
    const Region& region = scope.regions->regions()[r];
    const auto row = [&](std::string mechanism, double area) {
        rows.push_back({region.id, region.name, year, std::move(mechanism), geo::Hectares(area), std::nullopt,
                        std::nullopt, std::nullopt});
    };
    double rest = total_of(table.lost(r, year, choice.cover));
    for (int lag = 0; lag <= choice.max_lag; ++lag) {
        double area = total_of(table.lost_under_crop(r, year, year + lag, choice.cover));
        if (lag == 0) area += total_of(table.lost_under_crop(r, year, year - kSeenBefore, choice.cover));
        if (!scope.survey_years.contains(year + lag) && area == 0) continue;
        rest -= area;
        row(fmt::format("direct_lag_{}", lag), area);
    }
    row("not_crop", std::max(rest, 0.0));
}

}  // namespace

LossScope loss_scope(const RegionSet& regions, std::span<const Survey> surveys, const LossInputs& inputs,
                     std::span<const int> years, geo::Diagnostics& diagnostics) {
    LossScope scope{
        &regions, on_raster(regions, inputs, diagnostics), {years.begin(), years.end()}, {}, inputs.loss_year->locus()};
    for (const Survey& survey : surveys)
        scope.survey_years.insert(survey.year);
    return scope;
}

std::vector<LossRow> direct_loss(const LossTable& table, const LossScope& scope, const LossChoice& choice,
                                 geo::Diagnostics& diagnostics) {
    std::vector<LossRow> rows;
    const std::vector<int> told = mapped_years(scope, table, choice.cover, diagnostics);
    for (std::size_t r = 0; r < scope.on_raster.size(); ++r)
        if (scope.on_raster[r])
            for (const int year : told)
                add_rows(table, scope, choice, r, year, rows);
    return rows;
}

std::vector<LossRow> forest_loss(const RegionSet& regions, std::span<const Survey> surveys, const LossInputs& inputs,
                                 std::span<const int> years, geo::Parallelism parallelism,
                                 geo::Diagnostics& diagnostics, geo::Progress* progress) {
    const LossScope scope = loss_scope(regions, surveys, inputs, years, diagnostics);
    const LossTable table(
        regions, surveys,
        {inputs.loss_year, inputs.base_year, inputs.tree_cover, {inputs.tree_cover_min}, nullptr, {}, {}},
        {parallelism, &diagnostics, progress, {}});
    return direct_loss(table, scope, {0, inputs.max_lag}, diagnostics);
}

}  // namespace vereda::regions
