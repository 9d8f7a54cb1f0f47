#include "simulate/least_cost.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
#include <tuple>

namespace vereda::simulate {

CostField spread(const Surface& friction, const CostQuery& query) {
    const Frame& frame = friction.frame;
    CostField out{std::vector<double>(frame.size(), std::numeric_limits<double>::infinity()),
                  std::vector<std::size_t>(frame.size(), 0), std::vector<int>(frame.size(), -1)};
    using Entry = std::tuple<double, std::size_t, std::size_t>;  // cost, arrival, cell
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> front;
    std::size_t arrival = 0;
    for (std::size_t i = 0; i < query.sources.size(); ++i) {
        const std::size_t cell = query.sources[i];
        out.cost[cell] = 0;
        out.before[cell] = cell;
        out.source[cell] = static_cast<int>(i);
        front.emplace(0.0, arrival++, cell);
    }
    std::vector<bool> done(frame.size(), false);
    while (!front.empty()) {
        const std::size_t cell = std::get<2>(front.top());
        front.pop();
        if (done[cell]) continue;
        done[cell] = true;
        const int column = frame.column_of(cell);
        const int row = frame.row_of(cell);
        for (int step = 0; step < 9; ++step) {
            const int dc = step % 3 - 1;
            const int dr = step / 3 - 1;
            const bool diagonal = dc != 0 && dr != 0;
            if ((dc == 0 && dr == 0) || (diagonal && query.four_neighbours) || !frame.holds(column + dc, row + dr))
                continue;
            const std::size_t next = frame.position(column + dc, row + dr);
            const double metres = frame.cell * (diagonal ? std::sqrt(2.0) : 1.0);
            const double cost = out.cost[cell] + metres * (friction.values[cell] + friction.values[next]) / 2;
            if (cost < out.cost[next]) {
                out.cost[next] = cost;
                out.before[next] = cell;
                out.source[next] = out.source[cell];
                front.emplace(cost, arrival++, next);
            }
        }
    }
    return out;
}

std::vector<std::size_t> way_to(const CostField& field, std::size_t target) {
    std::vector<std::size_t> way{target};
    while (field.before[way.back()] != way.back())
        way.push_back(field.before[way.back()]);
    std::reverse(way.begin(), way.end());
    return way;
}

}  // namespace vereda::simulate
