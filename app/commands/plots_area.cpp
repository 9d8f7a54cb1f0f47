#include "app/commands/plots_area.hpp"

#include <algorithm>
#include <charconv>

#include "app/study_command.hpp"
#include "app/survey_options.hpp"
#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

std::vector<Parameter> own_parameters() {
    const auto share = [](std::string name, MessageId help) {
        return Parameter{
            .name = std::move(name), .type = ParameterType::number, .help = help, .unit = "1", .least = 0, .most = 1};
    };
    return {
        {.name = "cutoff", .type = ParameterType::text, .help = "command.plots_area.cutoff"_msg, .value_name = "MM-DD"},
        {.name = "growth-rate",
         .type = ParameterType::number,
         .help = "command.plots_area.growth_rate"_msg,
         .least = -0.99,
         .most = 100},
        share("effectiveness-by-hand", "key.area.effectiveness_by_hand"_msg),
        share("effectiveness-aerial", "key.area.effectiveness_aerial"_msg),
        share("effectiveness-unknown", "key.area.effectiveness_unknown"_msg),
        {.name = "holding-classes",
         .type = ParameterType::text,
         .help = "command.plots_area.holding_classes"_msg,
         .value_name = "HA,HA,…"},
    };
}

/// "0.16,0.25,1": ascending, each above 0.
std::vector<double> classes_of(const std::string& written) {
    std::vector<double> classes;
    for (std::size_t begin = 0; begin <= written.size();) {
        const std::size_t comma = std::min(written.find(',', begin), written.size());
        double value = 0;
        const auto [end, fault] = std::from_chars(written.data() + begin, written.data() + comma, value);
        const bool grows = value > (classes.empty() ? 0 : classes.back());
        if (fault != std::errc() || end != written.data() + comma || !grows)
            throw Error(ErrorKind::usage, {"area.holding_classes"_msg, {{"value", written}}});
        classes.push_back(value);
        begin = comma + 1;
    }
    return classes;
}

void configure(const Arguments& arguments, Study& study) {
    regions::AdjustmentOptions& options = study.adjustment;
    if (arguments.has("cutoff")) {
        const auto day = parse_month_day(arguments.text("cutoff"));
        if (!day) throw Error(ErrorKind::usage, {"study.not_month_day"_msg, {{"value", arguments.text("cutoff")}}});
        options.cutoff = *day;
    }
    if (arguments.has("growth-rate")) options.growth_rate = arguments.number("growth-rate");
    if (arguments.has("effectiveness-by-hand"))
        options.effectiveness.by_hand = arguments.number("effectiveness-by-hand");
    if (arguments.has("effectiveness-aerial")) options.effectiveness.aerial = arguments.number("effectiveness-aerial");
    if (arguments.has("effectiveness-unknown"))
        options.effectiveness.unknown = arguments.number("effectiveness-unknown");
    if (arguments.has("holding-classes")) study.holding_classes_ha = classes_of(arguments.text("holding-classes"));
}

ExitCode execute(const Arguments& arguments, Session& session) {
    Study study = study_of(arguments);
    configure(arguments, study);
    return execute_study(
        arguments, study,
        {.analyses = {"plot_area", "area_adjusted", "eradication_check", "boundaries"}, .table = "area_adjusted"},
        session);
}

}  // namespace

Command plots_area_command() {
    return {.name = "plots area",
            .summary = "command.plots_area"_msg,
            .parameters = survey_parameters(own_parameters()),
            .inputs = "command.plots_area.inputs"_msg,
            .outputs = "command.plots_area.outputs"_msg,
            .example = "vereda plots area sample_data/valle/study.toml -o areas",
            .citation = "UNODC-SIMCI annual survey annexes (adjustments); Griffith 1989 (area error)",
            .execute = execute};
}

}  // namespace vereda::app
