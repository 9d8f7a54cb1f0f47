/// Violence and pressure as registered: the other side of every hectare.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "geo/date.hpp"
#include "geo/geometry.hpp"

namespace vereda::livelihoods {

enum class IncidentKind { homicide, massacre, threat, arrest, displacement_of_people, clash, other };
[[nodiscard]] std::string_view name_of(IncidentKind kind);

struct Incident {
    geo::Date date;
    IncidentKind kind = IncidentKind::other;
    std::string region_id;            ///< as written, or where `place` lies; empty: outside every region
    std::optional<geo::Point> place;  ///< analysis CRS; personal
    double count = 1;                 ///< people or events, as the source counts
    std::string source;
};

}  // namespace vereda::livelihoods
