/// What may leave a ledger: consents looked up, and refused where they are lacking.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/arguments.hpp"
#include "app/parameter.hpp"
#include "app/session.hpp"
#include "evidence/record.hpp"

namespace vereda::app {

/// Whether a record needs a consent of its own before it is shown: not the first entry, what the council released, or
/// what a comparison computed.
[[nodiscard]] bool needs_consent(const evidence::Record& record);

/// Entries that may not be used so today. With `leave_out` they are all told; without, the first one throws
/// Error(policy) naming the ledger, the entry and what is lacking.
struct Release {
    evidence::Use use;
    std::set<std::string> types;  ///< of the records that would be shown; empty: all that need consent
    bool leave_out = false;
};
[[nodiscard]] std::set<std::uint64_t> without_consent(const std::vector<evidence::Record>& records,
                                                      const Release& release, const std::string& ledger);

/// --consented-only
[[nodiscard]] Parameter consented_only();
/// --use, for copies that are handed over opened.
[[nodiscard]] Parameter use_option();
[[nodiscard]] evidence::Use use_asked(const Arguments& arguments);

}  // namespace vereda::app
