#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_session.hpp"

namespace vereda::app {

using namespace geo;

namespace {

ExitCode merge(const Arguments& arguments, Session& session) {
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    const evidence::io::Merged merged = ledger.merge(
        arguments.text("other"), device_time(),
        arguments.flag("accept-revoked-key") ? evidence::io::RevokedKeys::accept : evidence::io::RevokedKeys::refuse);
    const MessageId id = merged.entries == 0 ? "ledger.merged_nothing"_msg
                         : merged.replaced   ? "ledger.brought_up"_msg
                                             : "ledger.merged"_msg;
    tell_written({id, {{"entries", std::to_string(merged.entries)}}}, ledger.head(), session);
    return ExitCode::done;
}

std::vector<Parameter> merge_parameters() {
    std::vector<Parameter> all =
        ledger_parameters(true, {flag_option("accept-revoked-key", "command.ledger.accept_revoked"_msg)});
    all.insert(all.begin() + 1, {.name = "other",
                                 .type = ParameterType::path,
                                 .help = "command.ledger.other"_msg,
                                 .positional = true,
                                 .required = true});
    return all;
}

}  // namespace

Command ledger_merge() {
    return ledger_command("merge", "command.ledger_merge"_msg, merge_parameters(),
                          "vereda ledger merge acta acta-of-the-other-phone", merge);
}

}  // namespace vereda::app
