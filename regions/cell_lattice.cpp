#include "regions/cell_lattice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "geo/error.hpp"
#include "regions/tiled_land.hpp"

namespace vereda::regions {
namespace {

using geo::operator""_msg;

constexpr double kMostCells = 2e7;
/// A smaller part of a cell is rounding.
constexpr double kRoundingShare = 1e-9;

struct Piece {
    int column = 0;
    int row = 0;
    std::size_t region = 0;
    double area = 0;
    geo::MultiPolygon land;  ///< empty: the whole cell
};

}  // namespace

int CellLattice::index_of(double coordinate) const {
    return static_cast<int>(std::floor(coordinate / size_));
}

geo::MultiPolygon CellLattice::outline(int column, int row) const {
    const geo::Point min{column * size_, row * size_};
    const geo::Point max{(column + 1) * size_, (row + 1) * size_};
    geo::MultiPolygon shape(1);
    shape[0].outer = {min, {min.x, max.y}, max, {max.x, min.y}, min};
    return shape;
}

geo::MultiPolygon CellLattice::land(const Cell& cell) const {
    return cell.border_land.empty() ? outline(cell.column, cell.row) : cell.border_land;
}

CellLattice::CellLattice(const RegionSet& regions, geo::Metres cell, geo::Parallelism parallelism)
    : size_(cell.value()) {
    double expected = 0;
    for (const Region& region : regions.regions()) {
        const geo::Box box = geo::envelope(region.geometry);
        expected += (box.width() / size_ + 1) * (box.height() / size_ + 1);
    }
    if (expected > kMostCells)
        throw geo::Error(geo::ErrorKind::usage,
                         {"permanence.too_many_cells"_msg,
                          {{"cell_m", fmt::format("{}", size_)}, {"cells", fmt::format("{:.0f}", expected)}}});
    std::vector<Piece> pieces;
    const auto cut = [&](std::size_t r) {
        std::vector<Piece> found;
        const geo::MultiPolygon& geometry = regions.regions()[r].geometry;
        const geo::Box box = geo::envelope(geometry);
        if (box.empty()) return found;
        const TiledLand land(geometry);
        for (int row = index_of(box.min.y); row <= index_of(box.max.y); ++row) {
            for (int column = index_of(box.min.x); column <= index_of(box.max.x); ++column) {
                const geo::MultiPolygon square = outline(column, row);
                Piece piece{column, row, r, size_ * size_, {}};
                if (!regions.covers(r, square)) {
                    piece.land = land.within(square);
                    piece.area = geo::planar_area(piece.land);
                }
                if (piece.area > kRoundingShare * size_ * size_) found.push_back(std::move(piece));
            }
        }
        return found;
    };
    geo::parallel_ordered<std::vector<Piece>>(
        regions.regions().size(), parallelism, cut,
        [&](std::size_t, std::vector<Piece>&& found) { std::ranges::move(found, std::back_inserter(pieces)); });
    std::ranges::sort(pieces, {}, [](const Piece& p) { return std::tuple(p.row, p.column, p.region); });
    for (std::size_t i = 0; i < pieces.size();) {
        Cell next{pieces[i].column, pieces[i].row, 0, {}, {}};
        std::vector<geo::MultiPolygon> lands;
        bool whole = false;
        for (; i < pieces.size() && pieces[i].row == next.row && pieces[i].column == next.column; ++i) {
            next.regions.emplace_back(pieces[i].region, pieces[i].area);
            whole = whole || pieces[i].land.empty();
            lands.push_back(std::move(pieces[i].land));
        }
        if (!whole) next.border_land = lands.size() == 1 ? std::move(lands.front()) : geo::union_of(lands);
        next.land_m2 = whole ? size_ * size_ : geo::planar_area(next.border_land);
        cells_.push_back(std::move(next));
    }
}

std::optional<std::size_t> CellLattice::find(int column, int row) const {
    const auto place = [](const Cell& cell) { return std::pair(cell.row, cell.column); };
    const auto found = std::ranges::lower_bound(cells_, std::pair(row, column), {}, place);
    if (found == cells_.end() || place(*found) != std::pair(row, column)) return std::nullopt;
    return static_cast<std::size_t>(found - cells_.begin());
}

}  // namespace vereda::regions
