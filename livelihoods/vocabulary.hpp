/// The closed vocabularies of the registers: one list per word, read by the parsers and by name_of().
#pragma once

#include <array>

#include "livelihoods/column_binding.hpp"
#include "livelihoods/household.hpp"
#include "livelihoods/incident.hpp"
#include "livelihoods/income.hpp"
#include "livelihoods/programme.hpp"
#include "livelihoods/readiness.hpp"

namespace vereda::livelihoods {

inline constexpr auto household_group_words = std::to_array<Word<HouseholdGroup>>({
    {"grower", HouseholdGroup::grower},
    {"picker", HouseholdGroup::picker},
    {"non_grower", HouseholdGroup::non_grower},
    {"unknown", HouseholdGroup::unknown},
});
inline constexpr auto land_title_words = std::to_array<Word<LandTitle>>({
    {"titled", LandTitle::titled},
    {"possession", LandTitle::possession},
    {"none", LandTitle::none},
    {"unknown", LandTitle::unknown},
});
inline constexpr auto motive_words = std::to_array<Word<Motive>>({
    {"cash", Motive::cash},
    {"coercion", Motive::coercion},
    {"tradition", Motive::tradition},
    {"other", Motive::other},
    {"unknown", Motive::unknown},
});
inline constexpr auto component_words = std::to_array<Word<Component>>({
    {"food", Component::food},
    {"technical_assistance", Component::technical_assistance},
    {"garden", Component::garden},
    {"short_cycle", Component::short_cycle},
    {"long_cycle", Component::long_cycle},
    {"payment", Component::payment},
    {"road", Component::road},
    {"water", Component::water},
    {"school", Component::school},
    {"clinic", Component::clinic},
    {"credit", Component::credit},
    {"title", Component::title},
    {"market_contract", Component::market_contract},
    {"other", Component::other},
});
inline constexpr auto confirmation_words = std::to_array<Word<Confirmation>>({
    {"confirmed", Confirmation::confirmed},
    {"disputed", Confirmation::disputed},
    {"payer_only", Confirmation::payer_only},
});
inline constexpr auto answer_words = std::to_array<Word<regions::Answer>>({
    {"yes", regions::Answer::yes},
    {"no", regions::Answer::no},
    {"unknown", regions::Answer::unknown},
});
inline constexpr auto income_source_words = std::to_array<Word<IncomeSource>>({
    {"crop", IncomeSource::crop},
    {"licit", IncomeSource::licit},
    {"transfer", IncomeSource::transfer},
});
inline constexpr auto incident_kind_words = std::to_array<Word<IncidentKind>>({
    {"homicide", IncidentKind::homicide},
    {"massacre", IncidentKind::massacre},
    {"threat", IncidentKind::threat},
    {"arrest", IncidentKind::arrest},
    {"displacement_of_people", IncidentKind::displacement_of_people},
    {"clash", IncidentKind::clash},
    {"other", IncidentKind::other},
});
inline constexpr auto gate_state_words = std::to_array<Word<GateState>>({
    {"pass", GateState::pass},
    {"fail", GateState::fail},
    {"unknown", GateState::unknown},
});
/// A programme's kind stays text; these are the ones it may have.
inline constexpr auto programme_kind_words = std::to_array<Word<std::string_view>>({
    {"alternative_development", "alternative_development"},
    {"substitution", "substitution"},
    {"services", "services"},
    {"eradication", "eradication"},
});

/// The word of a value. Every value of the enumeration stands in its list.
template <class Value, std::size_t N>
constexpr std::string_view word_of(const std::array<Word<Value>, N>& words, Value value) {
    for (const Word<Value>& word : words)
        if (word.value == value) return word.text;
    return {};
}

}  // namespace vereda::livelihoods
