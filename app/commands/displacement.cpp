#include "app/commands/displacement.hpp"

#include <algorithm>
#include <ostream>

#include "app/formats/study_toml.hpp"
#include "app/frozen_plan.hpp"
#include "app/study_command.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "report/displacement_words.hpp"

namespace vereda::app {

using namespace geo;

namespace {

ExitCode execute(const Arguments& arguments, Session& session) {
    Study study = load_study(arguments.text("study"), arguments.flag("allow-references"));
    const auto seed = static_cast<unsigned long>(arguments.integer("seed"));
    if (arguments.has("freeze") && arguments.has("frozen")) throw Error(ErrorKind::usage, {"frozen.both"_msg, {}});
    if (arguments.has("freeze")) {
        io::write_file(arguments.text("freeze"), frozen_plan_json(study, seed));
        if (!session.quiet && !session.json)
            session.out << session.messages.text(
                               {"frozen.written"_msg,
                                {{"path", arguments.text("freeze")}, {"hash", plan_hash(study, seed)}}})
                        << '\n';
        if (!arguments.has("out")) return ExitCode::done;
    }
    if (!arguments.has("out")) throw Error(ErrorKind::usage, {"displacement.out_missing"_msg, {}});
    if (arguments.has("frozen")) require_frozen(study, seed, arguments.text("frozen"));
    study.displacement.frozen = arguments.has("freeze") || arguments.has("frozen");
    const StudyTask task{.analyses = {"displacement"}, .table = "displacement"};
    return execute_study(arguments, study, task, session);
}

std::vector<Parameter> parameters() {
    std::vector<Parameter> all = study_parameters({
        {.name = "freeze",
         .type = ParameterType::path,
         .help = "command.displacement.freeze"_msg,
         .value_name = "FILE.json"},
        {.name = "frozen",
         .type = ParameterType::path,
         .help = "command.displacement.frozen"_msg,
         .value_name = "FILE.json"},
    });
    std::ranges::find(all, "out", &Parameter::name)->required = false;
    return all;
}

}  // namespace

Command displacement_command() {
    return {.name = "displacement",
            .summary = "command.displacement"_msg,
            .parameters = parameters(),
            .inputs = "command.displacement.inputs"_msg,
            .outputs = "command.displacement.outputs"_msg,
            .example = "vereda displacement sample_data/valle/study.toml -o displacement-output",
            .citation =
                "Dube, Girardi, Jorda and Taylor 2023 (local projections); Callaway and Sant'Anna 2021 "
                "(group-time effects); Cameron, Gelbach and Miller 2008 (wild cluster bootstrap); Bowers and "
                "Johnson 2003 (weighted displacement quotient)",
            .execute = execute};
}

}  // namespace vereda::app
