#include "livelihoods/welfare.hpp"

#include "app/analyses/registry_rows.hpp"

namespace vereda::app {

using namespace geo;

void gather_welfare(RunContext& run) {
    const StudyPeople& people = run.study.people;
    const bool nothing =
        !people.households && !people.deliveries && !people.incomes && !people.incidents && !people.indicators;
    if (nothing) return run.skip("welfare", "skipped.no_registers"_msg);
    run.results.welfare =
        livelihoods::welfare(run.region_ids(), run.study.years, run.registers(), run.results.loss, run.diagnostics());
}

}  // namespace vereda::app
