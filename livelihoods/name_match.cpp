#include "livelihoods/name_match.hpp"

#include <algorithm>
#include <array>

#include "regions/look_alike.hpp"

namespace vereda::livelihoods {

namespace {

constexpr std::array<std::string_view, 6> particles{"de", "del", "la", "las", "los", "y"};

/// Letters, digits and every byte of a non-ASCII character belong to a word; apostrophes are dropped inside one.
bool parts_words(char c) {
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return ascii && !letter && c != '\'';
}

char sound_of(std::string_view word, std::size_t i) {
    const char next = i + 1 < word.size() ? word[i + 1] : '\0';
    switch (word[i]) {
        case 'v':
            return 'b';
        case 'z':
            return 's';
        case 'c':
            return next == 'e' || next == 'i' || next == 'y' ? 's' : 'k';
        case 'q':
            return 'k';
        case 'y':
            return 'i';
        case 'j':
        case 'x':
            return 'j';
        case 'w':
            return 'u';
        default:
            return word[i];
    }
}

std::vector<std::string> words_in_order(std::string_view utf8) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < utf8.size();) {
        std::size_t end = at;
        while (end < utf8.size() && !parts_words(utf8[end]))
            ++end;
        std::string word = regions::look_alike_key(utf8.substr(at, end - at));
        std::erase(word, '\'');
        if (!word.empty() && std::ranges::find(particles, word) == particles.end()) words.push_back(std::move(word));
        at = end + 1;
    }
    return words;
}

}  // namespace

double jaro_winkler(std::string_view a, std::string_view b) {
    if (a == b) return 1;
    if (a.empty() || b.empty()) return 0;
    const std::size_t longest = std::max(a.size(), b.size());
    const std::size_t reach = longest / 2 > 0 ? longest / 2 - 1 : 0;
    std::vector<bool> used(b.size());
    std::string from_a;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::size_t end = std::min(b.size(), i + reach + 1);
        for (std::size_t j = i > reach ? i - reach : 0; j < end; ++j) {
            if (used[j] || a[i] != b[j]) continue;
            used[j] = true;
            from_a += a[i];
            break;
        }
    }
    if (from_a.empty()) return 0;
    std::size_t at = 0;
    std::size_t out_of_order = 0;
    for (std::size_t j = 0; j < b.size(); ++j)
        if (used[j] && b[j] != from_a[at++]) ++out_of_order;
    const auto matched = static_cast<double>(from_a.size());
    const double jaro = (matched / static_cast<double>(a.size()) + matched / static_cast<double>(b.size()) +
                         (matched - static_cast<double>(out_of_order) / 2) / matched) /
                        3;
    std::size_t prefix = 0;
    while (prefix < 4 && prefix < a.size() && prefix < b.size() && a[prefix] == b[prefix])
        ++prefix;
    return jaro + 0.1 * static_cast<double>(prefix) * (1 - jaro);
}

std::vector<std::string> name_words(std::string_view utf8) {
    std::vector<std::string> words = words_in_order(utf8);
    std::ranges::sort(words);
    return words;
}

std::vector<std::string> surnames_of(std::string_view utf8) {
    const std::size_t comma = utf8.find(',');
    std::vector<std::string> words = words_in_order(utf8.substr(0, comma));
    if (comma == std::string_view::npos) {
        const std::size_t given = words.size() > 2 ? words.size() - 2 : std::min<std::size_t>(words.size(), 1);
        words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(given));
    }
    if (words.size() > 2) words.resize(2);
    return words;
}

std::string sound_key(std::string_view word) {
    std::string key;
    for (std::size_t i = 0; i < word.size() && key.size() < 4; ++i) {
        if (word[i] == 'h') continue;
        if (word[i] == 'u' && i > 0 && word[i - 1] == 'q') continue;
        char sound = sound_of(word, i);
        if (word[i] == 'l' && i + 1 < word.size() && word[i + 1] == 'l') {
            sound = 'i';
            ++i;
        }
        if (key.empty() || key.back() != sound) key += sound;
    }
    return key;
}

double name_similarity(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    if (a.empty() || b.empty()) return 0;
    const auto& shorter = a.size() <= b.size() ? a : b;
    const auto& longer = a.size() <= b.size() ? b : a;
    struct Match {
        double likeness;
        std::size_t i;
        std::size_t j;
    };
    std::vector<Match> matches;
    for (std::size_t i = 0; i < shorter.size(); ++i)
        for (std::size_t j = 0; j < longer.size(); ++j)
            matches.push_back({jaro_winkler(shorter[i], longer[j]), i, j});
    std::ranges::stable_sort(matches, std::greater{}, &Match::likeness);
    std::vector<bool> taken(shorter.size());
    std::vector<bool> used(longer.size());
    double sum = 0;
    double letters = 0;
    for (const Match& match : matches) {
        if (taken[match.i] || used[match.j]) continue;
        taken[match.i] = used[match.j] = true;
        const auto weight = static_cast<double>(shorter[match.i].size() + longer[match.j].size());
        sum += match.likeness * weight;
        letters += weight;
    }
    const double share = static_cast<double>(shorter.size()) / static_cast<double>(longer.size());
    return sum / letters * (0.85 + 0.15 * share);
}

}  // namespace vereda::livelihoods
