/// Faults (reliability §3): a full disk, a file size limit, folders that cannot be written, kill -9 at many points,
/// interrupts, two runs into one output. Faults of the disk are injected with strace where it is installed.
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <future>
#include <set>
#include <sstream>

#include "tests/app/hostile_run.hpp"
#include "tests/support/catch.hpp"

using namespace vereda::tests;

namespace {

namespace fs = std::filesystem;

/// strace's path, or empty with a printed message.
std::string strace_or_skip() {
    for (const char* path : {"/usr/bin/strace", "/bin/strace"}) {
        if (!fs::exists(path)) continue;
        const ProgramResult works = run_program(path, {"-o", "/dev/null", "/bin/true"});
        if (works.exit_code == 0) return path;
    }
    WARN("skipped: strace is not installed, or may not trace here");
    return {};
}

std::vector<std::string> run_arguments(const StudyFixture& fixture, const std::string& out) {
    return {"run", fixture.study(), "-j", "2", "--overwrite", "-o", out};
}

/// `vereda run` under strace with a fault in it; the log of what was injected is kept from stderr.
ProgramResult run_injected(const std::string& strace, const StudyFixture& fixture, const std::string& out,
                           const std::string& inject) {
    const std::string calls = inject.substr(0, inject.find(':'));
    std::vector<std::string> arguments = {
        "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + calls, "-e", "inject=" + inject, VEREDA_PROGRAM};
    for (const std::string& word : run_arguments(fixture, out))
        arguments.push_back(word);
    return run_program(strace, arguments);
}

/// How often the program makes these system calls in one good run over an earlier output.
int calls_of_a_run(const std::string& strace, const StudyFixture& fixture, const std::string& out,
                   const std::string& calls, const TemporaryFolder& logs) {
    const std::string log = logs / "calls.txt";
    std::vector<std::string> arguments = {"-f", "-qq", "-o", log, "-e", "trace=" + calls, VEREDA_PROGRAM};
    for (const std::string& word : run_arguments(fixture, out))
        arguments.push_back(word);
    const ProgramResult result = run_program(strace, arguments);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const std::string text = bytes_of(log);
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

/// What a run writes apart from times: run.log.json tells when.
FolderContents without_log(FolderContents contents) {
    std::erase_if(contents, [](const auto& file) { return file.first.ends_with("run.log.json"); });
    return contents;
}

/// Two studies that differ, so that old and new output can be told apart.
struct OldAndNew {
    StudyFixture before;
    StudyFixture after;
    TemporaryFolder folder;
    FolderContents old_output;
    FolderContents new_output;

    OldAndNew() {
        after.replace("study.toml", "name = \"Fixture\"", "name = \"Afterwards\"");
        old_output = made("old", before);
        new_output = made("new", after);
        REQUIRE(old_output != new_output);
        remove_all();
    }
    FolderContents made(const std::string& name, const StudyFixture& study) {
        const ProgramResult result = run_program(VEREDA_PROGRAM, run_arguments(study, folder / name));
        INFO(result.err);
        REQUIRE(result.exit_code == 0);
        fs::create_directory(folder.path() / "kept");
        fs::copy(folder.path() / name, folder.path() / "kept" / name, fs::copy_options::recursive);
        return without_log(contents_of(folder.path() / name));
    }
    void remove_all() const {
        for (const auto& entry : fs::directory_iterator(folder.path()))
            if (entry.path().filename() != "kept") fs::remove_all(entry.path());
    }
    [[nodiscard]] std::string out() const { return folder / "out"; }
    /// The old output stands at its final name, nothing else.
    void start_again() const {
        remove_all();
        fs::copy(folder.path() / "kept" / "old", folder.path() / "out", fs::copy_options::recursive);
    }
    /// Final name whole, old or new; beside it only .tmp-… and a lock.
    void check_whole() const {
        REQUIRE(fs::exists(out()));
        const FolderContents now = without_log(contents_of(out()));
        CHECK((now == old_output || now == new_output));
        for (const auto& entry : fs::directory_iterator(folder.path())) {
            const std::string name = entry.path().filename().string();
            INFO(name);
            // The lock is no output; nobody holds the one of a dead process.
            CHECK((name == "out" || name == "kept" || name.starts_with(".tmp-") || name == ".out.lock"));
        }
    }
    /// A run after the fault succeeds and leaves nothing of the failed one.
    void check_rerun() const {
        const ProgramResult again = run_program(VEREDA_PROGRAM, run_arguments(after, out()));
        INFO(again.err);
        REQUIRE(again.exit_code == 0);
        CHECK(without_log(contents_of(out())) == new_output);
        CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 2);  // out and kept
    }
};

void check_resource_error(const ProgramResult& result) {
    INFO("stderr: " << result.err);
    CHECK(result.exit_code == 5);
    CHECK_FALSE(result.signalled);
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
    CHECK(result.err.starts_with("vereda: error: "));
}

/// Numbers spread over 1 … count, both ends among them.
std::vector<int> spread(int count, int wanted) {
    std::set<int> numbers;
    for (int i = 0; i < wanted; ++i)
        numbers.insert(1 + static_cast<int>(static_cast<long>(i) * (count - 1) / std::max(1, wanted - 1)));
    return {numbers.begin(), numbers.end()};
}

}  // namespace

TEST_CASE("a disk that is full from any write on is exit 5, and the earlier output stands") {
    const std::string strace = strace_or_skip();
    if (strace.empty()) return;
    const OldAndNew study;
    study.start_again();
    const int writes = calls_of_a_run(strace, study.after, study.out(), "write,pwrite64", study.before.folder());
    fs::remove(study.before.path("calls.txt"));
    for (const int n : spread(writes, 6)) {
        INFO("from write " << n << " of " << writes);
        study.start_again();
        const ProgramResult result = run_injected(strace, study.after, study.out(),
                                                  "write,pwrite64:error=ENOSPC:when=" + std::to_string(n) + "+");
        // The last writes are those of the answer on the terminal, which is no output of the study.
        if (result.exit_code != 0) {
            CHECK(result.exit_code == 5);
            CHECK(without_log(contents_of(study.out())) == study.old_output);
        }
        study.check_whole();
    }
    study.check_rerun();
}

TEST_CASE("a failed fsync is exit 5 and is not retried") {
    const std::string strace = strace_or_skip();
    if (strace.empty()) return;
    const OldAndNew study;
    study.start_again();
    const ProgramResult result = run_injected(strace, study.after, study.out(), "fsync:error=EIO:when=1");
    check_resource_error(result);
    study.check_whole();
    CHECK(without_log(contents_of(study.out())) == study.old_output);
}

TEST_CASE("kill -9 at any system call that writes leaves the old output or the new one, whole") {
    const std::string strace = strace_or_skip();
    if (strace.empty()) return;
    const OldAndNew study;
    for (const std::string calls :
         {"rename,renameat,renameat2", "fsync,fdatasync", "unlink,unlinkat,rmdir", "pwrite64", "write"}) {
        study.start_again();
        const int count = calls_of_a_run(strace, study.after, study.out(), calls, study.before.folder());
        fs::remove(study.before.path("calls.txt"));
        int killed = 0;
        for (const int n : spread(count, 6)) {
            INFO("killed at " << calls << " number " << n << " of " << count);
            study.start_again();
            const ProgramResult result =
                run_injected(strace, study.after, study.out(), calls + ":signal=KILL:when=" + std::to_string(n));
            killed += result.exit_code == 128 + SIGKILL ? 1 : 0;
            study.check_whole();
        }
        // strace counts each thread's calls apart, so the highest numbers may never be reached.
        CHECK(killed >= 3);
    }
    study.check_rerun();
}

TEST_CASE("a run opens no connection, starts no program and writes nowhere but beside its output") {
    const std::string strace = strace_or_skip();
    if (strace.empty()) return;
    const StudyFixture fixture;
    const TemporaryFolder folder;
    const TemporaryFolder logs;
    std::vector<std::string> arguments = {"-f",          "-qq",
                                          "-s",          "4096",
                                          "-o",          logs / "log.txt",
                                          "-e",          "trace=connect,sendto,execve,openat,open,creat",
                                          VEREDA_PROGRAM};
    for (const std::string& word : run_arguments(fixture, folder / "out"))
        arguments.push_back(word);
    const ProgramResult result = run_program(strace, arguments);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    std::istringstream log(bytes_of(logs / "log.txt"));
    std::string line;
    int programs = 0;
    int written = 0;
    while (std::getline(log, line)) {
        INFO(line);
        CHECK(line.find("connect(") == std::string::npos);
        CHECK(line.find("sendto(") == std::string::npos);
        programs += line.find("execve(") != std::string::npos ? 1 : 0;
        const bool writes = line.find("O_WRONLY") != std::string::npos || line.find("O_RDWR") != std::string::npos ||
                            line.find("O_CREAT") != std::string::npos || line.find("creat(") != std::string::npos;
        if (!writes) continue;
        ++written;
        const bool allowed = line.find('"' + folder.path().string() + '/') != std::string::npos ||
                             line.find("\"/dev/") != std::string::npos || line.find("= -1 ") != std::string::npos;
        CHECK(allowed);
    }
    CHECK(programs == 1);  // vereda itself
    CHECK(written > 0);
}

TEST_CASE("a file size limit is exit 5, not a signal") {
    const OldAndNew study;
    study.start_again();
    std::string command = "ulimit -f 8; exec \"$0\" \"$@\"";
    std::vector<std::string> arguments = {"-c", command, VEREDA_PROGRAM};
    for (const std::string& word : run_arguments(study.after, study.out()))
        arguments.push_back(word);
    check_resource_error(run_program("/bin/bash", arguments));
    study.check_whole();
    CHECK(without_log(contents_of(study.out())) == study.old_output);
}

TEST_CASE("an output that cannot be written is exit 5 before anything is computed") {
    const StudyFixture fixture;
    // A path below a file is unwritable for every user, root included.
    check_resource_error(run_program(VEREDA_PROGRAM, run_arguments(fixture, fixture.path("study.toml") + "/out")));
    check_resource_error(run_program(VEREDA_PROGRAM, run_arguments(fixture, "/proc/vereda-out")));
    if (geteuid() != 0) {
        const TemporaryFolder folder;
        fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
        check_resource_error(run_program(VEREDA_PROGRAM, run_arguments(fixture, folder / "out")));
        fs::permissions(folder.path(), fs::perms::owner_all);
        return;
    }
    const TemporaryFolder folder;
    if (mount("none", folder.path().c_str(), "tmpfs", MS_RDONLY, nullptr) != 0) {
        WARN("skipped: no read-only folder can be mounted here");
        return;
    }
    const ProgramResult result = run_program(VEREDA_PROGRAM, run_arguments(fixture, folder / "out"));
    umount(folder.path().c_str());
    check_resource_error(result);
}

TEST_CASE("a full disk is exit 5 with the earlier output untouched") {
    const TemporaryFolder folder;
    if (geteuid() != 0 || mount("none", folder.path().c_str(), "tmpfs", 0, "size=200k") != 0) {
        WARN("skipped: no small disk can be mounted here");
        return;
    }
    const StudyFixture fixture;
    const ProgramResult result = run_program(VEREDA_PROGRAM, run_arguments(fixture, folder / "out"));
    const bool nothing_left = fs::is_empty(folder.path());
    umount(folder.path().c_str());
    check_resource_error(result);
    CHECK(nothing_left);
}

TEST_CASE("an existing output is refused without --overwrite, and a folder that is not ours even with it") {
    const OldAndNew study;
    study.start_again();
    const ProgramResult refused = run_program(VEREDA_PROGRAM, {"run", study.after.study(), "-o", study.out()});
    CHECK(refused.exit_code == 2);
    CHECK(without_log(contents_of(study.out())) == study.old_output);
    const TemporaryFolder foreign;
    foreign.write("thesis.txt", "years of work");
    const ProgramResult kept = run_program(VEREDA_PROGRAM, run_arguments(study.after, foreign.path().string()));
    INFO(kept.err);
    CHECK(kept.exit_code == 2);
    CHECK(contents_of(foreign.path()) == FolderContents{{"thesis.txt", "years of work"}});
}

TEST_CASE("SIGINT and SIGTERM stop a run within two seconds with 130 and 143, leaving nothing") {
    const StudyFixture fixture;
    for (const int signal : {SIGINT, SIGTERM}) {
        std::set<int> seen;
        for (const int wait_ms : {20, 60, 120, 180}) {
            const TemporaryFolder folder;
            ProgramOptions options;
            options.stop_signal = signal;
            options.stop_after = std::chrono::milliseconds(wait_ms);
            const auto start = std::chrono::steady_clock::now();
            const ProgramResult result = run_program(VEREDA_PROGRAM, run_arguments(fixture, folder / "out"), options);
            const auto took = std::chrono::steady_clock::now() - start;
            seen.insert(result.exit_code);
            if (result.exit_code == 0) continue;  // it was done before
            INFO(result.exit_code << " " << result.err);
            CHECK(took < std::chrono::milliseconds(wait_ms + 2500));
            CHECK(result.exit_code == 128 + signal);
            CHECK(fs::is_empty(folder.path()));
        }
        CHECK(seen.contains(128 + signal));
    }
}

TEST_CASE("of runs into one output at once, the late ones stop with exit 5 or find it done, and it is whole") {
    const OldAndNew study;
    study.start_again();
    std::vector<std::future<ProgramResult>> runs;
    for (int i = 0; i < 6; ++i)
        runs.push_back(std::async(
            std::launch::async, [&] { return run_program(VEREDA_PROGRAM, run_arguments(study.after, study.out())); }));
    int done = 0;
    for (auto& run : runs) {
        const ProgramResult result = run.get();
        INFO(result.err);
        CHECK((result.exit_code == 0 || result.exit_code == 5));
        done += result.exit_code == 0 ? 1 : 0;
        if (result.exit_code == 5) CHECK_THAT(result.err, ContainsSubstring("out"));
    }
    CHECK(done >= 1);
    CHECK(without_log(contents_of(study.out())) == study.new_output);
    study.check_rerun();
}
