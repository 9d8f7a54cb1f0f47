#include "app/file_word.hpp"

#include <array>
#include <utility>

namespace vereda::app {

namespace {

constexpr std::array<std::pair<std::string_view, char>, 14> marked_letters{{{"á", 'a'},
                                                                            {"é", 'e'},
                                                                            {"í", 'i'},
                                                                            {"ó", 'o'},
                                                                            {"ú", 'u'},
                                                                            {"ü", 'u'},
                                                                            {"ñ", 'n'},
                                                                            {"Á", 'A'},
                                                                            {"É", 'E'},
                                                                            {"Í", 'I'},
                                                                            {"Ó", 'O'},
                                                                            {"Ú", 'U'},
                                                                            {"Ü", 'U'},
                                                                            {"Ñ", 'N'}}};

/// The plain letter that `text` starts with, and how many bytes it has; 0 and 1 for anything else.
std::pair<char, std::size_t> plain_letter(std::string_view text) {
    const char c = text.front();
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return {c, 1};
    for (const auto& [marked, plain] : marked_letters) {
        if (text.starts_with(marked)) return {plain, marked.size()};
    }
    return {'\0', 1};
}

}  // namespace

std::string file_word(std::string_view name) {
    constexpr std::size_t longest = 40;
    std::string word;
    while (!name.empty() && word.size() < longest) {
        const auto [letter, bytes] = plain_letter(name);
        name.remove_prefix(bytes);
        if (letter != '\0') {
            word += letter;
        } else if (!word.empty() && word.back() != '-') {
            word += '-';
        }
    }
    while (word.ends_with('-'))
        word.pop_back();
    return word;
}

}  // namespace vereda::app
