#include "app/registry.hpp"

#include <vector>

#include "app/commands/access.hpp"
#include "app/commands/accuracy.hpp"
#include "app/commands/cato.hpp"
#include "app/commands/check.hpp"
#include "app/commands/doctor.hpp"
#include "app/commands/init.hpp"
#include "app/commands/plots_extract.hpp"
#include "app/commands/run.hpp"
#include "app/commands/simulate.hpp"
#include "app/commands/zonal.hpp"

namespace vereda::app {

std::span<const Command> commands() {
    static const std::vector<Command> table{
        run_command(),    check_command(), init_command(),     zonal_command(),    plots_extract_command(),
        access_command(), cato_command(),  accuracy_command(), simulate_command(), doctor_command(),
    };
    return table;
}

}  // namespace vereda::app
