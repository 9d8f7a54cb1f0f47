/// Crops through the years with their true identities and fates: what a survey only sees a part of.
///
/// Coca is perennial: a plot stands until it is abandoned or removed, some are enlarged, some planted again. Poppy is
/// annual and rotates at high elevation. Removal displaces a known share of its area within a belt, hectare by hectare.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "regions/crop.hpp"
#include "regions/eradication.hpp"
#include "simulate/landscape_parameters.hpp"
#include "simulate/territory.hpp"

namespace vereda::simulate {

enum class PlotOrigin { first_stock, expansion, displaced, rotation };
enum class PlotEnd { standing, abandoned, removed, rotated };
[[nodiscard]] std::string_view name_of(PlotOrigin origin);
[[nodiscard]] std::string_view name_of(PlotEnd end);

/// A plot at one 31 December.
struct PlotYear {
    int year = 0;
    geo::Ring outline;  ///< true, study CRS
};

struct TruePlot {
    int id = 0;  ///< position in Cultivation::plots plus 1
    regions::Crop crop = regions::Crop::coca;
    geo::Point centre;
    std::size_t vereda = 0;  ///< of the centre
    PlotOrigin origin = PlotOrigin::first_stock;
    std::string origin_event;     ///< displaced: the operation; else empty
    int origin_plot = 0;          ///< displaced: the removed plot it stands for; rotation: the plot before; else 0
    int cleared_year = 0;         ///< forest on its land fell in this year (where there was any)
    std::vector<PlotYear> years;  ///< ascending; a gap is a time without crop
    PlotEnd end = PlotEnd::standing;
    std::vector<std::string> removed_by;  ///< operations, in time order
    std::vector<int> replanted;           ///< years in which it came back
};

struct Operation {
    regions::EradicationEvent event;
    std::size_t vereda = 0;
    std::vector<int> removed_plots;
    geo::Hectares removed;
    geo::Hectares displaced;
};

struct Cultivation {
    std::vector<TruePlot> plots;
    std::vector<Operation> operations;  ///< by id, which is by date
};

[[nodiscard]] Cultivation cultivate(const CultivationParameters& parameters, const Territory& land,
                                    const Surface& tree_cover, std::uint64_t seed);

[[nodiscard]] geo::Hectares area_of(const geo::Ring& outline);

}  // namespace vereda::simulate
