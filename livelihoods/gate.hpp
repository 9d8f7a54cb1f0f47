/// One gate of one region: a hard condition that no score can buy. Unknown never passes.
#pragma once

#include "livelihoods/readiness.hpp"

namespace vereda::livelihoods {

/// A measure passes or fails only if both ends of its interval (where it has one) do; between them the gate is unknown.
/// A statement in the evidence table decides while it is valid. Where a gate has both, a failure of either fails it,
/// and a pass of either suffices where the other is unknown. What is dated after `as_of`, undated where the gate sets
/// an age, or older than the gate allows, is unknown. Where the gate asks nothing (Gate::only_where), it passes unless
/// a statement fails it; where it is not known whether it asks, a statement alone decides.
[[nodiscard]] GateResult gate_result(const Gate& gate, const RegionFacts& facts, geo::Date as_of);

/// The last day on which a passed gate still rests on valid evidence: the statement's valid_until, the gate's own age
/// limit; nullopt: neither is set.
[[nodiscard]] std::optional<geo::Date> gate_expiry(const Gate& gate, const GateResult& result,
                                                   const RegionFacts& facts);

}  // namespace vereda::livelihoods
