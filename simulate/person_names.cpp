#include "simulate/person_names.hpp"

#include <array>
#include <string>
#include <vector>

#include "simulate/random.hpp"

namespace vereda::simulate {

namespace {

using livelihoods::Household;

constexpr std::array women{"Rosa", "Elena", "Irma", "Martha", "Eva", "Inés", "Lucía", "Teresa", "Ángela", "Nélida"};
constexpr std::array men{"Juan", "Pedro", "Félix", "Tomás", "Raúl", "Saúl", "Luis", "Mario", "Andrés", "Ramón"};

struct Surname {
    const char* usual;
    const char* other_hand;  ///< as somebody else would spell it
};
constexpr std::array surnames{
    Surname{"Quimera", "Kimera"},        Surname{"Espejismo", "Espegismo"},  Surname{"Fábula", "Favula"},
    Surname{"Conjetura", "Congetura"},   Surname{"Supuesto", "Zupuesto"},    Surname{"Hipótesis", "Ipotesis"},
    Surname{"Ensueño", "Ensueno"},       Surname{"Acertijo", "Asertijo"},    Surname{"Boceto", "Voceto"},
    Surname{"Bosquejo", "Bosqejo"},      Surname{"Enigma", "Enicma"},        Surname{"Leyenda", "Lellenda"},
    Surname{"Metáfora", "Metafora"},     Surname{"Parábola", "Paravola"},    Surname{"Simulacro", "Cimulacro"},
    Surname{"Ilusión", "Ilucion"},       Surname{"Añoranza", "Anoransa"},    Surname{"Duermevela", "Duermebela"},
    Surname{"Paréntesis", "Parentesis"}, Surname{"Borrador", "Vorrador"},    Surname{"Maqueta", "Makueta"},
    Surname{"Ejemplo", "Egemplo"},       Surname{"Mentirilla", "Mentiriya"}, Surname{"Conseja", "Concega"}};

struct Name {
    std::string given;
    std::size_t father = 0;
    std::size_t mother = 0;
};

std::string written(const Name& name, bool other_hand) {
    const auto of = [&](std::size_t i) { return other_hand ? surnames[i].other_hand : surnames[i].usual; };
    return name.given + " " + of(name.father) + " " + of(name.mother);
}

Name drawn(const Household& household, Random& random) {
    const auto& given = household.sex == "mujer" ? women : men;
    const auto any = [&](std::size_t count) {
        return static_cast<std::size_t>(random.integer(0, static_cast<int>(count) - 1));
    };
    const std::string first = given[any(given.size())];
    const std::string second = given[any(given.size())];
    return {first == second ? first : first + " " + second, any(surnames.size()), any(surnames.size())};
}

/// The next household of the same vereda and sex; the number of households where there is none.
std::size_t partner_of(std::span<const Household> households, std::size_t first) {
    for (std::size_t i = first + 1; i < households.size(); ++i)
        if (households[i].region_id == households[first].region_id && households[i].sex == households[first].sex)
            return i;
    return households.size();
}

}  // namespace

void name_people(std::span<Household> households, std::uint64_t seed) {
    Random random(seed, "names");
    std::vector<Name> names;
    for (Household& household : households) {
        names.push_back(drawn(household, random));
        household.name = written(names.back(), false);
        if (!random.chance(0.2)) continue;
        const Name& name = names.back();
        household.name =
            std::string(surnames[name.father].usual) + " " + surnames[name.mother].usual + ", " + name.given;
    }
    for (int i = 0; i < people_registered_twice; ++i) {
        std::size_t first = households.size() * static_cast<std::size_t>(i + 1) / (people_registered_twice + 1);
        while (first > 0 && partner_of(households, first) == households.size())
            --first;
        const std::size_t second = partner_of(households, first);
        if (second == households.size()) continue;
        households[second].name = written(names[first], true);
        households[second].birth_year = households[first].birth_year;
    }
}

}  // namespace vereda::simulate
