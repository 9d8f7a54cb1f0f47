#include "app/formats/toml_reader.hpp"

#include <functional>
#include <string>

#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::app;

namespace {

geo::Locus study_file() {
    geo::Locus source;
    source.file = "study.toml";
    return source;
}

TomlDocument parsed(std::string_view text) {
    return TomlDocument::parse(text, study_file());
}

geo::Error refusal(const std::function<void()>& read) {
    try {
        read();
    } catch (const geo::Error& error) {
        return error;
    }
    FAIL("nothing was refused");
    throw std::logic_error("unreachable");
}

geo::Error parse_refusal(const std::string& text) {
    return refusal([&] { (void)parsed(text); });
}

}  // namespace

TEST_CASE("typed keys are read, absent ones are empty") {
    const TomlDocument document =
        parsed("a = 'x'\nn = 3\nd = 2017-03-01\nb = true\nl = ['p', 'q']\n[t]\ny = 1.5\n[[u]]\n[[u]]\n");
    const TomlTable& root = document.root();
    CHECK(*root.text("a") == "x");
    CHECK(*root.number("n") == 3);
    CHECK(*root.integer("n") == 3);
    CHECK(geo::to_iso(*root.date("d")) == "2017-03-01");
    CHECK(*root.boolean("b"));
    CHECK(root.texts("l") == std::vector<std::string>{"p", "q"});
    CHECK(root.texts("a") == std::vector<std::string>{"x"});
    CHECK(*root.table("t")->number("y") == 1.5);
    CHECK(root.tables("u").size() == 2);
    CHECK_FALSE(root.text("nothing"));
    CHECK(root.tables("nothing").empty());
    root.finish();
    CHECK(root.place("d").line == 3);
    CHECK(root.table("t")->place("y").field == "t.y");
}

TEST_CASE("a key nobody asks for is named with line and nearest key") {
    const TomlDocument document = parsed("[study]\nname = 'x'\ncurency = 'BOB'\nzzzzzzzz = 1\n");
    const TomlTable study = document.root().required_table("study");
    (void)study.required_text("name");
    (void)study.text("currency");
    const auto unknown = document.root().unknown_keys();
    REQUIRE(unknown.size() == 2);
    CHECK(unknown[0].kind() == geo::ErrorKind::usage);
    CHECK(unknown[0].locus().line == 3);
    CHECK(unknown[0].locus().field == "study.curency");
    CHECK(unknown[0].message().arguments[1].second == "currency");
    CHECK(unknown[1].message().id.text() == "toml.unknown_key");
    CHECK_THROWS_AS(document.root().finish(), geo::Error);
}

TEST_CASE("a wrong type and a missing key name their line") {
    const TomlDocument document = parsed("[t]\nn = 'three'\nd = 2017-03-01T10:00:00\nx = nan\n");
    const TomlTable table = document.root().required_table("t");
    const geo::Error number = refusal([&] { (void)table.number("n"); });
    CHECK(number.kind() == geo::ErrorKind::usage);
    CHECK(number.locus().line == 2);
    CHECK(number.locus().field == "t.n");
    CHECK_THROWS_AS(table.date("d"), geo::Error);
    CHECK_THROWS_AS(table.number("x"), geo::Error);
    CHECK(refusal([&] { (void)table.required_text("absent"); }).locus().line == 1);
}

TEST_CASE("what is no TOML is refused with its line: syntax, duplicates, impossible dates, numbers out of range") {
    for (const char* text : {"a = 1\nb = = 2\n", "a = 1\na = 2\n", "a = 1\nb = 2023-02-29\n",
                             "a = 1\nb = 99999999999999999999\n", "a = 1\nb = \"open\n"}) {
        const geo::Error error = parse_refusal(text);
        CHECK(error.kind() == geo::ErrorKind::input);
        CHECK(error.locus().line == 2);
        CHECK(error.locus().file == "study.toml");
    }
}

TEST_CASE("text that is not UTF-8 is no TOML") {
    CHECK(parse_refusal("a = 1\n\xff\xfe = 2\n").kind() == geo::ErrorKind::input);
}

TEST_CASE("bombs are refused before the parser sees them") {
    const auto repeated = [](std::string_view part, int count) {
        std::string text;
        for (int i = 0; i < count; ++i)
            text += part;
        return text;
    };
    CHECK(parse_refusal("a = " + repeated("[", 100000)).kind() == geo::ErrorKind::policy);
    CHECK(parse_refusal("a = " + repeated("{a=", 100000)).kind() == geo::ErrorKind::policy);
    CHECK(parse_refusal(repeated("a.", 100000) + "b = 1").kind() == geo::ErrorKind::policy);
    CHECK(parse_refusal("[" + repeated("a.", 100000) + "b]").kind() == geo::ErrorKind::policy);
    CHECK(parse_refusal(repeated("k", 8 << 20) + " = 1").kind() == geo::ErrorKind::policy);
    CHECK(parse_refusal(repeated("k", 2000) + " = 1").message().id.text() == "toml.key_too_long");
    // Long but flat is no bomb: numbers with dots, brackets in strings and comments.
    CHECK_NOTHROW(parsed("a = [" + repeated("1.5, ", 5000) + "]\n"));
    CHECK_NOTHROW(
        parsed("a = '" + repeated("[", 5000) + "'\nb = \"" + repeated("{.", 5000) + "\" # " + repeated("[", 500)));
    CHECK_NOTHROW(parsed("a = \"\"\"\n" + repeated("[\n", 500) + "\"\"\"\n"));
    CHECK_NOTHROW(parsed("a = [\"" + repeated("x", 3000) + "\"]\n"));
}
