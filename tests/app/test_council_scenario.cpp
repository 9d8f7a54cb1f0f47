/// A council like that of Yurumanguí (methods §9: 9–11 November 2007, 25 ha, 253 people), from phone files to the
/// printed sheet, in Spanish, with the network cut.
#include <filesystem>
#include <fstream>

#include "evidence/io/ledger.hpp"
#include "evidence/record.hpp"
#include "tests/app/ledger_runs.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/phone_photo.hpp"

using namespace vereda;
using namespace vereda::tests;

namespace {

constexpr const char* strace = "/usr/bin/strace";
const std::vector<std::string> canaries{"Rosa", "Angulo", "Mosquera", "CanaryPhone",
                                        "3.48", "77.19",  "77,19",    "canary-id"};

/// A closed walk of about `side` degrees, as a phone's track.
std::string track(double latitude, double longitude, double side, const char* day) {
    std::string text = "<trk><name>lote de Mosquera</name><trkseg>";
    const double corners[5][2] = {{0, 0}, {side, 0}, {side, side}, {0, side}, {0, 0}};
    int minute = 10;
    for (const auto& corner : corners) {
        text += "<trkpt lat=\"" + std::to_string(latitude + corner[0]) + "\" lon=\"" +
                std::to_string(longitude + corner[1]) + "\"><time>" + day + "T14:" + std::to_string(minute++) +
                ":00Z</time></trkpt>";
    }
    return text + "</trkseg></trk>";
}

/// Everything under a folder, names included.
std::string every_byte(const std::filesystem::path& folder) {
    std::string bytes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        bytes += entry.path().string() + '\n';
        if (entry.is_regular_file()) bytes += bytes_of(entry.path());
    }
    return bytes;
}

void check_no_canary(const std::string& where, const std::string& bytes) {
    for (const std::string& canary : canaries) {
        INFO(canary << " in " << where);
        CHECK(bytes.find(canary) == std::string::npos);
    }
}

/// The command under strace, every system call of the network written down: there must be none.
ProgramResult run_cut_off(const LedgerRuns& acta, std::vector<std::string> words, const std::string& input = {}) {
    ProgramOptions options;
    options.folder = acta.folder.path().string();
    options.environment = {{"LC_ALL", "es_CO.UTF-8"}, {"TMPDIR", acta.folder / "tmp"}};
    options.input = input;
    options.timeout = std::chrono::seconds(180);
    std::vector<std::string> traced{"-f", "-qq", "-e", "trace=%network", "-o", "calls.txt", VEREDA_PROGRAM};
    traced.insert(traced.end(), words.begin(), words.end());
    const ProgramResult result = run_program(strace, traced, options);
    INFO(words[0] << ' ' << words[1] << ": " << result.err);
    CHECK(result.exit_code == 0);
    CHECK(bytes_of(acta.folder / "calls.txt").empty());
    CHECK(std::filesystem::is_empty(acta.folder / "tmp"));
    return result;
}

/// What `ledger compare` found of the first event: the satellite does not confirm 4 of its hectares.
void dispute_four_hectares(const LedgerRuns& acta) {
    evidence::io::Ledger ledger(acta.folder / "acta", "cinco palabras que nadie adivina");
    const auto records = evidence::records_of(ledger.entries());
    for (const evidence::Record& record : records) {
        if (record.type != "event") continue;
        ledger.add({evidence::field("type", "comparison"), evidence::field("about", evidence::hex(record.leaf)),
                    evidence::field("agree_ha", "21"), evidence::field("disagree_ha", "4")},
                   {}, "2026-11-22T10:00:00Z");
        return;
    }
}

}  // namespace

TEST_CASE("a council proves its eradication: from phone files to the sheet, without a network, and nobody is exposed") {
    if (!std::filesystem::exists(strace)) {
        WARN("strace is not here: nothing is checked");
        return;
    }
    LedgerRuns acta;
    std::filesystem::create_directory(acta.folder / "tmp");
    // Three days, squares of 0.0028°, 0.0026° and 0.0024°: 9.6, 8.3 and 7.1 ha, 25.0 ha together.
    acta.folder.write("dia.gpx",
                      "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"CanaryPhone\" "
                      "xmlns=\"http://www.topografix.com/GPX/1/1\">" +
                          track(3.481, -77.195, 0.0028, "2007-11-09") + track(3.486, -77.195, 0.0026, "2007-11-10") +
                          track(3.489, -77.191, 0.0024, "2007-11-11") + "</gpx>");
    acta.folder.write("foto.jpg", phone_photo({"CanaryPhone", "Rosa Angulo", "2007:11:09 08:15:00", 3.4821, -77.1949}));
    const std::string answers =
        "sí\n\n1\n1\ncoca\n9/11/2007\n3\nRosa Angulo llevó la lista\ndia.gpx\nRío Yurumanguí\n627\n1\n120 y 4\n253\n"
        "foto.jpg\n2,5\n1\nsí\nno\n1 año\nsí\n5\n";
    const auto guided = run_cut_off(acta, {"ledger", "guide", "acta", "--passphrase-file", "phrase.txt"}, answers);
    CHECK(guided.out.find("3 contornos, 25,0\u00a0ha medidas") != std::string::npos);
    CHECK(guided.out.find("Quedó sellado en las entradas 1 a 4") != std::string::npos);
    check_no_canary("the locked stick", every_byte(acta.folder / "acta"));
    dispute_four_hectares(acta);

    const auto released = run_cut_off(acta, {"ledger", "dossier", "acta", "--audience", "public", "--yes", "-o", "hoja",
                                             "--passphrase-file", "phrase.txt"});
    const std::string page = bytes_of(acta.folder / "hoja/hoja.html");
    for (const char* told : {"25\u00a0ha", "Río Yurumanguí", "noviembre de 2007", "Al menos 250 personas",
                             "4\u00a0ha en disputa", "La asamblea de la comunidad"}) {
        INFO(told);
        CHECK(page.find(told) != std::string::npos);
    }
    check_no_canary("the sheet", every_byte(acta.folder / "hoja"));
    check_no_canary("what the program said", released.out + released.err);

    run_cut_off(acta, {"ledger", "verify", "acta", "--checkpoint", "hoja/checkpoint.txt"});
    std::string sealed = bytes_of(acta.folder / "acta/sealed.dat");
    sealed[sealed.size() / 2] = static_cast<char>(sealed[sealed.size() / 2] ^ 1);
    acta.folder.write("acta/sealed.dat", sealed);
    const auto altered = acta.run("verify");
    CHECK(altered.exit_code == 6);
    CHECK(altered.err.find("sealed.dat") != std::string::npos);
}
