#include "livelihoods/vocabulary.hpp"

namespace vereda::livelihoods {

std::string_view name_of(HouseholdGroup group) {
    return word_of(household_group_words, group);
}
std::string_view name_of(LandTitle title) {
    return word_of(land_title_words, title);
}
std::string_view name_of(Motive motive) {
    return word_of(motive_words, motive);
}
std::string_view name_of(Component component) {
    return word_of(component_words, component);
}
std::string_view name_of(IncomeSource source) {
    return word_of(income_source_words, source);
}
std::string_view name_of(IncidentKind kind) {
    return word_of(incident_kind_words, kind);
}
std::string_view name_of(GateState state) {
    return word_of(gate_state_words, state);
}

std::optional<Component> component_named(std::string_view name) {
    for (const Word<Component>& word : component_words)
        if (word.text == name) return word.value;
    return std::nullopt;
}

}  // namespace vereda::livelihoods
