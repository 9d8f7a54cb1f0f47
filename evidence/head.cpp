#include "evidence/head.hpp"

#include <fmt/format.h>
#include <sodium.h>
#include <algorithm>
#include <bit>
#include <charconv>
#include <limits>

namespace vereda::evidence {

namespace {

constexpr std::string_view first_line = "vereda-ledger-head 1";
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

}  // namespace vereda::evidence
