#include "app/commands/report.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>
#include <span>

#include "app/formats/study_toml.hpp"
#include "app/output_folder.hpp"
#include "app/pipeline.hpp"
#include "app/replication_bundle.hpp"
#include "app/run_outputs.hpp"
#include "app/shared_parameters.hpp"
#include "app/study_files.hpp"
#include "app/version.hpp"
#include "app/workbook_sheets.hpp"
#include "app/written_run.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/content_hash.hpp"

namespace vereda::app {

using namespace geo;
namespace fs = std::filesystem;

namespace {

/// What was done, for the answer.
struct Done {
    std::vector<std::string> written;
    std::size_t tables = 0;  ///< held against their hashes
    std::size_t same = 0;    ///< of them, those that came out the same again
    bool analysed = false;   ///< with --study
};

/// The hashes of the files that the study names now, against those of the run. Throws Error(integrity).
void require_same_inputs(const WrittenRun& run, std::span<const report::InputFile> inputs) {
    for (const report::InputFile& input : inputs) {
        const bool same = std::ranges::any_of(run.inputs, [&](const report::InputFile& then) {
            return then.role == input.role && then.path == input.path && then.sha256 == input.sha256;
        });
        if (!same)
            throw Error(ErrorKind::integrity, {"report.input_changed"_msg, {{"role", input.role}}},
                        Locus{input.path, {}, {}, 0, {}});
    }
    if (inputs.size() != run.inputs.size())
        throw Error(ErrorKind::integrity, {"report.inputs_differ"_msg, {}}, Locus{run.folder.string(), {}, {}, 0, {}});
}

PipelineSettings settings_of(const WrittenRun& run, const Arguments& arguments) {
    PipelineSettings settings{run.seed, run.parameter("allow_references") == "yes", arguments.bytes("memory"), {}};
    const std::string analyses = run.parameter("analyses");
    for (std::size_t at = 0; !analyses.empty() && at < analyses.size();) {
        const std::size_t end = std::min(analyses.find(", ", at), analyses.size());
        settings.analyses.push_back(analyses.substr(at, end - at));
        at = end + 2;
    }
    return settings;
}

/// The whole folder anew from the study, in this call's language, where nothing that decides its figures has changed.
void rebuild(const WrittenRun& run, const Arguments& arguments, Session& session, Done& done) {
    const PipelineSettings settings = settings_of(run, arguments);
    const Study study = load_study(arguments.text("study"), settings.allow_references);
    InputWatch watch(files_of(study), session.parallelism);
    require_same_inputs(run, watch.hashed());
    if (run.vereda_version != version()) {
        session.diagnostics.add(
            {Severity::warning,
             {"report.other_version"_msg, {{"then", run.vereda_version}, {"now", std::string(version())}}},
             {}});
    }
    const std::vector<WrittenTable> before = written_tables(run);
    OutputFolder output(run.folder.string(), true);
    const RunFindings found = run_study(study, settings, session);
    const auto files = write_run(found, {run.has_public, run.has_flatgeobuf}, output.path(), session);
    if (run.vereda_version == version() &&
        io::read_file((fs::path(output.path()) / "run.json").string()) != run.run_json)
        throw Error(ErrorKind::integrity, {"report.other_choices"_msg, {}}, Locus{run.folder.string(), {}, {}, 0, {}});
    for (const char* kept : {"study.toml", "run.log.json"}) {
        std::error_code error;
        if (fs::is_regular_file(run.folder / kept, error))
            io::write_file((fs::path(output.path()) / kept).string(), io::read_file((run.folder / kept).string()));
    }
    done.analysed = true;
    done.tables = before.size();
    for (const WrittenTable& table : before) {
        const bool same = std::ranges::any_of(files, [&](const report::OutputFile& file) {
            return file.path == "tables/" + table.path && file.sha256 == table.sha256;
        });
        done.same += same ? 1 : 0;
    }
    for (const report::OutputFile& file : files)
        done.written.push_back(file.path);
    output.commit();
}

/// The workbook anew from the tables, in this call's language.
void rebuild_workbook(const WrittenRun& run, const Session& session, Done& done) {
    const std::vector<WrittenTable> tables = written_tables(run);
    std::vector<report::TableFile> files;
    for (const WrittenTable& table : tables)
        files.push_back({&table.table, table.path, table.sha256, table.bytes});
    io::write_workbook((run.folder / "vereda-internal.xlsx").string(),
                       workbook_sheets(run.study_name, files, report::Edition::internal, session.messages.catalogue()));
    done.tables = tables.size();
    done.written.emplace_back("vereda-internal.xlsx");
}

void answer(const Done& done, const std::string& out, const Session& session) {
    if (session.json) {
        nlohmann::ordered_json json{{"tables", done.tables}, {"written", done.written}};
        if (done.analysed) json["tables_same"] = done.same;
        session.out << json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
        return;
    }
    if (session.quiet) return;
    const Message message =
        done.analysed
            ? Message{"report.rebuilt"_msg,
                      {{"path", out}, {"tables", std::to_string(done.tables)}, {"same", std::to_string(done.same)}}}
            : Message{
                  "report.done"_msg,
                  {{"tables", std::to_string(done.tables)}, {"path", (fs::path(out) / done.written.front()).string()}}};
    session.out << session.messages.text(message) << '\n';
}

ExitCode execute(const Arguments& arguments, Session& session) {
    const std::string out = arguments.text("out-folder");
    const std::string bundle = arguments.text("bundle");
    const bool is_public = arguments.text("audience") == "public";
    if (!bundle.empty() && fs::path(bundle).extension() != ".zip")
        throw Error(ErrorKind::usage, {"report.bundle_is_zip"_msg, {}}, Locus{bundle, {}, {}, 0, {}});
    if (!bundle.empty()) require_writable_file(bundle, arguments.flag("overwrite"));
    const WrittenRun run = written_run(out);
    Done done;
    if (arguments.has("study")) {
        rebuild(run, arguments, session, done);
    } else if (bundle.empty()) {
        rebuild_workbook(run, session, done);
    }
    if (bundle.empty()) {
        answer(done, out, session);
        return ExitCode::done;
    }
    done.tables = written_tables(run).size();
    write_bundle(run, bundle, is_public, session);
    done.written.push_back(bundle);
    if (session.json) {
        answer(done, out, session);
    } else if (!session.quiet) {
        session.out << session.messages.text({"report.bundled"_msg, {{"path", bundle}}}) << '\n';
    }
    return ExitCode::done;
}

std::vector<Parameter> parameters() {
    return {
        {.name = "out-folder",
         .type = ParameterType::path,
         .help = "command.report.out_folder"_msg,
         .positional = true,
         .required = true},
        {.name = "study", .type = ParameterType::path, .help = "command.report.study"_msg, .value_name = "STUDY.toml"},
        {.name = "bundle", .type = ParameterType::path, .help = "command.report.bundle"_msg, .value_name = "FILE.zip"},
        shared::overwrite(),
        shared::audience(),
        shared::jobs(),
        shared::memory()};
}

}  // namespace

Command report_command() {
    return {.name = "report",
            .summary = "command.report"_msg,
            .parameters = parameters(),
            .inputs = "command.report.inputs"_msg,
            .outputs = "command.report.outputs"_msg,
            .example = "vereda report valle-output --bundle valle-internal.zip",
            .execute = execute};
}

}  // namespace vereda::app
