#include "livelihoods/facts.hpp"

#include "livelihoods/income_measures.hpp"
#include "livelihoods/price_book.hpp"
#include "livelihoods/register_index.hpp"
#include "livelihoods/register_measures.hpp"
#include "livelihoods/stated_facts.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

std::optional<geo::Date> earliest_start(std::span<const Programme> programmes) {
    std::optional<geo::Date> start;
    for (const Programme& programme : programmes)
        if (programme.starts_on && (!start || *programme.starts_on < *start)) start = programme.starts_on;
    return start;
}

}  // namespace

std::vector<RegionFacts> region_facts(std::span<const std::string> region_ids, const Registers& registers,
                                      geo::Date as_of, geo::Diagnostics& diagnostics) {
    const RegisterIndex index(region_ids, registers, diagnostics);
    const PriceBook prices(registers.prices);
    const Roll roll(registers.households);
    const IncomeSetting setting{&prices,
                                &roll,
                                main_currency(registers.incomes, registers.prices, diagnostics),
                                earliest_start(registers.programmes),
                                registers.announcement,
                                as_of};
    if (!registers.incomes.empty() && !prices.has_index())
        diagnostics.add({geo::Severity::note, {"facts.not_deflated"_msg, {}}, {}});

    std::vector<RegionFacts> all;
    all.reserve(region_ids.size());
    for (const std::string& id : region_ids) {
        const RegionRecords& records = index.of(id);
        RegionFacts facts;
        facts.region_id = id;
        add_household_measures(records, registers, roll, as_of, facts.measures);
        add_delivery_measures(records, roll, as_of, facts.measures);
        add_incident_measures(records, registers, roll, as_of, facts.measures);
        add_income_measures(records, id, setting, facts.measures);
        add_indicators(records, as_of, facts.measures);
        add_context(records, as_of, facts.measures);
        add_evidence(records, as_of, facts);
        all.push_back(std::move(facts));
    }
    return all;
}

}  // namespace vereda::livelihoods
