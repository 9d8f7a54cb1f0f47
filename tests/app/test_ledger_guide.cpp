/// The guided mode, answered over a pipe.
#include <filesystem>

#include "evidence/io/ledger.hpp"
#include "evidence/record.hpp"
#include "tests/app/ledger_runs.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/phone_photo.hpp"

using namespace vereda;
using namespace vereda::tests;

namespace {

std::vector<evidence::Record> records_in(const LedgerRuns& acta) {
    const evidence::io::Ledger ledger(acta.folder / "acta", "cinco palabras que nadie adivina");
    return evidence::records_of(ledger.entries());
}

/// From the menu to the summary.
const std::string told =
    "1\n"                       // record
    "1\n"                       // we removed a crop
    "coca\n"                    //
    "9 de noviembre de 2007\n"  //
    "3\n"                       // days
    "Arrancamos a mano, lote por lote\n"
    "\n"                     // no GPS
    "25\n"                   // hectares
    "23 y 27\n"              //
    "Quebrada El Encanto\n"  //
    "7\n"                    // families
    "Río Yurumanguí\n"       //
    "627\n"                  //
    "1\n"                    // assembly
    "120 y 4\n"              // votes
    "253 personas\n"         //
    "\n"                     // no photos
    "2,5\n"                  // courts and public
    "1\n"                    // assembly
    "sí\n"                   // place
    "no\n"                   // council's name
    "1 año\n"
    "\n";  // from today on

}  // namespace

TEST_CASE("the guide founds a ledger, asks in Spanish, reads back what was said, and seals it after the vote") {
    const LedgerRuns acta;
    const auto result = acta.run("guide", {}, "sí\nConsejo de la Cuenca\n" + told + "sí\n5\n");
    INFO(result.out << result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(result.out.find("¿Qué pasó?") != std::string::npos);
    CHECK(result.out.find("PARA LEER EN VOZ ALTA ANTES DE VOTAR:") != std::string::npos);
    CHECK(result.out.find("Día: 9 de noviembre de 2007") != std::string::npos);
    CHECK(result.out.find("Último día: 11 de noviembre de 2007") != std::string::npos);
    CHECK(result.out.find("VEREDA1 ") != std::string::npos);
    const auto records = records_in(acta);
    REQUIRE(records.size() == 2);
    const evidence::Record& event = records[1];
    CHECK(event.value("date") == "2007-11-09");
    CHECK(event.value("date_until") == "2007-11-11");
    CHECK(std::stod(event.value("area_ha")) == Approx(25));
    CHECK(std::stod(event.value("area_sd_ha")) == Approx(4 / (2 * 1.96)).margin(0.001));
    CHECK(event.value("votes_against") == "4");
    CHECK(event.value("participants") == "253");
    REQUIRE(event.consents.size() == 1);
    CHECK(event.consents[0].by == "assembly");
    CHECK(event.consents[0].scope ==
          std::set<evidence::Use>{evidence::Use::court, evidence::Use::publication, evidence::Use::place});
    CHECK(event.consents[0].until.has_value());
}

TEST_CASE("mistakes are corrected: back, a line of the summary, and later an entry that says so") {
    const LedgerRuns acta;
    acta.found();
    const std::string answers =
        "1\n1\n2\natrás\n1\n"           // poppy, back, coca
        "31 de febrero\n9/11/2007\n\n"  // no such day, then one day
        "nota\nno hay.gpx\n\n25\n\n\n"  // a file that is not there; no range; no area
        "2\n253\n\n1\n"                 // council decided, people, no photos, nobody
        "7\n52\n\n"                     // line 7 of the summary (hectares): 52 instead
        "sí\n"
        "2\n1\n3\n50\nsí\n"  // correct the first record, its line 3, later: 50
        "5\n";
    const auto result = acta.run("guide", {}, answers);
    INFO(result.out << result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(result.out.find("No puedo leer eso como un día") != std::string::npos);
    CHECK(result.out.find("No existe ese archivo") != std::string::npos);
    const auto records = records_in(acta);
    REQUIRE(records.size() == 2);
    CHECK(records[1].value("crop") == "coca");
    CHECK(records[1].corrected_by.size() == 1);
    CHECK(std::stod(records[1].value("area_ha")) == Approx(50));
    CHECK(records[1].consents.empty());
}

TEST_CASE("a no at the vote, leaving, and an end of input write nothing") {
    const LedgerRuns acta;
    acta.found();
    const std::string before = bytes_of(acta.folder / "acta/entries.log");
    CHECK(acta.run("guide", {}, told + "no\n5\n").exit_code == 0);
    CHECK(acta.run("guide", {}, told + "salir\n").exit_code == 0);
    const auto cut = acta.run("guide", {}, told);
    CHECK(cut.exit_code == 2);
    CHECK(cut.err.find("no se escribió nada") != std::string::npos);
    CHECK(bytes_of(acta.folder / "acta/entries.log") == before);
}

TEST_CASE("the guide speaks English where it is asked to") {
    const LedgerRuns acta;
    acta.found();
    const auto result = acta.run("guide", {"--lang", "en"}, "5\n");
    CHECK(result.exit_code == 0);
    CHECK(result.out.find("What do you want to do?") != std::string::npos);
    CHECK(result.out.find("¿") == std::string::npos);
}

TEST_CASE("the guide takes back a permission and makes the public sheet") {
    const LedgerRuns acta;
    acta.found();
    const auto released = acta.run("guide", {}, told + "sí\n4\nsí\nhoja\n3\n1\nsí\n4\n5\n");
    INFO(released.out << released.err);
    REQUIRE(released.exit_code == 0);
    CHECK(released.out.find("Quién podría molestarse con esta hoja") != std::string::npos);
    CHECK(released.out.find("votaron en contra") != std::string::npos);
    CHECK(bytes_of(acta.folder / "hoja/hoja.html").find("Río Yurumanguí") != std::string::npos);
    CHECK(released.out.find("no tiene ningún evento que se pueda mostrar") != std::string::npos);
    const auto refused = acta.run("dossier", {"--audience", "public", "--yes", "-o", "otra", "--lang", "es"});
    CHECK(refused.exit_code == 4);
    CHECK(refused.err.find("fue retirado el") != std::string::npos);
}

TEST_CASE("what cannot be sealed is refused when it is named, words do for numbers, and what was understood is said") {
    const LedgerRuns acta;
    acta.found();
    acta.folder.write("IMG_0043.HEIC", std::string("\0\0\0\x18"
                                                   "ftypheic\0\0\0\0mif1heic",
                                                   24));
    acta.folder.write("broken.jpg", "\xff\xd8\xff\xe1 and nothing more");
    acta.folder.write("foto.jpg", phone_photo({"phone", "owner", "2007:11:09 08:15:00", 3.4, -77.1}));
    acta.folder.write(
        "dia.gpx",
        "<?xml version=\"1.0\"?><gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg>"
        "<trkpt lat=\"3.481\" lon=\"-77.195\"><time>2007-11-08T14:10:00Z</time></trkpt>"
        "<trkpt lat=\"3.484\" lon=\"-77.195\"><time>2007-11-08T14:20:00Z</time></trkpt>"
        "<trkpt lat=\"3.484\" lon=\"-77.192\"><time>2007-11-08T14:30:00Z</time></trkpt>"
        "<trkpt lat=\"3.481\" lon=\"-77.195\"><time>2007-11-08T14:40:00Z</time></trkpt>"
        "</trkseg></trk></gpx>");
    const std::string answers =
        "1\narrancamos\ncoca\n9/11/2007\n3\nuna nota\ndia.gpx\n\nla asamblea\n120 y 4\n253\n"
        "foto.jpg; IMG_0043.HEIC\nbroken.jpg\nfoto.jpg\njueces y donantes\nla asamblea\n\n\n3\n8/11/2007\nsí\n5\n";
    const auto result = acta.run("guide", {}, answers);
    INFO(result.out << result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(result.out.find("→ 9 de noviembre de 2007") != std::string::npos);
    // The device has another day than the secretary: it stands before her at once.
    CHECK(result.out.find("el aparato dice 8 de noviembre de 2007") != std::string::npos);
    CHECK(result.out.find("IMG_0043.HEIC es una foto HEIC") != std::string::npos);
    CHECK(result.out.find("broken.jpg no es una foto completa") != std::string::npos);
    const auto records = records_in(acta);
    REQUIRE(records.size() == 3);
    CHECK(records[1].value("decided_by") == "assembly");
    CHECK(records[1].value("date") == "2007-11-08");
    CHECK(records[1].value("date_until") == "2007-11-10");  // three days still
    CHECK(records[1].consents.front().scope == std::set<evidence::Use>{evidence::Use::court, evidence::Use::donor});
    CHECK(records[1].consents.front().by == "assembly");
    CHECK(records[2].type == "photo");
}

TEST_CASE("the guide delays: nothing is shown before the day that was agreed") {
    const LedgerRuns acta;
    acta.found();
    std::string delayed = told;
    delayed.replace(delayed.rfind("1 año\n\n"), std::string("1 año\n\n").size(), "2 años\n6 meses\n");
    const auto result = acta.run("guide", {}, delayed + "sí\n4\n5\n");
    INFO(result.out << result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(result.out.find("Se puede mostrar desde: ") != std::string::npos);
    CHECK(records_in(acta)[1].consents.front().not_before.has_value());
    const auto refused = acta.run("dossier", {"--audience", "public", "--yes", "-o", "otra", "--lang", "es"});
    CHECK(refused.exit_code == 4);
    CHECK(refused.err.find("no se puede mostrar para “public” antes del") != std::string::npos);
    // A delay behind the end of the permission is none.
    std::string too_long = told;
    too_long.replace(too_long.rfind("1 año\n\n"), std::string("1 año\n\n").size(), "6 meses\n1 año\n\n");
    CHECK(acta.run("guide", {}, too_long + "no\n5\n").out.find("ya no vale el permiso") != std::string::npos);
}
