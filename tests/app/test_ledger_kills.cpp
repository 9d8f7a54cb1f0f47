/// Power cuts under the program itself: each verb that writes is killed before each of its writing system calls.
#include <fmt/format.h>

#include "tests/app/ledger_stick.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/killed_at.hpp"
#include "tests/support/phone_photo.hpp"

using namespace vereda::tests;
namespace fs = std::filesystem;

namespace {

struct Verb {
    std::vector<std::string> words;
    long most_entries;        ///< that it may add before it is killed or ends
    std::string output = {};  ///< a file that it writes outside the ledger
    bool opens = true;
};

void put_back(const Stick& stick) {
    fs::remove_all(stick.folder / "acta");
    fs::copy(stick.folder / "before", stick.folder / "acta", fs::copy_options::recursive);
}

/// -1 where it does not hold.
long entries_of(const Stick& stick) {
    const vereda::evidence::io::LedgerFolder folder(stick.folder / "acta");
    const auto content = folder.content({1});
    const vereda::evidence::Verification result = vereda::evidence::verify(content.bytes(), {}, {1});
    return result.faults.empty() ? static_cast<long>(result.entries) : -1;
}

/// How many points were tried.
long kill_everywhere(const Stick& stick, const Verb& verb) {
    KilledProgram program{VEREDA_PROGRAM, {"ledger"}, stick.folder.path().string()};
    program.arguments.insert(program.arguments.end(), verb.words.begin(), verb.words.end());
    if (verb.opens) program.arguments.insert(program.arguments.end(), {"--passphrase-file", "phrase.txt"});
    put_back(stick);
    const long before = entries_of(stick);
    for (long call = 1;; ++call) {
        put_back(stick);
        if (!verb.output.empty()) fs::remove_all(stick.folder / verb.output);
        const WorkEnd end = killed_at_call(program, call, Calls::writing);
        if (end == WorkEnd::untraceable) return 0;
        INFO(verb.words[0] << ", killed before writing call " << call);
        REQUIRE(end != WorkEnd::failed);
        const long after = entries_of(stick);
        REQUIRE(after >= before);
        REQUIRE(after <= before + verb.most_entries);
        if (!verb.output.empty()) {
            const bool whole = fs::exists(stick.folder / verb.output);
            CHECK((whole || end == WorkEnd::killed));
        }
        if (end == WorkEnd::done) return call - 1;
    }
}

}  // namespace

TEST_CASE("killed before any writing call, a verb of the program leaves a ledger that verifies and has lost nothing") {
    const Stick stick({vereda::evidence::field("type", "genesis"), vereda::evidence::field("council", "Consejo")});
    stick.folder.write("photo.jpg", phone_photo({"phone", "owner", "2007:11:09 08:15:00", 3.4, -77.1}));
    REQUIRE(stick
                .run({"add", "acta", "--date", "2026-11-20", "--area-ha", "25", "--crop", "coca", "--note", "uno",
                      "--owner", "Rosa"})
                .exit_code == 0);
    REQUIRE(stick.run({"consent", "acta", "--entry", "1", "--scope", "public", "--by", "assembly"}).exit_code == 0);
    fs::copy(stick.folder / "acta", stick.folder / "other", fs::copy_options::recursive);
    REQUIRE(stick.run({"correct", "acta", "--entry", "1", "--set", "owner=Rosa Angulo"}).exit_code == 0);
    REQUIRE(stick.run({"add", "other", "--date", "2026-11-21", "--note", "aparte"}).exit_code == 0);
    fs::copy(stick.folder / "acta", stick.folder / "before", fs::copy_options::recursive);

    const std::vector<Verb> verbs{
        {{"add", "acta", "--date", "2026-11-22", "--note", "dos"}, 1},
        {{"photo", "acta", "--file", "photo.jpg", "--entry", "1"}, 1},
        // The correction of the field is redacted with it.
        {{"redact", "acta", "--entry", "1", "--field", "owner"}, 2},
        {{"merge", "acta", "other"}, 2},
        {{"reveal", "acta", "--entry", "0", "--field", "council", "-o", "name.json"}, 0, "name.json"},
        {{"checkpoint", "acta", "-o", "kept.txt"}, 0, "kept.txt", false},
        {{"export", "acta", "--consented-only", "-o", "out.json"}, 0, "out.json"},
        {{"dossier", "acta", "--audience", "public", "--yes", "-o", "hoja"}, 1, "hoja"},
    };
    for (const Verb& verb : verbs) {
        const long points = kill_everywhere(stick, verb);
        if (points == 0) {
            WARN("skipped: this machine does not let a process trace its child");
            return;
        }
        INFO(verb.words[0]);
        CHECK(points >= 4);
    }
}

TEST_CASE("a field that was being redacted when the power went is redacted whole by the same command") {
    const Stick stick;
    REQUIRE(stick.run({"add", "acta", "--date", "2026-11-20", "--owner", "Rosa"}).exit_code == 0);
    REQUIRE(stick.run({"correct", "acta", "--entry", "1", "--set", "owner=Rosa Angulo"}).exit_code == 0);
    fs::copy(stick.folder / "acta", stick.folder / "before", fs::copy_options::recursive);
    const std::vector<std::string> words{"redact", "acta", "--entry", "1", "--field", "owner"};
    KilledProgram program{VEREDA_PROGRAM, {"ledger"}, stick.folder.path().string()};
    program.arguments.insert(program.arguments.end(), words.begin(), words.end());
    program.arguments.insert(program.arguments.end(), {"--passphrase-file", "phrase.txt"});
    for (long call = 1;; ++call) {
        put_back(stick);
        const WorkEnd end = killed_at_call(program, call, Calls::writing);
        if (end == WorkEnd::untraceable) return;
        if (end == WorkEnd::done) break;
        INFO("killed before writing call " << call);
        // Where everything had gone already there is nothing left to redact.
        const int again = stick.run(words).exit_code;
        REQUIRE((again == 0 || again == 2));
        const vereda::evidence::io::Ledger ledger(stick.folder / "acta", Stick::phrase);
        for (const auto& entry : ledger.entries())
            REQUIRE(vereda::evidence::find(entry.fields, "owner") == nullptr);
    }
}
