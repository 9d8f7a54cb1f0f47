/// In which zones a plot lies, named exceptions taken out, and which rule of a pack decides there.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "geo/topology.hpp"
#include "livelihoods/registered_plot.hpp"
#include "livelihoods/rule_pack.hpp"
#include "regions/zone.hpp"

namespace vereda::livelihoods {

struct ZoneShare {
    const regions::Zone* zone = nullptr;
    double area = 0;  ///< m² of the plot inside the zone and outside its exceptions
};

/// The rule that decides, and the part of the plot it decides about.
struct DecidingZone {
    const ZoneRule* rule = nullptr;
    ZoneShare share;
};

class ZonePosition {
  public:
    /// The span must outlive this.
    explicit ZonePosition(std::span<const regions::Zone> zones);

    /// Zones in force on the day that the plot lies in, in the order given.
    [[nodiscard]] std::vector<ZoneShare> shares(const regions::Plot& plot, geo::Date day) const;
    /// The rule of the highest precedence, the stricter of equals; slivers no larger than the measurement error (or 1 %
    /// of the plot) are a border, not a place. Nullopt: no rule of the pack speaks there.
    [[nodiscard]] std::optional<DecidingZone> deciding(const regions::Plot& plot, const RulePack& pack, geo::Date day,
                                                       std::optional<geo::SquareMetres> sd) const;
    /// The pack names zones in which it is allowed, the study has such zones, and the plot lies in none of them.
    [[nodiscard]] bool outside_allowed(const regions::Plot& plot, const RulePack& pack, geo::Date day) const;
    /// The pack names zones in which it is allowed, and the study has none of that kind. An exception inside another
    /// zone (TIPNIS Polygon 7) does not say where the pack is allowed at large.
    [[nodiscard]] bool lacks_allowed(const RulePack& pack) const;

  private:
    std::span<const regions::Zone> zones_;
    std::vector<geo::Box> boxes_;
    std::vector<geo::PreparedPolygons> prepared_;
    std::vector<std::vector<std::size_t>> exceptions_;  ///< of each zone
};

}  // namespace vereda::livelihoods
