#include "report/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "report/csv.hpp"
#include "tests/report/sample_results.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;

namespace {

/// The contract with users, as docs/outputs.md and the design promise it: a table's first columns, in order. Columns
/// may be appended, never renamed, moved or removed.
const std::map<std::string, std::vector<std::string>> promised{
    {"plot_area",
     {"region_id", "region_name", "year", "crop", "plots", "area_ha", "area_lo_ha", "area_hi_ha", "observed_share"}},
    {"loss", {"region_id", "year", "mechanism", "area_ha", "displaced_lo_ha", "displaced_hi_ha"}},
    {"coverage",
     {"region_id", "period", "group", "sex", "ethnicity", "component", "registered", "promised", "delivered",
      "delivered_share"}},
    {"readiness",
     {"region_id", "as_of", "state", "score", "score_lo", "score_hi", "rank", "rank_lo", "rank_hi", "failed_gates",
      "unknown_gates", "reason"}},
    {"readiness_gates", {"region_id", "gate", "state", "reason", "as_of"}},
    {"small_plots",
     {"household_id", "plot_id", "pack", "verdict", "findings", "area_m2", "sd_m2", "limit_m2", "p_exceeds",
      "reasons"}},
    {"welfare", {"region_id", "period", "indicator", "value", "lo", "hi", "unit", "direction", "source"}},
};

}  // namespace

TEST_CASE("the promised columns are there, in their order") {
    for (const auto& [name, columns] : promised) {
        INFO(name);
        const auto& declared = report::declared_table(name).columns;
        REQUIRE(declared.size() >= columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i)
            CHECK(declared[i].name == columns[i]);
    }
}

TEST_CASE("table and column names are unique and every column's unit is in its name") {
    std::set<std::string_view> tables;
    for (const auto* table : report::declared_tables()) {
        CHECK(tables.insert(table->name).second);
        std::set<std::string_view> columns;
        for (const auto& column : table->columns) {
            INFO(table->name << "." << column.name);
            CHECK(columns.insert(column.name).second);
            if (column.unit == "ha") CHECK(column.name.ends_with("_ha"));
            if (column.unit == "m2") CHECK(column.name.ends_with("_m2"));
        }
    }
}

TEST_CASE("every column that names a household or plot is marked personal, and only internal tables have one") {
    for (const auto* table : report::declared_tables()) {
        for (const auto& column : table->columns) {
            const bool names_someone = column.name.starts_with("household_id") || column.name.starts_with("plot_id");
            INFO(table->name << "." << column.name);
            if (names_someone) CHECK(column.privacy == report::Privacy::personal);
            if (column.privacy == report::Privacy::personal) CHECK(table->audience == report::Audience::internal_only);
        }
    }
}

TEST_CASE("every row of a run's tables has a cell of the declared type in every column") {
    for (const auto& table : report::tables_of(tests::sample_results(), tests::sample_catalogue("en"))) {
        INFO(table.declaration->name);
        const auto columns = table.declaration->columns;
        CHECK(std::ranges::is_sorted(table.rows));
        for (const auto& row : table.rows) {
            REQUIRE(row.size() == columns.size());
            for (std::size_t i = 0; i < row.size(); ++i) {
                if (std::holds_alternative<std::monostate>(row[i])) continue;
                // integer, real, text and date stand in the variant in the order of FieldType, after "unknown"
                if (row[i].index() != static_cast<std::size_t>(columns[i].type) + 1) FAIL_CHECK(columns[i].name);
            }
        }
    }
}

TEST_CASE("a run without results still has its list of diagnostics, and nothing else") {
    const auto tables = report::tables_of({}, tests::sample_catalogue("en"));
    REQUIRE(tables.size() == 1);
    CHECK(tables.front().declaration->name == "diagnostics");
    CHECK(tables.front().rows.empty());
}

TEST_CASE("a table too large to hold is written as its halves are, which are held") {
    report::RunResults whole;
    std::array<report::RunResults, 2> halves;
    for (int i = 0; i < 120'000; ++i) {
        const std::string region = fmt::format("R{:04}", i / 100);
        const std::string period = fmt::format("{}", 2000 + i % 100);
        livelihoods::CoverageRow row{region, period, "all", "all", "all", "any"};
        row.registered = i % 7;
        row.delivered = i % 5;
        whole.coverage.push_back(row);
        halves[i < 60'000 ? 0 : 1].coverage.push_back(row);
    }
    const auto csv = [](const report::RunResults& results) {
        std::ostringstream text;
        report::write_csv(text, report::table_of(results, "coverage", tests::sample_catalogue("en")));
        return text.str();
    };
    const report::Table table = report::table_of(whole, "coverage", tests::sample_catalogue("en"));
    CHECK(table.rows.empty());
    CHECK(table.row_count() == 120'000);
    CHECK(table.head(3).rows.size() == 3);
    const std::string second = csv(halves[1]);
    CHECK(csv(whole) == csv(halves[0]) + second.substr(second.find('\n') + 1));
}

TEST_CASE("what was not observed is empty in the table, not zero") {
    report::RunResults results;
    results.plot_area.push_back({"V1", "Uno", 2018, regions::Crop::coca, {}, {}, {}, {}, 0, false});
    const auto tables = report::tables_of(results, tests::sample_catalogue("en"));
    const auto& table = tables.front();
    const auto& row = table.rows.front();
    CHECK(std::holds_alternative<std::monostate>(row[table.declaration->position("area_ha")]));
    CHECK(std::holds_alternative<std::monostate>(row[table.declaration->position("plots")]));
    CHECK(std::get<double>(row[table.declaration->position("observed_share")]) == 0);
}

TEST_CASE("docs/outputs.md says what the program declares") {
    const std::string declared = report::outputs_markdown(tests::sample_catalogue("en"));
    if (std::getenv("VEREDA_WRITE_DOCS") != nullptr) {
        std::ofstream(std::string(VEREDA_SOURCE_DIR) + "/docs/outputs.md", std::ios::binary) << declared;
    }
    INFO("run test_report with VEREDA_WRITE_DOCS=1 to write it anew");
    CHECK(tests::source_file("docs/outputs.md") == declared);
}
