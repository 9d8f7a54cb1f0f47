#include "evidence/entry.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <charconv>
#include <limits>

namespace vereda::evidence {

namespace {

std::string text_of(const SealedBytes& bytes) {
    return fmt::format("{}:{}", bytes.length, hex(bytes.hash));
}

std::string text_of(const std::optional<SealedBytes>& bytes) {
    return bytes ? text_of(*bytes) : "-";
}

std::string text_of(const Digest& digest) {
    return hex(digest);
}

std::string text_of(std::uint32_t number) {
    return fmt::format("{}", number);
}

template <class Item>
std::string list_of(const std::vector<Item>& items) {
    if (items.empty()) return "-";
    std::string text;
    for (const Item& item : items)
        text += (text.empty() ? "" : ",") + text_of(item);
    return text;
}

/// Takes a line apart; every step fails for good once one has failed.
class LineReader {
  public:
    explicit LineReader(std::string_view line) : rest_(line) {}

    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] bool finished() const { return good_ && ended_; }

    std::string_view word() {
        if (ended_) good_ = false;
        const std::size_t space = std::min(rest_.find(' '), rest_.size());
        const std::string_view word = rest_.substr(0, space);
        ended_ = space == rest_.size();
        rest_ = ended_ ? std::string_view() : rest_.substr(space + 1);
        if (word.empty()) good_ = false;
        return word;
    }
    std::string_view all() {
        const std::string_view text = rest_;
        if (ended_ || text.empty()) good_ = false;
        ended_ = true;
        return text;
    }
    template <class Number>
    Number number(std::string_view text) {
        Number value = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool one_way =
            text.size() <= std::numeric_limits<Number>::digits10 && !(text.size() > 1 && text[0] == '0');
        if (fault != std::errc() || end != text.data() + text.size() || !one_way) good_ = false;
        return value;
    }
    template <std::size_t Size>
    std::array<std::uint8_t, Size> bytes(std::string_view text) {
        std::array<std::uint8_t, Size> value{};
        if (!from_hex(text, value)) good_ = false;
        return value;
    }
    SealedBytes sealed(std::string_view text) {
        const std::size_t colon = std::min(text.find(':'), text.size());
        SealedBytes value;
        value.length = number<std::uint64_t>(text.substr(0, colon));
        value.hash = bytes<32>(text.substr(std::min(colon + 1, text.size())));
        return value;
    }
    std::optional<SealedBytes> blob() {
        const std::string_view text = word();
        if (text == "-") return std::nullopt;
        return sealed(text);
    }
    /// item(text) for each part of a list.
    template <class Item>
    auto list(const Item& item) {
        std::vector<decltype(item(std::string_view()))> items;
        std::string_view text = word();
        if (text == "-") return items;
        while (good_) {
            const std::size_t comma = std::min(text.find(','), text.size());
            items.push_back(item(text.substr(0, comma)));
            if (comma == text.size()) break;
            text = text.substr(comma + 1);
        }
        return items;
    }
    std::vector<Digest> digests() {
        return list([this](std::string_view text) { return bytes<32>(text); });
    }
    std::vector<SealedBytes> objects() {
        return list([this](std::string_view text) { return sealed(text); });
    }
    std::string time() {
        constexpr std::string_view pattern = "0000-00-00T00:00:00Z";
        const std::string_view text = word();
        const bool fits = text.size() == pattern.size() &&
                          std::equal(text.begin(), text.end(), pattern.begin(), [](char written, char wanted) {
                              return wanted == '0' ? written >= '0' && written <= '9' : written == wanted;
                          });
        if (!fits) good_ = false;
        return std::string(text);
    }
    void fail() { good_ = false; }

  private:
    std::string_view rest_;
    bool good_ = true;
    bool ended_ = false;
};

void read_redaction(LineReader& reader, Entry& entry) {
    entry.target = reader.bytes<32>(reader.word());
    entry.replaces = reader.bytes<32>(reader.word());
    entry.removed = reader.list([&](std::string_view text) { return reader.number<std::uint32_t>(text); });
    entry.objects = reader.objects();
    entry.kept = reader.blob();
    entry.blob = reader.blob();
    entry.commitments = reader.digests();
    if (std::ranges::adjacent_find(entry.removed, std::ranges::greater_equal()) != entry.removed.end()) reader.fail();
}

void read_key(LineReader& reader, Entry& entry) {
    const std::string_view action = reader.word();
    entry.revokes = action == "revoke";
    if (action != "add" && action != "revoke") reader.fail();
    entry.key = reader.bytes<32>(reader.word());
    entry.authority.key = reader.bytes<32>(reader.word());
    entry.authority.signature = reader.bytes<64>(reader.word());
}

void read_body(LineReader& reader, Entry& entry) {
    switch (entry.kind) {
        case EntryKind::genesis:
            entry.key = reader.bytes<32>(reader.word());
            entry.blob = reader.blob();
            entry.commitments = reader.digests();
            return;
        case EntryKind::sealed:
            entry.blob = reader.blob();
            entry.commitments = reader.digests();
            entry.objects = reader.objects();
            return;
        case EntryKind::redaction:
            return read_redaction(reader, entry);
        case EntryKind::key:
            return read_key(reader, entry);
        case EntryKind::merge:
            entry.merged_head = reader.all();
            std::ranges::replace(entry.merged_head, ';', '\n');
            return;
        case EntryKind::foreign:
            entry.foreign_line = std::string(reader.all());
            return;
    }
    reader.fail();
}

std::string with_semicolons(std::string text) {
    std::ranges::replace(text, '\n', ';');
    return text;
}

std::string key_action(const Entry& entry) {
    return fmt::format("{} {} {}", entry.revokes ? "revoke" : "add", hex(entry.key), hex(entry.authority.key));
}

std::string body_of(const Entry& entry) {
    switch (entry.kind) {
        case EntryKind::genesis:
            return fmt::format("{} {} {}", hex(entry.key), text_of(entry.blob), list_of(entry.commitments));
        case EntryKind::sealed:
            return fmt::format("{} {} {}", text_of(entry.blob), list_of(entry.commitments), list_of(entry.objects));
        case EntryKind::redaction:
            return fmt::format("{} {} {} {} {} {} {}", hex(entry.target), hex(entry.replaces), list_of(entry.removed),
                               list_of(entry.objects), text_of(entry.kept), text_of(entry.blob),
                               list_of(entry.commitments));
        case EntryKind::key:
            return fmt::format("{} {}", key_action(entry), hex(entry.authority.signature));
        case EntryKind::merge:
            return with_semicolons(entry.merged_head);
        case EntryKind::foreign:
            return entry.foreign_line;
    }
    return {};
}

}  // namespace

std::string line_of(const Entry& entry) {
    return fmt::format("{} {} {} {} {}", entry.sequence, static_cast<char>(entry.kind), entry.time, hex(entry.previous),
                       body_of(entry));
}

std::optional<Entry> parse_entry(std::string_view line) {
    LineReader reader(line);
    Entry entry;
    entry.sequence = reader.number<std::uint64_t>(reader.word());
    const std::string_view kind = reader.word();
    if (kind.size() != 1) return std::nullopt;
    entry.kind = static_cast<EntryKind>(kind.front());
    entry.time = reader.time();
    entry.previous = reader.bytes<32>(reader.word());
    read_body(reader, entry);
    if (!reader.finished()) return std::nullopt;
    return entry;
}

std::string key_statement(const Digest& ledger, const Entry& entry) {
    return fmt::format("vereda ledger key 1\n{}\n{} {} {}\n{}\n", hex(ledger), entry.sequence, entry.time,
                       hex(entry.previous), key_action(entry));
}

}  // namespace vereda::evidence
