#include <algorithm>
#include <map>
#include <set>

#include "geo/topology.hpp"
#include "tests/simulate/small_landscape.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::simulate;
using vereda::tests::law_seeds;
using vereda::tests::small_landscape;

TEST_CASE("clouds hide about the planned share, and nothing is drawn on hidden land") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        const geo::Box extent = valle.land.frame.extent();
        const double whole = extent.width() * extent.height();
        const std::vector<double>& planned = valle.parameters.survey.cloud_share;
        REQUIRE(valle.survey.years.size() == planned.size());
        for (std::size_t i = 0; i < planned.size(); ++i) {
            const SurveyYear& survey = valle.survey.years[i];
            const double hidden = 1 - geo::planar_area(survey.observed) / whole;
            CHECK(hidden >= planned[i] - 1e-9);
            CHECK(hidden <= planned[i] * 2 + 0.06);
            CHECK((planned[i] > 0 || hidden == Approx(0).margin(1e-12)));
            for (const SurveyPlot& plot : survey.plots) {
                CHECK_FALSE(geo::invalidity(plot.outline));
                const double seen = geo::planar_area(geo::intersection(plot.outline, survey.observed));
                CHECK(seen == Approx(geo::planar_area(plot.outline)).epsilon(1e-9).margin(1e-3));
            }
        }
    }
}

TEST_CASE("one whole vereda is hidden in the cloudiest year") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        const std::vector<double>& planned = valle.parameters.survey.cloud_share;
        const auto worst = static_cast<std::size_t>(std::max_element(planned.begin(), planned.end()) - planned.begin());
        const geo::MultiPolygon& observed = valle.survey.years[worst].observed;
        CHECK(std::any_of(valle.land.veredas.begin(), valle.land.veredas.end(), [&](const Vereda& vereda) {
            return geo::planar_area(geo::intersection(vereda.geometry, observed)) < 1e-6;
        }));
    }
}

TEST_CASE("every true plot of a survey year is either in the survey once or missing for a stated reason") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        std::map<int, std::set<std::string>> drawn;
        for (const SurveyYear& survey : valle.survey.years) {
            for (const SurveyPlot& plot : survey.plots)
                CHECK(drawn[survey.year].insert(plot.id).second);
        }
        std::size_t expected = 0;
        for (const TruePlot& plot : valle.cultivation.plots) {
            for (const PlotYear& at : plot.years)
                expected += at.year >= valle.parameters.cultivation.first_survey;
        }
        CHECK(valle.survey.sightings.size() == expected);
        std::size_t missed = 0;
        for (const Sighting& sighting : valle.survey.sightings) {
            CHECK(sighting.plot_id.empty() == !sighting.why_missing.empty());
            if (!sighting.plot_id.empty()) CHECK(drawn[sighting.year].erase(sighting.plot_id) == 1);
            missed += sighting.why_missing == "missed";
        }
        for (const auto& [year, left] : drawn)
            CHECK(left.empty());
        CHECK(static_cast<double>(missed) < 0.03 * static_cast<double>(expected));
    }
}

TEST_CASE("digitised plots keep their size: the mean area error of wholly seen plots is under two percent") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        std::map<std::string, double> drawn;
        for (const SurveyPlot& plot : valle.survey.years.front().plots)
            drawn[plot.id] = geo::planar_area(plot.outline) / 10'000;
        double seen = 0;
        double truth = 0;
        for (const Sighting& sighting : valle.survey.sightings) {
            if (sighting.year != valle.survey.years.front().year || sighting.plot_id.empty()) continue;
            seen += drawn.at(sighting.plot_id);
            truth += sighting.area.value();
        }
        CHECK(seen / truth == Approx(1).margin(0.02));
    }
}
