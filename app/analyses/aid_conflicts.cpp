#include "app/analyses/registry_rows.hpp"
#include "livelihoods/aid_conflict.hpp"

namespace vereda::app {

void find_aid_conflicts(RunContext& run) {
    run.results.aid_conflicts =
        livelihoods::aid_conflicts(run.people.programmes, run.people.deliveries, run.results.eradication);
}

}  // namespace vereda::app
