#include "livelihoods/registered_plot.hpp"

#include <algorithm>

#include "geo/calendar.hpp"
#include "geo/topology.hpp"

namespace vereda::livelihoods {

geo::Date judged_day(const RegisteredPlot& plot, geo::Date as_of) {
    if (plot.image_date) return std::min(*plot.image_date, as_of);
    if (plot.year) return std::min(geo::last_day_of(*plot.year), as_of);
    return as_of;
}

bool same_ground(const regions::Plot& a, const regions::Plot& b) {
    if (!geo::envelope(a.outline).intersects(geo::envelope(b.outline))) return false;
    const double smaller = std::min(geo::planar_area(a.outline), geo::planar_area(b.outline));
    return geo::planar_area(geo::intersection(a.outline, b.outline)) > same_plot_overlap * smaller;
}

}  // namespace vereda::livelihoods
