#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_events.hpp"
#include "app/ledger_session.hpp"

namespace vereda::app {

using namespace geo;

namespace {

ExitCode add(const Arguments& arguments, Session& session) {
    std::vector<evidence::Fields> records = event_records(arguments, session);
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    if (arguments.has("about")) {
        const std::string name = entry_name(ledger, arguments.integer("about"));
        for (evidence::Fields& record : records)
            record.emplace_back(evidence::field("about", name));
    }
    const std::uint64_t first = ledger.add_all(records, device_time());
    const std::uint64_t last = first + records.size() - 1;
    tell_written(first == last ? about_entry("ledger.added"_msg, first)
                               : Message{"ledger.added_several"_msg,
                                         {{"first", std::to_string(first)}, {"last", std::to_string(last)}}},
                 ledger.head(), session);
    return ExitCode::done;
}

std::vector<Parameter> event_parameters() {
    std::vector<Parameter> all{file_option("event", "command.ledger.event"_msg),
                               {.name = "type",
                                .type = ParameterType::choice,
                                .help = "command.ledger.type"_msg,
                                .default_text = "event",
                                .choices = {"event", "minutes", "threat", "note"}},
                               {.name = "about",
                                .type = ParameterType::integer,
                                .help = "command.ledger.about"_msg,
                                .value_name = "NUMBER",
                                .least = 0}};
    for (const EventOption& option : event_options())
        all.push_back(text_option(option_of(option.field).c_str(), option.help));
    return all;
}

}  // namespace

Command ledger_add() {
    return ledger_command(
        "add", "command.ledger_add"_msg, ledger_parameters(true, event_parameters()),
        "vereda ledger add acta --event plot.geojson --date 2026-11-22 --note \"arranque voluntario\"", add);
}

}  // namespace vereda::app
