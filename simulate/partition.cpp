#include "simulate/partition.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "simulate/curve.hpp"

namespace vereda::simulate {

namespace {

/// A corner of cells: column and row of the lattice, 0 … columns and 0 … rows.
using Corner = std::pair<int, int>;
using Chain = std::vector<Corner>;

class Borders {
  public:
    Borders(const Frame& frame, const std::vector<int>& labels) : frame_(frame), labels_(labels) {}

    /// Closed chains around all cells of a label, the label on the right hand.
    [[nodiscard]] std::vector<Chain> chains_around(int label) const {
        std::map<Corner, std::vector<Corner>> ways;  // from a corner to the next ones
        for (int row = 0; row < frame_.rows; ++row) {
            for (int column = 0; column < frame_.columns; ++column) {
                if (label_at(column, row) != label) continue;
                if (label_at(column, row - 1) != label) ways[{column, row}].push_back({column + 1, row});
                if (label_at(column + 1, row) != label) ways[{column + 1, row}].push_back({column + 1, row + 1});
                if (label_at(column, row + 1) != label) ways[{column + 1, row + 1}].push_back({column, row + 1});
                if (label_at(column - 1, row) != label) ways[{column, row + 1}].push_back({column, row});
            }
        }
        std::vector<Chain> chains;
        while (!ways.empty()) {
            Chain chain{ways.begin()->first};
            Corner heading{0, 0};
            do {
                const Corner at = chain.back();
                const auto found = ways.find(at);
                const Corner next = take(found->second, at, heading);
                if (found->second.empty()) ways.erase(found);
                heading = {next.first - at.first, next.second - at.second};
                chain.push_back(next);
            } while (chain.back() != chain.front());
            chains.push_back(std::move(chain));
        }
        return chains;
    }

    /// Three or more labels (outside counts as one) meet here, or two touch by corners only: borders end here.
    [[nodiscard]] bool is_node(Corner corner) const {
        const auto [c, r] = corner;
        const int nw = label_at(c - 1, r - 1);
        const int ne = label_at(c, r - 1);
        const int sw = label_at(c - 1, r);
        const int se = label_at(c, r);
        const int changes = (nw != ne) + (ne != se) + (se != sw) + (sw != nw);
        return changes > 2 || is_extent_corner(corner);
    }
    [[nodiscard]] bool on_extent(Corner corner) const {
        return corner.first == 0 || corner.second == 0 || corner.first == frame_.columns ||
               corner.second == frame_.rows;
    }
    [[nodiscard]] geo::Point place(Corner corner) const {
        return {frame_.north_west.x + corner.first * frame_.cell, frame_.north_west.y - corner.second * frame_.cell};
    }

  private:
    [[nodiscard]] bool is_extent_corner(Corner corner) const {
        return (corner.first == 0 || corner.first == frame_.columns) &&
               (corner.second == 0 || corner.second == frame_.rows);
    }
    [[nodiscard]] int label_at(int column, int row) const {
        return frame_.holds(column, row) ? labels_[frame_.position(column, row)] : -1;
    }
    /// Where two ways lead on, the sharpest left turn is taken: a bay that closes at a corner becomes a hole that
    /// touches the outer ring in one point, which is valid; a ring that touches itself would not be.
    static Corner take(std::vector<Corner>& ways, Corner at, Corner heading) {
        std::size_t best = 0;
        int best_turn = 2;
        for (std::size_t i = 0; i < ways.size(); ++i) {
            const int dx = ways[i].first - at.first;
            const int dy = ways[i].second - at.second;
            const int turn = heading.first * dy - heading.second * dx;
            if (turn < best_turn) {
                best_turn = turn;
                best = i;
            }
        }
        const Corner next = ways[best];
        ways.erase(ways.begin() + static_cast<std::ptrdiff_t>(best));
        return next;
    }

    const Frame& frame_;
    const std::vector<int>& labels_;
};

/// One stretch between two nodes, smoothed the same whichever side asks.
geo::LineString smoothed_stretch(const Borders& borders, const Frame& frame, Chain stretch) {
    Chain back(stretch.rbegin(), stretch.rend());
    const bool turned = back < stretch;
    if (turned) stretch = std::move(back);
    geo::LineString line;
    const bool outside = stretch.size() > 2
                             ? borders.on_extent(stretch[1])
                             : borders.on_extent(stretch[0]) && borders.on_extent(stretch[1]) &&
                                   (stretch[0].first == stretch[1].first || stretch[0].second == stretch[1].second);
    if (outside) {
        line = {borders.place(stretch.front()), borders.place(stretch.back())};
    } else {
        for (const Corner& corner : stretch)
            line.push_back(borders.place(corner));
        line = smoothed(std::move(line), 4, frame.cell / 12);
    }
    if (turned) std::reverse(line.begin(), line.end());
    return line;
}

geo::Ring ring_of(const Borders& borders, const Frame& frame, Chain chain) {
    chain.pop_back();
    const auto first_node = std::find_if(chain.begin(), chain.end(), [&](Corner c) { return borders.is_node(c); });
    const auto start = first_node == chain.end() ? std::min_element(chain.begin(), chain.end()) : first_node;
    std::rotate(chain.begin(), start, chain.end());
    chain.push_back(chain.front());

    geo::Ring ring;
    Chain stretch{chain.front()};
    for (std::size_t i = 1; i < chain.size(); ++i) {
        stretch.push_back(chain[i]);
        if (i + 1 < chain.size() && !borders.is_node(chain[i])) continue;
        const geo::LineString line = smoothed_stretch(borders, frame, stretch);
        for (std::size_t k = ring.empty() ? 0 : 1; k < line.size(); ++k)
            ring.push_back(line[k]);
        stretch.assign(1, chain[i]);
    }
    return ring;
}

}  // namespace

std::vector<geo::MultiPolygon> partition(const Frame& frame, const std::vector<int>& labels, int count) {
    const Borders borders(frame, labels);
    std::vector<geo::MultiPolygon> out;
    for (int label = 0; label < count; ++label) {
        geo::MultiPolygon polygons;
        std::vector<geo::Ring> holes;
        for (Chain& chain : borders.chains_around(label)) {
            geo::Ring ring = ring_of(borders, frame, std::move(chain));
            if (geo::signed_area(ring) > 0) {
                polygons.push_back({std::move(ring), {}});
            } else {
                holes.push_back(std::move(ring));
            }
        }
        if (!polygons.empty()) polygons.front().inners = std::move(holes);
        out.push_back(std::move(polygons));
    }
    return out;
}

}  // namespace vereda::simulate
