#include "regions/ground_error.hpp"

#include <array>
#include <cmath>
#include <functional>

#include "geo/random.hpp"
#include "geo/topology.hpp"
#include "regions/eradication_check.hpp"
#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;

namespace {

regions::Plot drawn(std::string id, geo::MultiPolygon outline, double sigma, bool corners = true) {
    regions::Plot result = plot(std::move(id), std::move(outline));
    result.position_error = geo::Metres(sigma);
    result.measured_by = corners ? regions::MeasuredBy::corners : regions::MeasuredBy::gnss_walk;
    return result;
}

/// A square of 100 m whose sides have ten vertices each.
geo::MultiPolygon walked_square() {
    geo::MultiPolygon shape(1);
    geo::Ring& ring = shape[0].outer;
    const auto side = [&](geo::Point from, geo::Point to) {
        for (int i = 0; i < 10; ++i)
            ring.push_back({from.x + (to.x - from.x) * i / 10, from.y + (to.y - from.y) * i / 10});
    };
    side({0, 0}, {0, 100});
    side({0, 100}, {100, 100});
    side({100, 100}, {100, 0});
    side({100, 0}, {0, 0});
    ring.push_back(ring.front());
    return shape;
}

/// The outline redrawn with errors of σ a coordinate, fading along the walk over 60 m where `walked`.
geo::MultiPolygon redrawn(geo::MultiPolygon outline, double sigma, bool walked, geo::Random& random) {
    geo::Ring& ring = outline[0].outer;
    geo::Point error{random.normal(0, sigma), random.normal(0, sigma)};
    geo::Point before = ring.front();
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        if (i > 0) {
            const double kept = walked ? std::exp(-std::hypot(ring[i].x - before.x, ring[i].y - before.y) / 60) : 0;
            const double fresh = sigma * std::sqrt(1 - kept * kept);
            error = {kept * error.x + random.normal(0, fresh), kept * error.y + random.normal(0, fresh)};
        }
        before = ring[i];
        ring[i] = {ring[i].x + error.x, ring[i].y + error.y};
    }
    ring.back() = ring.front();
    return outline;
}

double drawn_sd(int draws, const std::function<double()>& area) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; ++i) {
        const double a = area();
        sum += a;
        squares += a * a;
    }
    return std::sqrt(squares / draws - sum / draws * sum / draws);
}

const geo::MultiPolygon event_outline = rectangle(20, 10, 300, 80);

geo::MultiPolygon gone_of(const geo::MultiPolygon& before, const geo::MultiPolygon& after) {
    return geo::difference(geo::intersection(before, event_outline), after);
}

}  // namespace

TEST_CASE("ground that is one whole plot errs as the plot does") {
    geo::Diagnostics diagnostics;
    const auto cato = survey(2016, {drawn("p", rectangle(0, 0, 40, 40), 3)}, diagnostics);
    regions::GroundError error;
    error.add(cato.plots[0].outline, regions::DatedSurvey(cato));
    CHECK(error.sd()->value() == Approx(std::sqrt(2.0) * 3 * 40).epsilon(1e-9));
}

TEST_CASE("the error of ground cut by an event and by the next survey is that of outlines redrawn at random") {
    geo::Diagnostics diagnostics;
    const auto before_outline = walked_square();
    const auto after_outline = rectangle(-20, -20, 55, 120);
    for (const bool walked : {false, true}) {
        CAPTURE(walked);
        const auto before = survey(2016, {drawn("p", before_outline, 1.5, !walked)}, diagnostics);
        const auto after = survey(2017, {drawn("p", after_outline, 1, true)}, diagnostics);
        const geo::MultiPolygon gone = gone_of(before_outline, after_outline);
        regions::GroundError error;
        error.add(gone, regions::DatedSurvey(before));
        error.add(gone, regions::DatedSurvey(after));
        geo::Random random(11, "ground_error");
        const double found = drawn_sd(4000, [&] {
            return geo::planar_area(
                gone_of(redrawn(before_outline, 1.5, walked, random), redrawn(after_outline, 1, false, random)));
        });
        // 4,000 draws tell a standard deviation within 1.1 %, one sigma.
        CHECK(error.sd()->value() == Approx(found).epsilon(0.045));
    }
}

TEST_CASE("a shared offset moves the edges of its own survey only, outwards") {
    geo::Diagnostics diagnostics;
    auto before = survey(2016, {drawn("p", rectangle(0, 0, 100, 100), 0)}, diagnostics);
    auto after = survey(2017, {drawn("p", rectangle(0, 0, 50, 100), 0)}, diagnostics);
    before.outline_bias_sd = geo::Metres(1);
    after.outline_bias_sd = geo::Metres(1);
    const auto gone = geo::difference(before.plots[0].outline, after.plots[0].outline);
    regions::GroundError error;
    error.add(gone, regions::DatedSurvey(before));
    error.add(gone, regions::DatedSurvey(after));
    // Of the gone half the survey before drew 50 + 100 + 50 m, the one after 100 m.
    CHECK(error.sd()->value() == Approx(std::hypot(200, 100)).epsilon(1e-6));
}

TEST_CASE("a plot without any stated error leaves the area without an interval") {
    geo::Diagnostics diagnostics;
    const auto silent = survey(2016, {plot("p", rectangle(0, 0, 40, 40))}, diagnostics);
    regions::GroundError error;
    error.add(silent.plots[0].outline, regions::DatedSurvey(silent));
    CHECK_FALSE(error.sd().has_value());
}

TEST_CASE("a stated error of the whole area is the error of the whole ground") {
    geo::Diagnostics diagnostics;
    auto mixed = survey(2016, {plot("p", rectangle(0, 0, 90, 60))}, diagnostics);
    mixed.plots[0].area_sd = geo::SquareMetres(321);
    regions::GroundError error;
    error.add(mixed.plots[0].outline, regions::DatedSurvey(mixed));
    // The vertices' own second-order part, at one metre, is all that the two may differ by.
    CHECK(error.sd()->value() == Approx(321).epsilon(0.001));
}

TEST_CASE("a rate does not err where all that was revisited came back") {
    geo::Diagnostics diagnostics;
    const auto seen = survey(2016, {drawn("p", rectangle(0, 0, 40, 40), 3)}, diagnostics);
    const regions::DatedSurvey dated(seen);
    regions::GroundSum sum;
    sum.add(seen.plots[0].outline, geo::to_hectares(seen.plots[0].area), std::array{&dated}, seen, {});
    const auto rate = regions::rate_interval(sum, sum);
    REQUIRE(rate.has_value());
    CHECK(rate->lo == Approx(1));
    CHECK(rate->hi == Approx(1));
    CHECK_FALSE(regions::rate_interval({}, {}).has_value());
}

TEST_CASE("a reference sample's ratio and its error join the outlines' in the sampled columns") {
    geo::Diagnostics diagnostics;
    const auto seen = survey(2016, {drawn("p", rectangle(0, 0, 100, 100), 3)}, diagnostics);
    const regions::DatedSurvey dated(seen);
    const std::array samples{regions::SampledRatio{2016, regions::Crop::coca, 0.8, 0.05}};
    regions::GroundSum sum;
    sum.add(seen.plots[0].outline, geo::Hectares(1), std::array{&dated}, seen, samples);
    const auto sampled = sum.sampled();
    REQUIRE(sampled.has_value());
    const double own = std::sqrt(2.0) * 3 * 100 / 10'000;
    const double half = 1.959963984540054 * std::hypot(0.8 * own, 0.05);
    CHECK(sampled->area.value() == Approx(0.8).epsilon(1e-9));
    CHECK(sampled->lo.value() == Approx(0.8 - half).epsilon(1e-6));
    CHECK(sampled->hi.value() == Approx(0.8 + half).epsilon(1e-6));
}

TEST_CASE("rows of reported beside mapped eradication carry intervals and say what they leave out") {
    using namespace std::chrono;
    geo::Diagnostics diagnostics;
    const std::vector<regions::Survey> surveys{survey(2016, {drawn("p", rectangle(0, 0, 100, 100), 2)}, diagnostics),
                                               survey(2017, {drawn("p", rectangle(0, 0, 50, 100), 2)}, diagnostics),
                                               survey(2019, {drawn("p", rectangle(0, 0, 75, 100), 2)}, diagnostics)};
    regions::EradicationEvent event;
    event.id = "e";
    event.date = sys_days{2017y / 6 / 1};
    event.kind = regions::EradicationKind::manual_forced;
    event.place = rectangle(-50, -50, 150, 150);
    event.verified = regions::Answer::yes;
    event.region_id = "a";
    const auto set = region_set({region("a", rectangle(-1000, -1000, 1000, 1000))}, diagnostics);
    const auto found = regions::eradication_check(set, surveys, {&event, 1}, {2});
    const regions::EradicationCheckRow& row = found.events.at(0);
    REQUIRE(row.counted_interval.has_value());
    // Gone: 50 × 100 m. Before it pulls with the corners at x = 100 (each along y by 25 m, along x by 50) and, through
    // the upper and lower side, with those at x = 0 (12.5 − … along y): summed by hand, square metres per metre.
    const double far_y = 37.5;
    const double near_y = 12.5;
    const double before = std::sqrt(2 * (50 * 50 + far_y * far_y + near_y * near_y));
    const double after = std::sqrt(2.0 * 50 * 50);
    const double sd = 2 * std::hypot(before, after) / 10'000;
    CHECK(row.counted_interval->area.value() == Approx(0.5).epsilon(1e-4));
    CHECK(row.counted_interval->hi.value() - row.counted_interval->area.value() ==
          Approx(1.959963984540054 * sd).epsilon(1e-4));
    CHECK(row.replanted_interval->area.value() == Approx(0.25).epsilon(1e-4));
    CHECK(row.interval_note ==
          "omission_commission_not_in_interval;event_outline_error_not_in_interval;crop_overlooked_later_not_in_"
          "interval");
    const regions::ReplantingRow& sum = found.replanting.at(0);
    CHECK(sum.removed_interval->lo.value() == Approx(row.counted_interval->lo.value()));
    REQUIRE(sum.persistence_interval.has_value());
    CHECK(sum.persistence_interval->lo < 0.5);
    CHECK(sum.persistence_interval->hi > 0.5);
    CHECK(sum.persistence_interval->hi < 0.6);
}
