#include "app/commands/doctor.hpp"

#include <ostream>

#include "app/version.hpp"

namespace vereda::app {

using namespace geo;

namespace {

ExitCode execute(const Arguments&, Session& session) {
    session.out << "vereda " << version() << '\n' << "share " << session.share.string() << '\n';
    return ExitCode::done;
}

}  // namespace

Command doctor_command() {
    return {.name = "doctor",
            .summary = "command.doctor"_msg,
            .parameters = {},
            .inputs = "command.doctor.inputs"_msg,
            .outputs = "command.doctor.outputs"_msg,
            .example = "vereda doctor",
            .execute = execute};
}

}  // namespace vereda::app
