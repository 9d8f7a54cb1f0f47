/// The past sanctions of each family, union or licence, for the ladder of a pack.
#pragma once

#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "livelihoods/household.hpp"
#include "livelihoods/rule_pack.hpp"
#include "livelihoods/sanction_ladder.hpp"
#include "livelihoods/sanction_record.hpp"

namespace vereda::livelihoods {

class SanctionHistory {
  public:
    /// The spans must outlive this.
    SanctionHistory(std::span<const SanctionRecord> records, std::span<const Household> households);

    /// Of the household, union or licence `key`, as `unit` says, those that speak of the pack; by day. A record of a
    /// household counts for its licence, and never for its union: nobody answers for another.
    [[nodiscard]] std::vector<RecordedSanction> of(std::string_view key, RuleUnit unit, std::string_view pack) const;

  private:
    using ByKey = std::multimap<std::string_view, const SanctionRecord*>;
    ByKey by_household_;
    ByKey by_union_;
    ByKey by_licence_;
};

}  // namespace vereda::livelihoods
