#include "app/commands/accuracy.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/accuracy_inputs.hpp"
#include "app/file_reference.hpp"
#include "app/output_folder.hpp"
#include "app/run_outputs.hpp"
#include "app/shared_parameters.hpp"
#include "geo/error.hpp"
#include "geo/io/feature_reader.hpp"

namespace vereda::app {

using namespace geo;
using Json = nlohmann::ordered_json;

namespace {

/// What was asked for, by the options that were given.
enum class Task { sample, matrix, frames, plan, counting };

/// A finished table and what --json and the closing sentence tell of it.
struct Assessment {
    report::RunResults results;
    std::string table;
    Json summary;
    Message done;
};

Task task_of(const Arguments& arguments) {
    std::vector<Task> given;
    if (arguments.has("sample")) given.push_back(Task::sample);
    if (arguments.has("matrix")) given.push_back(Task::matrix);
    if (arguments.has("frames")) given.push_back(Task::frames);
    if (arguments.has("plan-se")) given.push_back(Task::plan);
    if (given.size() > 1) throw Error(ErrorKind::usage, {"accuracy.one_task"_msg, {}});
    const Task task = given.empty() ? Task::counting : given.front();
    if (task == Task::sample && (!arguments.has("stratum") || !arguments.has("reference")))
        throw Error(ErrorKind::usage, {"accuracy.columns_unnamed"_msg, {}});
    return task;
}

TextTable table_at(const std::string& written, const Arguments& arguments, Session& session) {
    const std::size_t bar = written.rfind('|');
    const std::string file = written.substr(0, bar);
    std::string path = resolved_path(file, std::filesystem::current_path(), arguments.flag("allow-references"));
    if (bar != std::string::npos) path += written.substr(bar);
    io::SourceOptions options;
    options.allow_references = arguments.flag("allow-references");
    TextTable table = io::read_table(path, options, session.diagnostics);
    table.locus.file = file;
    return table;
}

/// What `work` gives; errors without a file get that of the areas or of the sample.
template <class Work>
auto in_file(const std::string& file, const Work& work) {
    try {
        return work();
    } catch (Error& error) {
        if (error.kind() == ErrorKind::input) error.in_file(file);
        throw;
    }
}

regions::AccuracyOptions accuracy_options(const Arguments& arguments) {
    return {.confidence = arguments.number("confidence"),
            .strata_are_classes = !arguments.has("map"),
            .areas_count_units = arguments.flag("areas-are-units")};
}

Assessment assess(const Arguments& arguments, Task task, Session& session) {
    const std::string source = arguments.text(task == Task::sample ? "sample" : "matrix");
    const TextTable written = table_at(source, arguments, session);
    const auto areas = read_areas(table_at(arguments.text("areas"), arguments, session));
    const auto counts =
        task == Task::sample
            ? read_sample(written, {arguments.text("stratum"), arguments.text("reference"), arguments.text("map")})
            : read_matrix(written);
    const regions::AccuracyEstimate estimate =
        in_file(source, [&] { return regions::estimate_accuracy(areas, counts, accuracy_options(arguments)); });
    Assessment result;
    result.table = "accuracy";
    result.summary = {{"overall_accuracy", estimate.overall.value},  {"overall_se", estimate.overall.se},
                      {"overall_lo", estimate.overall.lo},           {"overall_hi", estimate.overall.hi},
                      {"total_area", estimate.total_area},           {"units", estimate.units},
                      {"confidence", arguments.number("confidence")}};
    result.done = {"accuracy.done"_msg,
                   {{"overall", fmt::format("{:.3f}", estimate.overall.value)},
                    {"se", fmt::format("{:.3f}", estimate.overall.se)},
                    {"units", std::to_string(estimate.units)},
                    {"path", arguments.text("out")}}};
    result.results.accuracy = estimate.classes;
    return result;
}

Assessment count_pixels(const Arguments& arguments, Session& session) {
    Assessment result;
    result.table = "accuracy";
    double total = 0;
    for (const regions::StratumArea& area : read_areas(table_at(arguments.text("areas"), arguments, session))) {
        regions::ClassEstimate row;
        row.name = area.stratum;
        row.mapped_area = area.area;
        total += area.area;
        result.results.accuracy.push_back(row);
    }
    session.diagnostics.add(
        {Severity::warning, {"accuracy.pixel_counting"_msg, {}}, Locus{arguments.text("areas"), {}, {}, 0, {}}});
    result.summary = {{"overall_accuracy", nullptr}, {"overall_se", nullptr}, {"total_area", total}, {"units", 0}};
    result.done = {"accuracy.counted"_msg, {{"path", arguments.text("out")}}};
    return result;
}

Assessment sample_frames(const Arguments& arguments, Session& session) {
    const std::string source = arguments.text("frames");
    const auto farmland = read_areas(table_at(arguments.text("areas"), arguments, session));
    const FrameColumns columns{arguments.text("frame-crop"), arguments.text("frame-land"), arguments.text("stratum")};
    const auto frames = read_frames(table_at(source, arguments, session), columns);
    const regions::FrameSampleOptions options{.confidence = arguments.number("confidence"),
                                              .draws = static_cast<int>(arguments.integer("draws")),
                                              .seed = static_cast<std::uint64_t>(arguments.integer("seed"))};
    Assessment result;
    result.table = "frame_sample";
    result.results.frame_sample =
        in_file(source, [&] { return regions::estimate_from_frames(farmland, frames, options); });
    const regions::FrameEstimate& total = result.results.frame_sample.back();
    result.summary = {{"area", total.area.value}, {"se", total.area.se},    {"lo", total.area.lo},
                      {"hi", total.area.hi},      {"frames", total.frames}, {"draws", options.draws}};
    result.done = {"accuracy.frames_done"_msg,
                   {{"area", fmt::format("{:.1f}", total.area.value)},
                    {"lo", fmt::format("{:.1f}", total.area.lo)},
                    {"hi", fmt::format("{:.1f}", total.area.hi)},
                    {"path", arguments.text("out")}}};
    return result;
}

Assessment plan(const Arguments& arguments, Session& session) {
    const std::string source = arguments.text("areas");
    const auto strata = read_planned(table_at(source, arguments, session));
    regions::PlanOptions options{.overall_se = arguments.number("plan-se"), .least = arguments.integer("least")};
    if (arguments.flag("areas-are-units")) {
        options.possible_units = 0;
        for (const regions::PlannedStratum& stratum : strata)
            *options.possible_units += stratum.area;
    }
    Assessment result;
    result.table = "sample_plan";
    result.results.sample_plan = in_file(source, [&] { return regions::plan_sample(strata, options); });
    const regions::SamplePlan& made = *result.results.sample_plan;
    result.summary = {{"units", made.units},
                      {"se_proportional", made.proportional_se},
                      {"se_equal", made.equal_se},
                      {"se_optimal", made.optimal_se},
                      {"se_advised", made.advised_se}};
    result.done = {"accuracy.planned"_msg, {{"units", std::to_string(made.units)}, {"path", arguments.text("out")}}};
    return result;
}

Assessment assessment(const Arguments& arguments, Session& session) {
    switch (const Task task = task_of(arguments)) {
        case Task::frames:
            return sample_frames(arguments, session);
        case Task::plan:
            return plan(arguments, session);
        case Task::counting:
            return count_pixels(arguments, session);
        case Task::sample:
        case Task::matrix:
            return assess(arguments, task, session);
    }
    throw Error(ErrorKind::internal, {"accuracy.one_task"_msg, {}});
}

ExitCode execute(const Arguments& arguments, Session& session) {
    const std::string out = arguments.text("out");
    require_writable_file(out, arguments.flag("overwrite"));
    Assessment result = assessment(arguments, session);
    const report::OutputFile file = write_table_file(result.results, result.table, out, session);
    if (session.json) {
        result.summary["output"] = file.path;
        result.summary["sha256"] = file.sha256;
        result.summary["warnings"] = session.diagnostics.count(Severity::warning);
        session.out << result.summary.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    } else if (!session.quiet) {
        session.out << session.messages.text(result.done) << '\n';
    }
    return ExitCode::done;
}

Parameter table(const char* name, MessageId help) {
    return {.name = name, .type = ParameterType::path, .help = help, .value_name = "FILE[|SHEET]"};
}

Parameter column(const char* name, MessageId help, const char* fallback = "") {
    return {.name = name, .type = ParameterType::text, .help = help, .value_name = "COLUMN", .default_text = fallback};
}

std::vector<Parameter> parameters() {
    Parameter areas = table("areas", "command.accuracy.areas"_msg);
    areas.required = true;
    Parameter out = shared::out_file();
    out.help = "command.accuracy.out"_msg;
    return {table("sample", "command.accuracy.sample"_msg),
            column("stratum", "command.accuracy.stratum"_msg),
            column("reference", "command.accuracy.reference"_msg),
            column("map", "command.accuracy.map"_msg),
            table("matrix", "command.accuracy.matrix"_msg),
            table("frames", "command.accuracy.frames"_msg),
            column("frame-crop", "command.accuracy.frame_crop"_msg, "crop"),
            column("frame-land", "command.accuracy.frame_land"_msg, "farmland"),
            {.name = "plan-se",
             .type = ParameterType::number,
             .help = "command.accuracy.plan_se"_msg,
             .least = 0.0001,
             .most = 0.4999},
            {.name = "least",
             .type = ParameterType::integer,
             .help = "command.accuracy.least"_msg,
             .default_text = "50",
             .least = 2,
             .most = 100'000},
            areas,
            {.name = "areas-are-units", .type = ParameterType::flag, .help = "command.accuracy.areas_are_units"_msg},
            {.name = "confidence",
             .type = ParameterType::number,
             .help = "command.accuracy.confidence"_msg,
             .default_text = "0.95",
             .least = 0.5,
             .most = 0.9999},
            {.name = "draws",
             .type = ParameterType::integer,
             .help = "command.accuracy.draws"_msg,
             .default_text = "10000",
             .least = 100,
             .most = 1'000'000},
            out,
            shared::overwrite(),
            shared::seed(),
            shared::allow_references()};
}

}  // namespace

Command accuracy_command() {
    return {.name = "accuracy",
            .summary = "command.accuracy"_msg,
            .parameters = parameters(),
            .inputs = "command.accuracy.inputs"_msg,
            .outputs = "command.accuracy.outputs"_msg,
            .example =
                "vereda accuracy --matrix sample_data/accuracy/matrix.csv --areas sample_data/accuracy/areas.csv "
                "-o accuracy.csv",
            .citation =
                "Olofsson et al. 2014 (strata are map classes, sample size); Stehman 2014 (other strata); Cochran "
                "1977 (ratio of sampled frames)",
            .execute = execute};
}

}  // namespace vereda::app
