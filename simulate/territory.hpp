/// The settled land: municipalities and their veredas, rivers, roads, markets, services and protected areas.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/geometry.hpp"
#include "regions/zone.hpp"
#include "simulate/landscape_parameters.hpp"
#include "simulate/surface.hpp"

namespace vereda::simulate {

struct Vereda {
    std::string id;  ///< "VQ-103": municipality 1, vereda 03
    std::string name;
    std::string municipality;
    geo::MultiPolygon geometry;
    geo::Point village;
    geo::Hectares area;        ///< planar, study CRS
    int households_total = 0;  ///< census, simulated
};

struct Place {
    std::string kind;  ///< market, clinic, school, bank
    std::string name;
    geo::Point point;
    int capacity = 0;         ///< people served; 0: not told
    std::string open_months;  ///< "1-12"
};

struct Way {
    std::string kind;  ///< road, river
    std::string name;
    geo::LineString line;
    double speed_kmh = 0;
    std::string open_months;
};

struct Territory {
    Frame frame;
    Surface elevation;            ///< metres, pits filled
    Surface slope;                ///< rise over run
    std::vector<Vereda> veredas;  ///< by id
    std::vector<Way> rivers;
    std::vector<Way> roads;
    std::vector<Place> markets;
    std::vector<Place> services;
    std::vector<regions::Zone> zones;
    Surface to_river;  ///< metres
    Surface to_road;   ///< metres

    /// Position of the vereda that holds the point; nullopt outside the extent.
    [[nodiscard]] std::optional<std::size_t> vereda_at(geo::Point p) const;
};

[[nodiscard]] Territory territory(const LandscapeParameters& parameters, std::uint64_t seed);

}  // namespace vereda::simulate
