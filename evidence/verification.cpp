#include "evidence/verification.hpp"

#include <algorithm>

namespace vereda::evidence {

using geo::operator""_msg;

namespace {

constexpr const char* head_file = "head.txt";
constexpr const char* sealed_file = "sealed.dat";
constexpr const char* entries_file = "entries.log";
constexpr const char* checkpoint_file = "checkpoint";

class Verifier {
  public:
    Verifier(const LedgerBytes& bytes, geo::Parallelism parallelism, geo::Progress* progress)
        : bytes_(bytes), parallelism_(parallelism), progress_(progress) {}

    void take_pending();
    void check_signatures();
    void check_lines();
    void check_head();
    void check_sealed();
    void check_objects();
    void check_checkpoints(const std::vector<Checkpoint>& kept);
    [[nodiscard]] Verification finished() && { return std::move(result_); }

  private:
    void fault(geo::MessageId id, const char* file, std::optional<std::uint64_t> entry = {},
               geo::MessageArguments arguments = {}) {
        if (result_.faults.size() < most_faults) result_.faults.push_back({{id, std::move(arguments)}, file, entry});
    }
    void check(const Checkpoint& checkpoint, std::uint64_t agreed);
    [[nodiscard]] bool agrees(const Checkpoint& checkpoint) const;
    [[nodiscard]] bool being_emptied(const SealedPart& part) const;

    const LedgerBytes& bytes_;
    geo::Parallelism parallelism_;
    geo::Progress* progress_;
    Verification result_;
    bool head_holds_ = false;   ///< every signature of the head, whoever's keys they are by
    bool lines_whole_ = false;  ///< the lines hold and are as many as a head that holds says
    History history_;
    std::optional<Transaction> pending_;
    std::string entries_with_pending_;
    std::string sealed_with_pending_;
    std::string_view entries_;
    std::string_view sealed_;
};

/// `bytes` continued by `addition` from `before` on; nullopt where what stands there already is something else.
std::optional<std::string> continued(std::string_view bytes, std::uint64_t before, std::string_view addition) {
    if (bytes.size() < before || bytes.size() > before + addition.size()) return std::nullopt;
    if (bytes.substr(before) != addition.substr(0, bytes.size() - before)) return std::nullopt;
    return std::string(bytes.substr(0, before)) + std::string(addition);
}

/// An addition that was interrupted after it was written down whole is judged as finished: its head is signed. One
/// that replaces the whole ledger does not continue what stands there.
void Verifier::take_pending() {
    entries_ = bytes_.entries;
    sealed_ = bytes_.sealed;
    if (!bytes_.pending) return;
    pending_ = parse_transaction(*bytes_.pending);
    if (!pending_) {
        result_.addition_dropped = true;
        return;
    }
    const bool replaces = pending_->entries_before == 0 && pending_->sealed_before == 0;
    const auto entries =
        replaces ? pending_->lines : continued(bytes_.entries, pending_->entries_before, pending_->lines);
    const auto sealed =
        replaces ? pending_->sealed : continued(bytes_.sealed, pending_->sealed_before, pending_->sealed);
    if (!entries || !sealed) return fault("ledger.pending_elsewhere"_msg, "pending");
    entries_with_pending_ = *entries;
    sealed_with_pending_ = *sealed;
    entries_ = entries_with_pending_;
    sealed_ = sealed_with_pending_;
    result_.addition_pending = true;
}

void Verifier::check_signatures() {
    result_.head = parse_head(result_.addition_pending ? std::string_view(pending_->head) : bytes_.head);
    if (!result_.head) return;
    const std::string text = signed_text(*result_.head);
    head_holds_ = !result_.head->signatures.empty();
    for (const KeySignature& signature : result_.head->signatures) {
        const bool holds = signature_holds(signature, text);
        head_holds_ = head_holds_ && holds;
        if (holds) result_.signed_by.push_back(signature.key);
    }
}

void Verifier::check_lines() {
    std::optional<Tip> tip;
    if (head_holds_) tip = Tip{result_.head->tree.size(), result_.head->tip};
    history_ = read_history(entries_, tip, parallelism_, progress_);
    result_.entries = history_.leaves.size();
    for (const auto& [key, in_force] : history_.keys)
        result_.keys_in_force += in_force ? 1 : 0;
    // Lines that were cut off or added behind are told of first: what they say is seldom whole.
    const bool as_signed = !head_holds_ || result_.head->tree.size() == history_.leaves.size();
    if (!history_.lines_hold || as_signed) {
        for (const Fault& found : history_.faults)
            fault(found.message.id, entries_file, found.entry, found.message.arguments);
    }
    std::erase_if(result_.signed_by, [&](const PublicKey& key) {
        const auto found = history_.keys.find(key);
        return found == history_.keys.end() || !found->second;
    });
}

/// What the head says of lines is believed only where its signatures hold, and held against lines only where those do.
void Verifier::check_head() {
    if (!result_.head) return fault("ledger.head_unreadable"_msg, head_file);
    if (!head_holds_) return fault("ledger.head_signature"_msg, head_file);
    if (!history_.lines_hold) return;
    const Head& head = *result_.head;
    const auto size = history_.leaves.size();
    const geo::MessageArguments sizes{{"found", std::to_string(size)}, {"signed", std::to_string(head.tree.size())}};
    if (head.tree.size() > size) return fault("ledger.entries_missing"_msg, entries_file, size, sizes);
    if (head.tree.size() < size) return fault("ledger.entries_unsigned"_msg, entries_file, head.tree.size(), sizes);
    lines_whole_ = true;
    if (result_.signed_by.empty()) fault("ledger.head_not_authorised"_msg, head_file);
    if (head.ledger != history_.ledger) fault("ledger.other_ledger"_msg, head_file);
    if (frontier_of(history_.leaves, parallelism_).root() != head.tree.root())
        fault("ledger.root_differs"_msg, head_file);
    if (head.sealed != history_.sealed_size) fault("ledger.sealed_size"_msg, head_file);
}

bool Verifier::being_emptied(const SealedPart& part) const {
    if (!result_.addition_pending) return false;
    return std::ranges::any_of(pending_->emptied, [&](const Emptied& emptied) {
        return emptied.offset == part.offset && emptied.length == part.bytes.length;
    });
}

void Verifier::check_sealed() {
    // Lines that were altered may no longer tell where parts lie.
    const bool other_length = sealed_.size() != history_.sealed_size;
    if (other_length && !lines_whole_) return;
    std::vector<char> good(history_.parts.size(), 1);
    constexpr std::size_t block = 256;
    const std::size_t blocks = (good.size() + block - 1) / block;
    geo::parallel_for(blocks, parallelism_, [&](std::size_t b) {
        for (std::size_t i = b * block; i < std::min(good.size(), (b + 1) * block); ++i) {
            const SealedPart& part = history_.parts[i];
            if (being_emptied(part)) continue;
            if (part.offset > sealed_.size() || part.bytes.length > sealed_.size() - part.offset) {
                good[i] = 0;
                continue;
            }
            const std::string_view bytes = sealed_.substr(part.offset, part.bytes.length);
            good[i] = part.emptied ? bytes.find_first_not_of('\0') == std::string_view::npos
                                   : sha256(bytes) == part.bytes.hash;
        }
    });
    for (std::size_t i = 0; i < good.size(); ++i) {
        if (good[i] != 0) continue;
        const SealedPart& part = history_.parts[i];
        fault(part.emptied ? "ledger.redaction_undone"_msg : "ledger.sealed_altered"_msg, sealed_file, part.entry);
    }
    if (other_length) {
        fault("ledger.sealed_length"_msg, sealed_file, {},
              {{"found", std::to_string(sealed_.size())}, {"signed", std::to_string(history_.sealed_size)}});
    }
}

void Verifier::check_objects() {
    for (const auto& [name, entry] : history_.objects) {
        const auto file = bytes_.objects.find(name);
        const std::string path = "objects/" + name;
        if (file == bytes_.objects.end()) {
            fault("ledger.object_missing"_msg, path.c_str(), entry);
        } else if (!(file->second == history_.object_bytes.at(name))) {
            fault("ledger.object_altered"_msg, path.c_str(), entry);
        }
    }
    for (const auto& [name, entry] : history_.removed_objects) {
        const bool going =
            result_.addition_pending && std::ranges::find(pending_->removed, name) != pending_->removed.end();
        if (bytes_.objects.contains(name) && !going)
            fault("ledger.redaction_undone"_msg, ("objects/" + name).c_str(), entry);
    }
}

bool Verifier::agrees(const Checkpoint& checkpoint) const {
    if (checkpoint.size > history_.leaves.size()) return false;
    const std::span<const Digest> then(history_.leaves.data(), checkpoint.size);
    return frontier_of(then, parallelism_).root() == checkpoint.root;
}

void Verifier::check_checkpoints(const std::vector<Checkpoint>& kept) {
    if (!history_.lines_hold || history_.leaves.empty()) return;
    std::vector<Checkpoint> broken;
    std::uint64_t agreed = 0;
    const std::string name = hex(history_.ledger);
    for (const Checkpoint& checkpoint : kept) {
        if (!name.starts_with(checkpoint.ledger)) {
            fault("ledger.checkpoint_other"_msg, checkpoint_file);
        } else if (agrees(checkpoint)) {
            agreed = std::max(agreed, checkpoint.size);
        } else {
            broken.push_back(checkpoint);
        }
    }
    for (const Checkpoint& checkpoint : broken)
        check(checkpoint, agreed);
}

void Verifier::check(const Checkpoint& checkpoint, std::uint64_t agreed) {
    const std::string kept = std::to_string(checkpoint.size);
    const std::size_t size = history_.leaves.size();
    const Parting at = parting(checkpoint, history_.leaves, agreed);
    if (at.last >= size) {
        return fault("ledger.rolled_back"_msg, entries_file, size, {{"found", std::to_string(size)}, {"kept", kept}});
    }
    if (at.first == at.last) return fault("ledger.forked_here"_msg, entries_file, at.first, {{"kept", kept}});
    fault("ledger.forked"_msg, entries_file, at.first,
          {{"kept", kept}, {"first", std::to_string(at.first)}, {"last", std::to_string(at.last)}});
}

}  // namespace

Verification verify(const LedgerBytes& bytes, const std::vector<Checkpoint>& checkpoints, geo::Parallelism parallelism,
                    geo::Progress* progress) {
    Verifier verifier(bytes, parallelism, progress);
    verifier.take_pending();
    verifier.check_signatures();
    verifier.check_lines();
    verifier.check_head();
    verifier.check_sealed();
    verifier.check_objects();
    verifier.check_checkpoints(checkpoints);
    return std::move(verifier).finished();
}

}  // namespace vereda::evidence
