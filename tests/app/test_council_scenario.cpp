/// A council like that of Yurumanguí (methods §9: 9–11 November 2007, 25 ha, 253 people), from phone files to the
/// printed sheet, in Spanish, with the network cut.
#include <filesystem>
#include <fstream>

#include "tests/app/ledger_runs.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/phone_photo.hpp"

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

/// A plot that was walked around, at its south-west corner.
struct Walked {
    double latitude;
    double longitude;
    double side;  ///< degrees
    const char* day;
};
/// 12, 9 and 4 ha: one square degree is 12,287 km² at 3.48° north (WGS 84: 110.58 km by 111.11 km).
const std::vector<Walked> walked{{3.481, -77.195, 0.003125, "2007-11-09"},
                                 {3.486, -77.195, 0.002706, "2007-11-10"},
                                 {3.491, -77.195, 0.001804, "2007-11-11"}};

/// What satellites mapped in a year: these plots.
std::string survey(std::size_t first, std::size_t last) {
    std::string features;
    for (std::size_t i = first; i < last; ++i) {
        const Walked& plot = walked[i];
        std::string ring;
        for (const auto& [north, east] : {std::pair{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}}) {
            ring += (ring.empty() ? "[" : ",[") + std::to_string(plot.longitude + east * plot.side) + "," +
                    std::to_string(plot.latitude + north * plot.side) + "]";
        }
        features += (features.empty() ? "" : ",") +
                    std::string(R"({"type":"Feature","properties":{"plot_id":"canary-id)") + std::to_string(i) +
                    R"("},"geometry":{"type":"Polygon","coordinates":[[)" + ring + "]]}}";
    }
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

}  // namespace

TEST_CASE("a council proves its eradication: from phone files to the sheet, without a network, and nobody is exposed") {
    if (!std::filesystem::exists(strace)) {
        WARN("strace is not here: nothing is checked");
        return;
    }
    LedgerRuns acta;
    std::filesystem::create_directory(acta.folder / "tmp");
    std::string tracks;
    for (const Walked& plot : walked)
        tracks += track(plot.latitude, plot.longitude, plot.side, plot.day);
    acta.folder.write("dia.gpx",
                      "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"CanaryPhone\" "
                      "xmlns=\"http://www.topografix.com/GPX/1/1\">" +
                          tracks + "</gpx>");
    // Of the three plots the satellite still sees the last one, of 4 ha, in the year after.
    acta.folder.write("antes.geojson", survey(0, 3));
    acta.folder.write("despues.geojson", survey(2, 3));
    acta.folder.write("foto.jpg", phone_photo({"CanaryPhone", "Rosa Angulo", "2007:11:09 08:15:00", 3.4821, -77.1949}));
    const std::string answers =
        "sí\n\n1\n1\ncoca\n9/11/2007\n3\nRosa Angulo llevó la lista\ndia.gpx\nRío Yurumanguí\n627\n1\n120 y 4\n253\n"
        "foto.jpg\n2,5\n1\nsí\nno\n1 año\n\nsí\n5\n";
    const auto guided = run_cut_off(acta, {"ledger", "guide", "acta", "--passphrase-file", "phrase.txt"}, answers);
    CHECK(guided.out.find("25,0\u00a0ha medidas; contornos: 3") != std::string::npos);
    CHECK(guided.out.find("Quedó sellado en las entradas 1 a 4") != std::string::npos);
    check_no_canary("the locked stick", every_byte(acta.folder / "acta"));
    run_cut_off(acta, {"ledger", "compare", "acta", "--survey", "2006=antes.geojson", "--survey",
                       "2008=despues.geojson", "--id", "plot_id", "--position-error-m", "5", "--seal", "-o",
                       "comparado.csv", "--passphrase-file", "phrase.txt"});

    const auto released = run_cut_off(acta, {"ledger", "dossier", "acta", "--audience", "public", "--yes", "-o", "hoja",
                                             "--passphrase-file", "phrase.txt"});
    const std::string page = bytes_of(acta.folder / "hoja/hoja.html");
    for (const char* told : {"25\u00a0ha", "Río Yurumanguí", "noviembre de 2007", "Al menos 250 personas",
                             "21\u00a0ha coinciden", "4\u00a0ha en disputa", "La asamblea de la comunidad"}) {
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
