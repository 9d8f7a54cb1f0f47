#include "evidence/sealed_package.hpp"

#include <fmt/format.h>
#include <charconv>

#include "evidence/council_key.hpp"
#include "geo/error.hpp"

namespace vereda::evidence {

using geo::operator""_msg;

namespace {

constexpr std::string_view mark = "vereda-package 1\n";

/// Takes `words` and a number up to the line's end off the front of `text`.
std::optional<std::size_t> number_after(std::string_view& text, std::string_view words) {
    if (!text.starts_with(words)) return std::nullopt;
    text.remove_prefix(words.size());
    std::size_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end == text.data() + text.size() || *end != '\n') return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    return number;
}

std::optional<std::string> bytes_after(std::string_view& text, std::string_view words) {
    const auto length = number_after(text, words);
    if (!length || *length > text.size()) return std::nullopt;
    std::string bytes(text.substr(0, *length));
    text.remove_prefix(*length);
    return bytes;
}

std::optional<SealedPackage> read_package(std::string_view text) {
    constexpr std::size_t digits = 64;
    constexpr std::string_view ledger = "ledger ";
    if (!text.starts_with(mark)) return std::nullopt;
    text.remove_prefix(mark.size());
    if (!text.starts_with(ledger) || text.size() < ledger.size() + digits + 1) return std::nullopt;
    const auto name = digest_from_hex(text.substr(ledger.size(), digits));
    text.remove_prefix(ledger.size() + digits + 1);
    const auto keys = number_after(text, "keys ");
    if (!name || !keys) return std::nullopt;
    SealedPackage package{*name, {}, {}};
    for (std::size_t i = 0; i < *keys; ++i) {
        auto key = bytes_after(text, "key ");
        if (!key) return std::nullopt;
        package.keys.push_back(std::move(*key));
    }
    auto sealed = bytes_after(text, "sealed ");
    if (!sealed || !text.empty()) return std::nullopt;
    package.sealed = std::move(*sealed);
    return package;
}

}  // namespace

std::string package_text(const SealedPackage& package) {
    std::string text = fmt::format("{}ledger {}\nkeys {}\n", mark, hex(package.ledger), package.keys.size());
    for (const std::string& key : package.keys)
        text += fmt::format("key {}\n{}", key.size(), key);
    return text + fmt::format("sealed {}\n", package.sealed.size()) + package.sealed;
}

std::optional<SealedPackage> parse_package(std::string_view text) {
    auto package = read_package(text);
    if (!package || package_text(*package) != text) return std::nullopt;
    return package;
}

std::string opened_package(const SealedPackage& package, std::string_view passphrase) {
    for (const std::string& file : package.keys) {
        try {
            const CouncilKey key = CouncilKey::unlocked(file, passphrase);
            return open_bytes(package.sealed, key.payload(), package.ledger);
        } catch (const geo::Error& error) {
            if (error.message().id != "ledger.wrong_passphrase"_msg) throw;
        }
    }
    throw geo::Error(geo::ErrorKind::integrity, {"ledger.wrong_passphrase"_msg, {}});
}

}  // namespace vereda::evidence
