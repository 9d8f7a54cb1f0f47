#include "evidence/io/ledger.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "geo/error.hpp"

namespace vereda::evidence::io {

using namespace geo;

namespace {

SealedBytes described(std::string_view bytes) {
    return {bytes.size(), sha256(bytes)};
}

Error no_such_entry(std::uint64_t sequence) {
    return {ErrorKind::usage, {"ledger.no_such_entry"_msg, {{"entry", std::to_string(sequence)}}}};
}

/// The entries of a ledger with what belongs to each.
struct Lines {
    History history;
    std::vector<Entry> entries;                      ///< as written
    std::vector<Original> originals;                 ///< what they say
    std::vector<std::optional<std::size_t>> fields;  ///< part of the sealed file that holds an entry's fields now
    std::vector<Digest> holders;                     ///< leaf of the entry that holds them now
    std::vector<std::optional<std::uint64_t>> redacted_by;
    std::vector<std::optional<std::uint64_t>> redacts;
    std::vector<std::uint64_t> overridden;  ///< redactions that came too late to hold any field
};

std::vector<std::string_view> lines_in(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text = end == text.size() ? std::string_view() : text.substr(end + 1);
    }
    return lines;
}

Lines read_lines(std::string_view text) {
    Lines lines;
    lines.history = read_history(text);
    if (!lines.history.faults.empty()) {
        const Fault& fault = lines.history.faults.front();
        throw Error(ErrorKind::integrity, fault.message,
                    Locus{fault.file, {}, fault.entry ? std::to_string(*fault.entry) : "", 0, {}});
    }
    std::map<Digest, std::size_t> by_holder;
    std::size_t part = 0;
    const auto take = [&](const std::optional<SealedBytes>& bytes) -> std::optional<std::size_t> {
        if (!bytes) return std::nullopt;
        return part++;
    };
    for (const std::string_view line : lines_in(text)) {
        Entry entry = parse_entry(line).value();
        Original original = original_of(entry, leaf_hash(line)).value();
        const std::size_t number = lines.entries.size();
        lines.entries.push_back(std::move(entry));
        lines.fields.emplace_back();
        lines.holders.push_back(original.leaf);
        lines.redacted_by.emplace_back();
        lines.redacts.emplace_back();
        const Entry& said = original.entry;
        if (std::ranges::binary_search(lines.history.repeated, number)) {
            part += (said.blob ? 1 : 0) + (said.kind == EntryKind::redaction && said.kept ? 1 : 0);
        } else if (said.kind == EntryKind::redaction) {
            const std::size_t target = by_holder.at(said.replaces);
            by_holder.emplace(original.leaf, target);
            lines.redacts[number] = target;
            const bool in_time = lines.holders[target] == said.replaces;
            const auto kept = take(said.kept);
            lines.fields[number] = take(said.blob);
            if (in_time) {
                lines.fields[target] = kept;
                lines.holders[target] = original.leaf;
                lines.redacted_by[target] = number;
            } else {
                lines.overridden.push_back(number);
            }
        } else if (said.blob) {
            by_holder.emplace(original.leaf, number);
            lines.fields[number] = take(said.blob);
        }
        lines.originals.push_back(std::move(original));
    }
    return lines;
}

/// Leaf hashes of every line that a ledger holds, those of ledgers merged into it included.
std::set<Digest> all_leaves(const Lines& lines) {
    std::set<Digest> leaves(lines.history.leaves.begin(), lines.history.leaves.end());
    for (const Entry& entry : lines.entries) {
        std::optional<Entry> inner = entry;
        while (inner && inner->kind == EntryKind::foreign) {
            leaves.insert(leaf_hash(inner->foreign_line));
            inner = parse_entry(inner->foreign_line);
        }
    }
    return leaves;
}

Fields opened(const Lines& lines, std::size_t number, std::string_view sealed, const CouncilKey& key,
              const Digest& ledger) {
    if (!lines.fields[number]) return {};
    const SealedPart& part = lines.history.parts[*lines.fields[number]];
    // The first entry is sealed before the ledger has its name; what a redaction keeps of it, after.
    const bool nameless = lines.originals[part.entry].entry.kind == EntryKind::genesis;
    const Digest bound = nameless ? Digest{} : ledger;
    return open_fields(sealed.substr(part.offset, part.bytes.length), key.payload(), bound);
}

std::string key_file_name(const PublicKey& key) {
    return hex(key).substr(0, 16);
}

Head parsed_head(const LedgerFolder& folder) {
    const auto head = parse_head(folder.head());
    if (!head)
        throw Error(ErrorKind::integrity, {"ledger.head_unreadable"_msg, {}},
                    Locus{folder.path() + "/head.txt", {}, {}, 0, {}});
    return *head;
}

}  // namespace

void Ledger::create(const std::string& path, const Fields& about, std::string_view passphrase, const std::string& time,
                    const PassphraseCost& cost) {
    LedgerFolder folder = LedgerFolder::create(path);
    CouncilKey key = CouncilKey::create(SecretKey::random());
    folder.write_key(key_file_name(key.name()), key.locked(passphrase, cost));
    Entry entry;
    entry.kind = EntryKind::genesis;
    entry.time = time;
    entry.key = key.name();
    entry.commitments = commitments(about);
    const std::string sealed = seal_fields(about, key.payload(), Digest{});
    entry.blob = described(sealed);
    const std::string line = line_of(entry);
    Head head;
    head.ledger = leaf_hash(line);
    head.tip = head.ledger;
    head.tree.add(head.tip);
    head.sealed = sealed.size();
    head.time = time;
    head.signatures = {key.sign(signed_text(head))};
    folder.lock();
    folder.apply({0, 0, line + "\n", sealed, head_text(head), {}, {}});
}

Ledger::Ledger(LedgerFolder folder, CouncilKey key, Head head)
    : folder_(std::move(folder)), key_(std::move(key)), head_(std::move(head)) {}

namespace {

bool in_force(const History& history, const PublicKey& key) {
    const auto found = history.keys.find(key);
    return found != history.keys.end() && found->second;
}

/// The key among the ledger's files that the passphrase opens and that is in force. A key whose addition was
/// interrupted, or that was revoked, may stand beside it under the same passphrase.
CouncilKey unlock(const LedgerFolder& folder, const Head& head, std::string_view passphrase) {
    const auto files = folder.key_files();
    const Locus place{folder.path(), {}, {}, 0, {}};
    if (files.empty()) throw Error(ErrorKind::input, {"ledger.no_key"_msg, {}}, place);
    std::optional<History> history;
    for (const auto& [name, text] : files) {
        try {
            CouncilKey key = CouncilKey::unlocked(text, passphrase);
            const bool wrote_last =
                std::ranges::any_of(head.signatures, [&](const KeySignature& by) { return by.key == key.name(); });
            if (wrote_last) return key;
            if (!history) history = read_history(folder.entries());
            if (in_force(*history, key.name())) return key;
        } catch (const Error& error) {
            if (error.message().id != "ledger.wrong_passphrase"_msg) throw;
        }
    }
    throw Error(ErrorKind::integrity, {history ? "ledger.key_not_in_force"_msg : "ledger.wrong_passphrase"_msg, {}},
                place);
}

LedgerFolder locked(const std::string& path) {
    LedgerFolder folder(path);
    folder.lock();
    return folder;
}

}  // namespace

Ledger::Ledger(const std::string& path, std::string_view passphrase)
    : folder_(locked(path)), key_(unlock(folder_, parsed_head(folder_), passphrase)), head_(parsed_head(folder_)) {}

Entry Ledger::next(EntryKind kind, const std::string& time) const {
    Entry entry;
    entry.sequence = head_.tree.size();
    entry.kind = kind;
    entry.time = time;
    entry.previous = head_.tip;
    return entry;
}

void Ledger::append(const Addition& addition, const std::string& time) {
    Head head = head_;
    std::string text;
    for (const std::string& line : addition.lines) {
        head.tip = leaf_hash(line);
        head.tree.add(head.tip);
        text += line + "\n";
    }
    head.sealed += addition.sealed.size();
    head.time = time;
    head.signatures = {key_.sign(signed_text(head))};
    folder_.apply({folder_.size_of("entries.log"), head_.sealed, std::move(text), addition.sealed, head_text(head),
                   addition.emptied, addition.removed});
    head_ = std::move(head);
}

std::string Ledger::sealed_part(const Fields& fields, std::optional<SealedBytes>& written) const {
    std::string sealed = seal_fields(fields, key_.payload(), head_.ledger);
    written = described(sealed);
    return sealed;
}

std::uint64_t Ledger::add(const Fields& fields, const std::vector<std::string>& objects, const std::string& time) {
    Entry entry = next(EntryKind::sealed, time);
    entry.commitments = commitments(fields);
    for (const std::string& object : objects) {
        const std::string sealed = seal_bytes(object, key_.payload(), head_.ledger);
        entry.objects.push_back(described(sealed));
        folder_.write_object(object_name(entry.objects.back()), sealed);
    }
    const std::string sealed = sealed_part(fields, entry.blob);
    append({{line_of(entry)}, sealed, {}, {}}, time);
    return entry.sequence;
}

std::uint64_t Ledger::add_all(const std::vector<Fields>& records, const std::string& time) {
    Addition addition;
    Entry entry = next(EntryKind::sealed, time);
    const std::uint64_t first = entry.sequence;
    for (const Fields& fields : records) {
        entry.commitments = commitments(fields);
        addition.sealed += sealed_part(fields, entry.blob);
        addition.lines.push_back(line_of(entry));
        entry.previous = leaf_hash(addition.lines.back());
        ++entry.sequence;
    }
    append(addition, time);
    return first;
}

std::uint64_t Ledger::redact(std::uint64_t sequence, const std::vector<std::string>& names, bool all,
                             const Fields& about, const std::string& time) {
    const LedgerContent content = folder_.content({});
    const Lines lines = read_lines(content.entries);
    if (sequence >= lines.entries.size() || !lines.fields[sequence] || lines.redacts[sequence])
        throw no_such_entry(sequence);
    Fields kept = opened(lines, sequence, content.sealed, key_, head_.ledger);
    Entry entry = next(EntryKind::redaction, time);
    entry.target = lines.originals[sequence].leaf;
    entry.replaces = lines.holders[sequence];
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (!kept[i] || !(all || std::ranges::find(names, kept[i]->name) != names.end())) continue;
        entry.removed.push_back(static_cast<std::uint32_t>(i));
        kept[i].reset();
    }
    const bool objects = all || std::ranges::find(names, "objects") != names.end();
    for (const SealedBytes& object : lines.originals[sequence].entry.objects) {
        if (objects && content.objects.contains(object_name(object))) entry.objects.push_back(object);
    }
    if (entry.removed.empty() && entry.objects.empty()) throw Error(ErrorKind::usage, {"ledger.no_such_field"_msg, {}});
    Addition addition;
    if (std::ranges::any_of(kept, [](const auto& field) { return field.has_value(); }))
        addition.sealed = sealed_part(kept, entry.kept);
    entry.commitments = commitments(about);
    addition.sealed += sealed_part(about, entry.blob);
    const SealedPart& part = lines.history.parts[*lines.fields[sequence]];
    addition.emptied = {{part.offset, part.bytes.length}};
    for (const SealedBytes& object : entry.objects)
        addition.removed.push_back(object_name(object));
    addition.lines = {line_of(entry)};
    append(addition, time);
    return entry.sequence;
}

PublicKey Ledger::add_key(std::string_view passphrase, const std::string& time, const PassphraseCost& cost) {
    SecretKey payload;
    std::copy_n(key_.payload().data(), SecretKey::size, payload.data());
    const CouncilKey added = CouncilKey::create(std::move(payload));
    folder_.write_key(key_file_name(added.name()), added.locked(passphrase, cost));
    Entry entry = next(EntryKind::key, time);
    entry.key = added.name();
    entry.authority.key = key_.name();
    entry.authority = key_.sign(key_statement(head_.ledger, entry));
    append({{line_of(entry)}, {}, {}, {}}, time);
    return added.name();
}

void Ledger::revoke_key(const PublicKey& key, const std::string& time) {
    const History history = read_history(folder_.content({}).entries);
    const std::string name = key_file_name(key);
    if (!in_force(history, key)) {
        // Interrupted between its entry and its file.
        if (!history.keys.contains(key) || !folder_.key_files().contains(name))
            throw Error(ErrorKind::usage, {"ledger.no_such_key"_msg, {}});
        return folder_.remove_key(name);
    }
    if (key == key_.name()) throw Error(ErrorKind::usage, {"ledger.last_key"_msg, {}});
    Entry entry = next(EntryKind::key, time);
    entry.key = key;
    entry.revokes = true;
    entry.authority.key = key_.name();
    entry.authority = key_.sign(key_statement(head_.ledger, entry));
    append({{line_of(entry)}, {}, {}, {}}, time);
    folder_.remove_key(name);
}

void Ledger::cosign() {
    Head head = head_;
    std::erase_if(head.signatures, [&](const KeySignature& signature) { return signature.key == key_.name(); });
    head.signatures.push_back(key_.sign(signed_text(head)));
    std::ranges::sort(head.signatures, {}, &KeySignature::key);
    folder_.apply({folder_.size_of("entries.log"), head_.sealed, {}, {}, head_text(head), {}, {}});
    head_ = std::move(head);
}

/// The encrypted files of keys that are in force are copied, those of revoked ones deleted.
void Ledger::take_keys(const LedgerFolder& other, const std::map<PublicKey, bool>& keys) {
    const std::map<std::string, std::string> ours = folder_.key_files();
    const std::map<std::string, std::string> theirs = other.key_files();
    for (const auto& [key, in_force] : keys) {
        const std::string name = key_file_name(key);
        const auto found = theirs.find(name);
        if (!in_force) {
            folder_.remove_key(name);
        } else if (!ours.contains(name) && found != theirs.end()) {
            folder_.write_key(name, found->second);
        }
    }
}

/// The other ledger holds all that this one holds: it takes this one's place.
Merged Ledger::bring_up_to(const LedgerFolder& other, const LedgerContent& theirs, const Head& their_head,
                           const LedgerContent& ours) {
    const History history = read_history(theirs.entries);
    std::vector<std::string> gone;
    for (const auto& [name, entry] : history.removed_objects) {
        if (ours.objects.contains(name)) gone.push_back(name);
    }
    folder_.apply({0, 0, theirs.entries, theirs.sealed, theirs.head, {}, gone});
    take_keys(other, history.keys);
    const std::uint64_t before = head_.tree.size();
    head_ = their_head;
    return {head_.tree.size() - before, true};
}

/// Redactions that came too late, because another device had redacted the same entry, still take out their fields.
void Ledger::redact_late(const std::string& time) {
    const LedgerContent content = folder_.content({});
    const Lines lines = read_lines(content.entries);
    std::map<std::uint64_t, std::vector<std::string>> left;
    for (const std::uint64_t late : lines.overridden) {
        const std::uint64_t target = *lines.redacts[late];
        const Fields fields = opened(lines, target, content.sealed, key_, head_.ledger);
        for (const std::uint32_t position : lines.originals[late].entry.removed) {
            if (position < fields.size() && fields[position]) left[target].push_back(fields[position]->name);
        }
    }
    for (const auto& [target, names] : left)
        redact(target, names, false, {field("type", "redaction")}, time);
}

Merged Ledger::merge(const std::string& other_path, const std::string& time, RevokedKeys revoked) {
    const LedgerFolder other(other_path);
    const LedgerContent theirs = other.content({});
    const Verification verified = verify(theirs.bytes(), {}, {});
    if (!verified.faults.empty() || theirs.pending) {
        throw Error(ErrorKind::integrity, {"ledger.merge_faulty"_msg, {}}, Locus{other_path, {}, {}, 0, {}});
    }
    if (verified.head->ledger != head_.ledger)
        throw Error(ErrorKind::usage, {"ledger.merge_unrelated"_msg, {}}, Locus{other_path, {}, {}, 0, {}});
    const LedgerContent ours = folder_.content({});
    const Lines our_lines = read_lines(ours.entries);
    const Lines their_lines = read_lines(theirs.entries);
    const std::set<Digest> our_leaves = all_leaves(our_lines);
    if (our_leaves.contains(verified.head->tip)) {
        // All of it is here; what an interrupted merge left to do is done now.
        take_keys(other, our_lines.history.keys);
        redact_late(time);
        return {};
    }
    for (const auto& [name, entry] : their_lines.history.objects) {
        if (!ours.objects.contains(name) && !our_lines.history.removed_objects.contains(name))
            folder_.write_object(name, other.read_object(name));
    }
    if (all_leaves(their_lines).contains(head_.tip)) return bring_up_to(other, theirs, *verified.head, ours);

    Addition addition;
    Head head = head_;
    const auto push = [&](Entry entry) {
        entry.sequence = head.tree.size();
        entry.time = time;
        entry.previous = head.tip;
        addition.lines.push_back(line_of(entry));
        head.tip = leaf_hash(addition.lines.back());
        head.tree.add(head.tip);
    };
    Entry merge;
    merge.kind = EntryKind::merge;
    merge.merged_head = theirs.head;
    push(merge);
    std::uint64_t first_new = 0;
    while (our_leaves.contains(their_lines.history.leaves[first_new]))
        ++first_new;
    const std::vector<std::string_view> lines = lines_in(theirs.entries);
    for (std::uint64_t i = first_new; i < lines.size(); ++i) {
        Entry entry;
        entry.kind = EntryKind::foreign;
        entry.foreign_line = lines[i];
        push(entry);
    }
    // What the lines amount to tells which parts are empty now: a part that both sides redacted stays empty.
    std::string together = ours.entries;
    for (const std::string& line : addition.lines)
        together += line + "\n";
    const Lines after = read_lines(together);
    const bool by_key_in_force = std::ranges::any_of(
        verified.head->signatures, [&](const KeySignature& by) { return in_force(after.history, by.key); });
    if (!by_key_in_force && revoked == RevokedKeys::refuse)
        throw Error(ErrorKind::integrity, {"ledger.merge_revoked"_msg, {}}, Locus{other_path, {}, {}, 0, {}});
    if (!in_force(after.history, key_.name()))
        throw Error(ErrorKind::usage, {"ledger.own_key_revoked"_msg, {}}, Locus{other_path, {}, {}, 0, {}});
    std::size_t their_part = 0;
    while (their_part < their_lines.history.parts.size() && their_lines.history.parts[their_part].entry < first_new)
        ++their_part;
    for (std::size_t i = our_lines.history.parts.size(); i < after.history.parts.size(); ++i, ++their_part) {
        const SealedPart& part = their_lines.history.parts[their_part];
        addition.sealed += after.history.parts[i].emptied ? std::string(part.bytes.length, '\0')
                                                          : theirs.sealed.substr(part.offset, part.bytes.length);
    }
    for (std::size_t i = 0; i < our_lines.history.parts.size(); ++i) {
        const SealedPart& part = after.history.parts[i];
        if (part.emptied && !our_lines.history.parts[i].emptied)
            addition.emptied.push_back({part.offset, part.bytes.length});
    }
    for (const auto& [name, entry] : after.history.removed_objects) {
        if (ours.objects.contains(name)) addition.removed.push_back(name);
    }
    append(addition, time);
    take_keys(other, after.history.keys);
    redact_late(time);
    return {lines.size() - first_new, false};
}

std::vector<OpenEntry> Ledger::entries() const {
    const LedgerContent content = folder_.content({});
    const Lines lines = read_lines(content.entries);
    std::vector<OpenEntry> result;
    for (std::size_t i = 0; i < lines.entries.size(); ++i) {
        const Original& original = lines.originals[i];
        OpenEntry entry;
        entry.sequence = i;
        entry.kind = original.entry.kind;
        entry.time = original.entry.time;
        entry.merged = lines.entries[i].kind == EntryKind::foreign;
        entry.repeated = std::ranges::binary_search(lines.history.repeated, i);
        entry.leaf = original.leaf;
        entry.fields = opened(lines, i, content.sealed, key_, head_.ledger);
        if (original.entry.kind != EntryKind::redaction && !entry.repeated) {
            for (const SealedBytes& object : original.entry.objects)
                if (content.objects.contains(object_name(object))) entry.objects.push_back(object);
        }
        entry.redacted_by = lines.redacted_by[i];
        entry.redacts = lines.redacts[i];
        result.push_back(std::move(entry));
    }
    return result;
}

std::string Ledger::object(const SealedBytes& object) const {
    return open_bytes(folder_.read_object(object_name(object)), key_.payload(), head_.ledger);
}

}  // namespace vereda::evidence::io
