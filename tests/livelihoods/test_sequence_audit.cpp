#include "livelihoods/sequence_audit.hpp"

#include <random>

#include "geo/calendar.hpp"
#include "livelihoods/order_findings.hpp"
#include "tests/livelihoods/plots.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

Gate gate(std::string id, std::string measure = "", double threshold = 0.8) {
    Gate result;
    result.id = std::move(id);
    result.measure = std::move(measure);
    result.threshold = threshold;
    return result;
}

struct Story {
    ReadinessModel model;
    std::vector<std::string> regions{"R1"};
    std::vector<Household> households;
    std::vector<Programme> programmes;
    std::vector<Delivery> deliveries;
    std::vector<Income> incomes;
    std::vector<GateStatement> evidence;
    std::vector<regions::EradicationEvent> events;
    std::vector<regions::Survey> surveys;
    std::optional<geo::Date> announcement;
    geo::Date as_of = day(2020, 12, 31);

    Story() {
        model.name = "test";
        model.version = "1";
        model.gates = {gate("agreement")};
    }
    void family(std::string id, int members = 4) {
        Household household;
        household.id = std::move(id);
        household.region_id = "R1";
        household.group = HouseholdGroup::grower;
        household.registered_on = day(2015, 1, 1);
        household.members = members;
        households.push_back(household);
    }
    void removed(geo::Date date, double hectares, regions::Answer verified = regions::Answer::yes,
                 regions::EradicationKind kind = regions::EradicationKind::voluntary, std::string household = "") {
        regions::EradicationEvent event;
        event.id = "E" + std::to_string(events.size());
        event.date = date;
        event.kind = kind;
        event.verified = verified;
        event.reported = geo::Hectares(hectares);
        event.region_id = "R1";
        event.household_id = std::move(household);
        events.push_back(event);
    }
    void stated(std::string gate_id, geo::Date date, GateState value = GateState::pass, std::string household = "") {
        evidence.push_back({"R1", std::move(household), std::move(gate_id), date, value, "acta", std::nullopt});
    }
    Registers registers() const {
        Registers all;
        all.households = households;
        all.programmes = programmes;
        all.deliveries = deliveries;
        all.incomes = incomes;
        all.evidence = evidence;
        all.eradication = events;
        all.announcement = announcement;
        return all;
    }
    std::vector<SequenceRow> rows() const {
        return sequence_audit({model, regions, registers(), surveys, as_of}, {.jobs = 2});
    }
    std::vector<OrderFinding> findings(std::span<const RegionOutcome> outcomes = {}) const {
        return order_findings(regions, registers(), outcomes, as_of);
    }
};

bool has(const std::vector<OrderFinding>& findings, std::string_view kind) {
    return std::ranges::any_of(findings, [&](const OrderFinding& f) { return f.finding.kind == kind; });
}

regions::PlotAreaRow area(int year, double hectares) {
    regions::PlotAreaRow row;
    row.region_id = "R1";
    row.year = year;
    row.area = geo::Hectares(hectares);
    return row;
}

WelfareRow welfare_row(int year, std::string indicator, std::optional<double> value) {
    WelfareRow row;
    row.region_id = "R1";
    row.period = std::to_string(year);
    row.indicator = std::move(indicator);
    row.value = value;
    return row;
}

}  // namespace

TEST_CASE("the lead is the reduction's day less the last gate's, and below zero it is a violation") {
    Story story;
    story.model.gates = {gate("agreement"), gate("market")};
    story.family("h1", 5);
    story.stated("agreement", day(2016, 3, 1));
    story.stated("market", day(2018, 7, 20));
    story.removed(day(2018, 7, 10), 2.5);
    auto rows = story.rows();
    REQUIRE(rows.size() == 2);
    for (const SequenceRow& row : rows) {
        CHECK(row.violation == Violation::yes);
        CHECK(*row.last_gate == day(2018, 7, 20));
        CHECK(*row.lead_days == -10);
        CHECK(row.gates_after == std::vector<std::string>{"market"});
    }
    CHECK(rows[0].household_id.empty());
    CHECK(rows[0].families_violated == 1);
    CHECK(rows[0].people_violated == 5);
    CHECK(rows[0].removed_too_early->value() == Approx(2.5));
    story.events[0].date = day(2018, 7, 20);
    rows = story.rows();
    CHECK(rows[0].violation == Violation::no);
    CHECK(*rows[0].lead_days == 0);
}

TEST_CASE("every household whose reduction precedes a gate's date is flagged, and no other") {
    std::mt19937_64 random(68'196);
    std::uniform_int_distribution<int> days(0, 1400);
    for (int draw = 0; draw < 20; ++draw) {
        Story story;
        story.model.gates = {gate("agreement"), gate("market"), gate("tenure")};
        geo::Date last = day(2000, 1, 1);
        for (const Gate& g : story.model.gates) {
            const geo::Date met = day(2016, 1, 1) + std::chrono::days(days(random));
            story.stated(g.id, met);
            last = std::max(last, met);
        }
        for (int i = 0; i < 8; ++i) {
            const std::string id = "h" + std::to_string(i);
            story.family(id);
            story.removed(day(2016, 1, 1) + std::chrono::days(days(random)), 1, regions::Answer::yes,
                          regions::EradicationKind::voluntary, id);
        }
        for (const SequenceRow& row : story.rows()) {
            if (row.household_id.empty()) continue;
            CHECK((row.violation == Violation::yes) == (row.reduction < last));
            CHECK(*row.lead_days == geo::days_between(last, row.reduction));
        }
    }
}

TEST_CASE("a gate that failed and was never met is a violation; one of which nobody knows leaves it open") {
    Story story;
    story.family("h1");
    story.removed(day(2018, 6, 1), 1);
    CHECK(story.rows()[0].violation == Violation::unknown);
    story.stated("agreement", day(2017, 1, 1), GateState::fail);
    CHECK(story.rows()[0].violation == Violation::yes);
    CHECK(story.rows()[0].gates_never == std::vector<std::string>{"agreement"});
    CHECK_FALSE(story.rows()[0].lead_days);
}

TEST_CASE("unverified events and pruning remove nothing") {
    Story story;
    story.family("h1");
    story.removed(day(2016, 6, 1), 1, regions::Answer::no);
    story.removed(day(2016, 7, 1), 1, regions::Answer::unknown);
    story.removed(day(2016, 8, 1), 1, regions::Answer::yes, regions::EradicationKind::pruned_or_renewed);
    CHECK(story.rows().empty());
    story.removed(day(2017, 8, 1), 1);
    CHECK(story.rows()[0].reduction == day(2017, 8, 1));
}

TEST_CASE("whose crop an event removed is told by name, by plot, or by region where neither is known") {
    Story story;
    story.family("named");
    story.family("planted");
    story.family("elsewhere");
    story.family("no plot");
    story.family("never grew");
    story.households.back().group = HouseholdGroup::non_grower;
    regions::Survey survey;
    survey.year = 2017;
    survey.plots = {corner_plot("p1", "planted", 1600, 0, 0), corner_plot("p2", "elsewhere", 1600, 5000, 0)};
    story.surveys = {survey};
    story.removed(day(2017, 5, 1), 1, regions::Answer::yes, regions::EradicationKind::voluntary, "named");
    story.removed(day(2018, 5, 1), 1);
    story.events[1].place = geo::Geometry(square(-10, -10, 100));
    std::map<std::string, Reduction> reductions;
    const Removals removals(story.events, story.surveys, story.as_of);
    for (const Household& household : story.households)
        if (const auto reduction = removals.of_household(household)) reductions.emplace(household.id, *reduction);
    CHECK(reductions.at("named").basis == ReductionBasis::named);
    CHECK(reductions.at("named").date == day(2017, 5, 1));
    CHECK(reductions.at("planted").basis == ReductionBasis::plot);
    CHECK(reductions.at("planted").date == day(2018, 5, 1));
    CHECK(reductions.at("no plot").basis == ReductionBasis::region);
    CHECK_FALSE(reductions.contains("elsewhere"));
    CHECK_FALSE(reductions.contains("never grew"));
    // A tenth of a hectare stood again inside the cleared square a year later.
    survey.year = 2019;
    survey.plots = {corner_plot("p3", "planted", 1000, 20, 20)};
    story.surveys.push_back(survey);
    CHECK(Removals(story.events, story.surveys, story.as_of).replanted("R1")->value() == Approx(0.1));
}

TEST_CASE("a PNIS-like history is inverted: the crop first, the project years later, and the income gap printed") {
    Story story;
    story.model.gates = {gate("agreement", "agreement_share"), gate("delivery", "delivered_share")};
    const char* ids[] = {"f1", "f2", "f3", "f4"};
    for (const char* id : ids) {
        story.family(id);
        story.households.back().agreement_date = day(2017, 5, 1);
        story.removed(day(2017, 11, 15), 0.5, regions::Answer::yes, regions::EradicationKind::voluntary, id);
        // Promised: food in 2017, which came, and a productive project, which came in 2020 for one family of four.
        story.deliveries.push_back({id,
                                    "R1",
                                    "PNIS",
                                    Component::food,
                                    day(2017, 6, 1),
                                    day(2017, 12, 1),
                                    Confirmation::confirmed,
                                    {},
                                    "",
                                    {},
                                    ""});
        const bool came = std::string_view(id) == "f1";
        story.deliveries.push_back({id,
                                    "R1",
                                    "PNIS",
                                    Component::long_cycle,
                                    day(2017, 6, 1),
                                    came ? std::optional(day(2020, 5, 15)) : std::nullopt,
                                    came ? std::optional(Confirmation::confirmed) : std::nullopt,
                                    {},
                                    "",
                                    {},
                                    ""});
        for (int month = 1; month <= 10; ++month)
            story.incomes.push_back({id, "R1", geo::Month(std::chrono::year(2017), std::chrono::month(month)),
                                     IncomeSource::crop, 500, "COP", regions::Answer::yes});
        story.incomes.push_back({id, "R1", geo::Month(std::chrono::year(2018), std::chrono::month(3)),
                                 IncomeSource::transfer, 900, "COP", regions::Answer::yes});
    }
    story.incomes.push_back({"f1", "R1", geo::Month(std::chrono::year(2020), std::chrono::month(7)),
                             IncomeSource::licit, 400, "COP", regions::Answer::yes});
    const auto rows = story.rows();
    REQUIRE(rows.size() == 5);
    CHECK(rows[0].violation == Violation::yes);
    CHECK(rows[0].families_violated == 4);
    CHECK(rows[0].people_violated == 16);
    CHECK(rows[0].removed_too_early->value() == Approx(2.0));
    CHECK(rows[1].household_id == "f1");
    CHECK(*rows[1].last_gate == day(2020, 5, 15));
    CHECK(*rows[1].lead_days == -912);
    CHECK(*rows[1].months_without_income == 32);  // November 2017 to July 2020
    CHECK(*rows[2].months_without_income == 37);  // still waiting in December 2020
    CHECK(rows[2].gates_never == std::vector<std::string>{"delivery"});
    CHECK(*rows[0].months_without_income == 37);
}

TEST_CASE("programmes that ask for eradication before aid, and baselines after the announcement, are named") {
    Story story;
    story.family("h1");
    story.programmes.push_back({"PVS",
                                "Agencia",
                                "Sustituye",
                                "substitution",
                                day(2014, 5, 16),
                                std::nullopt,
                                std::nullopt,
                                regions::Answer::yes,
                                {},
                                ""});
    story.programmes.push_back({"DAV",
                                "Otra",
                                "Desarrollo",
                                "alternative_development",
                                day(2016, 1, 1),
                                std::nullopt,
                                std::nullopt,
                                regions::Answer::no,
                                {},
                                ""});
    auto findings = story.findings();
    const auto prior = std::ranges::find(findings, "PVS", &OrderFinding::programme_id);
    REQUIRE(prior != findings.end());
    CHECK(prior->finding.kind == "prior_eradication");
    CHECK(std::ranges::find(findings, "DAV", &OrderFinding::programme_id) == findings.end());
    CHECK(has(findings, "baseline"));  // registered on 1 January 2015, announced in May 2014
    story.households[0].registered_on = day(2014, 5, 15);
    CHECK_FALSE(has(story.findings(), "baseline"));
    story.announcement = day(2014, 1, 1);
    CHECK(has(story.findings(), "baseline"));
}

TEST_CASE("an agreement signed within a year after sign-or-be-eradicated is not free") {
    Story story;
    story.model.gates = {gate("agreement", "agreement_share")};
    story.family("h1");
    story.households[0].agreement_date = day(2017, 6, 1);
    CHECK_FALSE(has(story.findings(), "duress"));
    story.removed(day(2017, 3, 1), 1, regions::Answer::yes, regions::EradicationKind::conditioned);
    CHECK(has(story.findings(), "duress"));
    CHECK(story.rows()[1].violation == Violation::yes);
    story.households[0].agreement_date = day(2018, 3, 2);
    CHECK_FALSE(has(story.findings(), "duress"));
}

TEST_CASE("hectares down while food security falls is a harmful reduction, and hectares alone are refused") {
    const std::vector<regions::PlotAreaRow> falling{area(2016, 100), area(2020, 40)};
    const auto outcome = [&](std::vector<WelfareRow> rows, const std::vector<regions::PlotAreaRow>& areas) {
        return reduction_outcomes(areas, rows).front();
    };
    CHECK(outcome({}, falling).outcome == ReductionOutcome::hectares_only);
    CHECK(
        outcome({welfare_row(2016, "food_security", 0.8), welfare_row(2020, "food_security", 0.5)}, falling).outcome ==
        ReductionOutcome::harmful_reduction);
    CHECK(outcome({welfare_row(2016, "licit_net_income", 900), welfare_row(2020, "licit_net_income", 400)}, falling)
              .outcome == ReductionOutcome::harmful_reduction);
    CHECK(
        outcome({welfare_row(2016, "food_security", 0.5), welfare_row(2020, "food_security", 0.8)}, falling).outcome ==
        ReductionOutcome::reduction);
    CHECK(outcome({}, {area(2016, 40), area(2020, 100)}).outcome == ReductionOutcome::no_reduction);
    CHECK(outcome({welfare_row(2016, "food_security", 0.8), welfare_row(2020, "food_security", std::nullopt)}, falling)
              .outcome == ReductionOutcome::hectares_only);
    // The refusal names no hectares.
    const std::vector<RegionOutcome> outcomes{outcome({}, falling)};
    const auto findings = Story().findings(outcomes);
    REQUIRE(has(findings, "hectares_only"));
    for (const auto& [name, value] : findings.front().finding.reason.arguments) {
        CHECK(name != "before");
        CHECK(name != "after");
    }
}
