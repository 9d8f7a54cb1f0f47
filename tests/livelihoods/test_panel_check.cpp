#include "livelihoods/panel_check.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"

using namespace vereda;
using livelihoods::ContextValue;
using livelihoods::notice_panel_damage;

namespace {

std::vector<geo::Diagnostic> noticed(const std::vector<ContextValue>& panel,
                                     const std::vector<livelihoods::PublishedTotal>& totals = {}) {
    geo::Diagnostics diagnostics;
    geo::Locus source;
    source.file = "panel.csv";
    notice_panel_damage(panel, totals, source, diagnostics);
    return diagnostics.sorted();
}

ContextValue coca(const std::string& region, int year, double value, long line = 0) {
    return {region, year, "coca_ha", value, "ha", line};
}

}  // namespace

TEST_CASE("a year in which every large region reads zero is noticed with its regions") {
    const auto found = noticed({coca("A", 2019, 0), coca("B", 2019, 0), coca("C", 2019, 120),  //
                                coca("A", 2020, 2400), coca("B", 2020, 1800), coca("C", 2020, 130)});
    REQUIRE(found.size() == 1);
    CHECK(found[0].message.id.text() == "panel.lost_thousands");
    CHECK(found[0].locus.field == "coca_ha");
    CHECK(found[0].message.arguments ==
          geo::MessageArguments{{"year", "2019"}, {"count", "2"}, {"regions", "A, B"}, {"lines", "0, 0"}});
}

TEST_CASE("a year in which one large region holds over a thousand is not damaged") {
    CHECK(noticed({coca("A", 2019, 0), coca("B", 2019, 1001), coca("A", 2020, 2400), coca("B", 2020, 1800)}).empty());
}

TEST_CASE("small series are never called damaged") {
    CHECK(noticed({coca("A", 2019, 0), coca("B", 2019, 0), coca("A", 2020, 400), coca("B", 2020, 380)}).empty());
}

TEST_CASE("one key with two values is noticed, and a row that repeats another once, however many columns it has") {
    const auto found = noticed({coca("A", 2019, 5, 2),
                                coca("A", 2019, 7, 3),
                                coca("B", 2019, 3, 4),
                                coca("B", 2019, 3, 5),
                                {"B", 2019, "labs", 1, "", 4},
                                {"B", 2019, "labs", 1, "", 5}});
    REQUIRE(found.size() == 2);
    CHECK(found[0].message.id.text() == "panel.duplicate");
    CHECK(found[0].locus.feature == "A");
    CHECK(found[1].message.id.text() == "panel.repeated");
    CHECK(found[1].locus.line == 5);
    CHECK(found[1].message.arguments == geo::MessageArguments{{"year", "2019"}, {"line", "4"}});
}

TEST_CASE("every row of a damaged year is named") {
    std::vector<ContextValue> panel;
    std::string lines;
    for (int i = 0; i < 30; ++i) {
        const std::string region = "R" + std::to_string(10 + i);
        panel.push_back(coca(region, 2019, 0, 100 + i));
        panel.push_back(coca(region, 2020, 2000 + i, 200 + i));
        lines += (i == 0 ? "" : ", ") + std::to_string(100 + i);
    }
    const auto found = noticed(panel);
    REQUIRE(found.size() == 1);
    const auto& arguments = found[0].message.arguments;
    CHECK(std::ranges::find(arguments, std::pair<std::string, std::string>("lines", lines)) != arguments.end());
}

TEST_CASE("a published total of a year that the panel does not tell is no miss") {
    CHECK(noticed({coca("A", 2019, 600)}, {{"coca_ha", 2019, 600, "UNODC"}, {"coca_ha", 2018, 999, "UNODC"}}).empty());
    CHECK(noticed({coca("A", 2019, 600)}, {{"maize_ha", 2019, 999, "UNODC"}}).size() == 1);
}

TEST_CASE("a year cut off just under a thousand is noticed although most large regions are not zero") {
    std::vector<ContextValue> panel;
    for (int i = 0; i < 12; ++i) {
        const std::string region = "R" + std::to_string(10 + i);
        panel.push_back(coca(region, 2019, i < 2 ? 0 : 600 + i));
        panel.push_back(coca(region, 2020, 1500 + i));
    }
    REQUIRE(noticed(panel).size() == 1);
    panel.push_back(coca("R99", 2019, 1000));
    CHECK(noticed(panel).empty());
}

TEST_CASE("a value ten times both its neighbours is noticed with its row, a lasting rise is not") {
    const auto found = noticed({coca("A", 2018, 120, 2), coca("A", 2019, 9000, 3), coca("A", 2020, 130, 4),
                                coca("B", 2018, 100), coca("B", 2019, 2000), coca("B", 2020, 2500)});
    REQUIRE(found.size() == 1);
    CHECK(found[0].message.id.text() == "panel.jump");
    CHECK(found[0].locus.feature == "A");
    CHECK(found[0].locus.line == 3);
}

TEST_CASE("a series that falls to nothing for one year and comes back whole is noticed") {
    const auto found = noticed({coca("A", 2018, 800), coca("A", 2019, 0), coca("A", 2020, 850), coca("B", 2018, 300),
                                coca("B", 2019, 310), coca("B", 2020, 320)});
    REQUIRE(found.size() == 1);
    CHECK(found[0].message.id.text() == "panel.jump");
}

TEST_CASE("a small series may be noisy without being noticed") {
    CHECK(noticed({coca("A", 2018, 1), coca("A", 2019, 14), coca("A", 2020, 1), coca("B", 2018, 300),
                   coca("B", 2019, 310), coca("B", 2020, 320)})
              .empty());
}

TEST_CASE("a published change that its own totals do not give is flagged with the one they give") {
    // Peru 2019 and 2020: 54,655 and 61,777 ha are +13.0 %; the press printed +11.5 and +26.
    const std::vector<ContextValue> panel{coca("Peru", 2019, 54'655), coca("Peru", 2020, 61'777)};
    const auto told = [&](double change) {
        return noticed(panel, {{"coca_ha", 2019, 54'655, "press", 2}, {"coca_ha", 2020, 61'777, "press", 3, change}});
    };
    CHECK(told(13.0).empty());
    for (const double printed : {11.5, 26.0}) {
        const auto found = told(printed);
        REQUIRE(found.size() == 1);
        CHECK(found[0].message.id.text() == "panel.change_missed");
        const auto& arguments = found[0].message.arguments;
        CHECK(std::ranges::find(arguments, std::pair<std::string, std::string>("derived", "+13.0")) != arguments.end());
    }
    // Of another source, or without the year before, nothing can be derived.
    CHECK(noticed(panel, {{"coca_ha", 2019, 54'655, "a"}, {"coca_ha", 2020, 61'777, "b", 0, 26.0}}).empty());
}

TEST_CASE("regions that miss a published total by more than half a percent are noticed, with the difference") {
    const std::vector<ContextValue> panel{coca("A", 2019, 600), coca("B", 2019, 395), coca("A", 2020, 700),
                                          coca("B", 2020, 300)};
    const auto found = noticed(panel, {{"coca_ha", 2019, 999, "UNODC"}, {"coca_ha", 2020, 1200, "UNODC"}});
    REQUIRE(found.size() == 1);
    CHECK(found[0].message.id.text() == "panel.total_missed");
    CHECK(found[0].locus.field == "coca_ha");
    const geo::MessageArguments expected{{"year", "2020"},  {"regions", "2"},       {"sum", "1000"},
                                         {"total", "1200"}, {"difference", "-200"}, {"source", "UNODC"}};
    CHECK(found[0].message.arguments == expected);
}
