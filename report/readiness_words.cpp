#include "report/readiness_words.hpp"

#include <algorithm>

#include "report/labels.hpp"
#include "report/number_format.hpp"

namespace vereda::report {

using geo::operator""_msg;
using livelihoods::GateBasis;
using livelihoods::GateState;
using livelihoods::MissingKind;

const livelihoods::Gate* gate_of(const std::string& id, const RunResults& results) {
    if (!results.readiness_model) return nullptr;
    const auto& gates = results.readiness_model->gates;
    const auto found = std::ranges::find(gates, id, &livelihoods::Gate::id);
    return found == gates.end() ? nullptr : &*found;
}

std::string basis_text(GateBasis basis, const Catalogue& words) {
    switch (basis) {
        case GateBasis::un_text:
            return words.text("basis.un_text"_msg);
        case GateBasis::wola:
            return words.text("basis.wola"_msg);
        case GateBasis::ours:
            break;
    }
    return words.text("basis.ours"_msg);
}

std::string clause_text(const livelihoods::Gate& gate, const Catalogue& words) {
    if (gate.clause.empty()) return words.text("readiness.clause_none"_msg);
    return words.language() == "es" && !gate.clause_es.empty() ? gate.clause_es : gate.clause;
}

std::string_view consent_name(const livelihoods::ReadinessRow& row) {
    switch (row.consent) {
        case GateState::pass:
            return "given";
        case GateState::fail:
            return "not_given";
        case GateState::unknown:
            break;
    }
    return "unknown";
}

std::string consent_text(const livelihoods::ReadinessRow& row, const Catalogue& words) {
    if (row.consent == GateState::fail) return words.text("readiness.consent_not_given"_msg);
    if (row.consent == GateState::unknown) return words.text("readiness.consent_unknown"_msg);
    if (!row.consent_until) return words.text("readiness.consent_given"_msg);
    return words.text("readiness.consent_given_until"_msg, {{"date", long_date(*row.consent_until, words)}});
}

std::string notice_text(const livelihoods::ReadinessRow& row, const Catalogue& words) {
    if (row.state != livelihoods::ReadinessState::ready || !row.expires_on) return {};
    return words.text("readiness.notice"_msg,
                      {{"date", long_date(*row.expires_on, words)}, {"consent", consent_text(row, words)}});
}

std::string missing_title(const livelihoods::ReadinessMissingRow& row, const RunResults& results,
                          const Catalogue& words) {
    if (row.what.empty()) return words.text("readiness.whole_score"_msg);
    if (gate_of(row.what, results) != nullptr) return gate_title(row.what, results, words);
    return indicator_word(row.what, results, words);
}

std::string owner_text(const livelihoods::ReadinessMissingRow& row, const Catalogue& words) {
    return row.owner.empty() ? words.text("readiness.nobody_named"_msg) : row.owner;
}

}  // namespace vereda::report
