/// The table of what a community says it removed beside what satellites saw: internal.
#pragma once

#include <span>

#include "regions/claim_check.hpp"
#include "report/table.hpp"

namespace vereda::report {

extern const TableDeclaration claim_table;

/// One row per claim, in their order.
[[nodiscard]] Table claim_rows(std::span<const regions::ClaimRow> rows, const regions::ClaimOptions& options);

}  // namespace vereda::report
