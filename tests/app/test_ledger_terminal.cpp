/// Passphrases typed on a terminal: they are asked for, never shown, and mistakes are said in so many words.
#include <algorithm>
#include <filesystem>

#include "tests/app/ledger_stick.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/terminal.hpp"

using namespace vereda::tests;

namespace {

const std::string phrase = Stick::phrase;
constexpr const char* asked = "Passphrase";

Conversation on_terminal(const TemporaryFolder& folder, std::vector<std::string> words,
                         const std::vector<Turn>& turns) {
    words.insert(words.begin(), "ledger");
    return converse(VEREDA_PROGRAM, words, turns, {.folder = folder.path().string()});
}

void check_hidden(const Conversation& said, const std::string& secret) {
    INFO(said.screen << "\nwaited for: " << said.waiting_for);
    CHECK(said.finished);
    CHECK(said.echoes);
    CHECK(said.screen.find(secret) == std::string::npos);
}

}  // namespace

TEST_CASE("a ledger is opened by the passphrase that is typed, which the terminal does not show") {
    const Stick stick;
    const std::vector<std::string> add{"add", "acta", "--date", "2026-11-20", "--note", "arranque"};
    const Conversation said = on_terminal(stick.folder, add, {{asked, phrase}});
    check_hidden(said, phrase);
    CHECK(said.exit_code == 0);
    CHECK(said.screen.find("VEREDA1 ") != std::string::npos);
    CHECK(stick.entries() == 2);

    const Conversation wrong = on_terminal(stick.folder, add, {{asked, "otras palabras"}});
    check_hidden(wrong, "otras palabras");
    CHECK(wrong.exit_code == 6);
    CHECK(wrong.screen.find("passphrase") != std::string::npos);
    CHECK(stick.entries() == 2);

    const Conversation nothing = on_terminal(stick.folder, add, {{asked, ""}});
    CHECK(nothing.exit_code == 2);
    CHECK(stick.entries() == 2);
}

TEST_CASE("whoever interrupts at a passphrase finds a terminal that shows what is typed") {
    const Stick stick;
    const Conversation said = on_terminal(stick.folder, {"add", "acta", "--date", "2026-11-20"}, {{asked, "^C"}});
    INFO(said.screen);
    CHECK(said.finished);
    CHECK(said.exit_code == 130);
    CHECK(said.echoes);
    CHECK(stick.entries() == 1);
}

TEST_CASE("a new passphrase is typed twice, and nothing is founded where the two differ or are short") {
    const TemporaryFolder folder;
    const std::vector<std::string> init{"init", "acta", "--council", "Consejo"};
    const Conversation differ = on_terminal(folder, init, {{"New passphrase", phrase}, {"Once more", phrase + "x"}});
    check_hidden(differ, phrase);
    CHECK(differ.exit_code == 2);
    CHECK_FALSE(std::filesystem::exists(folder / "acta"));
    const Conversation brief = on_terminal(folder, init, {{"New passphrase", "corta"}, {"Once more", "corta"}});
    CHECK(brief.exit_code == 2);
    CHECK_FALSE(std::filesystem::exists(folder / "acta"));
    const Conversation founded = on_terminal(folder, init, {{"New passphrase", phrase}, {"Once more", phrase}});
    check_hidden(founded, phrase);
    CHECK(founded.exit_code == 0);
    CHECK(run_program(VEREDA_PROGRAM, {"ledger", "verify", folder / "acta"}).exit_code == 0);
}

TEST_CASE("in the guide a passphrase may be mistyped, and the secretary is told so in Spanish") {
    const Stick stick;
    const Conversation said =
        on_terminal(stick.folder, {"guide", "acta"},
                    {{"Frase de paso", "otras palabras"}, {"Frase de paso", phrase}, {"¿Qué quiere hacer?", "5"}});
    check_hidden(said, phrase);
    CHECK(said.screen.find("no abre") != std::string::npos);
    CHECK(said.exit_code == 0);
    CHECK(stick.entries() == 1);
}
