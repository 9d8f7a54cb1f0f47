#include "app/commands/simulate.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

#include "app/formats/landscape_files.hpp"
#include "app/output_folder.hpp"
#include "app/shared_parameters.hpp"
#include "simulate/landscape.hpp"

namespace vereda::app {

using namespace geo;

namespace {

ExitCode execute(const Arguments& arguments, Session& session) {
    OutputFolder output(arguments.text("dir"), arguments.flag("overwrite"));
    const auto parameters = simulate::preset(arguments.text("preset"));
    const auto seed = static_cast<std::uint64_t>(arguments.integer("seed"));
    const simulate::Landscape landscape = simulate::simulate(*parameters, seed);
    session.progress.check();
    write_landscape(landscape, output.path(), session.progress);
    session.progress.check();
    output.commit();
    if (session.json) {
        nlohmann::ordered_json json;
        json["command"] = "simulate";
        json["folder"] = output.target();
        json["seed"] = seed;
        json["regions"] = landscape.land.veredas.size();
        json["households"] = landscape.people.households.size();
        json["true_plots"] = landscape.cultivation.plots.size();
        session.out << json.dump(2) << '\n';
    } else if (!session.quiet) {
        session.out << session.messages.text({"simulate.done"_msg, {{"folder", output.target()}}}) << '\n';
    }
    return ExitCode::done;
}

}  // namespace

Command simulate_command() {
    return {.name = "simulate",
            .summary = "command.simulate"_msg,
            .parameters = {{.name = "dir",
                            .type = ParameterType::path,
                            .help = "command.simulate.dir"_msg,
                            .positional = true,
                            .required = true},
                           {.name = "preset",
                            .type = ParameterType::choice,
                            .help = "command.simulate.preset"_msg,
                            .default_text = "valle",
                            .choices = simulate::preset_names()},
                           shared::seed(),
                           shared::overwrite()},
            .inputs = "command.simulate.inputs"_msg,
            .outputs = "command.simulate.outputs"_msg,
            .example = "vereda simulate mi-valle --preset valle --seed 7",
            .execute = execute};
}

}  // namespace vereda::app
