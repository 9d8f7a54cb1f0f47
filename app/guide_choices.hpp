/// What the questions of `vereda ledger guide` share: how a choice is understood, kept and shown.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/guide_questions.hpp"
#include "geo/message.hpp"

namespace vereda::app {

using Fault = std::optional<geo::Message>;
using Answers = GuideAnswers;
using Context = GuideContext;

[[nodiscard]] Fault fault(geo::MessageId id);
[[nodiscard]] bool is_event(const Answers& answers);

/// An answer that is a number of the list shown; 0 for anything else.
[[nodiscard]] std::size_t choice(const std::string& answer, std::size_t choices);

struct Word {
    std::string_view text;
    std::size_t choice;
};
/// The choice whose word the answer holds ("la asamblea", "Consejo"), in either language; 0 where it holds none.
[[nodiscard]] std::size_t choice_by_word(const std::string& answer, std::span<const Word> words);
/// Who may decide and consent: 1 assembly, 2 council, 3 family, 4 person.
inline constexpr std::array<Word, 7> giver_words{
    {{"asamblea", 1}, {"assembly", 1}, {"consejo", 2}, {"junta", 2}, {"council", 2}, {"famil", 3}, {"person", 4}}};

/// Nothing is kept of an empty value.
void keep(Answers& answers, const char* field, const std::string& value);

[[nodiscard]] std::string shown_giver(const std::string& giver, const Messages& messages);
/// The day of that field in words; empty without one.
[[nodiscard]] std::string shown_day(const Answers& answers, const char* field, const Messages& messages);

}  // namespace vereda::app
