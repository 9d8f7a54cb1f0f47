#include "livelihoods/small_plots.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include "geo/calendar.hpp"
#include "livelihoods/measured_families.hpp"
#include "livelihoods/plot_findings.hpp"
#include "livelihoods/plot_succession.hpp"
#include "livelihoods/sanction_history.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

/// Versions of one pack.
using Versions = std::vector<const RulePack*>;

const RulePack* version_on(const Versions& versions, geo::Date day) {
    const RulePack* latest = nullptr;
    for (const RulePack* pack : versions) {
        if (!in_force(*pack, day)) continue;
        const bool later =
            latest == nullptr || !latest->valid_from || (pack->valid_from && *pack->valid_from > *latest->valid_from);
        if (later) latest = pack;
    }
    return latest;
}

struct Limit {
    std::optional<geo::SquareMetres> area;
    bool exemption_ended = false;
};

/// The area that counts for this family: the pack's own, or what an exemption for personal need allows.
Limit limit_for(const RulePack& pack, const Household* household, geo::Date day) {
    if (pack.max_area) return {pack.max_area, false};
    const bool eligible =
        household != nullptr && pack.exempt_min_age && old_enough(*household, *pack.exempt_min_age, day) == true;
    if (!eligible || !pack.exempt_need) return {};
    if (pack.exempt_ends_on && *pack.exempt_ends_on < day) return {std::nullopt, true};
    return {geo::to_square_metres(*pack.exempt_need), false};
}

/// Of one family at one time, under the version of the pack in force.
struct RoundVerdict {
    geo::Date day;
    const RulePack* pack = nullptr;
    std::vector<std::size_t> counted;  ///< plots that the pack speaks of
    Limit limit;
    AreaVerdict area;
    bool independent = true;
};

class Judge {
  public:
    explicit Judge(const SmallPlotInputs& inputs)
        : in_(inputs),
          positions_(inputs.zones),
          findings_(inputs.plots, inputs.households, positions_),
          succession_(inputs.plots, findings_),
          history_(inputs.sanctions, inputs.households) {}

    [[nodiscard]] const ZonePosition& positions() const { return positions_; }

    /// Every family under one pack: its rows, its verdict, and the positions of its plots as they stand now.
    void judge(std::string_view name, const Versions& versions, SmallPlots& result,
               std::vector<std::size_t>& latest) const {
        const RuleUnit unit = versions.front()->unit.value_or(RuleUnit::family);
        const auto key_of = [&](std::size_t i) { return findings_.unit_of(i, unit); };
        for (const MeasuredFamily& family : measured_families(in_.plots, key_of, in_.as_of)) {
            std::vector<RoundVerdict> rounds;
            for (const MeasurementRound& round : family.rounds)
                rounds.push_back(round_verdict(round, versions));
            std::map<std::size_t, std::size_t> round_of;  // a plot's last round
            for (std::size_t r = 0; r < rounds.size(); ++r)
                for (const std::size_t i : family.rounds[r].plots)
                    round_of[i] = r;
            const std::size_t first_row = result.rows.size();
            for (const auto& [i, r] : round_of)
                result.rows.push_back(row(i, name, rounds[r]));
            FamilyVerdict verdict = family_verdict(family, name, rounds);
            for (std::size_t r = first_row; r < result.rows.size(); ++r)
                if (round_of.at(*result.rows[r].position) + 1 == rounds.size())
                    add_findings(result.rows[r].findings, verdict.findings);
            const RulePack* now = rounds.back().pack;
            std::ranges::copy_if(family.rounds.back().plots, std::back_inserter(latest),
                                 [&](std::size_t i) { return now != nullptr && speaks_of(*now, i); });
            result.families.push_back(std::move(verdict));
        }
    }

  private:
    [[nodiscard]] bool speaks_of(const RulePack& pack, std::size_t i) const {
        const auto& crop = in_.plots[i].crop;
        return pack.crops.empty() || !crop || std::ranges::find(pack.crops, *crop) != pack.crops.end();
    }

    [[nodiscard]] RoundVerdict round_verdict(const MeasurementRound& round, const Versions& versions) const {
        RoundVerdict result;
        result.day = round.day;
        result.independent = round.independent;
        result.pack = version_on(versions, round.day);
        result.area.verdict = SmallPlotVerdict::no_rule;
        if (result.pack == nullptr) {
            result.area.reason = {"small_plots.not_in_force"_msg, {{"date", geo::to_iso(round.day)}}};
            return result;
        }
        const RulePack& pack = *result.pack;
        bool other_crop = false;
        for (const std::size_t i : round.plots) {
            if (!speaks_of(pack, i)) {
                other_crop = true;
            } else if (!positions_.outside_allowed(in_.plots[i], pack, round.day)) {
                result.counted.push_back(i);
            }
        }
        if (result.counted.empty()) {
            result.area.reason = {other_crop ? "small_plots.other_crop"_msg : "small_plots.no_rule_here"_msg, {}};
            return result;
        }
        result.limit = limit_for(pack, findings_.household_of(result.counted.front()), round.day);
        std::vector<MeasuredArea> areas;
        for (const std::size_t i : result.counted)
            areas.push_back(measured_area(in_.plots[i], pack));
        if (result.limit.area) {
            result.area = area_verdict(areas, pack, *result.limit.area);
            return result;
        }
        for (const MeasuredArea& area : areas)
            result.area.area += area.area;
        result.area.reason = {"small_plots.limit_unset"_msg, {}};
        return result;
    }

    [[nodiscard]] SmallPlotRow row(std::size_t i, std::string_view name, const RoundVerdict& round) const {
        const RegisteredPlot& plot = in_.plots[i];
        SmallPlotRow row;
        row.household_id = plot.household_id;
        row.plot_id = plot.id;
        row.pack = name;
        row.day = round.day;
        row.position = i;
        row.area = row.plot_area = plot.area;
        row.verdict = SmallPlotVerdict::no_rule;
        row.reason = round.area.reason;
        if (round.pack == nullptr) return row;
        row.pack_version = round.pack->version;
        const bool counted = std::ranges::find(round.counted, i) != round.counted.end();
        if (!counted) {
            row.reason = {speaks_of(*round.pack, i) ? "small_plots.no_rule_here"_msg : "small_plots.other_crop"_msg,
                          {}};
            if (speaks_of(*round.pack, i))
                findings_.add_zone_finding(i, {*round.pack, round.day, std::nullopt}, row.findings);
            return row;
        }
        row.plots = static_cast<long>(round.counted.size());
        row.verdict = round.area.verdict;
        row.area = round.area.area + round.area.offset_correction;
        row.offset_correction = round.area.offset_correction;
        row.sd = round.area.sd;
        row.limit = round.limit.area;
        row.p_exceeds = round.area.p_exceeds;
        row.findings = findings_.of(i, {*round.pack, round.day, measured_area(plot, *round.pack).sd, row.plots});
        std::ranges::move(succession_.of(i, *round.pack), std::back_inserter(row.findings));
        if (round.limit.exemption_ended) {
            row.findings.push_back(
                {"exemption",
                 "exemption_ended",
                 {"small_plots.exemption_ended"_msg, {{"date", geo::to_iso(*round.pack->exempt_ends_on)}}}});
        }
        return row;
    }

    [[nodiscard]] FamilyVerdict family_verdict(const MeasuredFamily& family, std::string_view name,
                                               const std::vector<RoundVerdict>& rounds) const {
        const RoundVerdict& now = rounds.back();
        FamilyVerdict verdict;
        verdict.household_id = family.key;
        verdict.pack = name;
        verdict.crop = family.crop;
        verdict.day = now.day;
        verdict.positions = now.counted.empty() ? family.rounds.back().plots : now.counted;
        verdict.plots = static_cast<long>(verdict.positions.size());
        verdict.area = now.area;
        verdict.limit = now.limit.area;
        verdict.measurements = static_cast<int>(rounds.size());
        const Household* household = findings_.household_of(verdict.positions.front());
        if (household != nullptr) verdict.union_name = household->union_name;
        if (now.pack == nullptr) return verdict;
        const RulePack& pack = *now.pack;
        verdict.pack_version = pack.version;
        std::vector<Inspection> inspections;
        for (const RoundVerdict& round : rounds)
            inspections.push_back({round.day, round.area.verdict, round.independent});
        verdict.ladder = ladder_state(inspections, pack, in_.as_of,
                                      history_.of(family.key, pack.unit.value_or(RuleUnit::family), name));
        verdict.false_accusation = false_accusation(measurements_in_look_back(pack).value_or(verdict.measurements));
        if (pack.inspection_months) {
            verdict.next_inspection = geo::plus_months(now.day, *pack.inspection_months);
            verdict.inspection_overdue = *verdict.next_inspection < in_.as_of;
        }
        return verdict;
    }

    static void add_findings(const std::vector<Finding>& of_plot, std::vector<Finding>& of_family) {
        for (const Finding& finding : of_plot) {
            const bool known =
                std::ranges::any_of(of_family, [&](const Finding& other) { return other.reason == finding.reason; });
            if (!known) of_family.push_back(finding);
        }
    }

    const SmallPlotInputs& in_;
    ZonePosition positions_;
    PlotFindings findings_;
    PlotSuccession succession_;
    SanctionHistory history_;
};

GrownArea grown_on(const SmallPlotInputs& inputs, std::span<const std::size_t> latest, const RulePack& pack) {
    double area = 0;
    double variance = 0;
    for (const std::size_t i : latest) {
        const MeasuredArea measured = measured_area(inputs.plots[i], pack);
        area += measured.area.value();
        if (measured.sd) variance += measured.sd->value() * measured.sd->value();
    }
    const double half = 1.96 * std::sqrt(variance);
    const auto hectares = [](double value) { return geo::to_hectares(geo::SquareMetres(value)); };
    return {hectares(area), hectares(std::max(0.0, area - half)), hectares(area + half)};
}

}  // namespace

bool fits(const FamilyVerdict& family) {
    const SmallPlotVerdict verdict = family.area.verdict;
    return (verdict == SmallPlotVerdict::compliant || verdict == SmallPlotVerdict::within_error) &&
           std::ranges::all_of(family.findings,
                               [](const Finding& finding) { return finding.detail == "shared_surnames"; });
}

SmallPlots small_plots(const SmallPlotInputs& inputs, geo::Diagnostics& diagnostics) {
    std::map<std::string_view, Versions> packs;
    for (const RulePack& pack : inputs.packs)
        packs[pack.name].push_back(&pack);
    const Judge judge(inputs);
    SmallPlots result;
    for (const auto& [name, versions] : packs) {
        const bool lacks =
            std::ranges::any_of(versions, [&](const RulePack* pack) { return judge.positions().lacks_allowed(*pack); });
        if (lacks) {
            diagnostics.add(
                {geo::Severity::note, {"small_plots.zones_not_given"_msg, {{"pack", std::string(name)}}}, {}});
        }
        std::vector<std::size_t> latest;
        judge.judge(name, versions, result, latest);
        const RulePack* now = version_on(versions, inputs.as_of);
        if (now == nullptr) continue;
        std::ranges::sort(latest);
        std::ranges::move(zone_quotas(inputs.plots, latest, *now, judge.positions(), inputs.as_of),
                          std::back_inserter(result.quotas));
        if (auto need = need_balance(*now, inputs.households, grown_on(inputs, latest, *now), inputs.as_of))
            result.needs.push_back(*std::move(need));
    }
    std::ranges::stable_sort(result.rows, {}, [](const SmallPlotRow& row) {
        return std::tie(row.household_id, row.plot_id, row.pack, row.day);
    });
    return result;
}

}  // namespace vereda::livelihoods
