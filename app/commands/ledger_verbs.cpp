#include "app/commands/ledger_verbs.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/shared_parameters.hpp"
#include "evidence/io/ledger_folder.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"

namespace vereda::app {

using namespace geo;

Command ledger_command(const char* name, MessageId summary, std::vector<Parameter> parameters, const char* example,
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

Parameter text_option(const char* name, MessageId help, const char* value) {
    return {.name = name, .type = ParameterType::text, .help = help, .value_name = value};
}

Parameter file_option(const char* name, MessageId help, bool required) {
    return {.name = name, .type = ParameterType::path, .help = help, .value_name = "FILE", .required = required};
}

Parameter flag_option(const char* name, MessageId help) {
    return {.name = name, .type = ParameterType::flag, .help = help};
}

Parameter entry_option(bool required) {
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

Parameter out_option(bool required) {
    Parameter out = shared::out_file();
    out.help = "command.ledger.out"_msg;
    out.required = required;
    return out;
}

void tell_written(const Message& done, const evidence::Head& head, const Session& session) {
    const std::string checkpoint = evidence::checkpoint_text(evidence::checkpoint_of(head));
    if (session.json) {
        const nlohmann::ordered_json json{{"entries", head.tree.size()}, {"checkpoint", checkpoint}};
        session.out << json.dump() << '\n';
    } else if (!session.quiet) {
        session.out << session.messages.text(done) << '\n'
                    << session.messages.text({"ledger.keep_checkpoint"_msg, {{"checkpoint", checkpoint}}}) << '\n';
    }
}

Message about_entry(MessageId id, std::uint64_t entry) {
    return {id, {{"entry", std::to_string(entry)}}};
}

evidence::Fields given_fields(std::initializer_list<std::pair<const char*, std::string>> pairs) {
    evidence::Fields fields;
    for (const auto& [name, value] : pairs) {
        if (!value.empty()) fields.emplace_back(evidence::field(name, value));
    }
    return fields;
}

namespace {

/// Of a copy of the ledger that was kept whole. Throws Error(integrity) where it does not hold itself.
evidence::Checkpoint checkpoint_of_copy(const std::string& path) {
    const auto content = evidence::io::LedgerFolder(path).content({});
    const evidence::Verification copy = evidence::verify(content.bytes(), {}, {});
    if (!copy.faults.empty() || content.pending)
        throw Error(ErrorKind::integrity, {"ledger.copy_faulty"_msg, {}}, Locus{path, {}, {}, 0, {}});
    return evidence::checkpoint_of_copy(*copy.head, evidence::read_history(content.entries).leaves);
}

}  // namespace

std::vector<evidence::Checkpoint> kept_checkpoints(const Arguments& arguments) {
    std::vector<evidence::Checkpoint> kept;
    for (const std::string& given : arguments.texts("checkpoint")) {
        if (std::filesystem::is_directory(given)) {
            kept.push_back(checkpoint_of_copy(given));
            continue;
        }
        const bool file = std::filesystem::exists(given);
        const auto found = evidence::find_checkpoint(file ? io::read_file(given) : given);
        if (!found && !file && given.find(' ') == std::string::npos) static_cast<void>(io::read_file(given));
        if (!found)
            throw Error(ErrorKind::input, {"ledger.no_checkpoint"_msg, {}},
                        Locus{file ? given : "--checkpoint", {}, {}, 0, {}});
        kept.push_back(*found);
    }
    return kept;
}

}  // namespace vereda::app
