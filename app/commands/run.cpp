#include "app/commands/run.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/formats/study_toml.hpp"
#include "app/output_folder.hpp"
#include "app/pipeline.hpp"
#include "app/run_outputs.hpp"
#include "app/shared_parameters.hpp"
#include "app/version.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/libraries.hpp"

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

void tell(const report::RunResults& results, const std::string& target, const Session& session) {
    const auto say = [&](const Message& message) { session.out << session.messages.text(message) << '\n'; };
    for (const report::SkippedAnalysis& skipped : results.skipped) {
        say({"run.skipped"_msg, {{"analysis", skipped.analysis}, {"reason", session.messages.text(skipped.reason)}}});
    }
    say({"run.done"_msg,
         {{"warnings", std::to_string(session.diagnostics.count(Severity::warning))},
          {"report", (std::filesystem::path(target) / "report-internal.html").string()}}});
}

ExitCode execute(const Arguments& arguments, Session& session) {
    const Clock::time_point started = Clock::now();
    const bool references = arguments.flag("allow-references");
    const Study study = load_study(arguments.text("study"), references);
    io::limit_block_cache(arguments.bytes("memory") / 4);
    OutputFolder output(arguments.text("out"), arguments.flag("overwrite"));
    const PipelineSettings settings{static_cast<unsigned long>(arguments.integer("seed")), references};
    const report::RunResults results = run_study(study, settings, session);
    const auto files = write_run(results, arguments.text("audience") == "public", output.path(), session);
    io::write_file((std::filesystem::path(output.path()) / "run.log.json").string(), run_log(started, session));
    session.progress.check();
    output.commit();
    if (session.json) {
        session.out << report::summary_json(results, files, session.messages.catalogue());
    } else if (!session.quiet) {
        tell(results, output.target(), session);
    }
    return ExitCode::done;
}

}  // namespace

Command run_command() {
    return {.name = "run",
            .summary = "command.run"_msg,
            .parameters = {{.name = "study",
                            .type = ParameterType::path,
                            .help = "command.run.study"_msg,
                            .positional = true,
                            .required = true},
                           shared::out_folder(),
                           shared::overwrite(),
                           shared::jobs(),
                           shared::memory(),
                           shared::seed(),
                           shared::audience(),
                           shared::allow_references()},
            .inputs = "command.run.inputs"_msg,
            .outputs = "command.run.outputs"_msg,
            .example = "vereda run sample_data/valle/study.toml -o valle-output",
            .execute = execute};
}

}  // namespace vereda::app
