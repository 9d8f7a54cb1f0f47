#include "livelihoods/small_plots.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "livelihoods/area_verdict.hpp"
#include "livelihoods/calendar.hpp"
#include "livelihoods/plot_findings.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

/// Versions of one pack, by name.
using Versions = std::map<std::string_view, std::vector<const RulePack*>>;

const RulePack* version_on(const std::vector<const RulePack*>& versions, geo::Date day) {
    const RulePack* latest = nullptr;
    for (const RulePack* pack : versions) {
        if (!in_force(*pack, day)) continue;
        const bool later =
            latest == nullptr || !latest->valid_from || (pack->valid_from && *pack->valid_from > *latest->valid_from);
        if (later) latest = pack;
    }
    return latest;
}

/// Old enough on the day, by the year of birth alone: certainly so only in the year after the birthday's year.
bool old_enough(const Household& household, int age, geo::Date day) {
    return household.birth_year && geo::year_of(day) - *household.birth_year > age;
}

struct Limit {
    std::optional<geo::SquareMetres> area;
    bool exemption_ended = false;
};

/// The area that counts for this family: the pack's own, or what an exemption for personal need allows.
Limit limit_for(const RulePack& pack, const Household* household, geo::Date day) {
    if (pack.max_area) return {pack.max_area, false};
    const bool eligible =
        household != nullptr && pack.exempt_min_age && old_enough(*household, *pack.exempt_min_age, day);
    if (!eligible || !pack.exempt_need) return {};
    if (pack.exempt_ends_on && *pack.exempt_ends_on < day) return {std::nullopt, true};
    return {geo::to_square_metres(*pack.exempt_need), false};
}

struct Judge {
    std::span<const regions::Plot> plots;
    const PlotFindings& findings;
    geo::Date as_of;

    SmallPlotRow row(std::size_t position, std::string_view name, const std::vector<const RulePack*>& versions) const {
        const regions::Plot& plot = plots[position];
        const geo::Date day = plot.image_date ? std::min(*plot.image_date, as_of) : as_of;
        SmallPlotRow row;
        row.household_id = plot.household_id;
        row.plot_id = plot.id;
        row.pack = name;
        row.area = plot.area;
        row.verdict = SmallPlotVerdict::no_rule;
        const RulePack* pack = version_on(versions, day);
        if (pack == nullptr) {
            row.reason = {"small_plots.not_in_force"_msg, {{"date", geo::to_iso(day)}}};
            return row;
        }
        if (findings.outside_allowed_zones(position, *pack, day)) {
            row.reason = {"small_plots.no_rule_here"_msg, {}};
            findings.add_zone_finding(position, *pack, day, std::nullopt, row.findings);
            return row;
        }
        const Limit limit = limit_for(*pack, findings.household_of(position), day);
        row.limit = limit.area;
        if (limit.area) {
            const AreaVerdict verdict = area_verdict(plot, *pack, *limit.area);
            row.verdict = verdict.verdict;
            row.sd = verdict.sd;
            row.p_exceeds = verdict.p_exceeds;
            row.offset_correction = verdict.offset_correction;
            row.reason = verdict.reason;
        } else {
            row.reason = {"small_plots.limit_unset"_msg, {}};
        }
        row.findings = findings.of(position, *pack, day, row.sd);
        if (limit.exemption_ended) {
            row.findings.push_back(
                {"exemption_ended",
                 {"small_plots.exemption_ended"_msg, {{"date", geo::to_iso(*pack->exempt_ends_on)}}}});
        }
        return row;
    }
};

}  // namespace

std::string_view name_of(SmallPlotVerdict verdict) {
    switch (verdict) {
        case SmallPlotVerdict::compliant:
            return "compliant";
        case SmallPlotVerdict::within_error:
            return "within_error";
        case SmallPlotVerdict::exceeds:
            return "exceeds";
        case SmallPlotVerdict::no_rule:
            return "no_rule";
        case SmallPlotVerdict::not_testable:
            break;
    }
    return "not_testable";
}

std::vector<SmallPlotRow> small_plots(std::span<const regions::Plot> plots, std::span<const Household> households,
                                      std::span<const regions::Zone> zones, std::span<const RulePack> packs,
                                      geo::Date as_of, geo::Diagnostics& diagnostics) {
    Versions versions;
    for (const RulePack& pack : packs)
        versions[pack.name].push_back(&pack);
    const PlotFindings findings(plots, households, zones);
    for (const auto& [name, of_name] : versions) {
        const bool lacks =
            std::ranges::any_of(of_name, [&](const RulePack* pack) { return findings.lacks_allowed_zones(*pack); });
        if (lacks) {
            diagnostics.add(
                {geo::Severity::note, {"small_plots.zones_not_given"_msg, {{"pack", std::string(name)}}}, {}});
        }
    }
    const Judge judge{plots, findings, as_of};
    std::vector<SmallPlotRow> rows;
    for (std::size_t i = 0; i < plots.size(); ++i)
        for (const auto& [name, of_name] : versions)
            rows.push_back(judge.row(i, name, of_name));
    std::ranges::stable_sort(rows, {},
                             [](const SmallPlotRow& row) { return std::tie(row.household_id, row.plot_id, row.pack); });
    return rows;
}

}  // namespace vereda::livelihoods
