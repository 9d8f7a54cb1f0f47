#include "evidence/head.hpp"

#include <fmt/format.h>
#include <sodium.h>
#include <algorithm>
#include <bit>
#include <cctype>
#include <charconv>
#include <limits>

namespace vereda::evidence {

namespace {

constexpr std::string_view first_line = "vereda-ledger-head 1";
constexpr std::string_view checkpoint_mark = "VEREDA1";
constexpr std::size_t ledger_digits = 16;
constexpr std::size_t most_digits = std::numeric_limits<std::uint64_t>::digits10;

/// The lines of a head, one after the other.
class HeadReader {
  public:
    explicit HeadReader(std::string_view text) : rest_(text) {}
    std::string_view line() {
        const std::size_t end = rest_.find('\n');
        if (end == std::string_view::npos) {
            good_ = false;
            return {};
        }
        const std::string_view line = rest_.substr(0, end);
        rest_ = rest_.substr(end + 1);
        return line;
    }
    std::string_view value(std::string_view name) {
        const std::string_view text = line();
        if (!text.starts_with(name) || text.size() <= name.size() || text[name.size()] != ' ') {
            good_ = false;
            return {};
        }
        return text.substr(name.size() + 1);
    }
    std::uint64_t number(std::string_view name) {
        const std::string_view text = value(name);
        std::uint64_t result = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), result);
        if (fault != std::errc() || end != text.data() + text.size() || text.size() > most_digits) good_ = false;
        return result;
    }
    Digest digest(std::string_view name) {
        const auto result = digest_from_hex(value(name));
        if (!result) good_ = false;
        return result.value_or(Digest{});
    }
    [[nodiscard]] bool more() const { return !rest_.empty(); }
    [[nodiscard]] bool good() const { return good_; }
    void fail() { good_ = false; }

  private:
    std::string_view rest_;
    bool good_ = true;
};

std::vector<Digest> peaks_of(std::string_view text) {
    std::vector<Digest> peaks;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const auto peak = digest_from_hex(text.substr(0, comma));
        if (!peak) return {};
        peaks.push_back(*peak);
        text = comma == text.size() ? std::string_view() : text.substr(comma + 1);
    }
    return peaks;
}

std::optional<KeySignature> signature_of(std::string_view text) {
    const std::size_t space = std::min(text.find(' '), text.size());
    KeySignature signature;
    if (!from_hex(text.substr(0, space), signature.key)) return std::nullopt;
    if (space == text.size() || !from_hex(text.substr(space + 1), signature.signature)) return std::nullopt;
    return signature;
}

}  // namespace

std::string signed_text(const Head& head) {
    std::string peaks;
    for (const Digest& peak : head.tree.peaks())
        peaks += (peaks.empty() ? "" : ",") + hex(peak);
    return fmt::format("{}\nledger {}\nsize {}\nroot {}\npeaks {}\ntip {}\nsealed {}\ntime {}\n", first_line,
                       hex(head.ledger), head.tree.size(), hex(head.tree.root()), peaks, hex(head.tip), head.sealed,
                       head.time);
}

std::string head_text(const Head& head) {
    std::string text = signed_text(head);
    for (const KeySignature& signature : head.signatures)
        text += fmt::format("signature {} {}\n", hex(signature.key), hex(signature.signature));
    return text;
}

std::optional<Head> parse_head(std::string_view text) {
    HeadReader reader(text);
    if (reader.line() != first_line) return std::nullopt;
    Head head;
    head.ledger = reader.digest("ledger");
    const std::uint64_t size = reader.number("size");
    const Digest root = reader.digest("root");
    std::vector<Digest> peaks = peaks_of(reader.value("peaks"));
    head.tip = reader.digest("tip");
    head.sealed = reader.number("sealed");
    head.time = std::string(reader.value("time"));
    while (reader.good() && reader.more()) {
        const auto signature = signature_of(reader.value("signature"));
        if (!signature) return std::nullopt;
        head.signatures.push_back(*signature);
    }
    const auto not_before = [](const KeySignature& a, const KeySignature& b) { return !(a.key < b.key); };
    if (std::ranges::adjacent_find(head.signatures, not_before) != head.signatures.end()) return std::nullopt;
    if (!reader.good() || size == 0 || peaks.size() != static_cast<std::size_t>(std::popcount(size)))
        return std::nullopt;
    head.tree = Frontier(size, std::move(peaks));
    if (head.tree.root() != root || head_text(head) != text) return std::nullopt;
    return head;
}

bool signature_holds(const KeySignature& signature, std::string_view text) {
    return crypto_sign_verify_detached(signature.signature.data(), reinterpret_cast<const unsigned char*>(text.data()),
                                       text.size(), signature.key.data()) == 0;
}

Checkpoint checkpoint_of(const Head& head) {
    return {hex(head.ledger).substr(0, ledger_digits), head.tree.size(), head.tree.root()};
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
    return fmt::format("{} {} {} {}", checkpoint_mark, checkpoint.ledger, checkpoint.size, hex(checkpoint.root));
}

std::optional<Checkpoint> find_checkpoint(std::string_view text) {
    std::string plain(text);
    std::ranges::transform(plain, plain.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const std::size_t mark = plain.find(checkpoint_mark);
    if (mark == std::string::npos) return std::nullopt;
    std::string words[3];
    std::size_t place = mark + checkpoint_mark.size();
    for (std::size_t word = 0; word < 3; ++word) {
        while (place < plain.size() && std::isspace(static_cast<unsigned char>(plain[place])) != 0)
            ++place;
        const std::size_t wanted = word == 0 ? ledger_digits : word == 1 ? 20 : 64;
        while (place < plain.size() && words[word].size() < wanted) {
            const auto c = static_cast<unsigned char>(plain[place]);
            const bool digit = std::isxdigit(c) != 0;
            if (!digit && !(word == 2 && std::isspace(c) != 0)) break;
            if (digit) words[word] += static_cast<char>(std::tolower(c));
            ++place;
        }
    }
    Checkpoint checkpoint;
    checkpoint.ledger = words[0];
    const auto [end, fault] = std::from_chars(words[1].data(), words[1].data() + words[1].size(), checkpoint.size);
    const auto root = digest_from_hex(words[2]);
    if (words[0].size() != ledger_digits || fault != std::errc() || end != words[1].data() + words[1].size() || !root)
        return std::nullopt;
    checkpoint.root = *root;
    return checkpoint;
}

}  // namespace vereda::evidence
