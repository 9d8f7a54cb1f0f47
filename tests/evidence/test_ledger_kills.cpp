/// Power cuts while something is being written: the work is killed before each of its system calls in turn.
#include <fmt/format.h>
#include <functional>
#include <set>

#include "geo/error.hpp"
#include "tests/evidence/honest_ledger.hpp"
#include "tests/evidence/ledger_case.hpp"
#include "tests/evidence/second_verifier.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/killed_at.hpp"

using namespace vereda;
using namespace vereda::evidence;
namespace fs = std::filesystem;
using tests::fields;
using tests::when;

namespace {

constexpr const char* phrase = "frase 0";
constexpr const char* second_phrase = "frase 1";

struct Deed {
    const char* name;
    std::function<void(const std::string&)> work;
    std::set<std::uint64_t> entries;  ///< more than before, when it ends or where it may be interrupted
    /// Whether what was wanted is there once the deed was done again after the interruption.
    std::function<bool(const std::string&)> wanted = [](const std::string&) { return true; };
};

std::string started(const tests::TemporaryFolder& folder) {
    const std::string path = folder / "honest";
    io::Ledger::create(path, fields({{"type", "genesis"}}), phrase, when, tests::no_cost);
    io::Ledger ledger(path, phrase);
    ledger.add(fields({{"type", "event"}, {"date", "2007-11-09"}, {"name", "Rosa Angulo"}, {"owner", "Luz"}}),
               {"a photo"}, when);
    static_cast<void>(ledger.add_key(second_phrase, when, tests::no_cost));
    fs::copy(path, folder / "other", fs::copy_options::recursive);
    io::Ledger other(folder / "other", phrase);
    other.add(fields({{"type", "note"}, {"note", "apart"}}), {"another photo"}, when);
    other.redact(1, {"owner"}, false, fields({{"type", "redaction"}}), when);
    static_cast<void>(other.add_key("frase 3", when, tests::no_cost));
    ledger.redact(1, {"date"}, false, fields({{"type", "redaction"}}), when);
    return path;
}

bool opens(const std::string& path, const char* words) {
    try {
        const io::Ledger ledger(path, words);
        return true;
    } catch (const geo::Error&) {
        return false;
    }
}

bool has_field(const std::string& path, std::uint64_t entry, const char* name) {
    return find(io::Ledger(path, phrase).entries()[entry].fields, name) != nullptr;
}

std::size_t keys(const std::string& path) {
    return io::LedgerFolder(path).key_files().size();
}

std::vector<Deed> deeds(const std::string& other, const PublicKey& second) {
    return {
        {"adds",
         [](const std::string& path) {
             io::Ledger(path, phrase).add(fields({{"note", "x"}}), {}, when);
         },
         {1}},
        {"adds several",
         [](const std::string& path) {
             static_cast<void>(
                 io::Ledger(path, phrase).add_all({fields({{"note", "x"}}), fields({{"note", "y"}})}, when));
         },
         {2}},
        {"seals a photo",
         [](const std::string& path) {
             io::Ledger(path, phrase).add(fields({{"type", "photo"}}), {"bytes of it"}, when);
         },
         {1}},
        {"redacts everything of an entry",
         [](const std::string& path) {
             io::Ledger(path, phrase).redact(1, {}, true, fields({{"type", "redaction"}}), when);
         },
         {1},
         [](const std::string& path) { return !has_field(path, 1, "name"); }},
        // The merge, five lines of it; then what only the other side had taken out of an entry that both redacted.
        {"merges",
         [other](const std::string& path) { static_cast<void>(io::Ledger(path, phrase).merge(other, when)); },
         {4, 5},
         [](const std::string& path) {
             return !has_field(path, 1, "date") && !has_field(path, 1, "owner") && opens(path, "frase 3");
         }},
        {"adds a key",
         [](const std::string& path) {
             static_cast<void>(io::Ledger(path, phrase).add_key("frase 2", when, tests::no_cost));
         },
         {1},
         [](const std::string& path) { return opens(path, "frase 2"); }},
        {"revokes a key",
         [second](const std::string& path) { io::Ledger(path, phrase).revoke_key(second, when); },
         {1},
         [](const std::string& path) { return keys(path) == 1 && !opens(path, second_phrase); }},
        {"signs beside another key",
         [](const std::string& path) { io::Ledger(path, second_phrase).cosign(); },
         {0},
         [](const std::string& path) { return tests::verified(path).signed_by.size() == 2; }},
    };
}

/// Whether the ledger holds all of the deed or none of it, and does so again when the deed is done once more.
void require_whole(const std::string& path, std::uint64_t before, const Deed& deed) {
    const Verification result = tests::verified(path);
    REQUIRE(result.faults.empty());
    const std::uint64_t found = result.entries;
    REQUIRE((found == before || deed.entries.contains(found - before)));
    REQUIRE(io::Ledger(path, phrase).head().tree.size() == found);
    try {
        deed.work(path);
    } catch (const geo::Error& error) {
        // Nothing was left to do.
        REQUIRE(error.kind() == geo::ErrorKind::usage);
    }
    REQUIRE(deed.wanted(path));
    const std::uint64_t now = tests::verified(path).entries;
    io::Ledger(path, phrase).add(fields({{"note", "afterwards"}}), {}, when);
    REQUIRE(tests::our_verdict(path) == fmt::format("holds {} entries", now + 1));
}

/// How many points of the deed were tried.
long kill_everywhere(const Deed& deed, const std::string& honest, const tests::TemporaryFolder& folder,
                     tests::Calls calls = tests::Calls::writing) {
    const std::uint64_t before = tests::verified(honest).entries;
    std::vector<std::string> killed;
    for (long call = 1;; ++call) {
        const std::string path = folder / fmt::format("{}-{}", deed.name, call);
        fs::copy(honest, path, fs::copy_options::recursive);
        const tests::WorkEnd end = tests::killed_at_call([&] { deed.work(path); }, call, calls);
        INFO(deed.name << ", killed before call " << call);
        REQUIRE(end != tests::WorkEnd::failed);
        if (end == tests::WorkEnd::untraceable) return 0;
        killed.push_back(path);
        if (end == tests::WorkEnd::done) break;
    }
    const auto second = tests::second_verdicts(killed);
    for (std::size_t i = 0; i < killed.size(); ++i) {
        INFO(deed.name << ", killed before call " << i + 1);
        if (!second.empty()) REQUIRE(second[i] == tests::our_verdict(killed[i]));
        require_whole(killed[i], before, deed);
        fs::remove_all(killed[i]);
    }
    return static_cast<long>(killed.size()) - 1;
}

}  // namespace

TEST_CASE("killed before any of its system calls, whatever was being written is there whole or not at all") {
    const tests::TemporaryFolder folder;
    const std::string honest = started(folder);
    const PublicKey second = io::Ledger(honest, second_phrase).key().name();
    for (const Deed& deed : deeds(folder / "other", second)) {
        // Calls that only read leave what the one before left: for one deed they are tried all the same.
        const bool first = std::string_view(deed.name) == "adds";
        const long points = kill_everywhere(deed, honest, folder, first ? tests::Calls::every : tests::Calls::writing);
        if (points == 0) {
            WARN("skipped: this machine does not let a process trace its child");
            return;
        }
        UNSCOPED_INFO(deed.name << ": killed at " << points << " points");
        CHECK(points > (first ? 20 : 10));
    }
}

TEST_CASE("a ledger brought up to another one is whole wherever it was killed") {
    const tests::TemporaryFolder folder;
    const std::string honest = started(folder);
    io::Ledger(honest, phrase).merge(folder / "other", when);
    const Deed deed{"brought up",
                    [&](const std::string& path) { static_cast<void>(io::Ledger(path, phrase).merge(honest, when)); },
                    {tests::verified(honest).entries - tests::verified(folder / "other").entries}};
    if (kill_everywhere(deed, folder / "other", folder) == 0)
        WARN("skipped: this machine does not let a process trace its child");
}

TEST_CASE("a ledger whose foundation was interrupted anywhere is founded by the same command, or was") {
    const tests::TemporaryFolder folder;
    const auto found = [](const std::string& path) {
        io::Ledger::create(path, fields({{"type", "genesis"}, {"council", "Consejo"}}), phrase, when, tests::no_cost);
    };
    for (long call = 1;; ++call) {
        const std::string path = folder / std::to_string(call);
        const tests::WorkEnd end = tests::killed_at_call([&] { found(path); }, call, tests::Calls::writing);
        if (end == tests::WorkEnd::untraceable) {
            WARN("skipped: this machine does not let a process trace its child");
            return;
        }
        INFO("killed before call " << call);
        REQUIRE(end != tests::WorkEnd::failed);
        bool stands = false;
        try {
            stands = tests::our_verdict(path) == "holds 1 entries";
            REQUIRE(stands);
        } catch (const geo::Error&) {
            REQUIRE_NOTHROW(found(path));
        }
        REQUIRE(keys(path) == 1);
        io::Ledger(path, phrase).add(fields({{"note", "x"}}), {}, when);
        REQUIRE(tests::our_verdict(path) == "holds 2 entries");
        // What holds a ledger, or anything else, is not founded anew.
        REQUIRE_THROWS_AS(found(path), geo::Error);
        fs::remove_all(path);
        if (end == tests::WorkEnd::done) {
            CHECK(call > 15);
            break;
        }
    }
    fs::create_directories(folder / "mine");
    tests::write_bytes(folder / "mine/letter.txt", "Querida Rosa");
    CHECK_THROWS_AS(found(folder / "mine"), geo::Error);
    CHECK(tests::bytes_at(folder / "mine/letter.txt") == "Querida Rosa");
}
