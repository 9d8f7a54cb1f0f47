#include "regions/crop_ground.hpp"

#include <algorithm>
#include <iterator>
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

geo::SpatialIndex index_of(const std::vector<geo::MultiPolygon>& parts) {
    std::vector<geo::Box> boxes;
    for (const geo::MultiPolygon& part : parts)
        boxes.push_back(geo::envelope(part));
    return geo::SpatialIndex(boxes);
}

/// The union of the parts in pieces that stand apart: one union of everything takes far longer than many small ones.
std::vector<geo::MultiPolygon> apart(std::vector<geo::MultiPolygon> parts) {
    const geo::SpatialIndex index = index_of(parts);
    std::vector<geo::MultiPolygon> pieces;
    std::vector<bool> taken(parts.size(), false);
    for (std::size_t first = 0; first < parts.size(); ++first) {
        if (taken[first]) continue;
        taken[first] = true;
        std::vector<std::size_t> group{first};
        for (std::size_t next = 0; next < group.size(); ++next)
            for (const std::size_t other : index.query(geo::envelope(parts[group[next]]))) {
                if (taken[other]) continue;
                taken[other] = true;
                group.push_back(other);
            }
        std::vector<geo::MultiPolygon> together;
        for (const std::size_t part : group)
            together.push_back(std::move(parts[part]));
        pieces.push_back(together.size() == 1 ? std::move(together.front()) : geo::union_of(together));
    }
    return pieces;
}

/// Pieces of `ground` that lie on none of `earlier`, added up.
geo::MultiPolygon beyond(const std::vector<geo::MultiPolygon>& ground, const std::vector<geo::MultiPolygon>& earlier) {
    const geo::SpatialIndex index = index_of(earlier);
    geo::MultiPolygon fresh;
    for (const geo::MultiPolygon& piece : ground) {
        std::vector<geo::MultiPolygon> under;
        for (const std::size_t i : index.query(geo::envelope(piece)))
            under.push_back(earlier[i]);
        const geo::MultiPolygon left = under.empty() ? piece : geo::difference(piece, geo::union_of(under));
        fresh.insert(fresh.end(), left.begin(), left.end());
    }
    return fresh;
}

std::vector<FirstCrop> first_crops_of(const RegionSet& regions, std::size_t r, const std::vector<YearPlots>& years) {
    const geo::MultiPolygon& region = regions.regions()[r].geometry;
    if (region.empty()) return {};
    const geo::PreparedPolygons land(region);
    std::vector<FirstCrop> pieces;
    std::vector<geo::MultiPolygon> seen;
    for (const YearPlots& plots : years) {
        std::vector<geo::MultiPolygon> parts;
        for (const std::size_t i : plots.index.query(geo::envelope(region))) {
            const geo::MultiPolygon& outline = *plots.outlines[i];
            if (land.covers(outline))
                parts.push_back(outline);
            else if (land.intersects(outline))
                parts.push_back(geo::intersection(outline, region));
        }
        std::erase_if(parts, [](const geo::MultiPolygon& part) { return part.empty(); });
        std::vector<geo::MultiPolygon> ground = apart(std::move(parts));
        geo::MultiPolygon fresh = beyond(ground, seen);
        if (&plots != &years.back()) {
            std::ranges::move(ground, std::back_inserter(seen));
            seen = apart(std::move(seen));
        }
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
