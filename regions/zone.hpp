/// Parks, indigenous land and other areas in which other rules hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "geo/date.hpp"
#include "geo/geometry.hpp"

namespace vereda::regions {

enum class ZoneKind { park, indigenous, collective, prohibited, registered, traditional, buffer, abroad };

[[nodiscard]] std::string_view name_of(ZoneKind kind);
[[nodiscard]] std::optional<ZoneKind> zone_kind_named(std::string_view name);

struct Zone {
    ZoneKind kind = ZoneKind::park;
    std::string name;
    std::string exception_of;    ///< name of the zone this one is an exception of; empty: none
    geo::MultiPolygon geometry;  ///< valid, analysis CRS
    std::optional<geo::Date> valid_from;
    std::optional<geo::Date> valid_to;
};

}  // namespace vereda::regions
