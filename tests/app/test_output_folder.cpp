#include <unistd.h>
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "app/output_folder.hpp"
#include "geo/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"

using vereda::app::OutputFolder;
using vereda::app::OutputLock;
using vereda::geo::Error;
using vereda::geo::ErrorKind;
using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramOptions;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::StudyFixture;
using vereda::tests::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view our_run = R"({"vereda": "0", "inputs": []})";

ErrorKind refusal_of(const std::string& target, bool overwrite) {
    try {
        const OutputFolder folder(target, overwrite);
    } catch (const Error& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

long hidden_in(const fs::path& folder) {
    return std::count_if(
        fs::directory_iterator(folder), fs::directory_iterator(),
        [](const fs::directory_entry& entry) { return entry.path().filename().string().starts_with("."); });
}

}  // namespace

TEST_CASE("an output folder appears whole at commit, and not at all without") {
    const TemporaryFolder folder;
    {
        const OutputFolder abandoned(folder / "out", false);
        std::ofstream(fs::path(abandoned.path()) / "a.txt") << "a";
        CHECK_FALSE(fs::exists(folder / "out"));
    }
    CHECK(fs::is_empty(folder.path()));
    OutputFolder output(folder / "out/", false);
    std::ofstream(fs::path(output.path()) / "a.txt") << "a";
    output.commit();
    CHECK(bytes_of(folder / "out/a.txt") == "a");
}

TEST_CASE("committing over an earlier run replaces all of it") {
    const TemporaryFolder folder;
    folder.write("out/run.json", our_run);
    folder.write("out/old.txt", "old");
    {
        OutputFolder output(folder / "out", true);
        std::ofstream(fs::path(output.path()) / "new.txt") << "new";
        output.commit();
    }
    CHECK(bytes_of(folder / "out/new.txt") == "new");
    CHECK_FALSE(fs::exists(folder / "out/old.txt"));
    CHECK(hidden_in(folder.path()) == 0);
}

TEST_CASE("what may not be replaced is refused before any work") {
    const TemporaryFolder folder;
    folder.write("ours/run.json", our_run);
    folder.write("other/run.json", R"({"name": "of another program"})");
    folder.write("file", "x");
    CHECK(refusal_of(folder / "ours", false) == ErrorKind::usage);
    CHECK(refusal_of(folder / "other", true) == ErrorKind::usage);
    CHECK(refusal_of(folder / "file", true) == ErrorKind::usage);
    CHECK(refusal_of(folder / "missing/out", false) == ErrorKind::resource);
    CHECK(refusal_of("/proc/out", false) == ErrorKind::resource);
    fs::create_directory_symlink(folder / "ours", folder / "link");
    CHECK(refusal_of(folder / "link", true) == ErrorKind::usage);
    CHECK(bytes_of(folder / "ours/run.json") == our_run);
}

TEST_CASE("leftovers of killed runs go, those of living ones stay") {
    const TemporaryFolder folder;
    const std::string living = ".tmp-" + std::to_string(getpid()) + "-other";
    folder.write(".tmp-999999999-out/a.txt", "a");
    folder.write(living + "/a.txt", "a");
    { const OutputFolder output(folder / "out", false); }
    CHECK_FALSE(fs::exists(folder / ".tmp-999999999-out"));
    CHECK(fs::exists(folder / living));
}

TEST_CASE("an output that was set aside when a run was killed comes back") {
    const TemporaryFolder folder;
    folder.write(".tmp-999999999-out.old/run.json", our_run);
    CHECK(refusal_of(folder / "out", false) == ErrorKind::usage);
    CHECK(bytes_of(folder / "out/run.json") == our_run);
}

TEST_CASE("a second run on one output ends at once with code 5 and names the first") {
    const StudyFixture study;
    const OutputLock lock(study.path("out"));
    const ProgramResult result = run_program(VEREDA_PROGRAM, {"run", study.study(), "-o", study.path("out")});
    CHECK(result.exit_code == 5);
    CHECK_THAT(result.err, ContainsSubstring(std::to_string(getpid())));
    CHECK_FALSE(fs::exists(study.path("out")));
}

TEST_CASE("a lock file that nobody holds is free") {
    const StudyFixture study;
    study.write(".out.lock", "999999999");
    CHECK(run_program(VEREDA_PROGRAM, {"run", study.study(), "-o", study.path("out")}).exit_code == 0);
    CHECK_FALSE(fs::exists(study.path(".out.lock")));
}

TEST_CASE("interrupt and termination end a run with 130 and 143, whole or absent, and nothing is left beside") {
    for (const auto& [signal, code] : {std::pair(SIGINT, 130), std::pair(SIGTERM, 143)}) {
        for (const int delay : {5, 60, 120, 200}) {
            const StudyFixture study;
            ProgramOptions options;
            options.stop_signal = signal;
            options.stop_after = std::chrono::milliseconds(delay);
            const ProgramResult result =
                run_program(VEREDA_PROGRAM, {"run", study.study(), "-o", study.path("out")}, options);
            INFO("after " << delay << " ms: " << result.err);
            // A signal before the program listens ends it as any program; after the end it finds nobody.
            const bool early = result.signalled && delay == 5;
            CHECK((result.exit_code == code || result.exit_code == 0 || early));
            CHECK(fs::exists(study.path("out")) == (result.exit_code == 0));
            if (!early) CHECK(hidden_in(study.folder().path()) == 0);
        }
    }
}

TEST_CASE("a run killed at any time leaves the old output or the new one, and the next run succeeds") {
    const StudyFixture study;
    const std::vector<std::string> words{"run", study.study(), "-o", study.path("out"), "--overwrite"};
    REQUIRE(run_program(VEREDA_PROGRAM, words).exit_code == 0);
    for (const int delay : {20, 80, 140, 200, 260}) {
        ProgramOptions options;
        options.stop_signal = SIGKILL;
        options.stop_after = std::chrono::milliseconds(delay);
        static_cast<void>(run_program(VEREDA_PROGRAM, words, options));
        INFO("killed after " << delay << " ms");
        CHECK(fs::exists(study.path("out") + "/run.json"));
        CHECK(fs::exists(study.path("out") + "/run.log.json"));
    }
    CHECK(run_program(VEREDA_PROGRAM, words).exit_code == 0);
    CHECK(hidden_in(study.folder().path()) == 0);
}

TEST_CASE("stdout closed early is no failure") {
    const std::string program = VEREDA_PROGRAM;
    const ProgramResult result = run_program("/bin/bash", {"-c", "set -o pipefail; " + program + " --help | head -1"});
    CHECK(result.exit_code == 0);
    CHECK(result.err.empty());
}
