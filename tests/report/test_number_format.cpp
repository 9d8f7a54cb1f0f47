#include "report/number_format.hpp"

#include "tests/support/catch.hpp"

using namespace vereda;
using geo::Hectares;
using report::NumberFormat;

TEST_CASE("numbers are grouped and rounded as each language writes them") {
    const NumberFormat en("en");
    const NumberFormat es("es");
    CHECK(en.number(1234.56, 1) == "1,234.6");
    CHECK(es.number(1234.56, 1) == "1.234,6");
    CHECK(en.number(1234567, 0) == "1,234,567");
    CHECK(es.number(999, 0) == "999");
    CHECK(en.number(0.125, 2) == "0.12");  // the binary value is a tie: to even
    CHECK(en.number(-0.04, 1) == "0.0");   // no negative zero
    CHECK(en.number(-12.5, 1) == "\u221212.5");
    CHECK(en.integer(1000) == "1,000");
}

TEST_CASE("areas carry decimals by their size and their interval the same ones") {
    const NumberFormat en("en");
    const NumberFormat es("es");
    CHECK(en.hectares(Hectares(12.34), Hectares(10.06), Hectares(14.94)) == "12.3\u00a0ha\u00a0(10.1–14.9)");
    CHECK(es.hectares(Hectares(12.34), Hectares(10.06), Hectares(14.94)) == "12,3\u00a0ha\u00a0(10,1–14,9)");
    CHECK(en.hectares(Hectares(0.163)) == "0.16\u00a0ha");
    CHECK(en.hectares(Hectares(3921.6)) == "3,922\u00a0ha");
    CHECK(en.hectares(Hectares(0)) == "0.0\u00a0ha");
    CHECK(en.hectares(Hectares(5), std::nullopt, Hectares(6)) == "5.0\u00a0ha");
}

TEST_CASE("shares, scores and money follow the same policy") {
    const NumberFormat en("en");
    const NumberFormat es("es");
    CHECK(en.percent(0.669) == "66.9\u00a0%");
    CHECK(es.percent(1) == "100,0\u00a0%");
    CHECK(en.plain(0.3) == "0.3");
    CHECK(es.plain(2.5) == "2,5");
    CHECK(en.plain(100.04) == "100");
    CHECK(en.plain(0.0004) == "0");
    CHECK(en.plain(1234.5) == "1,234");
    CHECK(en.score(0.6431, 0.41, 0.7) == "0.64\u00a0(0.41–0.70)");
    CHECK(en.money(1250.4, "BOB") == "1,250\u00a0BOB");
    CHECK(es.money(9.5, "BOB") == "9,50\u00a0BOB");
    CHECK(es.square_metres(geo::SquareMetres(1600)) == "1.600\u00a0m²");
}
