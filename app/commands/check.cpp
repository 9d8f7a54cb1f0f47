#include "app/commands/check.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

#include "app/formats/study_toml.hpp"
#include "app/shared_parameters.hpp"
#include "app/study_check.hpp"

namespace vereda::app {

using namespace geo;

namespace {

nlohmann::ordered_json json_of(const Message& message, const Locus& place, const Session& session) {
    return {{"id", message.id.text()},
            {"file", place.file},
            {"layer", place.layer},
            {"feature", place.feature},
            {"line", place.line},
            {"field", place.field},
            {"text", session.messages.text(message)}};
}

std::string json_of(const std::vector<Error>& problems, const Session& session) {
    nlohmann::ordered_json json;
    json["problems"] = nlohmann::ordered_json::array();
    for (const Error& problem : problems)
        json["problems"].push_back(json_of(problem.message(), problem.locus(), session));
    json["warnings"] = session.diagnostics.count(Severity::warning);
    json["noticed"] = nlohmann::ordered_json::array();
    for (const Diagnostic& noticed : session.diagnostics.sorted()) {
        if (noticed.severity == Severity::warning)
            json["noticed"].push_back(json_of(noticed.message, noticed.locus, session));
    }
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::vector<Error> problems_in(const std::string& path, bool references, Session& session) {
    try {
        return problems_of(read_study(path, references), references, session);
    } catch (const Error& error) {
        if (error.message().id != "toml.syntax"_msg) throw;
        return {error};
    }
}

Message closing_words(const Session& session) {
    const auto warnings = session.diagnostics.count(Severity::warning);
    if (warnings == 0) return {"check.good"_msg, {}};
    return {"check.warned"_msg, {{"count", std::to_string(warnings)}}};
}

ExitCode execute(const Arguments& arguments, Session& session) {
    session.tell_every_warning = true;
    const std::vector<Error> problems =
        problems_in(arguments.text("study"), arguments.flag("allow-references"), session);
    if (session.json) {
        session.out << json_of(problems, session);
    } else {
        for (const Error& problem : problems) {
            session.out << session.messages.diagnostic_line({Severity::problem, problem.message(), problem.locus()})
                        << '\n';
        }
        if (problems.empty() && !session.quiet) session.out << session.messages.text(closing_words(session)) << '\n';
    }
    return problems.empty() ? ExitCode::done : ExitCode::answer_is_no;
}

}  // namespace

Command check_command() {
    return {.name = "check",
            .summary = "command.check"_msg,
            .parameters = {{.name = "study",
                            .type = ParameterType::path,
                            .help = "command.run.study"_msg,
                            .positional = true,
                            .required = true},
                           shared::allow_references()},
            .inputs = "command.run.inputs"_msg,
            .outputs = "command.check.outputs"_msg,
            .example = "vereda check sample_data/valle/study.toml",
            .execute = execute};
}

}  // namespace vereda::app
