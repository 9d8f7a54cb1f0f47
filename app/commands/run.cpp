#include "app/commands/run.hpp"

#include "app/study_command.hpp"

namespace vereda::app {

using namespace geo;

namespace {

ExitCode execute(const Arguments& arguments, Session& session) {
    return execute_study(arguments, StudyTask{}, session);
}

}  // namespace

Command run_command() {
    return {.name = "run",
            .summary = "command.run"_msg,
            .parameters = study_parameters(),
            .inputs = "command.run.inputs"_msg,
            .outputs = "command.run.outputs"_msg,
            .example = "vereda run sample_data/valle/study.toml -o valle-output",
            .execute = execute};
}

}  // namespace vereda::app
