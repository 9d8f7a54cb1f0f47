#include "evidence/record.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace vereda::evidence {

namespace {

constexpr std::string_view every_record = "all";

std::string text_of(const Fields& fields, std::string_view name) {
    const Field* field = find(fields, name);
    return field == nullptr ? std::string() : field->value;
}

/// Position of the entry that a field names.
std::optional<std::size_t> entry_named(std::span<const OpenEntry> entries, std::string_view name) {
    if (const auto leaf = digest_from_hex(name)) {
        const auto found = std::ranges::find(entries, *leaf, &OpenEntry::leaf);
        if (found == entries.end()) return std::nullopt;
        return static_cast<std::size_t>(found - entries.begin());
    }
    std::size_t number = 0;
    const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (fault != std::errc() || end != name.data() + name.size() || number >= entries.size()) return std::nullopt;
    return number;
}

geo::Date day_of(const std::string& written, const std::string& recorded) {
    if (const auto day = geo::parse_date(written, geo::DateOrder::iso_only)) return *day;
    return geo::parse_date(recorded.substr(0, 10), geo::DateOrder::iso_only).value_or(geo::Date{});
}

std::optional<Consent> consent_in(const OpenEntry& entry) {
    const bool revokes = text_of(entry.fields, "type") == "consent_revoked";
    const auto scope = uses_named(text_of(entry.fields, "consent_scope"));
    if (!scope || (scope->empty() && !revokes)) return std::nullopt;
    return Consent{
        .entry = entry.sequence,
        .merged = entry.merged,
        .revokes = revokes,
        .scope = *scope,
        .from = day_of(text_of(entry.fields, "consent_date"), entry.time),
        .until = geo::parse_date(text_of(entry.fields, "consent_until"), geo::DateOrder::iso_only),
        .by = text_of(entry.fields, "consent_by"),
        .not_before = geo::parse_date(text_of(entry.fields, "consent_not_before"), geo::DateOrder::iso_only)};
}

bool speaks_of_records(std::string_view type) {
    return type == "correction" || type == "redaction" || type == "consent" || type == "consent_revoked";
}

Record record_of(std::span<const OpenEntry> entries, const OpenEntry& entry) {
    Record record;
    record.entry = entry.sequence;
    record.leaf = entry.leaf;
    record.type = entry.kind == EntryKind::genesis ? "genesis" : text_of(entry.fields, "type");
    record.recorded = entry.time;
    record.about = entry_named(entries, text_of(entry.fields, "about"));
    record.redacted_by = entry.redacted_by;
    record.objects = entry.objects;
    for (const auto& field : entry.fields) {
        if (!field || field->name == "type" || field->name == "about" || is_consent_field(field->name)) continue;
        record.values[field->name] = field->value;
    }
    if (auto consent = consent_in(entry)) record.consents.push_back(std::move(*consent));
    return record;
}

/// What a redaction took out stays out, whatever a correction says of the same field.
std::set<std::string> names_left(const OpenEntry& entry) {
    std::set<std::string> names;
    for (const auto& field : entry.fields)
        if (field) names.insert(field->name);
    return names;
}

void correct(Record& record, const OpenEntry& corrected, const OpenEntry& correction) {
    record.corrected_by.push_back(correction.sequence);
    const std::set<std::string> left = names_left(corrected);
    for (const auto& field : correction.fields) {
        if (!field || field->name == "type" || field->name == "corrects" || field->name == "correction_note") continue;
        if (is_consent_field(field->name) || (record.redacted_by && !left.contains(field->name))) continue;
        record.values[field->name] = field->value;
    }
}

}  // namespace

const std::string& Record::value(std::string_view name) const {
    static const std::string none;
    const auto found = values.find(std::string(name));
    return found == values.end() ? none : found->second;
}

bool is_consent_field(std::string_view name) {
    return name == "consent_scope" || name == "consent_date" || name == "consent_until" ||
           name == "consent_not_before" || name == "consent_by";
}

std::vector<Record> records_of(std::span<const OpenEntry> entries) {
    std::vector<Record> records;
    std::vector<std::optional<std::size_t>> position(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string type = text_of(entries[i].fields, "type");
        if (entries[i].repeated || entries[i].fields.empty() || speaks_of_records(type)) continue;
        position[i] = records.size();
        records.push_back(record_of(entries, entries[i]));
    }
    for (const OpenEntry& entry : entries) {
        if (entry.repeated) continue;
        const std::string type = text_of(entry.fields, "type");
        if (type == "correction") {
            const auto target = entry_named(entries, text_of(entry.fields, "corrects"));
            if (!target || !position[*target]) continue;
            correct(records[*position[*target]], entries[*target], entry);
        } else if (type == "consent" || type == "consent_revoked") {
            const auto consent = consent_in(entry);
            const std::string about = text_of(entry.fields, "about");
            const auto target = entry_named(entries, about);
            for (Record& record : records) {
                const bool meant = about == every_record || (target && record.entry == entries[*target].sequence);
                if (consent && meant) record.consents.push_back(*consent);
            }
        }
    }
    for (Record& record : records) {
        if (!record.consents.empty() || !record.about || !position[*record.about]) continue;
        record.consents = records[*position[*record.about]].consents;
    }
    return records;
}

}  // namespace vereda::evidence
