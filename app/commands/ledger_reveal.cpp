#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_release.hpp"
#include "app/ledger_session.hpp"
#include "app/output_folder.hpp"
#include "app/shared_parameters.hpp"
#include "evidence/reveal.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"

namespace vereda::app {

using namespace geo;
using Json = nlohmann::ordered_json;

namespace {

std::vector<evidence::RevealedField> fields_asked(const evidence::OpenEntry& entry, const Arguments& arguments) {
    const std::vector<std::string> names = arguments.texts("field");
    std::vector<evidence::RevealedField> fields;
    for (std::size_t i = 0; i < entry.fields.size(); ++i) {
        const auto& field = entry.fields[i];
        const bool asked = arguments.flag("all") || (field && std::ranges::find(names, field->name) != names.end());
        if (field && asked) fields.push_back({static_cast<std::uint32_t>(i), *field});
    }
    if (fields.empty()) throw Error(ErrorKind::usage, {"ledger.no_such_field"_msg, {}});
    return fields;
}

std::string line_at(std::string_view entries, std::uint64_t number) {
    for (; number > 0; --number)
        entries.remove_prefix(entries.find('\n') + 1);
    return std::string(entries.substr(0, entries.find('\n')));
}

Json json_of(const evidence::Reveal& reveal, const evidence::Checkpoint& under) {
    Json json{{"vereda_reveal", 1},     {"checkpoint", evidence::checkpoint_text(under)},
              {"entry", reveal.entry},  {"line", reveal.line},
              {"size", reveal.size},    {"path", Json::array()},
              {"fields", Json::array()}};
    for (const evidence::Digest& digest : reveal.path)
        json["path"].push_back(evidence::hex(digest));
    for (const evidence::RevealedField& shown : reveal.fields)
        json["fields"].push_back({{"position", shown.position},
                                  {"name", shown.field.name},
                                  {"value", shown.field.value},
                                  {"salt", evidence::hex(shown.field.salt)}});
    if (reveal.head) json["head"] = *reveal.head;
    return json;
}

evidence::Reveal reveal_of(const Json& json) {
    evidence::Reveal reveal;
    reveal.entry = json.at("entry").get<std::uint64_t>();
    reveal.line = json.at("line").get<std::string>();
    reveal.size = json.at("size").get<std::uint64_t>();
    for (const Json& digest : json.at("path"))
        reveal.path.push_back(evidence::digest_from_hex(digest.get<std::string>()).value());
    for (const Json& shown : json.at("fields")) {
        evidence::RevealedField field;
        field.position = shown.at("position").get<std::uint32_t>();
        field.field.name = shown.at("name").get<std::string>();
        field.field.value = shown.at("value").get<std::string>();
        field.field.salt = evidence::digest_from_hex(shown.at("salt").get<std::string>()).value();
        reveal.fields.push_back(std::move(field));
    }
    if (json.contains("head")) reveal.head = json.at("head").get<std::string>();
    return reveal;
}

evidence::Reveal read_reveal(const std::string& path) {
    try {
        return reveal_of(Json::parse(io::read_file(path)));
    } catch (const Json::exception&) {
    } catch (const std::bad_optional_access&) {
    }
    throw Error(ErrorKind::input, {"ledger.reveal_unreadable"_msg, {}}, Locus{path, {}, {}, 0, {}});
}

/// What is shown leaves the ledger: the record's consent must cover it. What is no record of its own (a correction, a
/// decision) may speak of any.
void require_consent(std::uint64_t entry, std::span<const evidence::OpenEntry> entries, const Arguments& arguments) {
    const std::vector<evidence::Record> records = evidence::records_of(entries);
    std::vector<evidence::Record> shown;
    std::ranges::copy_if(records, std::back_inserter(shown),
                         [&](const evidence::Record& record) { return record.entry == entry; });
    static_cast<void>(
        without_consent(shown.empty() ? records : shown, {use_asked(arguments), {}, false}, arguments.text("dir")));
}

ExitCode reveal(const Arguments& arguments, Session& session) {
    if (arguments.flag("all") == arguments.has("field")) throw Error(ErrorKind::usage, {"ledger.field_or_all"_msg, {}});
    require_writable_file(arguments.text("out"), arguments.flag("overwrite"));
    const std::vector<evidence::Checkpoint> kept = kept_checkpoints(arguments);
    const evidence::io::Ledger ledger = opened_ledger(arguments, session);
    const auto number = static_cast<std::uint64_t>(arguments.integer("entry"));
    const std::vector<evidence::OpenEntry> entries = ledger.entries();
    if (number >= entries.size())
        throw Error(ErrorKind::usage, {"ledger.no_such_entry"_msg, {{"entry", std::to_string(number)}}});
    require_consent(number, entries, arguments);
    const std::uint64_t size = kept.empty() ? entries.size() : kept.front().size;
    if (size <= number || size > entries.size()) throw Error(ErrorKind::usage, {"ledger.reveal_later"_msg, {}});
    const auto content = ledger.folder().content({});
    const evidence::History history = evidence::read_history(content.entries);
    evidence::Reveal shown = evidence::reveal(number, line_at(content.entries, number), history.leaves, size,
                                              fields_asked(entries[number], arguments));
    if (kept.empty()) shown.head = content.head;
    const evidence::Checkpoint under = kept.empty() ? evidence::checkpoint_of(ledger.head()) : kept.front();
    if (const auto fault = evidence::fault_of(shown, under)) throw Error(ErrorKind::integrity, *fault);
    io::write_file(arguments.text("out"),
                   json_of(shown, under).dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
    if (!session.quiet && !session.json)
        session.out << session.messages.text({"ledger.revealed"_msg, {{"path", arguments.text("out")}}}) << '\n';
    return ExitCode::done;
}

ExitCode confirm(const Arguments& arguments, Session& session) {
    const std::vector<evidence::Checkpoint> kept = kept_checkpoints(arguments);
    const std::string path = arguments.text("file");
    const evidence::Reveal shown = read_reveal(path);
    const auto fault = evidence::fault_of(shown, kept.empty() ? std::nullopt : std::optional(kept.front()));
    if (fault) session.err << session.messages.error_line(Locus{path, {}, {}, 0, {}}, *fault) << '\n';
    if (session.json) {
        Json json{{"holds", !fault}, {"entry", shown.entry}, {"fields", Json::object()}};
        for (const evidence::RevealedField& one : shown.fields)
            json["fields"][one.field.name] = one.field.value;
        session.out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    } else if (!fault && !session.quiet) {
        const MessageId id = kept.empty() ? "ledger.confirmed_by_head"_msg : "ledger.confirmed"_msg;
        session.out << session.messages.text({id, {{"entry", std::to_string(shown.entry)}}}) << '\n';
        for (const evidence::RevealedField& one : shown.fields)
            session.out << session.messages.text(
                               {"ledger.confirmed_field"_msg, {{"name", one.field.name}, {"value", one.field.value}}})
                        << '\n';
    }
    return fault ? ExitCode::integrity : ExitCode::done;
}

}  // namespace

Command ledger_reveal() {
    Command command = ledger_command(
        "reveal", "command.ledger_reveal"_msg,
        ledger_parameters(
            true, {entry_option(true), repeated(text_option("field", "command.ledger.reveal_field"_msg, "FIELD")),
                   flag_option("all", "command.ledger.reveal_all"_msg),
                   repeated(text_option("checkpoint", "command.ledger.reveal_checkpoint"_msg, "FILE|TEXT")),
                   use_option(), out_option(true), shared::overwrite()}),
        "vereda ledger reveal acta --entry 0 --field council -o council.json", reveal);
    command.outputs = "command.ledger_reveal.outputs"_msg;
    return command;
}

Command ledger_confirm() {
    Command command =
        ledger_command("confirm", "command.ledger_confirm"_msg,
                       {{.name = "file",
                         .type = ParameterType::path,
                         .help = "command.ledger.reveal_file"_msg,
                         .positional = true,
                         .required = true},
                        repeated(text_option("checkpoint", "command.ledger.checkpoint"_msg, "FILE|TEXT"))},
                       "vereda ledger confirm council.json --checkpoint checkpoint.txt", confirm);
    command.inputs = "command.ledger_confirm.inputs"_msg;
    command.outputs = "command.ledger_confirm.outputs"_msg;
    return command;
}

}  // namespace vereda::app
