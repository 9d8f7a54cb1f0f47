#include "livelihoods/readiness_missing.hpp"

#include <algorithm>

#include "livelihoods/readiness_score.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

class RegionMissing {
  public:
    RegionMissing(const ReadinessRow& row, std::span<const Responsibility> responsibilities)
        : row_(row), responsibilities_(responsibilities) {}

    void add(MissingKind kind, const std::string& what, geo::Message reason, const std::string& clause) {
        ReadinessMissingRow missing;
        missing.region_id = row_.region_id;
        missing.order = static_cast<int>(rows_.size()) + 1;
        missing.kind = kind;
        missing.what = what;
        missing.reason = std::move(reason);
        missing.clause = clause;
        if (!what.empty()) {
            const Owner owner = owner_of(responsibilities_, row_.region_id, what);
            missing.owner = owner.actors;
            missing.due_on = owner.due_on;
            if (owner.due_on && *owner.due_on < row_.as_of)
                missing.days_late = geo::days_between(*owner.due_on, row_.as_of);
        }
        rows_.push_back(std::move(missing));
    }
    [[nodiscard]] std::vector<ReadinessMissingRow> rows() && { return std::move(rows_); }

  private:
    const ReadinessRow& row_;
    std::span<const Responsibility> responsibilities_;
    std::vector<ReadinessMissingRow> rows_;
};

void add_gates(const ReadinessModel& model, const ReadinessRow& row, GateState state, MissingKind kind,
               RegionMissing& missing) {
    for (std::size_t i = 0; i < row.gates.size(); ++i)
        if (row.gates[i].state == state)
            missing.add(kind, model.gates[i].id, row.gates[i].reason, model.gates[i].clause);
}

}  // namespace

std::string_view name_of(MissingKind kind) {
    switch (kind) {
        case MissingKind::gate_failed:
            return "gate_failed";
        case MissingKind::gate_unknown:
            return "gate_unknown";
        case MissingKind::indicator_unknown:
            return "indicator_unknown";
        case MissingKind::score_low:
            return "score_low";
        case MissingKind::support_old:
            break;
    }
    return "support_old";
}

std::vector<ReadinessMissingRow> readiness_missing(const ReadinessModel& model, std::span<const RegionFacts> facts,
                                                   std::span<const ReadinessRow> rows,
                                                   std::span<const Responsibility> responsibilities) {
    std::vector<ReadinessMissingRow> all;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const ReadinessRow& row = rows[i];
        if (row.state == ReadinessState::ready) continue;
        RegionMissing missing(row, responsibilities);
        add_gates(model, row, GateState::fail, MissingKind::gate_failed, missing);
        add_gates(model, row, GateState::unknown, MissingKind::gate_unknown, missing);
        const bool gates_pass =
            std::ranges::all_of(row.gates, [](const GateResult& gate) { return gate.state == GateState::pass; });
        if (gates_pass && row.old_support) {
            missing.add(MissingKind::support_old, *row.old_support, row.reason, "");
        } else if (gates_pass && row.state != ReadinessState::insufficient_data) {
            missing.add(MissingKind::score_low, "", row.reason, "");
        }
        for (const Indicator& indicator : model.indicators) {
            const Measure* measure = usable_measure(facts[i], indicator.id, row.as_of);
            if (measure != nullptr && measure->value) continue;
            missing.add(MissingKind::indicator_unknown, indicator.id,
                        {"readiness.gate_not_measured"_msg, {{"measure", indicator.id}}}, indicator.clause);
        }
        std::ranges::move(std::move(missing).rows(), std::back_inserter(all));
    }
    return all;
}

}  // namespace vereda::livelihoods
