/// What a register of sanctions says about the past: who was sanctioned, when, for what.
///
/// Personal data. A ladder counts a record only where it says that two independent measurements confirmed an excess;
/// everything else is told and not counted.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/date.hpp"
#include "geo/diagnostic.hpp"
#include "geo/text_table.hpp"
#include "livelihoods/column_binding.hpp"
#include "livelihoods/household.hpp"

namespace vereda::livelihoods {

struct SanctionRecord {
    std::string household_id;  ///< empty: of a whole union
    std::string union_name;
    geo::Date day;
    std::string kind;    ///< lower case: confirmed_excess, excess, or whatever the register says; empty: not told
    std::string pack;    ///< empty: not told
    std::string clause;  ///< of the pack, as written
    std::optional<int> measurements = {};  ///< independent ones that the excess was found by
};

/// The kind is confirmed_excess, or an excess found by at least two measurements.
[[nodiscard]] bool confirmed_twice(const SanctionRecord& record);

/// The record speaks of this pack, of any of its versions, or does not name one.
[[nodiscard]] bool speaks_of(const SanctionRecord& record, std::string_view pack);

/// Throws Error(input): a row that names neither household nor union, a date that cannot be read. Households that the
/// register does not hold are counted in one warning ("sanctions.unknown_household"), where there is a register.
[[nodiscard]] std::vector<SanctionRecord> sanctions_from(const geo::TextTable& table, const ColumnMap& columns,
                                                         std::span<const Household> households,
                                                         geo::Diagnostics& diagnostics);

}  // namespace vereda::livelihoods
