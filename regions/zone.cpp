#include "regions/zone.hpp"

#include <array>

namespace vereda::regions {
namespace {

struct Named {
    ZoneKind kind;
    std::string_view name;
};

constexpr std::array<Named, 8> kZoneKinds{{{ZoneKind::park, "park"},
                                           {ZoneKind::indigenous, "indigenous"},
                                           {ZoneKind::collective, "collective"},
                                           {ZoneKind::prohibited, "prohibited"},
                                           {ZoneKind::registered, "registered"},
                                           {ZoneKind::traditional, "traditional"},
                                           {ZoneKind::buffer, "buffer"},
                                           {ZoneKind::abroad, "abroad"}}};

}  // namespace

std::string_view name_of(ZoneKind kind) {
    for (const Named& entry : kZoneKinds)
        if (entry.kind == kind) return entry.name;
    return {};
}

std::optional<ZoneKind> zone_kind_named(std::string_view name) {
    for (const Named& entry : kZoneKinds)
        if (entry.name == name) return entry.kind;
    return std::nullopt;
}

}  // namespace vereda::regions
