#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>

#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_release.hpp"
#include "app/ledger_session.hpp"
#include "app/output_folder.hpp"
#include "app/shared_parameters.hpp"
#include "geo/io/atomic_file.hpp"

namespace vereda::app {

using namespace geo;
using Json = nlohmann::ordered_json;

namespace {

Json json_of(const evidence::OpenEntry& entry) {
    Json json{{"entry", entry.sequence}, {"recorded", entry.time}, {"leaf", evidence::hex(entry.leaf)}};
    if (entry.merged) json["merged"] = true;
    if (entry.redacted_by) json["redacted_by"] = *entry.redacted_by;
    if (entry.redacts) json["redacts"] = *entry.redacts;
    Json fields = Json::object();
    for (const auto& field : entry.fields) {
        if (!field) continue;
        fields[field->name] = field->value;
        json["salts"][field->name] = evidence::hex(field->salt);
    }
    json["fields"] = std::move(fields);
    for (const evidence::SealedBytes& object : entry.objects)
        json["objects"].push_back(evidence::object_name(object));
    return json;
}

/// Entries that a copy for this use may hold: not the records without consent, nor what speaks of them.
bool shown(const evidence::OpenEntry& entry, const std::vector<evidence::OpenEntry>& all,
           const std::set<std::uint64_t>& left_out) {
    if (entry.repeated || left_out.contains(entry.sequence)) return false;
    if (const auto* corrected = evidence::find(entry.fields, "corrects")) {
        return std::ranges::none_of(all, [&](const evidence::OpenEntry& other) {
            return evidence::hex(other.leaf) == corrected->value && left_out.contains(other.sequence);
        });
    }
    return true;
}

ExitCode export_entries(const Arguments& arguments, Session& session) {
    require_writable_file(arguments.text("out"), arguments.flag("overwrite"));
    const evidence::io::Ledger ledger = opened_ledger(arguments, session);
    const std::vector<evidence::OpenEntry> entries = ledger.entries();
    const std::vector<evidence::Record> records = evidence::records_of(entries);
    const evidence::Use use = use_asked(arguments);
    const auto left_out = without_consent(records, {use, {}, arguments.flag("consented-only")}, arguments.text("dir"));
    Json json{{"ledger", evidence::hex(ledger.head().ledger)},
              {"audience", "internal"},
              {"use", evidence::code_of(use)},
              {"left_out_without_consent", left_out.size()},
              {"checkpoint", evidence::checkpoint_text(evidence::checkpoint_of(ledger.head()))},
              {"entries", Json::array()}};
    for (const evidence::OpenEntry& entry : entries)
        if (shown(entry, entries, left_out)) json["entries"].push_back(json_of(entry));
    io::write_file(arguments.text("out"), json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    if (!session.quiet && !session.json)
        session.out << session.messages.text({"ledger.exported"_msg, {{"path", arguments.text("out")}}}) << '\n';
    return ExitCode::done;
}

}  // namespace

Command ledger_export() {
    return ledger_command(
        "export", "command.ledger_export"_msg,
        ledger_parameters(true, {out_option(true), use_option(), consented_only(), shared::overwrite()}),
        "vereda ledger export acta -o acta.json", export_entries);
}

}  // namespace vereda::app
