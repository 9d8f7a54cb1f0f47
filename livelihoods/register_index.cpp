#include "livelihoods/register_index.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

}  // namespace

RegisterIndex::RegisterIndex(std::span<const std::string> region_ids, const Registers& registers,
                             geo::Diagnostics& diagnostics) {
    for (const std::string& id : region_ids)
        by_region_[id];
    const auto group = [&](auto records, auto member, std::string_view name) {
        long elsewhere = 0;
        for (const auto& record : records) {
            const auto region = by_region_.find(record.region_id);
            if (region != by_region_.end()) {
                (region->second.*member).push_back(&record);
            } else if (!record.region_id.empty()) {
                ++elsewhere;
            }
        }
        if (elsewhere == 0) return;
        diagnostics.add(
            {geo::Severity::warning,
             {"facts.region_unknown"_msg, {{"register", std::string(name)}, {"count", std::to_string(elsewhere)}}},
             {}});
    };
    group(registers.households, &RegionRecords::households, "households");
    group(registers.deliveries, &RegionRecords::deliveries, "deliveries");
    group(registers.incomes, &RegionRecords::incomes, "incomes");
    group(registers.indicators, &RegionRecords::indicators, "indicators");
    group(registers.evidence, &RegionRecords::evidence, "evidence");
    group(registers.incidents, &RegionRecords::incidents, "incidents");
    group(registers.context, &RegionRecords::context, "context");
    group(registers.eradication, &RegionRecords::eradication, "eradication");
}

}  // namespace vereda::livelihoods
