#include "app/dialogue.hpp"

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

}  // namespace

void Dialogue::say(const Message& message) {
    line(messages_->text(message));
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
