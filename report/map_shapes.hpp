/// The geometry of the map, written once per page and shown by every language's figure through <use>.
#pragma once

#include <ostream>
#include <string_view>
#include <vector>

#include "report/map_canvas.hpp"
#include "report/results.hpp"

namespace vereda::report {

/// The years of the study and of its surveys, ascending.
[[nodiscard]] std::vector<int> map_years(const RunResults& results);

/// Upper ends of the density classes in hectares of crop per square kilometre; class 0 is "none seen".
inline constexpr double density_breaks[] = {0.1, 0.3, 1, 3};
inline constexpr int density_classes = 6;  ///< none, four up to the breaks, more

/// The hatchings (p-unseen, p-unknown, p-park, p-people, p-zone) as SVG <pattern> elements.
[[nodiscard]] std::string_view map_patterns();

/// A hidden <svg> whose ids are: r0, r1, … the regions; m-zones; and for each year Y m-density-Y, m-unseen-Y,
/// m-plots-Y, m-events-Y. Above 4,000 plots a year's plots are drawn as dots.
void write_map_shapes(std::ostream& out, const RunResults& results, const MapCanvas& canvas);

}  // namespace vereda::report
