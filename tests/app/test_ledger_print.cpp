/// The dossier on paper, as Chromium prints it.
#include <algorithm>
#include <filesystem>
#include <regex>
#include <sstream>

#include "tests/app/ledger_stick.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/phone_photo.hpp"
#include "tests/support/printed_pages.hpp"

using namespace vereda::tests;
namespace fs = std::filesystem;

namespace {

/// Words whose lower edge lies below the sheet of paper, or behind its right edge.
std::string words_off_paper(const std::string& page) {
    std::smatch size;
    REQUIRE(std::regex_search(page, size, std::regex("<page width=\"([0-9.]+)\" height=\"([0-9.]+)\"")));
    const std::regex word("xMax=\"([0-9.]+)\" yMax=\"([0-9.]+)\">([^<]*)<");
    std::string off;
    for (auto it = std::sregex_iterator(page.begin(), page.end(), word); it != std::sregex_iterator(); ++it) {
        if (std::stod((*it)[1]) > std::stod(size[1]) || std::stod((*it)[2]) > std::stod(size[2]))
            off += (*it)[3].str() + " ";
    }
    return off;
}

void require_done(const ProgramResult& result) {
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
}

constexpr const char* long_council =
    "Consejo Comunitario de la Cuenca del Río de Nombre Muy Largo y sus Afluentes de la Costa del Pacífico";
constexpr const char* long_place = "Territorio Colectivo de la Cuenca Alta del Río de Nombre Muy Largo y sus Quebradas";

std::string rectangle(double west, double side) {
    std::ostringstream text;
    text << R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"plot_id":"p"},"geometry":)"
         << R"({"type":"Polygon","coordinates":[[)";
    const char* comma = "";
    for (const auto& [x, y] : {std::pair{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}) {
        text << comma << "[" << west + x * side << "," << 3.3 + y * side << "]";
        comma = ",";
    }
    text << "]]}}]}";
    return text.str();
}

/// A ledger that says as much as a sheet can: events in several months and years of two crops, votes, people, long
/// names of place and council, hectares that the satellite disputes, that it bears out and that it could not see, and
/// a consent that ends.
void tell_much(const Stick& stick) {
    stick.folder.write("standing.geojson", rectangle(-77.3, 0.0045));
    stick.folder.write("gone.geojson", rectangle(-77.2, 0.0045));
    stick.folder.write("small.geojson", rectangle(-77.1, 0.0009));
    stick.folder.write("before.geojson", rectangle(-77.2, 0.0045));
    stick.folder.write("after.geojson", rectangle(-77.3, 0.0045));
    for (const auto& [day, file] :
         {std::pair{"2007-11-09", "standing"}, {"2007-12-10", "gone"}, {"2008-01-11", "small"}}) {
        require_done(stick.run({"add",
                                "acta",
                                "--event",
                                std::string(file) + ".geojson",
                                "--date",
                                day,
                                "--area-sd-ha",
                                "0.5",
                                "--crop",
                                "coca",
                                "--participants",
                                "253",
                                "--decided-by",
                                "asamblea general",
                                "--votes-for",
                                "120",
                                "--votes-against",
                                "4",
                                "--wider-area",
                                long_place,
                                "--wider-area-families",
                                "627"}));
    }
    require_done(
        stick.run({"add", "acta", "--date", "2009-05-05", "--area-ha", "25", "--crop", "poppy", "--participants", "253",
                   "--decided-by", "asamblea general", "--wider-area", long_place, "--wider-area-families", "627"}));
    require_done(stick.run(
        {"consent", "acta", "--all", "--scope", "public,place,name", "--by", "asamblea", "--until", "2099-12-31"}));
    require_done(stick.run({"compare", "acta", "--survey", "2006=before.geojson", "--survey", "2008=after.geojson",
                            "--id", "plot_id", "--position-error-m", "5", "--seal", "-o", "claims.csv"}));
}

}  // namespace

TEST_CASE("the public sheet prints on two pages in each language, with nothing cut off") {
    const Stick stick({vereda::evidence::field("type", "genesis"), vereda::evidence::field("council", long_council)});
    if (!can_print(stick.folder)) return;
    tell_much(stick);
    require_done(stick.run({"dossier", "acta", "--audience", "public", "--yes", "-o", "hoja"}));
    for (const auto& [name, foot] : {std::pair{"hoja.html", "Página "}, {"sheet.html", "Page "}}) {
        const std::string page = (stick.folder.path() / "hoja" / name).string();
        INFO(name);
        const auto boxes = printed_pages(page, stick.folder, true);
        REQUIRE(boxes.size() == 2);
        for (const std::string& box : boxes)
            CHECK(words_off_paper(box).empty());
        const auto texts = printed_pages(page, stick.folder);
        REQUIRE(texts.size() == 2);
        // The foot stands behind all else.
        CHECK_THAT(texts[0], ContainsSubstring(std::string(foot) + "1"));
        CHECK_THAT(texts[1], ContainsSubstring(std::string(foot) + "2"));
    }
}

TEST_CASE("every printed page of the internal edition bears its mark") {
    const Stick stick;
    if (!can_print(stick.folder)) return;
    for (int i = 0; i < 12; ++i)
        require_done(stick.run({"add", "acta", "--date", "2007-11-09", "--area-ha", "25", "--note",
                                "Una nota larga sobre lo que pasó ese día en la quebrada, con muchas palabras.",
                                "--owner", "Rosa Angulo", "--consent-scope", "court"}));
    stick.folder.write("foto.jpg", phone_photo({"phone", "owner", "2007:11:09 08:15:00", 3.4, -77.1}));
    require_done(stick.run({"photo", "acta", "--file", "foto.jpg", "--entry", "1"}));
    for (const std::string language : {"es", "en"}) {
        const std::string name = "interno-" + language + ".html";
        require_done(stick.run({"dossier", "acta", "--audience", "internal", "--unsealed", "--use", "court", "--lang",
                                language, "-o", name}));
        const auto pages = printed_pages(stick.folder / name, stick.folder);
        CHECK(pages.size() >= 3);
        for (const std::string& page : pages)
            CHECK_THAT(page, ContainsSubstring("INTERN"));
    }
}
