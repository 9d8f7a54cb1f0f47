#include "livelihoods/register_duplicates.hpp"

#include <algorithm>
#include <random>

#include "livelihoods/registers.hpp"
#include "tests/livelihoods/tables.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::livelihoods;
using namespace vereda::tests;

namespace {

Household person(std::string id, std::string name, std::optional<int> birth_year = {}, std::string number = {},
                 std::string sex = {}) {
    Household household;
    household.id = std::move(id);
    household.region_id = "R";
    household.name = std::move(name);
    household.birth_year = birth_year;
    household.registration_id = std::move(number);
    household.sex = std::move(sex);
    return household;
}

std::vector<RegisterDuplicate> pairs(const std::vector<Household>& households) {
    geo::Diagnostics diagnostics;
    return register_duplicates(households, diagnostics);
}

bool has(const RegisterDuplicate& row, const char* sign) {
    return std::ranges::find(row.signs, sign) != row.signs.end();
}

}  // namespace

TEST_CASE("a person under two spellings is reported with a score and never merged") {
    geo::Diagnostics diagnostics;
    const auto households =
        households_from(table({"household_id", "region_id", "name", "birth_year", "registration_id", "union"},
                              {{"H-1", "R", "PÉREZ QUISPE, María", "1970", "RF-001", "Sindicato Alto"},
                               {"H-2", "R", "Maria Peres Quizpe", "1970", "", "sindicato  ALTO"},
                               {"H-3", "R", "Rosa Condori Choque", "1982", "RF-003", "Sindicato Alto"},
                               {"H-4", "R", "Pedro Huanca", "1950", "rf 003", ""}}),
                        {}, nullptr, diagnostics);
    REQUIRE(households.size() == 4);  // all stay
    const auto found = register_duplicates(households, diagnostics);
    REQUIRE(found.size() == 1);
    CHECK(found[0].household_a == "H-1");
    CHECK(found[0].household_b == "H-2");
    CHECK(found[0].score > 0.95);
    CHECK(found[0].score <= 1);
    CHECK(has(found[0], "same_birth_year"));
    CHECK(has(found[0], "same_union"));
    CHECK(diagnostics.count(geo::Severity::warning) == 1);
}

TEST_CASE("without names a registration number or an id that differs in spelling only is told") {
    const auto by_number = pairs({person("a", "", {}, "RF-001"), person("b", "", {}, "rf001"), person("c", "")});
    REQUIRE(by_number.size() == 1);
    CHECK(by_number[0].score == Approx(0.9));
    CHECK_FALSE(by_number[0].name_similarity);
    const auto by_id = pairs({person("H-0001", ""), person("h0001", "")});
    REQUIRE(by_id.size() == 1);
    CHECK(has(by_id[0], "id_spelled_alike"));
}

TEST_CASE("father and son, brother and sister are not one person") {
    CHECK(pairs({person("a", "Juan Quispe Mamani", 1950), person("b", "Juan Quispe Mamani", 1980)}).empty());
    CHECK(pairs({person("a", "Mario Quispe Mamani", {}, "", "m"), person("b", "Maria Quispe Mamani", {}, "", "f")})
              .empty());
    CHECK(pairs({person("a", "Juan Quispe Mamani", 1950), person("b", "Juan Quispe Mamani", 1950)}).size() == 1);
}

TEST_CASE("every planted misspelling is found among strangers, in the same order whatever the order of rows") {
    std::mt19937 random(3);
    const std::vector<std::string> first{"Jacinto", "María", "Rosa", "Pedro", "Elena", "Félix", "Irma", "Tomás"};
    const std::vector<std::string> last{"Quispe", "Mamani", "Condori", "Choque", "Vargas", "Zambrana", "Huanca",
                                        "Apaza",  "Villca", "Calle",   "Rojas",  "Flores", "Cusi",     "Poma"};
    std::vector<Household> households;
    for (int i = 0; i < 300; ++i) {
        households.push_back(person(
            "h" + std::to_string(i),
            first[random() % first.size()] + " " + last[random() % last.size()] + " " + last[random() % last.size()],
            1940 + static_cast<int>(random() % 60)));
    }
    for (int i = 0; i < 20; ++i) {
        Household copy = households[static_cast<std::size_t>(i)];
        copy.id = "copy" + std::to_string(i);
        std::ranges::replace(copy.name, 'u', 'o');  // a slip of the pen
        std::ranges::transform(copy.name, copy.name.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
        households.push_back(copy);
    }
    const auto found = pairs(households);
    for (int i = 0; i < 20; ++i) {
        const bool told = std::ranges::any_of(found, [&](const RegisterDuplicate& row) {
            return row.household_a == "h" + std::to_string(i) && row.household_b == "copy" + std::to_string(i);
        });
        CHECK(told);
    }
    CHECK(std::ranges::is_sorted(found, std::greater{}, &RegisterDuplicate::score));
    CHECK(found.size() < 200);  // of 51,040 pairs
}
