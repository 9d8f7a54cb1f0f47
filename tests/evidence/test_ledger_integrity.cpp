#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <functional>
#include <random>

#include "geo/error.hpp"
#include "tests/evidence/ledger_case.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::evidence;
namespace fs = std::filesystem;
using tests::fields;
using tests::passphrase;
using tests::verified;
using tests::when;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    return text;
}

/// The ledger's files that the head vouches for.
std::vector<fs::path> sealed_files(const std::string& path) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(path))
        if (entry.is_regular_file() && entry.path().extension() != ".key") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

/// Appends an entry under a head that the key signs, whether it may or not: a note, or the key itself as a new one.
void forge(const std::string& path, const CouncilKey& key, bool adds_itself) {
    io::LedgerFolder folder(path);
    Head head = parse_head(folder.head()).value();
    Entry entry;
    entry.kind = adds_itself ? EntryKind::key : EntryKind::sealed;
    entry.sequence = head.tree.size();
    entry.time = when;
    entry.previous = head.tip;
    entry.key = key.name();
    entry.authority.key = key.name();
    if (adds_itself) entry.authority = key.sign(key_statement(head.ledger, entry));
    const std::string line = line_of(entry);
    head.tip = leaf_hash(line);
    head.tree.add(head.tip);
    head.signatures = {key.sign(signed_text(head))};
    folder.lock();
    folder.apply({folder.size_of("entries.log"), head.sealed, line + "\n", {}, head_text(head), {}, {}});
}

}  // namespace

TEST_CASE("an honest ledger verifies, locked, with all its kinds of entries") {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "acta";
    tests::fill(path);
    const Verification result = verified(path);
    CHECK(result.faults.empty());
    CHECK(result.entries == 9);
    CHECK(result.keys_in_force == 1);
    CHECK(result.signed_by.size() == 1);
}

TEST_CASE("every flipped bit of a small ledger is found, and the entry or file named") {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "acta";
    tests::fill(path);
    for (const fs::path& file : sealed_files(path)) {
        const std::string honest = tests::bytes_at(file);
        std::mt19937 random(7);
        const bool all = honest.size() < 400;
        const std::size_t flips = all ? honest.size() * 8 : 600;
        for (std::size_t i = 0; i < flips; ++i) {
            const std::size_t bit = all ? i : random() % (honest.size() * 8);
            std::string altered = honest;
            altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << (bit % 8)));
            tests::write_bytes(file, altered);
            const Verification result = verified(path);
            INFO(file.filename() << " bit " << bit);
            REQUIRE_FALSE(result.faults.empty());
            if (file.filename() == "entries.log") {
                const auto line = static_cast<std::uint64_t>(
                    std::count(honest.begin(), honest.begin() + static_cast<std::ptrdiff_t>(bit / 8), '\n'));
                bool named = false;
                for (const Fault& fault : result.faults)
                    named = named || (fault.entry && (*fault.entry == line || *fault.entry == line + 1));
                CHECK(named);
            } else {
                const std::string name = result.faults.front().file;
                CHECK((file.filename() == "head.txt" || name.ends_with(file.filename().string())));
            }
        }
        tests::write_bytes(file, honest);
    }
    CHECK(verified(path).faults.empty());
}

TEST_CASE("dropped, swapped, repeated, re-encoded and cut lines are found") {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "acta";
    tests::fill(path);
    const fs::path file = fs::path(path) / "entries.log";
    const std::string honest = tests::bytes_at(file);
    const auto lines = lines_of(honest);
    const auto must_fail = [&](const std::string& altered) {
        tests::write_bytes(file, altered);
        CHECK_FALSE(verified(path).faults.empty());
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto dropped = lines;
        dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(i));
        must_fail(joined(dropped));
        auto repeated = lines;
        repeated.insert(repeated.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
        must_fail(joined(repeated));
        if (i + 1 < lines.size()) {
            auto swapped = lines;
            std::swap(swapped[i], swapped[i + 1]);
            must_fail(joined(swapped));
        }
        auto spaced = lines;
        spaced[i] += " ";
        must_fail(joined(spaced));
        auto upper = lines;
        for (char& c : upper[i])
            c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        must_fail(joined(upper));
    }
    std::string windows;
    for (const char c : honest)
        windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    must_fail(windows);
    for (std::size_t size = 0; size < honest.size(); size += 37)
        must_fail(honest.substr(0, size));
    must_fail(honest.substr(0, honest.size() - 1));
}

TEST_CASE("an entry of another ledger spliced in is found") {
    const tests::TemporaryFolder folder;
    tests::fill(folder / "a");
    tests::fill(folder / "b");
    auto lines = lines_of(tests::bytes_at(fs::path(folder / "a") / "entries.log"));
    lines[3] = lines_of(tests::bytes_at(fs::path(folder / "b") / "entries.log"))[3];
    tests::write_bytes(fs::path(folder / "a") / "entries.log", joined(lines));
    CHECK_FALSE(verified(folder / "a").faults.empty());
}

TEST_CASE("a rolled-back ledger is found by whoever kept one checkpoint, and by nobody else") {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "acta";
    tests::fill(path);
    fs::copy(path, folder / "earlier", fs::copy_options::recursive);
    Checkpoint kept;
    {
        io::Ledger ledger(path, passphrase);
        ledger.add(fields({{"type", "note"}, {"note", "later"}}), {}, when);
        kept = checkpoint_of(ledger.head());
    }
    CHECK(verified(path, {kept}).faults.empty());
    CHECK(verified(folder / "earlier").faults.empty());
    const auto result = verified(folder / "earlier", {kept});
    REQUIRE(result.faults.size() == 1);
    CHECK(std::string(result.faults.front().message.id.text()) == "ledger.rolled_back");
}

TEST_CASE("two histories of one size are told apart by a checkpoint of either") {
    const tests::TemporaryFolder folder;
    tests::fill(folder / "a");
    fs::copy(folder / "a", folder / "b", fs::copy_options::recursive);
    Checkpoint of_a;
    {
        io::Ledger a(folder / "a", passphrase);
        a.add(fields({{"type", "note"}, {"note", "one"}}), {}, when);
        of_a = checkpoint_of(a.head());
        io::Ledger b(folder / "b", passphrase);
        b.add(fields({{"type", "note"}, {"note", "two"}}), {}, when);
    }
    CHECK(verified(folder / "a", {of_a}).faults.empty());
    const auto forked = verified(folder / "b", {of_a});
    REQUIRE(forked.faults.size() == 1);
    CHECK(std::string(forked.faults.front().message.id.text()) == "ledger.forked");
}

TEST_CASE("a head signed by a revoked key, and a key that gives itself authority, are refused") {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "acta";
    const std::string stolen_key = tests::fill(path);
    fs::copy(path, folder / "before", fs::copy_options::recursive);
    // The second key was revoked by entry 7.
    CHECK_THROWS_AS(io::Ledger(path, "otra frase"), geo::Error);
    const CouncilKey thief = CouncilKey::unlocked(stolen_key, "otra frase");
    tests::write_bytes(fs::path(path) / "keys" / "stolen.key", stolen_key);
    CHECK_THROWS_AS(io::Ledger(path, "otra frase"), geo::Error);
    forge(path, thief, false);
    bool refused = false;
    for (const Fault& fault : verified(path).faults)
        refused = refused || std::string(fault.message.id.text()) == "ledger.head_not_authorised";
    CHECK(refused);
    forge(folder / "before", thief, true);
    bool unauthorised = false;
    for (const Fault& fault : verified(folder / "before").faults)
        unauthorised = unauthorised || std::string(fault.message.id.text()) == "ledger.key_not_authorised";
    CHECK(unauthorised);
}

TEST_CASE("two devices that recorded apart merge, with redactions on both sides, and both histories verify") {
    const tests::TemporaryFolder folder;
    tests::fill(folder / "a");
    fs::copy(folder / "a", folder / "b", fs::copy_options::recursive);
    std::uint64_t target = 0;
    {
        io::Ledger a(folder / "a", passphrase);
        a.add(fields({{"type", "note"}, {"note", "from a"}}), {}, when);
        target = a.redact(1, {"participants"}, false, fields({{"type", "redaction"}}), when);
        io::Ledger b(folder / "b", passphrase);
        b.add(fields({{"type", "photo"}, {"note", "from b"}}), {"photo of b"}, when);
        b.redact(1, {"date"}, false, fields({{"type", "redaction"}}), when);
        b.redact(9, {"note"}, false, fields({{"type", "redaction"}}), when);
    }
    static_cast<void>(target);
    {
        io::Ledger a(folder / "a", passphrase);
        const io::Merged merged = a.merge(folder / "b", when);
        CHECK(merged.entries == 3);
        CHECK_FALSE(merged.replaced);
        const auto entries = a.entries();
        CHECK(find(entries[1].fields, "participants") == nullptr);
        CHECK(find(entries[1].fields, "date") == nullptr);
        REQUIRE(find(entries[1].fields, "area_ha") != nullptr);
        CHECK(find(entries[1].fields, "area_ha")->value == "25");
    }
    const Verification result = verified(folder / "a");
    for (const Fault& fault : result.faults)
        UNSCOPED_INFO(fault.message.id.text() << " " << fault.file << " " << fault.entry.value_or(999));
    CHECK(result.faults.empty());
    {
        // The other device catches up, goes on, and merges again.
        io::Ledger b(folder / "b", passphrase);
        CHECK(b.merge(folder / "a", when).replaced);
        b.add(fields({{"type", "note"}, {"note", "again from b"}}), {}, when);
    }
    CHECK(verified(folder / "b").faults.empty());
    {
        io::Ledger a(folder / "a", passphrase);
        a.add(fields({{"type", "note"}, {"note", "again from a"}}), {}, when);
        CHECK(a.merge(folder / "b", when).entries == 1);
        CHECK(a.merge(folder / "b", when).entries == 0);
    }
    CHECK(verified(folder / "a").faults.empty());
}

TEST_CASE("a redacted field is gone from every byte and its commitment does not give it back") {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "acta";
    tests::fill(path);
    io::Ledger ledger(path, passphrase);
    const auto entries = ledger.entries();
    CHECK(find(entries[2].fields, "name") == nullptr);
    CHECK(find(entries[2].fields, "about") != nullptr);
    // Without the salt a guess of the whole value cannot be tested: no salt that the ledger still holds opens it.
    const auto line = lines_of(tests::bytes_at(fs::path(path) / "entries.log"))[2];
    const auto entry = parse_entry(line).value();
    Field guess{"name", "Rosa Angulo", {}};
    for (const auto& open : entries)
        for (const auto& known : open.fields) {
            if (!known) continue;
            guess.salt = known->salt;
            CHECK(std::find(entry.commitments.begin(), entry.commitments.end(), commitment(guess)) ==
                  entry.commitments.end());
        }
    // A field that was kept still opens its commitment.
    CHECK(commitment(*find(entries[2].fields, "about")) == entry.commitments[1]);
}

TEST_CASE("a dictionary of two-word names finds a name that stands in the ledger, and not one that was redacted") {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "acta";
    io::Ledger::create(path, fields({{"type", "genesis"}}), passphrase, when, tests::cheap);
    io::Ledger ledger(path, passphrase);
    ledger.add(fields({{"type", "note"}, {"name", "Rosa Angulo"}}), {}, when);
    const std::vector<std::string> given{"Ana",   "Rosa",   "Luz",    "Maria", "Juan",  "Jose",   "Luis",  "Pedro",
                                         "Elena", "Carmen", "Dora",   "Nubia", "Diego", "Andres", "Hugo",  "Iris",
                                         "Julia", "Karen",  "Lorena", "Mario", "Nora",  "Oscar",  "Pablo", "Ramon"};
    const std::vector<std::string> family{"Angulo",  "Mosquera", "Valencia", "Caicedo",  "Arroyo",     "Garces",
                                          "Riascos", "Cuero",    "Hurtado",  "Renteria", "Sinisterra", "Campaz"};
    /// Whoever holds everything – the passphrase, every salt left, every byte of the stick as a salt – tries all names.
    const auto attack = [&] {
        std::vector<Salt> salts{Salt{}};
        for (const auto& entry : ledger.entries())
            for (const auto& known : entry.fields)
                if (known) salts.push_back(known->salt);
        const std::string sealed = tests::bytes_at(fs::path(path) / "sealed.dat");
        for (std::size_t at = 0; at + 32 <= sealed.size(); at += 64) {
            Salt salt{};
            std::copy_n(sealed.begin() + static_cast<std::ptrdiff_t>(at), salt.size(), salt.begin());
            salts.push_back(salt);
        }
        const auto line = lines_of(tests::bytes_at(fs::path(path) / "entries.log"))[1];
        const std::vector<Digest> committed = parse_entry(line).value().commitments;
        std::string found;
        for (const std::string& first : given)
            for (const std::string& last : family)
                for (const Salt& salt : salts)
                    if (std::ranges::find(committed, commitment({"name", first + " " + last, salt})) != committed.end())
                        found = first + " " + last;
        return found;
    };
    CHECK(attack() == "Rosa Angulo");
    ledger.redact(1, {"name"}, false, fields({{"type", "redaction"}}), when);
    CHECK(attack().empty());
}

TEST_CASE("no word of a locked ledger can be read from its bytes") {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "acta";
    tests::fill(path);
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
        if (!entry.is_regular_file()) continue;
        const std::string bytes = tests::bytes_at(entry.path());
        for (const char* secret : {"Rosa", "Angulo", "2007-11-09", "not really a photo", "asamblea", "Consejo"})
            CHECK(bytes.find(secret) == std::string::npos);
    }
}

TEST_CASE("a wrong passphrase opens nothing and says so") {
    const tests::TemporaryFolder folder;
    tests::fill(folder / "acta");
    CHECK_THROWS_AS(io::Ledger(folder / "acta", "otra cosa"), geo::Error);
}

TEST_CASE("an addition killed after any number of written bytes leaves a ledger that verifies and goes on") {
    const tests::TemporaryFolder folder;
    tests::fill(folder / "honest");
    std::uint64_t before = 0;
    std::string earlier_entries;
    std::string earlier_sealed;
    std::string earlier_head;
    {
        const io::LedgerFolder ledger(folder / "honest");
        const auto content = ledger.content({});
        earlier_entries = content.entries;
        earlier_sealed = content.sealed;
        earlier_head = content.head;
        before = verified(folder / "honest").entries;
    }
    Transaction t;
    {
        fs::copy(folder / "honest", folder / "done", fs::copy_options::recursive);
        io::Ledger ledger(folder / "done", passphrase);
        ledger.redact(1, {"participants"}, false, fields({{"type", "redaction"}}), when);
        const auto content = ledger.folder().content({});
        t = {earlier_entries.size(),
             earlier_sealed.size(),
             content.entries.substr(earlier_entries.size()),
             content.sealed.substr(earlier_sealed.size()),
             content.head,
             {},
             {}};
        const History old = read_history(earlier_entries);
        const History now = read_history(content.entries);
        for (std::size_t i = 0; i < old.parts.size(); ++i)
            if (now.parts[i].emptied && !old.parts[i].emptied)
                t.emptied.push_back({now.parts[i].offset, now.parts[i].bytes.length});
        REQUIRE(t.emptied.size() == 1);
    }
    const std::string pending = transaction_text(t);
    struct State {
        std::string entries, sealed, head, pending;
        bool finished;
    };
    std::vector<State> states;
    for (std::size_t cut = 0; cut < pending.size(); cut += 97)
        states.push_back({earlier_entries, earlier_sealed, earlier_head, pending.substr(0, cut), false});
    for (std::size_t cut = 0; cut <= t.sealed.size(); cut += 53)
        states.push_back({earlier_entries, earlier_sealed + t.sealed.substr(0, cut), earlier_head, pending, true});
    for (std::size_t cut = 0; cut <= t.lines.size(); cut += 41)
        states.push_back(
            {earlier_entries + t.lines.substr(0, cut), earlier_sealed + t.sealed, earlier_head, pending, true});
    std::string half_empty = earlier_sealed + t.sealed;
    for (std::uint64_t i = 0; i < t.emptied[0].length / 2; ++i)
        half_empty[t.emptied[0].offset + i] = '\0';
    states.push_back({earlier_entries + t.lines, half_empty, t.head, pending, true});
    int number = 0;
    for (const State& state : states) {
        const fs::path path = folder / ("state" + std::to_string(number++));
        fs::copy(folder / "honest", path, fs::copy_options::recursive);
        tests::write_bytes(path / "entries.log", state.entries);
        tests::write_bytes(path / "sealed.dat", state.sealed);
        tests::write_bytes(path / "head.txt", state.head);
        tests::write_bytes(path / "pending", state.pending);
        CHECK(verified(path.string()).faults.empty());
        {
            io::LedgerFolder recovered(path.string());
            recovered.lock();
        }
        const Verification after = verified(path.string());
        CHECK(after.faults.empty());
        CHECK(after.entries == before + (state.finished ? 1 : 0));
        CHECK_FALSE(fs::exists(path / "pending"));
        fs::remove_all(path);
    }
}
