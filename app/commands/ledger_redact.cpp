#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_session.hpp"
#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

ExitCode redact(const Arguments& arguments, Session& session) {
    const bool all = arguments.flag("all");
    if (all == arguments.has("field")) throw Error(ErrorKind::usage, {"ledger.field_or_all"_msg, {}});
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    const std::uint64_t entry =
        ledger.redact(static_cast<std::uint64_t>(arguments.integer("entry")), arguments.texts("field"), all,
                      given_fields({{"type", "redaction"},
                                    {"reason", arguments.text("reason")},
                                    {"decided_by", arguments.text("decided-by")}}),
                      device_time());
    tell_written(about_entry("ledger.redacted"_msg, entry), ledger.head(), session);
    return ExitCode::done;
}

}  // namespace

Command ledger_redact() {
    return ledger_command(
        "redact", "command.ledger_redact"_msg,
        ledger_parameters(
            true, {entry_option(true), repeated(text_option("field", "command.ledger.field"_msg, "FIELD")),
                   flag_option("all", "command.ledger.all"_msg), text_option("reason", "command.ledger.reason"_msg),
                   text_option("decided-by", "command.ledger.decided_by"_msg)}),
        "vereda ledger redact acta --entry 3 --field place --decided-by asamblea", redact);
}

}  // namespace vereda::app
