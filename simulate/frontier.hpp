/// The land of a displacement study: cells with what makes crop stand or come there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/geometry.hpp"
#include "simulate/displacement_parameters.hpp"
#include "simulate/surface.hpp"

namespace vereda::simulate {

struct FrontierCell {
    std::size_t position = 0;  ///< in the frame
    geo::Point centre;
    std::size_t region = 0;
    double crop = 0;         ///< hectares that would stand there without shocks; 0: none
    double suitability = 0;  ///< 0-1, for new crop
    double access_min = 0;   ///< travel time to a market, minutes
    double forest = 0;       ///< hectares in the first year
    bool abroad = false;
    bool is_protected = false;
    bool indigenous = false;
};

struct FrontierRegion {
    std::string id;  ///< "M-0304"; across the border "X-0340"
    std::string name;
    std::string parent;  ///< department of 20 by 20 cells
    geo::Box land;
    bool abroad = false;
};

struct Frontier {
    Frame frame;
    std::vector<FrontierRegion> regions;  ///< by id; they tile the frame
    std::vector<FrontierCell> cells;      ///< land on which crop can stand at all, by position
    std::vector<geo::Box> parks;
    std::vector<geo::Box> indigenous;

    /// Cells whose centre is at most `reach` metres from `p`, ascending.
    [[nodiscard]] std::vector<std::size_t> within(geo::Point p, double reach) const;
    /// Position of the region that holds the point, which must lie in the frame.
    [[nodiscard]] std::size_t region_at(geo::Point p) const;
    [[nodiscard]] bool near_indigenous(geo::Point p, double reach) const;
};

[[nodiscard]] Frontier frontier(const FrontierParameters& parameters, std::uint64_t seed);

}  // namespace vereda::simulate
