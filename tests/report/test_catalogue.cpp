#include "report/catalogue.hpp"

#include <regex>
#include <string>

#include "geo/error.hpp"
#include "tests/report/sample_results.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using geo::operator""_msg;

namespace {

report::Catalogue two_words() {
    return report::Catalogue::parse(R"({"a": "{count} plots in {place}", "b": "plain", "c": "{open"})", "en");
}

std::string failure_of(const std::string& json) {
    try {
        (void)report::Catalogue::parse(json, "xx");
    } catch (const geo::Error& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("named arguments are put where the text names them") {
    const auto words = two_words();
    CHECK(words.text("a"_msg, {{"place", "V1"}, {"count", "3"}}) == "3 plots in V1");
    CHECK(words.text("a"_msg, {{"count", "{place}"}, {"place", "V1"}}) ==
          "{place} plots in V1");  // values are not read again
    CHECK(words.text("a"_msg, {{"count", "3"}}) == "3 plots in {place}");
    CHECK(words.text("b"_msg, {{"count", "3"}}) == "plain");
    CHECK(words.text("c"_msg) == "{open");
    CHECK(words.text(geo::Message{}).empty());
}

TEST_CASE("a text that is missing is our own bug, and the error names it") {
    try {
        (void)two_words().text("nowhere"_msg);
        FAIL("no error");
    } catch (const geo::Error& error) {
        CHECK(error.kind() == geo::ErrorKind::internal);
        CHECK_THAT(error.what(), tests::ContainsSubstring("key=nowhere") && tests::ContainsSubstring("language=en"));
    }
    CHECK_FALSE(two_words().find("nowhere").has_value());
}

TEST_CASE("a catalogue that is not one flat object of distinct texts is refused") {
    CHECK_THAT(failure_of("[]"), tests::ContainsSubstring("catalogue.unreadable"));
    CHECK_THAT(failure_of("{\"a\": 1}"), tests::ContainsSubstring("reason=a"));
    CHECK_THAT(failure_of("{\"a\": \"x\", \"a\": \"y\"}"), tests::ContainsSubstring("reason=a"));
    CHECK_THAT(failure_of("{\"a\": "), tests::ContainsSubstring("catalogue.unreadable"));
}

TEST_CASE("words that depend on a number take its form: one, and all others") {
    const auto words = report::Catalogue::parse(
        "{\"rows\": \"{count} {count|fila quedó|filas quedaron} fuera\", \"open\": \"{count|a|b} {other|c|d}\"}", "es");
    const auto say = [&](std::string_view key, const std::string& count) {
        return *words.find(key, {{"count", count}});
    };
    CHECK(say("rows", "1") == "1 fila quedó fuera");
    CHECK(say("rows", "0") == "0 filas quedaron fuera");
    CHECK(say("rows", "21") == "21 filas quedaron fuera");
    CHECK(say("rows", "1.001") == "1.001 filas quedaron fuera");
    CHECK(say("open", "1") == "a {other|c|d}");  // without an argument it stays as it is written
    CHECK(report::placeholders("{count} {count|fila|filas} de {all}") == std::vector<std::string>{"all", "count"});
}

TEST_CASE("no sentence of the catalogues says 1 of many, or many of 1") {
    // The argument's own word stands behind it in every language: "{count} filas" cannot be right for one.
    const std::regex fixed_plural("\\{(count|warnings|rows|tables|families|entries)\\} [a-záéíóúñ]+s\\b");
    for (const std::string language : {"en", "es"}) {
        const auto words = tests::sample_catalogue(language);
        for (const std::string& key : words.keys()) {
            INFO(language << " " << key << ": " << words.at(key));
            std::smatch found;
            const std::string text = words.at(key);
            if (!std::regex_search(text, found, fixed_plural)) continue;
            const bool at_least_two = key == "edition.public.about" || key == "review.place" ||
                                      key == "sheet.families" || key == "small_plots.more_than_per_family";
            CHECK(at_least_two);
        }
    }
}

TEST_CASE("both languages have the same keys with the same placeholders") {
    const auto en = tests::sample_catalogue("en");
    const auto es = tests::sample_catalogue("es");
    REQUIRE(en.keys() == es.keys());
    for (const std::string& key : en.keys()) {
        INFO(key);
        CHECK(report::placeholders(en.at(key)) == report::placeholders(es.at(key)));
        CHECK_FALSE(en.at(key).empty());
        CHECK_FALSE(es.at(key).empty());
    }
}

TEST_CASE("dates are written in the language's own way") {
    const geo::Date day = std::chrono::year(2017) / 3 / 1;
    CHECK(report::long_date(day, tests::sample_catalogue("en")) == "1 March 2017");
    CHECK(report::long_date(day, tests::sample_catalogue("es")) == "1 de marzo de 2017");
}

TEST_CASE("a place is told with what is known of it") {
    const auto words = tests::sample_catalogue("en");
    CHECK(report::place_text({"a.csv", "", "", 12, "date"}, words) == "a.csv [line 12, date]");
    CHECK(report::place_text({"a.gpkg", "plots", "P7", 0, ""}, words) == "a.gpkg [plots, P7]");
    CHECK(report::place_text({"a.gpkg", "", "", 0, ""}, words) == "a.gpkg");
    CHECK(report::place_text({}, words).empty());
}
