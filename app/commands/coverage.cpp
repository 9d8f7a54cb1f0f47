#include "app/commands/coverage.hpp"

#include <algorithm>

#include "app/study_command.hpp"
#include "report/key_figures.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// Families at the end of the study's last year, and what else was found.
std::vector<std::pair<std::string, long>> counts(const report::RunResults& results) {
    report::Reach any;
    for (const report::Reach& reach : report::key_figures(results).reach)
        if (reach.component == "any") any = reach;
    const auto waiting = std::ranges::count(results.income_bridge, livelihoods::BridgeState::waiting,
                                            &livelihoods::IncomeBridgeRow::state);
    return {{"registered", any.registered},
            {"promised", any.promised},
            {"delivered", any.delivered},
            {"confirmed", any.confirmed},
            {"disputed", any.disputed},
            {"possible_duplicates", static_cast<long>(results.register_duplicates.size())},
            {"aid_conflicts", static_cast<long>(results.aid_conflicts.size())},
            {"families_waiting_for_licit_income", static_cast<long>(waiting)},
            {"plots_not_reached", static_cast<long>(results.not_reached.size())}};
}

ExitCode execute(const Arguments& arguments, Session& session) {
    const StudyTask task{.analyses = {"register_duplicates", "coverage", "reach", "income_bridge", "aid_conflicts"},
                         .table = "coverage",
                         .topic = "reach",
                         .counts = counts};
    return execute_study(arguments, task, session);
}

}  // namespace

Command coverage_command() {
    return {.name = "coverage",
            .summary = "command.coverage"_msg,
            .parameters = study_parameters(),
            .inputs = "command.coverage.inputs"_msg,
            .outputs = "command.coverage.outputs"_msg,
            .example = "vereda coverage sample_data/valle/study.toml -o valle-coverage",
            .citation = "N. Ray, S. Ebener, AccessMod 3.0, Int. J. Health Geogr. 7:63, 2008 (catchments)",
            .execute = execute};
}

}  // namespace vereda::app
