/// Honest and damaged ledgers before two verifiers: ours, and the one in tests/second_verifier that shares nothing with
/// it but docs/ledger-format.md. The tests named [long] are run by hand: test_evidence "[long]".
#include <fmt/format.h>

#include "tests/evidence/damage.hpp"
#include "tests/evidence/honest_ledger.hpp"
#include "tests/evidence/ledger_case.hpp"
#include "tests/evidence/second_verifier.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
namespace fs = std::filesystem;

namespace {

struct Tally {
    std::size_t judged = 0;
    std::size_t wrong = 0;      ///< damage that held, honest ledgers that did not
    std::size_t misplaced = 0;  ///< damage found elsewhere than it was done
    std::size_t apart = 0;      ///< the two verifiers disagree
    std::string first;          ///< example
};

void note(Tally& tally, std::size_t& count, const std::string& text) {
    ++count;
    if (tally.first.empty()) tally.first = text;
}

void judge(const std::vector<tests::Damage>& made, Tally& tally) {
    std::vector<std::string> paths;
    for (const tests::Damage& damage : made)
        paths.push_back(damage.path);
    const auto second = tests::second_verdicts(paths);
    for (std::size_t i = 0; i < made.size(); ++i) {
        const std::string ours = tests::our_verdict(paths[i]);
        const std::string told = fmt::format("{}: ours \"{}\", expected \"{}\"", made[i].what, ours, made[i].named);
        ++tally.judged;
        if (ours.starts_with("holds")) note(tally, tally.wrong, told);
        const bool named = ours == made[i].named || ours.starts_with(made[i].named + " entry ");
        if (!made[i].named.empty() && !named) note(tally, tally.misplaced, told);
        if (!second.empty() && second[i] != ours) note(tally, tally.apart, told + ", second \"" + second[i] + "\"");
    }
}

void judge_honest(const std::vector<std::string>& paths, Tally& tally) {
    const auto second = tests::second_verdicts(paths);
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const std::string ours = tests::our_verdict(paths[i]);
        ++tally.judged;
        if (!ours.starts_with("holds")) note(tally, tally.wrong, paths[i] + ": " + ours);
        if (!second.empty() && second[i] != ours)
            note(tally, tally.apart, paths[i] + ": " + ours + ", second: " + second[i]);
    }
}

void require_clean(const Tally& tally) {
    INFO(tally.first);
    CHECK(tally.wrong == 0);
    CHECK(tally.misplaced == 0);
    CHECK(tally.apart == 0);
}

Tally honest(std::uint32_t first_seed, std::size_t wanted) {
    Tally tally;
    for (std::uint32_t seed = first_seed; tally.judged < wanted; ++seed) {
        const tests::TemporaryFolder folder;
        INFO("seed " << seed);
        judge_honest(tests::write_honest_ledgers(folder.path().string(), seed), tally);
    }
    return tally;
}

Tally flipped(std::uint32_t first_seed, std::size_t ledgers, std::size_t flips) {
    Tally tally;
    for (std::uint32_t seed = first_seed; seed < first_seed + ledgers; ++seed) {
        const tests::TemporaryFolder folder;
        const auto paths = tests::write_honest_ledgers(folder.path().string(), seed);
        tests::DamagedCopies copies(paths[0], folder / "flipped");
        copies.flip_bits(flips, seed);
        judge(copies.made(), tally);
    }
    return tally;
}

Tally disordered(std::uint32_t first_seed, std::size_t ledgers) {
    Tally tally;
    for (std::uint32_t seed = first_seed; seed < first_seed + ledgers; ++seed) {
        const tests::TemporaryFolder folder;
        const tests::TemporaryFolder other;
        const auto paths = tests::write_honest_ledgers(folder.path().string(), seed);
        tests::DamagedCopies copies(paths[0], folder / "disordered");
        copies.disorder(tests::write_honest_ledgers(other.path().string(), seed + 1)[0]);
        judge(copies.made(), tally);
    }
    return tally;
}

void print(const char* what, const Tally& tally) {
    WARN(what << ": " << tally.judged << " judged, " << tally.wrong << " wrong, " << tally.misplaced
              << " located elsewhere, " << tally.apart << " on which the verifiers differ");
}

}  // namespace

TEST_CASE("honest ledgers of several devices, keys and redactions verify, and the second verifier agrees") {
    require_clean(honest(1, 40));
}

TEST_CASE("random bits flipped are found where they are, and the second verifier agrees") {
    require_clean(flipped(500, 3, 120));
}

TEST_CASE("lines, parts and files out of order, re-encoded or cut are found where they are by both verifiers") {
    require_clean(disordered(700, 1));
}

TEST_CASE("1,000 honest ledgers", "[.][long]") {
    const Tally tally = honest(10'000, 1'000);
    print("honest ledgers", tally);
    require_clean(tally);
}

TEST_CASE("10,000 flipped bits", "[.][long]") {
    const Tally tally = flipped(20'000, 100, 100);
    print("flipped bits", tally);
    require_clean(tally);
}

TEST_CASE("ledgers disordered in every way", "[.][long]") {
    const Tally tally = disordered(30'000, 30);
    print("disordered", tally);
    require_clean(tally);
}
