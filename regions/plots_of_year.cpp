#include "regions/plots_of_year.hpp"

#include <map>
#include <utility>

namespace vereda::regions {

std::vector<PlotsOfYear> plots_by_year(std::span<const Survey> surveys) {
    std::map<int, PlotsOfYear> by_year;
    for (const Survey& survey : surveys) {
        PlotsOfYear& plots = by_year[survey.year];
        plots.year = survey.year;
        for (const Plot& plot : survey.plots)
            plots.outlines.push_back(&plot.outline);
    }
    std::vector<PlotsOfYear> result;
    for (auto& [year, plots] : by_year)
        result.push_back(std::move(plots));
    return result;
}

}  // namespace vereda::regions
