/// Families that may stand in a register twice: reported with a score, never merged.
///
/// Pairs are looked for among households that share a registration number, an id spelled alike (case, accents, blanks,
/// hyphens), two words of the name as they sound, or one word and the birth year. The score, in [0, 1] (d):
///
///   names told for both      name_similarity, and at least 0.75 with the same registration number
///   a name missing           0.8 with the same registration number or an id spelled alike
///   the same number          + 0.10        birth years one apart      - 0.04
///   an id spelled alike      + 0.10        birth years further apart  - 0.15
///   the same birth year      + 0.04        another sex                - 0.12
///   the same union           + 0.02        another region             - 0.02
///
/// The list is for a clerk to look at; the counts of every other table take the register as it stands.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/diagnostic.hpp"
#include "livelihoods/household.hpp"

namespace vereda::livelihoods {

inline constexpr double duplicate_score_at_least = 0.88;

struct RegisterDuplicate {
    std::string household_a;  ///< personal, as all of this row; the one that stands earlier in the register
    std::string household_b;
    double score = 0;
    std::optional<double> name_similarity;  ///< nullopt where a name is missing
    std::string name_a;
    std::string name_b;
    std::string region_a;
    std::string region_b;
    /// same_registration_id, id_spelled_alike, same_birth_year, other_birth_year, same_union, same_sex, other_sex,
    /// same_region, other_region
    std::vector<std::string> signs;
};

/// Pairs of at least `least` (0-1), best first, then by ids. One warning counts them ("register.duplicates"). Groups of
/// more than 2,000 households with the same two words are compared only within a birth year or union, with a note.
[[nodiscard]] std::vector<RegisterDuplicate> register_duplicates(std::span<const Household> households,
                                                                 geo::Diagnostics& diagnostics,
                                                                 double least = duplicate_score_at_least);

}  // namespace vereda::livelihoods
