#include "livelihoods/sanction_record.hpp"

#include <algorithm>
#include <set>

namespace vereda::livelihoods {

using geo::operator""_msg;

namespace {

constexpr int measurements_at_most = 1000;

void notice_strangers(std::span<const SanctionRecord> records, std::span<const Household> households,
                      const geo::Locus& table, geo::Diagnostics& diagnostics) {
    if (households.empty()) return;
    std::set<std::string_view> known;
    for (const Household& household : households)
        known.insert(household.id);
    const auto strangers = std::ranges::count_if(records, [&](const SanctionRecord& record) {
        return !record.household_id.empty() && !known.contains(record.household_id);
    });
    if (strangers == 0) return;
    diagnostics.add(
        {geo::Severity::warning, {"register.household_unknown"_msg, {{"count", std::to_string(strangers)}}}, table});
}

}  // namespace

bool confirmed_twice(const SanctionRecord& record) {
    return record.kind == "confirmed_excess" || (record.kind == "excess" && record.measurements.value_or(0) >= 2);
}

bool speaks_of(const SanctionRecord& record, std::string_view pack) {
    const std::string_view named = record.pack;
    return named.empty() || named.substr(0, named.find('@')) == pack;
}

std::vector<SanctionRecord> sanctions_from(const geo::TextTable& table, const ColumnMap& columns,
                                           std::span<const Household> households, geo::Diagnostics& diagnostics) {
    ColumnBinding binding(table, columns);
    const auto [household, union_name] = binding.either("household_id", "union");
    const Column date = binding.required("date"), kind = binding.optional("kind"), pack = binding.optional("pack");
    const Column clause = binding.optional("clause"), measurements = binding.optional("measurements");
    binding.finish();

    std::vector<SanctionRecord> records;
    for (const geo::TextRow& text_row : table.rows) {
        const RowCells row(table, text_row);
        SanctionRecord record;
        record.household_id = row.text(household);
        record.union_name = row.text(union_name);
        if (record.household_id.empty() && record.union_name.empty())
            throw geo::Error(geo::ErrorKind::input, {"sanctions.about_nobody"_msg, {}}, row.place(household));
        record.day = row.required_date(date);
        record.kind = row.lower_text(kind);
        record.pack = row.text(pack);
        record.clause = row.text(clause);
        if (const auto count = row.integer_within(measurements, 0, measurements_at_most))
            record.measurements = static_cast<int>(*count);
        records.push_back(std::move(record));
    }
    notice_strangers(records, households, table.locus, diagnostics);
    return records;
}

}  // namespace vereda::livelihoods
