#include <algorithm>

#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_session.hpp"
#include "evidence/record.hpp"
#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

struct Wanted {
    std::vector<std::string> names;
    bool all = false;
    evidence::Fields about;  ///< why, and by whose decision
};

bool holds_any(const evidence::OpenEntry& entry, const std::vector<std::string>& names) {
    return std::ranges::any_of(names,
                               [&](const std::string& name) { return evidence::find(entry.fields, name) != nullptr; });
}

/// What corrections say of the same fields goes too: a corrected name is still a name.
void redact_corrections(evidence::io::Ledger& ledger, std::uint64_t target, const Wanted& wanted) {
    const std::vector<evidence::OpenEntry> entries = ledger.entries();
    std::vector<std::uint64_t> corrections;
    for (const evidence::Record& record : evidence::records_of(entries))
        if (record.entry == target) corrections = record.corrected_by;
    for (const std::uint64_t correction : corrections) {
        const evidence::OpenEntry& entry = entries[correction];
        if (wanted.all ? !entry.fields.empty() : holds_any(entry, wanted.names))
            ledger.redact(correction, wanted.names, wanted.all, wanted.about, device_time());
    }
}

ExitCode redact(const Arguments& arguments, Session& session) {
    const Wanted wanted{arguments.texts("field"), arguments.flag("all"),
                        given_fields({{"type", "redaction"},
                                      {"reason", arguments.text("reason")},
                                      {"decided_by", arguments.text("decided-by")}})};
    if (wanted.all == arguments.has("field")) throw Error(ErrorKind::usage, {"ledger.field_or_all"_msg, {}});
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    const auto target = static_cast<std::uint64_t>(arguments.integer("entry"));
    redact_corrections(ledger, target, wanted);
    const std::uint64_t entry = ledger.redact(target, wanted.names, wanted.all, wanted.about, device_time());
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
