#include "regions/plot_ground.hpp"

#include <numeric>
#include <utility>

#include "geo/topology.hpp"

namespace vereda::regions {
namespace {

/// Less shared ground than this part of the smaller plot is rounding along a common edge.
constexpr double kTouchShare = 1e-9;

/// Disjoint sets over positions; the lowest position stands for its set.
class Sets {
  public:
    explicit Sets(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
    [[nodiscard]] std::size_t lowest(std::size_t i) {
        while (parent_[i] != i)
            i = parent_[i] = parent_[parent_[i]];
        return i;
    }
    void join(std::size_t a, std::size_t b) {
        a = lowest(a);
        b = lowest(b);
        if (a != b) parent_[std::max(a, b)] = std::min(a, b);
    }

  private:
    std::vector<std::size_t> parent_;
};

std::vector<std::size_t> later_plots_overlapping(const std::vector<Plot>& plots, const geo::SpatialIndex& index,
                                                 std::size_t i) {
    std::vector<std::size_t> found;
    const double own = geo::planar_area(plots[i].outline);
    for (const std::size_t j : index.query(geo::envelope(plots[i].outline))) {
        if (j <= i) continue;
        const double shared = geo::planar_area(geo::intersection(plots[i].outline, plots[j].outline));
        if (shared > kTouchShare * std::min(own, geo::planar_area(plots[j].outline))) found.push_back(j);
    }
    return found;
}

void measure(GroundPatch& patch, const std::vector<Plot>& plots) {
    double planar_sum = 0;
    geo::SquareMetres area_sum;
    std::vector<geo::MultiPolygon> outlines;
    for (const std::size_t i : patch.plots) {
        planar_sum += geo::planar_area(plots[i].outline);
        area_sum += plots[i].area;
        outlines.push_back(plots[i].outline);
    }
    patch.geometry = outlines.size() == 1 ? std::move(outlines.front()) : geo::union_of(outlines);
    patch.planar_area = patch.plots.size() == 1 ? planar_sum : geo::planar_area(patch.geometry);
    patch.area = area_sum * (planar_sum > 0 ? patch.planar_area / planar_sum : 0);
}

}  // namespace

std::vector<GroundPatch> plot_ground(const Survey& survey, geo::Parallelism parallelism) {
    const std::vector<Plot>& plots = survey.plots;
    std::vector<geo::Box> boxes;
    boxes.reserve(plots.size());
    for (const Plot& plot : plots)
        boxes.push_back(geo::envelope(plot.outline));
    const geo::SpatialIndex index(boxes);

    Sets sets(plots.size());
    geo::parallel_ordered<std::vector<std::size_t>>(
        plots.size(), parallelism, [&](std::size_t i) { return later_plots_overlapping(plots, index, i); },
        [&](std::size_t i, std::vector<std::size_t>&& overlapping) {
            for (const std::size_t j : overlapping)
                sets.join(i, j);
        });

    std::vector<GroundPatch> patches;
    std::vector<std::size_t> patch_of(plots.size());
    for (std::size_t i = 0; i < plots.size(); ++i) {
        const std::size_t lowest = sets.lowest(i);
        if (lowest == i) {
            patch_of[i] = patches.size();
            patches.emplace_back();
        }
        patches[patch_of[lowest]].plots.push_back(i);
    }
    geo::parallel_for(patches.size(), parallelism, [&](std::size_t p) { measure(patches[p], plots); });
    return patches;
}

}  // namespace vereda::regions
