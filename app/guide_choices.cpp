#include "app/guide_choices.hpp"

#include <algorithm>

#include "app/spoken_answers.hpp"
#include "report/catalogue.hpp"

namespace vereda::app {

using namespace geo;

Fault fault(MessageId id) {
    return Message{id, {}};
}

bool is_event(const Answers& answers) {
    return answers.type == "event";
}

std::size_t choice(const std::string& answer, std::size_t choices) {
    const auto number = spoken_count(answer);
    return number && *number >= 1 && static_cast<std::size_t>(*number) <= choices ? static_cast<std::size_t>(*number)
                                                                                  : 0;
}

std::size_t choice_by_word(const std::string& answer, std::span<const Word> words) {
    const std::string plain = plain_name(answer);
    const auto found =
        std::ranges::find_if(words, [&](const Word& word) { return plain.find(word.text) != std::string::npos; });
    return found == words.end() ? 0 : found->choice;
}

void keep(Answers& answers, const char* field, const std::string& value) {
    if (value.empty()) {
        answers.values.erase(field);
    } else {
        answers.values[field] = value;
    }
}

std::string shown_giver(const std::string& giver, const Messages& messages) {
    return messages.catalogue().find("ledger.giver." + giver).value_or(giver);
}

std::string shown_day(const Answers& answers, const char* field, const Messages& messages) {
    const auto day = parse_date(answers.value(field), DateOrder::iso_only);
    return day ? report::long_date(*day, messages.catalogue()) : std::string();
}

}  // namespace vereda::app
