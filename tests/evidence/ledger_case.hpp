/// A small ledger with everything in it, for tests that alter it.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "evidence/io/ledger.hpp"
#include "evidence/verification.hpp"
#include "tests/support/temporary_folder.hpp"

namespace vereda::tests {

/// Little work for a passphrase, so that tests are quick.
inline constexpr evidence::PassphraseCost cheap{1, std::size_t{8} << 20};
inline constexpr const char* passphrase = "una frase de prueba";
inline constexpr const char* when = "2026-11-22T10:00:00Z";

inline evidence::Fields fields(std::initializer_list<std::pair<const char*, std::string>> pairs) {
    evidence::Fields result;
    for (const auto& [name, value] : pairs)
        result.emplace_back(evidence::field(name, value));
    return result;
}

inline std::string bytes_at(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

inline void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

inline evidence::Verification verified(const std::string& path,
                                       const std::vector<evidence::Checkpoint>& checkpoints = {}) {
    const evidence::io::LedgerFolder folder(path);
    const auto content = folder.content({});
    return evidence::verify(content.bytes(), checkpoints, {});
}

/// Nine entries: genesis, events, a photo, a correction, a redaction, a second key ("otra frase") and its revocation.
/// Gives the file of the revoked key, as a thief might have kept it.
inline std::string fill(const std::string& path) {
    using namespace evidence;
    io::Ledger::create(path, fields({{"type", "genesis"}, {"council", "Consejo Comunitario de prueba"}}), passphrase,
                       when, cheap);
    io::Ledger ledger(path, passphrase);
    ledger.add(fields({{"type", "event"}, {"date", "2007-11-09"}, {"area_ha", "25"}, {"participants", "253"}}), {},
               when);
    ledger.add(fields({{"type", "photo"}, {"about", "1"}, {"name", "Rosa Angulo"}}), {"not really a photo"}, when);
    ledger.add(fields({{"type", "correction"}, {"corrects", "1"}, {"participants", "252"}}), {}, when);
    ledger.redact(2, {"name"}, false, fields({{"type", "redaction"}, {"reason", "asked"}}), when);
    const auto second = ledger.add_key("otra frase", when, cheap);
    ledger.add(fields({{"type", "note"}, {"note", "asamblea"}}), {}, when);
    const std::string revoked = ledger.folder().key_files().at(hex(second).substr(0, 16));
    ledger.revoke_key(second, when);
    ledger.add(fields({{"type", "note"}, {"note", "cierre"}}), {"acta de la asamblea"}, when);
    return revoked;
}

}  // namespace vereda::tests
