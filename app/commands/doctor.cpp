#include "app/commands/doctor.hpp"

#include <ostream>

#include "app/version.hpp"
#include "geo/io/libraries.hpp"

namespace vereda::app {

using namespace geo;

namespace {

ExitCode execute(const Arguments&, Session& session) {
    session.out << "vereda " << version() << '\n' << "share " << session.share.string() << '\n';
    for (const auto& [library, found] : io::library_versions())
        session.out << library << ' ' << found << '\n';
    for (const auto& [driver, there] : io::format_drivers()) {
        const MessageId id = there ? "doctor.driver_there"_msg : "doctor.driver_missing"_msg;
        session.out << session.messages.text({id, {{"driver", driver}}}) << '\n';
    }
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
