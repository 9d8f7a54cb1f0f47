#include "regions/loss_attribution.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <utility>

#include "geo/geodesic.hpp"
#include "geo/topology.hpp"
#include "raster/tabulate.hpp"

namespace vereda::regions {

using namespace geo;

namespace {

constexpr int last_year_value = 9999;
constexpr int last_driver = 255;
constexpr double least_placebo_share = 0.01;
constexpr double biomass_step = 5;
constexpr double biomass_most = 600;

/// Hectares by driver; nullopt: the driver raster has no value there.
using ByDriver = std::map<std::optional<int>, double>;
/// … by year.
using LossByDriver = std::map<int, ByDriver>;

double total_of(const ByDriver& parts) {
    double total = 0;
    for (const auto& [driver, area] : parts)
        total += area;
    return total;
}

/// Ground within the radius of any plot of any survey, per region; the plots themselves belong to it.
std::vector<MultiPolygon> near_crop(const RegionSet& regions, std::span<const Survey> surveys, Metres radius,
                                    Parallelism parallelism) {
    std::vector<const MultiPolygon*> outlines;
    std::vector<Box> boxes;
    for (const Survey& survey : surveys) {
        for (const Plot& plot : survey.plots) {
            const Box box = envelope(plot.outline);
            outlines.push_back(&plot.outline);
            boxes.push_back({{box.min.x - radius.value(), box.min.y - radius.value()},
                             {box.max.x + radius.value(), box.max.y + radius.value()}});
        }
    }
    const SpatialIndex index(boxes);
    std::vector<MultiPolygon> near(regions.regions().size());
    parallel_for(near.size(), parallelism, [&](std::size_t r) {
        const MultiPolygon& region = regions.regions()[r].geometry;
        if (region.empty()) return;
        std::vector<MultiPolygon> around;
        for (const std::size_t i : index.query(envelope(region)))
            around.push_back(buffer(*outlines[i], radius.value()));
        if (!around.empty()) near[r] = intersection(union_of(around), region);
    });
    return near;
}

/// Tables over regions and over the ground near crop in them.
class Ground {
  public:
    Ground(const RegionSet& regions, std::vector<MultiPolygon> near, const AttributionInputs& inputs,
           const raster::ZonalOptions& options)
        : inputs_(inputs), count_(regions.regions().size()) {
        for (const Region& region : regions.regions())
            zones_.push_back({fmt::format("{:09}a", zones_.size()), region.geometry});
        for (MultiPolygon& outline : near)
            zones_.push_back({fmt::format("{:09}b", zones_.size()), std::move(outline)});
        count_loss(regions.crs(), options);
        count_forest(regions.crs(), options);
    }

    [[nodiscard]] const ByDriver& lost(std::size_t region, int year, bool near) const {
        static const ByDriver none;
        const LossByDriver& zone = loss_[near ? count_ + region : region];
        const auto found = zone.find(year);
        return found == zone.end() ? none : found->second;
    }
    [[nodiscard]] double forest(std::size_t region, bool near) const {
        return forest_[near ? count_ + region : region];
    }

  private:
    void count_loss(const Crs& crs, const raster::ZonalOptions& options) {
        const LossInputs& loss = inputs_.loss;
        std::vector<raster::KeyLayer> layers{
            {"loss year", loss.loss_year, raster::Classing::whole_numbers(1, last_year_value)}};
        if (loss.tree_cover != nullptr)
            layers.push_back({"tree cover", loss.tree_cover, raster::Classing::by_breaks({loss.tree_cover_min})});
        if (inputs_.drivers != nullptr)
            layers.push_back(
                {"drivers", inputs_.drivers, raster::Classing::whole_numbers(0, last_driver).with_missing()});
        loss_.resize(zones_.size());
        for (const raster::TabulatedArea& row : raster::tabulate(layers, zones_, crs, options)) {
            if (loss.tree_cover != nullptr && row.keys[1] != 1) continue;
            const std::optional<int> driver = inputs_.drivers == nullptr ? std::nullopt : row.keys.back();
            loss_[row.zone][loss.base_year + row.keys[0].value_or(0)][driver] += row.area.value();
        }
    }
    /// Without a raster of tree cover all land counts.
    void count_forest(const Crs& crs, const raster::ZonalOptions& options) {
        forest_.assign(zones_.size(), 0);
        const LossInputs& loss = inputs_.loss;
        if (loss.tree_cover == nullptr) {
            for (std::size_t i = 0; i < zones_.size(); ++i)
                forest_[i] =
                    zones_[i].geometry.empty() ? 0 : to_hectares(ellipsoidal_area(zones_[i].geometry, crs)).value();
            return;
        }
        const std::vector<raster::KeyLayer> layers{
            {"tree cover", loss.tree_cover, raster::Classing::by_breaks({loss.tree_cover_min})}};
        for (const raster::TabulatedArea& row : raster::tabulate(layers, zones_, crs, options))
            if (row.keys[0] == 1) forest_[row.zone] += row.area.value();
    }

    const AttributionInputs& inputs_;
    std::size_t count_;
    std::vector<raster::Zone> zones_;
    std::vector<LossByDriver> loss_;
    std::vector<double> forest_;
};

std::string driver_mechanism(int driver, const AttributionInputs& inputs) {
    const auto name = inputs.driver_names.find(driver);
    return "driver_" + (name == inputs.driver_names.end() ? std::to_string(driver) : name->second);
}

/// One region and year: not_crop, split.
class Split {
  public:
    Split(const LossRow& not_crop, double direct, std::size_t region, const Ground& ground)
        : row_(not_crop), region_(region), ground_(ground) {
        const ByDriver& near = ground.lost(region, row_.year, true);
        const double near_total = total_of(near);
        // Rounding aside, direct loss lies near crop; a share of it may lie in cells the table leaves out.
        const double kept = near_total > 0 ? std::max(0.0, 1 - direct / near_total) : 0;
        for (const auto& [driver, area] : near)
            near_[driver] = area * kept;
        for (const auto& [driver, area] : ground.lost(region, row_.year, false)) {
            const auto found = near.find(driver);
            away_[driver] = std::max(0.0, area - (found == near.end() ? 0 : found->second));
        }
    }

    /// nullopt without placebo ground.
    [[nodiscard]] std::optional<double> associated() const {
        const double forest = ground_.forest(region_, false);
        const double forest_near = ground_.forest(region_, true);
        const double placebo = forest - forest_near;
        if (!(placebo > least_placebo_share * forest)) return std::nullopt;
        const double expected = total_of(away_) / placebo * forest_near;
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
    std::size_t region_;
    const Ground& ground_;
    ByDriver near_;
    ByDriver away_;
};

std::vector<LossRow> attributed(const RegionSet& regions, const std::vector<LossRow>& direct_rows, const Ground& ground,
                                const AttributionInputs& inputs, Diagnostics& diagnostics) {
    std::vector<LossRow> rows;
    double direct = 0;
    std::vector<std::string> without;
    for (const LossRow& row : direct_rows) {
        if (row.mechanism != "not_crop") {
            direct += row.area.value();
            rows.push_back(row);
            continue;
        }
        const std::size_t region = regions.find(row.region_id).value();
        const Split split(row, direct, region, ground);
        if (!split.associated() && (without.empty() || without.back() != row.region_id))
            without.push_back(row.region_id);
        split.add_rows(inputs, rows);
        direct = 0;
    }
    for (const std::string& id : without)
        diagnostics.add({Severity::note, {"loss.no_placebo_ground"_msg, {{"id", id}}}, inputs.loss.loss_year->locus()});
    std::ranges::sort(rows, {}, [](const LossRow& r) { return std::tie(r.region_id, r.year, r.mechanism); });
    return rows;
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
    const std::vector<LossRow> direct =
        forest_loss(regions, surveys, inputs.loss, years, parallelism, diagnostics, progress);
    const Ground ground(regions, near_crop(regions, surveys, inputs.radius, parallelism), inputs,
                        {parallelism, nullptr, progress, {}});
    return attributed(regions, direct, ground, inputs, diagnostics);
}

std::vector<LossRange> loss_range(const std::vector<LossRow>& rows, const RegionSet& regions,
                                  std::span<const Survey> surveys, const AttributionInputs& inputs,
                                  std::span<const int> years, Parallelism parallelism) {
    std::map<std::string, LossRange> ranges;
    for (const auto& [mechanism, area] : totals_by_mechanism(rows))
        ranges[mechanism] = {mechanism, Hectares(area), Hectares(area), Hectares(area), {}, {}};
    const auto look = [&](const AttributionInputs& choice, const std::string& name) {
        Diagnostics told_already;
        const auto totals =
            totals_by_mechanism(attributed_loss(regions, surveys, choice, years, parallelism, told_already));
        for (auto& [mechanism, range] : ranges) {
            const auto found = totals.find(mechanism);
            const Hectares area(found == totals.end() ? 0 : found->second);
            if (area < range.lo) range.lo = area, range.lo_choice = name;
            if (area > range.hi) range.hi = area, range.hi_choice = name;
        }
    };
    for (const double factor : {0.5, 2.0}) {
        AttributionInputs choice = inputs;
        choice.radius = Metres(inputs.radius.value() * factor);
        look(choice, fmt::format("radius_m={}", choice.radius.value()));
    }
    for (const int lag : {1, 3, 5}) {
        if (lag == inputs.loss.max_lag) continue;
        AttributionInputs choice = inputs;
        choice.loss.max_lag = lag;
        look(choice, fmt::format("max_lag={}", lag));
    }
    for (const double cover : {10.0, 30.0, 50.0}) {
        if (inputs.loss.tree_cover == nullptr || cover == inputs.loss.tree_cover_min) continue;
        AttributionInputs choice = inputs;
        choice.loss.tree_cover_min = cover;
        look(choice, fmt::format("tree_cover_min={}", cover));
    }
    std::vector<LossRange> result;
    for (auto& [mechanism, range] : ranges)
        result.push_back(std::move(range));
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
