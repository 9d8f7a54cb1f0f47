#include <cmath>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "geo/error.hpp"
#include "geo/topology.hpp"
#include "simulate/outline.hpp"
#include "simulate/tracking_landscape.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::simulate;

namespace {

TrackingParameters small_tracking() {
    TrackingParameters parameters;
    parameters.coca_plots = 1500;
    parameters.poppy_blocks = 40;
    return parameters;
}

const TrackingLandscape& made(std::uint64_t seed) {
    static std::map<std::uint64_t, TrackingLandscape> cache;
    const auto found = cache.find(seed);
    if (found != cache.end()) return found->second;
    return cache.emplace(seed, tracking_landscape(small_tracking(), seed)).first->second;
}

double area_of_ring(const geo::Ring& ring) {
    return geo::planar_area(as_polygons(ring));
}

std::string everything(const TrackingLandscape& landscape) {
    std::ostringstream out;
    out.precision(17);
    for (const regions::Survey& survey : landscape.seen.surveys) {
        for (const regions::Plot& plot : survey.plots) {
            out << plot.id << ':';
            for (const geo::Polygon& part : plot.outline) {
                for (const geo::Point p : part.outer)
                    out << p.x << ' ' << p.y << ',';
            }
        }
    }
    for (const TrueLink& link : landscape.links)
        out << link.from_survey << ' ' << link.from_plot << ' ' << link.to_survey << ' ' << link.to_plot << ',';
    return out.str();
}

bool lives(PlotState state) {
    return state == PlotState::standing || state == PlotState::renewed;
}

}  // namespace

TEST_CASE("a tracking landscape depends on its seed and on nothing else") {
    const std::string first = everything(made(1));
    CHECK((first == everything(tracking_landscape(small_tracking(), 1))));
    CHECK((first != everything(made(2))));
}

TEST_CASE("more clouds leave plots and their history as they were") {
    TrackingParameters cloudy = small_tracking();
    cloudy.cloud_share = 0.6;
    const TrackingLandscape other = tracking_landscape(cloudy, 1);
    REQUIRE(other.history.plots.size() == made(1).history.plots.size());
    for (std::size_t i = 0; i < other.history.plots.size(); ++i) {
        for (std::size_t y = 0; y < other.history.plots[i].moments.size(); ++y) {
            REQUIRE(other.history.plots[i].moments[y].state == made(1).history.plots[i].moments[y].state);
            REQUIRE((other.history.plots[i].moments[y].outline == made(1).history.plots[i].moments[y].outline));
        }
    }
}

TEST_CASE("the asked number of plots stands at first, of a size and at distances of a colony") {
    std::size_t standing = 0;
    double area = 0;
    for (const TrackedPlot& plot : made(1).history.plots) {
        if (plot.crop != regions::Crop::coca || !lives(plot.moments.front().state)) continue;
        ++standing;
        area += area_of_ring(plot.moments.front().outline);
    }
    CHECK(standing >= 1485);
    CHECK(standing <= 1500);
    CHECK(area / static_cast<double>(standing) == Approx(1600).epsilon(0.1));
}

TEST_CASE("plots that stand never overlap on the ground") {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const TrackingLandscape& landscape = made(seed);
        for (const std::size_t year : {0U, 4U, 9U}) {
            std::vector<geo::MultiPolygon> outlines;
            double sum = 0;
            for (const TrackedPlot& plot : landscape.history.plots) {
                if (!lives(plot.moments[year].state)) continue;
                outlines.push_back(as_polygons(plot.moments[year].outline));
                REQUIRE_FALSE(geo::invalidity(outlines.back()));
                sum += geo::planar_area(outlines.back());
            }
            CHECK(geo::planar_area(geo::union_of(outlines)) == Approx(sum).epsilon(2e-5));
        }
    }
}

TEST_CASE("drawn outlines are valid, inside what was observed, and each belongs to at most one true plot") {
    for (const std::uint64_t seed : {1U, 2U}) {
        const TrackingLandscape& landscape = made(seed);
        for (std::size_t s = 0; s < landscape.seen.surveys.size(); ++s) {
            const regions::Survey& survey = landscape.seen.surveys[s];
            const std::vector<int>& truth = landscape.seen.outlines[s].true_plot;
            REQUIRE(truth.size() == survey.plots.size());
            std::set<int> seen;
            const geo::PreparedPolygons observed(geo::buffer(geo::Geometry(*survey.observed), 0.02));
            for (std::size_t p = 0; p < truth.size(); ++p) {
                REQUIRE_FALSE(geo::invalidity(survey.plots[p].outline));
                if (truth[p] == 0) continue;
                CHECK(seen.insert(truth[p]).second);
                const TrackedPlot& plot = landscape.history.plots[static_cast<std::size_t>(truth[p] - 1)];
                CHECK(plot.crop == survey.crop);
                const auto year = static_cast<std::size_t>(survey.year - landscape.parameters.first_year);
                CHECK(lives(plot.moments[year].state));
            }
            for (std::size_t p = 0; p < truth.size(); p += 7)
                CHECK((observed.covers(survey.plots[p].outline) ||
                       !geo::PreparedPolygons(*survey.observed).covers(survey.plots[p].outline)));
        }
    }
}

TEST_CASE("every plot that lives is drawn, or its absence has a reason") {
    const TrackingLandscape& landscape = made(1);
    std::map<std::string, int> reasons;
    std::map<std::pair<int, std::string>, int> outlines;
    for (std::size_t s = 0; s < landscape.seen.surveys.size(); ++s) {
        for (std::size_t p = 0; p < landscape.seen.surveys[s].plots.size(); ++p)
            outlines[{landscape.seen.surveys[s].year, landscape.seen.surveys[s].plots[p].id}] =
                landscape.seen.outlines[s].true_plot[p];
    }
    REQUIRE(landscape.seen.sightings.size() == landscape.history.plots.size() * 10);
    for (const PlotSighting& sighting : landscape.seen.sightings) {
        const TrackedPlot& plot = landscape.history.plots[static_cast<std::size_t>(sighting.true_plot - 1)];
        const PlotState state = plot.moments[static_cast<std::size_t>(sighting.year - 2012)].state;
        CHECK(sighting.observed_share >= 0);
        CHECK(sighting.observed_share <= 1 + 1e-9);
        if (!lives(state)) {
            CHECK((sighting.plot_id.empty() && sighting.why_missing.empty()));
        } else if (sighting.plot_id.empty()) {
            ++reasons[sighting.why_missing];
            if (sighting.why_missing == "cloud") CHECK(sighting.observed_share < 0.9);
        } else {
            CHECK(outlines.at({sighting.year, sighting.plot_id}) == sighting.true_plot);
            ++reasons["drawn"];
        }
    }
    const double alive = reasons["drawn"] + reasons["cloud"] + reasons["missed"] + reasons["pruned"];
    CHECK(reasons[""] == 0);
    CHECK(reasons["cloud"] / alive == Approx(0.2).margin(0.05));
    CHECK(reasons["missed"] / alive == Approx(0.008).margin(0.003));
    CHECK(reasons["pruned"] > 0);
}

TEST_CASE("clouds hide the share that was asked for, within half a percent") {
    for (const double share : {0.0, 0.2, 0.4, 0.6}) {
        TrackingParameters parameters = small_tracking();
        parameters.coca_plots = 400;
        parameters.poppy_blocks = 0;
        parameters.cloud_share = share;
        const TrackingLandscape landscape = tracking_landscape(parameters, 3);
        const double land = landscape.layout.extent.width() * landscape.layout.extent.height();
        for (const regions::Survey& survey : landscape.seen.surveys)
            CHECK(1 - geo::planar_area(*survey.observed) / land == Approx(share).margin(0.006));
    }
}

TEST_CASE("vertices of a drawn outline err by the stated jitter on each axis") {
    TrackingParameters parameters = small_tracking();
    parameters.cloud_share = 0;
    parameters.jitter = geo::Metres(3);
    parameters.scene_shift = geo::Metres(0);
    const TrackingLandscape landscape = tracking_landscape(parameters, 5);
    double squares = 0;
    double n = 0;
    for (std::size_t s = 0; s < landscape.seen.surveys.size(); ++s) {
        const regions::Survey& survey = landscape.seen.surveys[s];
        for (std::size_t p = 0; p < survey.plots.size(); ++p) {
            const int id = landscape.seen.outlines[s].true_plot[p];
            if (id == 0) continue;
            const geo::Ring& drawn = survey.plots[p].outline.front().outer;
            const geo::Ring& real = landscape.history.plots[static_cast<std::size_t>(id - 1)]
                                        .moments[static_cast<std::size_t>(survey.year - 2012)]
                                        .outline;
            REQUIRE(drawn.size() == real.size());
            for (std::size_t i = 0; i + 1 < real.size(); ++i) {
                squares += std::pow(drawn[i].x - real[i].x, 2) + std::pow(drawn[i].y - real[i].y, 2);
                n += 2;
            }
        }
    }
    CHECK(std::sqrt(squares / n) == Approx(3).epsilon(0.03));
}

TEST_CASE("true links join outlines of one story, each outline to its latest ancestor") {
    for (const std::uint64_t seed : {1U, 2U}) {
        const TrackingLandscape& landscape = made(seed);
        std::map<std::tuple<std::size_t, std::size_t>, int> incoming;
        for (const TrueLink& link : landscape.links) {
            const auto& plots = landscape.history.plots;
            const int from = landscape.seen.outlines[link.from_survey].true_plot[link.from_plot];
            const int to = landscape.seen.outlines[link.to_survey].true_plot[link.to_plot];
            REQUIRE((from > 0 && to > 0));
            CHECK(landscape.seen.surveys[link.from_survey].year < landscape.seen.surveys[link.to_survey].year);
            if (link.kind == LinkKind::split || link.kind == LinkKind::merged || link.kind == LinkKind::relocated) {
                std::set<int> ancestors;
                std::vector<int> open = plots[static_cast<std::size_t>(to - 1)].parents;
                while (!open.empty()) {
                    const int id = open.back();
                    open.pop_back();
                    ancestors.insert(id);
                    for (const int parent : plots[static_cast<std::size_t>(id - 1)].parents)
                        open.push_back(parent);
                }
                CHECK(ancestors.count(from) == 1);
            } else {
                CHECK(from == to);
            }
            ++incoming[{link.to_survey, link.to_plot}];
        }
        std::size_t first_sightings = 0;
        std::size_t outlines = 0;
        std::set<int> known;
        for (std::size_t s = 0; s < landscape.seen.surveys.size(); ++s) {
            for (std::size_t p = 0; p < landscape.seen.outlines[s].true_plot.size(); ++p) {
                const int id = landscape.seen.outlines[s].true_plot[p];
                if (id == 0) continue;
                ++outlines;
                const bool is_new = known.insert(id).second;
                const bool linked = incoming.count({s, p}) > 0;
                if (!is_new) CHECK(linked);
                if (is_new && !linked) ++first_sightings;
            }
        }
        CHECK(outlines - first_sightings == incoming.size());
    }
}

TEST_CASE("what happened to plots is what the rates say") {
    std::map<PlotEvent, double> count;
    double standing = 0;
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        for (const TrackedPlot& plot : made(seed).history.plots) {
            for (std::size_t year = 1; year < plot.moments.size(); ++year) {
                if (plot.crop != regions::Crop::coca) continue;
                ++count[plot.moments[year].event];
                standing += plot.moments[year - 1].state == PlotState::standing ? 1 : 0;
            }
        }
    }
    const PlotRates rate;
    CHECK(count[PlotEvent::removed] / standing == Approx(rate.removed).epsilon(0.15));
    CHECK(count[PlotEvent::abandoned] / standing == Approx(rate.abandoned).epsilon(0.1));
    CHECK(count[PlotEvent::grew] / standing == Approx(rate.grew).epsilon(0.25));
    CHECK(count[PlotEvent::shrank] / standing == Approx(rate.shrank).epsilon(0.1));
    CHECK(count[PlotEvent::appeared] / standing == Approx(rate.appeared).epsilon(0.1));
    for (const PlotEvent event : {PlotEvent::split, PlotEvent::merged, PlotEvent::moved, PlotEvent::relocated,
                                  PlotEvent::replanted, PlotEvent::returned, PlotEvent::pruned_or_renewed})
        CHECK(count[event] > 0);
}

TEST_CASE("splits keep the ground of the plot but a path, merged plots hold both") {
    const TrackingLandscape& landscape = made(1);
    std::map<int, double> children;
    for (const TrackedPlot& plot : landscape.history.plots) {
        if (plot.parents.empty()) continue;
        const geo::Ring& outline =
            plot.moments.back().state == PlotState::not_yet ? plot.moments.back().outline : [&]() -> const geo::Ring& {
            for (const PlotMoment& moment : plot.moments) {
                if (moment.state != PlotState::not_yet) return moment.outline;
            }
            return plot.moments.back().outline;
        }();
        for (const int parent : plot.parents) {
            const TrackedPlot& old = landscape.history.plots[static_cast<std::size_t>(parent - 1)];
            CHECK(old.moments.back().state == PlotState::ended);
            const geo::Ring& before = old.moments.back().outline;
            const double shared = geo::planar_area(geo::intersection(as_polygons(before), as_polygons(outline)));
            if (plot.descent == PlotDescent::split) {
                children[parent] += area_of_ring(outline);
                CHECK(shared == Approx(area_of_ring(outline)).epsilon(1e-3));
            } else if (plot.descent == PlotDescent::merged) {
                CHECK(shared == Approx(area_of_ring(before)).epsilon(1e-3));
            } else {
                CHECK(shared == 0);
            }
        }
    }
    for (const auto& [parent, area] : children) {
        const double whole =
            area_of_ring(landscape.history.plots[static_cast<std::size_t>(parent - 1)].moments.back().outline);
        CHECK(area < whole);
        CHECK(area > 0.8 * whole);
    }
}

TEST_CASE("operations remove the plots that name them, and only plots that stood") {
    const TrackingLandscape& landscape = made(1);
    std::map<std::string, int> named;
    for (const TrackedPlot& plot : landscape.history.plots) {
        for (std::size_t year = 0; year < plot.moments.size(); ++year) {
            if (plot.moments[year].event != PlotEvent::removed) continue;
            CHECK(plot.moments[year - 1].state == PlotState::standing);
            CHECK_FALSE(plot.moments[year].operation.empty());
            ++named[plot.moments[year].operation];
        }
    }
    std::set<std::string> ids;
    int removals = 0;
    for (const PlotOperation& operation : landscape.history.operations) {
        CHECK(ids.insert(operation.event.id).second);
        if (operation.event.kind == regions::EradicationKind::pruned_or_renewed) {
            CHECK(operation.removed_plots.empty());
            continue;
        }
        ++removals;
        CHECK(named[operation.event.id] == static_cast<int>(operation.removed_plots.size()));
        const int year = geo::year_of(operation.event.date);
        CHECK((operation.first_year_without == year || operation.first_year_without == year + 1));
    }
    CHECK(removals > 0);
}

TEST_CASE("poppy moves within its blocks from year to year") {
    const TrackingLandscape& landscape = made(1);
    double stood = 0;
    double again = 0;
    for (const TrackedPlot& plot : landscape.history.plots) {
        if (plot.crop != regions::Crop::poppy) continue;
        CHECK(plot.block > 0);
        for (std::size_t year = 1; year < plot.moments.size(); ++year) {
            if (plot.moments[year - 1].state != PlotState::standing) continue;
            ++stood;
            again += plot.moments[year].state == PlotState::standing ? 1 : 0;
        }
    }
    CHECK(stood > 300);
    CHECK(again / stood < 0.35);
    CHECK(again > 0);
}

TEST_CASE("a tracking parameter out of range is refused by name") {
    TrackingParameters parameters;
    parameters.cloud_share = 1.2;
    try {
        static_cast<void>(validated(parameters));
        FAIL("accepted");
    } catch (const geo::Error& error) {
        CHECK(error.kind() == geo::ErrorKind::usage);
        CHECK(error.message().arguments.front().second == "cloud_share");
    }
}
