/// An analysis plan frozen before its outcomes are read, and the proof later that nothing of it changed.
///
/// What is frozen: every key of the section [plan], the study's years, crops and announcement date, the names of the
/// inputs of the displacement study, and the seed. Not the inputs' content: outcomes may not exist yet.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/study.hpp"

namespace vereda::app {

/// Name and value of everything that is frozen, in a fixed order.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> plan_facts(const Study& study, unsigned long seed);

/// The file that --freeze writes: the facts as JSON and the SHA-256 of "name=value" lines. The hash alone names the
/// plan.
[[nodiscard]] std::string frozen_plan_json(const Study& study, unsigned long seed);
[[nodiscard]] std::string plan_hash(const Study& study, unsigned long seed);

/// Error(integrity) where the file was altered since ("frozen.altered") or the study's plan is another one now
/// ("frozen.differs", naming the first key that differs with both values); Error(input) where it is no frozen plan.
void require_frozen(const Study& study, unsigned long seed, const std::string& path);

}  // namespace vereda::app
