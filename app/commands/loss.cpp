#include "app/commands/loss.hpp"

#include <cmath>
#include <map>

#include "app/study_command.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// Whole hectares by mechanism.
std::vector<std::pair<std::string, long>> counts(const report::RunResults& results) {
    std::map<std::string, double> totals;
    for (const regions::LossRow& row : results.loss)
        totals[row.mechanism] += row.area.value();
    std::vector<std::pair<std::string, long>> rounded;
    for (const auto& [mechanism, area] : totals)
        rounded.emplace_back(mechanism, std::lround(area));
    return rounded;
}

ExitCode execute(const Arguments& arguments, Session& session) {
    return execute_study(arguments, {.analyses = {"loss"}, .table = "loss", .counts = counts}, session);
}

}  // namespace

Command loss_command() {
    return {.name = "loss",
            .summary = "command.loss"_msg,
            .parameters = study_parameters(),
            .inputs = "command.loss.inputs"_msg,
            .outputs = "command.loss.outputs"_msg,
            .example = "vereda loss sample_data/valle/study.toml -o loss",
            .citation = "Hansen et al. 2013 (loss years); IPCC 2006, vol. 4, table 4.3 (carbon fraction)",
            .execute = execute};
}

}  // namespace vereda::app
