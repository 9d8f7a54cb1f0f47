#include "simulate/cell_forest.hpp"

#include <algorithm>
#include <cmath>

#include "simulate/random.hpp"

namespace vereda::simulate {

CellForest cell_forest(const Frontier& land, const CropRun& run, std::uint64_t seed) {
    constexpr double from_forest = 0.45;
    constexpr double with_it = 1.0 / 3;
    Random random(seed, "cell_forest");
    CellForest out;
    out.forest.resize(land.cells.size());
    out.loss.resize(land.cells.size());
    const std::size_t years = run.crop.empty() ? 0 : run.crop.front().size();
    std::vector<double> dry;
    for (std::size_t t = 0; t < years; ++t)
        dry.push_back(random.chance(0.3) ? random.uniform(1, 3) : 0.2);
    for (std::size_t i = 0; i < land.cells.size(); ++i) {
        const FrontierCell& cell = land.cells[i];
        double standing = cell.forest;
        for (std::size_t t = 0; t < years; ++t) {
            CellLoss loss;
            if (t > 0) {
                const double fresh = std::max(0.0, run.crop[i][t] - run.crop[i][t - 1]);
                const double moved = std::min(fresh, run.arrived[i][t] - run.arrived[i][t - 1]);
                const double near_road = 1 - (cell.access_min - 30) / 570;
                loss.direct = from_forest * fresh;
                loss.associated = with_it * loss.direct;
                loss.cattle = standing * (0.002 + 0.010 * near_road) * std::exp(random.normal(0, 0.5));
                loss.fire = standing * 0.0008 * dry[t] * std::exp(random.normal(0, 1));
                loss.other = standing * 0.0006 * std::exp(random.normal(0, 0.7));
                if (fresh > 0) loss.displaced = (loss.direct + loss.associated) * moved / fresh;
                const double factor = loss.total() > standing ? standing / loss.total() : 1;
                for (double* part :
                     {&loss.direct, &loss.associated, &loss.cattle, &loss.fire, &loss.other, &loss.displaced})
                    *part *= factor;
            }
            standing -= loss.total();
            out.forest[i].push_back(standing);
            out.loss[i].push_back(loss);
        }
    }
    return out;
}

}  // namespace vereda::simulate
