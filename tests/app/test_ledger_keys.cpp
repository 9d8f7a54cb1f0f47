/// Several council keys: signing together, and revoking one.
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/app/ledger_stick.hpp"
#include "tests/support/catch.hpp"

using namespace vereda::tests;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> with_second(std::vector<std::string> words) {
    words.insert(words.end(), {"--passphrase-file", "second.txt"});
    return words;
}

Json told_by_verify(const Stick& stick) {
    return Json::parse(stick.run({"verify", "acta", "--json"}, false).out);
}

/// Adds the second key of "second.txt" and gives its name.
std::string second_key(const Stick& stick) {
    stick.folder.write("second.txt", "otras cinco palabras nuevas\n");
    const ProgramResult added = stick.run({"key", "acta", "--add", "--new-passphrase-file", "second.txt"});
    INFO(added.err);
    REQUIRE(added.exit_code == 0);
    std::smatch match;
    REQUIRE(std::regex_search(added.out, match, std::regex("[0-9a-f]{16}")));
    return match[0].str();
}

}  // namespace

TEST_CASE("two council keys sign one head, and an entry added by one of them is signed by that one") {
    const Stick stick;
    static_cast<void>(second_key(stick));
    CHECK(told_by_verify(stick).at("keys_in_force") == 2);
    CHECK(told_by_verify(stick).at("signed_by") == 1);
    const ProgramResult signed_too = stick.run(with_second({"key", "acta", "--cosign"}), false);
    INFO(signed_too.err);
    REQUIRE(signed_too.exit_code == 0);
    CHECK(told_by_verify(stick).at("signed_by") == 2);
    CHECK(told_by_verify(stick).at("entries") == 2);  // a signature is no entry
    const std::string head = bytes_of(stick.folder / "acta/head.txt");
    REQUIRE(stick.run(with_second({"key", "acta", "--cosign"}), false).exit_code == 0);
    CHECK(bytes_of(stick.folder / "acta/head.txt") == head);
    REQUIRE(stick.run(with_second({"add", "acta", "--date", "2026-11-20", "--note", "x"}), false).exit_code == 0);
    CHECK(told_by_verify(stick).at("signed_by") == 1);
}

TEST_CASE("a revoked key opens nothing more, its file goes, and who revoked it stays") {
    const Stick stick;
    const std::string key = second_key(stick);
    REQUIRE(fs::exists(stick.folder / ("acta/keys/" + key + ".key")));
    const std::string stolen = bytes_of(stick.folder / ("acta/keys/" + key + ".key"));
    const ProgramResult revoked = stick.run({"key", "acta", "--revoke", key.substr(0, 6)});
    INFO(revoked.err);
    REQUIRE(revoked.exit_code == 0);
    CHECK_FALSE(fs::exists(stick.folder / ("acta/keys/" + key + ".key")));
    CHECK(told_by_verify(stick).at("keys_in_force") == 1);
    CHECK(told_by_verify(stick).at("entries") == 3);
    const std::vector<std::string> add{"add", "acta", "--date", "2026-11-20"};
    CHECK(stick.run(with_second(add), false).exit_code == 6);
    // Nor does a copy of its file that somebody kept.
    stick.folder.write("acta/keys/kept.key", stolen);
    const auto before = stick.bytes();
    CHECK(stick.run(with_second(add), false).exit_code == 6);
    CHECK(stick.run(with_second({"key", "acta", "--cosign"}), false).exit_code == 6);
    CHECK(stick.bytes() == before);
    REQUIRE(stick.run(add).exit_code == 0);
}

TEST_CASE("wrong words to ledger key end with 2, one line, and a ledger as it was") {
    const Stick stick;
    const std::string own = bytes_of(stick.folder / "acta/entries.log");
    std::smatch match;
    std::regex_search(own, match, std::regex("^0 G [^ ]+ [0-9a-f]{64} ([0-9a-f]{64})"));
    const std::vector<std::vector<std::string>> wrong{{"--revoke", match[1].str()},  // the one that would sign
                                                      {"--revoke", "ffffffffffffffff0"},
                                                      {"--revoke", ""},
                                                      {"--add", "--cosign"},
                                                      {}};
    for (std::vector<std::string> words : wrong) {
        words.insert(words.begin(), {"key", "acta"});
        const auto before = stick.bytes();
        const ProgramResult result = stick.run(words);
        INFO(words.back() << ": " << result.err);
        CHECK(result.exit_code == 2);
        CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
        CHECK(stick.bytes() == before);
    }
}
