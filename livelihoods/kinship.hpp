/// Which families of a register may be kin, as far as it tells: declared, or by their surnames.
///
/// A sign of kinship is a question for the union, never a fact: it merges nobody and changes no verdict.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "livelihoods/household.hpp"

namespace vereda::livelihoods {

/// Surnames this alike are one surname spelled by two hands (Jaro-Winkler; d).
inline constexpr double same_surname_at_least = 0.92;
/// Signs below this score are not told (d): one surname that more than a tenth of the register bears says little.
inline constexpr double kinship_score_at_least = 0.45;

struct KinshipSign {
    bool declared = false;              ///< either household names the other
    double score = 0;                   ///< of the shared surnames, 0-1
    std::vector<std::string> surnames;  ///< shared, as the first household's name folds
};

class Kinship {
  public:
    /// `households` must outlive this.
    explicit Kinship(std::span<const Household> households);

    /// Between two of the households. Each shared surname, at most two, adds half of the share of named households that
    /// do not bear it: two rare ones score near 1, one rare one near ½. Nullopt: not declared, and below
    /// kinship_score_at_least.
    [[nodiscard]] std::optional<KinshipSign> between(const Household& a, const Household& b) const;

  private:
    [[nodiscard]] double rarity(const std::string& surname) const;

    std::span<const Household> households_;
    std::vector<std::vector<std::string>> surnames_;  ///< of each household
    std::map<std::string, long, std::less<>> bearers_;
    long named_ = 0;
};

}  // namespace vereda::livelihoods
