#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_events.hpp"
#include "app/ledger_session.hpp"
#include "evidence/consent.hpp"
#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// What was agreed or taken back, without the entry that it is about.
evidence::Fields told(const Arguments& arguments) {
    const bool revoke = arguments.flag("revoke");
    const std::string written = arguments.text("scope");
    const auto scope = evidence::uses_named(written);
    if (!scope || (!written.empty() && scope->empty()))
        throw Error(ErrorKind::usage, {"ledger.scope_unknown"_msg, {{"text", written}}});
    if (!revoke && scope->empty()) throw Error(ErrorKind::usage, {"ledger.scope_missing"_msg, {}});
    if (revoke && (arguments.has("until") || arguments.has("not-before")))
        throw Error(ErrorKind::usage, {"ledger.revoked_at_once"_msg, {}});
    const std::string by = consent_giver(arguments.text("by"));
    if (by.empty() && arguments.has("by"))
        throw Error(ErrorKind::usage, {"ledger.giver_unknown"_msg, {{"text", arguments.text("by")}}});
    const auto day = [&](const char* option) -> std::string {
        if (!arguments.has(option)) return {};
        const auto date = parse_date(arguments.text(option), DateOrder::day_month_year);
        if (!date) throw Error(ErrorKind::input, {"ledger.date_unreadable"_msg, {{"text", arguments.text(option)}}});
        return to_iso(*date);
    };
    const std::string from = arguments.has("date") ? day("date") : to_iso(device_day());
    return given_fields({{"type", revoke ? "consent_revoked" : "consent"},
                         {"consent_scope", evidence::codes_of(*scope)},
                         {"consent_date", from},
                         {"consent_until", day("until")},
                         {"consent_not_before", day("not-before")},
                         {"consent_by", by},
                         {"note", arguments.text("note")}});
}

ExitCode consent(const Arguments& arguments, Session& session) {
    if (arguments.has("entry") == arguments.flag("all")) throw Error(ErrorKind::usage, {"ledger.entry_or_all"_msg, {}});
    evidence::Fields fields = told(arguments);
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    const std::string about = arguments.flag("all") ? "all" : entry_name(ledger, arguments.integer("entry"));
    fields.emplace_back(evidence::field("about", about));
    const std::uint64_t entry = ledger.add(fields, {}, device_time());
    tell_written(
        about_entry(arguments.flag("revoke") ? "ledger.consent_taken_back"_msg : "ledger.consent_given"_msg, entry),
        ledger.head(), session);
    return ExitCode::done;
}

}  // namespace

Command ledger_consent() {
    return ledger_command(
        "consent", "command.ledger_consent"_msg,
        ledger_parameters(
            true, {entry_option(false), flag_option("all", "command.ledger.consent_all"_msg),
                   text_option("scope", "command.ledger.consent_scope"_msg, "USE[,USE]"),
                   text_option("by", "command.ledger.consent_by"_msg),
                   text_option("date", "command.ledger.consent_date"_msg, "DAY"),
                   text_option("until", "command.ledger.consent_until"_msg, "DAY"),
                   text_option("not-before", "command.ledger.consent_not_before"_msg, "DAY"),
                   flag_option("revoke", "command.ledger.revoke"_msg), text_option("note", "command.ledger.note"_msg)}),
        "vereda ledger consent acta --entry 3 --scope court,public --by assembly --until 2027-12-31", consent);
}

}  // namespace vereda::app
