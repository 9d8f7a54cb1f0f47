/// What the entries of a ledger amount to today: every record with its corrections applied and the consents to show it.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "evidence/consent.hpp"
#include "evidence/open_entry.hpp"

namespace vereda::evidence {

struct Record {
    std::uint64_t entry = 0;
    Digest leaf{};
    std::string type;                           ///< "event", "photo", "minutes", …; "genesis" for the first
    std::string recorded;                       ///< device time
    std::map<std::string, std::string> values;  ///< without type, about and what is said on consent
    std::vector<std::uint64_t> corrected_by;    ///< entries
    std::optional<std::uint64_t> about;         ///< entry of the record that this one belongs to
    std::optional<std::uint64_t> redacted_by;
    std::vector<SealedBytes> objects;
    std::vector<Consent> consents;  ///< its own; else those of the record that it belongs to

    /// Empty where there is none.
    [[nodiscard]] const std::string& value(std::string_view name) const;
};

/// Records in the order of their entries. Corrections, consents and redactions are no records of their own; what they
/// say has gone into the records. Entries name others by leaf hash (64 digits), which a merge does not change, or by
/// number where they were written before that was so. A consent without a day counts from the day it was recorded.
[[nodiscard]] std::vector<Record> records_of(std::span<const OpenEntry> entries);

/// Fields that only a consent may set: "consent_scope", "consent_date", "consent_until",
/// "consent_not_before", "consent_by".
[[nodiscard]] bool is_consent_field(std::string_view name);

}  // namespace vereda::evidence
