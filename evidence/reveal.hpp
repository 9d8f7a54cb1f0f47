/// Fields of one entry shown to others with proof that they were committed to: name, value and salt of each, the line
/// that holds their commitments, and the way from that line to a root that others already have, by a signed head or a
/// checkpoint kept elsewhere. Nothing else of the ledger is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evidence/checkpoint.hpp"
#include "evidence/sealing.hpp"

namespace vereda::evidence {

struct RevealedField {
    std::uint32_t position = 0;  ///< among the entry's fields
    Field field;
};

struct Reveal {
    std::uint64_t entry = 0;
    std::string line;          ///< as it stands in entries.log
    std::uint64_t size = 0;    ///< of the tree that `path` leads to
    std::vector<Digest> path;  ///< RFC 6962 §2.1.1
    std::vector<RevealedField> fields;
    std::optional<std::string> head;  ///< text of the signed head; none where `size` is that of a checkpoint
};

/// `leaves` are those of the whole ledger; the path is made for its first `size` lines.
[[nodiscard]] Reveal reveal(std::uint64_t entry, std::string line, std::span<const Digest> leaves, std::uint64_t size,
                            std::vector<RevealedField> fields);

/// Why it proves nothing; nullopt where every field is one that the line committed to, and the line stands under the
/// root of the head, which its keys signed, and of the checkpoint, where given. Without either it proves nothing.
[[nodiscard]] std::optional<geo::Message> fault_of(const Reveal& reveal, const std::optional<Checkpoint>& kept);

}  // namespace vereda::evidence
