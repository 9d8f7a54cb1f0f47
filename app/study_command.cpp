#include "app/study_command.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>
#include <regex>

#include "app/formats/study_toml.hpp"
#include "app/output_folder.hpp"
#include "app/run_outputs.hpp"
#include "app/shared_parameters.hpp"
#include "app/version.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/libraries.hpp"
#include "report/key_sentences.hpp"
#include "report/provenance.hpp"

namespace vereda::app {

using namespace geo;

namespace {

using Clock = std::chrono::system_clock;

std::string utc(Clock::time_point time) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(Clock::to_time_t(time)));
}

/// The only file of an output that may differ between two runs on the same input.
std::string run_log(Clock::time_point started, const Session& session) {
    const Clock::time_point ended = Clock::now();
    nlohmann::ordered_json json;
    json["vereda"] = version();
    json["started"] = utc(started);
    json["ended"] = utc(ended);
    json["seconds"] = std::chrono::duration<double>(ended - started).count();
    json["jobs"] = session.parallelism.jobs;
    return json.dump(2) + "\n";
}

PipelineSettings settings_of(const Arguments& arguments, const StudyTask& task) {
    return {static_cast<unsigned long>(arguments.integer("seed")), arguments.flag("allow-references"),
            arguments.bytes("memory"), task.analyses};
}

/// What was asked for and left out, the answer, where files are. What only stood behind what was asked is not told.
void tell(const report::RunResults& results, const StudyTask& task, const Message& done, const Session& session) {
    const auto say = [&](const Message& message) { session.out << session.messages.text(message) << '\n'; };
    for (const report::SkippedAnalysis& skipped : results.skipped) {
        if (!task.analyses.empty() && std::ranges::find(task.analyses, skipped.analysis) == task.analyses.end())
            continue;
        say({"run.skipped"_msg, {{"analysis", skipped.analysis}, {"reason", session.messages.text(skipped.reason)}}});
    }
    if (!task.topic.empty()) {
        const auto sentences =
            report::key_sentences(results, report::key_figures(results), session.messages.catalogue());
        const auto answer = std::ranges::find(sentences, task.topic, &report::KeySentence::topic);
        if (answer != sentences.end() && answer->answered) session.out << answer->answer << '\n';
    }
    say(done);
}

/// --json, or the sentences.
void answer(const report::RunResults& results, const std::vector<report::OutputFile>& files, const StudyTask& task,
            const Message& done, const Session& session) {
    if (session.json) {
        const auto counts = task.counts ? task.counts(results) : std::vector<std::pair<std::string, long>>{};
        session.out << report::summary_json(results, files, session.messages.catalogue(), counts);
    } else if (!session.quiet) {
        tell(results, task, done, session);
    }
}

std::string warnings(const Session& session) {
    return std::to_string(session.diagnostics.count(Severity::warning));
}

/// What was asked stands beside what was found; passwords of databases do not.
void write_study_copy(const Study& study, const std::filesystem::path& folder) {
    static const std::regex password("(password\\s*=\\s*)('[^']*'|[^\\s'\"]+)", std::regex::icase);
    const std::string text = io::read_file(study.path);
    io::write_file((folder / "study.toml").string(), std::regex_replace(text, password, "$1***"));
}

void write_folder(const Arguments& arguments, const Study& study, const StudyTask& task, Session& session,
                  report::RunResults& results) {
    const Clock::time_point started = Clock::now();
    OutputFolder output(arguments.text("out"), arguments.flag("overwrite"));
    RunFindings found = run_study(study, settings_of(arguments, task), session);
    const auto files = write_run(found, {arguments.text("audience") == "public", arguments.flag("flatgeobuf")},
                                 output.path(), session);
    io::write_file((std::filesystem::path(output.path()) / "run.log.json").string(), run_log(started, session));
    if (!study.path.empty()) write_study_copy(study, output.path());
    session.progress.check();
    output.commit();
    results = std::move(found.results);
    const std::string report = (std::filesystem::path(output.target()) / "report-internal.html").string();
    answer(results, files, task, {"run.done"_msg, {{"warnings", warnings(session)}, {"report", report}}}, session);
}

void write_one_table(const Arguments& arguments, const Study& study, const StudyTask& task, Session& session,
                     report::RunResults& results) {
    const std::string out = arguments.text("out");
    if (arguments.text("audience") == "public") throw Error(ErrorKind::usage, {"output.public_needs_folder"_msg, {}});
    require_writable_file(out, arguments.flag("overwrite"));
    PipelineSettings settings = settings_of(arguments, task);
    settings.attachments = false;
    results = run_study(study, settings, session).results;
    const report::OutputFile file = write_table_file(results, task.table, out, session);
    answer(results, {file}, task, {"run.table_done"_msg, {{"warnings", warnings(session)}, {"path", out}}}, session);
}

/// Refuses the endings of files that are not written: a folder "reach.xls" is what nobody wanted.
bool names_a_table(const std::string& out) {
    static constexpr std::array others{".txt", ".tsv",     ".xls",     ".xlsm", ".ods", ".json",
                                       ".pdf", ".parquet", ".geojson", ".gpkg", ".shp", ".html"};
    const std::string ending = std::filesystem::path(out).extension().string();
    if (std::ranges::find(others, ending) != others.end() && !std::filesystem::is_directory(out))
        throw Error(ErrorKind::usage, {"output.table_ending"_msg, {{"ending", ending}}}, Locus{out, {}, {}, 0, {}});
    return ending == ".csv" || ending == ".xlsx";
}

}  // namespace

std::vector<Parameter> study_parameters(std::vector<Parameter> own) {
    std::vector<Parameter> all{{.name = "study",
                                .type = ParameterType::path,
                                .help = "command.run.study"_msg,
                                .positional = true,
                                .required = true}};
    std::ranges::move(own, std::back_inserter(all));
    for (const Parameter& parameter :
         {shared::out_folder(), shared::overwrite(), shared::jobs(), shared::memory(), shared::seed(),
          shared::audience(), shared::flatgeobuf(), shared::allow_references()})
        all.push_back(parameter);
    return all;
}

ExitCode execute_study(const Arguments& arguments, const Study& study, const StudyTask& task, Session& session) {
    io::limit_block_cache(arguments.bytes("memory") / 4);
    report::RunResults results;
    if (!task.table.empty() && names_a_table(arguments.text("out"))) {
        write_one_table(arguments, study, task, session, results);
    } else {
        write_folder(arguments, study, task, session, results);
    }
    return task.answer ? task.answer(results) : ExitCode::done;
}

ExitCode execute_study(const Arguments& arguments, const StudyTask& task, Session& session) {
    Study study = load_study(arguments.text("study"), arguments.flag("allow-references"));
    if (task.configure) task.configure(arguments, study);
    return execute_study(arguments, study, task, session);
}

}  // namespace vereda::app
