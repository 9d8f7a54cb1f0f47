/// Sequencing readiness: hard gates first, a score second, unknown never passes (methods §3 and §11, design §5).
///
/// READY triggers nothing by force; it expires, and no output is an order to reduce crops.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/date.hpp"
#include "geo/message.hpp"
#include "livelihoods/readiness_model.hpp"

namespace vereda::livelihoods {

enum class GateState { pass, fail, unknown };
enum class ReadinessState { ready, conditional, not_ready, insufficient_data };
[[nodiscard]] std::string_view name_of(GateState state);
[[nodiscard]] std::string_view name_of(ReadinessState state);  ///< READY, CONDITIONAL, NOT_READY, INSUFFICIENT_DATA

/// One measured quantity about a region, from the indicators table, the evidence table, or computed from registers.
struct Measure {
    std::optional<double> value;
    std::optional<double> lo;
    std::optional<double> hi;
    std::optional<geo::Date> as_of;
    std::string unit;
    std::string source;
};

/// All that is known about one region on the day of assessment: measures by name, and gate evidence by gate id.
struct RegionFacts {
    std::string region_id;
    std::map<std::string, Measure, std::less<>> measures;
    struct GateEvidence {
        GateState value = GateState::unknown;
        geo::Date as_of;
        std::optional<geo::Date> valid_until;
        std::string document;
    };
    std::map<std::string, GateEvidence, std::less<>> evidence;
};

struct GateResult {
    std::string gate_id;
    GateState state = GateState::unknown;
    geo::Message reason;  ///< the sentence why
    std::optional<geo::Date> as_of;
};

struct ReadinessRow {
    std::string region_id;
    geo::Date as_of;
    ReadinessState state = ReadinessState::insufficient_data;
    std::optional<double> score;     ///< weighted geometric mean over known indicators; nullopt with none known
    std::optional<double> score_lo;  ///< every missing indicator at 0, every known one at its lo
    std::optional<double> score_hi;  ///< every missing indicator at 1, every known one at its hi
    std::optional<double> arithmetic;
    std::optional<int> rank;     ///< 1 is best; ties share the lower number
    std::optional<int> rank_lo;  ///< best and worst rank that the score intervals allow
    std::optional<int> rank_hi;
    std::vector<GateResult> gates;  ///< in the model's order
    double indicator_coverage = 0;  ///< share of indicator weight that is known
    geo::Message reason;
    std::optional<geo::Date> expires_on;     ///< READY only: the earliest expiry of what it rests on
    std::optional<std::string> old_support;  ///< gate or indicator too old for READY, where that alone decided
    /// What the model's consent gates say together; unknown where the model has none.
    GateState consent = GateState::unknown;
    std::optional<geo::Date> consent_until;  ///< of a consent that stands: the day on which it must be asked again
};

/// Rows in the order of `facts`. Throws Error(usage) for a model that is not coherent (see validated()).
[[nodiscard]] std::vector<ReadinessRow> readiness(const ReadinessModel& model, std::span<const RegionFacts> facts,
                                                  geo::Date as_of);

}  // namespace vereda::livelihoods
