#include "livelihoods/sanction_history.hpp"

#include <algorithm>

namespace vereda::livelihoods {

SanctionHistory::SanctionHistory(std::span<const SanctionRecord> records, std::span<const Household> households) {
    if (records.empty()) return;
    std::map<std::string_view, std::string_view> licences;
    for (const Household& household : households)
        if (!household.registration_id.empty()) licences.emplace(household.id, household.registration_id);
    for (const SanctionRecord& record : records) {
        if (record.household_id.empty()) {
            by_union_.emplace(record.union_name, &record);
            continue;
        }
        by_household_.emplace(record.household_id, &record);
        const auto licence = licences.find(record.household_id);
        if (licence != licences.end()) by_licence_.emplace(licence->second, &record);
    }
}

std::vector<RecordedSanction> SanctionHistory::of(std::string_view key, RuleUnit unit, std::string_view pack) const {
    std::vector<RecordedSanction> found;
    if (key.empty()) return found;
    const ByKey& records = unit == RuleUnit::family   ? by_household_
                           : unit == RuleUnit::union_ ? by_union_
                                                      : by_licence_;
    const auto [first, end] = records.equal_range(key);
    for (auto at = first; at != end; ++at)
        if (speaks_of(*at->second, pack)) found.push_back({at->second->day, confirmed_twice(*at->second)});
    std::ranges::stable_sort(found, {}, &RecordedSanction::day);
    return found;
}

}  // namespace vereda::livelihoods
