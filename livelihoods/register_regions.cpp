#include "livelihoods/register_regions.hpp"

namespace vereda::livelihoods {

using geo::operator""_msg;

RegisterRegions::RegisterRegions(ColumnBinding& binding, std::span<const Household> households) {
    std::tie(household_, region_) = binding.either("household_id", "region_id");
    by_id_.reserve(households.size());
    for (const Household& household : households)
        by_id_.emplace(household.id, &household);
}

void RegisterRegions::fill(const RowCells& row, std::string& household_id, std::string& region_id) {
    household_id = row.text(household_);
    region_id = row.text(region_);
    if (household_id.empty() && region_id.empty())
        throw geo::Error(geo::ErrorKind::input, {"register.about_nobody"_msg, {}}, row.place(household_));
    if (household_id.empty() || by_id_.empty()) return;
    const auto known = by_id_.find(household_id);
    if (known == by_id_.end()) {
        if (unknown_rows_++ == 0) first_unknown_line_ = row.place(household_).line;
    } else if (region_id.empty()) {
        region_id = known->second->region_id;
    }
}

void RegisterRegions::report(const geo::Locus& table, geo::Diagnostics& diagnostics) const {
    if (unknown_rows_ == 0) return;
    geo::Locus place = table;
    place.line = first_unknown_line_;
    diagnostics.add({geo::Severity::warning,
                     {"register.household_unknown"_msg, {{"count", std::to_string(unknown_rows_)}}},
                     place});
}

}  // namespace vereda::livelihoods
