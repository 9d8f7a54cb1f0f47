#include "raster/zonal_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "geo/error.hpp"

namespace vereda::raster::detail {

using geo::operator""_msg;

namespace {

geo::Error not_nested(const Layer& a, const Layer& b) {
    return geo::Error(geo::ErrorKind::input, {"raster.grids_do_not_nest"_msg, {{"a", a.name}, {"b", b.name}}});
}

const Layer& finest(const std::vector<Layer>& layers) {
    return *std::ranges::min_element(layers, {}, [](const Layer& layer) {
        return layer.source->grid().cell_width * layer.source->grid().cell_height;
    });
}

void need(LayerNeeds& needs, const StatisticCall& call) {
    switch (call.statistic) {
        case Statistic::count:
        case Statistic::sum:
        case Statistic::mean:
            needs.sums = true;
            break;
        case Statistic::variance:
        case Statistic::stdev:
            needs.squares = true;
            break;
        case Statistic::min:
        case Statistic::max:
            needs.extremes = true;
            break;
        case Statistic::median:
        case Statistic::quantile:
        case Statistic::mode:
        case Statistic::minority:
        case Statistic::variety:
        case Statistic::frac:
            needs.cover_table = true;
            break;
        case Statistic::area_ha:
            needs.valid_area = true;
            break;
        case Statistic::weighted_mean:
        case Statistic::weighted_sum:
            needs.weighted = true;
            break;
        case Statistic::crosstab:
            break;
    }
}

}  // namespace

ZonalPlan plan_layers(const std::vector<Layer>& layers) {
    if (layers.empty()) throw geo::Error(geo::ErrorKind::usage, {"zonal.no_raster"_msg, {}});
    const Layer& base = finest(layers);
    const Grid& fine = base.source->grid();
    std::int64_t left = 0;
    std::int64_t top = 0;
    std::int64_t right = fine.width;
    std::int64_t bottom = fine.height;
    ZonalPlan plan;
    for (const Layer& layer : layers) {
        const Grid& grid = layer.source->grid();
        const std::optional<Nesting> nested = nesting(fine, grid);
        if (!nested) throw not_nested(base, layer);
        plan.layers.push_back({layer.name, layer.source, *nested, {}, {}});
        left = std::min(left, -nested->col_offset);
        top = std::min(top, -nested->row_offset);
        right = std::max(right, std::int64_t{grid.width} * nested->factor_x - nested->col_offset);
        bottom = std::max(bottom, std::int64_t{grid.height} * nested->factor_y - nested->row_offset);
    }
    if (right - left > std::numeric_limits<int>::max() || bottom - top > std::numeric_limits<int>::max()) {
        throw not_nested(layers.front(), layers.back());
    }
    plan.grid = fine;
    if (left != 0) plan.grid.origin.x += static_cast<double>(left) * fine.cell_width;
    if (top != 0) plan.grid.origin.y -= static_cast<double>(top) * fine.cell_height;
    plan.grid.width = static_cast<int>(right - left);
    plan.grid.height = static_cast<int>(bottom - top);
    for (LayerPlan& layer : plan.layers) {
        layer.nesting.col_offset += left;
        layer.nesting.row_offset += top;
        const Grid& grid = layer.source->grid();
        layer.on_common = {static_cast<int>(-layer.nesting.col_offset), static_cast<int>(-layer.nesting.row_offset),
                           grid.width * layer.nesting.factor_x, grid.height * layer.nesting.factor_y};
    }
    return plan;
}

std::size_t layer_position(const ZonalPlan& plan, const std::string& name) {
    const auto found = std::ranges::find(plan.layers, name, &LayerPlan::name);
    if (found == plan.layers.end()) {
        std::vector<std::string> names;
        for (const LayerPlan& layer : plan.layers)
            names.push_back(layer.name);
        throw geo::Error(
            geo::ErrorKind::usage,
            {"raster.unknown_name"_msg, {{"name", name}, {"names", fmt::format("{}", fmt::join(names, ", "))}}});
    }
    return static_cast<std::size_t>(found - plan.layers.begin());
}

ZonalPlan plan_request(const ZonalRequest& request) {
    ZonalPlan plan = plan_layers(request.layers);
    for (const StatisticCall& call : request.statistics) {
        if (call.statistic == Statistic::area_ha && call.raster.empty()) {
            plan.zone_area = true;
            continue;
        }
        const std::size_t layer = layer_position(plan, call.raster);
        need(plan.layers[layer].needs, call);
        if (call.statistic == Statistic::crosstab) plan.pairs.push_back({layer, layer_position(plan, call.other)});
        if (entry(call.statistic).needs_weights) {
            if (request.weights.empty()) {
                throw geo::Error(geo::ErrorKind::usage,
                                 {"statistic.weights_needed"_msg, {{"name", std::string(entry(call.statistic).name)}}});
            }
            plan.weights = layer_position(plan, request.weights);
            plan.weighted = true;
        }
    }
    return plan;
}

}  // namespace vereda::raster::detail
