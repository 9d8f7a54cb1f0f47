/// Whom places with a limited capacity can serve: each place takes the nearest first until it is full (N. Ray,
/// S. Ebener, "AccessMod 3.0", Int. J. Health Geogr. 7:63, 2008, allocates the same way).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vereda::livelihoods {

struct ServicePlace {
    std::string kind;  ///< market, clinic, school, bank
    std::string name;
    std::optional<double> capacity;  ///< people; nullopt: unlimited
};

/// `cost[place][family]`: hours or kilometres; infinite or NaN where there is no way.
using CostTable = std::vector<std::vector<double>>;

struct CatchmentRow {
    std::string kind;
    std::string place;               ///< empty: the families that no place of the kind could take
    std::optional<double> capacity;  ///< people
    long families = 0;               ///< assigned
    double people = 0;               ///< assigned
    double nearest_people = 0;       ///< for whom this place is the nearest, whether it could take them or not
    std::optional<double> farthest;  ///< cost of the farthest family assigned
    std::string unit;                ///< of that cost: "h" or "km"
};

struct Catchments {
    std::vector<CatchmentRow> rows;                    ///< by kind and place
    std::vector<std::optional<std::size_t>> assigned;  ///< place of each family, of the kind asked for
};

/// All places must be of one kind. Family and place are matched in ascending order of cost (ties by place, then family)
/// while the whole family still fits: no family could swap with another so that both stand nearer. Families farther
/// than `reach` (0: no limit) are not taken.
[[nodiscard]] Catchments catchments(std::span<const ServicePlace> places, const CostTable& cost,
                                    std::span<const double> people, double reach, const std::string& unit);

}  // namespace vereda::livelihoods
