#include "regions/crop_ground.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "geo/spatial_index.hpp"
#include "geo/topology.hpp"

namespace vereda::regions {
namespace {

/// The outlines of all plots of one year, whatever the crop, with an index.
struct YearPlots {
    int year = 0;
    std::vector<const geo::MultiPolygon*> outlines;
    geo::SpatialIndex index{std::span<const geo::Box>{}};
};

std::vector<YearPlots> plots_by_year(std::span<const Survey> surveys) {
    std::map<int, YearPlots> by_year;
    for (const Survey& survey : surveys) {
        YearPlots& plots = by_year[survey.year];
        plots.year = survey.year;
        for (const Plot& plot : survey.plots)
            plots.outlines.push_back(&plot.outline);
    }
    std::vector<YearPlots> result;
    for (auto& [year, plots] : by_year) {
        std::vector<geo::Box> boxes;
        for (const geo::MultiPolygon* outline : plots.outlines)
            boxes.push_back(geo::envelope(*outline));
        plots.index = geo::SpatialIndex(boxes);
        result.push_back(std::move(plots));
    }
    return result;
}

std::vector<FirstCrop> first_crops_of(const RegionSet& regions, std::size_t r, const std::vector<YearPlots>& years) {
    const geo::MultiPolygon& region = regions.regions()[r].geometry;
    if (region.empty()) return {};
    const geo::PreparedPolygons land(region);
    std::vector<FirstCrop> pieces;
    geo::MultiPolygon seen;
    for (const YearPlots& plots : years) {
        std::vector<geo::MultiPolygon> near;
        for (const std::size_t i : plots.index.query(geo::envelope(region))) {
            const geo::MultiPolygon& outline = *plots.outlines[i];
            if (land.covers(outline))
                near.push_back(outline);
            else if (land.intersects(outline))
                near.push_back(geo::intersection(outline, region));
        }
        geo::MultiPolygon ground = geo::union_of(near);
        geo::MultiPolygon fresh = seen.empty() ? ground : geo::difference(ground, seen);
        if (ground.empty()) continue;
        seen = seen.empty() ? std::move(ground) : geo::union_of({std::move(seen), std::move(ground)});
        if (!fresh.empty()) pieces.push_back({r, plots.year, std::move(fresh)});
    }
    return pieces;
}

}  // namespace

std::vector<FirstCrop> first_crops(const RegionSet& regions, std::span<const Survey> surveys,
                                   geo::Parallelism parallelism) {
    const std::vector<YearPlots> years = plots_by_year(surveys);
    std::vector<FirstCrop> pieces;
    geo::parallel_ordered<std::vector<FirstCrop>>(
        regions.regions().size(), parallelism, [&](std::size_t r) { return first_crops_of(regions, r, years); },
        [&](std::size_t, std::vector<FirstCrop>&& of_region) {
            std::ranges::move(of_region, std::back_inserter(pieces));
        });
    return pieces;
}

}  // namespace vereda::regions
