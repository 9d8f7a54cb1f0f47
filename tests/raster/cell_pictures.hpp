/// Small rasters drawn as text or by chance, and the slow, obvious ways to find what is connected in them.
#pragma once

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "raster/components.hpp"
#include "raster/raster.hpp"
#include "raster/raster_source.hpp"

namespace vereda::tests {

/// 100 m cells in EPSG:9377 (metres), away from the origin.
inline raster::Grid metric_grid(int width, int height) {
    static const geo::Crs crs = geo::Crs::parse("EPSG:9377");
    return {crs, {4'800'000, 2'100'000}, 100, 100, width, height};
}

/// Digits are values, '.' is 0, 'x' is a cell without a value; rows are parted by '/'.
inline raster::Raster<std::uint8_t> drawn(const std::string& picture) {
    std::vector<std::string> rows(1);
    for (const char c : picture) {
        if (c == '/') {
            rows.emplace_back();
        } else {
            rows.back() += c;
        }
    }
    raster::Raster<std::uint8_t> result(metric_grid(static_cast<int>(rows[0].size()), static_cast<int>(rows.size())));
    for (int row = 0; row < result.height(); ++row) {
        for (int col = 0; col < result.width(); ++col) {
            const char c = rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(col)];
            result.at(col, row) = c >= '0' && c <= '9' ? static_cast<std::uint8_t>(c - '0') : std::uint8_t{0};
            if (c == 'x') result.set_valid(col, row, false);
        }
    }
    return result;
}

/// Cells of `values` values, a share of them missing.
inline raster::Raster<std::uint8_t> random_cells(int width, int height, int values, double missing, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> value(0, values - 1);
    std::uniform_real_distribution<double> chance(0, 1);
    raster::Raster<std::uint8_t> result(metric_grid(width, height));
    for (int row = 0; row < height; ++row) {
        for (int col = 0; col < width; ++col) {
            result.at(col, row) = static_cast<std::uint8_t>(value(random));
            if (chance(random) < missing) result.set_valid(col, row, false);
        }
    }
    return result;
}

using Cells = std::set<std::pair<int, int>>;  ///< (row, col)

/// Every component of the classes, by flood fill.
inline std::multiset<std::pair<int, Cells>> flooded(const raster::Raster<std::uint8_t>& cells,
                                                    const std::set<int>& classes, raster::Connectivity connectivity) {
    std::multiset<std::pair<int, Cells>> result;
    Cells seen;
    const auto same = [&](int col, int row, int value) {
        return col >= 0 && row >= 0 && col < cells.width() && row < cells.height() && cells.valid(col, row) &&
               cells.at(col, row) == value;
    };
    for (int row = 0; row < cells.height(); ++row) {
        for (int col = 0; col < cells.width(); ++col) {
            const int value = cells.at(col, row);
            if (!classes.contains(value) || !cells.valid(col, row) || seen.contains({row, col})) continue;
            Cells found;
            std::vector<std::pair<int, int>> open{{row, col}};
            seen.insert({row, col});
            while (!open.empty()) {
                const auto [r, c] = open.back();
                open.pop_back();
                found.insert({r, c});
                for (int dr = -1; dr <= 1; ++dr) {
                    for (int dc = -1; dc <= 1; ++dc) {
                        const bool corner = dr != 0 && dc != 0;
                        if (corner && connectivity == raster::Connectivity::four) continue;
                        if (!same(c + dc, r + dr, value) || seen.contains({r + dr, c + dc})) continue;
                        seen.insert({r + dr, c + dc});
                        open.push_back({r + dr, c + dc});
                    }
                }
            }
            result.insert({value, found});
        }
    }
    return result;
}

}  // namespace vereda::tests
