#include "report/region_memo.hpp"

#include <algorithm>
#include <sstream>

#include "tests/report/sample_results.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using geo::operator""_msg;
using tests::ContainsSubstring;

namespace {

std::string memo_of(const report::RunResults& results, const std::string& region, const std::string& language) {
    const report::Catalogue words = tests::sample_catalogue(language);
    const report::KeyFigures figures = report::key_figures(results);
    const auto row = std::ranges::find(results.readiness, region, &livelihoods::ReadinessRow::region_id);
    REQUIRE(row != results.readiness.end());
    std::ostringstream out;
    report::write_region_memo(out, {results, figures, words, report::NumberFormat(language)}, *row);
    return std::move(out).str();
}

const livelihoods::ReadinessRow& any_row(const report::RunResults& results, bool ready) {
    const auto row = std::ranges::find_if(results.readiness, [&](const livelihoods::ReadinessRow& candidate) {
        return (candidate.state == livelihoods::ReadinessState::ready) == ready;
    });
    REQUIRE(row != results.readiness.end());
    return *row;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++n;
    return n;
}

}  // namespace

TEST_CASE("a memo is marked internal in its head, on every printed page and in its title") {
    const auto results = tests::sample_results();
    const std::string memo = memo_of(results, results.readiness.front().region_id, "es");
    CHECK_THAT(memo, ContainsSubstring("<title>INTERNO"));
    CHECK_THAT(memo, ContainsSubstring("<p class=\"mark\">INTERNO"));
    CHECK_THAT(memo, ContainsSubstring("@top-left{") && ContainsSubstring("content:\"INTERNO"));
    CHECK_THAT(memo, ContainsSubstring("default-src 'none'"));
    CHECK(memo.find("<script") == std::string::npos);
}

TEST_CASE("a memo says that no state triggers anything by force") {
    const auto results = tests::sample_results();
    for (const auto& row : results.readiness) {
        CHECK_THAT(memo_of(results, row.region_id, "en"),
                   ContainsSubstring(tests::sample_catalogue("en").text("readiness.no_force"_msg)));
    }
}

TEST_CASE("a memo names what is missing, and who owes it or that nobody is named") {
    auto results = tests::sample_results();
    const std::string region = any_row(results, false).region_id;
    results.readiness_missing.clear();
    livelihoods::ReadinessMissingRow item;
    item.region_id = region;
    item.order = 1;
    item.kind = livelihoods::MissingKind::gate_failed;
    item.what = results.readiness_model->gates.front().id;
    item.reason = {"sample.skipped"_msg, {{"what", "title deeds"}}};
    item.owner = "Agencia <Uno>";
    item.due_on = geo::parse_date("2021-12-01", geo::DateOrder::iso_only);
    results.readiness_missing.push_back(item);
    item.owner.clear();
    item.due_on.reset();
    results.readiness_missing.push_back(item);
    const std::string memo = memo_of(results, region, "en");
    CHECK_THAT(memo, ContainsSubstring("Agencia &lt;Uno&gt;, by 1 December 2021"));
    CHECK_THAT(memo, ContainsSubstring("nobody"));
    CHECK_THAT(memo, ContainsSubstring("title deeds"));
}

TEST_CASE("a memo cuts a list that two sides cannot hold and says so") {
    auto results = tests::sample_results();
    const std::string region = any_row(results, false).region_id;
    results.readiness_missing.clear();
    livelihoods::ReadinessMissingRow item;
    item.region_id = region;
    item.kind = livelihoods::MissingKind::gate_failed;
    item.reason = {"sample.skipped"_msg, {{"what", std::string(10'000, 'x')}}};
    for (int i = 0; i < 100; ++i) {
        item.order = i;
        results.readiness_missing.push_back(item);
    }
    const std::string memo = memo_of(results, region, "en");
    CHECK(count(memo, "<tr>") < 50);
    CHECK(memo.size() < 20'000);
    CHECK_THAT(memo, ContainsSubstring("84 more stand in tables/readiness_missing.csv"));
}

TEST_CASE("hostile names stay text in a memo, and no household is in it") {
    auto results = tests::sample_results();
    const std::string hostile = tests::hostile_text();
    std::vector<regions::Region> list = results.regions->regions();
    for (auto& region : list)
        region.name = region.parent = hostile;
    geo::Diagnostics ignored;
    const geo::Crs crs = results.regions->crs();
    results.regions.emplace(list, crs, geo::Locus{}, ignored);
    results.study.name = hostile;
    for (auto& gate : results.readiness_model->gates)
        gate.title_en = gate.title_es = hostile;
    const std::string memo = memo_of(results, results.readiness.front().region_id, "es");
    CHECK(memo.find("<script") == std::string::npos);
    CHECK(memo.find("onerror=\"") == std::string::npos);
    CHECK(memo.find("\u202E") == std::string::npos);
    for (const auto& row : results.small_plots) {
        if (!row.household_id.empty()) CHECK(memo.find(row.household_id) == std::string::npos);
    }
}
