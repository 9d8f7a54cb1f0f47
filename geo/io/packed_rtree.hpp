/// Fills an empty R-tree table of SQLite by packing its nodes, instead of one insertion after the other.
///
/// Boxes are tiled into nodes by sorting along x, then along y within each slice (S. T. Leutenegger, M. A. Lopez & J.
/// Edgington, "STR: a simple and efficient algorithm for R-tree packing", ICDE 1997), a quarter of a million at a time,
/// so that memory does not grow with the boxes. The nodes are written as SQLite's R*Tree module stores them
/// (https://www.sqlite.org/rtree.html, §6: the tables _node, _rowid and _parent).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/geometry.hpp"
#include "geo/io/sqlite_database.hpp"

namespace vereda::geo::io {

class PackedRtree {
  public:
    /// `table` was made with "USING rtree(id, minx, maxx, miny, maxy)" and holds nothing.
    PackedRtree(SqliteDatabase& database, const std::string& table);
    /// Numbers ascending.
    void add(std::int64_t id, const Box& box);
    void finish();

  private:
    /// Bounds are rounded outward, as the module does.
    struct Entry {
        std::int64_t id = 0;
        float min_x = 0;
        float max_x = 0;
        float min_y = 0;
        float max_y = 0;
    };
    void write_leaves();
    /// Writes the entries as nodes and returns one entry per node, with its number.
    std::vector<Entry> write_nodes(std::vector<Entry>& entries, bool leaves);
    void write_node(std::int64_t number, int depth, const Entry* begin, const Entry* end);
    void tile(std::vector<Entry>& entries) const;

    std::size_t node_bytes_;
    std::size_t capacity_;
    SqliteStatement add_node_;
    SqliteStatement add_rowid_;
    SqliteStatement add_parent_;
    std::vector<Entry> waiting_;
    std::vector<Entry> nodes_;    ///< the leaves
    std::int64_t last_node_ = 1;  ///< 1 is the root
    std::string blob_;
};

}  // namespace vereda::geo::io
