#include "livelihoods/order_findings.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <map>

#include "livelihoods/duress.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;
using regions::EradicationEvent;

/// Food and income: what a fall in hectares must not be paid with.
constexpr std::array<std::string_view, 3> decisive{"food_security", "licit_net_income", "licit_income_ratio"};

struct Compared {
    bool known = false;
    bool worse = false;
};

Compared compare(const WelfareRow& first, const WelfareRow& last) {
    if (!first.value || !last.value) return {};
    const bool up_is_good = first.direction == Direction::higher_is_better;
    const bool intervals = first.lo && first.hi && last.lo && last.hi;
    const double before = intervals ? (up_is_good ? *first.lo : *first.hi) : *first.value;
    const double after = intervals ? (up_is_good ? *last.hi : *last.lo) : *last.value;
    return {true, up_is_good ? after < before : after > before};
}

bool fell(const regions::PlotAreaRow& first, const regions::PlotAreaRow& last) {
    const geo::Hectares before = first.area_lo ? *first.area_lo : *first.area;
    const geo::Hectares after = last.area_hi ? *last.area_hi : *last.area;
    return after < before;
}

using ByRegion = std::map<std::string_view, std::vector<const EradicationEvent*>>;

ByRegion events_by_region(std::span<const EradicationEvent> events) {
    ByRegion result;
    for (const EradicationEvent& event : events)
        result[event.region_id].push_back(&event);
    return result;
}

std::optional<geo::Date> announcement_of(const Registers& registers) {
    if (registers.announcement) return registers.announcement;
    std::optional<geo::Date> first;
    for (const Programme& programme : registers.programmes)
        if (programme.announced_on && (!first || *programme.announced_on < *first)) first = programme.announced_on;
    return first;
}

void add_programmes(const Registers& registers, std::vector<OrderFinding>& findings) {
    for (const Programme& programme : registers.programmes) {
        if (programme.requires_prior_eradication != regions::Answer::yes) continue;
        findings.push_back(
            {"",
             programme.id,
             {"prior_eradication",
              "requires_prior_eradication",
              {"order.prior_eradication"_msg,
               {{"programme", programme.name.empty() ? programme.id : programme.name}, {"agency", programme.agency}}}},
             programme.starts_on,
             0});
    }
}

struct Signed {
    long agreed = 0;
    long under_duress = 0;
    std::optional<geo::Date> first;  ///< under duress
    long registered = 0;
    long registered_late = 0;
};

void add_households(std::span<const std::string> region_ids, const Registers& registers, geo::Date as_of,
                    std::vector<OrderFinding>& findings) {
    const ByRegion events = events_by_region(registers.eradication);
    const std::optional<geo::Date> announced = announcement_of(registers);
    std::map<std::string_view, Signed> regions;
    for (const Household& household : registers.households) {
        Signed& region = regions[household.region_id];
        const auto agreed = household.agreement_date;
        if (agreed && *agreed <= as_of) {
            ++region.agreed;
            const auto of_region = events.find(household.region_id);
            if (of_region != events.end() && under_duress(*agreed, of_region->second, as_of)) {
                ++region.under_duress;
                if (!region.first || *agreed < *region.first) region.first = agreed;
            }
        }
        if (!announced || !household.registered_on || *household.registered_on > as_of) continue;
        ++region.registered;
        if (*household.registered_on >= *announced) ++region.registered_late;
    }
    for (const std::string& id : region_ids) {
        const auto found = regions.find(id);
        if (found == regions.end()) continue;
        const Signed& region = found->second;
        if (region.under_duress > 0) {
            findings.push_back(
                {id,
                 "",
                 {"duress",
                  "agreement_under_duress",
                  {"order.duress"_msg,
                   {{"families", std::to_string(region.under_duress)}, {"agreed", std::to_string(region.agreed)}}}},
                 region.first,
                 region.under_duress});
        }
        if (region.registered_late > 0) {
            findings.push_back({id,
                                "",
                                {"baseline",
                                 "baseline_after_announcement",
                                 {"order.baseline"_msg,
                                  {{"families", std::to_string(region.registered_late)},
                                   {"registered", std::to_string(region.registered)},
                                   {"date", geo::to_iso(*announced)}}}},
                                announced,
                                region.registered_late});
        }
    }
}

void add_outcomes(std::span<const RegionOutcome> outcomes, std::vector<OrderFinding>& findings) {
    for (const RegionOutcome& region : outcomes) {
        const bool harmful = region.outcome == ReductionOutcome::harmful_reduction;
        if (!harmful && region.outcome != ReductionOutcome::hectares_only) continue;
        geo::MessageArguments arguments{{"from", std::to_string(region.first_year)},
                                        {"to", std::to_string(region.last_year)}};
        // Hectares without people stay unsaid.
        if (harmful) {
            std::string worse;
            for (const std::string& indicator : region.worse)
                worse += (worse.empty() ? "" : ", ") + indicator;
            arguments.emplace_back("before", fmt::format("{:.1f}", region.area_first.value()));
            arguments.emplace_back("after", fmt::format("{:.1f}", region.area_last.value()));
            arguments.emplace_back("indicators", worse);
        }
        const std::string kind(name_of(region.outcome));
        const geo::MessageId id = harmful ? "order.harmful_reduction"_msg : "order.hectares_only"_msg;
        findings.push_back({region.region_id, "", {kind, kind, {id, std::move(arguments)}}, std::nullopt, 0});
    }
}

}  // namespace

std::string_view name_of(ReductionOutcome outcome) {
    switch (outcome) {
        case ReductionOutcome::no_reduction:
            return "no_reduction";
        case ReductionOutcome::reduction:
            return "reduction";
        case ReductionOutcome::harmful_reduction:
            return "harmful_reduction";
        case ReductionOutcome::hectares_only:
            break;
    }
    return "hectares_only";
}

std::vector<RegionOutcome> reduction_outcomes(std::span<const regions::PlotAreaRow> areas,
                                              std::span<const WelfareRow> welfare) {
    struct Span {
        const regions::PlotAreaRow* first = nullptr;
        const regions::PlotAreaRow* last = nullptr;
    };
    std::vector<std::pair<std::string, regions::Crop>> order;
    std::map<std::pair<std::string, regions::Crop>, Span> seen;
    for (const regions::PlotAreaRow& row : areas) {
        if (!row.area) continue;
        const auto [found, is_new] = seen.try_emplace({row.region_id, row.crop});
        if (is_new) order.push_back(found->first);
        Span& span = found->second;
        if (span.first == nullptr || row.year < span.first->year) span.first = &row;
        if (span.last == nullptr || row.year > span.last->year) span.last = &row;
    }
    std::map<std::pair<std::string_view, std::string_view>, std::vector<const WelfareRow*>> indicators;
    for (const WelfareRow& row : welfare)
        if (row.value) indicators[{row.region_id, row.indicator}].push_back(&row);

    std::vector<RegionOutcome> outcomes;
    for (const auto& key : order) {
        const Span& span = seen.at(key);
        RegionOutcome outcome{key.first,
                              key.second,
                              ReductionOutcome::no_reduction,
                              span.first->year,
                              span.last->year,
                              *span.first->area,
                              *span.last->area,
                              {},
                              {}};
        for (const std::string_view name : decisive) {
            const auto found = indicators.find({key.first, name});
            if (found == indicators.end()) continue;
            const auto [first, last] = std::ranges::minmax_element(found->second, {}, &WelfareRow::period);
            if (*first == *last || (*first)->period == (*last)->period) continue;
            const Compared compared = compare(**first, **last);
            if (compared.known) outcome.known.emplace_back(name);
            if (compared.worse) outcome.worse.emplace_back(name);
        }
        if (span.first != span.last && fell(*span.first, *span.last)) {
            outcome.outcome = !outcome.worse.empty()  ? ReductionOutcome::harmful_reduction
                              : outcome.known.empty() ? ReductionOutcome::hectares_only
                                                      : ReductionOutcome::reduction;
        }
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

std::vector<OrderFinding> order_findings(std::span<const std::string> region_ids, const Registers& registers,
                                         std::span<const RegionOutcome> outcomes, geo::Date as_of) {
    std::vector<OrderFinding> findings;
    add_programmes(registers, findings);
    add_households(region_ids, registers, as_of, findings);
    add_outcomes(outcomes, findings);
    std::ranges::stable_sort(findings, {}, [](const OrderFinding& finding) {
        return std::tie(finding.finding.kind, finding.region_id, finding.programme_id);
    });
    return findings;
}

}  // namespace vereda::livelihoods
