/// What register, zones and neighbours say about a registered plot.
///
/// A check whose parameter the pack does not set makes no finding.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "geo/spatial_index.hpp"
#include "livelihoods/finding.hpp"
#include "livelihoods/household.hpp"
#include "livelihoods/kinship.hpp"
#include "livelihoods/roll.hpp"
#include "livelihoods/zone_position.hpp"

namespace vereda::livelihoods {

/// Plots of one household, or of different ones, no further apart than this may be one parcel divided (d).
inline constexpr geo::Metres adjacent_within{10};
/// Families whose homes lie no further apart than this live in one house (d).
inline constexpr geo::Metres one_home_within{25};

/// What is known about the plot when its findings are asked for.
struct FindingContext {
    const RulePack& pack;
    geo::Date day;
    std::optional<geo::SquareMetres> sd;  ///< of its area
    long plots_of_unit = 1;               ///< plots that its family, union or licence had at the time
};

class PlotFindings {
  public:
    /// The spans must outlive this. `positions` are those of the same zones.
    PlotFindings(std::span<const RegisteredPlot> plots, std::span<const Household> households,
                 const ZonePosition& positions);

    /// Register, title, number of plots, zone, neighbours, calendar; in this order.
    [[nodiscard]] std::vector<Finding> of(std::size_t plot, const FindingContext& context) const;
    /// Only what the zones say: for plots to which the rest of the pack does not apply.
    void add_zone_finding(std::size_t plot, const FindingContext& context, std::vector<Finding>& findings) const;
    [[nodiscard]] const Household* household_of(std::size_t plot) const;
    /// The plot's household, union or licence; empty where it is not known.
    [[nodiscard]] std::string_view unit_of(std::size_t plot, RuleUnit unit) const;
    /// Plots whose boxes come within `distance` of the plot's, itself left out, ascending.
    [[nodiscard]] std::vector<std::size_t> near(std::size_t plot, geo::Metres distance) const;

  private:
    void add_register_findings(std::size_t plot, const FindingContext& context, std::vector<Finding>& findings) const;
    void add_neighbour_findings(std::size_t plot, const FindingContext& context, std::vector<Finding>& findings) const;
    void add_calendar_finding(std::size_t plot, const FindingContext& context, std::vector<Finding>& findings) const;
    void add_kin_findings(std::size_t plot, std::size_t other, std::vector<Finding>& findings) const;
    [[nodiscard]] bool one_family(std::size_t a, std::size_t b) const;
    [[nodiscard]] bool same_year(std::size_t a, std::size_t b) const;

    std::span<const RegisteredPlot> plots_;
    const ZonePosition* positions_;
    Roll roll_;
    Kinship kinship_;
    std::map<std::string_view, const Household*> by_id_;
    std::map<std::string_view, long> households_by_registration_;
    std::vector<const Household*> household_;  ///< of each plot
    std::vector<geo::Box> boxes_;
    geo::SpatialIndex index_;
};

}  // namespace vereda::livelihoods
