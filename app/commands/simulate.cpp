#include "app/commands/simulate.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/formats/displacement_landscape_files.hpp"
#include "app/formats/displacement_study_files.hpp"
#include "app/formats/landscape_files.hpp"
#include "app/formats/tracking_study.hpp"
#include "app/output_folder.hpp"
#include "app/shared_parameters.hpp"
#include "geo/error.hpp"
#include "simulate/displacement_study.hpp"
#include "simulate/landscape.hpp"
#include "simulate/tracking_landscape.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr const char* tracking_preset = "tracking";

/// What was made, for the summary on stdout.
using Facts = nlohmann::ordered_json;

std::vector<std::string> all_presets() {
    std::vector<std::string> names = simulate::preset_names();
    names.emplace_back(tracking_preset);
    std::ranges::copy(simulate::displacement_preset_names(), std::back_inserter(names));
    return names;
}

/// Options that belong to other presets are refused, not ignored.
void require_options_of(const Arguments& arguments, const std::string& preset,
                        const std::vector<std::string>& foreign) {
    for (const std::string& name : foreign) {
        if (arguments.has(name))
            throw Error(ErrorKind::usage,
                        {"simulate.option_of_other_preset"_msg, {{"option", "--" + name}, {"preset", preset}}});
    }
}

const std::vector<std::string> tracking_options{"plots", "years", "jitter", "scene-shift", "cloud", "missed"};

Facts make_valle(const Arguments& arguments, std::uint64_t seed, const std::string& folder, Session& session) {
    const std::string preset = arguments.text("preset");
    require_options_of(arguments, preset, tracking_options);
    require_options_of(arguments, preset, {"panel-only"});
    const simulate::Landscape landscape = simulate::simulate(*simulate::preset(preset), seed);
    session.progress.check();
    write_landscape(landscape, folder, session.progress);
    return {{"regions", landscape.land.veredas.size()},
            {"households", landscape.people.households.size()},
            {"true_plots", landscape.cultivation.plots.size()}};
}

Facts make_tracking(const Arguments& arguments, std::uint64_t seed, const std::string& folder, Session& session) {
    require_options_of(arguments, tracking_preset, {"panel-only"});
    simulate::TrackingParameters parameters;
    if (arguments.has("plots")) parameters.coca_plots = static_cast<int>(arguments.integer("plots"));
    if (arguments.has("years")) parameters.years = static_cast<int>(arguments.integer("years"));
    if (arguments.has("jitter")) parameters.jitter = Metres(arguments.number("jitter"));
    if (arguments.has("scene-shift")) parameters.scene_shift = Metres(arguments.number("scene-shift"));
    if (arguments.has("cloud")) parameters.cloud_share = arguments.number("cloud");
    if (arguments.has("missed")) parameters.missed_share = arguments.number("missed");
    parameters.poppy_blocks = std::min(parameters.poppy_blocks, parameters.coca_plots / 20);
    const simulate::TrackingLandscape landscape = simulate::tracking_landscape(parameters, seed);
    session.progress.check();
    write_simulated_study(tracking_study(landscape), folder, session.progress);
    std::size_t outlines = 0;
    for (const regions::Survey& survey : landscape.seen.surveys)
        outlines += survey.plots.size();
    return {{"regions", landscape.layout.communities.size()},
            {"true_plots", landscape.history.plots.size()},
            {"outlines", outlines},
            {"true_links", landscape.links.size()}};
}

Facts make_frontier(const simulate::DisplacementParameters& parameters, std::uint64_t seed, const std::string& folder,
                    Session& session) {
    const simulate::DisplacementLandscape landscape =
        simulate::displacement_landscape(simulate::on_the_ground(parameters), seed);
    session.progress.check();
    write_simulated_study(displacement_landscape_study(landscape), folder, session.progress);
    return {{"regions", landscape.study.land.regions.size()},
            {"true_plots", landscape.ground.plots.size()},
            {"events", landscape.study.truth.all.events},
            {"displaced_share", landscape.study.truth.all.displaced_share()}};
}

Facts make_displacement(const Arguments& arguments, std::uint64_t seed, const std::string& folder, Session& session) {
    const std::string preset = arguments.text("preset");
    require_options_of(arguments, preset, tracking_options);
    const simulate::DisplacementParameters parameters = *simulate::displacement_preset(preset);
    if (!arguments.flag("panel-only")) return make_frontier(parameters, seed, folder, session);
    const simulate::DisplacementStudy study = simulate::displacement_study(parameters, seed);
    session.progress.check();
    write_simulated_study(displacement_panel_study(study), folder, session.progress);
    return {{"regions", study.land.regions.size()},
            {"cells", study.land.cells.size()},
            {"events", study.events.size()},
            {"displaced_share", study.truth.all.displaced_share()}};
}

ExitCode execute(const Arguments& arguments, Session& session) {
    OutputFolder output(arguments.text("dir"), arguments.flag("overwrite"));
    const std::string preset = arguments.text("preset");
    const auto seed = static_cast<std::uint64_t>(arguments.integer("seed"));
    const auto make = preset == tracking_preset               ? make_tracking
                      : simulate::displacement_preset(preset) ? make_displacement
                                                              : make_valle;
    const Facts facts = make(arguments, seed, output.path(), session);
    session.progress.check();
    output.commit();
    if (session.json) {
        nlohmann::ordered_json json;
        json["command"] = "simulate";
        json["folder"] = output.target();
        json["preset"] = preset;
        json["seed"] = seed;
        json.update(facts);
        session.out << json.dump(2) << '\n';
    } else if (!session.quiet) {
        session.out << session.messages.text({"simulate.done"_msg, {{"folder", output.target()}}}) << '\n';
    }
    return ExitCode::done;
}

Parameter number(const char* name, MessageId help, const char* unit, double least, double most) {
    return {.name = name, .type = ParameterType::number, .help = help, .unit = unit, .least = least, .most = most};
}
Parameter integer(const char* name, MessageId help, double least, double most) {
    return {.name = name, .type = ParameterType::integer, .help = help, .least = least, .most = most};
}

}  // namespace

Command simulate_command() {
    return {
        .name = "simulate",
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
                        .choices = all_presets()},
                       {.name = "panel-only", .type = ParameterType::flag, .help = "command.simulate.panel_only"_msg},
                       integer("plots", "command.simulate.plots"_msg, 50, 1'000'000),
                       integer("years", "command.simulate.years"_msg, 2, 60),
                       number("jitter", "command.simulate.jitter"_msg, "m", 0, 30),
                       number("scene-shift", "command.simulate.scene_shift"_msg, "m", 0, 100),
                       number("cloud", "command.simulate.cloud"_msg, "0-1", 0, 0.9),
                       number("missed", "command.simulate.missed"_msg, "0-1", 0, 1),
                       shared::seed(),
                       shared::overwrite()},
        .inputs = "command.simulate.inputs"_msg,
        .outputs = "command.simulate.outputs"_msg,
        .example = "vereda simulate mi-valle --preset valle --seed 7",
        .execute = execute};
}

}  // namespace vereda::app
