#include "evidence/reveal.hpp"

#include <algorithm>

#include "evidence/history.hpp"

namespace vereda::evidence {

using geo::operator""_msg;

Reveal reveal(std::uint64_t entry, std::string line, std::span<const Digest> leaves, std::uint64_t size,
              std::vector<RevealedField> fields) {
    return {entry, std::move(line), size, inclusion_path(leaves.first(size), entry), std::move(fields), std::nullopt};
}

namespace {

bool committed(const Reveal& reveal) {
    const auto entry = parse_entry(reveal.line);
    const auto original = entry ? original_of(*entry, leaf_hash(reveal.line)) : std::nullopt;
    if (!original) return false;
    const std::vector<Digest>& digests = original->entry.commitments;
    return std::ranges::all_of(reveal.fields, [&](const RevealedField& shown) {
        return shown.position < digests.size() && commitment(shown.field) == digests[shown.position];
    });
}

bool head_holds(const Head& head, const Reveal& reveal, const Digest& root) {
    return head.tree.size() == reveal.size && head.tree.root() == root && !head.signatures.empty() &&
           std::ranges::all_of(head.signatures,
                               [&](const KeySignature& by) { return signature_holds(by, signed_text(head)); });
}

}  // namespace

std::optional<geo::Message> fault_of(const Reveal& reveal, const std::optional<Checkpoint>& kept) {
    if (reveal.fields.empty() || !committed(reveal)) return geo::Message{"ledger.reveal_other_field"_msg, {}};
    const auto root = root_by_path(leaf_hash(reveal.line), reveal.entry, reveal.size, reveal.path);
    if (!root) return geo::Message{"ledger.reveal_no_path"_msg, {}};
    std::optional<Head> head;
    if (reveal.head) {
        head = parse_head(*reveal.head);
        if (!head || !head_holds(*head, reveal, *root)) return geo::Message{"ledger.reveal_head"_msg, {}};
    }
    if (!kept && !head) return geo::Message{"ledger.reveal_unanchored"_msg, {}};
    if (!kept) return std::nullopt;
    const bool same_ledger = !head || hex(head->ledger).starts_with(kept->ledger);
    if (!same_ledger || kept->size != reveal.size || kept->root != *root)
        return geo::Message{"ledger.reveal_checkpoint"_msg, {}};
    return std::nullopt;
}

}  // namespace vereda::evidence
