#include "app/ledger_photos.hpp"

#include <fmt/format.h>

#include "app/commands/ledger_verbs.hpp"
#include "evidence/photo.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/content_hash.hpp"
#include "geo/io/photo_metadata.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr std::size_t largest_document = std::size_t{256} << 20;

std::string stripped(const std::string& bytes, const std::string& path) {
    try {
        return evidence::without_metadata(bytes);
    } catch (const Error& error) {
        throw Error(error.kind(), error.message(), Locus{path, {}, {}, 0, {}});
    }
}

}  // namespace

SealedPhoto sealed_photo(const std::string& path, Diagnostics& diagnostics) {
    const std::string bytes = io::read_file(path, largest_document);
    SealedPhoto photo;
    photo.bytes = bytes;
    io::PhotoMetadata metadata;
    const auto format = evidence::photo_format(bytes);
    if (format == evidence::PhotoFormat::jpeg) metadata = io::photo_metadata(path);
    if (format) {
        photo.bytes = stripped(bytes, path);
    } else {
        diagnostics.add({Severity::warning, {"ledger.document_as_it_is"_msg, {}}, Locus{path, {}, {}, 0, {}}, {}});
    }
    const std::string place = metadata.place ? fmt::format(R"({{"type":"Point","coordinates":[{:.6f},{:.6f}]}})",
                                                           metadata.place->x, metadata.place->y)
                                             : std::string();
    photo.fields = given_fields({{"type", format ? "photo" : "document"},
                                 {"date", metadata.taken_on ? to_iso(*metadata.taken_on) : ""},
                                 {"place", place},
                                 {"original_sha256", io::sha256_of_bytes(bytes)},
                                 {"sealed_sha256", io::sha256_of_bytes(photo.bytes)}});
    return photo;
}

}  // namespace vereda::app
