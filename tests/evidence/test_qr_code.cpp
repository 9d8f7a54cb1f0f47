/// QR codes of checkpoints, and sealed packages.
#include "evidence/qr_code.hpp"

#include <algorithm>

#include "evidence/checkpoint.hpp"
#include "evidence/council_key.hpp"
#include "evidence/sealed_package.hpp"
#include "geo/error.hpp"
#include "tests/evidence/ledger_case.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::evidence;

namespace {

const std::string checkpoint = "VEREDA1 0123456789abcdef 42 " + std::string(64, 'e');

/// ISO/IEC 18004: a dark ring of 7 modules, a light one of 5, a dark square of 3.
bool finder_at(const QrCode& code, long row, long column) {
    for (long i = 0; i < 7; ++i) {
        for (long k = 0; k < 7; ++k) {
            const long ring = std::min({i, k, 6 - i, 6 - k});
            if (code.dark(row + i, column + k) != (ring != 1)) return false;
        }
    }
    return true;
}

}  // namespace

TEST_CASE("a checkpoint fits an SMS and a code of 37 modules with its three finder patterns") {
    CHECK(checkpoint.size() <= 160);
    const QrCode code(upper_case(checkpoint));
    CHECK(code.size() == 37);  // version 5: 122 alphanumeric characters at level M
    const long far = static_cast<long>(code.size()) - 7;
    CHECK(finder_at(code, 0, 0));
    CHECK(finder_at(code, 0, far));
    CHECK(finder_at(code, far, 0));
    CHECK_FALSE(finder_at(code, far, far));
    CHECK_FALSE(code.dark(-1, 0));
}

TEST_CASE("the code on a terminal has two modules in each line of text and a quiet zone") {
    const std::string text = terminal_text(QrCode(upper_case(checkpoint)), false);
    CHECK(std::ranges::count(text, '\n') == 21);  // (37 + 4) / 2, rounded up
    CHECK(text.starts_with("█"));
    CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("an upper-case checkpoint reads as the one it was made from") {
    const auto read = find_checkpoint(upper_case(checkpoint));
    REQUIRE(read);
    CHECK(checkpoint_text(*read) == checkpoint);
}

TEST_CASE("a sealed package opens with the passphrase of one of its keys, and not when a byte was altered") {
    const CouncilKey key = CouncilKey::create(SecretKey::random());
    const CouncilKey stranger = CouncilKey::create(SecretKey::random());
    const Digest ledger = sha256("ledger");
    const SealedPackage package{
        ledger,
        {stranger.locked("another phrase", tests::cheap), key.locked(tests::passphrase, tests::cheap)},
        seal_bytes("<html>Rosa Angulo</html>", key.payload(), ledger)};
    const std::string text = package_text(package);
    CHECK(text.find("Rosa") == std::string::npos);
    const auto read = parse_package(text);
    REQUIRE(read);
    CHECK(opened_package(*read, tests::passphrase) == "<html>Rosa Angulo</html>");
    CHECK_THROWS_AS(opened_package(*read, "guessed"), geo::Error);
    std::string altered = text;
    altered[altered.size() - 5] = static_cast<char>(altered[altered.size() - 5] ^ 1);
    CHECK_THROWS_AS(opened_package(*parse_package(altered), tests::passphrase), geo::Error);
    CHECK_FALSE(parse_package(text + "x"));
    CHECK_FALSE(parse_package(text.substr(0, text.size() - 1)));
}
