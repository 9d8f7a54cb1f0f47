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

/// Takes entries in order and keeps what they amount to.
class Reader {
  public:
    void take(std::optional<Entry>&& entry, const Digest& leaf);
    [[nodiscard]] History finished() &&;

  private:
    void fault(std::uint64_t entry, geo::MessageId id, geo::MessageArguments arguments = {}) {
        if (history_.faults.size() < most_faults)
            history_.faults.push_back({{id, std::move(arguments)}, entries_file, entry});
    }
    void check_place(const Entry& entry, std::uint64_t number);
    void take_part(const std::optional<SealedBytes>& bytes, std::uint64_t number);
    void take_content(const Original& original, std::uint64_t number);
    void take_key(const Entry& entry, std::uint64_t number);
    void take_redaction(const Original& redaction, std::uint64_t number);
    void take_merge(const Entry& entry, std::uint64_t number);
    void take_foreign(const Entry& entry, std::uint64_t number);
    void end_group();
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
    std::vector<Digest> previous_;  ///< of every line, for walking a merged ledger back
    std::vector<std::pair<Digest, Holder>> holders_;
    std::unordered_map<Digest, std::size_t, DigestHash> holder_index_;
    std::size_t holders_indexed_ = 0;
    /// Lines of this ledger and of those merged into it: leaf to the leaf before.
    std::unordered_map<Digest, Digest, DigestHash> before_;
    std::size_t lines_indexed_ = 0;
    std::optional<Group> group_;
    bool last_bad_link_ = false;
    std::size_t altered_ = 0;  ///< of faults: the last one about a broken link
};

void Reader::check_place(const Entry& entry, std::uint64_t number) {
    if (entry.sequence != number) fault(number, "ledger.out_of_order"_msg, {{"found", std::to_string(entry.sequence)}});
    if ((entry.kind == EntryKind::genesis) != (number == 0)) fault(number, "ledger.misplaced_genesis"_msg);
    const Digest expected = number == 0 ? Digest{} : history_.leaves.back();
    const bool bad_link = entry.previous != expected;
    // An entry that was altered breaks the link behind it; one whose own link was altered breaks both.
    if (bad_link && number > 0) {
        if (last_bad_link_) {
            history_.faults[altered_].entry = number - 1;
        } else if (history_.faults.size() < most_faults) {
            altered_ = history_.faults.size();
            fault(number - 1, "ledger.altered"_msg);
        }
    } else if (bad_link) {
        fault(number, "ledger.altered"_msg);
    }
    last_bad_link_ = bad_link && number > 0 && altered_ < history_.faults.size();
}

void Reader::take_part(const std::optional<SealedBytes>& bytes, std::uint64_t number) {
    if (!bytes) return;
    history_.parts.push_back({number, history_.sealed_size, *bytes, false});
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

void Reader::take_key(const Entry& entry, std::uint64_t number) {
    const auto signer = history_.keys.find(entry.authority.key);
    const bool in_force = signer != history_.keys.end() && signer->second;
    if (!in_force || !signature_holds(entry.authority, key_statement(history_.ledger, entry)))
        return fault(number, "ledger.key_not_authorised"_msg);
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
        take_part(entry.kept, number);
        history_.parts.back().emptied = stillborn;
    }
    take_part(entry.blob, number);
}

void Reader::index_up_to_here() {
    for (; lines_indexed_ < history_.leaves.size(); ++lines_indexed_)
        before_.emplace(history_.leaves[lines_indexed_], previous_[lines_indexed_]);
}

void Reader::take_merge(const Entry& entry, std::uint64_t number) {
    const auto head = parse_head(entry.merged_head);
    if (!head || head->ledger != history_.ledger) return fault(number, "ledger.merge_unreadable"_msg);
    const bool authorised = std::ranges::any_of(head->signatures, [&](const KeySignature& signature) {
        const auto key = history_.keys.find(signature.key);
        return key != history_.keys.end() && key->second && signature_holds(signature, signed_text(*head));
    });
    if (!authorised) return fault(number, "ledger.merge_not_authorised"_msg);
    group_ = Group{number, *head, std::nullopt};
}

void Reader::take_foreign(const Entry& entry, std::uint64_t number) {
    index_up_to_here();
    const auto foreign = parse_entry(entry.foreign_line);
    const bool linked =
        foreign && group_ && (group_->last ? foreign->previous == *group_->last : before_.contains(foreign->previous));
    if (!linked) return fault(number, "ledger.foreign_unlinked"_msg);
    Digest leaf = leaf_hash(entry.foreign_line);
    group_->last = leaf;
    // A foreign line may itself hold one that the other ledger had merged.
    for (std::optional<Entry> inner = foreign; inner;) {
        before_.emplace(leaf, inner->previous);
        if (inner->kind != EntryKind::foreign) break;
        leaf = leaf_hash(inner->foreign_line);
        inner = parse_entry(inner->foreign_line);
    }
}

/// A merge is whole when its foreign entries lead to the tip of the ledger it names, and that ledger's lines to its
/// root.
void Reader::end_group() {
    if (!group_) return;
    const Group group = *std::exchange(group_, std::nullopt);
    index_up_to_here();
    std::vector<Digest> chain;
    Digest leaf = group.head.tip;
    while (chain.size() < group.head.tree.size()) {
        const auto line = before_.find(leaf);
        if (line == before_.end()) break;
        chain.push_back(leaf);
        leaf = line->second;
    }
    std::ranges::reverse(chain);
    const bool whole = chain.size() == group.head.tree.size() && leaf == Digest{} &&
                       (!group.last || *group.last == group.head.tip) &&
                       frontier_of(chain, {}).root() == group.head.tree.root();
    if (!whole) fault(group.entry, "ledger.merge_incomplete"_msg);
}

void Reader::take(std::optional<Entry>&& entry, const Digest& leaf) {
    const std::uint64_t number = history_.leaves.size();
    if (!entry) {
        fault(number, "ledger.entry_unreadable"_msg);
        history_.leaves.push_back(leaf);
        previous_.push_back(Digest{});
        return;
    }
    if (entry->kind != EntryKind::foreign) end_group();
    check_place(*entry, number);
    if (number == 0) history_.ledger = leaf;
    if (entry->kind == EntryKind::foreign) take_foreign(*entry, number);
    const auto original = original_of(*entry, leaf);
    if (original) {
        const bool nested_merge = entry->kind == EntryKind::foreign && original->entry.kind == EntryKind::merge;
        if (!nested_merge) take_content(*original, number);
    } else {
        fault(number, "ledger.entry_unreadable"_msg);
    }
    history_.leaves.push_back(leaf);
    previous_.push_back(entry->previous);
}

History Reader::finished() && {
    end_group();
    for (const auto& [name, entry] : history_.removed_objects) {
        history_.objects.erase(name);
        history_.object_bytes.erase(name);
    }
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

History read_history(std::string_view entries, geo::Parallelism parallelism, geo::Progress* progress) {
    const std::vector<std::string_view> pieces = cut(entries);
    Reader reader;
    geo::parallel_ordered<Piece>(
        pieces.size(), parallelism, [&](std::size_t i) { return read_piece(pieces[i]); },
        [&](std::size_t, Piece&& piece) {
            for (std::size_t i = 0; i < piece.lines.size(); ++i)
                reader.take(std::move(piece.entries[i]), piece.leaves[i]);
        },
        progress);
    return std::move(reader).finished();
}

}  // namespace vereda::evidence
