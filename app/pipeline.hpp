/// A study from its files to its results: read, align, analyse. What can be answered is; what cannot is listed with the
/// reason.
#pragma once

#include "app/session.hpp"
#include "app/study.hpp"
#include "report/results.hpp"

namespace vereda::app {

struct PipelineSettings {
    unsigned long seed = 1;
    bool allow_references = false;
};

/// Diagnostics go to the session and into the results, with paths as the study writes them. Throws what the readers
/// throw; Error(input, "input.changed") where an input was changed while it was being read.
[[nodiscard]] report::RunResults run_study(const Study& study, const PipelineSettings& settings, Session& session);

}  // namespace vereda::app
