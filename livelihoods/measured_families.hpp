/// The plots of each family put in the order in which they were measured.
///
/// Within one year a family's outlines that cover the same ground are measurements of one plot, and others are
/// different plots that add up. A plot that takes the place of another (`replaces`) follows it as a measurement does.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "livelihoods/registered_plot.hpp"

namespace vereda::livelihoods {

/// Everything that one family had at one time, each plot by its latest measurement so far in the year.
struct MeasurementRound {
    geo::Date day;                   ///< of the latest of its measurements
    std::vector<std::size_t> plots;  ///< positions, ascending
    /// Another day, or another method, than the round before: its error tells nothing about this one's.
    bool independent = true;
};

struct MeasuredFamily {
    std::string_view key;  ///< household, union or licence; empty: a plot of nobody known, alone
    std::optional<regions::Crop> crop;
    std::vector<MeasurementRound> rounds;  ///< by day; never empty
};

/// `key_of` gives the family of the plot at a position; plots with an empty key are each a family of their own.
/// Sorted by key, crop, first plot.
[[nodiscard]] std::vector<MeasuredFamily> measured_families(std::span<const RegisteredPlot> plots,
                                                            const std::function<std::string_view(std::size_t)>& key_of,
                                                            geo::Date as_of);

}  // namespace vereda::livelihoods
