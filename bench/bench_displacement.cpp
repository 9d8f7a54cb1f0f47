/// The displacement study and its flow ledger at national size, as one process each:
///
///     vereda_bench_displacement panel [THREADS]      1,100 regions x 20 years, all looks, 999 placebos of each kind
///     vereda_bench_displacement flows N [THREADS]    N cells that lost crop and N that gained some, 20 candidates each
///
/// The panel is `simulate`'s preset null (seed 1) over 20 years, on a land of 1,584 regions of which 1,100 that can
/// grow crop are kept; the cells of the ledger are strewn at random over a land that gives each loss about 100 gains
/// within the distance cap.
#include <fmt/format.h>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <numbers>
#include <set>
#include <string_view>

#include "geo/diagnostic.hpp"
#include "geo/random.hpp"
#include "regions/displacement.hpp"
#include "regions/flow_ledger.hpp"
#include "simulate/displacement_study.hpp"

namespace {

using namespace vereda;

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

constexpr std::size_t kRegions = 1100;

/// The units of the first regions by id alone.
std::size_t keep_regions(regions::CropPanel& panel, std::size_t most) {
    std::set<std::string> regions;
    for (const regions::PanelUnit& unit : panel.units)
        regions.insert(unit.region_id);
    while (regions.size() > most)
        regions.erase(std::prev(regions.end()));
    std::size_t kept = 0;
    for (std::size_t u = 0; u < panel.units.size(); ++u) {
        if (!regions.contains(panel.units[u].region_id)) continue;
        panel.units[kept] = panel.units[u];
        panel.crop_ha[kept] = panel.crop_ha[u];
        for (regions::PanelCovariate& covariate : panel.covariates)
            covariate.values[kept] = covariate.values[u];
        ++kept;
    }
    panel.units.resize(kept);
    panel.crop_ha.resize(kept);
    for (regions::PanelCovariate& covariate : panel.covariates)
        covariate.values.resize(kept);
    return regions.size();
}

void time_panel(int threads) {
    simulate::DisplacementParameters parameters = *simulate::displacement_preset("null");
    parameters.years = 20;
    parameters.land.columns = 132;
    parameters.land.rows = 144;
    simulate::DisplacementStudy made = simulate::displacement_study(parameters, 1);
    const std::size_t regions = keep_regions(made.panel, kRegions);
    geo::Diagnostics diagnostics;
    const auto start = std::chrono::steady_clock::now();
    const regions::DisplacementResult result =
        regions::displacement(made.panel, made.eradication, {}, 1, {threads}, diagnostics);
    const double study = seconds_since(start);
    const auto ledger_start = std::chrono::steady_clock::now();
    const regions::FlowLedger ledger =
        regions::flow_ledger(made.panel, regions::UnitIndex(made.panel.units), {}, 1, {threads});
    fmt::print("{} regions, {} cells, {} years, {} removals: displacement {:.2f} s ({}), flows {:.2f} s ({})\n",
               regions, made.panel.units.size(), made.panel.years.size(), made.eradication.size(), study,
               regions::name_of(result.verdict), seconds_since(ledger_start), ledger.flows.size());
}

void time_flows(int cells, int threads) {
    constexpr double kNear = 100;
    const regions::FlowPlan plan;
    const double cap = plan.cap.value();
    const double side = std::sqrt(std::numbers::pi * cap * cap * cells / kNear);
    geo::Random random(1, "bench-flows");
    regions::CropPanel panel;
    panel.years = {2000, 2001};
    for (int i = 0; i < 2 * cells; ++i) {
        regions::PanelUnit unit;
        unit.id = fmt::format("c{:07}", i);
        unit.place = {random.uniform(0, side), random.uniform(0, side)};
        panel.units.push_back(std::move(unit));
        const double hectares = std::exp(random.normal(1, 1));
        const bool loses = i < cells;
        panel.crop_ha.push_back({loses ? hectares : 0, loses ? 0 : hectares});
    }
    const auto start = std::chrono::steady_clock::now();
    const regions::FlowLedger ledger = regions::flow_ledger(panel, regions::UnitIndex(panel.units), plan, 1, {threads});
    const double seconds = seconds_since(start);
    double matched = 0;
    for (const regions::FlowRow& flow : ledger.flows)
        matched += flow.area_ha;
    const regions::FlowBalance& balance = ledger.balance.front();
    fmt::print("{} x {} cells: {} flows, {:.0f} of {:.0f} ha matched, balance off by {:.1e} ha, {:.2f} s\n", cells,
               cells, ledger.flows.size(), matched, balance.lost_ha,
               std::abs(matched + balance.lost_unmatched_ha - balance.lost_ha), seconds);
}

}  // namespace

int main(int count, char** words) {
    const std::string_view what = count > 1 ? words[1] : "";
    if (what == "panel") {
        time_panel(count > 2 ? std::atoi(words[2]) : 2);
    } else if (what == "flows" && count > 2) {
        time_flows(std::atoi(words[2]), count > 3 ? std::atoi(words[3]) : 2);
    } else {
        fmt::print(stderr, "usage: {} panel [THREADS] | flows N [THREADS]\n", words[0]);
        return 2;
    }
    return 0;
}
