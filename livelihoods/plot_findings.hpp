/// Everything about a registered plot that is not its area: register, title, number of plots, zones, neighbours.
///
/// A check whose parameter the pack does not set makes no finding. A finding is a question for the family's own union,
/// never an order.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/spatial_index.hpp"
#include "livelihoods/roll.hpp"
#include "livelihoods/small_plots.hpp"

namespace vereda::livelihoods {

/// Plots of one household, or of different ones, no further apart than this may be one parcel divided (d).
inline constexpr geo::Metres adjacent_within{10};
/// Two plots are one plot registered twice when they share more than this of the smaller one (d).
inline constexpr double duplicate_overlap = 0.5;

class PlotFindings {
  public:
    /// The spans must outlive this.
    PlotFindings(std::span<const regions::Plot> plots, std::span<const Household> households,
                 std::span<const regions::Zone> zones);

    /// In the order of small_plots.hpp's list.
    [[nodiscard]] std::vector<Finding> of(std::size_t plot, const RulePack& pack, geo::Date day,
                                          std::optional<geo::SquareMetres> sd) const;
    /// Only what the zones say: for plots to which the rest of the pack does not apply.
    void add_zone_finding(std::size_t plot, const RulePack& pack, geo::Date day, std::optional<geo::SquareMetres> sd,
                          std::vector<Finding>& findings) const;
    /// The pack names zones in which it is allowed, the study has such zones, and the plot lies in none of them.
    [[nodiscard]] bool outside_allowed_zones(std::size_t plot, const RulePack& pack, geo::Date day) const;
    /// The pack names zones in which it is allowed, and the study has none of that kind. An exception inside another
    /// zone (TIPNIS Polygon 7) does not say where the pack is allowed at large.
    [[nodiscard]] bool lacks_allowed_zones(const RulePack& pack) const;
    [[nodiscard]] const Household* household_of(std::size_t plot) const;

  private:
    struct ZoneShare {
        const regions::Zone* zone;
        double area;  ///< of the plot, inside the zone and outside its exceptions
    };

    void add_register_findings(std::size_t plot, const RulePack& pack, geo::Date day,
                               std::vector<Finding>& findings) const;
    void add_neighbour_findings(std::size_t plot, const RulePack& pack, std::vector<Finding>& findings) const;
    [[nodiscard]] std::vector<ZoneShare> zone_shares(std::size_t plot, geo::Date day) const;
    [[nodiscard]] std::string_view unit_of(std::size_t plot, RuleUnit unit) const;

    std::span<const regions::Plot> plots_;
    std::span<const Household> households_;
    std::span<const regions::Zone> zones_;
    Roll roll_;
    std::map<std::string_view, const Household*> by_id_;
    std::map<std::string_view, long> households_by_registration_;
    std::map<RuleUnit, std::map<std::string_view, long>> plots_by_unit_;
    std::vector<geo::Box> boxes_;
    geo::SpatialIndex index_;
    std::vector<geo::Box> zone_boxes_;
};

}  // namespace vereda::livelihoods
