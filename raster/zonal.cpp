#include "raster/zonal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/error.hpp"
#include "raster/zonal_plan.hpp"
#include "raster/zonal_run.hpp"

namespace vereda::raster {

using geo::operator""_msg;

namespace {

using detail::LayerPlan;
using detail::LayerState;
using detail::PairPlan;
using detail::ZonalPlan;
using detail::ZoneStates;

constexpr double square_metres_per_hectare = 10'000;

bool whole_values(const LayerPlan& layer) {
    const CellType type = layer.source->cell_type();
    return layer.source->scaling().identity() && type != CellType::float32 && type != CellType::float64;
}

/// Shares by scaled value, ascending.
std::vector<ValueShare> scaled_shares(const LayerState& state, Scaling scaling) {
    if (scaling.identity()) return state.table.sorted();
    ValueTable table;
    for (const ValueShare& share : state.table.shares())
        table.add({scaling.apply(share.value), share.cover, share.area});
    return table.sorted();
}

/// Turns the states of the zones into columns.
class Columns {
  public:
    Columns(const ZonalPlan& plan, const ZoneStates& states)
        : plan_(&plan), states_(&states), zones_(states.covered_share.size()) {}

    void append(const StatisticCall& call, std::vector<ZonalColumn>& columns) const {
        if (call.statistic == Statistic::crosstab) return;
        if (call.statistic == Statistic::frac) {
            append_shares(call, columns);
            return;
        }
        ZonalColumn column;
        column.name = column_name(call);
        column.unit = entry(call.statistic).unit;
        column.values.resize(zones_);
        if (call.statistic == Statistic::area_ha && call.raster.empty()) {
            for (std::size_t z = 0; z < zones_; ++z) {
                if (on_grid(z)) column.values[z] = states_->area[z] / square_metres_per_hectare;
            }
        } else {
            const std::size_t l = detail::layer_position(*plan_, call.raster);
            column.whole_numbers = is_whole(call.statistic, plan_->layers[l]);
            for (std::size_t z = 0; z < zones_; ++z) {
                if (on_grid(z)) column.values[z] = value(call, plan_->layers[l], states_->layer(z, l));
            }
        }
        columns.push_back(std::move(column));
    }

  private:
    [[nodiscard]] bool on_grid(std::size_t zone) const { return states_->covered_share[zone] > 0; }

    static bool is_whole(Statistic statistic, const LayerPlan& layer) {
        switch (statistic) {
            case Statistic::variety:
                return true;
            case Statistic::min:
            case Statistic::max:
            case Statistic::mode:
            case Statistic::minority:
                return whole_values(layer);
            default:
                return false;
        }
    }

    /// Own cells of a layer per cell of the common grid.
    static double cell_share(const LayerPlan& layer) {
        return 1.0 / (static_cast<double>(layer.nesting.factor_x) * layer.nesting.factor_y);
    }

    [[nodiscard]] std::optional<double> value(const StatisticCall& call, const LayerPlan& layer,
                                              const LayerState& state) const {
        const Scaling scaling = layer.source->scaling();
        const auto scaled = [&](std::optional<double> raw) -> std::optional<double> {
            if (!raw) return std::nullopt;
            return scaling.apply(*raw);
        };
        switch (call.statistic) {
            case Statistic::count:
                return state.moments.count() * cell_share(layer);
            case Statistic::area_ha:
                return state.valid_area / square_metres_per_hectare;
            case Statistic::sum:
                if (state.moments.empty()) return std::nullopt;
                return (state.moments.sum() * scaling.scale + scaling.offset * state.moments.count()) *
                       cell_share(layer);
            case Statistic::mean:
                return scaled(state.moments.mean());
            case Statistic::min:
                return scaled(scaling.scale < 0 ? state.extremes.max() : state.extremes.min());
            case Statistic::max:
                return scaled(scaling.scale < 0 ? state.extremes.min() : state.extremes.max());
            case Statistic::variance:
            case Statistic::stdev:
                return spread(call.statistic, scaling, state);
            case Statistic::weighted_mean:
            case Statistic::weighted_sum:
                return weighted(call.statistic, layer, state);
            default:
                return of_table(call, scaled_shares(state, scaling));
        }
    }

    static std::optional<double> spread(Statistic statistic, Scaling scaling, const LayerState& state) {
        const std::optional<double> variance = state.moments.variance();
        if (!variance) return std::nullopt;
        const double scaled = *variance * scaling.scale * scaling.scale;
        return statistic == Statistic::stdev ? std::sqrt(scaled) : scaled;
    }

    static std::optional<double> of_table(const StatisticCall& call, const std::vector<ValueShare>& shares) {
        switch (call.statistic) {
            case Statistic::median:
                return quantile(shares, 0.5);
            case Statistic::quantile:
                return quantile(shares, call.parameter.value_or(0.5));
            case Statistic::mode:
                return mode(shares);
            case Statistic::minority:
                return minority(shares);
            case Statistic::variety:
                return static_cast<double>(shares.size());
            default:
                return std::nullopt;
        }
    }

    /// A weight that is missing over a cell with a value leaves the weighted statistics without one.
    [[nodiscard]] std::optional<double> weighted(Statistic statistic, const LayerPlan& layer,
                                                 const LayerState& state) const {
        if (state.weight_missing) return std::nullopt;
        if (statistic == Statistic::weighted_mean) {
            if (state.weight_sum == 0) return std::nullopt;
            return state.weighted_sum / state.weight_sum;
        }
        const Nesting& weights = plan_->layers[plan_->weights].nesting;
        const double cells = static_cast<double>(std::min(layer.nesting.factor_x, weights.factor_x)) *
                             std::min(layer.nesting.factor_y, weights.factor_y);
        return state.weighted_sum / cells;
    }

    void append_shares(const StatisticCall& call, std::vector<ZonalColumn>& columns) const {
        const std::size_t l = detail::layer_position(*plan_, call.raster);
        const Scaling scaling = plan_->layers[l].source->scaling();
        const std::vector<double> wanted =
            call.parameter ? std::vector<double>{*call.parameter} : values_found(l, scaling);
        const std::size_t first = columns.size();
        for (const double value : wanted) {
            StatisticCall of_value = call;
            of_value.parameter = value;
            columns.push_back({column_name(of_value), std::string(entry(call.statistic).unit), false, {}});
            columns.back().values.resize(zones_);
        }
        const std::span<ZonalColumn> filled = std::span(columns).subspan(first);
        for (std::size_t z = 0; z < zones_; ++z) {
            const LayerState& state = states_->layer(z, l);
            if (scaling.identity()) {
                put_shares(state.table.shares(), wanted, z, filled);
            } else {
                put_shares(scaled_shares(state, scaling), wanted, z, filled);
            }
        }
    }

    /// The scaled values of a layer under any zone, ascending.
    [[nodiscard]] std::vector<double> values_found(std::size_t layer, Scaling scaling) const {
        ValueTable all;
        for (std::size_t z = 0; z < zones_; ++z) {
            for (const ValueShare& share : states_->layer(z, layer).table.shares())
                all.add(scaling.apply(share.value), 0);
        }
        std::vector<double> values;
        for (const ValueShare& share : all.sorted())
            values.push_back(share.value);
        return values;
    }

    /// One zone's shares of the wanted values (ascending): 0 for those it lacks, nothing where it has none at all.
    static void put_shares(const std::vector<ValueShare>& shares, const std::vector<double>& wanted, std::size_t zone,
                           std::span<ZonalColumn> columns) {
        if (shares.empty()) return;
        double total = 0;
        for (const ValueShare& share : shares)
            total += share.cover;
        for (ZonalColumn& column : columns)
            column.values[zone] = 0.0;
        for (const ValueShare& share : shares) {
            const auto place = std::ranges::lower_bound(wanted, share.value);
            if (place == wanted.end() || *place != share.value) continue;
            columns[static_cast<std::size_t>(place - wanted.begin())].values[zone] = share.cover / total;
        }
    }

    const ZonalPlan* plan_;
    const ZoneStates* states_;
    std::size_t zones_;
};

void report_coverage(const ZonalResult& result, const ZonalOptions& options) {
    const bool all_outside = std::ranges::none_of(result.covered_share, [](double share) { return share > 0; });
    if (all_outside) throw geo::Error(geo::ErrorKind::input, {"zones.all_outside"_msg, {}}, options.zones_locus);
    if (options.diagnostics == nullptr) return;
    constexpr double nearly_whole = 1 - 1e-9;
    for (std::size_t z = 0; z < result.ids.size(); ++z) {
        const double share = result.covered_share[z];
        if (share >= nearly_whole) continue;
        geo::Locus locus = options.zones_locus;
        locus.feature = result.ids[z];
        if (share == 0) {
            options.diagnostics->add({geo::Severity::warning, {"zone.outside"_msg, {}}, locus, {}});
        } else {
            options.diagnostics->add({geo::Severity::warning,
                                      {"zone.partly_outside"_msg, {{"percent", fmt::format("{:.1f}", 100 * share)}}},
                                      locus,
                                      {}});
        }
    }
}

/// Positions of the zones in ascending order of their ids, ties by position.
std::vector<std::size_t> order_by_id(const std::vector<std::string>& ids) {
    std::vector<std::size_t> order(ids.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return ids[a] < ids[b]; });
    return order;
}

std::vector<std::string> ids_of(std::span<const Zone> zones) {
    std::vector<std::string> ids;
    ids.reserve(zones.size());
    for (const Zone& zone : zones)
        ids.push_back(zone.id);
    return ids;
}

/// Pairs of several zones with one id stay apart: rows follow the zones.
std::vector<CrosstabRow> crosstab_rows(const ZonalPlan& plan, const ZoneStates& states, std::size_t pair,
                                       const std::vector<std::string>& ids) {
    const Scaling scaling_a = plan.layers[plan.pairs[pair].a].source->scaling();
    const Scaling scaling_b = plan.layers[plan.pairs[pair].b].source->scaling();
    std::vector<CrosstabRow> rows;
    for (const std::size_t z : order_by_id(ids)) {
        PairTable scaled;
        for (const PairShare& share : states.pair(z, pair).shares())
            scaled.add({scaling_a.apply(share.a), scaling_b.apply(share.b), share.area});
        for (const PairShare& share : scaled.sorted())
            rows.push_back({ids[z], share.a, share.b, to_hectares(geo::SquareMetres(share.area))});
    }
    return rows;
}

}  // namespace

ZonalResult zonal(const ZonalRequest& request, std::span<const Zone> zones, const geo::Crs& zones_crs,
                  const ZonalOptions& options) {
    const ZonalPlan plan = detail::plan_request(request);
    const ZoneStates states = detail::run_zonal(plan, zones, zones_crs, options);
    ZonalResult result;
    result.ids = ids_of(zones);
    result.covered_share = states.covered_share;
    report_coverage(result, options);
    const Columns columns(plan, states);
    for (const StatisticCall& call : request.statistics)
        columns.append(call, result.columns);
    for (std::size_t p = 0; p < plan.pairs.size(); ++p) {
        result.crosstabs.push_back({plan.layers[plan.pairs[p].a].name, plan.layers[plan.pairs[p].b].name,
                                    crosstab_rows(plan, states, p, result.ids)});
    }
    return result;
}

ZonalResult sorted_by_id(ZonalResult result) {
    const std::vector<std::size_t> order = order_by_id(result.ids);
    const auto rearranged = [&]<class T>(const std::vector<T>& values) {
        std::vector<T> moved;
        moved.reserve(values.size());
        for (const std::size_t i : order)
            moved.push_back(values[i]);
        return moved;
    };
    result.ids = rearranged(result.ids);
    result.covered_share = rearranged(result.covered_share);
    for (ZonalColumn& column : result.columns)
        column.values = rearranged(column.values);
    return result;
}

std::vector<CrosstabRow> crosstab(const RasterSource& a, const RasterSource& b, std::span<const Zone> zones,
                                  const geo::Crs& zones_crs, const ZonalOptions& options) {
    const std::string name_a = a.locus().file.empty() ? "a" : a.locus().file;
    const std::string name_b = b.locus().file.empty() ? "b" : b.locus().file;
    ZonalPlan plan = detail::plan_layers({{name_a, &a}, {name_b, &b}});
    plan.pairs.push_back({0, 1});
    return crosstab_rows(plan, detail::run_zonal(plan, zones, zones_crs, options), 0, ids_of(zones));
}

std::vector<CrosstabRow> class_areas(const RasterSource& source, std::span<const Zone> zones, const geo::Crs& zones_crs,
                                     const ZonalOptions& options) {
    ZonalPlan plan = detail::plan_layers({{source.locus().file, &source}});
    plan.layers.front().needs.area_table = true;
    const ZoneStates states = detail::run_zonal(plan, zones, zones_crs, options);
    const std::vector<std::string> ids = ids_of(zones);
    std::vector<CrosstabRow> rows;
    for (const std::size_t z : order_by_id(ids)) {
        for (const ValueShare& share : scaled_shares(states.layer(z, 0), source.scaling()))
            rows.push_back({ids[z], share.value, 0, to_hectares(geo::SquareMetres(share.area))});
    }
    return rows;
}

}  // namespace vereda::raster
