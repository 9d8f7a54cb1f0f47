#include <algorithm>

#include "tests/architecture/message_rules.hpp"
#include "tests/support/catch.hpp"

using namespace vereda::tests;

namespace {

CatalogueTexts catalogue(const std::string& language) {
    const std::string path = "share/vereda/lang/" + language + ".json";
    const auto file = std::find_if(source_tree().begin(), source_tree().end(),
                                   [&path](const SourceFile& candidate) { return candidate.path == path; });
    REQUIRE(file != source_tree().end());
    return parse_catalogue(file->text);
}

/// Keys whose end is a name that stands in the data; report/labels puts them together.
const std::vector<std::string> kDynamicPrefixes = {
    "component.",  "destination.", "sex.",           "ethnicity.",   "group.",       "welfare.",
    "measure.",    "unit.",        "register_name.", "place.",       "viewer.",      "code.",
    "qgis.group.", "ledger.use.",  "ledger.giver.",  "ledger.kind.", "ledger.field."};

std::size_t broken(const CatalogueTexts& english, const CatalogueTexts& spanish) {
    const std::vector<SourceFile> sources = {
        {"geo/a.cpp", "throw Error({\"a.b\"_msg, {{\"name\", x}}}); // \"c.d\"_msg"}};
    const auto ids = message_ids(sources);
    const auto literals = string_literals(sources);
    const std::vector<std::string> dynamic = {"computed."};
    return broken_message_rules({english, spanish, ids, literals, dynamic}).size();
}

}  // namespace

TEST_CASE("every message has its words in English and Spanish, with the same placeholders, and none is unused") {
    const CatalogueTexts english = catalogue("en");
    const CatalogueTexts spanish = catalogue("es");
    const auto ids = message_ids(source_tree());
    const auto literals = string_literals(source_tree());
    for (const std::string& problem : broken_message_rules({english, spanish, ids, literals, kDynamicPrefixes}))
        FAIL_CHECK(problem);
    for (const std::string& prefix : kDynamicPrefixes) {
        INFO("no source puts keys together that start with " << prefix);
        CHECK(literals.contains(prefix));
    }
    CHECK(ids.size() > 50);
}

TEST_CASE("missing, unused and unlike messages are found") {
    CHECK(broken({{"a.b", "no {name}"}}, {{"a.b", "sin {name}"}}) == 0);
    CHECK(broken({}, {}) == 1);                                                      // in neither
    CHECK(broken({{"a.b", "no {name}"}}, {}) == 1);                                  // in en alone
    CHECK(broken({{"a.b", "no {name}"}}, {{"a.b", "sin {nombre}"}}) == 1);           // placeholders
    CHECK(broken({{"a.b", "x"}, {"z", "y"}}, {{"a.b", "x"}, {"z", "y"}}) == 1);      // unused
    CHECK(broken({{"a.b", "x"}, {"c.d", "y"}}, {{"a.b", "x"}, {"c.d", "y"}}) == 1);  // named in a comment alone
    CHECK(broken({{"a.b", "x"}, {"computed.1", "y"}}, {{"a.b", "x"}, {"computed.1", "y"}}) == 0);
    CHECK(broken({{"a.b", "x\ny"}}, {{"a.b", ""}}) == 2);  // two lines; empty
    CHECK_THROWS(parse_catalogue("{\"a\": \"1\", \"a\": \"2\"}"));
    CHECK_THROWS(parse_catalogue("{\"a\": {\"b\": \"2\"}}"));
}

TEST_CASE("comments go and strings stay") {
    CHECK(without_comments("a // b\nc") == "a     \nc");
    CHECK(without_comments("a /* b */ c") == "a         c");
    CHECK(without_comments("x = \"http://a\"; // b") == "x = \"http://a\";     ");
    CHECK(without_comments("x = \"\\\"//\"; y = '\"'; // b") == "x = \"\\\"//\"; y = '\"';     ");
    CHECK(without_comments("n = 1'000'000; // b") == "n = 1'000'000;     ");
    CHECK(literals_of("f(\"\\n\", \"a\\\"b\"_msg) // \"c\"").size() == 2);
    CHECK(literals_of("f(\"\\n\", \"a\\\"b\"_msg)")[1].after == "_msg)");
    CHECK(without_comments("R\"(// stays)\" // goes") == "R\"(// stays)\"        ");
}
