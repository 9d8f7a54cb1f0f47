#include <fmt/format.h>

#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_session.hpp"
#include "evidence/photo.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/content_hash.hpp"
#include "geo/io/photo_metadata.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr std::size_t largest_document = std::size_t{256} << 20;

ExitCode photo(const Arguments& arguments, Session& session) {
    const std::string path = arguments.text("file");
    const std::string bytes = io::read_file(path, largest_document);
    std::string sealed = bytes;
    io::PhotoMetadata metadata;
    if (evidence::is_jpeg(bytes)) {
        metadata = io::photo_metadata(path);
        sealed = evidence::without_metadata(bytes);
    } else {
        session.diagnostics.add({Severity::warning, {"ledger.document_as_it_is"_msg, {}}, Locus{path, {}, {}, 0, {}}});
    }
    const std::string place = metadata.place ? fmt::format(R"({{"type":"Point","coordinates":[{:.6f},{:.6f}]}})",
                                                           metadata.place->x, metadata.place->y)
                                             : std::string();
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    const std::uint64_t entry =
        ledger.add(given_fields({{"type", evidence::is_jpeg(bytes) ? "photo" : "document"},
                                 {"about", arguments.has("entry") ? arguments.text("entry") : ""},
                                 {"note", arguments.text("note")},
                                 {"date", metadata.taken_on ? to_iso(*metadata.taken_on) : ""},
                                 {"place", place},
                                 {"original_sha256", io::sha256_of_bytes(bytes)},
                                 {"sealed_sha256", io::sha256_of_bytes(sealed)}}),
                   {sealed}, device_time());
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
