#include "app/commands/audit.hpp"

#include <algorithm>

#include "app/study_command.hpp"

namespace vereda::app {

using namespace geo;

namespace {

using livelihoods::SequenceRow;
using livelihoods::Violation;

bool violated(const SequenceRow& row) {
    return row.violation == Violation::yes;
}

ExitCode answer(const report::RunResults& results) {
    return std::ranges::any_of(results.sequence_audit, violated) ? ExitCode::answer_is_no : ExitCode::done;
}

std::vector<std::pair<std::string, long>> counts(const report::RunResults& results) {
    const auto rows = [&](bool region, Violation violation) {
        return static_cast<long>(std::ranges::count_if(results.sequence_audit, [&](const SequenceRow& row) {
            return row.household_id.empty() == region && row.violation == violation;
        }));
    };
    long people = 0;
    for (const SequenceRow& row : results.sequence_audit)
        people += row.people_violated;
    const auto findings = [&](std::string_view kind) {
        return static_cast<long>(std::ranges::count_if(
            results.order_findings, [&](const auto& finding) { return finding.finding.kind == kind; }));
    };
    return {{"violations", rows(true, Violation::yes) + rows(false, Violation::yes)},
            {"regions_violated", rows(true, Violation::yes)},
            {"regions_in_order", rows(true, Violation::no)},
            {"regions_unknown", rows(true, Violation::unknown)},
            {"households_violated", rows(false, Violation::yes)},
            {"households_in_order", rows(false, Violation::no)},
            {"households_unknown", rows(false, Violation::unknown)},
            {"people_violated", people},
            {"prior_eradication", findings("prior_eradication")},
            {"duress", findings("duress")},
            {"baseline", findings("baseline")},
            {"harmful_reduction", findings("harmful_reduction")},
            {"hectares_only", findings("hectares_only")}};
}

ExitCode execute(const Arguments& arguments, Session& session) {
    const StudyTask task{.analyses = {"sequence_audit"},
                         .table = "sequence_audit",
                         .topic = "order",
                         .answer = answer,
                         .counts = counts};
    return execute_study(arguments, task, session);
}

}  // namespace

Command audit_command() {
    return {.name = "audit",
            .summary = "command.audit"_msg,
            .parameters = study_parameters(),
            .inputs = "command.audit.inputs"_msg,
            .outputs = "command.audit.outputs"_msg,
            .example = "vereda audit sample_data/pnis_like/study.toml -o order",
            .citation =
                "A/RES/68/196 (2013), UN Guiding Principles on Alternative Development; WOLA, Development First "
                "(2010)",
            .execute = execute};
}

}  // namespace vereda::app
