#include "app/dialogue.hpp"

#include <algorithm>
#include <istream>
#include <ostream>

#include "app/phone_files.hpp"
#include "app/spoken_answers.hpp"
#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// Characters on the screen: bytes that do not continue one.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

/// Broken between words. Two spaces in a sentence begin a choice, which stands on a line of its own.
std::string laid_out(const std::string& sentence) {
    constexpr std::size_t widest = 78;
    std::string text;
    std::size_t column = 0;
    std::size_t begin = 0;
    bool choices = false;
    while (begin < sentence.size()) {
        const std::size_t end = std::min(sentence.find(' ', begin), sentence.size());
        const std::string_view word = std::string_view(sentence).substr(begin, end - begin);
        const bool choice = word.empty();
        choices = choices || choice;
        const bool full = column > 0 && column + 1 + width_of(word) > widest;
        if (choice || full) {
            const std::string indent(choices ? (choice ? 3 : 5) : 0, ' ');
            text += "\n" + indent;
            column = indent.size();
        } else if (column > 0 && !text.ends_with(' ')) {
            text += ' ';
            ++column;
        }
        text += word;
        column += width_of(word);
        begin = end + 1;
    }
    return text;
}

}  // namespace

void Dialogue::say(const Message& message) {
    line(laid_out(messages_->text(message)));
}

void Dialogue::line(const std::string& text) {
    *out_ << text << '\n' << std::flush;
}

std::string Dialogue::next() {
    *out_ << "> " << std::flush;
    std::string answer;
    if (!std::getline(*in_, answer)) throw Error(ErrorKind::usage, {"guide.input_ended"_msg, {}});
    return trimmed(answer);
}

bool Dialogue::ask(const Message& question, MessageId help, const Take& take) {
    *out_ << '\n';
    say(question);
    while (true) {
        const std::string answer = next();
        const std::string word = plain_name(answer);
        if (word == "atras" || word == "back") return false;
        if (word == "salir" || word == "exit") throw DialogueLeft{};
        if (answer == "?" || word == "ayuda" || word == "help") {
            say(help);
            continue;
        }
        const auto fault = take(answer);
        if (!fault) return true;
        say(*fault);
    }
}

std::optional<bool> Dialogue::ask_yes(const Message& question, MessageId help) {
    std::optional<bool> yes;
    const bool answered = ask(question, help, [&](const std::string& answer) -> std::optional<Message> {
        yes = spoken_yes(answer);
        if (!yes) return Message{"guide.yes_or_no"_msg, {}};
        return std::nullopt;
    });
    return answered ? yes : std::nullopt;
}

}  // namespace vereda::app
