#include "app/ledger_guide.hpp"

#include <unistd.h>
#include <filesystem>
#include <iostream>

#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_session.hpp"
#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// On a terminal a passphrase may be mistyped twice: what is wrong is told, and it is asked for again.
template <class Attempt>
auto tried(Dialogue& dialogue, const Attempt& attempt) {
    constexpr int attempts = 3;
    for (int i = 1;; ++i) {
        try {
            return attempt();
        } catch (const Error& error) {
            const MessageId id = error.message().id;
            const bool mistyped = id == "ledger.wrong_passphrase"_msg || id == "ledger.passphrases_differ"_msg ||
                                  id == "ledger.passphrase_short"_msg;
            if (!mistyped || i == attempts || ::isatty(STDIN_FILENO) == 0) throw;
            dialogue.say(error.message());
        }
    }
}

bool is_new(const std::string& path) {
    std::error_code ignored;
    return !std::filesystem::exists(path) || std::filesystem::is_empty(path, ignored);
}

/// A ledger for a council that has none, opened with the passphrase just chosen; nullopt where they would rather not.
std::optional<evidence::io::Ledger> founded(const Arguments& arguments, Dialogue& dialogue, const Session& session) {
    const std::string path = arguments.text("dir");
    const auto yes = dialogue.ask_yes({"guide.ask_found"_msg, {{"path", path}}}, "guide.help_found"_msg);
    if (!yes || !*yes) return std::nullopt;
    std::string council;
    if (!dialogue.ask({"guide.ask_council"_msg, {}}, "guide.help_council"_msg,
                      [&](const std::string& answer) -> std::optional<Message> {
                          council = answer;
                          return std::nullopt;
                      }))
        return std::nullopt;
    dialogue.say("guide.about_passphrase"_msg);
    const Passphrase passphrase = tried(dialogue, [&] { return read_passphrase(arguments, session, true); });
    dialogue.say("guide.wait"_msg);
    evidence::io::Ledger::create(path, given_fields({{"type", "genesis"}, {"council", council}}), passphrase.text(),
                                 device_time());
    dialogue.say({"ledger.created"_msg, {{"path", path}}});
    return evidence::io::Ledger(path, passphrase.text());
}

std::optional<evidence::io::Ledger> opened(const Arguments& arguments, Dialogue& dialogue, const Session& session) {
    if (is_new(arguments.text("dir"))) return founded(arguments, dialogue, session);
    return tried(dialogue, [&] {
        const Passphrase passphrase = read_passphrase(arguments, session, false);
        dialogue.say("guide.wait"_msg);
        return evidence::io::Ledger(arguments.text("dir"), passphrase.text());
    });
}

void lead(const Arguments& arguments, Session& session) {
    Dialogue dialogue(std::cin, session.out, session.messages);
    try {
        dialogue.say("guide.welcome"_msg);
        std::optional<evidence::io::Ledger> ledger = opened(arguments, dialogue, session);
        if (ledger) LedgerGuide(*ledger, dialogue, session).run();
        dialogue.say(ledger ? "guide.farewell"_msg : "guide.left"_msg);
    } catch (const DialogueLeft&) {
        dialogue.say("guide.left"_msg);
    }
}

/// Spanish, whatever the machine speaks, unless another language is asked for.
ExitCode guide(const Arguments& arguments, Session& session) {
    const Language language = arguments.has("lang") ? session.messages.language() : Language::spanish;
    const Messages messages(load_catalogue(session.share, language), language);
    Session guided{.messages = messages,
                   .share = session.share,
                   .out = session.out,
                   .err = session.err,
                   .progress = session.progress,
                   .parallelism = session.parallelism};
    try {
        lead(arguments, guided);
    } catch (const Error& error) {
        session.err << messages.error_line(error.locus(), error.message()) << '\n';
        return exit_code_of(error.kind());
    }
    return ExitCode::done;
}

}  // namespace

Command ledger_guide() {
    return ledger_command("guide", "command.ledger_guide"_msg, ledger_parameters(true), "vereda ledger guide acta",
                          guide);
}

}  // namespace vereda::app
