#include "app/commands/plots_permanence.hpp"

#include "app/study_command.hpp"
#include "app/survey_options.hpp"
#include "regions/permanence_class.hpp"

namespace vereda::app {

using namespace geo;

namespace {

std::vector<Parameter> own_parameters() {
    return {
        {.name = "cell-m",
         .type = ParameterType::number,
         .help = "command.plots_permanence.cell_m"_msg,
         .unit = "m",
         .least = 1,
         .most = 1e6},
        {.name = "window",
         .type = ParameterType::integer,
         .help = "command.plots_permanence.window"_msg,
         .least = static_cast<double>(regions::shortest_permanence_window),
         .most = 100},
        {.name = "presence-ha",
         .type = ParameterType::number,
         .help = "command.plots_permanence.presence_ha"_msg,
         .unit = "ha",
         .least = 0},
        {.name = "observed-min",
         .type = ParameterType::number,
         .help = "command.plots_permanence.observed_min"_msg,
         .least = 0,
         .most = 1},
    };
}

void configure(const Arguments& arguments, Study& study) {
    regions::PermanenceOptions& options = study.permanence;
    if (arguments.has("cell-m")) options.cell = Metres(arguments.number("cell-m"));
    if (arguments.has("window")) options.window_years = static_cast<int>(arguments.integer("window"));
    if (arguments.has("presence-ha")) options.presence = Hectares(arguments.number("presence-ha"));
    if (arguments.has("observed-min")) options.observed_min = arguments.number("observed-min");
}

std::vector<std::pair<std::string, long>> counts(const report::RunResults& results) {
    long cells = 0;
    long single = 0;
    long credible = 0;
    long affected = 0;
    if (results.permanence) {
        for (const auto& series : results.permanence->crops) {
            for (const auto& cell : series.cells) {
                ++cells;
                single += cell.possible.single() ? 1 : 0;
                credible += cell.credible.single() ? 1 : 0;
                affected += cell.possible.single() != regions::PermanenceClass::never ? 1 : 0;
            }
        }
    }
    return {{"cells", cells},
            {"cells_single_class", single},
            {"cells_single_credible_class", credible},
            {"cells_possibly_affected", affected}};
}

ExitCode execute(const Arguments& arguments, Session& session) {
    Study study = study_of(arguments);
    configure(arguments, study);
    return execute_study(arguments, study,
                         {.analyses = {"permanence", "eradication_check"}, .table = "permanence", .counts = counts},
                         session);
}

}  // namespace

Command plots_permanence_command() {
    return {.name = "plots permanence",
            .summary = "command.plots_permanence"_msg,
            .parameters = survey_parameters(own_parameters()),
            .inputs = "command.plots_permanence.inputs"_msg,
            .outputs = "command.plots_permanence.outputs"_msg,
            .example = "vereda plots permanence sample_data/valle/study.toml --cell-m 500 -o permanence",
            .citation = "UNODC-SIMCI, Monitoreo de territorios afectados por cultivos ilícitos 2018-2019 (classes)",
            .execute = execute};
}

}  // namespace vereda::app
