#include "livelihoods/gate_dates.hpp"

#include <algorithm>
#include <map>

#include "geo/calendar.hpp"
#include "livelihoods/gate.hpp"
#include "livelihoods/roll.hpp"

namespace vereda::livelihoods {

namespace {

constexpr int step_months = 6;
constexpr int years_back = 10;

/// States of all gates of one region by day, each day judged once.
class GateHistory {
  public:
    GateHistory(const ReadinessModel& model, const std::string& region_id, const Registers& records)
        : model_(model), region_ids_{region_id}, records_(records) {}

    const std::vector<GateState>& on(geo::Date day) {
        const auto [found, is_new] = states_.try_emplace(day);
        if (!is_new) return found->second;
        geo::Diagnostics told_already;
        const RegionFacts facts = region_facts(region_ids_, records_, day, told_already).front();
        for (const Gate& gate : model_.gates)
            found->second.push_back(gate_result(gate, facts, day).state);
        return found->second;
    }
    bool passes(std::size_t gate, geo::Date day) { return on(day)[gate] == GateState::pass; }

    /// The first day of passing in (fails, passes].
    geo::Date onset(std::size_t gate, geo::Date fails, geo::Date passing) {
        while (geo::days_between(fails, passing) > 1) {
            const geo::Date middle = fails + (passing - fails) / 2;
            (passes(gate, middle) ? passing : fails) = middle;
        }
        return passing;
    }

  private:
    const ReadinessModel& model_;
    std::vector<std::string> region_ids_;
    const Registers& records_;
    std::map<geo::Date, std::vector<GateState>> states_;
};

GateDate held_before(GateHistory& history, std::size_t gate, const std::string& id, geo::Date reduction) {
    geo::Date passing = reduction;
    for (int back = step_months; back <= 12 * years_back; back += step_months) {
        const geo::Date earlier = geo::plus_months(reduction, -back);
        if (!history.passes(gate, earlier)) return {id, GateTiming::before, history.onset(gate, earlier, passing)};
        passing = earlier;
    }
    return {id, GateTiming::before, passing};
}

GateDate met_after(GateHistory& history, std::size_t gate, const std::string& id, geo::Date reduction,
                   geo::Date as_of) {
    bool known = history.on(reduction)[gate] == GateState::fail;
    geo::Date before = reduction;
    for (int ahead = step_months; before < as_of; ahead += step_months) {
        const geo::Date day = std::min(geo::plus_months(reduction, ahead), as_of);
        if (history.passes(gate, day)) return {id, GateTiming::after, history.onset(gate, before, day)};
        known = known || history.on(day)[gate] == GateState::fail;
        before = day;
    }
    return {id, known ? GateTiming::never : GateTiming::unknown, std::nullopt};
}

}  // namespace

std::vector<GateDate> gate_dates(const ReadinessModel& model, const std::string& region_id, const Registers& records,
                                 geo::Date reduction, geo::Date as_of) {
    GateHistory history(model, region_id, records);
    std::vector<GateDate> dates;
    for (std::size_t gate = 0; gate < model.gates.size(); ++gate) {
        const std::string& id = model.gates[gate].id;
        dates.push_back(history.passes(gate, reduction) ? held_before(history, gate, id, reduction)
                                                        : met_after(history, gate, id, reduction, as_of));
    }
    return dates;
}

RegionalRegisters::RegionalRegisters(std::span<const std::string> region_ids, const Registers& registers)
    : all_(registers) {
    for (const std::string& id : region_ids)
        by_region_[id];
    const auto sort_in = [&](const auto& records, auto member) {
        for (const auto& record : records) {
            const auto found = by_region_.find(record.region_id);
            if (found != by_region_.end()) (found->second.*member).push_back(record);
        }
    };
    sort_in(registers.households, &Records::households);
    sort_in(registers.deliveries, &Records::deliveries);
    sort_in(registers.incomes, &Records::incomes);
    sort_in(registers.indicators, &Records::indicators);
    sort_in(registers.evidence, &Records::evidence);
    sort_in(registers.context, &Records::context);
    sort_in(registers.eradication, &Records::eradication);
    // What the whole register keeps decides what an empty cell means, so each part keeps one row, of no region, as a
    // sign of it: whether registration is told at all, and agreements.
    for (const auto sign :
         {+[](const Household& h) { return h.registered_on.has_value() || !h.registration_id.empty(); },
          +[](const Household& h) { return h.agreement_date.has_value(); }}) {
        const auto found = std::ranges::find_if(registers.households, sign);
        if (found == registers.households.end()) continue;
        for (auto& [id, records] : by_region_) {
            records.households.push_back(*found);
            records.households.back().region_id.clear();
        }
    }
}

Registers RegionalRegisters::of(const std::string& region_id) const {
    const Records& records = by_region_.at(region_id);
    Registers result = all_;
    result.households = records.households;
    result.deliveries = records.deliveries;
    result.incomes = records.incomes;
    result.indicators = records.indicators;
    result.evidence = records.evidence;
    result.context = records.context;
    result.eradication = records.eradication;
    return result;
}

}  // namespace vereda::livelihoods
