/// Whether a ledger is as its council signed it: every line, every encrypted byte, every object, the head, and what a
/// checkpoint kept elsewhere says. Nothing is decrypted and no key is needed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/checkpoint.hpp"
#include "evidence/history.hpp"
#include "evidence/transaction.hpp"
#include "geo/parallel.hpp"
#include "geo/progress.hpp"

namespace vereda::evidence {

/// The files of a ledger, as bytes.
struct LedgerBytes {
    std::string_view entries;
    std::string_view sealed;
    std::string_view head;
    std::map<std::string, SealedBytes> objects;  ///< by file name: what is there
    std::optional<std::string> pending;          ///< an addition that was interrupted
};

struct Verification {
    std::vector<Fault> faults;  ///< empty: all holds
    std::uint64_t entries = 0;
    std::optional<Head> head;  ///< nullopt where it cannot be read
    std::size_t keys_in_force = 0;
    std::vector<PublicKey> signed_by;  ///< keys in force whose signature of the head holds
    bool addition_pending = false;     ///< an interrupted addition stands behind the head, whole; nothing is lost
    bool addition_dropped = false;     ///< … was cut off before anything was written; the entry being added is lost
};

/// Faults come in the order pending, lines, head, sealed parts, objects, checkpoints; each names its file and, where
/// one can be named, its entry: of a second history the first one that can differ. The first fault is the one to begin
/// with: what follows from it is not told again.
[[nodiscard]] Verification verify(const LedgerBytes& bytes, const std::vector<Checkpoint>& checkpoints,
                                  geo::Parallelism parallelism, geo::Progress* progress = nullptr);

}  // namespace vereda::evidence
