#include "regions/crop_ground.hpp"

#include <algorithm>
#include <array>
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
    std::vector<FirstCrop> pieces;
    geo::MultiPolygon seen;
    for (const YearPlots& plots : years) {
        std::vector<geo::MultiPolygon> near;
        for (const std::size_t i : plots.index.query(geo::envelope(region))) {
            const geo::MultiPolygon& outline = *plots.outlines[i];
            near.push_back(regions.covers(r, outline) ? outline : geo::intersection(outline, region));
        }
        geo::MultiPolygon ground = geo::union_of(near);
        geo::MultiPolygon fresh = seen.empty() ? ground : geo::difference(ground, seen);
        if (ground.empty()) continue;
        seen = seen.empty() ? std::move(ground) : geo::union_of({std::move(seen), std::move(ground)});
        if (!fresh.empty()) pieces.push_back({r, plots.year, std::move(fresh)});
    }
    return pieces;
}

geo::Box widened(const geo::Box& box, double by) {
    return {{box.min.x - by, box.min.y - by}, {box.max.x + by, box.max.y + by}};
}

/// Parts of a distance by which ground grows at a time: what stands close melts into one before the wide step. The
/// ground within a + b of a set is the ground within b of the ground within a.
constexpr std::array kSteps{1.0 / 16, 3.0 / 16, 12.0 / 16};

/// One buffer of many outlines that overlap takes far longer than the union of their buffers.
geo::MultiPolygon grown(geo::MultiPolygon ground, double by) {
    for (const double step : kSteps) {
        std::vector<geo::MultiPolygon> parts;
        for (geo::Polygon& part : ground)
            parts.push_back(geo::buffer(geo::MultiPolygon{std::move(part)}, step * by));
        ground = geo::union_of(parts);
    }
    return ground;
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

std::vector<std::vector<geo::MultiPolygon>> near_crop(const RegionSet& regions, std::span<const Survey> surveys,
                                                      std::span<const geo::Metres> radii,
                                                      geo::Parallelism parallelism) {
    std::vector<const geo::MultiPolygon*> outlines;
    std::vector<geo::Box> boxes;
    for (const Survey& survey : surveys) {
        for (const Plot& plot : survey.plots) {
            outlines.push_back(&plot.outline);
            boxes.push_back(geo::envelope(plot.outline));
        }
    }
    const geo::SpatialIndex index(boxes);
    const std::size_t count = regions.regions().size();
    std::vector<std::vector<geo::MultiPolygon>> near(radii.size(), std::vector<geo::MultiPolygon>(count));
    geo::parallel_for(count, parallelism, [&](std::size_t r) {
        const geo::MultiPolygon& region = regions.regions()[r].geometry;
        if (region.empty()) return;
        for (std::size_t k = 0; k < radii.size(); ++k) {
            const double radius = radii[k].value();
            std::vector<geo::MultiPolygon> around;
            for (const std::size_t i : index.query(widened(geo::envelope(region), radius)))
                around.push_back(*outlines[i]);
            geo::MultiPolygon ground = grown(geo::union_of(around), radius);
            near[k][r] = geo::intersection(ground, region);
        }
    });
    return near;
}

}  // namespace vereda::regions
