#include "regions/eradication_check.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;
using namespace std::chrono;
using regions::EradicationCheckRow;

namespace {

regions::EradicationEvent event(std::string id, geo::Date date, geo::Geometry place, double reported = 1) {
    regions::EradicationEvent result;
    result.id = std::move(id);
    result.date = date;
    result.kind = regions::EradicationKind::manual_forced;
    result.place = std::move(place);
    result.reported = geo::Hectares(reported);
    result.verified = regions::Answer::yes;
    result.region_id = "a";
    return result;
}

regions::EradicationCheck check(const std::vector<regions::Survey>& surveys,
                                const std::vector<regions::EradicationEvent>& events) {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 2000, 2000))}, diagnostics);
    return regions::eradication_check(set, surveys, events, {2});
}

bool has_word(const EradicationCheckRow& row, std::string_view word) {
    return (";" + row.note + ";").find(";" + std::string(word) + ";") != std::string::npos;
}

regions::Plot owned(regions::Plot plot, std::string household) {
    plot.household_id = std::move(household);
    return plot;
}

/// One hectare in 2016 that is half gone in 2017.
std::vector<regions::Survey> half_gone(geo::Diagnostics& diagnostics) {
    return {survey(2016, {plot("p", rectangle(0, 0, 100, 100))}, diagnostics),
            survey(2017, {plot("p", rectangle(0, 0, 50, 100))}, diagnostics)};
}

constexpr auto summer = sys_days{2017y / 6 / 1};

}  // namespace

TEST_CASE("mapped removal is the crop inside the outline that the next survey no longer shows") {
    geo::Diagnostics diagnostics;
    const auto found = check(half_gone(diagnostics), {event("e", summer, rectangle(0, 0, 200, 200), 0.8)});
    REQUIRE(found.events.size() == 1);
    const EradicationCheckRow& row = found.events[0];
    CHECK(row.reported->value() == 0.8);
    CHECK(row.mapped->value() == Approx(0.5).epsilon(1e-8));
    CHECK(row.overlap->value() == 0);
    CHECK(row.crop_before->value() == Approx(1).epsilon(1e-8));
    CHECK(row.outline->value() == Approx(4).epsilon(1e-8));
    CHECK(row.year_before == 2016);
    CHECK(row.year_after == 2017);
    CHECK(row.note.empty());
}

TEST_CASE("ground under a cloud after the event is no mapped removal") {
    geo::Diagnostics diagnostics;
    const std::vector<regions::Survey> surveys{survey(2016, {plot("p", rectangle(0, 0, 100, 100))}, diagnostics),
                                               survey(2017, {}, diagnostics, rectangle(0, 0, 30, 2000))};
    const auto row = check(surveys, {event("e", summer, rectangle(0, 0, 200, 200))}).events.at(0);
    CHECK(row.mapped->value() == Approx(0.3).epsilon(1e-8));
    CHECK(row.unseen->value() == Approx(0.7).epsilon(1e-8));
    CHECK(has_word(row, "not_observed_after"));
}

TEST_CASE("a repeat pass and an overlapping event share ground, which counts once") {
    geo::Diagnostics diagnostics;
    const std::vector<regions::Survey> surveys{survey(2016, {plot("p", rectangle(0, 0, 100, 100))}, diagnostics),
                                               survey(2017, {}, diagnostics)};
    const auto found = check(surveys, {event("b", summer + days(60), rectangle(0, 0, 100, 100)),
                                       event("a", summer, rectangle(0, 0, 60, 100)),
                                       event("c", summer + days(60), rectangle(80, 0, 200, 100))});
    REQUIRE(found.events.size() == 3);
    CHECK(found.events[0].event_id == "a");
    CHECK(found.events[0].counted->value() == Approx(0.6).epsilon(1e-8));
    CHECK(found.events[0].overlap->value() == Approx(0.6).epsilon(1e-8));
    CHECK(found.events[1].mapped->value() == Approx(1.0).epsilon(1e-8));
    CHECK(found.events[1].overlap->value() == Approx(0.8).epsilon(1e-8));
    CHECK(found.events[1].counted->value() == Approx(0.4).epsilon(1e-8));
    CHECK(found.events[1].shared_with == "a;c");
    CHECK(has_word(found.events[1], "repeat_pass"));
    CHECK(has_word(found.events[1], "overlapping_events"));
    CHECK(found.events[2].mapped->value() == Approx(0.2).epsilon(1e-8));
    double counted = 0;
    for (const EradicationCheckRow& row : found.events)
        counted += row.counted->value();
    CHECK(counted == Approx(1.0).epsilon(1e-8));
}

TEST_CASE("a point or a line takes the plots that it touches as its outline") {
    geo::Diagnostics diagnostics;
    const std::vector<regions::Survey> surveys{
        survey(2016, {plot("p", rectangle(0, 0, 100, 100)), plot("q", rectangle(300, 0, 400, 100))}, diagnostics),
        survey(2017, {}, diagnostics)};
    const auto found =
        check(surveys, {event("line", summer, geo::Lines{{{{50, 50}, {350, 50}}}}),
                        event("point", summer, geo::Points{{{110, 50}}}),
                        event("far", summer, geo::Points{{{900, 900}}}), event("told", summer, std::monostate{})});
    const auto at = [&](const std::string& id) {
        return *std::ranges::find(found.events, id, &EradicationCheckRow::event_id);
    };
    CHECK(at("line").mapped->value() == Approx(2).epsilon(1e-8));
    CHECK(has_word(at("line"), "no_outline"));
    CHECK_FALSE(at("line").outline);
    CHECK(at("point").mapped->value() == Approx(1).epsilon(1e-8));
    CHECK(at("far").mapped->value() == 0);
    CHECK(has_word(at("far"), "no_crop_mapped_before"));
    CHECK_FALSE(at("told").mapped);
    CHECK(has_word(at("told"), "region_only"));
}

TEST_CASE("events outside the surveys, pruning and reports larger than the outline are told apart") {
    geo::Diagnostics diagnostics;
    auto pruned = event("pruned", summer, rectangle(0, 0, 100, 100));
    pruned.kind = regions::EradicationKind::pruned_or_renewed;
    const auto found =
        check(half_gone(diagnostics), {event("early", sys_days{2015y / 1 / 1}, rectangle(0, 0, 100, 100)),
                                       event("late", sys_days{2019y / 1 / 1}, rectangle(0, 0, 100, 100)),
                                       event("large", summer, rectangle(0, 0, 100, 100), 25), pruned});
    CHECK(has_word(found.events[0], "no_survey_before"));
    CHECK_FALSE(found.events[0].mapped);
    CHECK(has_word(found.events[1], "reported_exceeds_outline"));
    CHECK(has_word(found.events[2], "no_survey_after"));
    CHECK(has_word(found.events[3], "pruned_or_renewed"));
    CHECK_FALSE(found.events[3].mapped);
}

TEST_CASE("outlines drawn twice leave no removal behind") {
    geo::Diagnostics diagnostics;
    regions::Survey before = survey(2016, {plot("p", rectangle(0, 0, 100, 100))}, diagnostics);
    regions::Survey after = survey(2017, {plot("p", rectangle(4, 4, 104, 104))}, diagnostics);
    before.position_error = after.position_error = geo::Metres(5);
    const auto row = check({before, after}, {event("e", summer, rectangle(-50, -50, 200, 200))}).events.at(0);
    CHECK(row.mapped->value() == 0);
}

TEST_CASE("replanting and relocation are two rates") {
    geo::Diagnostics diagnostics;
    const std::vector<regions::Survey> surveys{
        survey(2016,
               {owned(plot("p", rectangle(0, 0, 100, 100)), "h1"), owned(plot("q", rectangle(500, 0, 600, 100)), "h2")},
               diagnostics),
        survey(2017,
               {owned(plot("q", rectangle(500, 0, 600, 100)), "h2"),
                owned(plot("n", rectangle(900, 900, 950, 950)), "h1")},
               diagnostics),
        survey(2018, {owned(plot("p", rectangle(0, 0, 20, 100)), "h1")}, diagnostics, rectangle(0, 0, 50, 2000))};
    const auto found = check(surveys, {event("e", summer, rectangle(0, 0, 200, 200))});
    REQUIRE(found.replanting.size() == 1);
    const regions::ReplantingRow& row = found.replanting[0];
    CHECK(row.removed.value() == Approx(1).epsilon(1e-8));
    CHECK(row.revisited.value() == Approx(0.5).epsilon(1e-8));
    CHECK(row.replanted.value() == Approx(0.2).epsilon(1e-8));
    CHECK(*row.persistence_rate == Approx(0.4));
    CHECK(row.relocated->value() == Approx(0.25).epsilon(1e-8));
    CHECK(*row.relocation_rate == Approx(0.25));
}

TEST_CASE("9.6 hectares of 1,615 are 0.594 %") {
    const auto rate = regions::persistence_rate(geo::Hectares(9.6), geo::Hectares(1615));
    CHECK(std::round(*rate * 1e5) == 594);
    CHECK_FALSE(regions::persistence_rate(geo::Hectares(0), geo::Hectares(0)));
}
