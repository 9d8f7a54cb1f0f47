#include "livelihoods/kinship.hpp"

#include <algorithm>

#include "livelihoods/name_match.hpp"
#include "livelihoods/small_plots.hpp"
#include "tests/livelihoods/plots.hpp"
#include "tests/livelihoods/tables.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

using Words = std::vector<std::string>;

Household person(std::string id, std::string name, std::vector<std::string> kin = {}) {
    Household household;
    household.id = std::move(id);
    household.name = std::move(name);
    household.registered_on = day(2003, 1, 1);
    household.kin = std::move(kin);
    return household;
}

/// Ten households: two Condori Apaza, one Condori, the rest with surnames of their own.
std::vector<Household> village() {
    return {person("a", "Juan Condori Apaza"),    person("b", "CONDORI APAZA, Rosa"),
            person("c", "Pedro Condori Limachi"), person("d", "Ana Vargas Rojas", {"j"}),
            person("e", "Luis Choque Flores"),    person("f", "Eva Mamani Cruz"),
            person("g", "Raúl Ticona Huanca"),    person("h", "Inés Poma Callisaya"),
            person("i", "Félix Quenta Yujra"),    person("j", "Saúl Arias Terán")};
}

}  // namespace

TEST_CASE("the surnames of a name are its last two words, or what stands before a comma") {
    CHECK(surnames_of("Juan Carlos Quispe Mamani") == Words{"quispe", "mamani"});
    CHECK(surnames_of("María de los Ángeles Pérez Núñez") == Words{"perez", "nunez"});
    CHECK(surnames_of("QUISPE MAMANI, Juan Carlos") == Words{"quispe", "mamani"});
    CHECK(surnames_of("Rosa Flores") == Words{"flores"});
    CHECK(surnames_of("Rosa").empty());
    CHECK(surnames_of("").empty());
}

TEST_CASE("shared surnames score by how few bear them, declared kin need no surname, and nobody is merged") {
    const std::vector<Household> households = village();
    const Kinship kinship(households);
    // Condori: three of ten bear it, Apaza: two. ½·(1 − 0.3) + ½·(1 − 0.2) = 0.75.
    const auto siblings = kinship.between(households[0], households[1]);
    REQUIRE(siblings);
    CHECK(siblings->score == Approx(0.75));
    CHECK(siblings->surnames == Words{"condori", "apaza"});
    CHECK_FALSE(siblings->declared);
    // Condori alone: ½·0.7 = 0.35, below what is told.
    CHECK_FALSE(kinship.between(households[0], households[2]));
    const auto declared = kinship.between(households[9], households[3]);
    REQUIRE(declared);
    CHECK(declared->declared);
    CHECK(declared->score == 0);
    CHECK_FALSE(kinship.between(households[4], households[5]));
}

TEST_CASE("one surname spelled by two hands is one surname") {
    std::vector<Household> households = village();
    households[1].name = "Rosa Kondori Apasa";
    const Kinship kinship(households);
    CHECK_FALSE(kinship.between(households[0], households[2]));
    households[1].name = "Rosa Condory Apaza";
    CHECK(Kinship(households).between(households[0], households[1]));
}

TEST_CASE("declared kin and shared surnames beside each other are questions, never a change of verdict") {
    std::vector<Household> households = village();
    std::vector<RulePack> packs{cato()};
    packs[0].duplicates = "investigated";
    const auto judged = [&](std::vector<RegisteredPlot> plots) {
        geo::Diagnostics diagnostics;
        return small_plots({plots, households, {}, packs, day(2020, 12, 31)}, diagnostics);
    };
    const auto detail = [](const FamilyVerdict& family) {
        return family.findings.empty() ? std::string() : family.findings.front().detail;
    };
    const SmallPlots beside = judged({corner_plot("p", "a", 1200), corner_plot("q", "b", 1200, 38, 0)});
    REQUIRE(beside.families.size() == 2);
    for (const FamilyVerdict& family : beside.families) {
        CHECK(detail(family) == "shared_surnames");
        CHECK(family.area.verdict == SmallPlotVerdict::compliant);
        CHECK(family.plots == 1);
        CHECK(fits(family));
    }
    const SmallPlots declared = judged({corner_plot("p", "d", 1200), corner_plot("q", "j", 1200, 38, 0)});
    CHECK(detail(declared.families[0]) == "declared_kin");
    CHECK(detail(declared.families[1]) == "declared_kin");
    CHECK_FALSE(fits(declared.families[0]));
    // Far apart, or with names of no relation, nothing is asked.
    CHECK(judged({corner_plot("p", "a", 1200), corner_plot("q", "b", 1200, 500, 0)}).families[0].findings.empty());
    CHECK(judged({corner_plot("p", "e", 1200), corner_plot("q", "f", 1200, 38, 0)}).families[0].findings.empty());
    packs[0].duplicates.reset();
    CHECK(judged({corner_plot("p", "a", 1200), corner_plot("q", "b", 1200, 38, 0)}).families[0].findings.empty());
}
