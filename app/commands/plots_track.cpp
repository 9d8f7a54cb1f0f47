#include "app/commands/plots_track.hpp"

#include "app/study_command.hpp"
#include "app/survey_options.hpp"
#include "regions/plot_tracks.hpp"

namespace vereda::app {

using namespace geo;

namespace {

std::vector<Parameter> own_parameters() {
    return {
        {.name = "abandoned-after",
         .type = ParameterType::integer,
         .help = "command.plots_track.abandoned_after"_msg,
         .value_name = "YEARS",
         .least = 2,
         .most = 20},
        {.name = "observed-min",
         .type = ParameterType::number,
         .help = "command.plots_track.observed_min"_msg,
         .least = 0.01,
         .most = 1},
        {.name = "accept",
         .type = ParameterType::number,
         .help = "command.plots_track.accept"_msg,
         .least = 0.5,
         .most = 1},
        {.name = "first-harvest-months",
         .type = ParameterType::integer,
         .help = "command.plots_track.first_harvest_months"_msg,
         .least = 0,
         .most = 120},
        {.name = "block-gap-m",
         .type = ParameterType::number,
         .help = "command.plots_track.block_gap"_msg,
         .unit = "m",
         .least = 0,
         .most = 1000},
    };
}

void configure(const Arguments& arguments, Study& study) {
    regions::TrackingOptions& options = study.tracking;
    if (arguments.has("abandoned-after"))
        options.abandoned_after = static_cast<int>(arguments.integer("abandoned-after"));
    if (arguments.has("observed-min")) options.identity.well_observed = arguments.number("observed-min");
    if (arguments.has("accept")) options.identity.accept = arguments.number("accept");
    if (arguments.has("first-harvest-months"))
        options.first_harvest_months = static_cast<int>(arguments.integer("first-harvest-months"));
    if (arguments.has("block-gap-m")) options.block_gap = Metres(arguments.number("block-gap-m"));
}

std::vector<std::pair<std::string, long>> counts(const report::RunResults& results) {
    if (!results.tracks) return {};
    std::vector<std::pair<std::string, long>> counts;
    long tracks = 0;
    const std::string* track = nullptr;
    for (int e = 0; e <= static_cast<int>(regions::TrackEvent::uncertain); ++e)
        counts.emplace_back(regions::name_of(static_cast<regions::TrackEvent>(e)), 0);
    for (const regions::TrackRow& row : results.tracks->rows) {
        ++counts[static_cast<std::size_t>(row.event)].second;
        if (track == nullptr || *track != row.track_id) ++tracks;
        track = &row.track_id;
    }
    counts.emplace_back("tracks", tracks);
    counts.emplace_back("links", static_cast<long>(results.tracks->links.size()));
    counts.emplace_back("review", static_cast<long>(results.tracks->review.size()));
    return counts;
}

ExitCode execute(const Arguments& arguments, Session& session) {
    Study study = study_of(arguments);
    configure(arguments, study);
    return execute_study(arguments, study, {.analyses = {"tracks"}, .table = "tracks", .counts = counts}, session);
}

}  // namespace

Command plots_track_command() {
    return {.name = "plots track",
            .summary = "command.plots_track"_msg,
            .parameters = survey_parameters(own_parameters()),
            .inputs = "command.plots_track.inputs"_msg,
            .outputs = "command.plots_track.outputs"_msg,
            .example =
                "vereda plots track --survey 2016=sample_data/pnis_like/plots_2016.geojson "
                "--survey 2020=sample_data/pnis_like/plots_2020.geojson -o tracks",
            .citation =
                "J. Williams, R. Lau, Approximate evaluation of marginal association probabilities with belief "
                "propagation, IEEE Trans. Aerosp. Electron. Syst. 50(4), 2014",
            .execute = execute};
}

}  // namespace vereda::app
