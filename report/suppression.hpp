/// Small counts held back so that nobody can be counted out: the primary and the complementary rule of the public
/// edition.
#pragma once

#include <optional>
#include <vector>

namespace vereda::report {

/// Counts of one row, the whole first: nullopt where it is withheld. A count is withheld below `at_least` and where it
/// differs by 1 to at_least − 1 from a count before it that stays.
[[nodiscard]] std::vector<std::optional<long>> withheld_counts(const std::vector<long>& counts, long at_least);

/// Which parts of a total to withhold besides those already withheld: `parts` are the true counts, `keep` says which
/// are published so far and is changed in place. With the total published, withheld parts number at least two and sum
/// to `at_least` or more, or there are none; with the total withheld, at least one part is (where any part exists).
void withhold_complements(const std::vector<long>& parts, std::vector<bool>& keep, bool total_published, long at_least);

}  // namespace vereda::report
