#include "regions/plot_error.hpp"

#include <cmath>

#include "regions/outline_error.hpp"

namespace vereda::regions {
namespace {

constexpr geo::Metres kWalkCorrelation{60};  ///< methods §11

double length(const geo::Ring& ring) {
    double sum = 0;
    for (std::size_t i = 1; i < ring.size(); ++i)
        sum += std::hypot(ring[i].x - ring[i - 1].x, ring[i].y - ring[i - 1].y);
    return sum;
}

double perimeter(const geo::MultiPolygon& polygons) {
    double sum = 0;
    for (const geo::Polygon& polygon : polygons) {
        sum += length(polygon.outer);
        for (const geo::Ring& ring : polygon.inners)
            sum += length(ring);
    }
    return sum;
}

}  // namespace

PlotError plot_error(const Plot& plot, const Survey& survey) {
    PlotError error;
    const std::optional<geo::Metres> position = plot.position_error ? plot.position_error : survey.position_error;
    if (plot.area_sd) {
        error.own = plot.area_sd;
    } else if (position) {
        const geo::Metres correlation = measured_apart(plot.measured_by) ? geo::Metres(0) : kWalkCorrelation;
        error.own = area_sd(plot.outline, {*position, correlation});
    }
    if (survey.outline_bias_sd) error.shared = *survey.outline_bias_sd * geo::Metres(perimeter(plot.outline));
    return error;
}

}  // namespace vereda::regions
