#include "livelihoods/sequence_audit.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "geo/calendar.hpp"
#include "livelihoods/duress.hpp"
#include "livelihoods/household_income.hpp"
#include "livelihoods/median.hpp"

namespace vereda::livelihoods {

namespace {

/// What the registers hold about single households.
class HouseholdRecords {
  public:
    explicit HouseholdRecords(const Registers& registers) {
        for (const Delivery& delivery : registers.deliveries)
            if (!delivery.household_id.empty()) deliveries_[delivery.household_id].push_back(&delivery);
        for (const GateStatement& statement : registers.evidence)
            if (!statement.household_id.empty()) evidence_[statement.household_id].push_back(&statement);
        for (const Income& income : registers.incomes)
            if (!income.household_id.empty()) incomes_[income.household_id].add(income, 1.0);
        agreements_kept_ =
            std::ranges::any_of(registers.households, [](const Household& h) { return h.agreement_date.has_value(); });
    }

    [[nodiscard]] std::optional<int> months_to_licit(std::string_view id, geo::Date from, geo::Date as_of) const {
        const auto found = incomes_.find(id);
        if (found == incomes_.end()) return std::nullopt;
        return found->second.months_to_licit(geo::month_of(from), geo::month_of(as_of));
    }

    /// The gate by the family's own records; nullopt where they do not speak of it.
    [[nodiscard]] std::optional<GateDate> own(const Gate& gate, const Household& household, const Reduction& reduction,
                                              std::span<const regions::EradicationEvent* const> events,
                                              geo::Date as_of) const {
        if (auto stated = by_statement(gate, household.id, as_of)) return placed(gate, *stated, reduction.date);
        if (gate.measure == "agreement_share" && agreements_kept_) {
            const auto agreed = household.agreement_date;
            const bool free = agreed && *agreed <= as_of && !under_duress(*agreed, events, as_of);
            return placed(gate, free ? agreed : std::nullopt, reduction.date);
        }
        if (gate.measure == "delivered_share") {
            const auto found = deliveries_.find(household.id);
            if (found != deliveries_.end()) return by_deliveries(gate, found->second, reduction.date, as_of);
        }
        return std::nullopt;
    }

  private:
    static GateDate placed(const Gate& gate, std::optional<geo::Date> met, geo::Date reduction) {
        if (!met) return {gate.id, GateTiming::never, std::nullopt};
        return {gate.id, *met <= reduction ? GateTiming::before : GateTiming::after, met};
    }

    /// The family's first pass; an empty inner value for statements that all fail; nullopt where none decides.
    [[nodiscard]] std::optional<std::optional<geo::Date>> by_statement(const Gate& gate, std::string_view id,
                                                                       geo::Date as_of) const {
        const auto found = evidence_.find(id);
        if (found == evidence_.end()) return std::nullopt;
        std::optional<geo::Date> pass;
        bool decided = false;
        for (const GateStatement* statement : found->second) {
            if (statement->gate != gate.id || statement->as_of > as_of) continue;
            if (statement->value == GateState::unknown) continue;
            decided = true;
            if (statement->value == GateState::pass && (!pass || statement->as_of < *pass)) pass = statement->as_of;
        }
        return decided ? std::optional(pass) : std::nullopt;
    }

    /// Met on the day on which enough of what was promised was confirmed.
    static std::optional<GateDate> by_deliveries(const Gate& gate, const std::vector<const Delivery*>& deliveries,
                                                 geo::Date reduction, geo::Date as_of) {
        long promised = 0;
        std::vector<geo::Date> confirmed;
        for (const Delivery* delivery : deliveries) {
            if (!delivery->promised_on || *delivery->promised_on > as_of) continue;
            ++promised;
            const bool arrived = delivery->confirmation == Confirmation::confirmed && delivery->delivered_on &&
                                 *delivery->delivered_on <= as_of;
            if (arrived) confirmed.push_back(*delivery->delivered_on);
        }
        if (promised == 0) return std::nullopt;
        const auto needed =
            static_cast<std::size_t>(std::max(1.0, std::ceil(gate.threshold * static_cast<double>(promised) - 1e-9)));
        if (confirmed.size() < needed) return placed(gate, std::nullopt, reduction);
        std::ranges::sort(confirmed);
        return placed(gate, confirmed[needed - 1], reduction);
    }

    std::map<std::string_view, std::vector<const Delivery*>> deliveries_;
    std::map<std::string_view, std::vector<const GateStatement*>> evidence_;
    std::map<std::string_view, HouseholdIncome> incomes_;
    bool agreements_kept_ = false;
};

/// A region's gate seen from a family's own, later or earlier, day.
GateDate seen_from(const GateDate& gate, geo::Date reduction) {
    if (!gate.date) return gate;
    return {gate.gate_id, *gate.date <= reduction ? GateTiming::before : GateTiming::after, gate.date};
}

void judge(const std::vector<GateDate>& gates, SequenceRow& row) {
    std::optional<geo::Date> last;
    for (const GateDate& gate : gates) {
        if (gate.date && (!last || *gate.date > *last)) last = gate.date;
        if (gate.timing == GateTiming::after) row.gates_after.push_back(gate.gate_id);
        if (gate.timing == GateTiming::never) row.gates_never.push_back(gate.gate_id);
        if (gate.timing == GateTiming::unknown) row.gates_unknown.push_back(gate.gate_id);
    }
    const bool violated = !row.gates_after.empty() || !row.gates_never.empty();
    row.violation = violated ? Violation::yes : row.gates_unknown.empty() ? Violation::no : Violation::unknown;
    // With a gate still open there is no last day yet.
    if (!last || !row.gates_never.empty() || (!row.gates_unknown.empty() && !violated)) return;
    row.last_gate = last;
    row.lead_days = geo::days_between(*last, row.reduction);
}

class RegionAudit {
  public:
    RegionAudit(const AuditInputs& inputs, const Removals& removals, const HouseholdRecords& households,
                const RegionalRegisters& regional)
        : in_(inputs), removals_(removals), households_(households), regional_(regional) {}

    [[nodiscard]] std::vector<SequenceRow> rows(const std::string& region_id,
                                                const std::vector<const Household*>& members) const {
        std::vector<std::pair<const Household*, Reduction>> reduced;
        std::optional<Reduction> first = removals_.of_region(region_id);
        for (const Household* household : members) {
            const auto reduction = removals_.of_household(*household);
            if (!reduction) continue;
            reduced.emplace_back(household, *reduction);
            if (!first || reduction->date < first->date) first = reduction;
        }
        if (!first) return {};
        const Registers records = regional_.of(region_id);
        const std::vector<GateDate> gates = gate_dates(in_.model, region_id, records, first->date, in_.as_of);
        SequenceRow region;
        region.region_id = region_id;
        region.reduction = first->date;
        region.kind = first->event->kind;
        judge(gates, region);
        std::vector<SequenceRow> rows{region};
        std::vector<double> months;
        for (const auto& [household, reduction] : reduced) {
            rows.push_back(household_row(region_id, *household, reduction, gates));
            const SequenceRow& row = rows.back();
            if (row.months_without_income) months.push_back(*row.months_without_income);
            SequenceRow& sum = rows.front();
            ++sum.families;
            if (row.violation != Violation::yes) continue;
            ++sum.families_violated;
            sum.people_violated += household->members.value_or(0);
            if (!household->members) ++sum.families_uncounted;
        }
        finish(region_id, std::move(months), rows.front());
        return rows;
    }

  private:
    [[nodiscard]] SequenceRow household_row(const std::string& region_id, const Household& household,
                                            const Reduction& reduction, const std::vector<GateDate>& regional) const {
        SequenceRow row;
        row.region_id = region_id;
        row.household_id = household.id;
        row.reduction = reduction.date;
        row.basis = reduction.basis;
        row.kind = reduction.event->kind;
        std::vector<GateDate> gates;
        for (std::size_t i = 0; i < regional.size(); ++i) {
            const auto own =
                households_.own(in_.model.gates[i], household, reduction, removals_.events_of(region_id), in_.as_of);
            gates.push_back(own ? *own : seen_from(regional[i], reduction.date));
        }
        judge(gates, row);
        row.months_without_income = households_.months_to_licit(household.id, reduction.date, in_.as_of);
        return row;
    }

    void finish(const std::string& region_id, std::vector<double> months, SequenceRow& region) const {
        if (const auto middle = median(std::move(months)))
            region.months_without_income = static_cast<int>(std::lround(*middle));
        region.replanted = removals_.replanted(region_id);
        if (region.families_violated > 0 && region.violation == Violation::no) region.violation = Violation::yes;
        if (region.violation != Violation::yes) return;
        const bool open = !region.gates_never.empty() || !region.last_gate || *region.last_gate <= region.reduction;
        region.removed_too_early = removals_.removed(region_id, open ? std::nullopt : region.last_gate);
    }

    const AuditInputs& in_;
    const Removals& removals_;
    const HouseholdRecords& households_;
    const RegionalRegisters& regional_;
};

}  // namespace

std::string_view name_of(Violation violation) {
    switch (violation) {
        case Violation::no:
            return "no";
        case Violation::yes:
            return "yes";
        case Violation::unknown:
            break;
    }
    return "unknown";
}

std::vector<SequenceRow> sequence_audit(const AuditInputs& inputs, geo::Parallelism parallelism) {
    const Removals removals(inputs.registers.eradication, inputs.surveys, inputs.as_of);
    const HouseholdRecords households(inputs.registers);
    std::vector<std::string> ids(inputs.region_ids.begin(), inputs.region_ids.end());
    std::ranges::sort(ids);
    const RegionalRegisters regional(ids, inputs.registers);
    std::map<std::string_view, std::vector<const Household*>> members;
    for (const Household& household : inputs.registers.households)
        members[household.region_id].push_back(&household);
    for (auto& [id, list] : members)
        std::ranges::sort(list, {}, &Household::id);
    const RegionAudit audit(inputs, removals, households, regional);
    std::vector<SequenceRow> rows;
    geo::parallel_ordered<std::vector<SequenceRow>>(
        ids.size(), parallelism,
        [&](std::size_t i) {
            const auto found = members.find(ids[i]);
            return audit.rows(ids[i], found == members.end() ? std::vector<const Household*>() : found->second);
        },
        [&](std::size_t, std::vector<SequenceRow>&& of_region) {
            std::ranges::move(of_region, std::back_inserter(rows));
        });
    return rows;
}

}  // namespace vereda::livelihoods
