/// Who owes which gate, by when: the declared actor × gate list of an integrated local approach.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/date.hpp"
#include "geo/diagnostic.hpp"
#include "geo/text_table.hpp"
#include "livelihoods/column_binding.hpp"
#include "livelihoods/readiness_model.hpp"

namespace vereda::livelihoods {

struct Responsibility {
    std::string region_id;  ///< empty: everywhere that no row names for that gate
    std::string gate;       ///< of the model, or one of its indicators
    std::string actor;
    std::optional<geo::Date> due_on;
};

/// Columns region_id, gate (required), actor (required), due_on. Refuses what registers refuse (livelihoods/registers).
[[nodiscard]] std::vector<Responsibility> responsibilities_from(const geo::TextTable& table, const ColumnMap& columns);

/// Who owes a gate or indicator in a region: the region's own rows, else those for everywhere; several actors owe it
/// together, and the earliest day counts.
struct Owner {
    std::string actors;  ///< "; " between, sorted; empty: nobody is named
    std::optional<geo::Date> due_on;
};
[[nodiscard]] Owner owner_of(std::span<const Responsibility> responsibilities, std::string_view region_id,
                             std::string_view gate);

/// Gates of the model that nobody owns in at least one of the regions, in the model's order. A plan over them is not
/// valid.
[[nodiscard]] std::vector<std::string> unowned_gates(const ReadinessModel& model,
                                                     std::span<const Responsibility> responsibilities,
                                                     std::span<const std::string> region_ids);

/// One warning for the gates that nobody owns ("readiness.gates_unowned") and one for rows about gates and indicators
/// that the model does not have ("responsibilities.unknown").
void notice_unowned(const ReadinessModel& model, std::span<const Responsibility> responsibilities,
                    std::span<const std::string> region_ids, geo::Diagnostics& diagnostics);

}  // namespace vereda::livelihoods
