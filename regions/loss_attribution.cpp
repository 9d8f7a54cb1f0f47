#include "regions/loss_attribution.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "raster/tabulate.hpp"

namespace vereda::regions {

using namespace geo;

namespace {

constexpr int last_year_value = 9999;
constexpr double least_placebo_share = 0.01;
constexpr std::array other_lags{1, 3, 5};
constexpr std::array other_covers{10.0, 30.0, 50.0};
constexpr double biomass_step = 5;
constexpr double biomass_most = 600;

std::string driver_mechanism(int driver, const AttributionInputs& inputs) {
    const auto name = inputs.driver_names.find(driver);
    return "driver_" + (name == inputs.driver_names.end() ? std::to_string(driver) : name->second);
}

/// One region and year: not_crop, split.
class Split {
  public:
    Split(const LossRow& not_crop, double direct, std::size_t region, const LossTable& table, const LossChoice& choice)
        : row_(not_crop),
          forest_(table.forest(region, choice.cover)),
          forest_near_(table.forest(region, choice.cover, choice.radius)) {
        const ByDriver near = table.lost(region, row_.year, choice.cover, choice.radius);
        const double near_total = total_of(near);
        // Rounding aside, direct loss lies near crop; a share of it may lie in cells the table leaves out.
        const double kept = near_total > 0 ? std::max(0.0, 1 - direct / near_total) : 0;
        for (const auto& [driver, area] : near)
            near_[driver] = area * kept;
        for (const auto& [driver, area] : table.lost(region, row_.year, choice.cover)) {
            const auto found = near.find(driver);
            away_[driver] = std::max(0.0, area - (found == near.end() ? 0 : found->second));
        }
    }

    /// nullopt without placebo ground.
    [[nodiscard]] std::optional<double> associated() const {
        const double placebo = forest_ - forest_near_;
        if (!(placebo > least_placebo_share * forest_)) return std::nullopt;
        const double expected = total_of(away_) / placebo * forest_near_;
        return std::max(0.0, total_of(near_) - expected);
    }

    /// Rows that sum to not_crop's area exactly: the last one takes what rounding leaves.
    void add_rows(const AttributionInputs& inputs, std::vector<LossRow>& rows) const {
        const auto row = [&](std::string mechanism, double area) {
            LossRow added = row_;
            added.mechanism = std::move(mechanism);
            added.area = Hectares(area);
            rows.push_back(std::move(added));
        };
        const double near_total = total_of(near_);
        const double whole = near_total + total_of(away_);
        const double scale = whole > 0 ? row_.area.value() / whole : 0;
        double rest = row_.area.value();
        const std::optional<double> net = associated();
        const double net_share = net && near_total > 0 ? *net / near_total : 0;
        if (net) {
            row("associated", *net * scale);
            rest -= *net * scale;
        }
        ByDriver left = away_;
        for (const auto& [driver, area] : near_)
            left[driver] += area * (1 - net_share);
        for (const auto& [driver, area] : left) {
            if (!driver) continue;
            row(driver_mechanism(*driver, inputs), area * scale);
            rest -= area * scale;
        }
        row("unattributed", std::max(0.0, rest));
    }

  private:
    const LossRow& row_;
    double forest_;
    double forest_near_;
    ByDriver near_;
    ByDriver away_;
};

/// The account of one choice, from a table made before.
std::vector<LossRow> attributed(const LossTable& table, const LossScope& scope, const LossChoice& choice,
                                const AttributionInputs& inputs, Diagnostics& diagnostics) {
    std::vector<LossRow> rows;
    double direct = 0;
    std::vector<std::string> without;
    for (const LossRow& row : direct_loss(table, scope, choice, diagnostics)) {
        if (row.mechanism != "not_crop") {
            direct += row.area.value();
            rows.push_back(row);
            continue;
        }
        const std::size_t region = scope.regions->find(row.region_id).value();
        const Split split(row, direct, region, table, choice);
        if (!split.associated() && (without.empty() || without.back() != row.region_id))
            without.push_back(row.region_id);
        split.add_rows(inputs, rows);
        direct = 0;
    }
    for (const std::string& id : without)
        diagnostics.add({Severity::note, {"loss.no_placebo_ground"_msg, {{"id", id}}}, scope.raster});
    std::ranges::sort(rows, {}, [](const LossRow& r) { return std::tie(r.region_id, r.year, r.mechanism); });
    return rows;
}

LossTableInputs table_inputs(const AttributionInputs& inputs, std::vector<double> covers, std::vector<Metres> radii) {
    return {inputs.loss.loss_year, inputs.loss.base_year, inputs.loss.tree_cover,
            std::move(covers),     inputs.drivers,        std::move(radii)};
}

std::map<std::string, double> totals_by_mechanism(const std::vector<LossRow>& rows) {
    std::map<std::string, double> totals;
    for (const LossRow& row : rows)
        totals[row.mechanism.starts_with("direct_lag_") ? "direct" : row.mechanism] += row.area.value();
    return totals;
}

}  // namespace

std::vector<LossRow> attributed_loss(const RegionSet& regions, std::span<const Survey> surveys,
                                     const AttributionInputs& inputs, std::span<const int> years,
                                     Parallelism parallelism, Diagnostics& diagnostics, Progress* progress) {
    const LossScope scope = loss_scope(regions, surveys, inputs.loss, years, diagnostics);
    const LossTable table(regions, surveys, table_inputs(inputs, {inputs.loss.tree_cover_min}, {inputs.radius}),
                          {parallelism, &diagnostics, progress, {}});
    return attributed(table, scope, {0, 0, inputs.loss.max_lag}, inputs, diagnostics);
}

RangedLoss ranged_loss(const RegionSet& regions, std::span<const Survey> surveys, const AttributionInputs& inputs,
                       std::span<const int> years, Parallelism parallelism, Diagnostics& diagnostics,
                       Progress* progress) {
    std::set<double> covers{inputs.loss.tree_cover_min};
    if (inputs.loss.tree_cover != nullptr) covers.insert(other_covers.begin(), other_covers.end());
    const std::vector<double> cover_list(covers.begin(), covers.end());
    const std::vector<Metres> radii{inputs.radius, Metres(inputs.radius.value() / 2),
                                    Metres(inputs.radius.value() * 2)};
    const LossScope scope = loss_scope(regions, surveys, inputs.loss, years, diagnostics);
    const LossTable table(regions, surveys, table_inputs(inputs, cover_list, radii),
                          {parallelism, &diagnostics, progress, {}});
    const auto place_of = [&](double cover) {
        return static_cast<std::size_t>(std::ranges::find(cover_list, cover) - cover_list.begin());
    };
    const LossChoice chosen{place_of(inputs.loss.tree_cover_min), 0, inputs.loss.max_lag};
    RangedLoss result{attributed(table, scope, chosen, inputs, diagnostics), {}};

    std::map<std::string, LossRange> ranges;
    for (const auto& [mechanism, area] : totals_by_mechanism(result.rows))
        ranges[mechanism] = {mechanism, Hectares(area), Hectares(area), Hectares(area), {}, {}};
    const auto look = [&](const LossChoice& choice, const std::string& name) {
        Diagnostics told_already;
        const auto totals = totals_by_mechanism(attributed(table, scope, choice, inputs, told_already));
        for (auto& [mechanism, range] : ranges) {
            const auto found = totals.find(mechanism);
            const Hectares area(found == totals.end() ? 0 : found->second);
            if (area < range.lo) range.lo = area, range.lo_choice = name;
            if (area > range.hi) range.hi = area, range.hi_choice = name;
        }
    };
    for (const std::size_t radius : {std::size_t{1}, std::size_t{2}})
        look({chosen.cover, radius, chosen.max_lag}, fmt::format("radius_m={}", radii[radius].value()));
    for (const int lag : other_lags)
        if (lag != chosen.max_lag) look({chosen.cover, 0, lag}, fmt::format("max_lag={}", lag));
    for (const double cover : cover_list)
        if (cover != inputs.loss.tree_cover_min)
            look({place_of(cover), 0, chosen.max_lag}, fmt::format("tree_cover_min={}", cover));
    for (auto& [mechanism, range] : ranges)
        result.range.push_back(std::move(range));
    return result;
}

std::map<std::pair<std::string, int>, double> biomass_of_loss(const RegionSet& regions, const LossInputs& inputs,
                                                              const raster::RasterSource& biomass,
                                                              Parallelism parallelism) {
    std::vector<double> breaks;
    for (double at = biomass_step; at < biomass_most; at += biomass_step)
        breaks.push_back(at);
    std::vector<raster::KeyLayer> layers{
        {"loss year", inputs.loss_year, raster::Classing::whole_numbers(1, last_year_value)}};
    if (inputs.tree_cover != nullptr)
        layers.push_back({"tree cover", inputs.tree_cover, raster::Classing::by_breaks({inputs.tree_cover_min})});
    layers.push_back({"biomass", &biomass, raster::Classing::by_breaks(breaks)});
    std::vector<raster::Zone> zones;
    for (const Region& region : regions.regions())
        zones.push_back({fmt::format("{:09}", zones.size()), region.geometry});
    std::map<std::pair<std::string, int>, std::pair<double, double>> sums;  // biomass, hectares
    for (const raster::TabulatedArea& row :
         raster::tabulate(layers, zones, regions.crs(), {parallelism, nullptr, nullptr, {}})) {
        if (inputs.tree_cover != nullptr && row.keys[1] != 1) continue;
        auto& [tonnes, hectares] = sums[{regions.regions()[row.zone].id, inputs.base_year + row.keys[0].value_or(0)}];
        const double middle = (row.keys.back().value_or(0) + 0.5) * biomass_step;
        tonnes += row.area.value() * middle;
        hectares += row.area.value();
    }
    std::map<std::pair<std::string, int>, double> density;
    for (const auto& [key, sum] : sums)
        density[key] = sum.first / sum.second;
    return density;
}

}  // namespace vereda::regions
