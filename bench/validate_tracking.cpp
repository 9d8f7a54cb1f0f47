/// How well plots are told apart through the years: simulated landscapes with known identity, every jitter beside every
/// cloud share; prints the table of docs/validation.md.
///
///     vereda_validate_tracking [PLOTS [SEEDS [JITTERS [CLOUDS [SHIFT [FIRST]]]]]]
///     vereda_validate_tracking 20000 1 3,5,8,10,15 0,20,40,60 0 1
///
/// JITTERS: metres; CLOUDS: percent; SHIFT: metres, a shift that all outlines of a year share beside the jitter; FIRST:
/// the first seed. With VEREDA_SCORES naming a file, every link that scores between 0.02 and 0.999 goes there (score,
/// whether it is true, form, surveys between, share of unchanged and of changed), to calibrate scores on seeds apart
/// from those of the table.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "geo/error.hpp"
#include "regions/plot_tracks.hpp"
#include "simulate/tracking_landscape.hpp"

namespace vereda::bench {

namespace {

using regions::Outline;
using LinkKey = std::pair<Outline, Outline>;

std::vector<double> numbers(const std::string& list) {
    std::vector<double> values;
    std::istringstream in(list);
    for (std::string item; std::getline(in, item, ',');)
        values.push_back(std::atof(item.c_str()));
    return values;
}

/// Counts over all seeds of one row of the table.
struct Scores {
    double true_links = 0;
    double found = 0;
    double in_review = 0;
    double made = 0;
    double wrong = 0;
    double review = 0;
    std::map<std::string, std::array<double, 3>> by_kind;  ///< true, found, in review
    std::array<double, 10> scored{};                       ///< links made or in review, by tenths of the score
    std::array<double, 10> right{};
    double around_09 = 0;  ///< of score 0.85-0.95
    double around_09_right = 0;
    double seconds = 0;
    double abandoned = 0;  ///< true plots gone for three observed years after a sighting, no event, none missed
    double abandoned_found = 0;
    double told_abandoned = 0;  ///< rows
    std::FILE* listed = nullptr;
    double told_unobserved = 0;  ///< of them, in years in which the truth says less than half of the ground was seen
};

struct Coca {
    std::vector<regions::Survey> surveys;
    std::vector<std::uint32_t> position;  ///< of the landscape's surveys; no_plot: not coca
};

Coca coca_of(const simulate::TrackingLandscape& landscape) {
    Coca coca;
    geo::Diagnostics ignored;
    for (const regions::Survey& survey : landscape.seen.surveys) {
        const bool is_coca = survey.crop == regions::Crop::coca;
        coca.position.push_back(is_coca ? static_cast<std::uint32_t>(coca.surveys.size()) : regions::no_plot);
        if (is_coca) coca.surveys.push_back(survey);
    }
    return coca;
}

void score_links(const simulate::TrackingLandscape& landscape, const Coca& coca, const regions::PlotIdentity& identity,
                 Scores& scores) {
    std::map<LinkKey, std::string> truth;
    for (const simulate::TrueLink& link : landscape.links) {
        const std::uint32_t from = coca.position[link.from_survey];
        const std::uint32_t to = coca.position[link.to_survey];
        if (from == regions::no_plot || link.kind == simulate::LinkKind::relocated) continue;
        truth[{{from, static_cast<std::uint32_t>(link.from_plot)}, {to, static_cast<std::uint32_t>(link.to_plot)}}] =
            std::string(simulate::name_of(link.kind));
    }
    std::set<LinkKey> made;
    const auto score = [&](const regions::PlotLink& link, bool right) {
        const auto tenth = static_cast<std::size_t>(std::min(9.0, link.probability * 10));
        scores.scored[tenth] += 1;
        scores.right[tenth] += right ? 1 : 0;
        if (scores.listed != nullptr && link.probability > 0.02 && link.probability < 0.999)
            std::fprintf(scores.listed, "%.5f %d %d %u %.3f %.3f\n", link.probability, right ? 1 : 0,
                         static_cast<int>(link.form), link.to.survey - link.from.survey, link.ways.unchanged,
                         link.ways.changed);
        if (link.probability >= 0.85 && link.probability < 0.95) {
            scores.around_09 += 1;
            scores.around_09_right += right ? 1 : 0;
        }
    };
    for (const regions::PlotLink& link : identity.links) {
        const LinkKey key{link.from, link.to};
        made.insert(key);
        const bool right = truth.contains(key);
        scores.wrong += right ? 0 : 1;
        score(link, right);
    }
    std::set<LinkKey> open;
    std::set<Outline> open_outlines;
    for (const regions::PlotLink& link : identity.uncertain) {
        open.insert({link.from, link.to});
        open_outlines.insert(link.from);
        open_outlines.insert(link.to);
        score(link, truth.contains({link.from, link.to}));
    }
    for (const auto& [key, kind] : truth) {
        auto& of_kind = scores.by_kind[kind];
        of_kind[0] += 1;
        scores.true_links += 1;
        if (made.contains(key)) {
            of_kind[1] += 1;
            scores.found += 1;
        } else if (open_outlines.contains(key.first) || open_outlines.contains(key.second)) {
            of_kind[2] += 1;
            scores.in_review += 1;
        }
    }
    scores.made += static_cast<double>(identity.links.size());
    scores.review += static_cast<double>(identity.uncertain.size());
}

/// Per true plot and survey: the share of its ground that was seen, and its outline.
struct Watched {
    std::vector<double> seen;
    std::vector<std::string> outline;
};

/// Abandonment as surveys can know it: given up in truth, sighted before, and its ground well seen in at least three
/// survey years since.
void score_abandonment(const simulate::TrackingLandscape& landscape, const Coca& coca,
                       const regions::PlotTracks& tracks, Scores& scores) {
    constexpr double well = 0.9;
    std::map<std::pair<int, std::string>, std::string> track_of;
    std::map<std::string, std::set<int>> abandoned_years;
    for (const regions::TrackRow& row : tracks.rows) {
        if (!row.plot_id.empty()) track_of[{row.year, row.plot_id}] = row.track_id;
        if (row.event == regions::TrackEvent::abandoned) abandoned_years[row.track_id].insert(row.year);
    }
    const std::size_t years = coca.surveys.size();
    std::vector<Watched> watched(landscape.history.plots.size(),
                                 {std::vector<double>(years, 0), std::vector<std::string>(years)});
    std::map<std::pair<int, std::string>, int> plot_of;
    for (const simulate::PlotSighting& sighting : landscape.seen.sightings) {
        const auto at = static_cast<std::size_t>(sighting.year - landscape.parameters.first_year);
        Watched& plot = watched[static_cast<std::size_t>(sighting.true_plot - 1)];
        plot.seen[at] = sighting.observed_share;
        plot.outline[at] = sighting.plot_id;
        if (!sighting.plot_id.empty()) plot_of[{sighting.year, sighting.plot_id}] = sighting.true_plot;
    }
    for (const simulate::TrackedPlot& plot : landscape.history.plots) {
        if (plot.crop != regions::Crop::coca) continue;
        const Watched& own = watched[static_cast<std::size_t>(plot.id - 1)];
        std::optional<std::size_t> last;
        int bare = 0;
        std::size_t counted = 0;
        for (std::size_t y = 0; y < years; ++y) {
            if (!own.outline[y].empty()) {
                last = y;
                bare = 0;
            } else if (last && plot.moments[y].state == simulate::PlotState::abandoned && own.seen[y] >= well) {
                ++bare;
                if (bare == 3) counted = y;
            }
            if (bare < 3 || counted != y) continue;
            const int year = landscape.parameters.first_year + static_cast<int>(*last);
            const auto track = track_of.find({year, own.outline[*last]});
            scores.abandoned += 1;
            const auto told = track == track_of.end() ? abandoned_years.end() : abandoned_years.find(track->second);
            if (told != abandoned_years.end() && told->second.upper_bound(year) != told->second.end())
                scores.abandoned_found += 1;
        }
    }
    int true_plot = 0;
    for (const regions::TrackRow& row : tracks.rows) {
        if (!row.plot_id.empty()) {
            const auto found = plot_of.find({row.year, row.plot_id});
            true_plot = found == plot_of.end() ? 0 : found->second;
        }
        if (row.event != regions::TrackEvent::abandoned) continue;
        scores.told_abandoned += 1;
        const auto at = static_cast<std::size_t>(row.year - landscape.parameters.first_year);
        const bool unobserved =
            true_plot > 0 ? watched[static_cast<std::size_t>(true_plot - 1)].seen[at] < 0.5 : row.observed_share < well;
        scores.told_unobserved += unobserved ? 1 : 0;
    }
}

std::vector<regions::EradicationEvent> events_of(const simulate::TrackingLandscape& landscape) {
    std::vector<regions::EradicationEvent> events;
    for (const simulate::PlotOperation& operation : landscape.history.operations)
        events.push_back(operation.event);
    return events;
}

Scores run_case(const simulate::TrackingParameters& parameters, int first, int seeds) {
    Scores scores;
    if (const char* file = std::getenv("VEREDA_SCORES")) scores.listed = std::fopen(file, "a");
    for (int seed = first; seed < first + seeds; ++seed) {
        const simulate::TrackingLandscape landscape =
            simulate::tracking_landscape(parameters, static_cast<std::uint64_t>(seed));
        const Coca coca = coca_of(landscape);
        geo::Diagnostics diagnostics;
        const auto start = std::chrono::steady_clock::now();
        const regions::PlotIdentity identity = regions::plot_identity(coca.surveys, {}, diagnostics);
        scores.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        score_links(landscape, coca, identity, scores);
        const std::vector<regions::EradicationEvent> events = events_of(landscape);
        score_abandonment(landscape, coca, regions::plot_tracks(coca.surveys, events, {}, diagnostics), scores);
        if (std::getenv("VEREDA_VERBOSE") != nullptr) {
            for (const regions::SurveyFit& fit : identity.fits)
                std::printf("  shift %.2f %.2f scale %.3f ended %.3f new %.3f hyp %zu comp %zu wide %zu unproved %zu\n",
                            fit.shift.x, fit.shift.y, fit.place_scale, fit.ended_share, fit.new_share, fit.candidates,
                            fit.components, fit.wide_components, fit.unproved);
        }
    }
    if (scores.listed != nullptr) std::fclose(scores.listed);
    return scores;
}

double percent(double part, double of) {
    return of > 0 ? 100 * part / of : 0;
}

void print(const simulate::TrackingParameters& parameters, const Scores& s) {
    std::printf(
        "| %.0f | %.0f | %.0f | %.2f | %.2f | %.2f | %.2f | %.1f (%.0f) | %.2f (%.0f) | %.0f of %.0f | %.1f |\n",
        parameters.jitter.value(), 100 * parameters.cloud_share, s.true_links, percent(s.found, s.true_links),
        percent(s.in_review, s.true_links), percent(s.wrong, s.made), percent(s.review, s.made + s.review),
        percent(s.around_09_right, s.around_09), s.around_09, percent(s.abandoned_found, s.abandoned), s.abandoned,
        s.told_unobserved, s.told_abandoned, s.seconds);
    if (std::getenv("VEREDA_VERBOSE") == nullptr) return;
    for (const auto& [kind, counts] : s.by_kind)
        std::printf("    %-10s true %.0f found %.2f%% in review %.2f%%\n", kind.c_str(), counts[0],
                    percent(counts[1], counts[0]), percent(counts[2], counts[0]));
    for (std::size_t tenth = 0; tenth < s.scored.size(); ++tenth)
        std::printf("    score %.1f-%.1f: %.0f links, %.1f%% right\n", static_cast<double>(tenth) / 10,
                    static_cast<double>(tenth + 1) / 10, s.scored[tenth], percent(s.right[tenth], s.scored[tenth]));
}

int run(int count, char** arguments) {
    const auto argument = [&](int i, const char* otherwise) {
        return std::string(i < count ? arguments[i] : otherwise);
    };
    simulate::TrackingParameters parameters;
    parameters.coca_plots = std::atoi(argument(1, "20000").c_str());
    const int seeds = std::atoi(argument(2, "1").c_str());
    parameters.poppy_blocks = 0;
    std::printf(
        "| jitter m | cloud %% | true links | found %% | in review %% | false %% | review %% | right at 0.9 %% (links) "
        "| s |\n");
    std::printf("|---|---|---|---|---|---|---|---|---|---|---|\n");
    parameters.scene_shift = geo::Metres(std::atof(argument(5, "0").c_str()));
    const int first = std::atoi(argument(6, "1").c_str());
    for (const double jitter : numbers(argument(3, "3,5,8,10,15"))) {
        for (const double cloud : numbers(argument(4, "0,20,40,60"))) {
            parameters.jitter = geo::Metres(jitter);
            parameters.cloud_share = cloud / 100;
            print(parameters, run_case(parameters, first, seeds));
            std::fflush(stdout);
        }
    }
    return 0;
}

}  // namespace

}  // namespace vereda::bench

int main(int count, char** arguments) {
    try {
        return vereda::bench::run(count, arguments);
    } catch (const vereda::geo::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return static_cast<int>(error.kind());
    }
}
