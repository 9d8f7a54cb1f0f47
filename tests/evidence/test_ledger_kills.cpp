/// Power cuts while something is being written: the work is killed before each of its system calls in turn.
#include <fmt/format.h>
#include <functional>

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

struct Deed {
    const char* name;
    std::function<void(const std::string&)> work;
    std::uint64_t entries;  ///< that it adds
};

std::string started(const tests::TemporaryFolder& folder) {
    const std::string path = folder / "honest";
    io::Ledger::create(path, fields({{"type", "genesis"}}), phrase, when, tests::no_cost);
    io::Ledger ledger(path, phrase);
    ledger.add(fields({{"type", "event"}, {"date", "2007-11-09"}, {"name", "Rosa Angulo"}}), {"a photo"}, when);
    fs::copy(path, folder / "other", fs::copy_options::recursive);
    io::Ledger other(folder / "other", phrase);
    other.add(fields({{"type", "note"}, {"note", "apart"}}), {"another photo"}, when);
    ledger.add(fields({{"type", "note"}, {"note", "here"}}), {}, when);
    return path;
}

std::vector<Deed> deeds(const std::string& other) {
    return {
        {"adds",
         [](const std::string& path) {
             io::Ledger(path, phrase).add(fields({{"note", "x"}}), {}, when);
         },
         1},
        {"adds several",
         [](const std::string& path) {
             static_cast<void>(
                 io::Ledger(path, phrase).add_all({fields({{"note", "x"}}), fields({{"note", "y"}})}, when));
         },
         2},
        {"seals a photo",
         [](const std::string& path) {
             io::Ledger(path, phrase).add(fields({{"type", "photo"}}), {"bytes of it"}, when);
         },
         1},
        {"redacts everything of an entry",
         [](const std::string& path) {
             io::Ledger(path, phrase).redact(1, {}, true, fields({{"type", "redaction"}}), when);
         },
         1},
        {"merges", [other](const std::string& path) { static_cast<void>(io::Ledger(path, phrase).merge(other, when)); },
         2},
        {"adds a key",
         [](const std::string& path) {
             static_cast<void>(io::Ledger(path, phrase).add_key("frase 1", when, tests::no_cost));
         },
         1},
    };
}

/// Whether the ledger holds all of the deed or none of it, can be written to, and holds then.
void require_whole(const std::string& path, std::uint64_t before, std::uint64_t added) {
    const Verification result = tests::verified(path);
    REQUIRE(result.faults.empty());
    const std::uint64_t found = result.entries;
    REQUIRE((found == before || found == before + added));
    {
        io::Ledger ledger(path, phrase);
        REQUIRE(ledger.head().tree.size() == found);
        ledger.add(fields({{"note", "afterwards"}}), {}, when);
    }
    REQUIRE(tests::our_verdict(path) == fmt::format("holds {} entries", found + 1));
}

/// How many points of the deed were tried.
long kill_everywhere(const Deed& deed, const std::string& honest, const tests::TemporaryFolder& folder) {
    const std::uint64_t before = tests::verified(honest).entries;
    std::vector<std::string> killed;
    for (long call = 1;; ++call) {
        const std::string path = folder / fmt::format("{}-{}", deed.name, call);
        fs::copy(honest, path, fs::copy_options::recursive);
        const tests::WorkEnd end = tests::killed_at_call([&] { deed.work(path); }, call);
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
        require_whole(killed[i], before, deed.entries);
        fs::remove_all(killed[i]);
    }
    return static_cast<long>(killed.size()) - 1;
}

}  // namespace

TEST_CASE("killed before any of its system calls, whatever was being written is there whole or not at all") {
    const tests::TemporaryFolder folder;
    const std::string honest = started(folder);
    for (const Deed& deed : deeds(folder / "other")) {
        const long points = kill_everywhere(deed, honest, folder);
        if (points == 0) {
            WARN("skipped: this machine does not let a process trace its child");
            return;
        }
        UNSCOPED_INFO(deed.name << ": killed at " << points << " points");
        CHECK(points > 20);
    }
}

TEST_CASE("a ledger brought up to another one is whole wherever it was killed") {
    const tests::TemporaryFolder folder;
    const std::string honest = started(folder);
    io::Ledger(honest, phrase).merge(folder / "other", when);
    const Deed deed{"brought up",
                    [&](const std::string& path) { static_cast<void>(io::Ledger(path, phrase).merge(honest, when)); },
                    tests::verified(honest).entries - tests::verified(folder / "other").entries};
    if (kill_everywhere(deed, folder / "other", folder) == 0)
        WARN("skipped: this machine does not let a process trace its child");
}
