/// What a council should weigh before a sheet leaves the house: what a reader could learn from it, and who could be
/// angered by it. Computed from what the sheet says and what the ledger holds.
#pragma once

#include <span>
#include <vector>

#include "evidence/public_statement.hpp"

namespace vereda::evidence {

/// Sentences, never empty.
[[nodiscard]] std::vector<geo::Message> what_a_reader_learns(const PublicStatement& statement,
                                                             std::span<const Record> records);
/// Sentences; "review.nobody" alone where the contents point to nobody.
[[nodiscard]] std::vector<geo::Message> who_could_be_angered(const PublicStatement& statement,
                                                             std::span<const Record> records);

}  // namespace vereda::evidence
