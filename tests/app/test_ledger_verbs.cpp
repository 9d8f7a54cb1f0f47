/// The contract of every verb of `vereda ledger …`: exit codes, what is printed, what stays untouched; and what a thief
/// of the stick, of the temporary folder or of the terminal's log would find.
#include <sys/mount.h>
#include <unistd.h>
#include <algorithm>
#include <future>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/app/hostile_run.hpp"
#include "tests/app/ledger_stick.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using tests::ProgramResult;
using tests::Stick;
using tests::TemporaryFolder;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr const char* plot = R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
{"type":"Polygon","coordinates":[[[-77.1234,3.4321],[-77.1224,3.4321],[-77.1224,3.4331],[-77.1234,3.4321]]]}}]})";

void require_done(const ProgramResult& result) {
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
}

/// One line on stderr, the exit code, and a ledger that nothing touched.
void require_refused(const Stick& stick, const std::vector<std::string>& words, int exit_code, const std::string& told,
                     bool opens = true) {
    const auto before = stick.bytes();
    const ProgramResult result = stick.run(words, opens);
    INFO(words[0] << ": " << result.err);
    CHECK(result.exit_code == exit_code);
    CHECK(result.err.find(told) != std::string::npos);
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
    CHECK(stick.bytes() == before);
}

std::string strace_path() {
    for (const char* path : {"/usr/bin/strace", "/bin/strace"}) {
        if (fs::exists(path) && tests::run_program(path, {"-o", "/dev/null", "/bin/true"}).exit_code == 0) return path;
    }
    WARN("skipped: strace is not installed, or may not trace here");
    return {};
}

std::vector<std::string> traced(const std::string& log, const std::vector<std::string>& more,
                                const std::vector<std::string>& words) {
    std::vector<std::string> all{"-f", "-qq", "-o", log};
    all.insert(all.end(), more.begin(), more.end());
    all.insert(all.end(), {VEREDA_PROGRAM, "ledger"});
    all.insert(all.end(), words.begin(), words.end());
    all.insert(all.end(), {"--passphrase-file", "phrase.txt"});
    return all;
}

}  // namespace

TEST_CASE("a ledger is founded, written to, corrected, redacted, given keys, merged, verified and exported") {
    const Stick stick;
    stick.folder.write("plot.geojson", plot);
    const TemporaryFolder other;
    require_done(stick.run({"init", "new", "--council", "Consejo", "--terms", "CARE"}));
    CHECK(stick.run({"verify", "new"}, false).out.find("1 entry,") != std::string::npos);
    require_done(stick.run({"add", "acta", "--event", "plot.geojson", "--date", "2026-11-20", "--note", "arranque"}));
    fs::copy(stick.folder / "acta", other / "acta", fs::copy_options::recursive);
    stick.folder.write("minutes.pdf", "%PDF-1.4 minutes");
    require_done(stick.run({"photo", "acta", "--file", "minutes.pdf", "--note", "acta de la asamblea"}));
    require_done(stick.run({"correct", "acta", "--entry", "1", "--set", "area_ha=2.4"}));
    require_done(stick.run({"redact", "acta", "--entry", "1", "--field", "place", "--decided-by", "asamblea"}));
    stick.folder.write("second.txt", "otras cinco palabras nuevas\n");
    require_done(stick.run({"key", "acta", "--add", "--new-passphrase-file", "second.txt"}));
    require_done(stick.run({"add", other / "acta", "--date", "2026-11-21", "--note", "aparte"}));
    require_done(stick.run({"merge", "acta", other / "acta"}));
    const ProgramResult verified = stick.run({"verify", "acta", "--json"}, false);
    require_done(verified);
    const Json told = Json::parse(verified.out);
    CHECK(told.at("holds") == true);
    CHECK(told.at("entries") == 8);
    CHECK(told.at("keys_in_force") == 2);
    CHECK(told.at("faults").empty());
    const ProgramResult checkpoint = stick.run({"checkpoint", "acta"}, false);
    require_done(checkpoint);
    CHECK(checkpoint.out.starts_with("VEREDA1 "));
    stick.folder.write("kept.txt", checkpoint.out);
    require_done(stick.run({"verify", "acta", "--checkpoint", "kept.txt"}, false));
    require_refused(stick, {"verify", "new", "--checkpoint", "kept.txt"}, 6, "checkpoint", false);
}

TEST_CASE("a ledger that was altered ends verify with 6, and names the file and the entry") {
    const Stick stick;
    stick.folder.write("plot.geojson", plot);
    for (const char* note : {"uno", "dos", "tres"})
        require_done(stick.run({"add", "acta", "--date", "2026-11-20", "--note", note}));
    const std::string log = stick.folder / "acta/entries.log";
    const std::string honest = tests::bytes_of(log);
    std::string altered = honest;
    const std::size_t second = honest.find("\n2 ") + 1;
    altered[second + 4] = altered[second + 4] == '2' ? '3' : '2';  // a digit of its time
    stick.folder.write("acta/entries.log", altered);
    require_refused(stick, {"verify", "acta"}, 6, "entries.log [2]: ", false);
    const ProgramResult json = stick.run({"verify", "acta", "--json"}, false);
    CHECK(json.exit_code == 6);
    CHECK(Json::parse(json.out).at("faults").at(0).at("entry") == 2);
    CHECK(Json::parse(json.out).at("faults").at(0).at("file") == "entries.log");
    stick.folder.write("acta/entries.log", honest);
    require_done(stick.run({"verify", "acta"}, false));
    const std::string sealed = tests::bytes_of(stick.folder / "acta/sealed.dat");
    std::string cut = sealed;
    cut[sealed.size() - 1] = static_cast<char>(cut[sealed.size() - 1] ^ 1);
    stick.folder.write("acta/sealed.dat", cut);
    require_refused(stick, {"verify", "acta"}, 6, "sealed.dat [3]: ", false);
}

TEST_CASE("wrong passphrases, missing ones and wrong words leave a ledger as it was") {
    const Stick stick;
    stick.folder.write("plot.geojson", plot);
    stick.folder.write("wrong.txt", "otra cosa distinta\n");
    stick.folder.write("short.txt", "corta\n");
    require_refused(stick, {"add", "acta", "--date", "2026-11-20", "--passphrase-file", "wrong.txt"}, 6, "passphrase",
                    false);
    require_refused(stick, {"add", "acta", "--date", "2026-11-20"}, 2, "--passphrase-file", false);
    require_refused(stick, {"add", "acta", "--date", "2026-11-20", "--passphrase", "words"}, 2, "--passphrase", false);
    require_refused(stick, {"key", "acta", "--add", "--new-passphrase-file", "short.txt"}, 2, "eight");
    require_refused(stick, {"add", "acta"}, 2, "--date");
    require_refused(stick, {"add", "acta", "--date", "2026-02-30"}, 3, "2026-02-30");
    require_refused(stick, {"redact", "acta", "--entry", "0"}, 2, "--field");
    require_refused(stick, {"redact", "acta", "--entry", "9", "--all"}, 2, "9");
    require_refused(stick, {"correct", "acta", "--entry", "7", "--set", "a=b"}, 2, "7");
    require_refused(stick, {"correct", "acta", "--entry", "0", "--set", "nothing"}, 2, "nothing");
    require_refused(stick, {"init", "acta"}, 2, "acta");
    require_refused(stick, {"verify", "nowhere"}, 3, "nowhere", false);
    stick.folder.write("words.txt", "no checkpoint here\n");
    require_refused(stick, {"verify", "acta", "--checkpoint", "words.txt"}, 3, "words.txt", false);
}

TEST_CASE("files that cannot be read are refused by name, and nothing of them is sealed") {
    const Stick stick;
    stick.folder.write("plot.geojson", plot);
    stick.folder.write("broken.geojson", R"({"type":"FeatureCollection","features":[{"type":"Fea)");
    stick.folder.write("empty.geojson", R"({"type":"FeatureCollection","features":[]})");
    stick.folder.write("photo.jpg", "\xff\xd8\xff\xe1 and nothing more");
    require_refused(stick, {"add", "acta", "--event", "broken.geojson", "--date", "2026-11-20"}, 3, "broken.geojson");
    require_refused(stick, {"add", "acta", "--event", "empty.geojson", "--date", "2026-11-20"}, 3, "empty.geojson");
    require_refused(stick, {"add", "acta", "--event", "absent.gpx", "--date", "2026-11-20"}, 3, "absent.gpx");
    require_refused(stick, {"photo", "acta", "--file", "photo.jpg"}, 3, "photo.jpg");
}

TEST_CASE("of twenty additions at once each is whole, or refused because another one was writing") {
    const Stick stick;
    stick.folder.write("plot.geojson", plot);
    std::vector<std::future<ProgramResult>> runs;
    for (int i = 0; i < 20; ++i) {
        runs.push_back(std::async(std::launch::async, [&, i] {
            return stick.run({"add", "acta", "--date", "2026-11-20", "--note", "nota " + std::to_string(i)});
        }));
    }
    long added = 0;
    for (auto& run : runs) {
        const ProgramResult result = run.get();
        INFO(result.err);
        CHECK((result.exit_code == 0 || result.exit_code == 5));
        added += result.exit_code == 0 ? 1 : 0;
    }
    CHECK(added >= 1);
    CHECK(stick.entries() == 1 + added);
}

TEST_CASE("a read-only stick can be verified and not written to") {
    const Stick stick;
    stick.folder.write("plot.geojson", plot);
    const std::string at = stick.folder / "acta";
    if (geteuid() != 0 || mount(at.c_str(), at.c_str(), nullptr, MS_BIND, nullptr) != 0) {
        WARN("skipped: this machine does not let the test mount");
        return;
    }
    const bool read_only = mount(nullptr, at.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    const ProgramResult verified = stick.run({"verify", "acta"}, false);
    const ProgramResult added = stick.run({"add", "acta", "--date", "2026-11-20"});
    umount(at.c_str());
    REQUIRE(read_only);
    CHECK(verified.exit_code == 0);
    CHECK(added.exit_code == 5);
    CHECK(std::count(added.err.begin(), added.err.end(), '\n') == 1);
    CHECK(stick.entries() == 1);
}

TEST_CASE("a full stick refuses the entry with 5, whatever call was the first to fail, and takes the next one") {
    const Stick stick;
    stick.folder.write("plot.geojson", plot);
    const std::string strace = strace_path();
    if (strace.empty()) return;
    const std::string log = stick.folder / "calls.txt";
    const std::vector<std::string> words{"add", "acta", "--date", "2026-11-20", "--note", "una nota"};
    for (const char* call : {"pwrite64", "fsync", "ftruncate", "rename", "write"}) {
        const std::string name = call;
        require_done(run_program(strace, traced(log, {"-e", "trace=" + name}, words), stick.options()));
        const std::string text = tests::bytes_of(log);
        const auto calls = std::count(text.begin(), text.end(), '\n');
        const std::string error = name == "fsync" || name == "ftruncate" ? "EIO" : "ENOSPC";
        for (long n = 1; n <= calls; ++n) {
            const std::string inject = "inject=" + name + ":error=" + error + ":when=" + std::to_string(n) + "+";
            const long before = stick.entries();
            const ProgramResult failed =
                run_program(strace, traced(log, {"-e", "trace=" + name, "-e", inject}, words), stick.options());
            INFO(inject << ": " << failed.err);
            const long after = stick.entries();
            CHECK((failed.exit_code == 5 || failed.exit_code == 0));
            CHECK((after == before || after == before + 1));
            if (failed.exit_code == 0) CHECK(after == before + 1);
        }
    }
    const long before = stick.entries();
    require_done(stick.run(words));
    CHECK(stick.entries() >= before + 1);
}

TEST_CASE("nothing that people wrote stands in a locked stick, in the temporary folder, or in what commands print") {
    const Stick stick;
    stick.folder.write("plot.geojson", plot);
    const std::vector<std::string> secrets{"Rosa Angulo", "CC 31456789", "-77.1234",
                                           "3.4321",      "Yurumangui",  "quebrada escondida"};
    stick.folder.write("minutes.txt", "Rosa Angulo, CC 31456789, quebrada escondida");
    std::string printed;
    const std::vector<std::vector<std::string>> acts{
        {"add", "acta", "--event", "plot.geojson", "--date", "2026-11-20", "--note", "Rosa Angulo CC 31456789",
         "--decided-by", "asamblea de Yurumangui"},
        {"photo", "acta", "--file", "minutes.txt", "--note", "quebrada escondida"},
        {"correct", "acta", "--entry", "1", "--set", "note=Rosa Angulo", "--note", "Yurumangui"},
        {"redact", "acta", "--entry", "1", "--field", "note", "--reason", "Rosa Angulo asked"},
    };
    const auto search = [&] {
        for (const char* place : {"acta", "tmp"}) {
            for (const auto& entry : fs::recursive_directory_iterator(stick.folder / place)) {
                CHECK(std::ranges::none_of(secrets, [&](const std::string& secret) {
                    return entry.path().string().find(secret) != std::string::npos;
                }));
                if (!entry.is_regular_file()) continue;
                const std::string bytes = tests::bytes_of(entry.path());
                for (const std::string& secret : secrets) {
                    INFO(entry.path() << " holds " << secret);
                    CHECK(bytes.find(secret) == std::string::npos);
                }
            }
        }
        CHECK(fs::is_empty(stick.folder / "tmp"));
    };
    for (const auto& act : acts) {
        const ProgramResult result = stick.run(act);
        require_done(result);
        printed += result.out + result.err;
        search();
    }
    for (const ProgramResult& result : {stick.run({"verify", "acta", "--json"}, false),
                                        stick.run({"verify", "acta"}, false), stick.run({"checkpoint", "acta"}, false)})
        printed += result.out + result.err;
    for (const std::string& secret : secrets)
        CHECK(printed.find(secret) == std::string::npos);
}

TEST_CASE("commands write below the ledger's folder alone and open no socket") {
    const Stick stick;
    stick.folder.write("plot.geojson", plot);
    const std::string strace = strace_path();
    if (strace.empty()) return;
    stick.folder.write("minutes.txt", "words");
    const std::string log = stick.folder / "calls.txt";
    const std::vector<std::vector<std::string>> acts{
        {"add", "acta", "--event", "plot.geojson", "--date", "2026-11-20", "--note", "x"},
        {"photo", "acta", "--file", "minutes.txt"},
        {"redact", "acta", "--entry", "1", "--field", "note"},
    };
    for (const auto& act : acts) {
        require_done(run_program(
            strace, traced(log, {"-e", "trace=open,openat,creat,rename,renameat2,socket,connect,mkdir"}, act),
            stick.options()));
        std::istringstream lines(tests::bytes_of(log));
        long writes = 0;
        for (std::string line; std::getline(lines, line);) {
            CHECK(line.find("socket(") == std::string::npos);
            CHECK(line.find("connect(") == std::string::npos);
            const bool write = line.find("O_WRONLY") != std::string::npos || line.find("O_RDWR") != std::string::npos ||
                               line.find("O_CREAT") != std::string::npos || line.find("rename") != std::string::npos;
            if (!write || line.find("/dev/") != std::string::npos) continue;
            ++writes;
            INFO(line);
            CHECK(line.find("\"acta/") != std::string::npos);
        }
        CHECK(writes > 3);
    }
}
