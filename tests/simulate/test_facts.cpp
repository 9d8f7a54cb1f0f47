// The published figures in sample_data/facts: schema, units, uniqueness, plausible ranges, and checks across sources.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "tests/support/catch.hpp"

namespace {

using Row = std::map<std::string, std::string>;

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') {
            if (quoted && i + 1 < line.size() && line[i + 1] == '"') {
                cells.back() += line[++i];
            } else {
                quoted = !quoted;
            }
        } else if (line[i] == ',' && !quoted) {
            cells.emplace_back();
        } else {
            cells.back() += line[i];
        }
    }
    return cells;
}

std::vector<Row> facts(const std::string& name) {
    std::ifstream in(std::string(VEREDA_SOURCE_DIR) + "/sample_data/facts/" + name + ".csv");
    REQUIRE(in);
    std::string line;
    REQUIRE(std::getline(in, line));
    const std::vector<std::string> header = cells_of(line);
    const std::vector<std::string> expected{
        "country", "department", "indicator",           "year",   "value",          "lo",
        "hi",      "unit",       "year_of_publication", "source", "source_quality", "note"};
    CHECK(header == expected);
    std::vector<Row> rows;
    while (std::getline(in, line)) {
        const std::vector<std::string> cells = cells_of(line);
        REQUIRE(cells.size() == header.size());
        Row row;
        for (std::size_t i = 0; i < cells.size(); ++i)
            row[header[i]] = cells[i];
        rows.push_back(std::move(row));
    }
    return rows;
}

/// All figures that some source gives for a country as a whole.
std::vector<double> national(const std::vector<Row>& rows, const std::string& country, int year) {
    std::vector<double> values;
    for (const Row& row : rows) {
        if (row.at("country") == country && row.at("department").empty() && row.at("year") == std::to_string(year)) {
            values.push_back(std::stod(row.at("value")));
        }
    }
    return values;
}

const std::vector<std::string> files{"coca_hectares", "poppy_hectares", "production", "yields"};

}  // namespace

TEST_CASE("every published figure has a source, its quality, a unit and a plausible year") {
    const std::set<std::string> qualities{"un_report", "official_statement", "press"};
    const std::map<std::string, std::set<std::string>> units{{"coca_hectares", {"ha"}},
                                                             {"poppy_hectares", {"ha"}},
                                                             {"production", {"t"}},
                                                             {"yields", {"kg/ha", "kg/ha/year"}}};
    for (const std::string& file : files) {
        for (const Row& row : facts(file)) {
            CHECK_FALSE(row.at("country").empty());
            CHECK(row.at("source").size() > 8);
            CHECK(qualities.count(row.at("source_quality")) == 1);
            CHECK(units.at(file).count(row.at("unit")) == 1);
            const int year = std::stoi(row.at("year"));
            CHECK((year >= 1960 && year <= 2026));
            if (!row.at("year_of_publication").empty()) CHECK(std::stoi(row.at("year_of_publication")) >= year);
            const double value = std::stod(row.at("value"));
            CHECK(value > 0);
            if (row.at("lo").empty()) {
                CHECK(row.at("hi").empty());
            } else {
                CHECK(std::stod(row.at("lo")) <= value);
                CHECK(std::stod(row.at("hi")) >= value);
            }
        }
    }
}

TEST_CASE("one row per figure: no source gives the same figure twice") {
    for (const std::string& file : files) {
        std::set<std::tuple<std::string, std::string, std::string, std::string, std::string>> seen;
        for (const Row& row : facts(file)) {
            CHECK(seen.emplace(row.at("country"), row.at("department"), row.at("indicator"), row.at("year"),
                               row.at("source"))
                      .second);
        }
    }
}

TEST_CASE("hectares lie where any published figure can lie") {
    for (const Row& row : facts("coca_hectares"))
        CHECK((std::stod(row.at("value")) > 300 && std::stod(row.at("value")) < 300'000));
    for (const Row& row : facts("poppy_hectares"))
        CHECK((std::stod(row.at("value")) > 50 && std::stod(row.at("value")) < 350'000));
}

TEST_CASE("departments do not add up to more than their country") {
    const std::vector<Row> rows = facts("coca_hectares");
    std::map<std::tuple<std::string, int>, double> sums;
    for (const Row& row : rows) {
        if (!row.at("department").empty())
            sums[{row.at("country"), std::stoi(row.at("year"))}] += std::stod(row.at("value"));
    }
    CHECK(sums.size() >= 5);
    for (const auto& [key, sum] : sums) {
        const auto& [country, year] = key;
        const std::vector<double> whole = national(rows, country, year);
        REQUIRE_FALSE(whole.empty());
        for (const double value : whole)
            CHECK(sum <= value);
    }
}

TEST_CASE("sources that tell of the same country and year agree within rounding or a known revision") {
    const std::vector<Row> rows = facts("coca_hectares");
    for (int year = 2001; year <= 2024; ++year) {
        const std::vector<double> values = national(rows, "Colombia", year);
        REQUIRE_FALSE(values.empty());
        const auto [least, most] = std::minmax_element(values.begin(), values.end());
        const double allowed = year == 2004 || year == 2005 ? 0.11 : 0.01;  // first estimates of 2004-05 were revised
        CHECK(*most / *least - 1 <= allowed);
    }
}

TEST_CASE("Afghan district sums equal the national figures to the rounding of thousands") {
    // 2017: the districts add up to 328,355 ha; the published national figure is 328,000 ha.
    const std::vector<Row> rows = facts("poppy_hectares");
    for (int year = 2010; year <= 2017; ++year) {
        const std::vector<double> values = national(rows, "Afghanistan", year);
        REQUIRE(values.size() == 2);
        CHECK(std::abs(values[0] - values[1]) <= 500);
    }
    double sum_2017 = 0;
    for (const double value : national(rows, "Afghanistan", 2017))
        sum_2017 = std::max(sum_2017, value);
    CHECK(sum_2017 == 328355);
}

TEST_CASE("published production, area and yield fit each other") {
    const auto of = [](const std::string& file, const std::string& country, const std::string& indicator, int year) {
        for (const Row& row : facts(file)) {
            if (row.at("country") == country && row.at("indicator") == indicator &&
                row.at("year") == std::to_string(year)) {
                return std::stod(row.at("value"));
            }
        }
        FAIL("no " << indicator << " of " << country << " in " << year);
        return 0.0;
    };
    // Afghanistan 2017: 328,000 ha at 27.3 kg/ha are 8,954 t; published 9,000 t.
    CHECK(of("yields", "Afghanistan", "opium_yield", 2017) * 328.0 ==
          Approx(of("production", "Afghanistan", "opium_production", 2017)).epsilon(0.01));
    // Mexico 2019-20: 24,100 ha at 20.8 kg/ha are 501 t; published 504 t.
    CHECK(of("yields", "Mexico", "opium_yield", 2020) * 24.1 ==
          Approx(of("production", "Mexico", "opium_production", 2020)).epsilon(0.01));
    // Colombia 2019: 1.145 kg of cocaine hydrochloride to a tonne of fresh leaf.
    CHECK(1000 * of("production", "Colombia", "potential_cocaine_hcl", 2019) /
              of("production", "Colombia", "fresh_coca_leaf", 2019) ==
          Approx(1.145).margin(0.0005));
    // Peru 2006: (114,000 t of dry leaf - 9,000 t of licit use) / 280 t = 375.0.
    CHECK((of("production", "Peru", "dry_coca_leaf", 2006) - 9000) /
              of("production", "Peru", "potential_cocaine", 2006) ==
          Approx(375.0));
    // Colombia: fresh leaf yield fell by 31 % from 2005 to 2011.
    CHECK(of("yields", "Colombia", "fresh_leaf_yield", 2011) / of("yields", "Colombia", "fresh_leaf_yield", 2005) ==
          Approx(0.69).margin(0.005));
}
