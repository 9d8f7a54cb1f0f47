#include "report/key_figures.hpp"

#include "report/key_sentences.hpp"
#include "tests/report/sample_results.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using geo::Hectares;
using geo::operator""_msg;
using tests::ContainsSubstring;

namespace {

regions::PlotAreaRow area(const char* region, int year, std::optional<double> ha, double lo, double hi,
                          double seen = 1) {
    regions::PlotAreaRow row{region, region, year, regions::Crop::coca, {}, {}, {}, {}, seen, false};
    if (ha) {
        row.plots = 1;
        row.area = Hectares(*ha);
        row.area_lo = Hectares(lo);
        row.area_hi = Hectares(hi);
    }
    return row;
}

livelihoods::WelfareRow welfare(const char* region, const char* period, std::optional<double> value, bool up = true) {
    return {region,   period,
            "income", value,
            {},       {},
            "BOB",    up ? livelihoods::Direction::higher_is_better : livelihoods::Direction::lower_is_better,
            ""};
}

std::string answer_to(const report::RunResults& results, const std::string& topic, const std::string& language = "en") {
    const auto words = tests::sample_catalogue(language);
    for (const auto& s : report::key_sentences(results, report::key_figures(results), words)) {
        if (s.topic == topic) return s.answer + " | " + s.limits;
    }
    return "";
}

livelihoods::ReadinessRow state(const char* region, livelihoods::ReadinessState value) {
    livelihoods::ReadinessRow row;
    row.region_id = region;
    row.state = value;
    return row;
}

}  // namespace

TEST_CASE("totals leave out what was not seen and say how much it is") {
    report::RunResults results;
    results.plot_area = {area("A", 2018, 10, 9, 12), area("B", 2018, std::nullopt, 0, 0, 0),
                         area("C", 2018, 5, 4, 9, 0.5)};
    const auto figures = report::key_figures(results);
    REQUIRE(figures.crops.size() == 1);
    const auto& total = figures.crops.front();
    CHECK(total.area.value() == 15);
    CHECK(total.lo->value() == 13);
    CHECK(total.hi->value() == 21);
    CHECK(total.regions == 3);
    CHECK(total.regions_unseen == 1);
    CHECK(total.observed_share == Approx(0.5));  // equal weights without regions: (1 + 0 + 0.5) / 3
    CHECK_THAT(answer_to(results, "plots"), ContainsSubstring("1 of 3"));
}

TEST_CASE("two years are called different only where their intervals are apart") {
    report::RunResults results;
    results.plot_area = {area("A", 2016, 10, 9, 11), area("A", 2018, 12, 11.5, 13)};
    CHECK_THAT(answer_to(results, "plots"), ContainsSubstring("more than in 2016"));
    results.plot_area[1] = area("A", 2018, 12, 10.5, 13);
    CHECK_THAT(answer_to(results, "plots"), ContainsSubstring("cannot be told apart from 2016"));
    results.plot_area[1] = area("A", 2018, 5, 4, 6);
    CHECK_THAT(answer_to(results, "plots"), ContainsSubstring("less than in 2016"));
}

TEST_CASE("loss is summed by year and mechanism, and direct loss is its lags alone") {
    report::RunResults results;
    results.loss = {{"A", "A", 2018, "direct_lag_0", Hectares(2), {}, {}, {}},
                    {"A", "A", 2018, "direct_lag_10", Hectares(1), {}, {}, {}},
                    {"A", "A", 2018, "direct_lag_2", Hectares(3), {}, {}, {}},
                    {"B", "B", 2019, "unattributed", Hectares(14), {}, {}, {}}};
    const auto loss = report::key_figures(results).loss;
    CHECK(loss.total.value() == 20);
    CHECK(loss.direct.value() == 6);
    CHECK(loss.mechanisms == std::vector<std::string>{"direct_lag_0", "direct_lag_2", "direct_lag_10", "unattributed"});
    CHECK_FALSE(report::lag_of("direct_lag_").has_value());
    CHECK_FALSE(report::lag_of("direct_lag_2x").has_value());
    CHECK_THAT(answer_to(results, "forest"), ContainsSubstring("6.0\u00a0ha of it (30.0\u00a0%)"));
}

TEST_CASE("reach counts the totals of the last period once") {
    report::RunResults results;
    livelihoods::CoverageRow row{"A", "2020", "all", "all", "all", "any", 100, 90, 50, 0.5, 20, 4};
    results.coverage.push_back(row);
    row.period = "2021";
    row.delivered = 60;
    results.coverage.push_back(row);
    row.group = "grower";
    results.coverage.push_back(row);
    const auto figures = report::key_figures(results);
    CHECK(figures.coverage_period == "2021");
    REQUIRE(figures.reach.size() == 1);
    CHECK(figures.reach.front().delivered == 60);
    const std::string answer = answer_to(results, "reach");
    CHECK_THAT(answer, ContainsSubstring("60 (60.0\u00a0%) had received"));
    CHECK_THAT(answer, ContainsSubstring("20.0\u00a0% to 60.0\u00a0%"));
}

TEST_CASE("readiness never turns the unknown into a yes, and says that it forces nothing") {
    report::RunResults results;
    results.readiness = {state("A", livelihoods::ReadinessState::insufficient_data),
                         state("B", livelihoods::ReadinessState::not_ready)};
    results.readiness[0].gates.push_back({"G2", livelihoods::GateState::unknown, {}, {}});
    const std::string none = answer_to(results, "readiness");
    CHECK_THAT(none, ContainsSubstring("Of 2 regions none is READY"));
    CHECK_THAT(none, ContainsSubstring("for lack of data: 1"));
    CHECK_THAT(none, ContainsSubstring("Unknown is not yes"));
    CHECK_THAT(none, ContainsSubstring("triggers nothing by force"));
    CHECK_THAT(none, ContainsSubstring("“G2”"));
    results.readiness.push_back(state("C", livelihoods::ReadinessState::ready));
    CHECK_THAT(answer_to(results, "readiness"), ContainsSubstring("One of 3 regions is READY"));
    CHECK_THAT(answer_to(results, "readiness", "es"), ContainsSubstring("Una de 3 regiones está LISTA"));
    results.readiness.push_back(state("D", livelihoods::ReadinessState::ready));
    CHECK_THAT(answer_to(results, "readiness"), ContainsSubstring("2 of 4 regions are READY"));
}

TEST_CASE("a trend needs two known values, looks at what is good for people, and stands behind its interval") {
    report::RunResults results;
    results.welfare = {
        welfare("A", "2016", 100),      welfare("A", "2021", 90),           welfare("B", "2016", 3, false),
        welfare("B", "2021", 2, false), welfare("C", "2016", std::nullopt), welfare("C", "2021", 5),
        welfare("D", "2016", 5),        welfare("D", "2021", std::nullopt)};
    auto wide = welfare("E", "2016", 100);
    wide.lo = 80;
    wide.hi = 120;
    results.welfare.push_back(wide);
    wide.period = "2021";
    wide.value = 115;
    wide.lo = 95;
    wide.hi = 135;
    results.welfare.push_back(wide);
    const auto figures = report::key_figures(results).welfare;
    const auto trend = [&](const char* region) { return figures.by_region.at(region).at("income").trend; };
    CHECK(trend("A") == report::Trend::worse);
    CHECK(trend("B") == report::Trend::better);
    CHECK(trend("C") == report::Trend::unknown);
    CHECK(trend("D") == report::Trend::unknown);
    CHECK(trend("E") == report::Trend::same);
    CHECK(figures.cells == 5);
    CHECK(figures.known == 4);
}

TEST_CASE("a fall in hectares beside a fall in welfare is said aloud") {
    report::RunResults results;
    results.plot_area = {area("A", 2016, 10, 9, 11), area("A", 2021, 2, 1, 3), area("B", 2016, 10, 9, 11),
                         area("B", 2021, 8, 7, 10)};
    results.welfare = {welfare("A", "2016", 100), welfare("A", "2021", 60)};
    const auto figures = report::key_figures(results).welfare;
    CHECK(figures.regions_less_crop == 1);  // B's intervals overlap
    CHECK(figures.regions_less_crop_worse == 1);
    CHECK_THAT(answer_to(results, "welfare"), ContainsSubstring("clearly fell: 1; in 1 of them"));
}

TEST_CASE("a question without data says why it has no answer") {
    report::RunResults results;
    results.skipped = {{"coverage", {"sample.skipped"_msg, {{"what", "households"}}}}};
    CHECK(answer_to(results, "reach") == "No answer in this run: the study names no households | ");
    CHECK(answer_to(results, "forest") == "This run has no data to answer with. | ");
}

TEST_CASE("plots come first and welfare stands beside them") {
    const auto results = tests::sample_results();
    const auto sentences = report::key_sentences(results, report::key_figures(results), tests::sample_catalogue("en"));
    REQUIRE(sentences.size() == 8);
    CHECK(sentences[0].topic == "plots");
    CHECK(sentences[1].topic == "welfare");
    for (const auto& sentence : sentences) {
        const bool in_sample = sentence.topic != "displacement" && sentence.topic != "order";
        if (!in_sample) continue;
        CHECK(sentence.answered);
        CHECK_FALSE(sentence.limits.empty());
        CHECK(sentence.answer.find('{') == std::string::npos);
    }
}
