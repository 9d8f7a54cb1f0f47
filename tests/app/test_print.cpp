#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/printed_pages.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda::tests;
namespace fs = std::filesystem;

TEST_CASE("the sample's report prints on seventeen pages at most and a region's memo on two, each page marked") {
    const TemporaryFolder folder;
    if (!can_print(folder)) return;
    const std::string study = (fs::path(VEREDA_SOURCE_DIR) / "sample_data" / "valle" / "study.toml").string();
    ProgramOptions options;
    options.timeout = std::chrono::seconds(200);
    for (const std::string language : {"en", "es"}) {
        const std::string out = folder / ("out-" + language);
        REQUIRE(run_program(VEREDA_PROGRAM, {"run", study, "-o", out, "-q", "--lang", language}, options).exit_code ==
                0);
        const std::vector<std::string> report = printed_pages(out + "/report-internal.html", folder);
        CHECK(report.size() <= 17);
        CHECK(report.size() >= 8);
        for (const std::string& page : report)
            CHECK_THAT(page, ContainsSubstring("INTERN"));
        // The region with most to say, and one that is ready.
        std::vector<std::pair<std::uintmax_t, std::string>> memos;
        for (const fs::directory_entry& entry : fs::directory_iterator(out + "/memos/" + language))
            memos.emplace_back(entry.file_size(), entry.path().string());
        std::ranges::sort(memos);
        for (const auto& memo : {memos.front(), memos.back()}) {
            const std::vector<std::string> pages = printed_pages(memo.second, folder);
            CHECK(pages.size() >= 1);
            CHECK(pages.size() <= 2);
            for (const std::string& page : pages)
                CHECK_THAT(page, ContainsSubstring("INTERN"));
        }
    }
}
