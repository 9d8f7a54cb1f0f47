/// What is missing before a region is READY, who owes it, by when: the first thing an agency reads.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "livelihoods/readiness.hpp"
#include "livelihoods/responsibility.hpp"

namespace vereda::livelihoods {

enum class MissingKind {
    gate_failed,
    gate_unknown,
    indicator_unknown,
    score_low,   ///< all gates pass; the score may lie or lies under the threshold
    support_old  ///< all gates pass; what the region rests on is older than a year
};
[[nodiscard]] std::string_view name_of(MissingKind kind);

struct ReadinessMissingRow {
    std::string region_id;
    int order = 0;  ///< within the region, from 1: failed gates, unknown gates, score and age, unknown indicators
    MissingKind kind = MissingKind::gate_failed;
    std::string what;     ///< id of the gate or indicator; empty: the whole score
    geo::Message reason;  ///< the sentence why
    std::string owner;    ///< empty: nobody is named for it
    std::optional<geo::Date> due_on;
    std::optional<int> days_late;  ///< of the day of assessment, where it is past the due day
    std::string clause;
};

/// Rows in the order of `rows`; none for a READY region.
[[nodiscard]] std::vector<ReadinessMissingRow> readiness_missing(const ReadinessModel& model,
                                                                 std::span<const RegionFacts> facts,
                                                                 std::span<const ReadinessRow> rows,
                                                                 std::span<const Responsibility> responsibilities);

}  // namespace vereda::livelihoods
