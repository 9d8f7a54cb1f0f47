#include "report/answer_intervals.hpp"

#include <array>
#include <string>
#include <vector>

#include "report/key_sentences.hpp"
#include "tests/report/sample_results.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using vereda::tests::ContainsSubstring;
using geo::operator""_msg;

namespace {

std::string answer_to(const report::RunResults& results, std::string_view topic, const std::string& language = "en") {
    for (const auto& sentence :
         report::key_sentences(results, report::key_figures(results), tests::sample_catalogue(language))) {
        if (sentence.topic == topic) return sentence.answer;
    }
    return {};
}

livelihoods::SequenceRow sequence(const std::string& household, livelihoods::Violation violation,
                                  std::optional<int> months) {
    livelihoods::SequenceRow row;
    row.region_id = std::string("A");
    row.household_id = household;
    row.violation = violation;
    row.months_without_income = months;
    return row;
}

livelihoods::IncomeBridgeRow bridge(const std::string& household, livelihoods::BridgeState state) {
    livelihoods::IncomeBridgeRow row;
    row.household_id = household;
    row.state = state;
    return row;
}

livelihoods::FamilyVerdict family(double p_exceeds, livelihoods::SmallPlotVerdict verdict) {
    livelihoods::FamilyVerdict result;
    result.area.verdict = verdict;
    result.area.p_exceeds = p_exceeds;
    return result;
}

}  // namespace

TEST_CASE("reach is told from what was confirmed to what was recorded, and over the growers that the land shows") {
    report::RunResults results;
    livelihoods::CoverageRow row{"A", "2021", "all", "all", "all", "any", 100, 90, 50, {}, 20, 4};
    results.coverage.push_back(row);
    row.group = "grower";
    row.registered = 60;
    row.delivered = 30;
    results.coverage.push_back(row);
    row = {"B", "2021", "all", "all", "all", "any", 100, 90, 50, {}, 20, 4};
    results.coverage.push_back(row);
    CHECK_THAT(answer_to(results, "reach"), ContainsSubstring("20.0\u00a0% to 50.0\u00a0% of those registered"));
    CHECK_THAT(answer_to(results, "reach"), ContainsSubstring("is not known"));
    for (const std::size_t at : {0U, 1U})
        results.coverage.set_growers(at, {40, 20, 80});
    // 30 growers reached of 40 (20 to 80), in the one region of two of which the growers are known.
    const std::string told = answer_to(results, "reach");
    CHECK_THAT(told, ContainsSubstring("some 40 families grow (20 to 80) in 1 of 2 regions"));
    CHECK_THAT(told, ContainsSubstring("75.0\u00a0% of them (37.5\u00a0% to 100"));
    for (const std::size_t at : {0U, 1U})
        results.coverage.set_growers(at, {20, 15, 25});  // fewer grow than growers were reached
    CHECK_THAT(answer_to(results, "reach"), ContainsSubstring("more growers of the register than that received"));
    CHECK_THAT(answer_to(results, "reach"), ContainsSubstring("(30)"));
}

TEST_CASE("READY regions are told with those that nothing known rules out") {
    report::RunResults results;
    results.readiness_model.emplace();
    results.readiness_model->threshold = 0.6;
    const auto add = [&](livelihoods::ReadinessState state, std::optional<double> hi) {
        livelihoods::ReadinessRow row;
        row.state = state;
        row.score_hi = hi;
        results.readiness.push_back(row);
    };
    add(livelihoods::ReadinessState::ready, 0.8);
    add(livelihoods::ReadinessState::not_ready, 0.9);
    CHECK_THAT(answer_to(results, "readiness"), ContainsSubstring("Nothing unknown could change that number."));
    add(livelihoods::ReadinessState::conditional, 0.7);
    add(livelihoods::ReadinessState::insufficient_data, 0.5);  // whatever the gates, the score stays too low
    add(livelihoods::ReadinessState::insufficient_data, {});
    CHECK_THAT(answer_to(results, "readiness"), ContainsSubstring("between 1 and 3 regions may be READY"));
}

TEST_CASE("families and months of the order are told for every completion of what is not known") {
    using livelihoods::BridgeState;
    using livelihoods::Violation;
    report::RunResults results;
    livelihoods::SequenceRow region = sequence("", Violation::yes, {});
    region.families = 5;
    region.families_violated = 2;
    results.sequence_audit = {region,
                              sequence("H1", Violation::yes, 10),
                              sequence("H2", Violation::yes, 20),
                              sequence("H3", Violation::unknown, 30),
                              sequence("H4", Violation::no, 40),
                              sequence("H5", Violation::no, 0)};
    for (const char* id : {"H1", "H2", "H3", "H4", "H5"})
        results.income_bridge.push_back(bridge(id, BridgeState::bridged));
    CHECK_THAT(answer_to(results, "order"), ContainsSubstring("between 2 and 3 families lost their crop too early"));
    CHECK_THAT(answer_to(results, "order"), ContainsSubstring("waited 20 to 20 months"));
    results.income_bridge[0].state = BridgeState::waiting;  // 10 so far: the middle lies from 20 to 30
    CHECK_THAT(answer_to(results, "order"), ContainsSubstring("waited 20 to 30 months"));
    results.sequence_audit[4].months_without_income.reset();  // 0, 0, 10, 20, 30 at least; 0, 20, 30, ∞, ∞ at most
    CHECK_THAT(answer_to(results, "order"), ContainsSubstring("waited 10 to 30 months"));
    results.income_bridge[2].state = BridgeState::waiting;
    CHECK_THAT(answer_to(results, "order"), ContainsSubstring("waited 10 months or longer"));
    CHECK_THAT(answer_to(results, "order", "es"), ContainsSubstring("esperó 10 meses o más"));
}

TEST_CASE("families over the limit are told from what error alone could call to what is not surely under") {
    using livelihoods::SmallPlotVerdict;
    report::RunResults results;
    for (int i = 0; i < 6; ++i)
        results.small_plot_families.push_back(family(0.99, SmallPlotVerdict::exceeds));
    for (int i = 0; i < 3; ++i)
        results.small_plot_families.push_back(family(0.4, SmallPlotVerdict::within_error));
    for (int i = 0; i < 11; ++i)
        results.small_plot_families.push_back(family(0.01, SmallPlotVerdict::compliant));
    // Binomial(20, 0.05): P(X >= 3) = 0.0755, P(X >= 4) = 0.0159, so that 3 calls may come of error alone.
    const std::string told = answer_to(results, "small_plots");
    CHECK_THAT(told, ContainsSubstring("Of the 20 families whose error is known between 3 and 9 are truly over"));
    CHECK_THAT(told, ContainsSubstring("3 would be called so by error of measurement alone"));
    results.small_plot_families.resize(1);
    results.small_plot_families[0].area.p_exceeds.reset();
    CHECK_THAT(answer_to(results, "small_plots"), ContainsSubstring("no interval can be given"));
}
