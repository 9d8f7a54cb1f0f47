#include "report/safe_text.hpp"

#include "tests/support/catch.hpp"

using namespace vereda::report;

TEST_CASE("markup becomes text") {
    CHECK(escaped("<b onclick=\"x('y')\">&</b>") == "&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;&amp;&lt;/b&gt;");
    CHECK(escaped("Ñambí – ácido") == "Ñambí – ácido");
}

TEST_CASE("what acts on a terminal or turns text around is shown as a replacement character") {
    CHECK(safe_text("a\x1b[31mb") == "a\uFFFD[31mb");
    CHECK(safe_text(std::string("a\0b", 3)) == "a\uFFFDb");
    CHECK(safe_text("a\u202Eb\u2066c\u200Fd\u061Ce") == "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
    CHECK(safe_text("a\u0085b\u2028c") == "a\uFFFDb\uFFFDc");
    CHECK(safe_text("one\r\ntwo\tthree") == "one  two three");
}

TEST_CASE("broken UTF-8 becomes a replacement character for each bad byte and the rest stays") {
    CHECK(safe_text("a\xff"
                    "b") == "a\uFFFDb");
    CHECK(safe_text("\xc0\xaf") == "\uFFFD\uFFFD");            // overlong
    CHECK(safe_text("\xed\xa0\x80") == "\uFFFD\uFFFD\uFFFD");  // surrogate
    CHECK(safe_text("cut\xe2\x82") == "cut\uFFFD\uFFFD");
    CHECK(safe_text("\xf0\x9f\x8c\xbf") == "🌿");
}

TEST_CASE("no cell starts a formula") {
    CHECK(spreadsheet_text("=1+1") == "'=1+1");
    CHECK(spreadsheet_text("+54") == "'+54");
    CHECK(spreadsheet_text("-cmd") == "'-cmd");
    CHECK(spreadsheet_text("@SUM(A1)") == "'@SUM(A1)");
    CHECK(spreadsheet_text("\t=1") == "' =1");
    CHECK(spreadsheet_text("\r=1") == "' =1");
    CHECK(spreadsheet_text("a=1") == "a=1");
    CHECK(spreadsheet_text("").empty());
}

TEST_CASE("text is shortened at whole characters") {
    CHECK(shortened("ñandú", 5) == "ñandú");
    CHECK(shortened("ñandú", 4) == "ñand…");
    CHECK(shortened("", 3).empty());
}
