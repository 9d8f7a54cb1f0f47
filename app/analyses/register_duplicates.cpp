#include "livelihoods/register_duplicates.hpp"

#include "app/analyses/registry_rows.hpp"

namespace vereda::app {

void find_duplicates(RunContext& run) {
    run.results.register_duplicates = livelihoods::register_duplicates(run.people.households, run.diagnostics());
}

}  // namespace vereda::app
