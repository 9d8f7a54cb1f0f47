#include <optional>
#include <string>
#include <vector>

#include "geo/date.hpp"
#include "geo/error.hpp"
#include "geo/feature.hpp"
#include "geo/text_table.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using geo::DateOrder;
using geo::DecimalMark;

namespace {

std::string iso(const std::string& text, DateOrder order) {
    const auto date = geo::parse_date(text, order);
    return date ? geo::to_iso(*date) : "none";
}

bool refused(const std::string& text, DecimalMark mark) {
    try {
        (void)geo::parse_number(text, mark);
        return false;
    } catch (const geo::Error& error) {
        return error.message().id.text() == "number.unreadable" && error.kind() == geo::ErrorKind::input;
    }
}

}  // namespace

TEST_CASE("days are read the ISO way, and day first only where declared") {
    CHECK(iso("2017-03-31", DateOrder::iso_only) == "2017-03-31");
    CHECK(iso("2016-02-29", DateOrder::iso_only) == "2016-02-29");
    CHECK(iso("31/03/2017", DateOrder::iso_only) == "none");
    CHECK(iso("31/03/2017", DateOrder::day_month_year) == "2017-03-31");
    CHECK(iso("1-3-2017", DateOrder::day_month_year) == "2017-03-01");
    CHECK(iso("2017-03-31", DateOrder::day_month_year) == "2017-03-31");
}

TEST_CASE("what is no day is never guessed") {
    for (const char* text : {"", "2023-02-29", "2017-13-01", "2017-3-1", "42825", "2017-03-31T00:00:00", "2017-03-31 ",
                             "31/03/17", "03/31/2017", "2017/03/31", "+017-03-31", "2017-03--1", "31.03.2017"}) {
        INFO(text);
        CHECK(iso(text, DateOrder::iso_only) == "none");
        CHECK(iso(text, DateOrder::day_month_year) == "none");
    }
}

TEST_CASE("months are read and written") {
    CHECK(geo::to_iso(*geo::parse_month("2017-03", DateOrder::iso_only)) == "2017-03");
    CHECK(geo::to_iso(*geo::parse_month("3/2017", DateOrder::day_month_year)) == "2017-03");
    CHECK_FALSE(geo::parse_month("3/2017", DateOrder::iso_only));
    CHECK_FALSE(geo::parse_month("2017-00", DateOrder::iso_only));
    CHECK(geo::to_iso(*geo::parse_month("2017-03-01", DateOrder::iso_only)) == "2017-03");
    CHECK(geo::to_iso(*geo::parse_month("31/3/2017", DateOrder::day_month_year)) == "2017-03");
    CHECK_FALSE(geo::parse_month("2017-02-30", DateOrder::iso_only));
    CHECK(geo::year_of(*geo::parse_date("1999-12-31", DateOrder::iso_only)) == 1999);
    CHECK(geo::days_between(*geo::parse_date("2016-02-28", DateOrder::iso_only),
                            *geo::parse_date("2016-03-01", DateOrder::iso_only)) == 2);
}

TEST_CASE("numbers are read in the table's own mark") {
    CHECK(geo::parse_number("1.5", DecimalMark::point) == 1.5);
    CHECK(geo::parse_number("-0,25", DecimalMark::comma) == -0.25);
    CHECK(geo::parse_number("+3e-2", DecimalMark::point) == 0.03);
    CHECK(geo::parse_number(".5", DecimalMark::point) == 0.5);
    CHECK(geo::parse_number("007", DecimalMark::point) == 7);
    CHECK(geo::parse_number("0.1", DecimalMark::point) == 0.1);
    CHECK(geo::parse_number("", DecimalMark::point) == std::nullopt);
}

TEST_CASE("nothing but a plain number passes for one") {
    for (const char* text : {"NaN", "nan", "inf", "-Infinity", "0x10", "12abc", "1e999", "1 234", "1,234,567", "1'000",
                             "--1", "+-1", "1e",  "e5",        ".",    "-",     "1.2.3", "٣",     "1_000",     "½"}) {
        INFO(text);
        CHECK(refused(text, DecimalMark::point));
        CHECK(refused(text, DecimalMark::comma));
    }
    CHECK(refused("1,5", DecimalMark::point));
    CHECK(refused("1.5", DecimalMark::comma));
}

TEST_CASE("integers keep every digit and are never cut") {
    CHECK(geo::parse_integer("9007199254740993") == 9007199254740993LL);
    CHECK(geo::parse_integer("-12") == -12);
    CHECK(geo::parse_integer("") == std::nullopt);
    for (const char* text : {"1.0", "1e3", "9223372036854775808", "7 ", "+-7", "0x7"}) {
        INFO(text);
        CHECK_THROWS_AS(geo::parse_integer(text), geo::Error);
    }
}

TEST_CASE("a cell that cannot be read is named by file, line and column") {
    geo::TextTable table;
    table.locus.file = "households.csv";
    table.columns = {"household_id", "members"};
    table.rows.push_back({7, {"H1", "tres"}});
    const geo::RowReader row(table, table.rows[0]);
    CHECK(row.text(0) == "H1");
    CHECK(row.text(std::nullopt).empty());
    CHECK_FALSE(row.number(std::nullopt).has_value());
    for (int kind = 0; kind < 4; ++kind) {
        try {
            if (kind == 0) (void)row.number(1);
            if (kind == 1) (void)row.integer(1);
            if (kind == 2) (void)row.date(1);
            if (kind == 3) (void)row.month(1);
            FAIL("accepted");
        } catch (const geo::Error& error) {
            CHECK(error.locus().file == "households.csv");
            CHECK(error.locus().line == 7);
            CHECK(error.locus().field == "members");
        }
    }
}

TEST_CASE("values are written as a user would write them") {
    CHECK(geo::to_text(geo::Value{}).empty());
    CHECK(geo::to_text(geo::Value(std::int64_t{9007199254740993})) == "9007199254740993");
    CHECK(geo::to_text(geo::Value(0.1)) == "0.1");
    CHECK(geo::to_text(geo::Value(7.0)) == "7");
    CHECK(geo::to_text(geo::Value(std::string("007"))) == "007");
    CHECK(geo::to_text(geo::Value(*geo::parse_date("2017-03-31", DateOrder::iso_only))) == "2017-03-31");
}
