#include "evidence/transaction.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>

namespace vereda::evidence {

namespace {

constexpr std::string_view first_line = "vereda-ledger-addition 1";

class TextReader {
  public:
    explicit TextReader(std::string_view text) : rest_(text) {}
    std::string_view line() {
        const std::size_t end = rest_.find('\n');
        if (end == std::string_view::npos) good_ = false;
        const std::string_view line = good_ ? rest_.substr(0, end) : std::string_view();
        rest_ = good_ ? rest_.substr(end + 1) : std::string_view();
        return line;
    }
    std::uint64_t number() {
        const std::string_view text = line();
        std::uint64_t value = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (fault != std::errc() || end != text.data() + text.size()) good_ = false;
        return value;
    }
    std::string bytes() {
        const std::uint64_t size = number();
        if (!good_ || size > rest_.size()) {
            good_ = false;
            return {};
        }
        std::string value(rest_.substr(0, size));
        rest_ = rest_.substr(size);
        return value;
    }
    [[nodiscard]] bool finished() const { return good_ && rest_.empty(); }
    [[nodiscard]] bool good() const { return good_; }

  private:
    std::string_view rest_;
    bool good_ = true;
};

/// What is zeroed lies in the sealed file, what is deleted among the objects: whoever wrote the text cannot reach
/// anything else with it.
bool stays_inside(const Transaction& t) {
    const std::uint64_t size = t.sealed_before + t.sealed.size();
    const auto is_inside = [&](const Emptied& part) {
        return part.offset <= size && part.length <= size - part.offset;
    };
    const auto is_object = [](std::string_view name) {
        constexpr std::string_view ending = ".sealed";
        return name.ends_with(ending) && digest_from_hex(name.substr(0, name.size() - ending.size())).has_value();
    };
    return size >= t.sealed_before && std::ranges::all_of(t.emptied, is_inside) &&
           std::ranges::all_of(t.removed, is_object);
}

std::string sized(std::string_view bytes) {
    return fmt::format("{}\n{}", bytes.size(), bytes);
}

}  // namespace

std::string transaction_text(const Transaction& t) {
    std::string text = fmt::format("{}\n{}\n{}\n{}{}{}", first_line, t.entries_before, t.sealed_before, sized(t.lines),
                                   sized(t.sealed), sized(t.head));
    text += fmt::format("{}\n", t.emptied.size());
    for (const Emptied& part : t.emptied)
        text += fmt::format("{}\n{}\n", part.offset, part.length);
    text += fmt::format("{}\n", t.removed.size());
    for (const std::string& name : t.removed)
        text += name + "\n";
    return text + hex(sha256(text)) + "\n";
}

std::optional<Transaction> parse_transaction(std::string_view text) {
    constexpr std::size_t digest_line = 65;
    if (text.size() <= digest_line) return std::nullopt;
    const std::string_view content = text.substr(0, text.size() - digest_line);
    if (text.substr(content.size()) != hex(sha256(content)) + "\n") return std::nullopt;
    TextReader reader(content);
    if (reader.line() != first_line) return std::nullopt;
    Transaction t;
    t.entries_before = reader.number();
    t.sealed_before = reader.number();
    t.lines = reader.bytes();
    t.sealed = reader.bytes();
    t.head = reader.bytes();
    for (std::uint64_t left = reader.number(); reader.good() && left > 0; --left) {
        const std::uint64_t offset = reader.number();
        t.emptied.push_back({offset, reader.number()});
    }
    for (std::uint64_t left = reader.number(); reader.good() && left > 0; --left)
        t.removed.emplace_back(reader.line());
    if (!reader.finished() || !stays_inside(t)) return std::nullopt;
    return t;
}

}  // namespace vereda::evidence
