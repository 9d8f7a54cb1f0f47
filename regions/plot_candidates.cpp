#include "regions/plot_candidates.hpp"

#include <algorithm>
#include <cmath>

#include "geo/shared_area.hpp"
#include "geo/spatial_index.hpp"

namespace vereda::regions {

namespace {

constexpr std::size_t plots_to_a_task = 1024;
/// Outlines that share nothing and differ this much in size are no candidates.
constexpr double most_size_ratio = 4;

geo::Box grown(const geo::Box& box, geo::Point moved, double reach) {
    return {{box.min.x + moved.x - reach, box.min.y + moved.y - reach},
            {box.max.x + moved.x + reach, box.max.y + moved.y + reach}};
}

bool like_size(double a, double b) {
    return a <= most_size_ratio * b && b <= most_size_ratio * a;
}

}  // namespace

std::vector<PlotPair> plot_candidates(std::span<const SoughtPlot> known, std::span<const Plot> plots,
                                      std::span<const PlotShape> shapes, geo::Parallelism parallelism,
                                      geo::Progress* progress) {
    std::vector<geo::Box> boxes;
    boxes.reserve(shapes.size());
    for (const PlotShape& shape : shapes)
        boxes.push_back(shape.box);
    const geo::SpatialIndex index(boxes);
    const std::size_t tasks = (known.size() + plots_to_a_task - 1) / plots_to_a_task;
    std::vector<PlotPair> pairs;
    geo::parallel_ordered<std::vector<PlotPair>>(
        tasks, parallelism,
        [&](std::size_t task) {
            std::vector<PlotPair> found;
            const std::size_t end = std::min(known.size(), (task + 1) * plots_to_a_task);
            for (std::size_t k = task * plots_to_a_task; k < end; ++k) {
                const SoughtPlot& sought = known[k];
                for (const std::size_t s : index.query(grown(sought.shape.box, sought.moved, sought.reach))) {
                    PlotPair pair;
                    pair.known = static_cast<std::uint32_t>(k);
                    pair.seen = static_cast<std::uint32_t>(s);
                    pair.shared = geo::shared_area(plots[s].outline, *sought.outline, sought.moved);
                    if (!(pair.shared > 0) && !like_size(sought.shape.area, shapes[s].area)) continue;
                    pair.dx = shapes[s].centre.x - sought.expected.x;
                    pair.dy = shapes[s].centre.y - sought.expected.y;
                    const double stretch = shapes[s].stretch - sought.shape.stretch;
                    const double diagonal = shapes[s].diagonal - sought.shape.diagonal;
                    pair.form = stretch * stretch + diagonal * diagonal;
                    found.push_back(pair);
                }
            }
            return found;
        },
        [&](std::size_t, std::vector<PlotPair>&& found) {
            pairs.insert(pairs.end(), found.begin(), found.end());
            if (progress != nullptr) progress->check();
        });
    return pairs;
}

}  // namespace vereda::regions
