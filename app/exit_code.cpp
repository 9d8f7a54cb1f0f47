#include "app/exit_code.hpp"

namespace vereda::app {

ExitCode exit_code_of(geo::ErrorKind kind) {
    switch (kind) {
        case geo::ErrorKind::usage:
            return ExitCode::usage;
        case geo::ErrorKind::input:
            return ExitCode::input;
        case geo::ErrorKind::policy:
            return ExitCode::policy;
        case geo::ErrorKind::resource:
            return ExitCode::resource;
        case geo::ErrorKind::integrity:
            return ExitCode::integrity;
        case geo::ErrorKind::internal:
            return ExitCode::internal;
        case geo::ErrorKind::interrupted:
            return ExitCode::interrupted;
        case geo::ErrorKind::terminated:
            return ExitCode::terminated;
    }
    return ExitCode::internal;
}

}  // namespace vereda::app
