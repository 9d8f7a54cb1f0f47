/// One archive with everything that another person needs to check a run, but for the inputs themselves.
#pragma once

#include <string>

#include "app/session.hpp"
#include "app/written_run.hpp"

namespace vereda::app {

/// README.txt in the session's language, bundle.json (versions, inputs and outputs with their hashes, the line that
/// repeats the run), study.toml and outputs/. With `public_only` the outputs are public/ alone and neither the study
/// nor the inputs' paths are told. No time and no machine is in it: the same folder, the same bytes.
void write_bundle(const WrittenRun& run, const std::string& target, bool public_only, const Session& session);

}  // namespace vereda::app
