#include "report/key_figures.hpp"
#include "livelihoods/period.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace vereda::report {

namespace {

std::map<std::string, double> land_of(const RunResults& results) {
    std::map<std::string, double> land;
    if (results.regions) {
        for (const auto& region : results.regions->regions())
            land[region.id] = region.area.value();
    }
    return land;
}

void add(std::optional<geo::Hectares>& sum, const std::optional<geo::Hectares>& part, const geo::Hectares& fallback) {
    sum = sum.value_or(geo::Hectares(0)) + part.value_or(fallback);
}

void add_sampled(CropTotal& total, const regions::PlotAreaRow& row, bool seen_before) {
    if (!row.sampled || (seen_before && !total.sampled)) {
        total.sampled.reset();
    } else if (!total.sampled) {
        total.sampled = row.sampled;
    } else {
        total.sampled->area += row.sampled->area;
        total.sampled->lo += row.sampled->lo;
        total.sampled->hi += row.sampled->hi;
    }
}

std::vector<CropTotal> crop_totals(const RunResults& results) {
    const auto land = land_of(results);
    std::map<std::pair<regions::Crop, int>, CropTotal> totals;
    std::map<std::pair<regions::Crop, int>, double> seen_land;
    std::map<std::pair<regions::Crop, int>, double> all_land;
    for (const auto& row : results.plot_area) {
        const std::pair key(row.crop, row.year);
        const auto found = land.find(row.region_id);
        const double weight = found == land.end() ? 1.0 : found->second;
        CropTotal& total = totals[key];
        total.crop = row.crop;
        total.year = row.year;
        ++total.regions;
        total.observed_assumed = total.observed_assumed || row.observed_assumed;
        all_land[key] += weight;
        seen_land[key] += weight * row.observed_share;
        if (!row.area) {
            ++total.regions_unseen;
            continue;
        }
        const bool seen_before = total.regions - total.regions_unseen > 1;
        total.plots += row.plots.value_or(0);
        total.area += *row.area;
        add(total.lo, row.area_lo, *row.area);
        add(total.hi, row.area_hi, *row.area);
        add_sampled(total, row, seen_before);
    }
    std::vector<CropTotal> result;
    for (auto& [key, total] : totals) {
        total.observed_share = all_land[key] > 0 ? seen_land[key] / all_land[key] : 0;
        result.push_back(total);
    }
    return result;
}

LossTotals loss_totals(const RunResults& results) {
    LossTotals totals;
    std::set<std::string> names;
    for (const auto& row : results.loss) {
        names.insert(row.mechanism);
        totals.by_year[row.year][row.mechanism] += row.area;
        totals.total += row.area;
        if (lag_of(row.mechanism)) totals.direct += row.area;
    }
    totals.mechanisms.assign(names.begin(), names.end());
    std::ranges::sort(totals.mechanisms, {},
                      [](const std::string& name) { return std::pair(lag_of(name).value_or(1'000'000), name); });
    return totals;
}

void add(Reach& reach, const livelihoods::CoverageRow& row) {
    reach.component = row.component;
    reach.registered += row.registered;
    reach.promised += row.promised;
    reach.delivered += row.delivered;
    reach.confirmed += row.confirmed;
    reach.disputed += row.disputed;
}

/// `row` is of any component.
void add_growers(GrowerReach& growers, const livelihoods::CoverageRow& row) {
    if (row.group == livelihoods::name_of(livelihoods::HouseholdGroup::grower)) {
        if (row.growers_estimated) growers.delivered += row.delivered;
    } else if (row.group != "all" || row.sex != "all" || row.ethnicity != "all") {
        return;
    } else if (!row.growers_estimated) {
        ++growers.regions_without;
    } else {
        ++growers.regions;
        growers.estimated += *row.growers_estimated;
        growers.estimated_lo += *row.growers_estimated_lo;
        growers.estimated_hi += *row.growers_estimated_hi;
    }
}

void fill_reach(const RunResults& results, KeyFigures& figures) {
    for (const auto& row : results.coverage) {
        if (livelihoods::names_a_year(row.period))
            figures.coverage_period = std::max<std::string_view>(figures.coverage_period, row.period);
    }
    std::map<std::pair<bool, std::string_view>, Reach> by_component;
    for (const auto& row : results.coverage) {
        if (row.period == figures.coverage_period && row.component == "any") add_growers(figures.growers, row);
        if (row.period != figures.coverage_period || row.group != "all" || row.sex != "all" || row.ethnicity != "all") {
            continue;
        }
        add(by_component[{row.component != "any", row.component}], row);
        if (row.component == "any") add(figures.reach_by_region[std::string(row.region_id)], row);
    }
    for (auto& [key, reach] : by_component)
        figures.reach.push_back(reach);
}

ReadinessCount readiness_count(const RunResults& results) {
    ReadinessCount count;
    std::map<std::string, std::pair<long, long>> gates;  // failed, unknown
    for (const auto& row : results.readiness) {
        switch (row.state) {
            case livelihoods::ReadinessState::ready:
                ++count.ready;
                break;
            case livelihoods::ReadinessState::conditional:
                ++count.conditional;
                break;
            case livelihoods::ReadinessState::not_ready:
                ++count.not_ready;
                break;
            case livelihoods::ReadinessState::insufficient_data:
                ++count.insufficient;
                break;
        }
        for (const auto& gate : row.gates) {
            if (gate.state == livelihoods::GateState::fail) ++gates[gate.gate_id].first;
            if (gate.state == livelihoods::GateState::unknown) ++gates[gate.gate_id].second;
        }
    }
    for (const auto& [id, tally] : gates) {
        if (tally.first + tally.second <= count.hardest_failed + count.hardest_unknown) continue;
        count.hardest_gate = id;
        count.hardest_failed = tally.first;
        count.hardest_unknown = tally.second;
    }
    return count;
}

/// Of families; of plots where no family was judged.
VerdictCount verdict_count(const RunResults& results) {
    std::vector<livelihoods::SmallPlotVerdict> verdicts;
    for (const auto& family : results.small_plot_families)
        verdicts.push_back(family.area.verdict);
    if (verdicts.empty()) {
        std::ranges::transform(results.small_plots, std::back_inserter(verdicts), &livelihoods::SmallPlotRow::verdict);
    }
    VerdictCount count;
    for (const auto verdict : verdicts) {
        switch (verdict) {
            case livelihoods::SmallPlotVerdict::compliant:
                ++count.compliant;
                break;
            case livelihoods::SmallPlotVerdict::within_error:
                ++count.within_error;
                break;
            case livelihoods::SmallPlotVerdict::exceeds:
                ++count.exceeds;
                break;
            case livelihoods::SmallPlotVerdict::no_rule:
                ++count.no_rule;
                break;
            case livelihoods::SmallPlotVerdict::not_testable:
                ++count.not_testable;
                break;
        }
    }
    return count;
}

Trend trend_between(const livelihoods::WelfareRow& first, const livelihoods::WelfareRow& last) {
    const double change = *last.value - *first.value;
    const bool overlap = first.lo && first.hi && last.lo && last.hi && *first.lo <= *last.hi && *last.lo <= *first.hi;
    if (overlap || change == 0) return Trend::same;
    const bool up_is_good = last.direction == livelihoods::Direction::higher_is_better;
    return (change > 0) == up_is_good ? Trend::better : Trend::worse;
}

struct Limits {
    double lo = 0;
    double hi = 0;
    bool seen = true;
};

/// Regions whose crop area surely fell: the upper limit of the last seen year lies under the lower limit of the first.
std::set<std::string> regions_with_less_crop(const RunResults& results) {
    std::map<std::string, std::map<int, Limits>> area;
    for (const auto& row : results.plot_area) {
        Limits& limits = area[row.region_id][row.year];
        if (row.area_lo && row.area_hi) {
            limits.lo += row.area_lo->value();
            limits.hi += row.area_hi->value();
        } else {
            limits.seen = false;
        }
    }
    std::set<std::string> fallen;
    for (auto& [region, years] : area) {
        std::erase_if(years, [](const auto& entry) { return !entry.second.seen; });
        if (years.size() >= 2 && years.rbegin()->second.hi < years.begin()->second.lo) fallen.insert(region);
    }
    return fallen;
}

WelfareFigures welfare_figures(const RunResults& results) {
    WelfareFigures figures;
    std::set<std::string> indicators;
    std::map<std::pair<std::string, std::string>, std::vector<const livelihoods::WelfareRow*>> series;
    for (const auto& row : results.welfare) {
        indicators.insert(row.indicator);
        series[{row.region_id, row.indicator}].push_back(&row);
    }
    figures.indicators.assign(indicators.begin(), indicators.end());
    for (auto& [key, rows] : series) {
        std::ranges::stable_sort(rows, {}, [](const auto* row) { return row->period; });
        WelfareCell& cell = figures.by_region[key.first][key.second];
        cell.latest = *rows.back();
        ++figures.cells;
        if (rows.back()->value) ++figures.known;
        std::erase_if(rows, [](const auto* row) { return !row->value; });
        if (rows.size() >= 2 && cell.latest->value) cell.trend = trend_between(*rows.front(), *rows.back());
    }
    const auto fallen = regions_with_less_crop(results);
    figures.regions_less_crop = static_cast<long>(fallen.size());
    for (const std::string& region : fallen) {
        const auto found = figures.by_region.find(region);
        if (found == figures.by_region.end()) continue;
        const bool worse =
            std::ranges::any_of(found->second, [](const auto& entry) { return entry.second.trend == Trend::worse; });
        if (worse) ++figures.regions_less_crop_worse;
    }
    return figures;
}

}  // namespace

std::optional<int> lag_of(const std::string& mechanism) {
    constexpr std::string_view prefix = "direct_lag_";
    if (!mechanism.starts_with(prefix)) return std::nullopt;
    int lag = 0;
    const char* end = mechanism.data() + mechanism.size();
    const auto [stop, error] = std::from_chars(mechanism.data() + prefix.size(), end, lag);
    if (error != std::errc() || stop != end) return std::nullopt;
    return lag;
}

KeyFigures key_figures(const RunResults& results) {
    KeyFigures figures;
    figures.crops = crop_totals(results);
    figures.loss = loss_totals(results);
    fill_reach(results, figures);
    figures.readiness = readiness_count(results);
    figures.verdicts = verdict_count(results);
    figures.welfare = welfare_figures(results);
    return figures;
}

}  // namespace vereda::report
