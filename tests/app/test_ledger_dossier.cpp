/// Consent enforced by export and dossier, the two editions, and the checkpoint as text and picture.
#include <algorithm>
#include <filesystem>
#include <regex>

#include "tests/app/ledger_runs.hpp"
#include "tests/support/catch.hpp"

using namespace vereda::tests;

namespace {

const std::vector<std::string> event{"--date",
                                     "2007-11-09",
                                     "--area-ha",
                                     "25",
                                     "--crop",
                                     "coca",
                                     "--participants",
                                     "253",
                                     "--owner",
                                     "Rosa Angulo",
                                     "--decided-by",
                                     "asamblea general",
                                     "--wider-area",
                                     "Río Yurumanguí",
                                     "--area",
                                     "El Encanto",
                                     "--area-families",
                                     "7",
                                     "--wider-area-families",
                                     "627"};

bool one_line(const ProgramResult& result) {
    return std::ranges::count(result.err, '\n') == 1;
}

std::string checkpoint_in(const ProgramResult& result) {
    std::smatch match;
    const std::regex shape("VEREDA1 [0-9a-f]{16} [0-9]+ [0-9a-f]{64}");
    return std::regex_search(result.out, match, shape) ? match[0].str() : std::string();
}

}  // namespace

TEST_CASE("nothing leaves a ledger without consent, nor after it has ended or was taken back") {
    const LedgerRuns acta;
    acta.found();
    REQUIRE(acta.run("add", event).exit_code == 0);
    const auto refused = [&](const ProgramResult& result, const char* says) {
        INFO(result.err);
        CHECK(result.exit_code == 4);
        CHECK(one_line(result));
        CHECK(result.err.find("acta [1]: ") != std::string::npos);
        CHECK(result.err.find(says) != std::string::npos);
        CHECK_FALSE(std::filesystem::exists(acta.folder / "out"));
        CHECK_FALSE(std::filesystem::exists(acta.folder / "out.json"));
    };
    const std::vector<std::string> sheet{"--audience", "public", "--yes", "-o", "out"};
    refused(acta.run("dossier", sheet), "no consent for “public”");
    refused(acta.run("export", {"-o", "out.json"}), "no consent for “internal”");
    refused(acta.run("dossier", {"--audience", "internal", "--unsealed", "--use", "court", "-o", "out"}),
            "no consent for “court”");

    REQUIRE(acta.run("consent", {"--entry", "1", "--scope", "publico", "--until", "2020-12-31"}).exit_code == 0);
    refused(acta.run("dossier", sheet), "ended on 2020-12-31");
    REQUIRE(acta.run("consent", {"--entry", "1", "--scope", "public", "--by", "assembly"}).exit_code == 0);
    REQUIRE(acta.run("consent", {"--entry", "1", "--revoke"}).exit_code == 0);
    refused(acta.run("dossier", sheet), "was taken back on");
    refused(acta.run("export", {"-o", "out.json"}), "was taken back on");
}

TEST_CASE("export hands over what was consented to for that use, and no record more") {
    const LedgerRuns acta;
    acta.found();
    REQUIRE(
        acta.run("add", {"--date", "2026-01-01", "--note", "para el juzgado", "--consent-scope", "court"}).exit_code ==
        0);
    REQUIRE(acta.run("add", {"--date", "2026-01-02", "--note", "solo del consejo", "--consent-scope", "internal"})
                .exit_code == 0);
    const auto exported = [&](std::vector<std::string> words) {
        words.insert(words.end(), {"-o", "out.json", "--overwrite"});
        const ProgramResult result = acta.run("export", words);
        return std::pair{result, bytes_of(acta.folder / "out.json")};
    };
    const auto internal = exported({});
    INFO(internal.first.err);
    CHECK(internal.first.exit_code == 0);  // any consent in force covers the council's own use
    CHECK_THAT(internal.second, ContainsSubstring("solo del consejo"));
    const auto refused = exported({"--use", "court"});
    CHECK(refused.first.exit_code == 4);
    CHECK_THAT(refused.first.err, ContainsSubstring("acta [2]: ") && ContainsSubstring("“court”"));
    CHECK(refused.second == internal.second);  // what was there stays
    const auto court = exported({"--use", "court", "--consented-only"});
    CHECK(court.first.exit_code == 0);
    CHECK_THAT(court.second, ContainsSubstring("para el juzgado") && ContainsSubstring("\"use\": \"court\""));
    CHECK(court.second.find("solo del consejo") == std::string::npos);
    CHECK_THAT(court.second, ContainsSubstring("\"left_out_without_consent\": 1"));
    REQUIRE(acta.run("consent", {"--entry", "1", "--revoke", "--scope", "court"}).exit_code == 0);
    CHECK(exported({"--use", "court", "--consented-only"}).second.find("para el juzgado") == std::string::npos);
}

TEST_CASE("a council delays: until its day nothing goes out, and what it wrote is proven all the same") {
    const LedgerRuns acta;
    acta.found();
    REQUIRE(acta.run("add", event).exit_code == 0);
    REQUIRE(acta.run("consent",
                     {"--entry", "1", "--scope", "public,court", "--by", "asamblea", "--not-before", "2099-01-31"})
                .exit_code == 0);
    const auto sheet = acta.run("dossier", {"--audience", "public", "--yes", "-o", "hoja"});
    CHECK(sheet.exit_code == 4);
    CHECK_THAT(sheet.err, ContainsSubstring("before 2099-01-31"));
    CHECK(
        acta.run("dossier", {"--audience", "internal", "--unsealed", "--use", "court", "-o", "juez.html"}).exit_code ==
        4);
    CHECK(acta.run("export", {"--use", "court", "-o", "out.json"}).exit_code == 4);
    CHECK(acta.run("reveal", {"--entry", "1", "--field", "area_ha", "--use", "court", "-o", "area.json"}).exit_code ==
          4);
    CHECK_FALSE(std::filesystem::exists(acta.folder / "hoja"));
    CHECK(acta.run("export", {"-o", "out.json"}).exit_code == 0);  // the council's own copy
    // What it can give out at once tells nothing but that the words were written before today.
    CHECK_FALSE(checkpoint_in(acta.run("checkpoint")).empty());
    const auto told =
        acta.run("add", {"--date", "2026-01-01", "--consent-scope", "court", "--consent-not-before", "31 de febrero"});
    CHECK(told.exit_code == 3);
    CHECK(acta.run("consent", {"--entry", "1", "--revoke", "--not-before", "2030-01-01"}).exit_code == 2);
    REQUIRE(acta.run("consent", {"--entry", "1", "--revoke"}).exit_code == 0);
    REQUIRE(acta.run("consent", {"--entry", "1", "--scope", "court"}).exit_code == 0);
    CHECK(acta.run("export", {"--use", "court", "-o", "court.json"}).exit_code == 0);
}

TEST_CASE("the public sheet is a folder that a lawyer can check, the same bytes each time, and tells no name") {
    const LedgerRuns acta;
    acta.found("Consejo del Canario");
    REQUIRE(acta.run("add", event).exit_code == 0);
    REQUIRE(acta.run("consent", {"--entry", "1", "--scope", "public,place", "--by", "asamblea"}).exit_code == 0);

    const auto unanswered = acta.run("dossier", {"--audience", "public", "-o", "hoja"});
    CHECK(unanswered.exit_code == 2);
    CHECK(unanswered.out.find("What a reader could learn") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(acta.folder / "hoja"));
    CHECK(acta.run("dossier", {"--audience", "public", "-o", "hoja"}, "no\n").exit_code == 1);
    CHECK_FALSE(std::filesystem::exists(acta.folder / "hoja"));

    const auto released = acta.run("dossier", {"--audience", "public", "-o", "hoja"}, "yes\n");
    INFO(released.err);
    REQUIRE(released.exit_code == 0);
    const std::string page = bytes_of(acta.folder / "hoja/hoja.html");
    for (const char* told : {"Río Yurumanguí", "25\u00a0ha", "noviembre de 2007", "Al menos 250 personas", "<svg"})
        CHECK(page.find(told) != std::string::npos);
    for (const char* held_back :
         {"Encanto", "Rosa", "Angulo", "Canario", "253", "627", "<script", "<img", "http-equiv=\"refresh"})
        CHECK(page.find(held_back) == std::string::npos);
    CHECK(page.find("default-src 'none'; style-src 'sha256-") != std::string::npos);

    const auto again = acta.run("dossier", {"--audience", "public", "--yes", "-o", "otra"});
    REQUIRE(again.exit_code == 0);
    for (const char* name : {"hoja.html", "sheet.html", "checkpoint.txt", "statement.bin", "verify.py", "SHA256SUMS"}) {
        CHECK_FALSE(bytes_of(acta.folder.path() / "hoja" / name).empty());
        CHECK(bytes_of(acta.folder.path() / "hoja" / name) == bytes_of(acta.folder.path() / "otra" / name));
    }
    ProgramOptions inside;
    inside.folder = acta.folder / "hoja";
    const auto sums = run_program("/usr/bin/sha256sum", {"-c", "SHA256SUMS"}, inside);
    CHECK(sums.exit_code == 0);
    const auto hash = run_program("/usr/bin/sha256sum", {"statement.bin"}, inside);
    const std::string commitment = hash.out.substr(0, 64);
    CHECK(page.find(commitment) != std::string::npos);
    CHECK(bytes_of(acta.folder / "acta/entries.log").find(commitment) != std::string::npos);
    const auto verified =
        run_program("/usr/bin/python3", {"verify.py", "../acta", "--checkpoint", "checkpoint.txt"}, inside);
    INFO(verified.out << verified.err);
    CHECK(verified.exit_code == 0);
    CHECK(verified.out.find("holds") != std::string::npos);
}

TEST_CASE("records without consent can be left out instead, and the sheet says nothing of them") {
    const LedgerRuns acta;
    acta.found();
    REQUIRE(acta.run("add", event).exit_code == 0);
    REQUIRE(acta.run("add", {"--date", "2008-01-01", "--area-ha", "31", "--crop", "coca", "--consent-scope", "public"})
                .exit_code == 0);
    const auto result =
        acta.run("dossier", {"--audience", "public", "--consented-only", "--yes", "--lang", "en", "-o", "sheet.html"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const std::string page = bytes_of(acta.folder / "sheet.html");
    CHECK(page.find("31\u00a0ha") != std::string::npos);
    CHECK(page.find("56\u00a0ha") == std::string::npos);
    CHECK(page.find("November 2007") == std::string::npos);
    const auto exported = acta.run("export", {"-o", "out.json", "--consented-only"});
    REQUIRE(exported.exit_code == 0);
    CHECK(bytes_of(acta.folder / "out.json").find("Rosa") == std::string::npos);
}

TEST_CASE("the internal edition is sealed, and opens with a council passphrase alone") {
    const LedgerRuns acta;
    acta.found();
    REQUIRE(acta.run("add", event).exit_code == 0);
    acta.folder.write("minutes.pdf", "%PDF-1.4 Rosa");
    REQUIRE(acta.run("photo", {"--file", "minutes.pdf", "--entry", "1"}).exit_code == 0);
    const auto sealed = acta.run("dossier", {"--audience", "internal", "-o", "interno"});
    INFO(sealed.err);
    REQUIRE(sealed.exit_code == 0);
    const std::string package = bytes_of(acta.folder / "interno/dossier.sealed");
    CHECK(package.starts_with("vereda-package 1\n"));
    CHECK(package.find("Rosa") == std::string::npos);
    CHECK(acta.run("dossier", {"--audience", "internal", "-o", "interno.html"}).exit_code == 2);

    acta.folder.write("wrong.txt", "adivinada\n");
    ProgramOptions inside;
    inside.folder = acta.folder.path().string();
    const std::vector<std::string> open{"ledger", "open",         "interno/dossier.sealed",
                                        "-o",     "abierto.html", "--passphrase-file"};
    auto words = open;
    words.emplace_back("wrong.txt");
    CHECK(run_program(VEREDA_PROGRAM, words, inside).exit_code == 6);
    CHECK_FALSE(std::filesystem::exists(acta.folder / "abierto.html"));
    words.back() = "phrase.txt";
    REQUIRE(run_program(VEREDA_PROGRAM, words, inside).exit_code == 0);
    const std::string page = bytes_of(acta.folder / "abierto.html");
    CHECK(page.find("Rosa Angulo") != std::string::npos);
    CHECK(page.find("INTERNAL") != std::string::npos);
    CHECK(page.find("JVBERi0xLjQgUm9zYQ==") != std::string::npos);  // the document, in base64
}

TEST_CASE("a checkpoint is a line for an SMS and a picture, and verify takes it as typed") {
    const LedgerRuns acta;
    acta.found();
    const std::string kept = checkpoint_in(acta.run("checkpoint"));
    REQUIRE_FALSE(kept.empty());
    CHECK(kept.size() <= 160);
    const auto shown = acta.run("checkpoint", {"--qr"});
    CHECK(shown.out.starts_with(kept + "\n█"));
    REQUIRE(acta.run("checkpoint", {"-o", "code.svg"}).exit_code == 0);
    CHECK(bytes_of(acta.folder / "code.svg").starts_with("<svg xmlns"));

    REQUIRE(acta.run("add", event).exit_code == 0);
    std::string typed = kept;
    std::ranges::transform(typed, typed.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    CHECK(acta.run("verify", {"--checkpoint", typed}).exit_code == 0);
    std::string mistyped = kept;
    mistyped.back() = mistyped.back() == '0' ? '1' : '0';
    CHECK(acta.run("verify", {"--checkpoint", mistyped}).exit_code == 6);
    CHECK(acta.run("verify", {"--checkpoint", kept.substr(0, kept.size() - 4)}).exit_code == 3);
    CHECK(acta.run("verify", {"--checkpoint", "missing.txt"}).exit_code == 3);
}

TEST_CASE("wrong uses of consent and dossier end with 2 and one line") {
    const LedgerRuns acta;
    acta.found();
    for (const auto& [verb, words] : std::vector<std::pair<std::string, std::vector<std::string>>>{
             {"consent", {"--entry", "0", "--scope", "everybody"}},
             {"consent", {"--entry", "0"}},
             {"consent", {"--scope", "public"}},
             {"consent", {"--entry", "9", "--scope", "public"}},
             {"consent", {"--entry", "0", "--revoke", "--until", "2030-01-01"}},
             {"correct", {"--entry", "0", "--set", "consent_scope=public"}},
             {"dossier", {"--audience", "all", "-o", "x"}}}) {
        const auto result = acta.run(verb, words);
        INFO(verb << ": " << result.err);
        CHECK(result.exit_code == 2);
        CHECK(one_line(result));
    }
    CHECK(acta.run("dossier", {"--audience", "public", "--yes", "-o", "x"}).exit_code == 3);  // no event
}
