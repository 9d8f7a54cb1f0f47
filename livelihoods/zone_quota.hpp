/// How much of a pack's caps is used: 7,700 ha for Cochabamba, 14,300 ha for La Paz (Ley 906, 2017, Art. 16.V).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "livelihoods/area_verdict.hpp"
#include "livelihoods/zone_position.hpp"

namespace vereda::livelihoods {

/// One kind of zone of one pack. Areas sum the latest measurement of each plot, errors independent of each other.
struct ZoneQuota {
    std::string pack;
    std::string version;
    std::optional<regions::ZoneKind> kind;  ///< nullopt: land that no zone of the pack covers
    std::optional<bool> allowed;
    std::optional<geo::Hectares> cap;
    long plots = 0;
    geo::Hectares area;
    std::optional<geo::Hectares> lo;  ///< 95 %; nullopt where a plot's error is not known
    std::optional<geo::Hectares> hi;
    geo::Hectares counted;                   ///< against the cap: `area`, and that of the kinds that share it
    std::optional<geo::Hectares> remaining;  ///< cap − counted; negative: over it
    std::optional<geo::Hectares> remaining_lo;
    std::optional<geo::Hectares> remaining_hi;
    std::optional<double> p_over;  ///< probability that more stands than the cap
    /// Whole plots of the pack's limit that still fit under the cap (7,700 ha of 1,600 m²: 48,125).
    std::optional<long> plots_left;
};

/// `latest` are the positions of the plots that count, each piece of ground once. A plot counts with its whole area
/// where the pack's precedence puts it. Where the study has no zone in which the pack is allowed, everything not in
/// another zone of the pack counts as inside.
[[nodiscard]] std::vector<ZoneQuota> zone_quotas(std::span<const RegisteredPlot> plots,
                                                 std::span<const std::size_t> latest, const RulePack& pack,
                                                 const ZonePosition& positions, geo::Date day);

}  // namespace vereda::livelihoods
