#include "report/page.hpp"

#include <locale>
#include <map>
#include <set>
#include <sstream>

#include "report/safe_text.hpp"
#include "tests/report/sample_results.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using geo::operator""_msg;
using tests::ContainsSubstring;

namespace {

std::string page_of(const report::RunResults& results, const std::string& first = "en") {
    std::ostringstream out;
    const auto languages = tests::sample_catalogues();
    report::write_internal_page(out, results, languages, first);
    return out.str();
}

/// Names of elements and attributes as a browser would see them. Fails on tags that do not close in order.
struct Markup {
    std::multiset<std::string> elements;
    std::multiset<std::string> attributes;
    std::multiset<std::string> ids;
    std::set<std::string> targets;  ///< of href="#…" and url(#…)
    std::string problem;
};

Markup markup_of(const std::string& html) {
    static const std::set<std::string> alone{"meta", "input", "br", "!doctype"};
    Markup result;
    std::vector<std::string> open;
    std::size_t at = 0;
    while ((at = html.find('<', at)) != std::string::npos && result.problem.empty()) {
        std::size_t i = at + 1;
        const bool closing = html[i] == '/';
        if (closing) ++i;
        std::string name;
        while (i < html.size() && std::string(" >/\n").find(html[i]) == std::string::npos)
            name += html[i++];
        bool self_closed = false;
        while (i < html.size() && html[i] != '>') {
            if (html[i] == ' ' || html[i] == '\n') {
                ++i;
            } else if (html[i] == '/') {
                self_closed = true;
                ++i;
            } else {
                std::string attribute;
                while (std::string("= >\n").find(html[i]) == std::string::npos)
                    attribute += html[i++];
                result.attributes.insert(attribute);
                if (html[i] == '=') {
                    const std::size_t end = html.find('"', i + 2);
                    const std::string value = html.substr(i + 2, end - i - 2);
                    if (attribute == "id") result.ids.insert(value);
                    if (attribute == "href") result.targets.insert(value);
                    i = end + 1;
                }
            }
        }
        at = i;
        if (closing) {
            if (open.empty() || open.back() != name)
                result.problem = "</" + name + "> after <" + (open.empty() ? "" : open.back());
            if (!open.empty()) open.pop_back();
        } else {
            result.elements.insert(name);
            if (!self_closed && !alone.contains(name)) open.push_back(name);
            if (name == "script" || name == "style") at = html.find("</" + name, at);
        }
    }
    if (!open.empty() && result.problem.empty()) result.problem = "<" + open.back() + "> stays open";
    return result;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++n;
    return n;
}

}  // namespace

TEST_CASE("the page closes every element, repeats no id and points nowhere but into itself") {
    const std::string html = page_of(tests::sample_results());
    const Markup markup = markup_of(html);
    CHECK(markup.problem.empty());
    for (const std::string& id : markup.ids) {
        if (markup.ids.count(id) != 1) FAIL_CHECK("id " << id << " twice");
    }
    for (const std::string& target : markup.targets) {
        INFO(target);
        REQUIRE(target.starts_with("#"));
        CHECK(markup.ids.contains(target.substr(1)));
    }
}

TEST_CASE("nothing on the page can reach the network") {
    const std::string html = page_of(tests::sample_results());
    CHECK_THAT(html, ContainsSubstring("Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-"));
    CHECK_THAT(html, ContainsSubstring("; style-src-attr 'unsafe-inline'; img-src data: blob:; connect-src 'none'; "
                                       "base-uri 'none'; form-action 'none'\""));
    for (const char* address :
         {"http:", "https:", "src=", "@import", "url(//", "url(\"", "<link", "<iframe", "fetch("}) {
        INFO(address);
        CHECK(html.find(address) == std::string::npos);
    }
}

TEST_CASE("hostile text in every attribute stays text") {
    const std::string html = page_of(tests::hostile_results());
    const Markup markup = markup_of(html);
    CHECK(markup.problem.empty());
    CHECK(markup.elements.count("script") == 1);
    CHECK(markup.elements.count("img") == 0);
    CHECK(markup.attributes.count("onerror") == 0);
    CHECK(html.find('\x1b') == std::string::npos);
    CHECK(html.find("\u202E") == std::string::npos);
    CHECK(html.find('\0') == std::string::npos);
    CHECK(report::safe_text(html).size() == html.size());  // valid UTF-8 but for its own line ends
}

TEST_CASE("both languages are on the page and reachable without a script") {
    const std::string html = page_of(tests::sample_results(), "es");
    CHECK_THAT(html, ContainsSubstring("<html lang=\"es\">"));
    CHECK_THAT(html, ContainsSubstring("id=\"lang-es\" value=\"es\" aria-label=\"Español\" checked"));
    CHECK_THAT(html, ContainsSubstring("#lang-en:checked~.page-en{display:block}"));
    CHECK_THAT(html, ContainsSubstring("Where do the crops stand?"));
    CHECK_THAT(html, ContainsSubstring("¿Dónde están los cultivos?"));
    CHECK_THAT(html, ContainsSubstring("335.2\u00a0ha"));
    CHECK_THAT(html, ContainsSubstring("335,2\u00a0ha"));
    CHECK(count(html, "<div class=\"page page-") == 2);
}

TEST_CASE("the internal edition says so on the page and on every printed one") {
    const std::string html = page_of(tests::sample_results());
    CHECK_THAT(html, ContainsSubstring("<strong>INTERNAL</strong>"));
    CHECK_THAT(html, ContainsSubstring("<strong>INTERNO</strong>"));
    CHECK_THAT(html, ContainsSubstring("@top-left{") && ContainsSubstring("content:\"vereda · INTERNAL · INTERNO"));
}

TEST_CASE("answers come before evidence, and every drawing has words of its own") {
    const std::string html = page_of(tests::sample_results());
    CHECK(html.find("class=\"answers\"") < html.find("class=\"map-section\""));
    CHECK(html.find("id=\"en-plots\"") < html.find("id=\"en-record\""));
    const std::size_t drawings = count(html, "role=\"img\"");
    CHECK(drawings >= 10);
    CHECK(count(html, "<desc id=") == drawings);
    CHECK(count(html, "<caption>") == count(html, "<table"));
    CHECK(count(html, "<h1>") == 2);  // one a language
}

TEST_CASE("a run without any result makes a page that says so") {
    report::RunResults results;
    results.study.name = "Vacío";
    results.skipped = {{"readiness", {"sample.skipped"_msg, {{"what", "model"}}}}};
    const std::string html = page_of(results);
    CHECK(markup_of(html).problem.empty());
    CHECK_THAT(html, ContainsSubstring("This run has no data to answer with."));
    CHECK_THAT(html, ContainsSubstring("the study names no model"));
}

TEST_CASE("the page does not depend on the process's locale, and twice the same is the same") {
    struct Comma : std::numpunct<char> {
        char do_decimal_point() const override { return ','; }
        char do_thousands_sep() const override { return '.'; }
        std::string do_grouping() const override { return "\3"; }
    };
    const std::string plain = page_of(tests::sample_results());
    CHECK(page_of(tests::sample_results()) == plain);
    const std::locale before = std::locale::global(std::locale(std::locale(), new Comma));
    const std::string other = page_of(tests::sample_results());
    std::locale::global(before);
    CHECK(other == plain);
}
