#include "regions/crop_ground.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "geo/spatial_index.hpp"
#include "geo/topology.hpp"
#include "regions/plots_of_year.hpp"

namespace vereda::regions {
namespace {

/// A plot's part of one region.
struct Part {
    int year = 0;
    geo::MultiPolygon ground;
};

/// The parts of a region's plots, years in order.
std::vector<Part> parts_in(const geo::MultiPolygon& region, std::span<const PlotsOfYear> years,
                           std::span<const geo::SpatialIndex> indexes) {
    const geo::PreparedPolygons land(region);
    std::vector<Part> parts;
    for (std::size_t y = 0; y < years.size(); ++y) {
        for (const std::size_t i : indexes[y].query(geo::envelope(region))) {
            const geo::MultiPolygon& outline = *years[y].outlines[i];
            if (land.covers(outline)) {
                parts.push_back({years[y].year, outline});
            } else if (land.intersects(outline)) {
                geo::MultiPolygon inside = geo::intersection(outline, region);
                if (!inside.empty()) parts.push_back({years[y].year, std::move(inside)});
            }
        }
    }
    return parts;
}

/// What each part has beyond those before it, which is cut from its own neighbours alone: never from the sum of all,
/// whose union grows with the years.
std::vector<FirstCrop> first_crops_of(std::size_t region, const std::vector<Part>& parts) {
    std::vector<geo::Box> boxes;
    for (const Part& part : parts)
        boxes.push_back(geo::envelope(part.ground));
    const geo::SpatialIndex index(boxes);
    std::vector<FirstCrop> pieces;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        std::vector<geo::MultiPolygon> before;
        for (const std::size_t i : index.query(boxes[p]))
            if (i < p) before.push_back(parts[i].ground);
        geo::MultiPolygon fresh =
            before.empty() ? parts[p].ground : geo::difference(parts[p].ground, geo::union_of(before));
        if (fresh.empty()) continue;
        if (pieces.empty() || pieces.back().year != parts[p].year) pieces.push_back({region, parts[p].year, {}});
        std::ranges::move(fresh, std::back_inserter(pieces.back().ground));
    }
    return pieces;
}

}  // namespace

std::vector<FirstCrop> first_crops(const RegionSet& regions, std::span<const Survey> surveys,
                                   geo::Parallelism parallelism) {
    const std::vector<PlotsOfYear> years = plots_by_year(surveys);
    std::vector<geo::SpatialIndex> indexes;
    for (const PlotsOfYear& plots : years) {
        std::vector<geo::Box> boxes;
        for (const geo::MultiPolygon* outline : plots.outlines)
            boxes.push_back(geo::envelope(*outline));
        indexes.emplace_back(boxes);
    }
    std::vector<FirstCrop> pieces;
    geo::parallel_ordered<std::vector<FirstCrop>>(
        regions.regions().size(), parallelism,
        [&](std::size_t r) {
            const geo::MultiPolygon& region = regions.regions()[r].geometry;
            return region.empty() ? std::vector<FirstCrop>{} : first_crops_of(r, parts_in(region, years, indexes));
        },
        [&](std::size_t, std::vector<FirstCrop>&& of_region) {
            std::ranges::move(of_region, std::back_inserter(pieces));
        });
    return pieces;
}

}  // namespace vereda::regions
