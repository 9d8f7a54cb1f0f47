#include "app/registry.hpp"

#include <vector>

#include "app/commands/doctor.hpp"

namespace vereda::app {

std::span<const Command> commands() {
    static const std::vector<Command> table{
        doctor_command(),
    };
    return table;
}

}  // namespace vereda::app
