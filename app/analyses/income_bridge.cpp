#include "livelihoods/income_bridge.hpp"

#include "app/analyses/registry_rows.hpp"

namespace vereda::app {

using namespace geo;

void measure_income_bridge(RunContext& run) {
    if (!run.study.people.households) return;  // coverage says so
    if (!run.study.people.incomes) return run.skip("income_bridge", "skipped.no_incomes"_msg);
    run.results.income_bridge =
        livelihoods::income_bridge(run.people.households, run.people.incomes, run.results.eradication, run.study.as_of);
}

}  // namespace vereda::app
