#include "app/registry.hpp"

#include <vector>

#include "app/commands/access.hpp"
#include "app/commands/accuracy.hpp"
#include "app/commands/audit.hpp"
#include "app/commands/cato.hpp"
#include "app/commands/check.hpp"
#include "app/commands/coverage.hpp"
#include "app/commands/displacement.hpp"
#include "app/commands/doctor.hpp"
#include "app/commands/init.hpp"
#include "app/commands/ledger.hpp"
#include "app/commands/loss.hpp"
#include "app/commands/plots_area.hpp"
#include "app/commands/plots_extract.hpp"
#include "app/commands/plots_permanence.hpp"
#include "app/commands/plots_track.hpp"
#include "app/commands/readiness.hpp"
#include "app/commands/report.hpp"
#include "app/commands/run.hpp"
#include "app/commands/simulate.hpp"
#include "app/commands/zonal.hpp"

namespace vereda::app {

std::span<const Command> commands() {
    static const std::vector<Command> table = [] {
        std::vector<Command> all{
            run_command(),
            check_command(),
            init_command(),
            zonal_command(),
            plots_extract_command(),
            plots_track_command(),
            plots_permanence_command(),
            plots_area_command(),
            access_command(),
            coverage_command(),
            readiness_command(),
            audit_command(),
            cato_command(),
            accuracy_command(),
            displacement_command(),
            loss_command(),
            report_command(),
            simulate_command(),
            doctor_command(),
        };
        for (const Command& command : ledger_commands())
            all.push_back(command);
        return all;
    }();
    return table;
}

}  // namespace vereda::app
