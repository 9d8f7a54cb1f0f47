#include "app/commands/readiness.hpp"

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <set>

#include "app/file_reference.hpp"
#include "app/formats/study_toml.hpp"
#include "app/output_folder.hpp"
#include "app/people_inputs.hpp"
#include "app/run_outputs.hpp"
#include "app/study_command.hpp"
#include "geo/error.hpp"
#include "livelihoods/facts.hpp"
#include "livelihoods/readiness_uncertainty.hpp"
#include "livelihoods/registers.hpp"
#include "report/provenance.hpp"

namespace vereda::app {

using namespace geo;
using livelihoods::ReadinessState;

namespace {

std::vector<std::pair<std::string, long>> counts(const report::RunResults& results) {
    std::vector<std::pair<std::string, long>> counts;
    for (const auto state : {ReadinessState::ready, ReadinessState::conditional, ReadinessState::not_ready,
                             ReadinessState::insufficient_data}) {
        counts.emplace_back(livelihoods::name_of(state),
                            std::ranges::count(results.readiness, state, &livelihoods::ReadinessRow::state));
    }
    return counts;
}

TextTable read_rows(const Arguments& arguments, const char* option, Diagnostics& diagnostics) {
    const std::string written = arguments.text(option);
    const std::size_t bar = written.rfind('|');
    const std::string file = written.substr(0, bar);
    io::SourceOptions options;
    options.allow_references = arguments.flag("allow-references") || is_reference(file);
    if (bar != std::string::npos) options.layer = written.substr(bar + 1);
    TextTable table = io::read_table(resolved_path(file, std::filesystem::current_path(), true), options, diagnostics);
    table.locus.file = file;
    if (arguments.text("dates") == "dmy") table.date_order = DateOrder::day_month_year;
    if (arguments.text("decimal") == ",") table.decimal_mark = DecimalMark::comma;
    return table;
}

/// What is stated about each region, and the regions that anything is stated about, in order.
struct Statements {
    std::vector<livelihoods::IndicatorValue> indicators;
    std::vector<livelihoods::GateStatement> evidence;
    std::vector<std::string> region_ids;
    std::optional<Date> last;
};

Statements read_statements(const Arguments& arguments, Diagnostics& diagnostics) {
    Statements statements;
    statements.indicators =
        livelihoods::indicators_from(read_rows(arguments, "indicators", diagnostics), {}, diagnostics);
    if (arguments.has("evidence")) {
        statements.evidence =
            livelihoods::evidence_from(read_rows(arguments, "evidence", diagnostics), {}, {}, diagnostics);
    }
    std::set<std::string> regions;
    const auto take = [&](const auto& rows) {
        for (const auto& row : rows) {
            if (!row.region_id.empty()) regions.insert(row.region_id);
            if (!statements.last || row.as_of > *statements.last) statements.last = row.as_of;
        }
    };
    take(statements.indicators);
    take(statements.evidence);
    statements.region_ids.assign(regions.begin(), regions.end());
    return statements;
}

Date day_of_assessment(const Arguments& arguments, std::optional<Date> last_told) {
    if (!arguments.has("as-of")) {
        if (!last_told)
            throw Error(ErrorKind::input, {"readiness.no_rows"_msg, {}},
                        Locus{arguments.text("indicators"), {}, {}, 0, {}});
        return *last_told;
    }
    const auto day = parse_date(arguments.text("as-of"), DateOrder::iso_only);
    if (!day) {
        throw Error(ErrorKind::usage,
                    {"cli.not_a_date"_msg, {{"option", "--as-of"}, {"value", arguments.text("as-of")}}});
    }
    return *day;
}

report::RunResults judge(const Arguments& arguments, Session& session) {
    Study study;
    study.folder = std::filesystem::current_path();
    study.path = "--model";
    study.readiness_model = arguments.text("model");
    const Statements statements = read_statements(arguments, session.diagnostics);
    const Date as_of = day_of_assessment(arguments, statements.last);
    report::RunResults results;
    results.study.name = "readiness";
    results.study.years = {year_of(as_of)};
    results.readiness_model = read_readiness_model(study, session.share);
    livelihoods::Registers registers;
    registers.indicators = statements.indicators;
    registers.evidence = statements.evidence;
    const auto facts = livelihoods::region_facts(statements.region_ids, registers, as_of, session.diagnostics);
    results.readiness = livelihoods::readiness(*results.readiness_model, facts, as_of);
    results.readiness_uncertainty = livelihoods::readiness_uncertainty(
        *results.readiness_model, facts, results.readiness,
        {static_cast<long>(arguments.integer("draws")), static_cast<std::uint64_t>(arguments.integer("seed")),
         session.parallelism});
    results.diagnostics = session.diagnostics.sorted();
    return results;
}

void tell(const report::RunResults& results, const report::OutputFile& file, const Session& session) {
    if (session.json) {
        session.out << report::summary_json(results, std::span(&file, 1), session.messages.catalogue(),
                                            counts(results));
    } else if (!session.quiet) {
        const auto warnings = std::to_string(session.diagnostics.count(Severity::warning));
        session.out << session.messages.text({"run.table_done"_msg, {{"warnings", warnings}, {"path", file.path}}})
                    << '\n';
    }
}

ExitCode judge_statements(const Arguments& arguments, Session& session) {
    for (const char* needed : {"model", "indicators"})
        if (!arguments.has(needed)) throw Error(ErrorKind::usage, {"readiness.study_or_indicators"_msg, {}});
    if (arguments.text("audience") == "public") throw Error(ErrorKind::usage, {"output.public_needs_folder"_msg, {}});
    const std::string out = arguments.text("out");
    const std::string ending = std::filesystem::path(out).extension().string();
    if (ending != ".csv" && ending != ".xlsx") throw Error(ErrorKind::usage, {"readiness.table_only"_msg, {}});
    require_writable_file(out, arguments.flag("overwrite"));
    const report::RunResults results = judge(arguments, session);
    tell(results, write_table_file(results, "readiness", out, session), session);
    return ExitCode::done;
}

ExitCode execute(const Arguments& arguments, Session& session) {
    const bool stated = arguments.has("model") || arguments.has("indicators") || arguments.has("evidence");
    if (arguments.has("study") == stated) throw Error(ErrorKind::usage, {"readiness.study_or_indicators"_msg, {}});
    if (stated) return judge_statements(arguments, session);
    Study study = load_study(arguments.text("study"), arguments.flag("allow-references"));
    study.as_of = day_of_assessment(arguments, study.as_of);
    if (arguments.has("draws")) study.readiness_draws = static_cast<long>(arguments.integer("draws"));
    return execute_study(arguments, study,
                         {.analyses = {"readiness"}, .table = "readiness", .topic = "readiness", .counts = counts},
                         session);
}

std::vector<Parameter> parameters() {
    std::vector<Parameter> all = study_parameters({
        {.name = "model",
         .type = ParameterType::text,
         .help = "command.readiness.model"_msg,
         .value_name = "NAME|FILE.toml"},
        {.name = "indicators",
         .type = ParameterType::path,
         .help = "command.readiness.indicators"_msg,
         .value_name = "FILE[|SHEET]"},
        {.name = "evidence",
         .type = ParameterType::path,
         .help = "command.readiness.evidence"_msg,
         .value_name = "FILE[|SHEET]"},
        {.name = "as-of",
         .type = ParameterType::text,
         .help = "command.readiness.as_of"_msg,
         .value_name = "YYYY-MM-DD"},
        {.name = "draws",
         .type = ParameterType::integer,
         .help = "command.readiness.draws"_msg,
         .default_text = "10000",
         .least = 1,
         .most = 1'000'000},
        {.name = "decimal",
         .type = ParameterType::choice,
         .help = "command.readiness.decimal"_msg,
         .default_text = ".",
         .choices = {".", ","}},
        {.name = "dates",
         .type = ParameterType::choice,
         .help = "command.readiness.dates"_msg,
         .default_text = "iso",
         .choices = {"iso", "dmy"}},
    });
    std::ranges::find(all, "study", &Parameter::name)->required = false;
    return all;
}

}  // namespace

Command readiness_command() {
    return {.name = "readiness",
            .summary = "command.readiness"_msg,
            .parameters = parameters(),
            .inputs = "command.readiness.inputs"_msg,
            .outputs = "command.readiness.outputs"_msg,
            .example = "vereda readiness sample_data/valle/study.toml -o readiness.csv",
            .citation =
                "A/RES/68/196 (2013); OECD and JRC, Handbook on Constructing Composite Indicators, 2008; "
                "A. Saltelli et al., Comput. Phys. Commun. 181, 2010",
            .execute = execute};
}

}  // namespace vereda::app
