#include <cmath>
#include <map>
#include <set>

#include "geo/topology.hpp"
#include "simulate/study_tables.hpp"
#include "tests/simulate/small_landscape.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::simulate;
using vereda::tests::law_seeds;
using vereda::tests::small_landscape;

TEST_CASE("every home lies in its vereda, ids are unique and the census is not smaller than the register") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        std::set<std::string> ids;
        std::map<std::string, int> per_vereda;
        CHECK(static_cast<int>(valle.people.households.size()) == valle.parameters.people.households);
        for (std::size_t h = 0; h < valle.people.households.size(); ++h) {
            const livelihoods::Household& family = valle.people.households[h];
            CHECK(ids.insert(family.id).second);
            const auto at = valle.land.vereda_at(*family.home);
            REQUIRE(at);
            CHECK(valle.land.veredas[*at].id == family.region_id);
            CHECK(valle.people.vereda[h] == *at);
            ++per_vereda[family.region_id];
        }
        for (const Vereda& vereda : valle.land.veredas)
            CHECK(vereda.households_total >= per_vereda[vereda.id]);
    }
}

TEST_CASE("plots belong to growers of the same vereda") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        REQUIRE(valle.people.owner.size() == valle.cultivation.plots.size());
        for (std::size_t i = 0; i < valle.people.owner.size(); ++i) {
            if (valle.people.owner[i] < 0) continue;
            const auto h = static_cast<std::size_t>(valle.people.owner[i]);
            CHECK(valle.people.households[h].group == livelihoods::HouseholdGroup::grower);
            CHECK(valle.people.vereda[h] == valle.cultivation.plots[i].vereda);
        }
    }
}

TEST_CASE("served veredas got what was promised, promised-only ones did not") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        std::map<std::string, std::size_t> vereda_of;
        for (std::size_t h = 0; h < valle.people.households.size(); ++h)
            vereda_of[valle.people.households[h].id] = valle.people.vereda[h];
        std::map<Story, std::pair<double, double>> share;  // confirmed, promised
        for (const livelihoods::Delivery& delivery : valle.assistance.deliveries) {
            if (delivery.household_id.empty()) continue;
            auto& [confirmed, promised] = share[valle.stories[vereda_of.at(delivery.household_id)]];
            ++promised;
            confirmed += delivery.delivered_on && delivery.confirmation == livelihoods::Confirmation::confirmed;
            if (delivery.delivered_on) CHECK(*delivery.delivered_on >= *delivery.promised_on);
        }
        REQUIRE(share[Story::served].second > 20);
        CHECK(share[Story::served].first / share[Story::served].second > 0.9);
        REQUIRE(share[Story::promised_only].second > 20);
        CHECK(share[Story::promised_only].first / share[Story::promised_only].second < 0.3);
    }
}

TEST_CASE("forced and conditioned operations never fall into a vereda told as served") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        for (const Operation& operation : valle.cultivation.operations) {
            const auto kind = operation.event.kind;
            if (kind != regions::EradicationKind::manual_forced && kind != regions::EradicationKind::conditioned)
                continue;
            CHECK_FALSE(is_served(valle.stories[operation.vereda]));
        }
    }
}

TEST_CASE("measured small plots err as their method errs") {
    // Mean of the squared relative area error against the first-order theory for four independent corners of a square:
    // SD = sqrt(2)·sigma·L (methods §11). Shapes vary, so the check is on the order of size, over all seeds.
    double ratio = 0;
    int count = 0;
    int lawful = 0;
    int all = 0;
    for (const std::uint64_t seed : law_seeds) {
        for (const RegisteredPlot& plot : small_landscape(seed).registered_plots) {
            CHECK_FALSE(geo::invalidity(plot.outline));
            ++all;
            lawful += plot.lawful_area;
            if (plot.measured_by != regions::MeasuredBy::corners) continue;
            const double error = geo::planar_area(plot.outline) - plot.true_area.value();
            const double sd = std::sqrt(2.0) * plot.position_error_m * std::sqrt(plot.true_area.value());
            ratio += error * error / (sd * sd);
            ++count;
        }
    }
    REQUIRE(count > 60);
    CHECK(ratio / count == Approx(1).margin(0.45));
    CHECK(static_cast<double>(lawful) / all == Approx(SmallPlotParameters{}.lawful_share).margin(0.08));
}

TEST_CASE("past sanctions fall on families of the register, before the measurement, and two measurements never err") {
    int confirmed = 0;
    int single = 0;
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        for (const PastSanction& past : valle.sanctions) {
            if (past.record.household_id.empty()) {
                CHECK_FALSE(past.record.union_name.empty());
                CHECK_FALSE(livelihoods::confirmed_twice(past.record));
                continue;
            }
            const auto plot =
                std::ranges::find(valle.registered_plots, past.record.household_id, &RegisteredPlot::household_id);
            REQUIRE(plot != valle.registered_plots.end());
            CHECK(past.record.day < plot->measured_on);
            CHECK(past.record.day >= std::chrono::sys_days{std::chrono::year{2017} / 3 / 8});
            CHECK(past.really_exceeded == !plot->lawful_area);
            if (livelihoods::confirmed_twice(past.record)) {
                CHECK(plot->true_area >= 1.2 * vereda::tests::small_parameters().small_plots.limit);
                ++confirmed;
            } else {
                CHECK(plot->lawful_area);
                ++single;
            }
        }
    }
    CHECK(confirmed > 10);
    CHECK(single > 5);
}

TEST_CASE("registers have one cell per column, and deliveries come as a Spanish spreadsheet writes them") {
    const Landscape& valle = small_landscape(1);
    for (const auto& tables : {register_tables(valle), truth_tables(valle)}) {
        for (const NamedTable& named : tables) {
            CHECK_FALSE(named.table.rows.empty());
            for (const geo::TextRow& row : named.table.rows)
                REQUIRE(row.cells.size() == named.table.columns.size());
            if (named.name != "deliveries") continue;
            const geo::TextRow& first = named.table.rows.front();
            CHECK(first.cells[*named.table.find("amount")].find(',') != std::string::npos);
            CHECK(geo::parse_date(first.cells[*named.table.find("promised_on")], geo::DateOrder::day_month_year)
                      .has_value());
        }
    }
}
