#include "raster/polygonise.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace vereda::raster {

namespace {

constexpr std::uint32_t four_edges = std::uint32_t{1} << 31;

int col_of(std::uint32_t marked) {
    return static_cast<int>(marked & ~four_edges);
}

/// Column of a run's side: sides are numbered left, right, left, right … along the row.
int side_col(std::span<const Run> runs, std::size_t side) {
    if (side >= 2 * runs.size()) return std::numeric_limits<int>::max();
    const Run& run = runs[side / 2];
    return side % 2 == 0 ? run.col_begin : run.col_end;
}

/// Twice the area within the corners, positive for clockwise rings with north up.
std::int64_t twice_area(std::span<const Corner> corners) {
    std::int64_t sum = 0;
    Corner last = corners.back();
    for (const Corner& corner : corners) {
        sum += std::int64_t{last.col} * corner.row - std::int64_t{corner.col} * last.row;
        last = corner;
    }
    return sum;
}

}  // namespace

std::uint32_t CellTracer::find(std::uint32_t part) {
    while (parts_[part] != part) {
        parts_[part] = parts_[parts_[part]];
        part = parts_[part];
    }
    return part;
}

void CellTracer::unite(std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    parts_[std::max(a, b)] = std::min(a, b);
}

void CellTracer::trace(std::span<const Run> runs) {
    nodes_.clear();
    parts_.clear();
    traced_.clear();
    corners_.clear();
    rings_.clear();
    std::span<const Run> above;
    for (std::size_t begin = 0; begin < runs.size();) {
        const int row = runs[begin].row;
        std::size_t end = begin;
        while (end < runs.size() && runs[end].row == row)
            ++end;
        const std::span<const Run> below = runs.subspan(begin, end - begin);
        if (!above.empty() && above.front().row + 1 != row) {
            sweep_line(above.front().row + 1, above, {});
            above = {};
        }
        sweep_line(row, above, below);
        above = below;
        begin = end;
    }
    if (!above.empty()) sweep_line(above.front().row + 1, above, {});

    for (TracedRing& ring : traced_) {
        ring.part = find(ring.part);
        extract(ring);
    }
    const auto before = [](const OutlineRing& a, const OutlineRing& b) {
        return std::tie(a.part, a.hole, a.begin) < std::tie(b.part, b.hole, b.begin);
    };
    if (rings_.size() > 1) std::ranges::sort(rings_, before);
}

/// The line between two rows. Walking it from the west, a horizontal edge runs wherever exactly one of the two rows is
/// inside; so each vertical edge that does not go straight through ends such an edge or begins one.
void CellTracer::sweep_line(int row, std::span<const Run> above, std::span<const Run> below) {
    below_ends_.resize(2 * below.size());
    below_parts_.resize(below.size());
    for (std::uint32_t& part : below_parts_) {
        part = static_cast<std::uint32_t>(parts_.size());
        parts_.push_back(part);
    }
    Event begun;
    const auto take = [&](std::size_t side, int col, bool is_above, bool begins, std::uint32_t mark) {
        const Event event{static_cast<std::uint32_t>(col) | mark, is_above, side % 2 == 0, side};
        if (begins) {
            begun = event;
        } else {
            join(begun, event, row);
        }
    };
    std::size_t a = 0;
    std::size_t b = 0;
    while (a < 2 * above.size() || b < 2 * below.size()) {
        const int above_col = side_col(above, a);
        const int below_col = side_col(below, b);
        const bool same_state = a % 2 == b % 2;
        if (above_col < below_col) {
            take(a++, above_col, true, same_state, 0);
        } else if (below_col < above_col) {
            take(b++, below_col, false, same_state, 0);
        } else if (same_state) {
            below_ends_[b++] = above_ends_[a++];
        } else if (a % 2 == 1) {
            take(a++, above_col, true, false, four_edges);
            take(b++, below_col, false, true, four_edges);
        } else {
            take(b++, below_col, false, false, four_edges);
            take(a++, above_col, true, true, four_edges);
        }
        if (a % 2 == 1 && b % 2 == 1) unite(above_parts_[a / 2], below_parts_[b / 2]);
    }
    std::swap(above_ends_, below_ends_);
    std::swap(above_parts_, below_parts_);
}

/// A horizontal edge between two vertical ones. With the inside on the right, right sides are walked down and left
/// sides up: the walk arrives from a right side above or a left side below, and leaves by one of the other two.
void CellTracer::join(const Event& first, const Event& second, int row) {
    const auto arrives = [](const Event& event) { return event.above != event.left; };
    const Event& in = arrives(first) ? first : second;
    const Event& out = arrives(first) ? second : first;
    const auto node = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back({in.col, out.col, row, node, node});
    if (in.above && out.above) {
        meet(above_ends_[in.place], node, above_ends_[out.place], above_parts_[in.place / 2]);
    } else if (in.above) {
        const std::uint32_t tail = above_ends_[in.place];
        const std::uint32_t head = nodes_[tail].mate;
        nodes_[tail].next = node;
        nodes_[head].mate = node;
        nodes_[node].mate = head;
        below_ends_[out.place] = node;
    } else if (out.above) {
        const std::uint32_t head = above_ends_[out.place];
        const std::uint32_t tail = nodes_[head].mate;
        nodes_[node].next = head;
        nodes_[tail].mate = node;
        nodes_[node].mate = tail;
        below_ends_[in.place] = node;
    } else {
        below_ends_[in.place] = node;
        below_ends_[out.place] = node;
    }
}

/// The node joins a chain's end to a chain's beginning.
void CellTracer::meet(std::uint32_t tail, std::uint32_t node, std::uint32_t head, std::uint32_t part) {
    const std::uint32_t first = nodes_[tail].mate;
    const std::uint32_t last = nodes_[head].mate;
    nodes_[tail].next = node;
    nodes_[node].next = head;
    if (first == head) {
        traced_.push_back({node, part});
        return;
    }
    nodes_[first].mate = last;
    nodes_[last].mate = first;
}

void CellTracer::extract(const TracedRing& ring) {
    walked_.clear();
    marked_.clear();
    std::uint32_t place = ring.node;
    do {
        const Node& node = nodes_[place];
        if ((node.from & four_edges) != 0) marked_.push_back(static_cast<std::uint32_t>(walked_.size()));
        walked_.push_back({col_of(node.from), node.row});
        if ((node.to & four_edges) != 0) marked_.push_back(static_cast<std::uint32_t>(walked_.size()));
        walked_.push_back({col_of(node.to), node.row});
        place = node.next;
    } while (place != ring.node);
    if (marked_.size() < 2) {
        add_ring(walked_, ring.part);
    } else {
        cut_at_repeated_corners(ring.part);
    }
}

/// A ring passes a corner twice at most and never crosses itself, so its repeated corners are nested like brackets.
void CellTracer::cut_at_repeated_corners(std::uint32_t part) {
    std::ranges::sort(marked_, [&](std::uint32_t a, std::uint32_t b) {
        return std::tie(walked_[a].row, walked_[a].col, a) < std::tie(walked_[b].row, walked_[b].col, b);
    });
    returns_.assign(walked_.size(), 0);
    for (std::size_t i = 1; i < marked_.size(); ++i) {
        if (walked_[marked_[i - 1]] == walked_[marked_[i]]) returns_[marked_[i]] = 1;
    }
    open_.clear();
    for (std::size_t i = 0; i < walked_.size(); ++i) {
        if (returns_[i] == 0) {
            open_.push_back(walked_[i]);
            continue;
        }
        std::size_t first = open_.size();  // one past the corner to which the walk has come back
        while (first > 0 && !(open_[first - 1] == walked_[i]))
            --first;
        add_ring(std::span<const Corner>(open_).subspan(first - 1), part);
        open_.resize(first);
    }
    add_ring(open_, part);
}

void CellTracer::add_ring(std::span<const Corner> corners, std::uint32_t part) {
    const std::int64_t area = twice_area(corners) / 2;
    const auto begin = static_cast<std::uint32_t>(corners_.size());
    corners_.insert(corners_.end(), corners.begin(), corners.end());
    rings_.push_back({begin, static_cast<std::uint32_t>(corners_.size()), part, area < 0, area < 0 ? -area : area});
}

geo::MultiPolygon CellTracer::polygons(const Grid& grid) const {
    geo::MultiPolygon result;
    for (const OutlineRing& ring : rings_) {
        geo::Ring* points = nullptr;
        if (!ring.hole) {
            points = &result.emplace_back().outer;
        } else {
            points = &result.back().inners.emplace_back();
        }
        points->reserve(ring.end - ring.begin + 1);
        for (const Corner& corner : corners(ring))
            points->push_back(
                {grid.origin.x + corner.col * grid.cell_width, grid.origin.y - corner.row * grid.cell_height});
        points->push_back(points->front());
    }
    return result;
}

}  // namespace vereda::raster
