#include "regions/loss_attribution.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "raster/tabulate.hpp"
#include "regions/associated_loss.hpp"

namespace vereda::regions {

using namespace geo;

namespace {

constexpr int last_year_value = 9999;
constexpr double kNormal95 = 1.959963984540054;
constexpr std::array other_lags{1, 3, 5};
constexpr std::array other_covers{10.0, 30.0, 50.0};
constexpr double biomass_step = 5;
constexpr double biomass_most = 600;

std::string driver_mechanism(int driver, const AttributionInputs& inputs) {
    const auto name = inputs.driver_names.find(driver);
    return "driver_" + (name == inputs.driver_names.end() ? std::to_string(driver) : name->second);
}

/// Takes `area` out of the parts in the shares given, as far as they hold that much, the rest in proportion.
void take(ByDriver& parts, double area, const DriverAccuracy::Shares& shares) {
    double left = area;
    for (const auto& [mapped, share] : shares) {
        const auto part = parts.find(mapped);
        if (part == parts.end()) continue;
        const double taken = std::min(part->second, area * share);
        part->second -= taken;
        left -= taken;
    }
    const double total = total_of(parts);
    const double kept = total > 0 ? std::max(0.0, 1 - left / total) : 0;
    for (auto& [driver, part] : parts)
        part *= kept;
}

/// Taken out of `parts`, by driver.
ByDriver taken_from(ByDriver& parts, double area, const DriverAccuracy::Shares& shares) {
    ByDriver taken = parts;
    take(parts, area, shares);
    for (auto& [driver, part] : taken)
        part -= parts[driver];
    return taken;
}

void subtract(ByDriver& from, const ByDriver& parts) {
    for (const auto& [driver, area] : parts) {
        const auto found = from.find(driver);
        if (found != from.end()) found->second = std::max(0.0, found->second - area);
    }
}

/// Loss of one region and year on cells that became crop within the lags, by driver.
ByDriver direct_by_driver(const LossTable& table, std::size_t region, int year, const LossChoice& choice) {
    ByDriver parts;
    for (int crop_year = year - kSeenBefore; crop_year <= year + choice.max_lag; ++crop_year)
        for (const auto& [driver, area] : table.lost_under_crop(region, year, crop_year, choice.cover))
            parts[driver] += area;
    return parts;
}

/// How the driver map shows loss to crop: as its accuracy says, else as it shows direct loss.
DriverAccuracy::Shares shown_for_crop(const LossTable& table, const LossScope& scope, const LossChoice& choice,
                                      const AttributionInputs& inputs) {
    if (!inputs.driver_accuracy.crop.empty()) return inputs.driver_accuracy.crop;
    DriverAccuracy::Shares shares;
    double whole = 0;
    for (std::size_t region = 0; region < scope.on_raster.size(); ++region)
        for (const int year : scope.years)
            for (const auto& [driver, area] : direct_by_driver(table, region, year, choice)) {
                if (driver) shares[*driver] += area;
                whole += area;
            }
    for (auto& [driver, share] : shares)
        share /= whole;
    return shares;
}

/// What all regions and years of one account share.
struct Account {
    LossChoice choice;
    std::map<std::size_t, double> part_of_band;  ///< of the loss near plots that fell with them
    bool has_background = false;
    DriverAccuracy::Shares crop;
};

/// One region and year: not_crop, split.
class Split {
  public:
    Split(const LossRow& not_crop, std::size_t region, const LossTable& table, const Account& account)
        : row_(not_crop), rest_(table.lost(region, not_crop.year, account.choice.cover)) {
        subtract(rest_, direct_by_driver(table, region, row_.year, account.choice));
        const double whole = total_of(rest_);
        scale_ = whole > 0 ? row_.area.value() / whole : 0;
        if (!account.has_background) return;
        ByDriver near;
        double net = 0;
        for (const auto& [band, part] : account.part_of_band)
            for (const auto& [driver, area] : table.lost_near(region, row_.year, band, account.choice.cover)) {
                near[driver] += area;
                net += part * area;
            }
        net_ = std::min(net, total_of(near));
        subtract(rest_, taken_from(near, *net_, account.crop));
    }

    /// What is left to the drivers, by mapped class.
    [[nodiscard]] std::map<int, double> left() const {
        std::map<int, double> parts;
        for (const auto& [driver, area] : rest_)
            if (driver) parts[*driver] += area * scale_;
        return parts;
    }

    /// Rows that sum to not_crop's area exactly: the last one takes what rounding leaves.
    void add_rows(const AttributionInputs& inputs, const std::map<int, DriverAccuracy::Shares>& behind,
                  std::vector<LossRow>& rows) const {
        double rest = row_.area.value();
        const auto row = [&](std::string mechanism, double area) {
            LossRow added = row_;
            added.mechanism = std::move(mechanism);
            added.area = Hectares(std::min(area, rest));
            rest -= added.area.value();
            rows.push_back(std::move(added));
        };
        if (net_) row("associated", *net_ * scale_);
        std::map<int, double> by_cause;
        for (const auto& [mapped, area] : left()) {
            const auto causes = behind.find(mapped);
            if (causes == behind.end()) {
                by_cause[mapped] += area;
                continue;
            }
            for (const auto& [cause, share] : causes->second)
                by_cause[cause] += area * share;
        }
        for (const auto& [cause, area] : by_cause)
            row(driver_mechanism(cause, inputs), area);
        row("unattributed", rest);
    }

  private:
    LossRow row_;
    ByDriver rest_;
    double scale_ = 0;
    std::optional<double> net_;
};

/// How far an account strays from the choices given.
struct Look {
    LossChoice choice;
    geo::Metres radius;
    double errors = 0;  ///< standard errors by which associated loss is moved
};

/// The account of one choice, from a table made before.
std::vector<LossRow> attributed(const LossTable& table, const LossScope& scope, const Look& look,
                                const AttributionInputs& inputs, Diagnostics& diagnostics) {
    const AssociatedLoss associated = associated_loss(table, look.choice.cover, look.radius);
    const Account account{look.choice, look.errors == 0 ? associated.part_of_band : associated.parts_at(look.errors),
                          associated.has_background, shown_for_crop(table, scope, look.choice, inputs)};
    std::vector<LossRow> rows;
    std::vector<Split> splits;
    std::map<int, double> mapped;
    for (const LossRow& row : direct_loss(table, scope, look.choice, diagnostics)) {
        if (row.mechanism != "not_crop") {
            rows.push_back(row);
            continue;
        }
        splits.emplace_back(row, scope.regions->find(row.region_id).value(), table, account);
        for (const auto& [driver, area] : splits.back().left())
            mapped[driver] += area;
    }
    std::map<int, DriverAccuracy::Shares> behind;
    if (!inputs.driver_accuracy.empty()) behind = causes_behind(inputs.driver_accuracy, mapped);
    for (const Split& split : splits)
        split.add_rows(inputs, behind, rows);
    if (!account.has_background && !splits.empty())
        diagnostics.add({Severity::note, {"loss.no_placebo_ground"_msg, {}}, scope.raster});
    std::ranges::sort(rows, {}, [](const LossRow& r) { return std::tie(r.region_id, r.year, r.mechanism); });
    return rows;
}

LossTableInputs table_inputs(const AttributionInputs& inputs, std::vector<double> covers, std::vector<Metres> radii,
                             std::span<const int> years) {
    return {inputs.loss.loss_year, inputs.loss.base_year, inputs.loss.tree_cover,      std::move(covers),
            inputs.drivers,        std::move(radii),      {years.begin(), years.end()}};
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
    const LossTable table(regions, surveys, table_inputs(inputs, {inputs.loss.tree_cover_min}, {inputs.radius}, years),
                          {parallelism, &diagnostics, progress, {}});
    return attributed(table, scope, {{0, inputs.loss.max_lag}, inputs.radius}, inputs, diagnostics);
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
    const LossTable table(regions, surveys, table_inputs(inputs, cover_list, radii, years),
                          {parallelism, &diagnostics, progress, {}});
    const auto place_of = [&](double cover) {
        return static_cast<std::size_t>(std::ranges::find(cover_list, cover) - cover_list.begin());
    };
    const Look chosen{{place_of(inputs.loss.tree_cover_min), inputs.loss.max_lag}, inputs.radius};
    RangedLoss result{attributed(table, scope, chosen, inputs, diagnostics), {}};

    std::map<std::string, LossRange> ranges;
    for (const auto& [mechanism, area] : totals_by_mechanism(result.rows))
        ranges[mechanism] = {mechanism, Hectares(area), Hectares(area), Hectares(area), {}, {}};
    const auto look = [&](const Look& choice, const std::string& name, const AttributionInputs& looked) {
        Diagnostics told_already;
        const auto totals = totals_by_mechanism(attributed(table, scope, choice, looked, told_already));
        for (auto& [mechanism, range] : ranges) {
            const auto found = totals.find(mechanism);
            const Hectares area(found == totals.end() ? 0 : found->second);
            if (area < range.lo) range.lo = area, range.lo_choice = name;
            if (area > range.hi) range.hi = area, range.hi_choice = name;
        }
    };
    for (const std::size_t radius : {std::size_t{1}, std::size_t{2}})
        look({chosen.choice, radii[radius]}, fmt::format("radius_m={}", radii[radius].value()), inputs);
    look({chosen.choice, chosen.radius, -kNormal95}, "associated=lower_95", inputs);
    look({chosen.choice, chosen.radius, kNormal95}, "associated=upper_95", inputs);
    for (const int lag : other_lags)
        if (lag != chosen.choice.max_lag)
            look({{chosen.choice.cover, lag}, chosen.radius}, fmt::format("max_lag={}", lag), inputs);
    for (const double cover : cover_list)
        if (cover != inputs.loss.tree_cover_min)
            look({{place_of(cover), chosen.choice.max_lag}, chosen.radius}, fmt::format("tree_cover_min={}", cover),
                 inputs);
    if (!inputs.driver_accuracy.empty()) {
        AttributionInputs as_mapped = inputs;
        as_mapped.driver_accuracy = {};
        look(chosen, "drivers=as_mapped", as_mapped);
    }
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
