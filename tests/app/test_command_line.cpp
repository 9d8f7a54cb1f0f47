#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"

using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramOptions;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;

namespace {

ProgramResult run_vereda(const std::vector<std::string>& arguments, const ProgramOptions& options = {}) {
    return run_program(VEREDA_PROGRAM, arguments, options);
}

long lines_of(const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
}

}  // namespace

TEST_CASE("the version option prints one line and ends well") {
    const ProgramResult result = run_vereda({"--version"});
    CHECK(result.exit_code == 0);
    CHECK(lines_of(result.out) == 1);
    CHECK_THAT(result.out, ContainsSubstring("vereda "));
    CHECK(result.err.empty());
}

TEST_CASE("every wrong command line is one line on stderr and exit code 2") {
    const std::vector<std::vector<std::string>> wrong{
        {},
        {"rn"},
        {"run"},
        {"run", "--nothing"},
        {"doctor", "extra"},
        {"doctor", "--lang"},
        {"doctor", "--lang", "fr"},
        {"doctor", "--lang", "en", "--lang", "es"},
        {"doctor", "--progress=sometimes"},
        {"--nothing"},
        {"doctor", "\x1b[31m\nsecond line"},
    };
    for (const std::vector<std::string>& words : wrong) {
        const ProgramResult result = run_vereda(words);
        INFO(result.err);
        CHECK(result.exit_code == 2);
        CHECK(result.out.empty());
        CHECK(lines_of(result.err) == 1);
        CHECK(result.err.starts_with("vereda: error: "));
        CHECK(result.err.find('\x1b') == std::string::npos);
    }
}

TEST_CASE("a mistyped command or option is answered with the nearest valid one") {
    CHECK_THAT(run_vereda({"doctr"}).err, ContainsSubstring("did you mean doctor?"));
    CHECK_THAT(run_vereda({"doctor", "--jason"}).err, ContainsSubstring("did you mean --json?"));
}

TEST_CASE("messages follow --lang, else the locale") {
    CHECK_THAT(run_vereda({"doctr", "--lang", "es"}).err, ContainsSubstring("¿quiso decir doctor?"));
    ProgramOptions spanish;
    spanish.environment = {{"LC_ALL", "es_CO.UTF-8"}};
    CHECK_THAT(run_vereda({"doctr"}, spanish).err, ContainsSubstring("¿quiso decir doctor?"));
    CHECK_THAT(run_vereda({"doctr", "--lang=en"}, spanish).err, ContainsSubstring("did you mean doctor?"));
}

TEST_CASE("help of the program and of a command ends well and names every option") {
    const ProgramResult program = run_vereda({"--help"});
    CHECK(program.exit_code == 0);
    CHECK_THAT(program.out, ContainsSubstring("doctor"));
    const ProgramResult command = run_vereda({"doctor", "--help"});
    CHECK(command.exit_code == 0);
    CHECK_THAT(command.out, ContainsSubstring("--progress auto|none"));
}

TEST_CASE("standard output that cannot be written is a failure") {
    const std::string program = VEREDA_PROGRAM;
    const ProgramResult result = run_program("/bin/sh", {"-c", program + " --help > /dev/full"});
    CHECK(result.exit_code == 5);
    CHECK(lines_of(result.err) == 1);
}
