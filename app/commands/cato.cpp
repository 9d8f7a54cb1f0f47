#include "app/commands/cato.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>

#include "app/feature_attributes.hpp"
#include "app/file_reference.hpp"
#include "app/formats/study_toml.hpp"
#include "app/study_command.hpp"
#include "geo/calendar.hpp"
#include "geo/error.hpp"
#include "geo/io/feature_reader.hpp"
#include "report/key_figures.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// "FILE" or "FILE|LAYER" of an option. What is named on the command line is meant: references are taken.
StudySource source_of(const std::string& written, const char* option, const Arguments& arguments) {
    const std::size_t bar = written.rfind('|');
    const std::string file = written.substr(0, bar);
    StudySource source;
    source.path = resolved_path(file, std::filesystem::current_path(), true);
    if (bar != std::string::npos) source.options.layer = written.substr(bar + 1);
    source.written = file;
    source.key = option;
    source.options.allow_references = arguments.flag("allow-references") || is_reference(file);
    if (arguments.text("dates") == "dmy") source.options.date_order = DateOrder::day_month_year;
    return source;
}

/// The CRS of x and y in the table of households: as told; else degrees where they can be, else that of the plots.
std::optional<Crs> crs_of_homes(const StudySource& households, const StudySource& plots, const Arguments& arguments,
                                Diagnostics& diagnostics) {
    if (arguments.has("households-crs")) return Crs::parse(arguments.text("households-crs"));
    Diagnostics ignored;
    const TextTable table = io::read_table(households.path, households.options, ignored);
    const auto beyond = [&](std::string_view column, double most) {
        const auto at = table.find(column);
        return at && std::ranges::any_of(table.rows, [&](const TextRow& row) {
                   return std::abs(RowReader(table, row).number(at).value_or(0)) > most;
               });
    };
    if (!beyond("x", 180) && !beyond("y", 90)) return std::nullopt;
    return io::open_features(plots.path, plots.options, diagnostics)->crs();
}

StudyZones zones_of(const std::string& written, const Arguments& arguments) {
    const std::size_t sign = written.find('=');
    const auto kind = regions::zone_kind_named(written.substr(0, sign));
    if (sign == std::string::npos || !kind)
        throw Error(ErrorKind::usage, {"cato.not_kind_file"_msg, {{"value", written}}});
    return {*kind, source_of(written.substr(sign + 1), "zones", arguments)};
}

/// The last day of the latest year that the plots tell; nullopt where they tell none.
std::optional<Date> last_day_told(const StudySource& plots, Diagnostics& diagnostics) {
    const auto features = io::open_features(plots.path, plots.options, diagnostics);
    const FeatureAttributes attributes(*features, plots);
    const Attribute year = attributes.optional("year");
    const Attribute image_date = attributes.optional("image_date");
    std::optional<Date> last;
    Feature feature;
    while (features->next(feature)) {
        std::optional<Date> day = attributes.date(feature, image_date);
        const auto told = attributes.integer(feature, year);
        if (!day && told && *told >= 1900 && *told <= 2200) day = geo::last_day_of(static_cast<int>(*told));
        if (day && (!last || *day > *last)) last = day;
    }
    if (!last) return std::nullopt;
    return geo::last_day_of(year_of(*last));
}

Date date_option(const Arguments& arguments) {
    const auto day = parse_date(arguments.text("as-of"), DateOrder::iso_only);
    if (!day) {
        throw Error(ErrorKind::usage,
                    {"cli.not_a_date"_msg, {{"option", "--as-of"}, {"value", arguments.text("as-of")}}});
    }
    return *day;
}

Study study_of_plots(const Arguments& arguments, Session& session) {
    Study study;
    study.folder = std::filesystem::current_path();
    study.name = "cato";
    study.crops = {regions::Crop::coca, regions::Crop::poppy};
    study.rule_packs = arguments.texts("pack");
    study.registered_plots = source_of(arguments.text("plots"), "plots", arguments);
    study.people.regions_told = false;
    if (arguments.has("households")) {
        StudySource households = source_of(arguments.text("households"), "households", arguments);
        households.options.crs = crs_of_homes(households, *study.registered_plots, arguments, session.diagnostics);
        study.people.households = std::move(households);
    }
    if (arguments.has("sanctions")) {
        study.people.sanctions = source_of(arguments.text("sanctions"), "sanctions", arguments);
    }
    for (const std::string& zones : arguments.texts("zones"))
        study.zones.push_back(zones_of(zones, arguments));
    const auto last = last_day_told(*study.registered_plots, session.diagnostics);
    if (!arguments.has("as-of") && !last) throw Error(ErrorKind::usage, {"cato.no_day"_msg, {}});
    study.as_of = arguments.has("as-of") ? date_option(arguments) : *last;
    study.years = {year_of(study.as_of)};
    return study;
}

void take_rule_options(const Arguments& arguments, Study& study) {
    if (arguments.has("position-error-m")) study.rule_position_error = Metres(arguments.number("position-error-m"));
    if (arguments.has("correlation-m")) study.rule_correlation = Metres(arguments.number("correlation-m"));
    study.rule_changes = arguments.texts("what-if");
}

std::vector<std::pair<std::string, long>> counts(const report::RunResults& results) {
    const report::VerdictCount verdicts = report::key_figures(results).verdicts;
    std::vector<std::pair<std::string, long>> counts{{"compliant", verdicts.compliant},
                                                     {"within_error", verdicts.within_error},
                                                     {"exceeds", verdicts.exceeds},
                                                     {"no_rule", verdicts.no_rule},
                                                     {"not_testable", verdicts.not_testable}};
    if (results.what_if.empty()) return counts;
    long enter = 0;
    long leave = 0;
    for (const livelihoods::RuleWhatIf& change : results.rule_what_if) {
        enter += change.enter;
        leave += change.leave;
    }
    counts.emplace_back("what_if_enter", enter);
    counts.emplace_back("what_if_leave", leave);
    return counts;
}

ExitCode execute(const Arguments& arguments, Session& session) {
    if (arguments.has("study") == arguments.has("plots"))
        throw Error(ErrorKind::usage, {"cato.study_or_plots"_msg, {}});
    const StudyTask task{.analyses = {"small_plots"}, .table = "small_plots", .topic = "small_plots", .counts = counts};
    Study study;
    if (arguments.has("study")) {
        study = load_study(arguments.text("study"), arguments.flag("allow-references"));
        if (arguments.has("pack")) study.rule_packs = arguments.texts("pack");
        if (arguments.has("as-of")) study.as_of = date_option(arguments);
    } else {
        if (!arguments.has("pack")) throw Error(ErrorKind::usage, {"cato.no_pack"_msg, {}});
        study = study_of_plots(arguments, session);
    }
    take_rule_options(arguments, study);
    return execute_study(arguments, study, task, session);
}

std::vector<Parameter> parameters() {
    std::vector<Parameter> all = study_parameters({
        {.name = "plots", .type = ParameterType::path, .help = "command.cato.plots"_msg, .value_name = "FILE[|LAYER]"},
        {.name = "households",
         .type = ParameterType::path,
         .help = "command.cato.households"_msg,
         .value_name = "FILE[|SHEET]"},
        {.name = "households-crs",
         .type = ParameterType::text,
         .help = "command.cato.households_crs"_msg,
         .value_name = "EPSG:CODE"},
        {.name = "sanctions",
         .type = ParameterType::path,
         .help = "command.cato.sanctions"_msg,
         .value_name = "FILE[|SHEET]"},
        {.name = "zones",
         .type = ParameterType::text,
         .help = "command.cato.zones"_msg,
         .value_name = "KIND=FILE[|LAYER]",
         .repeatable = true},
        {.name = "pack",
         .type = ParameterType::text,
         .help = "command.cato.pack"_msg,
         .value_name = "NAME|FILE.toml",
         .repeatable = true},
        {.name = "position-error-m",
         .type = ParameterType::number,
         .help = "command.cato.position_error"_msg,
         .unit = "m",
         .least = 0,
         .most = 1000},
        {.name = "correlation-m",
         .type = ParameterType::number,
         .help = "command.cato.correlation"_msg,
         .unit = "m",
         .least = 0,
         .most = 100'000},
        {.name = "as-of", .type = ParameterType::text, .help = "command.cato.as_of"_msg, .value_name = "YYYY-MM-DD"},
        {.name = "dates",
         .type = ParameterType::choice,
         .help = "command.cato.dates"_msg,
         .default_text = "iso",
         .choices = {"iso", "dmy"}},
        {.name = "what-if",
         .type = ParameterType::text,
         .help = "command.cato.what_if"_msg,
         .value_name = "PARAMETER=VALUE",
         .repeatable = true},
    });
    std::ranges::find(all, "study", &Parameter::name)->required = false;
    return all;
}

}  // namespace

Command cato_command() {
    return {.name = "cato",
            .summary = "command.cato"_msg,
            .parameters = parameters(),
            .inputs = "command.cato.inputs"_msg,
            .outputs = "command.cato.outputs"_msg,
            .example = "vereda cato sample_data/valle/study.toml --pack chapare -o verdicts.csv",
            .citation =
                "Griffith 1989; Goodchild and Hunter 1997 (errors of positions carried into areas); rule packs "
                "name their own sources",
            .execute = execute};
}

}  // namespace vereda::app
