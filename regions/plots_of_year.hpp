/// The outlines that surveys drew, by year, whatever the crop.
#pragma once

#include <span>
#include <vector>

#include "regions/survey.hpp"

namespace vereda::regions {

struct PlotsOfYear {
    int year = 0;
    std::vector<const geo::MultiPolygon*> outlines;  ///< of the surveys, which must outlive this
};

/// Years ascending; of a year in the order of the surveys and of their plots.
[[nodiscard]] std::vector<PlotsOfYear> plots_by_year(std::span<const Survey> surveys);

}  // namespace vereda::regions
