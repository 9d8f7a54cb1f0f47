#include "app/guide_consent.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "app/guide_choices.hpp"
#include "app/ledger_events.hpp"
#include "app/spoken_answers.hpp"
#include "evidence/public_statement.hpp"
#include "report/catalogue.hpp"

namespace vereda::app {

using namespace geo;

namespace {

bool always(const Answers&) {
    return true;
}
bool shared(const Answers& answers) {
    return !answers.scope.empty();
}

Fault take_scope(const std::string& answer, Answers& answers, const Context&) {
    using evidence::Use;
    constexpr std::array<Use, 4> uses{Use::court, Use::ministry, Use::donor, Use::publication};
    constexpr std::array<Word, 10> words{{{"nadie", 1},
                                          {"nobody", 1},
                                          {"juez", 2},
                                          {"juec", 2},
                                          {"tribunal", 2},
                                          {"court", 2},
                                          {"minist", 3},
                                          {"dona", 4},
                                          {"dono", 4},
                                          {"publi", 5}}};
    std::set<Use> scope;
    bool nobody = false;
    std::string numbers;
    for (const Word& word : words) {
        if (plain_name(answer).find(word.text) != std::string::npos) numbers += std::to_string(word.choice);
    }
    if (!numbers.empty())
        std::ranges::copy_if(answer, std::back_inserter(numbers), [](char c) { return c >= '0' && c <= '9'; });
    for (const char c : numbers.empty() ? answer : numbers) {
        if (c == '1') {
            nobody = true;
        } else if (c >= '2' && c <= '5') {
            scope.insert(uses.at(static_cast<std::size_t>(c - '2')));
        } else if (c != ' ' && c != ',' && c != 'y') {
            return fault("guide.scope_unclear"_msg);
        }
    }
    if (nobody == !scope.empty()) return fault("guide.scope_unclear"_msg);
    answers.scope = scope;
    if (nobody) {
        for (const char* field : {"consent_by", "consent_until", "consent_not_before"})
            answers.values.erase(field);
    }
    return std::nullopt;
}
std::string show_scope(const Answers& answers, const Messages& messages) {
    if (answers.scope.empty()) return messages.text("guide.scope_nobody"_msg);
    std::string text;
    for (const evidence::Use use : answers.scope) {
        if (use == evidence::Use::place || use == evidence::Use::council_name) continue;
        text +=
            (text.empty() ? "" : ", ") + messages.catalogue().at("ledger.use." + std::string(evidence::code_of(use)));
    }
    return text;
}

Fault take_consent_by(const std::string& answer, Answers& answers, const Context&) {
    constexpr std::array<const char*, 4> givers{"assembly", "council", "family", "person"};
    std::size_t number = choice(answer, givers.size());
    if (number == 0) number = choice_by_word(answer, giver_words);
    if (number == 0) return Message{"guide.choose"_msg, {{"most", "4"}}};
    answers.values["consent_by"] = givers.at(number - 1);
    if (number != 1) answers.scope.erase(evidence::Use::place);
    return std::nullopt;
}
std::string show_consent_by(const Answers& answers, const Messages& messages) {
    return answers.has("consent_by") ? shown_giver(answers.value("consent_by"), messages) : std::string();
}

/// Only an area with ten families or more can be named, and only by the assembly.
bool place_can_be_named(const Answers& answers) {
    return is_event(answers) && answers.scope.contains(evidence::Use::publication) &&
           answers.value("consent_by") == "assembly" && !nameable_place(answers).empty();
}
Fault take_permission(const std::string& answer, Answers& answers, evidence::Use use) {
    const auto yes = spoken_yes(answer);
    if (!yes) return fault("guide.yes_or_no"_msg);
    if (*yes) {
        answers.scope.insert(use);
    } else {
        answers.scope.erase(use);
    }
    return std::nullopt;
}
Fault take_name_place(const std::string& answer, Answers& answers, const Context&) {
    return take_permission(answer, answers, evidence::Use::place);
}
std::string shown_permission(const Answers& answers, evidence::Use use, const Messages& messages) {
    return messages.text(answers.scope.contains(use) ? "guide.yes"_msg : "guide.no"_msg);
}
std::string show_name_place(const Answers& answers, const Messages& messages) {
    return shown_permission(answers, evidence::Use::place, messages);
}
bool published_event(const Answers& answers) {
    return is_event(answers) && answers.scope.contains(evidence::Use::publication);
}
Fault take_name_council(const std::string& answer, Answers& answers, const Context&) {
    return take_permission(answer, answers, evidence::Use::council_name);
}
std::string show_name_council(const Answers& answers, const Messages& messages) {
    return shown_permission(answers, evidence::Use::council_name, messages);
}

Fault take_until(const std::string& answer, Answers& answers, const Context& context) {
    keep(answers, "consent_until", "");
    if (answer.empty()) return std::nullopt;
    const auto end = spoken_end(answer, context.today);
    if (!end) return fault("guide.end_unclear"_msg);
    if (*end < context.today) return fault("guide.end_past"_msg);
    keep(answers, "consent_until", to_iso(*end));
    return std::nullopt;
}
std::string show_until(const Answers& answers, const Messages& messages) {
    return answers.has("consent_until") ? shown_day(answers, "consent_until", messages)
                                        : messages.text("guide.no_end"_msg);
}

Fault take_not_before(const std::string& answer, Answers& answers, const Context& context) {
    keep(answers, "consent_not_before", "");
    if (answer.empty()) return std::nullopt;
    const auto day = spoken_end(answer, context.today);
    if (!day) return fault("guide.end_unclear"_msg);
    if (answers.has("consent_until") && to_iso(*day) > answers.value("consent_until"))
        return fault("guide.delay_too_long"_msg);
    if (*day > context.today) keep(answers, "consent_not_before", to_iso(*day));
    return std::nullopt;
}
std::string show_not_before(const Answers& answers, const Messages& messages) {
    return answers.has("consent_not_before") ? shown_day(answers, "consent_not_before", messages)
                                             : messages.text("guide.no_delay"_msg);
}

const std::vector<GuideQuestion> questions{
    {"guide.ask_scope"_msg, "guide.help_scope"_msg, "guide.label_scope"_msg, always, take_scope, show_scope},
    {"guide.ask_consent_by"_msg, "guide.help_consent_by"_msg, "guide.label_consent_by"_msg, shared, take_consent_by,
     show_consent_by},
    {"guide.ask_name_place"_msg, "guide.help_name_place"_msg, "guide.label_name_place"_msg, place_can_be_named,
     take_name_place, show_name_place},
    {"guide.ask_name_council"_msg, "guide.help_name_council"_msg, "guide.label_name_council"_msg, published_event,
     take_name_council, show_name_council},
    {"guide.ask_until"_msg, "guide.help_until"_msg, "guide.label_until"_msg, shared, take_until, show_until, true},
    {"guide.ask_not_before"_msg, "guide.help_not_before"_msg, "guide.label_not_before"_msg, shared, take_not_before,
     show_not_before, true},
};

}  // namespace

std::span<const GuideQuestion> consent_questions() {
    return questions;
}

}  // namespace vereda::app
