/// Commands that take STUDY.toml and run some of its analyses, as `run` runs all of them: the same reading, the same
/// output layout, the same rules for what exists already.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/arguments.hpp"
#include "app/exit_code.hpp"
#include "app/parameter.hpp"
#include "app/pipeline.hpp"
#include "app/session.hpp"
#include "app/study.hpp"
#include "geo/message.hpp"

namespace vereda::app {

struct StudyTask {
    std::vector<std::string> analyses = {};  ///< names of app/analyses; empty: all
    /// The command's main table: -o FILE.csv (or .xlsx) writes it alone. Empty: only a folder can be written.
    std::string table = {};
    /// The question of the report whose answer is said when the command is done ("reach", report/key_sentences.hpp).
    std::string topic = {};
    /// Turns the command's own options into study settings, before anything is read.
    void (*configure)(const Arguments& arguments, Study& study) = nullptr;
    /// The exit code by what was found (1 where the answer is "no"); done where absent.
    ExitCode (*answer)(const report::RunResults& results) = nullptr;
    /// Counts that --json shows under "counts", by name; absent: only the key sentences.
    std::vector<std::pair<std::string, long>> (*counts)(const report::RunResults& results) = nullptr;
};

/// STUDY.toml, then `own`, then -o, --overwrite, --jobs, --memory, --seed, --audience, --allow-references.
[[nodiscard]] std::vector<Parameter> study_parameters(std::vector<Parameter> own = {});

[[nodiscard]] ExitCode execute_study(const Arguments& arguments, const StudyTask& task, Session& session);

/// The same for a study that did not come from a file: of commands that can also be told their inputs one by one.
/// `study.path` may be empty.
[[nodiscard]] ExitCode execute_study(const Arguments& arguments, const Study& study, const StudyTask& task,
                                     Session& session);

}  // namespace vereda::app
