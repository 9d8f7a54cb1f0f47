/// One entry of a ledger, decrypted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evidence/entry.hpp"
#include "evidence/sealing.hpp"

namespace vereda::evidence {

struct OpenEntry {
    std::uint64_t sequence = 0;
    EntryKind kind = EntryKind::sealed;  ///< of the original, where it was merged in
    std::string time;
    bool merged = false;
    bool repeated = false;             ///< two devices had both taken it over: it stands in an earlier entry
    Digest leaf{};                     ///< of the original line
    Fields fields;                     ///< those that no redaction removed; empty for keys and merges
    std::vector<SealedBytes> objects;  ///< still there
    std::optional<std::uint64_t> redacted_by;
    std::optional<std::uint64_t> redacts;  ///< for a redaction: the entry whose fields it removed
};

}  // namespace vereda::evidence
