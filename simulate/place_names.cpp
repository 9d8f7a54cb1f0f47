#include "simulate/place_names.hpp"

#include <array>
#include <set>
#include <utility>

namespace vereda::simulate {

namespace {

constexpr std::array municipality_names{"Villa Quimera", "Puerto Espejismo", "San Ficticio del Valle", "Alto Ensueño",
                                        "Santa Utopía",  "Fuente Fábula",    "Nueva Leyenda",          "Río Cuento"};

constexpr std::array places{"El", "Alto", "Bajo", "Loma", "Quebrada", "Peña", "Caño", "Vega", "Mesa", "Cruce"};

constexpr std::array notions{"Espejismo",  "Ensueño",         "Acertijo",  "Bosquejo", "Boceto",    "Hipótesis",
                             "Parábola",   "Ilusión",         "Conjetura", "Maqueta",  "Simulacro", "Paréntesis",
                             "Añoranza",   "Leyenda",         "Fantasía",  "Enigma",   "Metáfora",  "Conseja",
                             "Quimérica",  "Supuesto",        "Ejemplo",   "Ñandutí",  "Borrador",  "Mentirilla",
                             "Duermevela", "Cigüeña de Papel"};

constexpr std::array masculine{"Espejismo", "Ensueño",  "Acertijo", "Bosquejo", "Boceto",   "Simulacro", "Paréntesis",
                               "Enigma",    "Supuesto", "Ejemplo",  "Ñandutí",  "Borrador", "Duermevela"};

template <class List>
void shuffle(List& list, Random& random) {
    for (std::size_t i = list.size(); i > 1; --i) {
        const auto j = static_cast<std::size_t>(random.integer(0, static_cast<int>(i) - 1));
        std::swap(list[i - 1], list[j]);
    }
}

}  // namespace

PlaceNames place_names(int municipalities, int veredas, Random& random) {
    PlaceNames out;
    for (int i = 0; i < municipalities; ++i) {
        const auto index = static_cast<std::size_t>(i);
        const std::string name = municipality_names[index % municipality_names.size()];
        const std::size_t round = index / municipality_names.size();
        out.municipalities.push_back(round == 0 ? name : name + " " + std::to_string(round + 1));
    }
    std::vector<std::string> all;
    for (const std::string_view place : places) {
        for (const std::string_view notion : notions) {
            bool fits = true;
            if (place == "El") {
                fits = false;
                for (const std::string_view one : masculine)
                    fits = fits || one == notion;
            }
            if (fits) all.push_back(std::string(place) + " " + std::string(notion));
        }
    }
    shuffle(all, random);
    // Each notion serves once before any serves again: "Alto Enigma" beside "Loma Enigma" would confuse readers.
    std::set<std::string> taken;
    std::set<std::string> notions_used;
    while (static_cast<int>(out.veredas.size()) < veredas) {
        notions_used.clear();
        const std::size_t before = out.veredas.size();
        for (const std::string& name : all) {
            if (static_cast<int>(out.veredas.size()) == veredas) break;
            if (taken.count(name) != 0 || !notions_used.insert(name.substr(name.find(' ') + 1)).second) continue;
            taken.insert(name);
            out.veredas.push_back(name);
        }
        if (out.veredas.size() == before) out.veredas.push_back("Vereda " + std::to_string(before + 1));
    }
    return out;
}

}  // namespace vereda::simulate
