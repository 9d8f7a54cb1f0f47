#include "report/welfare_beside.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace vereda::report {

using geo::operator""_msg;

namespace {

using Ids = std::set<std::string>;

Ids with_crop(const RunResults& results) {
    Ids ids;
    for (const auto& row : results.plot_area) {
        if (row.area && row.area->value() > 0) ids.insert(row.region_id);
    }
    return ids;
}

Ids with_direct_loss(const RunResults& results) {
    Ids ids;
    for (const auto& row : results.loss) {
        if (lag_of(row.mechanism) && row.area.value() > 0) ids.insert(row.region_id);
    }
    return ids;
}

Ids with_removals(const RunResults& results) {
    Ids ids;
    for (const auto& event : results.eradication) {
        if (!event.region_id.empty() && event.kind != regions::EradicationKind::pruned_or_renewed)
            ids.insert(event.region_id);
    }
    return ids;
}

/// Where deliveries were recorded for fewer than half of the registered families.
Ids hardly_reached(const KeyFigures& figures) {
    Ids ids;
    for (const auto& [id, reach] : figures.reach_by_region)
        if (reach.registered > 0 && 2 * reach.delivered < reach.registered) ids.insert(id);
    return ids;
}

Ids in_state(const RunResults& results, bool ready) {
    Ids ids;
    for (const auto& row : results.readiness) {
        if ((row.state == livelihoods::ReadinessState::ready) == ready) ids.insert(row.region_id);
    }
    return ids;
}

Ids reduced_too_early(const RunResults& results) {
    Ids ids;
    for (const auto& row : results.sequence_audit) {
        if (row.household_id.empty() && row.violation == livelihoods::Violation::yes) ids.insert(row.region_id);
    }
    return ids;
}

struct Subject {
    geo::MessageId words;
    Ids regions;
};

std::optional<Subject> subject_of(const PageContext& page, std::string_view topic) {
    const RunResults& results = page.results;
    if (topic == "plots") return Subject{"beside.plots"_msg, with_crop(results)};
    if (topic == "small_plots") return Subject{"beside.plots"_msg, with_crop(results)};
    if (topic == "forest") return Subject{"beside.forest"_msg, with_direct_loss(results)};
    if (topic == "displacement") return Subject{"beside.displacement"_msg, with_removals(results)};
    if (topic == "reach") return Subject{"beside.reach"_msg, hardly_reached(page.figures)};
    if (topic == "order") return Subject{"beside.order"_msg, reduced_too_early(results)};
    if (topic != "readiness") return std::nullopt;
    Subject ready{"beside.ready"_msg, in_state(results, true)};
    if (!ready.regions.empty()) return ready;
    return Subject{"beside.not_ready"_msg, in_state(results, false)};
}

struct CropSum {
    geo::Hectares area;
    geo::Hectares lo;
    geo::Hectares hi;
};

/// Of all crops, each region in the last year in which it was seen.
CropSum last_crop(const RunResults& results, const Ids& regions) {
    std::map<std::string, int> last;
    for (const auto& row : results.plot_area) {
        if (row.area && regions.contains(row.region_id)) last[row.region_id] = std::max(last[row.region_id], row.year);
    }
    CropSum sum;
    for (const auto& row : results.plot_area) {
        const auto year = last.find(row.region_id);
        if (!row.area || year == last.end() || year->second != row.year) continue;
        sum.area += *row.area;
        sum.lo += row.area_lo.value_or(*row.area);
        sum.hi += row.area_hi.value_or(*row.area);
    }
    return sum;
}

}  // namespace

std::string welfare_beside(const PageContext& page, std::string_view topic) {
    const std::optional<Subject> subject = subject_of(page, topic);
    if (!subject || subject->regions.empty()) return {};
    const WelfareFigures& welfare = page.figures.welfare;
    if (welfare.known == 0) return page.words.text("beside.unknown"_msg);
    long worse = 0;
    long better = 0;
    for (const std::string& region : subject->regions) {
        const auto cells = welfare.by_region.find(region);
        if (cells == welfare.by_region.end()) continue;
        const auto any = [&](Trend trend) {
            return std::ranges::any_of(cells->second, [&](const auto& cell) { return cell.second.trend == trend; });
        };
        if (any(Trend::worse)) {
            ++worse;
        } else if (any(Trend::better)) {
            ++better;
        }
    }
    const auto regions = static_cast<long>(subject->regions.size());
    const CropSum crop = last_crop(page.results, subject->regions);
    return page.words.text("beside.sentence"_msg, {{"subject", page.words.text(subject->words)},
                                                   {"regions", page.numbers.integer(regions)},
                                                   {"area", page.numbers.hectares(crop.area, crop.lo, crop.hi)},
                                                   {"worse", page.numbers.integer(worse)},
                                                   {"better", page.numbers.integer(better)},
                                                   {"rest", page.numbers.integer(regions - worse - better)}});
}

}  // namespace vereda::report
