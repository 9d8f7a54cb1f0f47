/// Invents data of national statistics for whole-command benchmarks (bench/compare): nothing in them is a real place.
///
///     vereda_bench_generate FOLDER SIZE SEED
///
/// SIZE is the width of the large rasters in cells (20,000 for a national grid). Same size and seed, same files:
/// lossyear.tif UInt8 and biomass.tif Float32 (SIZE², 0.00025°), classes.tif UInt8 ((SIZE/2)², 30 m, small clumps),
/// friction.tif Float32 ((SIZE/4)², 30 m) with markets.csv, plots.gpkg (star-shaped, 0.05-5 ha) and munis.gpkg (a
/// tessellation with rough borders), both in degrees.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/error.hpp"
#include "geo/io/layer_writer.hpp"
#include "geo/parallel.hpp"
#include "raster/io/geotiff_writer.hpp"

namespace vereda::bench {

namespace {

constexpr double degrees = 0.00025;
constexpr geo::Point corner{-78, 5};
constexpr double metres_per_degree = 111'320;

/// Sixty-four mixed bits (S. Vigna's SplitMix64 step).
std::uint64_t mixed(std::uint64_t bits) {
    bits += 0x9e3779b97f4a7c15U;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31);
}

/// Numbers in 0 … 1 that depend on what they are asked for alone.
class Chance {
  public:
    explicit Chance(std::uint64_t seed) : seed_(mixed(seed)) {}
    [[nodiscard]] double at(std::int64_t a, std::int64_t b = 0, std::int64_t c = 0) const {
        std::uint64_t bits = seed_;
        for (const std::int64_t part : {a, b, c})
            bits = mixed(bits ^ static_cast<std::uint64_t>(part));
        return static_cast<double>(bits >> 11) * 0x1p-53;
    }

  private:
    std::uint64_t seed_;
};

/// Smooth noise: random values on a lattice of `cells`, bilinear between them.
class Noise {
  public:
    Noise(std::uint64_t seed, int cells) : chance_(seed), cells_(cells) {}
    [[nodiscard]] double at(int col, int row) const {
        const int x = col / cells_;
        const int y = row / cells_;
        const double fx = static_cast<double>(col % cells_) / cells_;
        const double fy = static_cast<double>(row % cells_) / cells_;
        const double upper = chance_.at(x, y) * (1 - fx) + chance_.at(x + 1, y) * fx;
        const double lower = chance_.at(x, y + 1) * (1 - fx) + chance_.at(x + 1, y + 1) * fx;
        return upper * (1 - fy) + lower * fy;
    }
    /// The same value all over a lattice cell.
    [[nodiscard]] double patch(int col, int row) const { return chance_.at(col / cells_, row / cells_, 1); }

  private:
    Chance chance_;
    int cells_;
};

raster::Grid in_degrees(int size) {
    return {geo::Crs::wgs84(), corner, degrees, degrees, size, size};
}

raster::Grid in_metres(int size) {
    return {geo::Crs::parse("EPSG:3116"), {900'000, 900'000}, 30, 30, size, size};
}

template <class T, class ValueOf>
void write_raster(const std::string& path, const raster::Grid& grid, std::optional<double> nodata,
                  const ValueOf& value) {
    raster::Raster<T> raster(grid);
    geo::parallel_for(static_cast<std::size_t>(grid.height), {}, [&](std::size_t row) {
        for (int col = 0; col < grid.width; ++col)
            raster.at(col, static_cast<int>(row)) = static_cast<T>(value(col, static_cast<int>(row)));
    });
    raster::io::GeotiffOptions options;
    options.cloud_optimised = false;
    options.nodata = nodata;
    options.threads = 2;
    raster::io::write_geotiff(path, raster, options);
}

void write_rasters(const std::string& folder, int size, std::uint64_t seed) {
    {
        const Noise land(seed + 1, 1500), farms(seed + 2, 60), edges(seed + 3, 6), year(seed + 4, 24);
        write_raster<std::uint8_t>(folder + "/lossyear.tif", in_degrees(size), std::nullopt, [&](int col, int row) {
            const double lost = 0.5 * land.at(col, row) + 0.3 * farms.at(col, row) + 0.2 * edges.at(col, row);
            return lost > 0.62 ? 1 + static_cast<int>(year.patch(col, row) * 23) : 0;
        });
    }
    {
        constexpr double none = -9999;
        const Noise land(seed + 5, 900), stands(seed + 6, 40), trees(seed + 7, 3);
        write_raster<float>(folder + "/biomass.tif", in_degrees(size), none, [&](int col, int row) {
            const double stand = stands.at(col, row);
            if (stand < 0.06) return none;
            const double share = std::clamp(1.6 * land.at(col, row) - 0.35, 0.0, 1.0);
            const double tonnes = 320 * share * (0.75 + 0.35 * stand) + 18 * (trees.at(col, row) - 0.5);
            return std::round(std::max(tonnes, 0.0) * 10) / 10;
        });
    }
    {
        const Noise land(seed + 8, 700), blobs(seed + 9, 7), edges(seed + 10, 3), crop(seed + 11, 90);
        write_raster<std::uint8_t>(folder + "/classes.tif", in_metres(size / 2), std::nullopt, [&](int col, int row) {
            const double grown = 0.75 * blobs.at(col, row) + 0.15 * edges.at(col, row) + 0.1 * land.at(col, row);
            return grown > 0.685 ? 1 + static_cast<int>(crop.patch(col, row) * 4) : 0;
        });
    }
}

/// Minutes per metre, with roads that wind from side to side, and forty towns.
void write_friction(const std::string& folder, int size, std::uint64_t seed) {
    const Noise land(seed + 12, 400), slopes(seed + 13, 30);
    const Chance chance(seed + 14);
    constexpr int roads = 25;
    constexpr double road = 0.0012;
    const auto on_road = [&](int col, int row) {
        for (int k = 0; k < roads; ++k) {
            const int along = k % 2 == 0 ? row : col;
            const int across = k % 2 == 0 ? col : row;
            const double bend = 0.06 * size * std::sin(along / (200 + 400 * chance.at(k, 1)));
            if (across == static_cast<int>(std::clamp(size * chance.at(k, 2) + bend, 0.0, size - 1.0))) return true;
        }
        return false;
    };
    const raster::Grid grid = in_metres(size);
    write_raster<float>(folder + "/friction.tif", grid, std::nullopt, [&](int col, int row) {
        if (on_road(col, row)) return road;
        return 0.012 + 0.048 * (0.6 * land.at(col, row) + 0.4 * slopes.at(col, row));
    });
    std::ofstream markets(folder + "/markets.csv");
    markets << "id,x,y\n";
    for (int i = 0; i < 40; ++i) {
        const int col = static_cast<int>(chance.at(i, 3) * (size - 1));
        const int row = static_cast<int>(chance.at(i, 4) * (size - 1));
        markets << i << ',' << static_cast<long>(grid.origin.x) + 30 * col + 15 << ','
                << static_cast<long>(grid.origin.y) - 30 * row - 15 << '\n';
    }
}

geo::io::LayerToWrite layer_of(const char* name) {
    geo::io::LayerToWrite layer{name, "", {}, geo::Crs::wgs84(), "Polygon", {}, {}, {}};
    layer.schema.fields = {{"id", geo::FieldType::integer}};
    return layer;
}

geo::Ring star(const Chance& chance, std::int64_t plot, geo::Point centre) {
    const int corners = 5 + static_cast<int>(chance.at(plot, 1) * 36);
    const double hectares = 0.05 * std::pow(100, chance.at(plot, 2));
    const double radius = std::sqrt(hectares * 1e4 / std::numbers::pi) / metres_per_degree;
    const double turn = 2 * std::numbers::pi * chance.at(plot, 3);
    geo::Ring ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = -2 * std::numbers::pi * (i + 0.6 * chance.at(plot, 4, i)) / corners;
        const double lobed = 1 + 0.22 * std::sin(2 * angle + turn) + 0.12 * std::sin(3 * angle - turn);
        const double r = radius * (lobed + 0.07 * chance.at(plot, 5, i));
        ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return ring;
}

/// Disjoint: each in a square of a lattice, one square in five taken.
void write_plots(const std::string& folder, int size, std::uint64_t seed) {
    const Chance chance(seed + 15);
    constexpr int cells = 20;  // 550 m: the largest plot has a radius below 190 m
    geo::io::LayerWriter writer(folder + "/plots.gpkg", layer_of("plots"));
    std::int64_t number = 0;
    for (int row = 0; row < size / cells; ++row) {
        for (int col = 0; col < size / cells; ++col) {
            const std::int64_t square = static_cast<std::int64_t>(row) * size + col;
            if (chance.at(square) >= 0.2) continue;
            const double side = cells * degrees;
            const double x = corner.x + (col + 0.45 + 0.1 * chance.at(square, 6)) * side;
            const double y = corner.y - (row + 0.45 + 0.1 * chance.at(square, 7)) * side;
            geo::MultiPolygon plot(1);
            plot[0].outer = star(chance, square, {x, y});
            writer.add({++number, std::move(plot), {number}});
        }
    }
    writer.close();
}

/// A lattice of cells with shared rough borders: each is a graph over its chord, steep nowhere near its ends, so that
/// borders meet at the corners of the lattice only.
class Tessellation {
  public:
    Tessellation(std::uint64_t seed, int across, double extent, int points)
        : chance_(seed), across_(across), side_(extent / across), points_(points) {}

    [[nodiscard]] geo::Ring cell(int col, int row) const {
        geo::Ring ring;
        append(ring, border(col, row, true), false);
        append(ring, border(col + 1, row, false), false);
        append(ring, border(col, row + 1, true), true);
        append(ring, border(col, row, false), true);
        ring.push_back(ring.front());
        return ring;
    }

  private:
    [[nodiscard]] geo::Point node(int col, int row) const {
        const auto shift = [&](int at, int which) {
            return at == 0 || at == across_ ? 0 : 0.2 * (chance_.at(col, row, which) - 0.5);
        };
        return {corner.x + (col + shift(col, 1)) * side_, corner.y - (row + shift(row, 2)) * side_};
    }
    [[nodiscard]] std::vector<geo::Point> border(int col, int row, bool flat) const {
        const geo::Point from = node(col, row);
        const geo::Point to = flat ? node(col + 1, row) : node(col, row + 1);
        const bool outermost = flat ? row == 0 || row == across_ : col == 0 || col == across_;
        if (outermost) return {from, to};
        std::vector<geo::Point> line;
        for (int i = 0; i <= points_; ++i) {
            const double t = static_cast<double>(i) / points_;
            const double room = 0.3 * std::min(t, 1 - t) * side_;
            const double off = room * rough(col, row, flat, i);
            line.push_back(
                {from.x + t * (to.x - from.x) + (flat ? 0 : off), from.y + t * (to.y - from.y) + (flat ? off : 0)});
        }
        return line;
    }
    /// −1 … 1, rough at every scale.
    [[nodiscard]] double rough(int col, int row, bool flat, int i) const {
        double sum = 0;
        double share = 0.5;
        for (int step = std::max(points_ / 4, 1); step >= 1 && share > 0.01; step /= 2, share /= 1.8) {
            const auto value = [&](int place) {
                return chance_.at((static_cast<std::int64_t>(col) * across_ + row) * 2 + flat, place, step) - 0.5;
            };
            const double f = static_cast<double>(i % step) / step;
            sum += share * 2 * (value(i / step) * (1 - f) + value(i / step + 1) * f);
        }
        return std::clamp(sum, -1.0, 1.0);
    }
    static void append(geo::Ring& ring, std::vector<geo::Point> line, bool backwards) {
        if (backwards) std::ranges::reverse(line);
        ring.insert(ring.end(), line.begin(), line.end() - 1);
    }

    Chance chance_;
    int across_;
    double side_;
    int points_;
};

/// As many vertices for a cell of the raster as the municipalities of a national layer have.
void write_regions(const std::string& folder, int size, std::uint64_t seed) {
    constexpr int across = 33;
    const Tessellation regions(seed + 16, across, size * degrees, std::max(size * 340 / 20'000, 4));
    geo::io::LayerWriter writer(folder + "/munis.gpkg", layer_of("munis"));
    for (int row = 0; row < across; ++row) {
        for (int col = 0; col < across; ++col) {
            const std::int64_t number = row * across + col + 1;
            geo::MultiPolygon region(1);
            region[0].outer = regions.cell(col, row);
            writer.add({number, std::move(region), {number}});
        }
    }
    writer.close();
}

int run(std::span<char*> arguments) {
    const int size = arguments.size() == 4 ? std::atoi(arguments[2]) : 0;
    if (size < 400) {
        std::fprintf(stderr, "use: vereda_bench_generate FOLDER SIZE SEED (SIZE from 400)\n");
        return 2;
    }
    const std::string folder = arguments[1];
    const auto seed = std::strtoull(arguments[3], nullptr, 10) << 8;
    std::filesystem::create_directories(folder);
    write_rasters(folder, size, seed);
    write_friction(folder, size / 4, seed);
    write_plots(folder, size, seed);
    write_regions(folder, size, seed);
    return 0;
}

}  // namespace

}  // namespace vereda::bench

int main(int count, char** arguments) {
    try {
        return vereda::bench::run({arguments, static_cast<std::size_t>(count)});
    } catch (const vereda::geo::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return static_cast<int>(error.kind());
    }
}
