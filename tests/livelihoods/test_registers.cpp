#include "livelihoods/registers.hpp"

#include <functional>

#include "tests/livelihoods/plots.hpp"
#include "tests/livelihoods/tables.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

/// The error that reading must throw.
geo::Error refusal(const std::function<void()>& read) {
    try {
        read();
    } catch (const geo::Error& error) {
        return error;
    }
    FAIL("nothing was refused");
    throw std::logic_error("unreachable");
}

std::string argument(const geo::Error& error, std::string_view name) {
    for (const auto& [key, value] : error.message().arguments)
        if (key == name) return value;
    return {};
}

std::vector<Household> known_households() {
    std::vector<Household> households(1);
    households[0].id = "h1";
    households[0].region_id = "R1";
    return households;
}

}  // namespace

TEST_CASE("households keep their words, dates and unknowns; a second row of one id is reported and left out") {
    geo::Diagnostics diagnostics;
    auto register_table =
        table({"household_id", "region_id", "group", "registered_on", "land_title", "members", "sex", "x", "y"},
              {{"h1", "R1", "Picker", "2018-03-01", "possession", "5", "Mujer", "100", "200"},
               {"h1", "R1", "grower", "", "", "", "", "", ""},
               {"h2", "R2", "", "", "", "", "", "", ""}});
    const auto households = households_from(register_table, {}, nullptr, diagnostics);
    REQUIRE(households.size() == 2);
    CHECK(households[0].group == HouseholdGroup::picker);
    CHECK(*households[0].registered_on == day(2018, 3, 1));
    CHECK(households[0].land_title == LandTitle::possession);
    CHECK(*households[0].members == 5);
    CHECK(households[0].sex == "mujer");
    CHECK(*households[0].home == geo::Point{100, 200});
    CHECK(households[1].group == HouseholdGroup::unknown);
    CHECK_FALSE(households[1].registered_on);
    CHECK_FALSE(households[1].home);
    REQUIRE(diagnostics.sorted().size() == 1);
    CHECK(diagnostics.sorted()[0].message.id.text() == "households.duplicate");
    CHECK(diagnostics.sorted()[0].locus.line == 3);
}

TEST_CASE("a user's own column names are mapped") {
    geo::Diagnostics diagnostics;
    const auto register_table = table({"ID_FAMILIA", "VEREDA"}, {{"h1", "R1"}});
    const ColumnMap columns{{"household_id", "ID_FAMILIA"}, {"region_id", "VEREDA"}};
    CHECK(households_from(register_table, columns, nullptr, diagnostics)[0].id == "h1");
    const ColumnMap misspelt{{"household_id", "ID_FAMILIA"}, {"region_id", "VEREDAS"}};
    const geo::Error missing = refusal([&] { (void)households_from(register_table, misspelt, nullptr, diagnostics); });
    CHECK(missing.kind() == geo::ErrorKind::input);
    CHECK(argument(missing, "nearest") == "VEREDA");
    const ColumnMap unheard{{"household_id", "ID_FAMILIA"}, {"region_id", "VEREDA"}, {"land_titel", "X"}};
    const geo::Error unknown = refusal([&] { (void)households_from(register_table, unheard, nullptr, diagnostics); });
    CHECK(unknown.kind() == geo::ErrorKind::usage);
    CHECK(argument(unknown, "nearest") == "land_title");
}

TEST_CASE("a column whose name differs in case, blanks or accents alone is the one meant, unless two look alike") {
    geo::Diagnostics diagnostics;
    const auto read = [&](std::vector<std::string> columns, std::vector<std::string> row) {
        return households_from(table(std::move(columns), {std::move(row)}), {}, nullptr, diagnostics).front();
    };
    const Household household = read({"Household_ID", " REGION_ID", "Unión"}, {"h1", "R1", "Sindicato"});
    CHECK(household.id == "h1");
    CHECK(household.region_id == "R1");
    CHECK(household.union_name == "Sindicato");
    CHECK(read({"household_id", "region_id", "Sex", "SEX"}, {"h1", "R1", "mujer", "hombre"}).sex.empty());
    CHECK(read({"household_id", "region_id", "sex", "SEX"}, {"h1", "R1", "mujer", "hombre"}).sex == "mujer");
}

TEST_CASE("relatives are the ids that a cell names, however they are separated") {
    geo::Diagnostics diagnostics;
    const auto kin = [&](std::string cell) {
        return households_from(table({"household_id", "region_id", "kin"}, {{"h1", "R1", std::move(cell)}}), {},
                               nullptr, diagnostics)
            .front()
            .kin;
    };
    CHECK(kin("").empty());
    CHECK(kin("h2") == std::vector<std::string>{"h2"});
    CHECK(kin(" h2; h3,h4 | h5 ") == std::vector<std::string>{"h2", "h3", "h4", "h5"});
}

TEST_CASE("a missing column is named with the nearest one, a bad cell with line, column and valid words") {
    geo::Diagnostics diagnostics;
    const geo::Error column = refusal([&] {
        (void)households_from(table({"houshold_id", "region_id"}, {{"h1", "R1"}}), {}, nullptr, diagnostics);
    });
    CHECK(argument(column, "column") == "household_id");
    CHECK(argument(column, "nearest") == "houshold_id");
    const auto cell = [&](std::string name, std::string value) {
        return refusal([&] {
            (void)households_from(table({"household_id", "region_id", name}, {{"h1", "R1", value}}), {}, nullptr,
                                  diagnostics);
        });
    };
    const geo::Error word = cell("group", "farmer");
    CHECK(word.locus().line == 2);
    CHECK(word.locus().field == "group");
    CHECK(argument(word, "valid") == "grower, picker, non_grower, unknown");
    CHECK(cell("registered_on", "2023-02-29").locus().line == 2);
    CHECK(cell("birth_year", "1066").message().id.text() == "table.out_of_range");
    CHECK(cell("members", "many").locus().field == "members");
    const geo::Error empty = refusal([&] {
        (void)households_from(table({"household_id", "region_id"}, {{"", "R1"}}), {}, nullptr, diagnostics);
    });
    CHECK(empty.message().id.text() == "table.cell_missing");
}

TEST_CASE("a delivery takes its household's region; rows about nobody are refused, unknown households counted") {
    geo::Diagnostics diagnostics;
    const auto households = known_households();
    const auto deliveries = deliveries_from(
        table({"household_id", "region_id", "programme_id", "component", "promised_on", "delivered_on", "confirmation"},
              {{"h1", "", "P", "food", "2018-01-01", "2018-02-01", "confirmed"},
               {"", "R2", "P", "road", "2018-01-01", "", ""},
               {"h9", "", "P", "food", "2018-01-01", "2017-12-01", ""}}),
        {}, households, diagnostics);
    REQUIRE(deliveries.size() == 3);
    CHECK(deliveries[0].region_id == "R1");
    CHECK(*deliveries[0].confirmation == Confirmation::confirmed);
    CHECK(deliveries[1].component == Component::road);
    CHECK_FALSE(deliveries[1].confirmation);
    CHECK(deliveries[2].region_id.empty());
    CHECK(diagnostics.count(geo::Severity::warning) == 2);  // the unknown household, the delivery before its promise
    const geo::Error nobody = refusal([&] {
        (void)deliveries_from(
            table({"household_id", "programme_id", "component", "promised_on"}, {{"", "P", "food", ""}}), {},
            households, diagnostics);
    });
    CHECK(nobody.message().id.text() == "register.about_nobody");
}

TEST_CASE("decimal commas and day-first dates are read when the table says so") {
    geo::Diagnostics diagnostics;
    auto incomes = table({"household_id", "month", "source", "net_income"}, {{"h1", "03/2020", "licit", "1234,5"}});
    incomes.decimal_mark = geo::DecimalMark::comma;
    incomes.date_order = geo::DateOrder::day_month_year;
    const auto records = incomes_from(incomes, {}, known_households(), diagnostics);
    REQUIRE(records.size() == 1);
    CHECK(records[0].net_income == 1234.5);
    CHECK(geo::to_iso(records[0].month) == "2020-03");
    CHECK(records[0].region_id == "R1");
    CHECK(records[0].verified == regions::Answer::unknown);
}

TEST_CASE("an indicator outside its own interval is refused") {
    geo::Diagnostics diagnostics;
    const auto read = [&](std::string value, std::string lo, std::string hi) {
        return indicators_from(table({"region_id", "indicator", "as_of", "value", "lo", "hi"},
                                     {{"R", "food_security", "2020-01-01", value, lo, hi}}),
                               {}, diagnostics);
    };
    CHECK(read("0.5", "0.4", "0.6").size() == 1);
    CHECK_FALSE(read("", "", "")[0].value);
    CHECK_THROWS_AS(read("0.7", "0.4", "0.6"), geo::Error);
    CHECK_THROWS_AS(read("", "0.6", "0.4"), geo::Error);
}

TEST_CASE("context takes every numeric column, with units from a second header row") {
    geo::Diagnostics diagnostics;
    const auto values = context_from(
        table({"region_id", "year", "population", "remark", "litres"},
              {{"", "", "people", "", "L/ha"}, {"R", "2019", "120", "quiet", ""}, {"R", "2020", "130", "", "4.5"}}),
        {}, diagnostics);
    REQUIRE(values.size() == 3);
    CHECK(values[0].name == "population");
    CHECK(values[0].unit == "people");
    CHECK(values[2].name == "litres");
    CHECK(values[2].value == 4.5);
    CHECK(values[2].year == 2020);
    REQUIRE(diagnostics.sorted().size() == 1);
    CHECK(diagnostics.sorted()[0].locus.field == "remark");
    CHECK_THROWS_AS(
        context_from(table({"region_id", "year", "population"}, {{"R", "2019", "120"}, {"R", "2020", "many"}}), {},
                     diagnostics),
        geo::Error);
}

TEST_CASE("an incident without region or place is refused; evidence, prices and programmes keep their words") {
    geo::Diagnostics diagnostics;
    CHECK_THROWS_AS(incidents_from(table({"date", "kind", "region_id"}, {{"2020-01-01", "threat", ""}}), {}, nullptr,
                                   nullptr, diagnostics),
                    geo::Error);
    const auto incidents =
        incidents_from(table({"date", "kind", "region_id", "count"}, {{"2020-01-01", "threat", "R", ""}}), {}, nullptr,
                       nullptr, diagnostics);
    CHECK(incidents[0].count == 1);
    const auto evidence = evidence_from(table({"region_id", "gate", "as_of", "value"},
                                              {{"R", "market", "2020-01-01", "pass"}, {"R", "food", "2020-01-01", ""}}),
                                        {}, {}, diagnostics);
    CHECK(evidence[0].value == GateState::pass);
    CHECK(evidence[1].value == GateState::unknown);
    const auto prices = prices_from(
        table({"month", "good", "price"}, {{"2020-01", "cpi", "104.5"}, {"2020-02", "cpi", ""}}), {}, diagnostics);
    REQUIRE(prices.size() == 1);
    CHECK(prices[0].price == 104.5);
    const auto programmes = programmes_from(
        table({"programme_id", "kind", "requires_prior_eradication"}, {{"P", "substitution", "yes"}}), {}, diagnostics);
    CHECK(programmes[0].requires_prior_eradication == regions::Answer::yes);
}

TEST_CASE("a column of numbers that starts with a word is left out with a warning that names the cell") {
    geo::Diagnostics diagnostics;
    const auto values = context_from(table({"region_id", "year", "poppy_ha", "name"}, {{"R", "2019", "-", "a"},
                                                                                       {"R", "2020", "12", "b"},
                                                                                       {"R", "2021", "14", "c"},
                                                                                       {"R", "2022", "p-f", "d"},
                                                                                       {"R", "2023", "15", "e"}}),
                                     {}, diagnostics);
    CHECK(values.empty());
    const auto told = diagnostics.sorted();
    REQUIRE(diagnostics.count(geo::Severity::warning) == 1);
    for (const geo::Diagnostic& one : told) {
        if (one.severity != geo::Severity::warning) continue;
        CHECK(one.message.id.text() == "context.column_not_numbers");
        CHECK(one.locus.field == "poppy_ha");
        CHECK(one.message.arguments == geo::MessageArguments{{"text", "-"}, {"count", "2"}});
    }
}
