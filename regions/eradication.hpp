/// Events that removed crops, as reported.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "geo/date.hpp"
#include "geo/geometry.hpp"
#include "geo/quantity.hpp"

namespace vereda::regions {

enum class EradicationKind { aerial, manual_forced, conditioned, voluntary, community, unknown, pruned_or_renewed };
[[nodiscard]] std::string_view name_of(EradicationKind kind);
[[nodiscard]] std::optional<EradicationKind> eradication_kind_named(std::string_view name);

enum class Answer { yes, no, unknown };

struct EradicationEvent {
    std::string id;
    geo::Date date;
    EradicationKind kind = EradicationKind::unknown;
    geo::Geometry place;  ///< analysis CRS; monostate where only a region is told
    std::optional<geo::Hectares> reported;
    std::optional<geo::Hectares> reported_sd;
    std::string agency;
    Answer verified = Answer::unknown;
    std::string region_id;     ///< empty: by place
    std::string household_id;  ///< personal; empty: of nobody in particular
};

}  // namespace vereda::regions
