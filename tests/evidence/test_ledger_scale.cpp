/// How long a large ledger takes: run by hand, test_evidence "[long]". No times are asserted.
#include <algorithm>
#include <chrono>

#include "tests/evidence/honest_ledger.hpp"
#include "tests/evidence/ledger_case.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::evidence;
using tests::fields;
using tests::when;
using Clock = std::chrono::steady_clock;

namespace {

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

Fields record(std::size_t i) {
    return fields({{"type", "event"}, {"date", "2026-01-05"}, {"area_ha", std::to_string(i)}, {"note", "arranque"}});
}

void grow(io::Ledger& ledger, std::size_t entries) {
    constexpr std::size_t at_once = 20'000;
    for (std::size_t i = ledger.head().tree.size(); i < entries;) {
        std::vector<Fields> records;
        for (; i < entries && records.size() < at_once; ++i)
            records.push_back(record(i));
        static_cast<void>(ledger.add_all(records, when));
    }
}

/// One entry each, unlocked and synced.
void time_additions(io::Ledger& ledger) {
    constexpr std::size_t count = 201;
    std::vector<double> times;
    for (std::size_t i = 0; i < count; ++i) {
        const auto before = Clock::now();
        ledger.add(record(i), {}, when);
        times.push_back(1000 * seconds_since(before));
    }
    std::ranges::sort(times);
    WARN("of " << count << " additions: fastest " << times.front() << " ms, quartiles " << times[count / 4] << ", "
               << times[count / 2] << ", " << times[3 * count / 4] << ", 95 % under " << times[count * 95 / 100]
               << ", slowest " << times.back());
}

}  // namespace

TEST_CASE("a million entries", "[.][long]") {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "acta";
    io::Ledger::create(path, fields({{"type", "genesis"}}), "frase 0", when, tests::no_cost);
    io::Ledger ledger(path, "frase 0");
    grow(ledger, 1'000'000);
    const auto start = Clock::now();
    const io::LedgerFolder reader(path);
    const auto content = reader.content({2});
    const double read = seconds_since(start);
    const Verification result = verify(content.bytes(), {}, {2});
    WARN("read in " << read << " s, read and verified in " << seconds_since(start)
                    << " s: " << content.entries.size() + content.sealed.size() << " bytes");
    CHECK(result.faults.empty());
    CHECK(result.entries == 1'000'000);
    time_additions(ledger);
}

TEST_CASE("additions to a small ledger", "[.][long]") {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "acta";
    io::Ledger::create(path, fields({{"type", "genesis"}}), "frase 0", when, tests::no_cost);
    io::Ledger ledger(path, "frase 0");
    time_additions(ledger);
}
