#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_session.hpp"
#include "evidence/record.hpp"
#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// "name=value" pairs of --set. What may be shown is no correction: that takes a consent of its own.
evidence::Fields corrected_fields(const Arguments& arguments, const std::string& corrected) {
    evidence::Fields fields =
        given_fields({{"type", "correction"}, {"corrects", corrected}, {"correction_note", arguments.text("note")}});
    for (const std::string& pair : arguments.texts("set")) {
        const std::size_t sign = pair.find('=');
        if (sign == std::string::npos || sign == 0)
            throw Error(ErrorKind::usage, {"ledger.not_a_pair"_msg, {{"text", pair}}});
        if (evidence::is_consent_field(pair.substr(0, sign)))
            throw Error(ErrorKind::usage, {"ledger.consent_not_corrected"_msg, {}});
        fields.emplace_back(evidence::field(pair.substr(0, sign), pair.substr(sign + 1)));
    }
    return fields;
}

ExitCode correct(const Arguments& arguments, Session& session) {
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    const evidence::Fields fields = corrected_fields(arguments, entry_name(ledger, arguments.integer("entry")));
    const std::uint64_t entry = ledger.add(fields, {}, device_time());
    tell_written(about_entry("ledger.added"_msg, entry), ledger.head(), session);
    return ExitCode::done;
}

}  // namespace

Command ledger_correct() {
    return ledger_command(
        "correct", "command.ledger_correct"_msg,
        ledger_parameters(true,
                          {entry_option(true), repeated(text_option("set", "command.ledger.set"_msg, "FIELD=VALUE")),
                           text_option("note", "command.ledger.note"_msg)}),
        "vereda ledger correct acta --entry 3 --set area_ha=2.4", correct);
}

}  // namespace vereda::app
