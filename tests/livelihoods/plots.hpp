/// Plots drawn by hand for the tests of small-plot rules.
#pragma once

#include <cmath>
#include <string>

#include "geo/geometry.hpp"
#include "livelihoods/registered_plot.hpp"
#include "livelihoods/rule_pack.hpp"

namespace vereda::tests {

/// Clockwise square with its south-west corner at x, y.
inline geo::MultiPolygon square(double x, double y, double side) {
    geo::Polygon polygon;
    polygon.outer = geo::Ring{{x, y}, {x, y + side}, {x + side, y + side}, {x + side, y}, {x, y}};
    geo::MultiPolygon polygons;
    polygons.push_back(polygon);
    return polygons;
}

/// A square of the given area, four corners each measured apart with 3 m.
inline livelihoods::RegisteredPlot corner_plot(std::string id, std::string household, double area, double x = 0,
                                               double y = 0) {
    livelihoods::RegisteredPlot plot;
    plot.id = std::move(id);
    plot.household_id = std::move(household);
    plot.outline = square(x, y, std::sqrt(area));
    plot.area = geo::SquareMetres(area);
    plot.position_error = geo::Metres(3);
    plot.measured_by = regions::MeasuredBy::corners;
    return plot;
}

/// 1,600 m² per family, one plot each, nothing else.
inline livelihoods::RulePack cato() {
    livelihoods::RulePack pack;
    pack.name = "cato";
    pack.version = "1";
    pack.source = "test";
    pack.max_area = geo::SquareMetres(1600);
    pack.plots_per_unit = 1;
    pack.unit = livelihoods::RuleUnit::family;
    return pack;
}

inline geo::Date day(int year, unsigned month, unsigned number) {
    return geo::Date(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(number));
}

}  // namespace vereda::tests
