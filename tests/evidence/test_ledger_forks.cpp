/// Second histories and older copies, told by what somebody kept: the line, the short text for an SMS, the file, or a
/// copy of the ledger.
#include <fmt/format.h>
#include <random>

#include "tests/evidence/ledger_case.hpp"
#include "tests/evidence/second_verifier.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::evidence;
namespace fs = std::filesystem;
using tests::fields;
using tests::when;
using geo::operator""_msg;

namespace {

void add_notes(io::Ledger& ledger, std::size_t count, const std::string& words) {
    std::vector<Fields> notes;
    for (std::size_t i = 0; i < count; ++i)
        notes.push_back(fields({{"type", "note"}, {"note", words + std::to_string(i)}}));
    if (!notes.empty()) static_cast<void>(ledger.add_all(notes, when));
}

/// Two ledgers that are the same below entry `parted` and go on apart.
struct Fork {
    Fork(const tests::TemporaryFolder& folder, std::uint64_t parted_at, std::size_t more_ours, std::size_t more_theirs)
        : ours(folder / "ours"), theirs(folder / "theirs"), parted(parted_at) {
        io::Ledger::create(ours, fields({{"type", "genesis"}}), tests::passphrase, when, tests::cheap);
        io::Ledger ledger(ours, tests::passphrase);
        add_notes(ledger, parted - 1, "both ");
        fs::copy(ours, theirs, fs::copy_options::recursive);
        before = checkpoint_of(ledger.head());
        add_notes(ledger, more_ours, "ours ");
        kept = checkpoint_of(ledger.head());
        leaves = leaves_of(ledger.folder().entries());
        copy = checkpoint_of_copy(ledger.head(), leaves);
        io::Ledger other(theirs, tests::passphrase);
        add_notes(other, more_theirs, "theirs ");
    }
    [[nodiscard]] Fault first_fault(const std::vector<Checkpoint>& checkpoints) const {
        const Verification result = tests::verified(theirs, checkpoints);
        REQUIRE_FALSE(result.faults.empty());
        return result.faults.front();
    }

    std::string ours, theirs;
    std::uint64_t parted;
    Checkpoint before, kept, copy;
    std::vector<Digest> leaves;
};

/// Both verifiers on the ledger, the text kept as a file; one verdict.
std::string verdict(const tests::TemporaryFolder& folder, const std::string& path, const std::string& text) {
    const std::string file = folder.write("kept.txt", "guardado: " + text + "\n");
    const std::string ours = tests::our_verdict(path, "guardado: " + text + "\n");
    const auto second = tests::second_verdicts({path}, file);
    if (!second.empty()) CHECK(second.front() == ours);
    return ours;
}

std::uint64_t argument(const Fault& fault, const char* name) {
    for (const auto& [key, value] : fault.message.arguments)
        if (key == std::string(name)) return std::stoull(value);
    return 0;
}

}  // namespace

TEST_CASE("the file of a checkpoint names the first entry at which a second history differs") {
    std::mt19937 random(8);
    for (int i = 0; i < 5; ++i) {
        const tests::TemporaryFolder folder;
        const Fork fork(folder, 1 + random() % 30, 1 + random() % 20, 1 + random() % 40);
        INFO("parted at " << fork.parted << ", kept at " << fork.kept.size);
        const bool shorter = tests::verified(fork.theirs).entries < fork.kept.size;
        const std::string named = fmt::format("entries.log entry {}", fork.parted);
        const std::string stopped = fmt::format("entries.log entry {}", tests::verified(fork.theirs).entries);
        CHECK(verdict(folder, fork.theirs, long_text(fork.kept, fork.leaves)) == named);
        CHECK(fork.first_fault({fork.copy}).entry == fork.parted);
        // The line alone knows that the histories differ, not where, and of a shorter one only that it is shorter.
        CHECK(verdict(folder, fork.theirs, checkpoint_text(fork.kept)) == (shorter ? stopped : "entries.log entry 1"));
        CHECK(verdict(folder, fork.ours, long_text(fork.kept, fork.leaves)) ==
              fmt::format("holds {} entries", fork.kept.size));
        CHECK(verdict(folder, fork.theirs, long_text(fork.before, fork.leaves)).starts_with("holds"));
    }
}

TEST_CASE("the short text of a checkpoint fits an SMS and tells between which entries a second history begins") {
    for (const std::uint64_t parted : {1, 2, 17, 60, 99, 100}) {
        const tests::TemporaryFolder folder;
        const Fork fork(folder, parted, 101 - parted, 101 - parted);
        const std::string text = short_text(fork.kept, fork.leaves);
        CHECK(text.size() <= 160);
        REQUIRE(fork.kept.size == 101);
        const Fault fault = fork.first_fault({find_checkpoint(text).value()});
        INFO(text << "\nparted at " << parted);
        CHECK(verdict(folder, fork.theirs, text) == fmt::format("entries.log entry {}", *fault.entry));
        CHECK(*fault.entry <= parted);
        if (parted >= 99) {
            CHECK(*fault.entry == parted);
            CHECK(fault.message.id == "ledger.forked_here"_msg);
        } else {
            // Marks stand at distances that double: the bracket is no wider than what lies behind it.
            CHECK(argument(fault, "last") >= parted);
            CHECK(argument(fault, "last") - *fault.entry <= 101 - parted);
        }
    }
}

TEST_CASE("several checkpoints narrow down where a second history begins") {
    const tests::TemporaryFolder folder;
    const Fork fork(folder, 20, 5, 9);
    CHECK(fork.first_fault({fork.kept}).entry == 1U);
    const Fault narrowed = fork.first_fault({fork.kept, fork.before});
    CHECK(narrowed.entry == 20U);
    CHECK(argument(narrowed, "last") == 24);
}

TEST_CASE("the file of a checkpoint of many entries marks the last 512 and every eighth before") {
    const tests::TemporaryFolder folder;
    const Fork fork(folder, 1001, 3000, 3000);
    const std::string text = long_text(fork.kept, fork.leaves);
    CHECK(text.size() < 20'000);
    CHECK(verdict(folder, fork.theirs, text) == "entries.log entry 1001");
    const Fault fault = fork.first_fault({find_checkpoint(text).value()});
    CHECK(argument(fault, "last") == 1008);
    CHECK(fork.first_fault({fork.copy}).message.id == "ledger.forked_here"_msg);
}

TEST_CASE("a ledger taken back to fewer entries is named where it stops, by both verifiers") {
    const tests::TemporaryFolder folder;
    const Fork fork(folder, 9, 4, 0);
    for (const std::string& text :
         {checkpoint_text(fork.kept), short_text(fork.kept, fork.leaves), long_text(fork.kept, fork.leaves)})
        CHECK(verdict(folder, fork.theirs, text) == "entries.log entry 9");
    CHECK(fork.first_fault({fork.copy}).message.id == "ledger.rolled_back"_msg);
    const std::string of_another = "VEREDA1 " + std::string(16, 'a') + " 3 " + std::string(64, 'b');
    CHECK(verdict(folder, fork.theirs, of_another) == "checkpoint");
}
