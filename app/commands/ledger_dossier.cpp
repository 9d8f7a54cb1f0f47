#include <iostream>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_dossier.hpp"
#include "app/ledger_session.hpp"
#include "app/output_folder.hpp"
#include "app/shared_parameters.hpp"
#include "app/spoken_answers.hpp"
#include "evidence/sealed_package.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"

namespace vereda::app {

using namespace geo;
using Json = nlohmann::ordered_json;

namespace {

constexpr const char* sealed_ending = ".sealed";

bool is_page(const std::string& target) {
    return target.ends_with(".html") || target.ends_with(".htm");
}

void say_all(const std::vector<Message>& sentences, const Session& session) {
    for (const Message& sentence : sentences)
        session.out << "  - " << session.messages.text(sentence) << '\n';
}

/// What the council weighs before the sheet leaves the house.
void show_review(const ProposedSheet& proposed, const Session& session) {
    if (session.json) return;
    session.out << session.messages.text("dossier.learns"_msg) << '\n';
    say_all(proposed.learns, session);
    session.out << session.messages.text("dossier.angers"_msg) << '\n';
    say_all(proposed.angered, session);
    if (proposed.left_out > 0) {
        session.out << session.messages.text({"dossier.left_out"_msg, {{"count", std::to_string(proposed.left_out)}}})
                    << '\n';
    }
    session.out << std::flush;
}

/// Throws where nobody is there to answer.
bool confirmed(const Arguments& arguments, const Session& session) {
    if (arguments.flag("yes")) return true;
    std::string answer;
    session.err << session.messages.text("dossier.ask"_msg) << ' ' << std::flush;
    if (!std::getline(std::cin, answer)) throw Error(ErrorKind::usage, {"dossier.unconfirmed"_msg, {}});
    return spoken_yes(answer).value_or(false);
}

void tell_done(const Arguments& arguments, const Session& session, const ReleasedSheet& released,
               const ProposedSheet& proposed) {
    const std::string& checkpoint = released.sheet.checkpoint;
    if (session.json) {
        Json json{{"audience", "public"},        {"out", arguments.text("out")},  {"checkpoint", checkpoint},
                  {"line", released.sheet.line}, {"left_out", proposed.left_out}, {"learns", Json::array()},
                  {"angers", Json::array()}};
        for (const Message& sentence : proposed.learns)
            json["learns"].push_back(session.messages.text(sentence));
        for (const Message& sentence : proposed.angered)
            json["angers"].push_back(session.messages.text(sentence));
        session.out << json.dump() << '\n';
    } else if (!session.quiet) {
        session.out << session.messages.text({"dossier.released"_msg, {{"path", arguments.text("out")}}}) << '\n'
                    << session.messages.text({"ledger.keep_checkpoint"_msg, {{"checkpoint", checkpoint}}}) << '\n';
    }
}

ExitCode public_edition(const Arguments& arguments, Session& session) {
    const std::string target = arguments.text("out");
    const bool overwrite = arguments.flag("overwrite");
    // What is there already is refused before anybody is asked.
    if (is_page(target)) {
        require_writable_file(target, overwrite);
    } else {
        const OutputFolder probe(target, overwrite);
    }
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    const ProposedSheet proposed = proposed_sheet(ledger, arguments.flag("consented-only"));
    show_review(proposed, session);
    if (!confirmed(arguments, session)) {
        if (!session.quiet) session.err << session.messages.text("dossier.refused"_msg) << '\n';
        return ExitCode::answer_is_no;
    }
    ReleasedSheet released;
    if (is_page(target)) {
        released = released_sheet(ledger, proposed);
        io::write_file(target, sheet_page(released, session.messages.catalogue()));
    } else {
        released = write_public_folder(ledger, proposed, {target, overwrite}, session);
    }
    tell_done(arguments, session, released, proposed);
    return ExitCode::done;
}

/// Opened: one page, for those whom the consents name. Sealed: one package, for those who hold a passphrase.
std::string internal_bytes(const evidence::io::Ledger& ledger, const Arguments& arguments, const Session& session) {
    if (arguments.flag("unsealed")) {
        const Release release{use_asked(arguments), {}, arguments.flag("consented-only")};
        return internal_page(ledger, release, session);
    }
    const std::string page = internal_page(ledger, {}, session);
    evidence::SealedPackage package{
        ledger.head().ledger, {}, evidence::seal_bytes(page, ledger.key().payload(), ledger.head().ledger)};
    for (const auto& [name, text] : ledger.folder().key_files())
        package.keys.push_back(text);
    return evidence::package_text(package);
}

ExitCode internal_edition(const Arguments& arguments, Session& session) {
    const std::string target = arguments.text("out");
    const bool unsealed = arguments.flag("unsealed");
    const bool one_file = target.ends_with(sealed_ending) || is_page(target);
    if (is_page(target) && !unsealed) throw Error(ErrorKind::usage, {"dossier.page_is_open"_msg, {}});
    std::unique_ptr<OutputFolder> folder;
    if (one_file) {
        require_writable_file(target, arguments.flag("overwrite"));
    } else {
        folder = std::make_unique<OutputFolder>(target, arguments.flag("overwrite"));
    }
    const evidence::io::Ledger ledger = opened_ledger(arguments, session);
    const std::string bytes = internal_bytes(ledger, arguments, session);
    if (one_file) {
        io::write_file(target, bytes);
    } else {
        const std::string name = unsealed ? "INTERNAL-dossier.html" : std::string("dossier") + sealed_ending;
        io::write_file(folder->path() + "/" + name, bytes);
        io::write_file(folder->path() + "/run.json", dossier_record("internal"));
        folder->commit();
    }
    if (session.json) {
        const Json json{{"audience", "internal"}, {"out", target}, {"sealed", !unsealed}};
        session.out << json.dump() << '\n';
    } else if (!session.quiet) {
        session.out << session.messages.text(
                           {unsealed ? "dossier.opened_copy"_msg : "dossier.sealed_copy"_msg, {{"path", target}}})
                    << '\n';
    }
    return ExitCode::done;
}

ExitCode dossier(const Arguments& arguments, Session& session) {
    return arguments.text("audience") == "public" ? public_edition(arguments, session)
                                                  : internal_edition(arguments, session);
}

ExitCode open_package(const Arguments& arguments, Session& session) {
    const std::string path = arguments.text("package");
    const auto package = evidence::parse_package(io::read_file(path));
    if (!package) throw Error(ErrorKind::integrity, {"dossier.not_a_package"_msg, {}}, Locus{path, {}, {}, 0, {}});
    require_writable_file(arguments.text("out"), arguments.flag("overwrite"));
    const Passphrase passphrase = read_passphrase(arguments, session, false);
    io::write_file(arguments.text("out"), evidence::opened_package(*package, passphrase.text()));
    if (!session.quiet && !session.json) {
        session.out << session.messages.text({"dossier.opened_copy"_msg, {{"path", arguments.text("out")}}}) << '\n';
    }
    return ExitCode::done;
}

}  // namespace

Command ledger_dossier() {
    Parameter out = shared::out_folder();
    out.help = "command.ledger.dossier_out"_msg;
    Parameter audience = shared::audience();
    audience.help = "command.ledger.dossier_audience"_msg;
    return ledger_command(
        "dossier", "command.ledger_dossier"_msg,
        ledger_parameters(true,
                          {out, audience, flag_option("yes", "command.ledger.yes"_msg), consented_only(),
                           flag_option("unsealed", "command.ledger.unsealed"_msg), use_option(), shared::overwrite()}),
        "vereda ledger dossier acta -o hoja --audience public", dossier);
}

Command ledger_open() {
    Parameter package{.name = "package",
                      .type = ParameterType::path,
                      .help = "command.ledger.package"_msg,
                      .positional = true,
                      .required = true};
    std::vector<Parameter> parameters = ledger_parameters(true, {out_option(true), shared::overwrite()});
    parameters.front() = package;
    return ledger_command("open", "command.ledger_open"_msg, std::move(parameters),
                          "vereda ledger open dossier.sealed -o dossier.html", open_package);
}

}  // namespace vereda::app
