#include "evidence/history.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "evidence/head.hpp"

namespace vereda::evidence {

using geo::operator""_msg;

namespace {

constexpr const char* entries_file = "entries.log";

struct DigestHash {
    std::size_t operator()(const Digest& digest) const {
        std::size_t value = 0;
        std::memcpy(&value, digest.data(), sizeof value);
        return value;
    }
};

/// A run of lines read apart from the others.
struct Piece {
    std::vector<std::string_view> lines;
    std::vector<Digest> leaves;
    std::vector<std::optional<Entry>> entries;
};

/// Beginnings of pieces of some thousand lines.
std::vector<std::string_view> cut(std::string_view text) {
    constexpr std::size_t about = std::size_t{1} << 20;
    std::vector<std::string_view> pieces;
    while (!text.empty()) {
        const std::size_t end = text.size() <= about ? std::string_view::npos : text.find('\n', about);
        const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
        pieces.push_back(text.substr(0, size));
        text = text.substr(size);
    }
    return pieces;
}

Piece read_piece(std::string_view text) {
    Piece piece;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        piece.lines.push_back(line);
        piece.leaves.push_back(leaf_hash(line));
        // A line without its line feed was cut off: it is no entry, whatever it says.
        piece.entries.push_back(end == text.size() ? std::nullopt : parse_entry(line));
        text = end == text.size() ? std::string_view() : text.substr(end + 1);
    }
    return piece;
}

/// Whether lines stand in their places and are chained.
class Chain {
  public:
    /// `before` is the leaf hash of the line before.
    void take(const Entry& entry, std::uint64_t number, const Digest& before);
    void take_unreadable(std::uint64_t number);
    void end(const Tip& tip, const std::vector<Digest>& leaves);
    [[nodiscard]] std::vector<Fault> faults() &&;

  private:
    void fault(std::uint64_t entry, geo::MessageId id, geo::MessageArguments arguments = {}) {
        if (faults_.size() < most_faults) faults_.push_back({{id, std::move(arguments)}, entries_file, entry});
    }
    void end_run();

    std::vector<Fault> faults_;
    std::int64_t offset_ = 0;  ///< of the last line: the number it says less its place
    bool after_unreadable_ = false;
    std::uint64_t first_broken_ = 0;  ///< the later line of the first broken link of a run
    std::uint64_t run_ = 0;           ///< links broken one after the other
};

void Chain::end_run() {
    for (std::uint64_t i = 1; i < run_; ++i)
        fault(first_broken_ + i - 1, "ledger.altered"_msg);
    if (run_ == 1) fault(first_broken_ - 1, "ledger.altered"_msg);
    run_ = 0;
}

void Chain::take(const Entry& entry, std::uint64_t number, const Digest& before) {
    const std::int64_t offset = static_cast<std::int64_t>(entry.sequence) - static_cast<std::int64_t>(number);
    const bool moved = offset != offset_;
    offset_ = offset;
    if (moved && offset != 0) fault(number, "ledger.out_of_order"_msg, {{"found", std::to_string(entry.sequence)}});
    if ((entry.kind == EntryKind::genesis) != (number == 0)) fault(number, "ledger.misplaced_genesis"_msg);
    const bool excused = std::exchange(after_unreadable_, false) || moved;
    if (excused || entry.previous == before) return end_run();
    if (number == 0) return fault(number, "ledger.altered"_msg);
    if (run_++ == 0) first_broken_ = number;
}

void Chain::take_unreadable(std::uint64_t number) {
    end_run();
    fault(number, "ledger.entry_unreadable"_msg);
    after_unreadable_ = true;
}

void Chain::end(const Tip& tip, const std::vector<Digest>& leaves) {
    const bool broken = tip.size == leaves.size() && offset_ == 0 && !after_unreadable_ && tip.leaf != leaves.back();
    if (broken && run_++ == 0) first_broken_ = leaves.size();
}

std::vector<Fault> Chain::faults() && {
    end_run();
    std::ranges::stable_sort(faults_, {}, [](const Fault& fault) { return fault.entry.value_or(0); });
    return std::move(faults_);
}

/// Takes entries in order and keeps what they amount to.
class Reader {
  public:
    void take(std::optional<Entry>&& entry, const Digest& leaf);
    [[nodiscard]] History finished(const std::optional<Tip>& tip) &&;

  private:
    void fault(std::uint64_t entry, geo::MessageId id, geo::MessageArguments arguments = {}) {
        if (history_.faults.size() < most_faults)
            history_.faults.push_back({{id, std::move(arguments)}, entries_file, entry});
    }
    void take_part(const std::optional<SealedBytes>& bytes, std::uint64_t number, bool emptied = false);
    void take_content(const Original& original, std::uint64_t number);
    void take_key(const Entry& entry, std::uint64_t number);
    void take_foreign_key(const Entry& entry);
    void take_redaction(const Original& redaction, std::uint64_t number);
    void take_repeated(const Entry& entry, std::uint64_t number);
    void take_merge(const Entry& entry, std::uint64_t number);
    [[nodiscard]] bool take_foreign(const Entry& entry, std::uint64_t number);
    void end_group();
    [[nodiscard]] bool is_whole(const Head& head, const std::optional<Digest>& last) const;
    [[nodiscard]] bool in_force(const PublicKey& key) const;
    void index_up_to_here();

    /// The entry that holds fields, where, and whether a redaction has taken them over.
    struct Holder {
        std::size_t part = 0;
        bool replaced = false;
    };
    /// A merge whose foreign entries are being read.
    struct Group {
        std::uint64_t entry = 0;
        Head head;
        std::optional<Digest> last;
    };

    History history_;
    Chain chain_;
    std::vector<Digest> previous_;  ///< of every line, for walking a merged ledger back
    std::vector<std::pair<Digest, Holder>> holders_;
    std::unordered_map<Digest, std::size_t, DigestHash> holder_index_;
    std::size_t holders_indexed_ = 0;
    /// Lines of this ledger and of those merged into it: leaf to the leaf before.
    std::unordered_map<Digest, Digest, DigestHash> before_;
    std::size_t lines_indexed_ = 0;
    std::optional<Group> group_;
};

void Reader::take_part(const std::optional<SealedBytes>& bytes, std::uint64_t number, bool emptied) {
    if (!bytes) return;
    history_.parts.push_back({number, history_.sealed_size, *bytes, emptied});
    history_.sealed_size += bytes->length;
}

void Reader::take_content(const Original& original, std::uint64_t number) {
    const Entry& entry = original.entry;
    switch (entry.kind) {
        case EntryKind::genesis:
            history_.keys[entry.key] = true;
            [[fallthrough]];
        case EntryKind::sealed:
            if (entry.blob) holders_.push_back({original.leaf, {history_.parts.size(), false}});
            take_part(entry.blob, number);
            for (const SealedBytes& object : entry.objects) {
                history_.objects.emplace(object_name(object), number);
                history_.object_bytes.emplace(object_name(object), object);
            }
            return;
        case EntryKind::redaction:
            return take_redaction(original, number);
        case EntryKind::key:
            return take_key(entry, number);
        case EntryKind::merge:
            return take_merge(entry, number);
        case EntryKind::foreign:
            return;
    }
}

bool Reader::in_force(const PublicKey& key) const {
    const auto found = history_.keys.find(key);
    return found != history_.keys.end() && found->second;
}

void Reader::take_key(const Entry& entry, std::uint64_t number) {
    if (!in_force(entry.authority.key) || !signature_holds(entry.authority, key_statement(history_.ledger, entry)))
        return fault(number, "ledger.key_not_authorised"_msg);
    history_.keys[entry.key] = !entry.revokes;
}

/// On another device a key may have changed keys that this ledger had revoked already: that has no effect here.
void Reader::take_foreign_key(const Entry& entry) {
    if (in_force(entry.authority.key) && signature_holds(entry.authority, key_statement(history_.ledger, entry)))
        history_.keys[entry.key] = !entry.revokes;
}

void Reader::take_redaction(const Original& redaction, std::uint64_t number) {
    const Entry& entry = redaction.entry;
    for (; holders_indexed_ < holders_.size(); ++holders_indexed_)
        holder_index_.emplace(holders_[holders_indexed_].first, holders_indexed_);
    const auto found = holder_index_.find(entry.replaces);
    if (found == holder_index_.end()) return fault(number, "ledger.redacts_nothing"_msg);
    Holder& holder = holders_[found->second].second;
    const bool stillborn = holder.replaced;
    history_.parts[holder.part].emptied = true;
    holder.replaced = true;
    for (const SealedBytes& object : entry.objects)
        history_.removed_objects.emplace(object_name(object), number);
    if (entry.kept) {
        holders_.push_back({redaction.leaf, {history_.parts.size(), stillborn}});
        take_part(entry.kept, number, stillborn);
    }
    take_part(entry.blob, number);
}

void Reader::take_repeated(const Entry& entry, std::uint64_t number) {
    history_.repeated.push_back(number);
    if (entry.kind == EntryKind::redaction) take_part(entry.kept, number, true);
    take_part(entry.blob, number, true);
}

void Reader::index_up_to_here() {
    for (; lines_indexed_ < history_.leaves.size(); ++lines_indexed_)
        before_.emplace(history_.leaves[lines_indexed_], previous_[lines_indexed_]);
}

void Reader::take_merge(const Entry& entry, std::uint64_t number) {
    const auto head = parse_head(entry.merged_head);
    if (!head || head->ledger != history_.ledger) return fault(number, "ledger.merge_unreadable"_msg);
    group_ = Group{number, *head, std::nullopt};
}

/// False for an entry that the ledger had already.
bool Reader::take_foreign(const Entry& entry, std::uint64_t number) {
    index_up_to_here();
    const auto foreign = parse_entry(entry.foreign_line);
    const bool linked =
        foreign && group_ && (group_->last ? foreign->previous == *group_->last : before_.contains(foreign->previous));
    if (!linked) {
        fault(number, "ledger.foreign_unlinked"_msg);
        return false;
    }
    Digest leaf = leaf_hash(entry.foreign_line);
    group_->last = leaf;
    bool unheard = false;
    // A foreign line may itself hold one that the other ledger had merged.
    for (std::optional<Entry> inner = foreign; inner;) {
        unheard = before_.emplace(leaf, inner->previous).second;
        if (inner->kind != EntryKind::foreign) break;
        leaf = leaf_hash(inner->foreign_line);
        inner = parse_entry(inner->foreign_line);
    }
    return unheard;
}

/// The foreign entries lead to the tip of the merged ledger, and all its lines to its root.
bool Reader::is_whole(const Head& head, const std::optional<Digest>& last) const {
    std::vector<Digest> chain;
    Digest leaf = head.tip;
    while (chain.size() < head.tree.size()) {
        const auto line = before_.find(leaf);
        if (line == before_.end()) break;
        chain.push_back(leaf);
        leaf = line->second;
    }
    std::ranges::reverse(chain);
    return chain.size() == head.tree.size() && leaf == Digest{} && (!last || *last == head.tip) &&
           frontier_of(chain, {}).root() == head.tree.root();
}

void Reader::end_group() {
    if (!group_) return;
    const Group group = *std::exchange(group_, std::nullopt);
    index_up_to_here();
    if (!is_whole(group.head, group.last)) fault(group.entry, "ledger.merge_incomplete"_msg);
    const std::string text = signed_text(group.head);
    const bool known = std::ranges::any_of(group.head.signatures, [&](const KeySignature& signature) {
        return history_.keys.contains(signature.key) && signature_holds(signature, text);
    });
    if (!known) fault(group.entry, "ledger.merge_not_authorised"_msg);
}

void Reader::take(std::optional<Entry>&& entry, const Digest& leaf) {
    const std::uint64_t number = history_.leaves.size();
    const Digest before = number == 0 ? Digest{} : history_.leaves.back();
    if (!entry) {
        chain_.take_unreadable(number);
        history_.leaves.push_back(leaf);
        previous_.push_back(Digest{});
        return;
    }
    if (entry->kind != EntryKind::foreign) end_group();
    chain_.take(*entry, number, before);
    if (number == 0) history_.ledger = leaf;
    const bool foreign = entry->kind == EntryKind::foreign;
    const bool unheard = !foreign || take_foreign(*entry, number);
    const auto original = original_of(*entry, leaf);
    if (!original) {
        fault(number, "ledger.entry_unreadable"_msg);
    } else if (foreign && original->entry.kind == EntryKind::genesis) {
        fault(number, "ledger.misplaced_genesis"_msg);
    } else if (!unheard) {
        take_repeated(original->entry, number);
    } else if (foreign && original->entry.kind == EntryKind::key) {
        take_foreign_key(original->entry);
    } else if (!foreign || original->entry.kind != EntryKind::merge) {
        take_content(*original, number);
    }
    history_.leaves.push_back(leaf);
    previous_.push_back(entry->previous);
}

History Reader::finished(const std::optional<Tip>& tip) && {
    end_group();
    for (const auto& [name, entry] : history_.removed_objects) {
        history_.objects.erase(name);
        history_.object_bytes.erase(name);
    }
    if (tip) chain_.end(*tip, history_.leaves);
    std::vector<Fault> of_lines = std::move(chain_).faults();
    history_.lines_hold = of_lines.empty();
    if (!history_.lines_hold) history_.faults = std::move(of_lines);
    std::ranges::stable_sort(history_.faults, {}, [](const Fault& fault) { return fault.entry.value_or(0); });
    return std::move(history_);
}

}  // namespace

std::string object_name(const SealedBytes& object) {
    return hex(object.hash) + ".sealed";
}

std::optional<Original> original_of(const Entry& entry, const Digest& leaf) {
    Original original{entry, leaf};
    while (original.entry.kind == EntryKind::foreign) {
        auto inner = parse_entry(original.entry.foreign_line);
        if (!inner) return std::nullopt;
        original.leaf = leaf_hash(original.entry.foreign_line);
        original.entry = *std::move(inner);
    }
    return original;
}

History read_history(std::string_view entries, const std::optional<Tip>& tip, geo::Parallelism parallelism,
                     geo::Progress* progress) {
    const std::vector<std::string_view> pieces = cut(entries);
    Reader reader;
    geo::parallel_ordered<Piece>(
        pieces.size(), parallelism, [&](std::size_t i) { return read_piece(pieces[i]); },
        [&](std::size_t, Piece&& piece) {
            for (std::size_t i = 0; i < piece.lines.size(); ++i)
                reader.take(std::move(piece.entries[i]), piece.leaves[i]);
        },
        progress);
    return std::move(reader).finished(tip);
}

}  // namespace vereda::evidence
