#include "simulate/drainage.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <queue>
#include <tuple>

#include "simulate/curve.hpp"

namespace vereda::simulate {

namespace {

constexpr double pit_step = 0.001;  ///< metres

template <class Visit>
void each_neighbour(const Frame& frame, std::size_t cell, const Visit& visit) {
    const int column = frame.column_of(cell);
    const int row = frame.row_of(cell);
    for (int dr = -1; dr <= 1; ++dr) {
        for (int dc = -1; dc <= 1; ++dc) {
            if ((dr != 0 || dc != 0) && frame.holds(column + dc, row + dr)) {
                visit(frame.position(column + dc, row + dr), dr != 0 && dc != 0 ? std::sqrt(2.0) : 1.0);
            }
        }
    }
}

}  // namespace

Drainage drained(const Surface& elevation) {
    const Frame& frame = elevation.frame;
    Drainage out{elevation, std::vector<std::size_t>(frame.size()), {}, std::vector<double>(frame.size(), 1.0)};
    out.order.reserve(frame.size());
    std::iota(out.receiver.begin(), out.receiver.end(), std::size_t{0});

    using Entry = std::tuple<double, std::size_t, std::size_t>;  // elevation, arrival, cell
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> front;
    std::vector<bool> seen(frame.size(), false);
    std::size_t arrival = 0;
    for (int row = 0; row < frame.rows; ++row) {
        const std::size_t cell = frame.position(frame.columns - 1, row);
        seen[cell] = true;
        front.emplace(elevation.values[cell], arrival++, cell);
    }
    while (!front.empty()) {
        const std::size_t cell = std::get<2>(front.top());
        front.pop();
        out.order.push_back(cell);
        each_neighbour(frame, cell, [&](std::size_t next, double) {
            if (seen[next]) return;
            seen[next] = true;
            out.receiver[next] = cell;
            out.filled.values[next] = std::max(elevation.values[next], out.filled.values[cell] + pit_step);
            front.emplace(out.filled.values[next], arrival++, next);
        });
    }
    for (const std::size_t cell : out.order) {
        if (out.receiver[cell] == cell) continue;
        double steepest = 0;
        each_neighbour(frame, cell, [&](std::size_t next, double steps) {
            const double fall = (out.filled.values[cell] - out.filled.values[next]) / steps;
            if (fall > steepest) {
                steepest = fall;
                out.receiver[cell] = next;
            }
        });
    }
    for (auto i = out.order.rbegin(); i != out.order.rend(); ++i) {
        if (out.receiver[*i] != *i) out.upstream[out.receiver[*i]] += out.upstream[*i];
    }
    return out;
}

std::vector<Stream> streams(const Drainage& drainage, double catchment_km2) {
    const Frame& frame = drainage.filled.frame;
    const double cell_km2 = frame.cell * frame.cell * 1e-6;
    const auto wet = [&](std::size_t cell) { return drainage.upstream[cell] * cell_km2 >= catchment_km2; };
    std::vector<int> inflows(frame.size(), 0);
    for (std::size_t cell = 0; cell < frame.size(); ++cell) {
        if (wet(cell) && drainage.receiver[cell] != cell) ++inflows[drainage.receiver[cell]];
    }
    std::vector<Stream> out;
    for (std::size_t head = 0; head < frame.size(); ++head) {
        if (!wet(head) || inflows[head] == 1) continue;  // starts are heads (no inflow) and confluences (several)
        Stream stream;
        std::size_t cell = head;
        stream.course.push_back(frame.centre(cell));
        std::size_t last = cell;
        do {
            last = cell;
            cell = drainage.receiver[cell];
            if (cell == last) break;
            stream.course.push_back(frame.centre(cell));
        } while (inflows[cell] == 1);
        if (stream.course.size() < 2) continue;
        stream.catchment_km2 = drainage.upstream[last] * cell_km2;
        stream.course = smoothed(stream.course, 3, frame.cell / 6);
        out.push_back(std::move(stream));
    }
    return out;
}

}  // namespace vereda::simulate
