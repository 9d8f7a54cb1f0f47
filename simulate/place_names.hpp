/// Names for places that do not exist. They all speak of fiction (Quimera, Espejismo, Fábula), so that nobody takes a
/// simulated vereda for a real one; Spanish, with accents.
#pragma once

#include <string>
#include <vector>

#include "simulate/random.hpp"

namespace vereda::simulate {

struct PlaceNames {
    std::vector<std::string> municipalities;  ///< unique
    std::vector<std::string> veredas;         ///< unique
};

[[nodiscard]] PlaceNames place_names(int municipalities, int veredas, Random& random);

inline constexpr const char* river_name = "Río Quimérico";
inline constexpr const char* park_name = "Parque Natural Sierra de la Fábula";
inline constexpr const char* indigenous_name = "Territorio Indígena Imaginario Ñamandé";
inline constexpr const char* registered_name = "Zona Registrada de Ensayo";
inline constexpr const char* exception_name = "Polígono Ensayo";

}  // namespace vereda::simulate
