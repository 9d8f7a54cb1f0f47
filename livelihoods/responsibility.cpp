#include "livelihoods/responsibility.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <set>

namespace vereda::livelihoods {

using geo::operator""_msg;

std::vector<Responsibility> responsibilities_from(const geo::TextTable& table, const ColumnMap& columns) {
    ColumnBinding binding(table, columns);
    const Column region = binding.optional("region_id"), gate = binding.required("gate");
    const Column actor = binding.required("actor"), due_on = binding.optional("due_on");
    binding.finish();
    std::vector<Responsibility> responsibilities;
    for (const geo::TextRow& text_row : table.rows) {
        const RowCells row(table, text_row);
        responsibilities.push_back(
            {row.text(region), row.required_text(gate), row.required_text(actor), row.date(due_on)});
    }
    return responsibilities;
}

Owner owner_of(std::span<const Responsibility> responsibilities, std::string_view region_id, std::string_view gate) {
    const auto of = [&](std::string_view region) {
        Owner owner;
        std::set<std::string_view> actors;
        for (const Responsibility& row : responsibilities) {
            if (row.gate != gate || row.region_id != region) continue;
            actors.insert(row.actor);
            if (row.due_on && (!owner.due_on || *row.due_on < *owner.due_on)) owner.due_on = row.due_on;
        }
        owner.actors = fmt::format("{}", fmt::join(actors, "; "));
        return owner;
    };
    Owner own = of(region_id);
    return own.actors.empty() && !region_id.empty() ? of({}) : own;
}

std::vector<std::string> unowned_gates(const ReadinessModel& model, std::span<const Responsibility> responsibilities,
                                       std::span<const std::string> region_ids) {
    std::vector<std::string> unowned;
    for (const Gate& gate : model.gates) {
        const bool nobody = std::ranges::any_of(region_ids, [&](const std::string& region) {
            return owner_of(responsibilities, region, gate.id).actors.empty();
        });
        if (nobody) unowned.push_back(gate.id);
    }
    return unowned;
}

void notice_unowned(const ReadinessModel& model, std::span<const Responsibility> responsibilities,
                    std::span<const std::string> region_ids, geo::Diagnostics& diagnostics) {
    const std::vector<std::string> unowned = unowned_gates(model, responsibilities, region_ids);
    if (!unowned.empty()) {
        diagnostics.add({geo::Severity::warning,
                         {"readiness.gates_unowned"_msg, {{"gates", fmt::format("{}", fmt::join(unowned, ", "))}}},
                         {}});
    }
    std::set<std::string_view> strange;
    for (const Responsibility& row : responsibilities) {
        const bool known = std::ranges::find(model.gates, row.gate, &Gate::id) != model.gates.end() ||
                           std::ranges::find(model.indicators, row.gate, &Indicator::id) != model.indicators.end();
        if (!known) strange.insert(row.gate);
    }
    if (strange.empty()) return;
    diagnostics.add({geo::Severity::warning,
                     {"responsibilities.unknown"_msg, {{"gates", fmt::format("{}", fmt::join(strange, ", "))}}},
                     {}});
}

}  // namespace vereda::livelihoods
