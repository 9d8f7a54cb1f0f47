#include "tests/support/printed_pages.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"

namespace vereda::tests {

namespace {

ProgramResult in_shell(const std::string& command, const TemporaryFolder& folder) {
    ProgramOptions options;
    options.folder = folder.path().string();
    options.environment = {{"HOME", folder.path().string()}};
    options.timeout = std::chrono::seconds(200);
    return run_program("/bin/sh", {"-c", command}, options);
}

}  // namespace

bool can_print(const TemporaryFolder& folder) {
    if (in_shell("command -v chromium && command -v pdftotext", folder).exit_code == 0) return true;
    WARN("chromium or pdftotext is not here (scripts/install-deps --peers): nothing was printed");
    return false;
}

std::vector<std::string> printed_pages(const std::string& page, const TemporaryFolder& folder, bool boxes) {
    // With its scripts a page prints the view that is open, and which one that is when a browser prints at once is
    // chance.
    std::string whole = bytes_of(page);
    REQUIRE_FALSE(whole.empty());
    const std::string script = "<script";
    for (std::size_t at = whole.find(script); at != std::string::npos; at = whole.find(script, at + 1))
        whole.insert(at + script.size(), " type=\"text/plain\"");
    const std::string copy = folder.write("printed.html", whole);
    // A profile of its own, for the browser before may still be closing its.
    const ProgramResult result = in_shell(
        "rm -f page.pdf && profile=$(mktemp -d ./profile.XXXXXX) && "
        "chromium --headless --no-sandbox --disable-gpu --disable-3d-apis --no-first-run "
        "--disable-background-networking --no-pdf-header-footer "
        "--user-data-dir=$profile --print-to-pdf=page.pdf 'file://" +
            copy + "' >/dev/null 2>&1 && pdftotext " + (boxes ? "-bbox" : "-layout") + " page.pdf -",
        folder);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const std::string end = boxes ? "</page>" : "\f";
    std::vector<std::string> pages;
    for (std::size_t begin = 0;;) {
        const std::size_t found = result.out.find(end, begin);
        if (found == std::string::npos) return pages;
        pages.push_back(result.out.substr(begin, found - begin));
        begin = found + end.size();
    }
}

}  // namespace vereda::tests
