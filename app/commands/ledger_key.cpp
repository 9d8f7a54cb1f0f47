#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_session.hpp"
#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

evidence::PublicKey key_named(const evidence::io::Ledger& ledger, const std::string& beginning) {
    const auto content = ledger.folder().content({});
    const evidence::History history = evidence::read_history(content.entries);
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
    tell_written(done, ledger.head(), session);
    return ExitCode::done;
}

}  // namespace

Command ledger_key() {
    return ledger_command(
        "key", "command.ledger_key"_msg,
        ledger_parameters(true, {flag_option("add", "command.ledger.add_key"_msg),
                                 text_option("revoke", "command.ledger.revoke_key"_msg, "KEY"),
                                 flag_option("cosign", "command.ledger.cosign"_msg),
                                 file_option("new-passphrase-file", "command.ledger.new_passphrase_file"_msg)}),
        "vereda ledger key acta --add", change_keys);
}

}  // namespace vereda::app
