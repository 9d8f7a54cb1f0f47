/// A study from its files to its results: read, align, analyse. What can be answered is; what cannot is listed with the
/// reason.
#pragma once

#include <vector>

#include "app/analyses/run_context.hpp"
#include "app/session.hpp"
#include "app/study.hpp"
#include "report/results.hpp"

namespace vereda::app {

struct RunFindings {
    report::RunResults results;
    std::vector<Attachment> attachments;  ///< may refer to the study and the session: write them before those go
};

/// Diagnostics go to the session and into the results, with paths as the study writes them. Throws what the readers
/// throw; Error(input, "input.changed") where an input was changed while it was being read.
[[nodiscard]] RunFindings run_study(const Study& study, const PipelineSettings& settings, Session& session);

}  // namespace vereda::app
