/// Consent to show a record: dated, scoped, revocable, per use (CARE: authority to control; FPIC). Methods §9.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "geo/date.hpp"
#include "geo/message.hpp"

namespace vereda::evidence {

/// What a record may be shown for. `place` and `council_name` are further permissions of a public sheet: the name of
/// the area, the name of the council.
enum class Use { internal, court, ministry, donor, publication, place, council_name };

/// "internal", "court", "ministry", "donor", "public", "place", "name".
[[nodiscard]] std::string_view code_of(Use use);
/// Codes in English or Spanish ("interno", "tribunal", "ministerio", "donante", "publico", "lugar", "nombre"), accents
/// and case not minded.
[[nodiscard]] std::optional<Use> use_named(std::string_view word);
/// Words parted by commas, semicolons or spaces. nullopt where one of them names no use.
[[nodiscard]] std::optional<std::set<Use>> uses_named(std::string_view words);
/// Codes parted by commas, in the order of Use.
[[nodiscard]] std::string codes_of(const std::set<Use>& uses);

/// One giving or taking back.
struct Consent {
    std::uint64_t entry = 0;         ///< that says so
    bool merged = false;             ///< recorded on another device
    bool revokes = false;            ///< takes back
    std::set<Use> scope;             ///< of a revocation: empty means all
    geo::Date from{};                ///< first day in force; of a revocation: the day it was told
    std::optional<geo::Date> until;  ///< last day in force
    std::string by;                  ///< "assembly", "council", "family", "person"; empty: not said
    /// First day on which anything may be shown to others; the council's own use is free.
    std::optional<geo::Date> not_before = {};
};

/// What is lacking for this use on this day, in words for the one who asks; nullopt where consent is in force. Any
/// consent in force covers internal use. What may be shown only from a later day on (`not_before`) is delayed until
/// then even where another consent would allow it: the latest delay among the consents in force counts. A revocation
/// ends what was consented to before it by entry, or, where either was recorded on another device, by day: in doubt the
/// revocation wins. The area's name needs the assembly's own consent.
[[nodiscard]] std::optional<geo::Message> consent_lacking(const std::vector<Consent>& consents, Use use,
                                                          geo::Date today);

}  // namespace vereda::evidence
