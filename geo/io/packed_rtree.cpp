#include "geo/io/packed_rtree.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace vereda::geo::io {

namespace {

constexpr std::size_t at_once = std::size_t{1} << 18;
constexpr std::size_t cell_bytes = 8 + 4 * 4;
constexpr std::size_t head_bytes = 4;
constexpr std::int64_t root = 1;

float rounded_down(double value) {
    const auto near = static_cast<float>(value);
    return near > value ? std::nextafter(near, -std::numeric_limits<float>::infinity()) : near;
}

float rounded_up(double value) {
    const auto near = static_cast<float>(value);
    return near < value ? std::nextafter(near, std::numeric_limits<float>::infinity()) : near;
}

template <class T>
void put_big_endian(std::string& blob, T value) {
    for (int shift = 8 * (static_cast<int>(sizeof(T)) - 1); shift >= 0; shift -= 8)
        blob += static_cast<char>(static_cast<unsigned char>(value >> shift));
}

void put_big_endian(std::string& blob, float value) {
    put_big_endian(blob, std::bit_cast<std::uint32_t>(value));
}

std::size_t size_of_root(SqliteDatabase& database, const std::string& table) {
    SqliteStatement ask(database, "SELECT length(data) FROM " + sql_name(table + "_node") + " WHERE nodeno = 1");
    if (!ask.step()) database.fail();
    return static_cast<std::size_t>(ask.integer(0));
}

std::string insertion(const std::string& table, const char* part) {
    return "INSERT OR REPLACE INTO " + sql_name(table + part) + " VALUES (?, ?)";
}

}  // namespace

PackedRtree::PackedRtree(SqliteDatabase& database, const std::string& table)
    : node_bytes_(size_of_root(database, table)),
      capacity_((node_bytes_ - head_bytes) / cell_bytes),
      add_node_(database, insertion(table, "_node")),
      add_rowid_(database, insertion(table, "_rowid")),
      add_parent_(database, insertion(table, "_parent")) {}

void PackedRtree::add(std::int64_t id, const Box& box) {
    if (waiting_.size() == at_once) write_leaves();
    waiting_.push_back(
        {id, rounded_down(box.min.x), rounded_up(box.max.x), rounded_down(box.min.y), rounded_up(box.max.y)});
}

void PackedRtree::finish() {
    if (nodes_.empty() && waiting_.size() <= capacity_) {
        for (const Entry& entry : waiting_) {
            add_rowid_.bind(0, entry.id);
            add_rowid_.bind(1, root);
            add_rowid_.run();
        }
        write_node(root, 0, waiting_.data(), waiting_.data() + waiting_.size());
        return;
    }
    write_leaves();
    std::vector<Entry> level = std::move(nodes_);
    int depth = 1;
    for (; level.size() > capacity_; ++depth)
        level = write_nodes(level, false);
    for (const Entry& child : level) {
        add_parent_.bind(0, child.id);
        add_parent_.bind(1, root);
        add_parent_.run();
    }
    write_node(root, depth, level.data(), level.data() + level.size());
}

void PackedRtree::write_leaves() {
    if (waiting_.empty()) return;
    const std::vector<Entry> written = write_nodes(waiting_, true);
    nodes_.insert(nodes_.end(), written.begin(), written.end());
    waiting_.clear();
}

std::vector<PackedRtree::Entry> PackedRtree::write_nodes(std::vector<Entry>& entries, bool leaves) {
    std::vector<std::pair<std::int64_t, std::int64_t>> homes;
    homes.reserve(entries.size());
    tile(entries);
    std::vector<Entry> nodes;
    for (std::size_t begin = 0; begin < entries.size(); begin += capacity_) {
        const std::size_t end = std::min(begin + capacity_, entries.size());
        Entry node = entries[begin];
        node.id = ++last_node_;
        for (std::size_t i = begin; i < end; ++i) {
            const Entry& entry = entries[i];
            node.min_x = std::min(node.min_x, entry.min_x);
            node.max_x = std::max(node.max_x, entry.max_x);
            node.min_y = std::min(node.min_y, entry.min_y);
            node.max_y = std::max(node.max_y, entry.max_y);
            homes.emplace_back(entry.id, node.id);
        }
        write_node(node.id, 0, &entries[begin], &entries[begin] + (end - begin));
        nodes.push_back(node);
    }
    std::ranges::sort(homes);
    SqliteStatement& add_home = leaves ? add_rowid_ : add_parent_;
    for (const auto& [child, home] : homes) {
        add_home.bind(0, child);
        add_home.bind(1, home);
        add_home.run();
    }
    return nodes;
}

/// The depth of the tree stands in the root only.
void PackedRtree::write_node(std::int64_t number, int depth, const Entry* begin, const Entry* end) {
    blob_.clear();
    put_big_endian(blob_, static_cast<std::uint16_t>(depth));
    put_big_endian(blob_, static_cast<std::uint16_t>(end - begin));
    for (const Entry* entry = begin; entry != end; ++entry) {
        put_big_endian(blob_, static_cast<std::uint64_t>(entry->id));
        for (const float bound : {entry->min_x, entry->max_x, entry->min_y, entry->max_y})
            put_big_endian(blob_, bound);
    }
    blob_.resize(node_bytes_, '\0');
    add_node_.bind(0, number);
    add_node_.bind_blob(1, blob_);
    add_node_.run();
}

/// As many slices as make the tiles about square.
void PackedRtree::tile(std::vector<Entry>& entries) const {
    float left = entries.front().min_x;
    float right = entries.front().max_x;
    float bottom = entries.front().min_y;
    float top = entries.front().max_y;
    for (const Entry& entry : entries) {
        left = std::min(left, entry.min_x);
        right = std::max(right, entry.max_x);
        bottom = std::min(bottom, entry.min_y);
        top = std::max(top, entry.max_y);
    }
    const auto nodes = static_cast<double>((entries.size() + capacity_ - 1) / capacity_);
    const double width = std::max(static_cast<double>(right) - left, 1e-9);
    const double height = std::max(static_cast<double>(top) - bottom, 1e-9);
    const double slices = std::clamp(std::round(std::sqrt(nodes * width / height)), 1.0, nodes);
    const std::size_t in_slice = capacity_ * static_cast<std::size_t>(std::ceil(nodes / slices));
    const auto by = [](float Entry::*low, float Entry::*high) {
        return [low, high](const Entry& a, const Entry& b) {
            const double place_a = static_cast<double>(a.*low) + a.*high;
            const double place_b = static_cast<double>(b.*low) + b.*high;
            return place_a != place_b ? place_a < place_b : a.id < b.id;
        };
    };
    std::sort(entries.begin(), entries.end(), by(&Entry::min_x, &Entry::max_x));
    for (std::size_t begin = 0; begin < entries.size(); begin += in_slice) {
        const std::size_t end = std::min(begin + in_slice, entries.size());
        std::sort(entries.begin() + static_cast<std::ptrdiff_t>(begin),
                  entries.begin() + static_cast<std::ptrdiff_t>(end), by(&Entry::min_y, &Entry::max_y));
    }
}

}  // namespace vereda::geo::io
