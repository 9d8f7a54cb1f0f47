#include "regions/eradication.hpp"

#include <array>

namespace vereda::regions {
namespace {

struct Named {
    EradicationKind kind;
    std::string_view name;
};

constexpr std::array<Named, 7> kEradicationKinds{{{EradicationKind::aerial, "aerial"},
                                                  {EradicationKind::manual_forced, "manual_forced"},
                                                  {EradicationKind::conditioned, "conditioned"},
                                                  {EradicationKind::voluntary, "voluntary"},
                                                  {EradicationKind::community, "community"},
                                                  {EradicationKind::unknown, "unknown"},
                                                  {EradicationKind::pruned_or_renewed, "pruned_or_renewed"}}};

}  // namespace

std::string_view name_of(EradicationKind kind) {
    for (const Named& entry : kEradicationKinds)
        if (entry.kind == kind) return entry.name;
    return {};
}

std::optional<EradicationKind> eradication_kind_named(std::string_view name) {
    for (const Named& entry : kEradicationKinds)
        if (entry.name == name) return entry.kind;
    return std::nullopt;
}

}  // namespace vereda::regions
