#include "evidence/consent.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace vereda::evidence {

using geo::operator""_msg;

namespace {

struct UseName {
    Use use;
    std::string_view code;
    std::string_view spanish;
};

constexpr std::array<UseName, 7> names = {{{Use::internal, "internal", "interno"},
                                           {Use::court, "court", "tribunal"},
                                           {Use::ministry, "ministry", "ministerio"},
                                           {Use::donor, "donor", "donante"},
                                           {Use::publication, "public", "publico"},
                                           {Use::place, "place", "lugar"},
                                           {Use::council_name, "name", "nombre"}}};

/// Lower case, ú as u.
std::string plain(std::string_view word) {
    std::string result;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const bool accented = word.substr(i).starts_with("ú") || word.substr(i).starts_with("Ú");
        result += accented ? 'u' : static_cast<char>(std::tolower(static_cast<unsigned char>(word[i])));
        if (accented) ++i;
    }
    return result;
}

bool covers(const Consent& consent, Use use) {
    if (use == Use::internal) return !consent.scope.empty();
    if (use == Use::place && consent.by != "assembly") return false;
    return consent.scope.contains(use);
}

bool ends(const Consent& revocation, const Consent& consent, Use use) {
    if (!revocation.scope.empty() && !revocation.scope.contains(use)) return false;
    const bool apart = revocation.merged || consent.merged;
    return revocation.entry > consent.entry || (apart && revocation.from >= consent.from);
}

geo::Message about(geo::MessageId id, Use use, std::optional<geo::Date> day, std::uint64_t entry) {
    return {id,
            {{"use", std::string(code_of(use))},
             {"date", day ? geo::to_iso(*day) : std::string()},
             {"entry", std::to_string(entry)}}};
}

}  // namespace

std::string_view code_of(Use use) {
    return std::ranges::find(names, use, &UseName::use)->code;
}

std::optional<Use> use_named(std::string_view word) {
    const std::string wanted = plain(word);
    for (const UseName& name : names)
        if (wanted == name.code || wanted == name.spanish) return name.use;
    return std::nullopt;
}

std::optional<std::set<Use>> uses_named(std::string_view words) {
    std::set<Use> uses;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find_first_of(",; "), words.size());
        if (end > 0) {
            const auto use = use_named(words.substr(0, end));
            if (!use) return std::nullopt;
            uses.insert(*use);
        }
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return uses;
}

std::string codes_of(const std::set<Use>& uses) {
    std::string text;
    for (const Use use : uses)
        text += (text.empty() ? "" : ",") + std::string(code_of(use));
    return text;
}

namespace {

/// The consent in force that delays this use longest beyond today; nullptr where none does. A delay holds back what an
/// earlier consent allowed, so that a council can wait with what it had agreed to show.
const Consent* delay_of(const std::vector<const Consent*>& in_force, Use use, geo::Date today) {
    const Consent* longest = nullptr;
    for (const Consent* consent : in_force) {
        if (use == Use::internal || !consent->not_before || *consent->not_before <= today) continue;
        if (longest == nullptr || *longest->not_before < *consent->not_before) longest = consent;
    }
    return longest;
}

}  // namespace

std::optional<geo::Message> consent_lacking(const std::vector<Consent>& consents, Use use, geo::Date today) {
    std::vector<const Consent*> in_force;
    geo::Message why = about(use == Use::place ? "ledger.consent_place"_msg : "ledger.consent_none"_msg, use, {}, 0);
    for (const Consent& consent : consents) {
        if (consent.revokes || !covers(consent, use)) continue;
        const auto revocation = std::ranges::find_if(
            consents, [&](const Consent& other) { return other.revokes && ends(other, consent, use); });
        if (revocation != consents.end()) {
            why = about("ledger.consent_revoked"_msg, use, revocation->from, revocation->entry);
        } else if (consent.until && *consent.until < today) {
            why = about("ledger.consent_expired"_msg, use, consent.until, consent.entry);
        } else if (consent.from > today) {
            why = about("ledger.consent_not_yet"_msg, use, consent.from, consent.entry);
        } else {
            in_force.push_back(&consent);
        }
    }
    if (in_force.empty()) return why;
    const Consent* delay = delay_of(in_force, use, today);
    if (delay == nullptr) return std::nullopt;
    return about("ledger.consent_delayed"_msg, use, delay->not_before, delay->entry);
}

}  // namespace vereda::evidence
