#include <algorithm>
#include <filesystem>
#include <sstream>

#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda::tests;
namespace fs = std::filesystem;

namespace {

ProgramResult in_shell(const std::string& command, const TemporaryFolder& folder) {
    ProgramOptions options;
    options.folder = folder.path().string();
    options.environment = {{"HOME", folder.path().string()}};
    options.timeout = std::chrono::seconds(200);
    return run_program("/bin/sh", {"-c", command}, options);
}

/// A page as chromium prints it: its text, pages apart by form feeds. The network and every gesture of a first start
/// are off.
std::string printed(const std::string& page, const TemporaryFolder& folder) {
    const ProgramResult result = in_shell(
        "chromium --headless --no-sandbox --disable-gpu --disable-3d-apis --no-first-run "
        "--disable-background-networking "
        "--no-pdf-header-footer --user-data-dir=profile --print-to-pdf=page.pdf 'file://" +
            page + "' >/dev/null 2>&1 && pdftotext -layout page.pdf -",
        folder);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    return result.out;
}

long pages_of(const std::string& text) {
    return std::count(text.begin(), text.end(), '\f');
}

}  // namespace

TEST_CASE("the sample's report prints on seventeen pages at most and a region's memo on two, each page marked") {
    const TemporaryFolder folder;
    if (in_shell("command -v chromium && command -v pdftotext", folder).exit_code != 0) {
        WARN("chromium or pdftotext is not here (scripts/install-deps --peers): nothing was printed");
        return;
    }
    const std::string study = (fs::path(VEREDA_SOURCE_DIR) / "sample_data" / "valle" / "study.toml").string();
    ProgramOptions options;
    options.timeout = std::chrono::seconds(200);
    for (const std::string language : {"en", "es"}) {
        const std::string out = folder / ("out-" + language);
        REQUIRE(run_program(VEREDA_PROGRAM, {"run", study, "-o", out, "-q", "--lang", language}, options).exit_code ==
                0);
        const std::string report = printed(out + "/report-internal.html", folder);
        CHECK(pages_of(report) <= 17);
        CHECK(pages_of(report) >= 8);
        std::istringstream pages(report);
        for (std::string page; std::getline(pages, page, '\f');) {
            if (page.find_first_not_of(" \n") != std::string::npos) CHECK_THAT(page, ContainsSubstring("INTERN"));
        }
        // The region with most to say, and one that is ready.
        std::vector<std::pair<std::uintmax_t, std::string>> memos;
        for (const fs::directory_entry& entry : fs::directory_iterator(out + "/memos/" + language))
            memos.emplace_back(entry.file_size(), entry.path().string());
        std::ranges::sort(memos);
        for (const auto& memo : {memos.front(), memos.back()}) {
            const std::string text = printed(memo.second, folder);
            CHECK(pages_of(text) >= 1);
            CHECK(pages_of(text) <= 2);
            CHECK_THAT(text, ContainsSubstring("INTERN"));
        }
    }
}
