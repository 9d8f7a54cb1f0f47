#include "evidence/checkpoint.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <bit>
#include <cctype>
#include <charconv>
#include <map>

namespace vereda::evidence {

namespace {

constexpr std::string_view first_word = "VEREDA1";
constexpr std::size_t ledger_digits = 16;
constexpr std::size_t root_digits = 64;
constexpr std::size_t longest_number = 19;
constexpr std::size_t longest_sms = 160;
constexpr std::size_t digits_in_sms = 4;
constexpr std::size_t digits_in_file = 8;
constexpr std::uint64_t entries_in_file = 512;
constexpr std::size_t fewest_digits = 4;
constexpr std::size_t marks_in_line = 8;

bool is_hex(char c) {
    return std::isxdigit(static_cast<unsigned char>(c)) != 0;
}

bool is_digit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool is_space(char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

/// A text read from left to right, in capitals.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {
        std::ranges::transform(text_, text_.begin(),
                               [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    }
    /// Behind the word's first place; false where it stands nowhere.
    bool go_behind(std::string_view word) {
        const std::size_t found = text_.find(word);
        place_ = std::min(found, text_.size());
        if (found != std::string::npos) place_ += word.size();
        return found != std::string::npos;
    }
    void skip_spaces() {
        while (place_ < text_.size() && is_space(text_[place_]))
            ++place_;
    }
    bool skip(char wanted) {
        if (place_ >= text_.size() || text_[place_] != wanted) return false;
        ++place_;
        return true;
    }
    /// The characters that are `of_word`, at most that many, in small letters; spaces among them left out.
    std::string word(bool (*of_word)(char), std::size_t at_most, bool spaces = false) {
        std::string result;
        for (; place_ < text_.size() && result.size() < at_most; ++place_) {
            const char c = text_[place_];
            if (of_word(c)) {
                result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            } else if (!spaces || !is_space(c)) {
                break;
            }
        }
        return result;
    }
    std::optional<std::uint64_t> number() {
        const std::string digits = word(is_digit, longest_number);
        std::uint64_t value = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return digits.empty() ? std::nullopt : std::optional(value);
    }

  private:
    std::string text_;
    std::size_t place_ = 0;
};

std::vector<EntryMark> marks_in(Scanner& scanner, std::uint64_t size) {
    std::map<std::uint64_t, std::string> marks;
    while (true) {
        scanner.skip_spaces();
        const auto entry = scanner.number();
        if (!entry || !scanner.skip(':')) break;
        std::string digits = scanner.word(is_hex, root_digits);
        if (digits.size() < fewest_digits) break;
        if (*entry < size) marks[*entry] = std::move(digits);
    }
    std::vector<EntryMark> result;
    for (auto& [entry, digits] : marks)
        result.push_back({entry, std::move(digits)});
    return result;
}

std::string mark_text(std::uint64_t entry, const Digest& leaf, std::size_t digits) {
    return fmt::format("{}:{}", entry, hex(leaf).substr(0, digits));
}

}  // namespace

Checkpoint checkpoint_of(const Head& head) {
    return {hex(head.ledger).substr(0, ledger_digits), head.tree.size(), head.tree.root()};
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
    return fmt::format("{} {} {} {}", first_word, checkpoint.ledger, checkpoint.size, hex(checkpoint.root));
}

std::vector<Digest> leaves_of(std::string_view entries) {
    std::vector<Digest> leaves;
    while (!entries.empty()) {
        const std::size_t end = std::min(entries.find('\n'), entries.size());
        leaves.push_back(leaf_hash(entries.substr(0, end)));
        entries.remove_prefix(std::min(end + 1, entries.size()));
    }
    return leaves;
}

std::string short_text(const Checkpoint& checkpoint, std::span<const Digest> leaves) {
    std::string text = checkpoint_text(checkpoint);
    char between = '\n';
    for (std::uint64_t back = 2; back < checkpoint.size; back = 2 * back - 1) {
        const std::uint64_t entry = checkpoint.size - back;
        if (entry >= leaves.size()) continue;
        const std::string mark = between + mark_text(entry, leaves[entry], digits_in_sms);
        if (text.size() + mark.size() > longest_sms) break;
        text += mark;
        between = ' ';
    }
    return text;
}

std::string long_text(const Checkpoint& checkpoint, std::span<const Digest> leaves) {
    std::string text = checkpoint_text(checkpoint);
    const std::uint64_t old = checkpoint.size - std::min(checkpoint.size, entries_in_file);
    const std::uint64_t step = std::bit_ceil(old / entries_in_file + 1);
    std::size_t written = 0;
    for (std::uint64_t entry = 1; entry + 1 < checkpoint.size; ++entry) {
        if (entry >= leaves.size() || (entry < old && entry % step != 0)) continue;
        text += (written++ % marks_in_line == 0 ? "\n" : " ") + mark_text(entry, leaves[entry], digits_in_file);
    }
    return text;
}

Checkpoint checkpoint_of_copy(const Head& head, std::span<const Digest> leaves) {
    Checkpoint checkpoint = checkpoint_of(head);
    checkpoint.marks.reserve(leaves.size());
    for (std::uint64_t entry = 0; entry < leaves.size(); ++entry)
        checkpoint.marks.push_back({entry, hex(leaves[entry]).substr(0, digits_in_file)});
    return checkpoint;
}

std::optional<Checkpoint> find_checkpoint(std::string_view text) {
    Scanner scanner(text);
    if (!scanner.go_behind(first_word)) return std::nullopt;
    Checkpoint checkpoint;
    scanner.skip_spaces();
    checkpoint.ledger = scanner.word(is_hex, ledger_digits);
    scanner.skip_spaces();
    const auto size = scanner.number();
    scanner.skip_spaces();
    const auto root = digest_from_hex(scanner.word(is_hex, root_digits, true));
    if (checkpoint.ledger.size() != ledger_digits || !size || !root) return std::nullopt;
    checkpoint.size = *size;
    checkpoint.root = *root;
    checkpoint.marks = marks_in(scanner, *size);
    return checkpoint;
}

Parting parting(const Checkpoint& checkpoint, std::span<const Digest> leaves, std::uint64_t agreed) {
    // The first entry is the ledger's name, which is told apart before.
    Parting found{std::max<std::uint64_t>(agreed, 1), std::max<std::uint64_t>(checkpoint.size, 1) - 1};
    for (const EntryMark& mark : checkpoint.marks) {
        if (mark.entry >= leaves.size()) break;
        if (!hex(leaves[mark.entry]).starts_with(mark.digits)) {
            found.last = mark.entry;
            break;
        }
        found.first = std::max(found.first, mark.entry + 1);
    }
    found.first = std::min(found.first, found.last);
    return found;
}

}  // namespace vereda::evidence
