/// A plot as a small-plot register holds it: the outline, and what the register says besides.
#pragma once

#include <optional>
#include <string>

#include "geo/date.hpp"
#include "regions/crop.hpp"
#include "regions/survey.hpp"

namespace vereda::livelihoods {

/// Ids are unique within a year.
struct RegisteredPlot : regions::Plot {
    std::optional<int> year = {};            ///< of the survey or inspection
    std::optional<regions::Crop> crop = {};  ///< nullopt: the pack's
    std::string parcel_id = {};              ///< parcel of land that the plot lies on; empty: not told
    std::string replaces = {};               ///< id of a plot lost to a flood, in place of which this one was laid
    std::optional<geo::Metres> correlation_length = {};  ///< of its position errors along the walk, where measured
    std::optional<double> slope_degrees = {};            ///< mean slope of the ground
};

/// The day by whose rule the plot is judged: that of its image or walk, else the last day of its year; never after
/// `as_of`.
[[nodiscard]] geo::Date judged_day(const RegisteredPlot& plot, geo::Date as_of);

/// Outlines that share more than this of the smaller one are one plot, registered or measured twice (d).
inline constexpr double same_plot_overlap = 0.5;
[[nodiscard]] bool same_ground(const regions::Plot& a, const regions::Plot& b);

}  // namespace vereda::livelihoods
