#include <filesystem>

#include "app/manual.hpp"
#include "app/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using tests::bytes_of;
using tests::ContainsSubstring;
using tests::run_program;
using tests::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

/// What bash offers after these words; the last one is being typed.
std::string offered(const std::string& completion, const std::vector<std::string>& words) {
    std::string list;
    for (const std::string& word : words)
        list += " '" + word + "'";
    const std::string script = completion + "\nCOMP_WORDS=(" + list +
                               ")\nCOMP_CWORD=" + std::to_string(words.size() - 1) +
                               "\n_vereda\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
    const auto result = run_program("/bin/bash", {"-c", script});
    INFO(result.err);
    CHECK(result.exit_code == 0);
    return "\n" + result.out;
}

}  // namespace

TEST_CASE("every command has a manual page in both languages, with its options and its example") {
    const TemporaryFolder folder;
    REQUIRE(run_program(VEREDA_PROGRAM, {"--man-pages", folder / "man"}).exit_code == 0);
    for (const app::Command& command : app::commands()) {
        INFO(command.name);
        const std::string page = bytes_of(folder.path() / "man" / "man1" / app::manual_name(command));
        CHECK_THAT(page, ContainsSubstring(".SH SYNOPSIS") && ContainsSubstring(".SH OPTIONS"));
        for (const app::Parameter& parameter : command.parameters) {
            std::string name;
            for (const char c : app::shown_name(parameter))
                name += c == '-' ? "\\-" : std::string(1, c);
            CHECK_THAT(page, ContainsSubstring(name));
        }
        CHECK(fs::exists(folder.path() / "man" / "es" / "man1" / app::manual_name(command)));
    }
    CHECK_THAT(bytes_of(folder.path() / "man" / "es" / "man1" / "vereda.1"), ContainsSubstring("SINOPSIS"));
}

TEST_CASE("man renders a page without a complaint") {
    if (!fs::exists("/usr/bin/man")) {
        WARN("man is not here: no page was rendered");
        return;
    }
    const TemporaryFolder folder;
    REQUIRE(run_program(VEREDA_PROGRAM, {"--man-pages", folder / "man"}).exit_code == 0);
    const auto result = run_program("/usr/bin/man", {"--warnings=mac", folder / "man/man1/vereda-plots-area.1"});
    CHECK(result.exit_code == 0);
    CHECK(result.err.empty());
    CHECK_THAT(result.out, ContainsSubstring("--out"));
}

TEST_CASE("completion offers commands, words of a group, options, choices and files") {
    const auto written = run_program(VEREDA_PROGRAM, {"--completion", "bash"});
    REQUIRE(written.exit_code == 0);
    const std::string& script = written.out;
    CHECK_THAT(offered(script, {"vereda", "rea"}), ContainsSubstring("\nreadiness\n"));
    CHECK_THAT(offered(script, {"vereda", "plots", "ex"}), ContainsSubstring("\nextract\n"));
    CHECK_THAT(offered(script, {"vereda", "run", "--over"}), ContainsSubstring("\n--overwrite\n"));
    CHECK_THAT(offered(script, {"vereda", "plots", "area", "--over"}), ContainsSubstring("\n--overwrite\n"));
    CHECK_THAT(offered(script, {"vereda", "run", "--audience", "pu"}), ContainsSubstring("\npublic\n"));
    CHECK_THAT(offered(script, {"vereda", "run", "/us"}), ContainsSubstring("\n/usr\n"));
    CHECK(run_program(VEREDA_PROGRAM, {"--completion", "csh"}).exit_code == 2);
}
