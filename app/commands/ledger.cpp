#include "app/commands/ledger.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/ledger_events.hpp"
#include "app/ledger_session.hpp"
#include "app/output_folder.hpp"
#include "app/shared_parameters.hpp"
#include "evidence/photo.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/content_hash.hpp"
#include "geo/io/photo_metadata.hpp"

namespace vereda::app {

using namespace geo;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t largest_document = std::size_t{256} << 20;

void print(const Json& json, const Session& session) {
    session.out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

/// The sentence, or with --json the numbers, that a writing command ends with: what was written and the checkpoint to
/// keep.
void tell(const Message& done, const evidence::Head& head, const Session& session) {
    const std::string checkpoint = evidence::checkpoint_text(evidence::checkpoint_of(head));
    if (session.json) {
        print({{"entries", head.tree.size()}, {"checkpoint", checkpoint}}, session);
    } else if (!session.quiet) {
        session.out << session.messages.text(done) << '\n'
                    << session.messages.text({"ledger.keep_checkpoint"_msg, {{"checkpoint", checkpoint}}}) << '\n';
    }
}

Message about_entry(MessageId id, std::uint64_t entry) {
    return {id, {{"entry", std::to_string(entry)}}};
}

evidence::Fields fields_of(std::initializer_list<std::pair<const char*, std::string>> pairs) {
    evidence::Fields fields;
    for (const auto& [name, value] : pairs) {
        if (!value.empty()) fields.emplace_back(evidence::field(name, value));
    }
    return fields;
}

ExitCode init(const Arguments& arguments, Session& session) {
    const Passphrase passphrase = read_passphrase(arguments, session, true);
    const std::string path = arguments.text("dir");
    evidence::io::Ledger::create(
        path,
        fields_of({{"type", "genesis"}, {"council", arguments.text("council")}, {"terms", arguments.text("terms")}}),
        passphrase.text(), device_time());
    const auto head = evidence::parse_head(evidence::io::LedgerFolder(path).head());
    tell({"ledger.created"_msg, {{"path", path}}}, head.value(), session);
    return ExitCode::done;
}

ExitCode add(const Arguments& arguments, Session& session) {
    const std::vector<evidence::Fields> records = event_records(arguments, session);
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    std::uint64_t entry = 0;
    for (const evidence::Fields& record : records)
        entry = ledger.add(record, {}, device_time());
    tell(about_entry("ledger.added"_msg, entry), ledger.head(), session);
    return ExitCode::done;
}

ExitCode photo(const Arguments& arguments, Session& session) {
    const std::string path = arguments.text("file");
    const std::string bytes = io::read_file(path, largest_document);
    std::string sealed = bytes;
    io::PhotoMetadata metadata;
    if (evidence::is_jpeg(bytes)) {
        metadata = io::photo_metadata(path);
        sealed = evidence::without_metadata(bytes);
    } else {
        session.diagnostics.add({Severity::warning, {"ledger.document_as_it_is"_msg, {}}, Locus{path, {}, {}, 0, {}}});
    }
    const std::string place = metadata.place ? fmt::format(R"({{"type":"Point","coordinates":[{:.6f},{:.6f}]}})",
                                                           metadata.place->x, metadata.place->y)
                                             : std::string();
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    const std::uint64_t entry = ledger.add(fields_of({{"type", evidence::is_jpeg(bytes) ? "photo" : "document"},
                                                      {"about", arguments.has("entry") ? arguments.text("entry") : ""},
                                                      {"note", arguments.text("note")},
                                                      {"date", metadata.taken_on ? to_iso(*metadata.taken_on) : ""},
                                                      {"place", place},
                                                      {"original_sha256", io::sha256_of_bytes(bytes)},
                                                      {"sealed_sha256", io::sha256_of_bytes(sealed)}}),
                                           {sealed}, device_time());
    tell(about_entry("ledger.added"_msg, entry), ledger.head(), session);
    return ExitCode::done;
}

/// "name=value" pairs of --set.
evidence::Fields corrected_fields(const Arguments& arguments) {
    evidence::Fields fields =
        fields_of({{"type", "correction"}, {"corrects", arguments.text("entry")}, {"note", arguments.text("note")}});
    for (const std::string& pair : arguments.texts("set")) {
        const std::size_t sign = pair.find('=');
        if (sign == std::string::npos || sign == 0)
            throw Error(ErrorKind::usage, {"ledger.not_a_pair"_msg, {{"text", pair}}});
        fields.emplace_back(evidence::field(pair.substr(0, sign), pair.substr(sign + 1)));
    }
    return fields;
}

void require_entry(const evidence::io::Ledger& ledger, long long entry) {
    if (static_cast<std::uint64_t>(entry) >= ledger.head().tree.size())
        throw Error(ErrorKind::usage, {"ledger.no_such_entry"_msg, {{"entry", std::to_string(entry)}}});
}

ExitCode correct(const Arguments& arguments, Session& session) {
    const evidence::Fields fields = corrected_fields(arguments);
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    require_entry(ledger, arguments.integer("entry"));
    const std::uint64_t entry = ledger.add(fields, {}, device_time());
    tell(about_entry("ledger.added"_msg, entry), ledger.head(), session);
    return ExitCode::done;
}

ExitCode redact(const Arguments& arguments, Session& session) {
    const bool all = arguments.flag("all");
    if (all == arguments.has("field")) throw Error(ErrorKind::usage, {"ledger.field_or_all"_msg, {}});
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    const std::uint64_t entry =
        ledger.redact(static_cast<std::uint64_t>(arguments.integer("entry")), arguments.texts("field"), all,
                      fields_of({{"type", "redaction"},
                                 {"reason", arguments.text("reason")},
                                 {"decided_by", arguments.text("decided-by")}}),
                      device_time());
    tell(about_entry("ledger.redacted"_msg, entry), ledger.head(), session);
    return ExitCode::done;
}

evidence::PublicKey key_named(const evidence::io::Ledger& ledger, const std::string& beginning) {
    const auto content = ledger.folder().content({});
    const evidence::History history = evidence::read_history(content.entries, {}, nullptr);
    std::optional<evidence::PublicKey> found;
    for (const auto& [key, in_force] : history.keys) {
        if (!evidence::hex(key).starts_with(beginning)) continue;
        if (found) throw Error(ErrorKind::usage, {"ledger.key_ambiguous"_msg, {{"key", beginning}}});
        found = key;
    }
    if (!found || beginning.empty()) throw Error(ErrorKind::usage, {"ledger.no_such_key"_msg, {}});
    return *found;
}

ExitCode change_keys(const Arguments& arguments, Session& session) {
    const int asked = static_cast<int>(arguments.flag("add")) + static_cast<int>(arguments.has("revoke")) +
                      static_cast<int>(arguments.flag("cosign"));
    if (asked != 1) throw Error(ErrorKind::usage, {"ledger.one_key_action"_msg, {}});
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    Message done;
    if (arguments.flag("add")) {
        const Passphrase passphrase = read_passphrase(arguments, session, true, "new-passphrase-file");
        const evidence::PublicKey key = ledger.add_key(passphrase.text(), device_time());
        done = {"ledger.key_added"_msg, {{"key", evidence::hex(key).substr(0, 16)}}};
    } else if (arguments.flag("cosign")) {
        ledger.cosign();
        done = {"ledger.cosigned"_msg, {{"keys", std::to_string(ledger.head().signatures.size())}}};
    } else {
        ledger.revoke_key(key_named(ledger, arguments.text("revoke")), device_time());
        done = {"ledger.key_revoked"_msg, {{"key", arguments.text("revoke")}}};
    }
    tell(done, ledger.head(), session);
    return ExitCode::done;
}

ExitCode merge(const Arguments& arguments, Session& session) {
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    const evidence::io::Merged merged = ledger.merge(arguments.text("other"), device_time());
    const MessageId id = merged.entries == 0 ? "ledger.merged_nothing"_msg
                         : merged.replaced   ? "ledger.brought_up"_msg
                                             : "ledger.merged"_msg;
    tell({id, {{"entries", std::to_string(merged.entries)}}}, ledger.head(), session);
    return ExitCode::done;
}

std::vector<evidence::Checkpoint> kept_checkpoints(const Arguments& arguments) {
    std::vector<evidence::Checkpoint> kept;
    for (const std::string& path : arguments.texts("checkpoint")) {
        const auto found = evidence::find_checkpoint(io::read_file(path));
        if (!found) throw Error(ErrorKind::input, {"ledger.no_checkpoint"_msg, {}}, Locus{path, {}, {}, 0, {}});
        kept.push_back(*found);
    }
    return kept;
}

Json json_of(const evidence::Verification& result, const Session& session) {
    Json json{{"holds", result.faults.empty()},
              {"entries", result.entries},
              {"keys_in_force", result.keys_in_force},
              {"signed_by", result.signed_by.size()},
              {"faults", Json::array()}};
    if (result.head) json["checkpoint"] = evidence::checkpoint_text(evidence::checkpoint_of(*result.head));
    for (const evidence::Fault& fault : result.faults) {
        Json one{{"file", fault.file}, {"id", fault.message.id.text()}, {"text", session.messages.text(fault.message)}};
        if (fault.entry) one["entry"] = *fault.entry;
        json["faults"].push_back(std::move(one));
    }
    return json;
}

ExitCode verify(const Arguments& arguments, Session& session) {
    const std::vector<evidence::Checkpoint> kept = kept_checkpoints(arguments);
    const evidence::io::LedgerFolder folder(arguments.text("dir"));
    const auto content = folder.content(session.parallelism);
    const evidence::Verification result =
        evidence::verify(content.bytes(), kept, session.parallelism, &session.progress);
    for (const evidence::Fault& fault : result.faults) {
        const Locus place{fault.file, {}, fault.entry ? std::to_string(*fault.entry) : "", 0, {}};
        session.err << session.messages.error_line(place, fault.message) << '\n';
    }
    if (session.json) print(json_of(result, session), session);
    if (!session.json && !session.quiet && result.faults.empty()) {
        session.out << session.messages.text({"ledger.holds"_msg,
                                              {{"entries", std::to_string(result.entries)},
                                               {"signed", std::to_string(result.signed_by.size())},
                                               {"keys", std::to_string(result.keys_in_force)},
                                               {"checkpoints", std::to_string(kept.size())}}})
                    << '\n';
        if (result.addition_pending || result.addition_dropped) {
            session.out << session.messages.text(
                               {result.addition_pending ? "ledger.addition_pending"_msg : "ledger.addition_dropped"_msg,
                                {}})
                        << '\n';
        }
    }
    return result.faults.empty() ? ExitCode::done : ExitCode::integrity;
}

ExitCode checkpoint(const Arguments& arguments, Session& session) {
    const auto head = evidence::parse_head(evidence::io::LedgerFolder(arguments.text("dir")).head());
    if (!head) throw Error(ErrorKind::integrity, {"ledger.head_unreadable"_msg, {}}, Locus{"head.txt", {}, {}, 0, {}});
    const std::string text = evidence::checkpoint_text(evidence::checkpoint_of(*head)) + "\n";
    if (!arguments.has("out")) {
        session.out << text;
    } else {
        require_writable_file(arguments.text("out"), arguments.flag("overwrite"));
        io::write_file(arguments.text("out"), text);
    }
    return ExitCode::done;
}

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
        json["entries"].push_back(json_of(entry));
    io::write_file(arguments.text("out"), json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    if (!session.quiet && !session.json)
        session.out << session.messages.text({"ledger.exported"_msg, {{"path", arguments.text("out")}}}) << '\n';
    return ExitCode::done;
}

Parameter text(const char* name, MessageId help, const char* value = "TEXT") {
    return {.name = name, .type = ParameterType::text, .help = help, .value_name = value};
}

Parameter file(const char* name, MessageId help, bool required = false) {
    return {.name = name, .type = ParameterType::path, .help = help, .value_name = "FILE", .required = required};
}

Parameter flag(const char* name, MessageId help) {
    return {.name = name, .type = ParameterType::flag, .help = help};
}

Parameter entry_number(bool required) {
    return {.name = "entry",
            .type = ParameterType::integer,
            .help = "command.ledger.entry"_msg,
            .value_name = "NUMBER",
            .least = 0,
            .required = required};
}

Parameter repeated(Parameter parameter) {
    parameter.repeatable = true;
    return parameter;
}

Parameter out_json(bool required) {
    Parameter out = shared::out_file();
    out.help = "command.ledger.out"_msg;
    out.required = required;
    return out;
}

std::vector<Parameter> event_parameters() {
    std::vector<Parameter> all{file("event", "command.ledger.event"_msg),
                               {.name = "type",
                                .type = ParameterType::choice,
                                .help = "command.ledger.type"_msg,
                                .default_text = "event",
                                .choices = {"event", "minutes", "consent", "note"}}};
    for (const EventOption& option : event_options())
        all.push_back(text(option_of(option.field).c_str(), option.help));
    return all;
}

Command command(const char* name, MessageId summary, std::vector<Parameter> parameters, const char* example,
                ExitCode (*execute)(const Arguments&, Session&)) {
    return {.name = std::string("ledger ") + name,
            .summary = summary,
            .parameters = std::move(parameters),
            .inputs = "command.ledger.inputs"_msg,
            .outputs = "command.ledger.outputs"_msg,
            .example = example,
            .citation = "RFC 6962 (tree), RFC 8032 (Ed25519), RFC 9106 (Argon2id), FIPS 180-4 (SHA-256)",
            .execute = execute};
}

std::vector<Parameter> merge_parameters() {
    std::vector<Parameter> all = ledger_parameters(true);
    all.insert(all.begin() + 1, {.name = "other",
                                 .type = ParameterType::path,
                                 .help = "command.ledger.other"_msg,
                                 .positional = true,
                                 .required = true});
    return all;
}

}  // namespace

std::vector<Command> ledger_commands() {
    return {
        command("init", "command.ledger_init"_msg,
                ledger_parameters(
                    true, {text("council", "command.ledger.council"_msg), text("terms", "command.ledger.terms"_msg)}),
                "vereda ledger init acta --council \"Consejo Comunitario\"", init),
        command("add", "command.ledger_add"_msg, ledger_parameters(true, event_parameters()),
                "vereda ledger add acta --event plot.geojson --date 2026-11-22 --note \"arranque voluntario\"", add),
        command("photo", "command.ledger_photo"_msg,
                ledger_parameters(true, {file("file", "command.ledger.file"_msg, true), entry_number(false),
                                         text("note", "command.ledger.note"_msg)}),
                "vereda ledger photo acta --file IMG_0042.jpg --entry 3", photo),
        command(
            "correct", "command.ledger_correct"_msg,
            ledger_parameters(true, {entry_number(true), repeated(text("set", "command.ledger.set"_msg, "FIELD=VALUE")),
                                     text("note", "command.ledger.note"_msg)}),
            "vereda ledger correct acta --entry 3 --set area_ha=2.4", correct),
        command(
            "redact", "command.ledger_redact"_msg,
            ledger_parameters(true, {entry_number(true), repeated(text("field", "command.ledger.field"_msg, "FIELD")),
                                     flag("all", "command.ledger.all"_msg), text("reason", "command.ledger.reason"_msg),
                                     text("decided-by", "command.ledger.decided_by"_msg)}),
            "vereda ledger redact acta --entry 3 --field place --decided-by asamblea", redact),
        command("key", "command.ledger_key"_msg,
                ledger_parameters(true, {flag("add", "command.ledger.add_key"_msg),
                                         text("revoke", "command.ledger.revoke_key"_msg, "KEY"),
                                         flag("cosign", "command.ledger.cosign"_msg),
                                         file("new-passphrase-file", "command.ledger.new_passphrase_file"_msg)}),
                "vereda ledger key acta --add", change_keys),
        command("merge", "command.ledger_merge"_msg, merge_parameters(),
                "vereda ledger merge acta acta-of-the-other-phone", merge),
        command(
            "verify", "command.ledger_verify"_msg,
            ledger_parameters(false, {repeated(file("checkpoint", "command.ledger.checkpoint"_msg)), shared::jobs()}),
            "vereda ledger verify acta --checkpoint checkpoint.txt", verify),
        command("checkpoint", "command.ledger_checkpoint"_msg,
                ledger_parameters(false, {out_json(false), shared::overwrite()}),
                "vereda ledger checkpoint acta -o checkpoint.txt", checkpoint),
        command("export", "command.ledger_export"_msg, ledger_parameters(true, {out_json(true), shared::overwrite()}),
                "vereda ledger export acta -o acta.json", export_entries),
    };
}

}  // namespace vereda::app
