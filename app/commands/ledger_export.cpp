#include <nlohmann/json.hpp>
#include <ostream>

#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_session.hpp"
#include "app/output_folder.hpp"
#include "app/shared_parameters.hpp"
#include "geo/io/atomic_file.hpp"

namespace vereda::app {

using namespace geo;
using Json = nlohmann::ordered_json;

namespace {

Json json_of(const evidence::io::OpenEntry& entry) {
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

ExitCode export_entries(const Arguments& arguments, Session& session) {
    require_writable_file(arguments.text("out"), arguments.flag("overwrite"));
    const evidence::io::Ledger ledger = opened_ledger(arguments, session);
    Json json{{"ledger", evidence::hex(ledger.head().ledger)},
              {"audience", "internal"},
              {"checkpoint", evidence::checkpoint_text(evidence::checkpoint_of(ledger.head()))},
              {"entries", Json::array()}};
    for (const evidence::io::OpenEntry& entry : ledger.entries())
        if (!entry.repeated) json["entries"].push_back(json_of(entry));
    io::write_file(arguments.text("out"), json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    if (!session.quiet && !session.json)
        session.out << session.messages.text({"ledger.exported"_msg, {{"path", arguments.text("out")}}}) << '\n';
    return ExitCode::done;
}

}  // namespace

Command ledger_export() {
    return ledger_command("export", "command.ledger_export"_msg,
                          ledger_parameters(true, {out_option(true), shared::overwrite()}),
                          "vereda ledger export acta -o acta.json", export_entries);
}

}  // namespace vereda::app
