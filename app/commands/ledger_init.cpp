#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_session.hpp"

namespace vereda::app {

using namespace geo;

namespace {

ExitCode init(const Arguments& arguments, Session& session) {
    const Passphrase passphrase = read_passphrase(arguments, session, true);
    const std::string path = arguments.text("dir");
    evidence::io::Ledger::create(
        path,
        given_fields({{"type", "genesis"}, {"council", arguments.text("council")}, {"terms", arguments.text("terms")}}),
        passphrase.text(), device_time());
    const auto head = evidence::parse_head(evidence::io::LedgerFolder(path).head());
    tell_written({"ledger.created"_msg, {{"path", path}}}, head.value(), session);
    return ExitCode::done;
}

}  // namespace

Command ledger_init() {
    return ledger_command("init", "command.ledger_init"_msg,
                          ledger_parameters(true, {text_option("council", "command.ledger.council"_msg),
                                                   text_option("terms", "command.ledger.terms"_msg)}),
                          "vereda ledger init acta --council \"Consejo Comunitario\"", init);
}

}  // namespace vereda::app
