#include "report/csv.hpp"

#include <array>
#include <chrono>
#include <locale>
#include <sstream>

#include "tests/support/catch.hpp"

using namespace vereda;
using geo::FieldType;
using geo::operator""_msg;

namespace {

constexpr std::array columns{
    report::Column{"name", FieldType::text, "", "x"_msg},
    report::Column{"count", FieldType::integer, "", "x"_msg},
    report::Column{"area_ha", FieldType::real, "ha", "x"_msg, 4},
    report::Column{"value", FieldType::real, "", "x"_msg},
    report::Column{"day", FieldType::date, "", "x"_msg},
};
const report::TableDeclaration declaration{"sample", "x"_msg, "x"_msg, report::Audience::internal_only, columns};

std::string csv_of(std::vector<std::vector<geo::Value>> rows) {
    report::Table table{&declaration, std::move(rows)};
    report::sort_rows(table);
    std::ostringstream out;
    report::write_csv(out, table);
    return out.str();
}

struct Comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

}  // namespace

TEST_CASE("cells are quoted by RFC 4180 and unknown ones are empty") {
    CHECK(csv_of({{std::string("a \"b\", c"), std::int64_t{1}, 2.0, 0.1, geo::Date(std::chrono::year(2021) / 12 / 31)},
                  {{}, {}, {}, {}, {}}}) ==
          "name,count,area_ha,value,day\r\n,,,,\r\n\"a \"\"b\"\", c\",1,2.0000,0.1,2021-12-31\r\n");
}

TEST_CASE("numbers have the declared decimals or the shortest digits that name them") {
    CHECK(csv_of({{std::string("a"), std::int64_t{9'007'199'254'740'993}, 0.00004, 1.0 / 3, {}}}) ==
          "name,count,area_ha,value,day\r\na,9007199254740993,0.0000,0.3333333333333333,\r\n");
    CHECK_THAT(csv_of({{std::string("a"), {}, -0.00004, 1e-7, {}}}), tests::ContainsSubstring("a,,0.0000,1e-07,"));
}

TEST_CASE("rows come sorted whatever their order was") {
    const std::vector<geo::Value> a{std::string("a"), std::int64_t{2}, {}, {}, {}};
    const std::vector<geo::Value> b{std::string("a"), std::int64_t{10}, {}, {}, {}};
    CHECK(csv_of({b, a}) == csv_of({a, b}));
    CHECK(csv_of({b, a}) == "name,count,area_ha,value,day\r\na,2,,,\r\na,10,,,\r\n");
}

TEST_CASE("text is made harmless and numbers are left alone") {
    const std::string csv = csv_of({{std::string("=cmd|' /C calc'!A0\x1b[2J\u202E"), {}, {}, -2.5, {}}});
    CHECK_THAT(csv, tests::ContainsSubstring("'=cmd|' /C calc'!A0\uFFFD[2J\uFFFD,,,-2.5,"));
}

TEST_CASE("the process's locale does not reach the file") {
    const std::string plain = csv_of({{std::string("a"), std::int64_t{1'234'567}, 1234.5, 1234.5, {}}});
    const std::locale before = std::locale::global(std::locale(std::locale(), new Comma));
    const std::string other = csv_of({{std::string("a"), std::int64_t{1'234'567}, 1234.5, 1234.5, {}}});
    std::locale::global(before);
    CHECK(other == plain);
}
