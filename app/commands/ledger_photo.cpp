#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_photos.hpp"
#include "app/ledger_session.hpp"

namespace vereda::app {

using namespace geo;

namespace {

ExitCode photo(const Arguments& arguments, Session& session) {
    SealedPhoto photo = sealed_photo(arguments.text("file"), session.diagnostics);
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    if (arguments.has("entry"))
        photo.fields.emplace_back(evidence::field("about", entry_name(ledger, arguments.integer("entry"))));
    if (arguments.has("note")) photo.fields.emplace_back(evidence::field("note", arguments.text("note")));
    const std::uint64_t entry = ledger.add(photo.fields, {photo.bytes}, device_time());
    tell_written(about_entry("ledger.added"_msg, entry), ledger.head(), session);
    return ExitCode::done;
}

}  // namespace

Command ledger_photo() {
    return ledger_command(
        "photo", "command.ledger_photo"_msg,
        ledger_parameters(true, {file_option("file", "command.ledger.file"_msg, true), entry_option(false),
                                 text_option("note", "command.ledger.note"_msg)}),
        "vereda ledger photo acta --file IMG_0042.jpg --entry 3", photo);
}

}  // namespace vereda::app
