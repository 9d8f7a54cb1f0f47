/// Reach by how far families and crops lie from a service, and the growing areas that no programme has reached.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/quantity.hpp"
#include "livelihoods/household.hpp"
#include "livelihoods/programme.hpp"
#include "regions/region_set.hpp"
#include "regions/survey.hpp"

namespace vereda::livelihoods {

/// How far each family and each plot of the last surveys lies from the nearest place of one kind.
struct AccessTo {
    std::string kind;                               ///< market, clinic, school, bank
    std::string unit;                               ///< "h" over terrain, "km" in a straight line
    std::vector<double> edges;                      ///< ascending upper ends of the bands; the last band is open
    std::vector<std::optional<double>> households;  ///< as in the register; nullopt: no home or no way
    std::vector<std::optional<double>> plots;       ///< as in growing_plots()
};

/// A plot of the last survey of its crop, in one region.
struct GrowingPlot {
    const regions::Plot* plot = nullptr;
    const regions::Survey* survey = nullptr;
    std::string region_id;  ///< of its middle; empty: none
    geo::Point middle;      ///< analysis CRS, inside the envelope
};
[[nodiscard]] std::vector<GrowingPlot> growing_plots(std::span<const regions::Survey> surveys,
                                                     const regions::RegionSet& regions);

/// Which families any delivery has reached by the day, own or region-wide.
struct DeliveryReach {
    std::vector<bool> promised;  ///< by household
    std::vector<bool> delivered;
    std::vector<bool> confirmed;
};
[[nodiscard]] DeliveryReach delivery_reach(std::span<const Household> households, std::span<const Delivery> deliveries,
                                           geo::Date as_of);

struct ReachRow {
    std::string kind;
    std::string unit;
    std::optional<double> from;  ///< nullopt in both: the distance is not known
    std::optional<double> to;    ///< nullopt: no upper end
    long registered = 0;
    long promised = 0;
    long delivered = 0;
    long confirmed = 0;
    std::optional<double> delivered_share;
    geo::Hectares crop;          ///< area of the last surveys' plots in the band
    geo::Hectares crop_reached;  ///< of it, on plots that some delivery has reached
};

enum class NotReached { family_without_delivery, no_reached_family_near, no_delivery_in_region, outside_regions };
[[nodiscard]] std::string_view name_of(NotReached why);

struct PlotReach {
    std::size_t plot = 0;                ///< position in growing_plots()
    std::optional<NotReached> missing;   ///< nullopt: reached
    std::optional<geo::Metres> nearest;  ///< straight line to the nearest family with a delivery and a known home
};

/// A plot that is not reached, as outputs show it. Internal: it names a place.
struct NotReachedPlot {
    std::string plot_id;
    int year = 0;
    regions::Crop crop = regions::Crop::coca;
    std::string region_id;
    geo::SquareMetres area;
    geo::MultiPolygon outline;
    NotReached why = NotReached::outside_regions;
    std::optional<geo::Metres> nearest;
};

/// A plot is reached where its own family got a delivery; of a plot whose family is not told, where a family with a
/// delivery lives within `near` (straight line, analysis CRS); where no such family's home is known in the region,
/// where anybody in the region got one. Confirmed or not: this asks whether a programme has come at all.
[[nodiscard]] std::vector<PlotReach> plot_reach(std::span<const GrowingPlot> plots,
                                                std::span<const Household> households, const DeliveryReach& reach,
                                                geo::Metres near);

/// One row per band, the unknown last; bands without families and crops included.
[[nodiscard]] std::vector<ReachRow> reach_by_access(const AccessTo& access, const DeliveryReach& reach,
                                                    std::span<const GrowingPlot> plots,
                                                    std::span<const PlotReach> plot_reach);

}  // namespace vereda::livelihoods
