#include <algorithm>
#include <memory>
#include <sstream>

#include "app/analyses/registry_rows.hpp"
#include "geo/io/atomic_file.hpp"
#include "regions/lineage.hpp"
#include "regions/plot_tracks.hpp"
#include "report/lineage_graphml.hpp"

namespace vereda::app {

using namespace geo;

void track_plots(RunContext& run) {
    report::RunResults& results = run.results;
    if (results.surveys.empty()) return run.skip("tracks", "skipped.no_surveys"_msg);
    const bool one_each = std::ranges::adjacent_find(results.surveys, [](const auto& a, const auto& b) {
                              return a.crop == b.crop;
                          }) == results.surveys.end();
    if (one_each) return run.skip("tracks", "skipped.one_survey"_msg);
    regions::TrackingOptions options = run.study.tracking;
    options.identity.parallelism = run.session.parallelism;
    options.identity.progress = &run.session.progress;
    run.session.progress.start_stage({"stage.tracks"_msg, {}}, static_cast<std::int64_t>(results.surveys.size()));
    results.tracks = regions::plot_tracks(results.surveys, results.eradication, options, run.diagnostics());
    if (!run.settings.attachments) return;
    const auto lineage =
        std::make_shared<const regions::Lineage>(regions::lineage_of(*results.tracks, results.surveys));
    run.attachments.push_back({"lineage.graphml", [lineage](const std::string& path) {
                                   std::ostringstream text;
                                   report::write_graphml(text, *lineage);
                                   io::write_file(path, std::move(text).str());
                               }});
}

}  // namespace vereda::app
