#include "livelihoods/facts.hpp"

#include <set>

#include "livelihoods/share_estimate.hpp"
#include "livelihoods/welfare.hpp"
#include "tests/livelihoods/plots.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

const geo::Date today = day(2020, 12, 31);

/// A study with one region, growing as the tests need.
struct Study {
    std::vector<Household> households;
    std::vector<Delivery> deliveries;
    std::vector<Income> incomes;
    std::vector<Price> prices;
    std::vector<IndicatorValue> indicators;
    std::vector<GateStatement> evidence;
    std::vector<Incident> incidents;
    std::vector<ContextValue> context;
    std::vector<regions::EradicationEvent> eradication;
    std::optional<geo::Date> announcement = day(2018, 1, 1);
    geo::Diagnostics diagnostics;

    Registers registers() const {
        Registers all;
        all.households = households;
        all.deliveries = deliveries;
        all.incomes = incomes;
        all.prices = prices;
        all.indicators = indicators;
        all.evidence = evidence;
        all.incidents = incidents;
        all.context = context;
        all.eradication = eradication;
        all.announcement = announcement;
        return all;
    }
    RegionFacts facts() {
        const std::vector<std::string> ids{"R"};
        return region_facts(ids, registers(), today, diagnostics).front();
    }
    void add_household(std::string id, HouseholdGroup group = HouseholdGroup::grower) {
        Household household;
        household.id = std::move(id);
        household.region_id = "R";
        household.group = group;
        household.registered_on = day(2017, 6, 1);
        households.push_back(household);
    }
    void add_income(std::string id, geo::Month month, IncomeSource source, double net, bool verified = true) {
        incomes.push_back(
            {std::move(id), "R", month, source, net, "BOB", verified ? regions::Answer::yes : regions::Answer::no});
    }
    /// Four harvests in each of the three years before the announcement, and twelve licit months in 2020.
    void add_accounts(const std::string& id, double harvest, double licit, bool verified = true) {
        for (int year = 2015; year <= 2017; ++year)
            for (unsigned quarter = 1; quarter <= 4; ++quarter)
                add_income(id, std::chrono::year(year) / std::chrono::month(3 * quarter), IncomeSource::crop, harvest);
        for (unsigned month = 1; month <= 12; ++month)
            add_income(id, std::chrono::year(2020) / std::chrono::month(month), IncomeSource::licit, licit, verified);
    }
    void add_poverty_line(double per_month) {
        prices.push_back(
            {std::chrono::year(2020) / std::chrono::December, "poverty_line", per_month, "household-month", "BOB", ""});
    }
};

const Measure* measure(const RegionFacts& facts, std::string_view name) {
    const auto found = facts.measures.find(name);
    return found == facts.measures.end() ? nullptr : &found->second;
}

}  // namespace

TEST_CASE("licit income counts when it is verified, above the crop income of before and above the poverty line") {
    Study study;
    for (const char* id : {"h1", "h2", "h3", "h4", "h5"})
        study.add_household(id);
    study.add_accounts("h1", 3000, 1100);         // 13,200 a year against 12,000 before: enough
    study.add_accounts("h2", 3000, 900);          // 10,800: too little
    study.add_accounts("h3", 1000, 400);          // 4,800 against 4,000, but under the line of 6,000
    study.add_accounts("h4", 3000, 1100, false);  // enough only if it is true
    study.add_poverty_line(500);                  // h5 keeps no accounts
    const RegionFacts facts = study.facts();
    const Measure* share = measure(facts, "licit_income_share");
    REQUIRE(share != nullptr);
    CHECK(*share->value == Approx(1.0 / 3));
    CHECK(*share->lo <= 1.0 / 3);
    CHECK(*share->hi >= 1.0 / 3);
    CHECK(*share->lo >= 1.0 / 5);  // one certainly has it
    CHECK(*share->hi <= 3.0 / 5);  // two certainly have not
    CHECK(*measure(facts, "licit_net_income")->value == Approx((13200 + 10800 + 4800 + 13200) / 4.0));
    CHECK(*measure(facts, "licit_income_ratio")->value == Approx(1.1));  // of 1.1, 0.9, 1.2, 1.1
    CHECK(study.diagnostics.sorted()[0].message.id.text() == "facts.not_deflated");
}

TEST_CASE("a consumer price index makes old crop money comparable") {
    Study study;
    study.add_household("h1");
    study.add_accounts("h1", 3000, 1100);
    study.add_poverty_line(500);
    for (int year = 2014; year <= 2020; ++year)
        study.prices.push_back(
            {std::chrono::year(year) / std::chrono::January, "cpi", year < 2020 ? 100.0 : 125.0, "", "", ""});
    const RegionFacts facts = study.facts();
    CHECK(*measure(facts, "licit_income_ratio")->value == Approx(13200 / (12000 * 1.25)));
    CHECK(*measure(facts, "licit_income_share")->value == 0);
}

TEST_CASE("without a poverty line nobody is known to have enough, and nobody is guessed") {
    Study study;
    study.add_household("h1");
    study.add_accounts("h1", 3000, 1100);
    CHECK(measure(study.facts(), "licit_income_share") == nullptr);
}

TEST_CASE("the worst-off group of ten households decides, and one nobody asked may be at zero") {
    Study study;
    study.add_poverty_line(500);
    for (int i = 0; i < 10; ++i) {
        study.add_household("g" + std::to_string(i));
        study.add_accounts("g" + std::to_string(i), 1000, 1100);
    }
    for (int i = 0; i < 10; ++i)
        study.add_household("p" + std::to_string(i), HouseholdGroup::picker);
    CHECK(*measure(study.facts(), "licit_income_share")->lo == 0);
    for (int i = 0; i < 10; ++i)
        study.add_accounts("p" + std::to_string(i), 1000, i < 4 ? 1100 : 100);
    const RegionFacts facts = study.facts();
    CHECK(*measure(facts, "licit_income_share")->value == Approx(0.4));
    CHECK_THAT(measure(facts, "licit_income_share")->source, ContainsSubstring("group=picker"));
    CHECK(*measure(facts, "licit_income_share")->lo == Approx(0.4));
}

TEST_CASE("months without income run from the reduction to the first licit money") {
    Study study;
    for (const char* id : {"h1", "h2", "h3"})
        study.add_household(id);
    regions::EradicationEvent event;
    event.id = "e";
    event.region_id = "R";
    event.date = day(2019, 1, 15);
    event.kind = regions::EradicationKind::manual_forced;
    event.verified = regions::Answer::yes;
    study.eradication = {event};
    study.add_income("h1", std::chrono::year(2019) / std::chrono::July, IncomeSource::licit, 100);     // 6 months
    study.add_income("h2", std::chrono::year(2020) / std::chrono::January, IncomeSource::licit, 100);  // 12
    study.add_income("h3", std::chrono::year(2019) / std::chrono::June, IncomeSource::transfer,
                     100);  // none by Dec 2020: 23
    CHECK(*measure(study.facts(), "months_without_income")->value == 12);
    study.eradication[0].verified = regions::Answer::unknown;
    CHECK(measure(study.facts(), "months_without_income") == nullptr);
}

TEST_CASE("only confirmed deliveries count as delivered, and disputed ones are told") {
    Study study;
    study.add_household("h1");
    const auto deliver = [&](std::optional<geo::Date> on, std::optional<Confirmation> confirmation) {
        Delivery delivery;
        delivery.household_id = "h1";
        delivery.region_id = "R";
        delivery.promised_on = day(2019, 1, 1);
        delivery.delivered_on = on;
        delivery.confirmation = confirmation;
        study.deliveries.push_back(delivery);
    };
    deliver(day(2019, 2, 1), Confirmation::confirmed);
    deliver(day(2019, 9, 1), Confirmation::confirmed);  // late
    deliver(day(2019, 2, 1), Confirmation::disputed);
    deliver(day(2019, 2, 1), Confirmation::payer_only);
    deliver(std::nullopt, std::nullopt);
    const RegionFacts facts = study.facts();
    CHECK(*measure(facts, "delivered_share")->value == Approx(0.4));
    CHECK(*measure(facts, "on_time_share")->value == Approx(0.2));
    CHECK(*measure(facts, "disputed_share")->value == Approx(0.2));
    CHECK(*measure(facts, "reached_share")->value == 1);
}

TEST_CASE("an agreement signed under threat of eradication is none") {
    Study study;
    for (const char* id : {"h1", "h2"})
        study.add_household(id);
    study.households[0].agreement_date = day(2018, 5, 1);
    CHECK(*measure(study.facts(), "agreement_share")->value == Approx(0.5));
    regions::EradicationEvent event;
    event.region_id = "R";
    event.date = day(2017, 9, 1);
    event.kind = regions::EradicationKind::conditioned;
    study.eradication = {event};
    CHECK(*measure(study.facts(), "agreement_share")->value == 0);
    study.eradication[0].date = day(2016, 1, 1);  // long before
    CHECK(*measure(study.facts(), "agreement_share")->value == Approx(0.5));
    study.households[0].agreement_date.reset();  // a register without agreements says nothing about them
    CHECK(measure(study.facts(), "agreement_share") == nullptr);
}

TEST_CASE("a silent incident register is unknown, coerced households are a threat all the same") {
    Study study;
    study.add_household("h1");
    study.incidents = {{day(2017, 1, 1), IncidentKind::threat, "R", std::nullopt, 1, ""}};
    CHECK(measure(study.facts(), "unresolved_threats") == nullptr);
    study.incidents.push_back({day(2020, 5, 1), IncidentKind::arrest, "R", std::nullopt, 2, ""});
    CHECK(*measure(study.facts(), "unresolved_threats")->value == 0);
    CHECK(*measure(study.facts(), "arrests_12m")->value == 2);
    study.households[0].motive = Motive::coercion;
    CHECK(*measure(study.facts(), "unresolved_threats")->value == 1);
}

TEST_CASE("raters are joined by their median and range, the future is not used") {
    Study study;
    const auto rate = [&](const char* rater, double value, geo::Date on) {
        study.indicators.push_back(
            {"R", "participation", on, value, std::nullopt, std::nullopt, "", "workshop", rater});
    };
    rate("A", 60, day(2020, 5, 1));
    rate("B", 80, day(2020, 5, 2));
    rate("C", 20, day(2019, 5, 1));
    rate("C", 70, day(2020, 5, 1));
    rate("B", 0, day(2021, 5, 1));
    const Measure* joined = nullptr;
    const RegionFacts facts = study.facts();
    joined = measure(facts, "participation");
    REQUIRE(joined != nullptr);
    CHECK(*joined->value == 70);
    CHECK(*joined->lo == 60);
    CHECK(*joined->hi == 80);
}

TEST_CASE("the latest statement speaks for the region, the worst of one day") {
    Study study;
    const auto say = [&](GateState state, geo::Date on, const char* household) {
        study.evidence.push_back({"R", household, "market", on, state, "doc", std::nullopt});
    };
    say(GateState::fail, day(2019, 1, 1), "");
    say(GateState::pass, day(2020, 1, 1), "");
    say(GateState::fail, day(2020, 6, 1), "h1");
    CHECK(study.facts().evidence.at("market").value == GateState::pass);
    say(GateState::fail, day(2020, 1, 1), "");
    CHECK(study.facts().evidence.at("market").value == GateState::fail);
}

TEST_CASE("a share of a small sample keeps Wilson's interval inside what is counted") {
    // 5 of 5 known, of 100: Wilson with n' = 5*99/95 = 5.21 gives lo = 1/(1 + 3.8415/5.2105) = 0.5756.
    const Measure share = share_measure({5, 5, 100});
    CHECK(*share.value == 1);
    CHECK(*share.lo == Approx(0.5756).margin(1e-4));
    CHECK(*share.hi == 1);
    const Measure nearly_all = share_measure({8, 9, 10});
    CHECK(*nearly_all.lo == Approx(0.8));
    CHECK(*nearly_all.hi == Approx(0.9));
    CHECK_FALSE(share_measure({0, 0, 10}).value);
}

TEST_CASE("welfare has twelve rows for every region and year, unknown ones empty") {
    Study study;
    study.indicators = {
        {"R", "food_security", day(2019, 3, 1), 0.7, std::nullopt, std::nullopt, "share", "survey", ""}};
    regions::LossRow loss;
    loss.region_id = "R";
    loss.year = 2020;
    loss.mechanism = "direct_lag_0";
    loss.area = geo::Hectares(3);
    std::vector<regions::LossRow> losses{loss, loss};
    losses[1].mechanism = "not_crop";
    const std::vector<std::string> ids{"R", "S"};
    const std::vector<int> years{2019, 2020};
    const auto rows = welfare(ids, years, study.registers(), losses, study.diagnostics);
    CHECK(rows.size() == 2 * 2 * 12);
    std::set<std::string> known;
    for (const WelfareRow& row : rows)
        if (row.value) known.insert(row.region_id + row.period + row.indicator);
    // What was seen in 2019 says nothing about 2020.
    CHECK(known == std::set<std::string>{"R2019food_security", "R2020forest_loss"});
}
