#include <cstdlib>
#include <fstream>

#include "report/page.hpp"
#include "tests/report/sample_results.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;

/// Hidden: writes the sample's pages to the folder named by VEREDA_SAMPLE_PAGES, for looking at.
TEST_CASE("sample pages are written for looking at", "[.look]") {
    const char* folder = std::getenv("VEREDA_SAMPLE_PAGES");
    REQUIRE(folder != nullptr);
    const auto languages = tests::sample_catalogues();
    for (const std::string language : {"en", "es"}) {
        std::ofstream internal(std::string(folder) + "/internal-" + language + ".html", std::ios::binary);
        report::write_internal_page(internal, tests::sample_results(), languages, language);
        std::ofstream open(std::string(folder) + "/public-" + language + ".html", std::ios::binary);
        report::write_public_page(open, report::public_edition(tests::sample_results(), languages.front()), languages,
                                  language);
    }
}
