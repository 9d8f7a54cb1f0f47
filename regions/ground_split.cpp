#include "regions/ground_split.hpp"

#include <utility>

#include "geo/topology.hpp"

namespace vereda::regions {
namespace {

double share_within(const Plot& plot, std::size_t region, const RegionSet& regions) {
    if (regions.covers(region, plot.outline)) return 1;
    return geo::planar_area(geo::intersection(plot.outline, regions.regions()[region].geometry)) /
           geo::planar_area(plot.outline);
}

std::vector<PlotShare> plots_of(const GroundPart& part, const Survey& survey, const GroundPatch& patch,
                                const RegionSet& regions) {
    if (patch.plots.size() == 1) return {{patch.plots.front(), part.planar_area / patch.planar_area}};
    std::vector<PlotShare> plots;
    for (const std::size_t i : patch.plots) {
        const double share = share_within(survey.plots[i], part.region, regions);
        if (share > rounding_share) plots.push_back({i, share});
    }
    return plots;
}

}  // namespace

SplitGround split_at_regions(const Survey& survey, const GroundPatch& patch, const RegionSet& regions) {
    SplitGround result;
    if (!(patch.planar_area > 0)) return result;
    const double scale = patch.area.value() / patch.planar_area;
    geo::MultiPolygon rest = patch.geometry;
    for (const std::size_t r : regions.near(geo::envelope(patch.geometry))) {
        const bool whole = regions.covers(r, patch.geometry);
        GroundPart part;
        part.region = r;
        part.geometry = whole ? patch.geometry : geo::intersection(patch.geometry, regions.regions()[r].geometry);
        part.planar_area = whole ? patch.planar_area : geo::planar_area(part.geometry);
        if (!(part.planar_area > 0)) continue;
        part.area_m2 = part.planar_area * scale;
        part.plots = plots_of(part, survey, patch, regions);
        if (patch.plots.size() == 1 && part.plots.front().share <= rounding_share) part.plots.clear();
        result.parts.push_back(std::move(part));
        rest = whole ? geo::MultiPolygon{} : geo::difference(rest, regions.regions()[r].geometry);
    }
    result.outside_m2 = geo::planar_area(rest) * scale;
    return result;
}

}  // namespace vereda::regions
