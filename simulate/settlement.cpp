#include "simulate/settlement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "simulate/least_cost.hpp"
#include "simulate/partition.hpp"
#include "simulate/place_names.hpp"
#include "simulate/random.hpp"
#include "simulate/reach.hpp"

namespace vereda::simulate {

namespace {

double gap(geo::Point a, geo::Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

/// Best-candidate sampling (Mitchell 1991): each village is the best of 400 draws, far from the others, low and near
/// water.
std::vector<std::size_t> village_cells(int count, const Surface& elevation, const Surface& to_river, Random& random) {
    const Frame& frame = elevation.frame;
    const geo::Box extent = frame.extent();
    const double spacing = std::sqrt(extent.width() * extent.height() / count);
    std::vector<std::size_t> out;
    while (static_cast<int>(out.size()) < count) {
        std::size_t best = 0;
        double best_score = -1;
        for (int draw = 0; draw < 400; ++draw) {
            const geo::Point p{random.uniform(extent.min.x + 700, extent.max.x - 700),
                               random.uniform(extent.min.y + 700, extent.max.y - 700)};
            const std::size_t cell = frame.cell_at(p);
            double apart = spacing;
            for (const std::size_t other : out)
                apart = std::min(apart, gap(frame.centre(cell), frame.centre(other)));
            const double score = apart / spacing * (1 - 0.35 * std::min(1.0, elevation.values[cell] / 3000)) *
                                 (1 - 0.3 * std::min(1.0, to_river.values[cell] / 1500));
            if (score > best_score) {
                best_score = score;
                best = cell;
            }
        }
        out.push_back(best);
    }
    return out;
}

/// Veredas to municipalities: each goes to the town it is nearest to over neighbouring land.
std::vector<std::size_t> municipality_of(const std::vector<geo::Point>& villages, const std::vector<std::size_t>& towns,
                                         const std::vector<std::vector<bool>>& adjacent) {
    std::vector<double> cost(villages.size(), std::numeric_limits<double>::infinity());
    std::vector<std::size_t> owner(villages.size(), 0);
    std::vector<bool> done(villages.size(), false);
    for (std::size_t m = 0; m < towns.size(); ++m) {
        cost[towns[m]] = 0;
        owner[towns[m]] = m;
    }
    for (std::size_t round = 0; round < villages.size(); ++round) {
        std::size_t next = villages.size();
        for (std::size_t i = 0; i < villages.size(); ++i) {
            if (!done[i] && (next == villages.size() || cost[i] < cost[next])) next = i;
        }
        done[next] = true;
        for (std::size_t i = 0; i < villages.size(); ++i) {
            const double through = cost[next] + gap(villages[i], villages[next]);
            if (adjacent[next][i] && !done[i] && through < cost[i]) {
                cost[i] = through;
                owner[i] = owner[next];
            }
        }
    }
    return owner;
}

std::vector<std::vector<bool>> adjacency(const Frame& frame, const std::vector<int>& labels, int count) {
    std::vector<std::vector<bool>> out(static_cast<std::size_t>(count),
                                       std::vector<bool>(static_cast<std::size_t>(count), false));
    const auto join = [&](int a, int b) {
        out[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)] = true;
        out[static_cast<std::size_t>(b)][static_cast<std::size_t>(a)] = true;
    };
    for (int row = 0; row + 1 < frame.rows; ++row) {
        for (int column = 0; column + 1 < frame.columns; ++column) {
            join(labels[frame.position(column, row)], labels[frame.position(column + 1, row)]);
            join(labels[frame.position(column, row)], labels[frame.position(column, row + 1)]);
        }
    }
    return out;
}

/// Towns: the lowest village first, then each time the one farthest from all towns so far.
std::vector<std::size_t> town_positions(int count, const std::vector<geo::Point>& villages, const Surface& elevation) {
    std::size_t lowest = 0;
    for (std::size_t i = 0; i < villages.size(); ++i) {
        if (elevation.nearest(villages[i]) < elevation.nearest(villages[lowest])) lowest = i;
    }
    std::vector<std::size_t> towns{lowest};
    while (static_cast<int>(towns.size()) < count) {
        std::size_t best = 0;
        double best_gap = -1;
        for (std::size_t i = 0; i < villages.size(); ++i) {
            double nearest = std::numeric_limits<double>::infinity();
            for (const std::size_t town : towns)
                nearest = std::min(nearest, gap(villages[i], villages[town]));
            nearest *= elevation.nearest(villages[i]) < 1900 ? 1.0 : 0.5;
            if (nearest > best_gap) {
                best_gap = nearest;
                best = i;
            }
        }
        towns.push_back(best);
    }
    return towns;
}

std::string vereda_id(std::size_t municipality, int number) {
    const std::string digits = std::to_string(number);
    return "VQ-" + std::to_string(municipality + 1) + std::string(digits.size() < 2 ? 1 : 0, '0') + digits;
}

}  // namespace

Settlement settle(const TerritoryParameters& parameters, const Surface& elevation, const Surface& to_river,
                  std::uint64_t seed) {
    Random random(seed, "settlement");
    const Surface height = coarsened(elevation, 3);
    const Frame coarse = height.frame;
    std::vector<geo::Point> villages;
    CostQuery query{{}, true};
    for (const std::size_t cell : village_cells(parameters.veredas, elevation, to_river, random)) {
        villages.push_back(elevation.frame.centre(cell));
        query.sources.push_back(coarse.cell_at(villages.back()));
    }
    const CostField field = spread(reach_friction(height, seed), query);
    const std::vector<geo::MultiPolygon> lands = partition(coarse, field.source, parameters.veredas);

    const std::vector<std::size_t> towns = town_positions(parameters.municipalities, villages, elevation);
    const std::vector<std::size_t> owner =
        municipality_of(villages, towns, adjacency(coarse, field.source, parameters.veredas));
    const PlaceNames names = place_names(parameters.municipalities, parameters.veredas, random);

    Settlement out;
    for (std::size_t m = 0; m < towns.size(); ++m) {
        int number = 0;
        for (std::size_t i = 0; i < villages.size(); ++i) {
            if (owner[i] != m) continue;
            if (i == towns[m]) out.towns.push_back(out.veredas.size());
            const double hectares = geo::planar_area(lands[i]) / 10'000;
            out.veredas.push_back({vereda_id(m, ++number), names.veredas[i], names.municipalities[m], lands[i],
                                   villages[i], geo::Hectares(hectares), 0});
        }
    }
    return out;
}

}  // namespace vereda::simulate
