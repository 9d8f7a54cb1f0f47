#include "simulate/frontier.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "simulate/noise.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

namespace {

constexpr int region_columns = 3;
constexpr int region_rows = 4;
constexpr int department_cells = 20;

bool holds(const geo::Box& box, geo::Point p) {
    return p.x >= box.min.x && p.x < box.max.x && p.y >= box.min.y && p.y < box.max.y;
}

double gap_to(const geo::Box& box, geo::Point p) {
    const double dx = std::max({box.min.x - p.x, 0.0, p.x - box.max.x});
    const double dy = std::max({box.min.y - p.y, 0.0, p.y - box.max.y});
    return std::hypot(dx, dy);
}

geo::Box cells_box(const Frame& frame, int column, int row, int columns, int rows) {
    geo::Box box;
    box.add(geo::Point{frame.north_west.x + column * frame.cell, frame.north_west.y - row * frame.cell});
    box.add(geo::Point{frame.north_west.x + (column + columns) * frame.cell,
                       frame.north_west.y - (row + rows) * frame.cell});
    return box;
}

class Land {
  public:
    Land(const FrontierParameters& parameters, std::uint64_t seed)
        : parameters_(parameters),
          random_(seed, "frontier"),
          ground_(mixed(seed ^ 0xF20), 110'000),
          ways_(mixed(seed ^ 0xF21), 60'000) {
        const double cell = parameters.cell.value();
        out_.frame = {
            {-parameters.columns * cell / 2, parameters.rows * cell / 2}, cell, parameters.columns, parameters.rows};
    }

    Frontier made() {
        divide();
        reserve(out_.parks, parameters_.columns * parameters_.rows / 1200);
        reserve(out_.indigenous, parameters_.columns * parameters_.rows / 900);
        for (int i = 0; i < parameters_.enclaves; ++i)
            enclaves_.push_back({out_.frame.centre(static_cast<std::size_t>(
                                     random_.integer(0, static_cast<int>(out_.frame.size()) - 1))),
                                 random_.uniform(15'000, 40'000)});
        for (std::size_t position = 0; position < out_.frame.size(); ++position)
            consider(position);
        double sum = 0;
        for (const FrontierCell& cell : out_.cells)
            sum += cell.crop;
        for (FrontierCell& cell : out_.cells) {
            cell.crop *= parameters_.crop_at_start.value() / sum;
            cell.crop = cell.crop < 0.5 ? 0 : std::min(cell.crop, most_crop());
        }
        return std::move(out_);
    }

  private:
    /// A cell can hold so much crop: 30 ha/km², above the densest published clusters.
    [[nodiscard]] double most_crop() const { return 30 * out_.frame.cell * out_.frame.cell / 1e6; }

    void divide() {
        const int columns = parameters_.columns / region_columns;
        for (int row = 0; row < parameters_.rows / region_rows; ++row) {
            for (int column = 0; column < columns; ++column) {
                FrontierRegion region;
                region.abroad = (column + 1) * region_columns > parameters_.columns - parameters_.columns_abroad;
                region.id = fmt::format("{}-{:02}{:02}", region.abroad ? 'X' : 'M', row + 1, column + 1);
                region.name = fmt::format("{} {}-{}", region.abroad ? "Distrito" : "Municipio", row + 1, column + 1);
                region.parent = region.abroad
                                    ? "Vecindad"
                                    : fmt::format("Departamento {}-{}", row * region_rows / department_cells + 1,
                                                  column * region_columns / department_cells + 1);
                region.land =
                    cells_box(out_.frame, column * region_columns, row * region_rows, region_columns, region_rows);
                out_.regions.push_back(std::move(region));
            }
        }
    }

    void reserve(std::vector<geo::Box>& zones, int count) {
        for (int i = 0; i < std::max(1, count); ++i) {
            const int columns = random_.integer(3, 7);
            const int rows = random_.integer(3, 7);
            zones.push_back(cells_box(out_.frame, random_.integer(0, parameters_.columns - columns),
                                      random_.integer(0, parameters_.rows - rows), columns, rows));
        }
    }

    void consider(std::size_t position) {
        FrontierCell cell;
        cell.position = position;
        cell.centre = out_.frame.centre(position);
        const double ground = ground_.fractal(cell.centre, 4);
        const double lucky = random_.normal(0, 1.35);
        const double wooded = random_.uniform(-0.1, 0.1);
        const double astray = random_.normal(0, 0.12);
        if (ground < -0.02) return;  // mountains and savannas without crop
        cell.region = out_.region_at(cell.centre);
        cell.abroad = out_.regions[cell.region].abroad;
        cell.suitability = std::clamp(0.35 + 1.1 * ground, 0.05, 1.0);
        const double remote = std::clamp(0.5 + 1.2 * ways_.fractal(cell.centre, 3) + astray, 0.0, 1.0);
        cell.access_min = std::round(30 + 570 * remote);
        double enclave = 0;
        for (const Enclave& each : enclaves_) {
            const double d = std::hypot(cell.centre.x - each.centre.x, cell.centre.y - each.centre.y) / each.size;
            enclave = std::max(enclave, std::exp(-0.5 * d * d));
        }
        cell.crop = std::exp(1.5 * ground + 2.0 * enclave + 0.8 * remote + lucky);
        cell.forest =
            std::round(out_.frame.cell * out_.frame.cell / 1e4 * std::clamp(0.3 + 0.6 * remote + wooded, 0.05, 0.98));
        const auto in = [&](const geo::Box& box) { return holds(box, cell.centre); };
        cell.is_protected = std::ranges::any_of(out_.parks, in);
        cell.indigenous = std::ranges::any_of(out_.indigenous, in);
        if (cell.is_protected) cell.crop *= 0.4;
        out_.cells.push_back(cell);
    }

    struct Enclave {
        geo::Point centre;
        double size;
    };
    const FrontierParameters& parameters_;
    Random random_;
    Noise ground_;
    Noise ways_;
    Frontier out_;
    std::vector<Enclave> enclaves_;
};

}  // namespace

std::vector<std::size_t> Frontier::within(geo::Point p, double reach) const {
    std::vector<std::size_t> found;
    const auto row = [&](double y) { return static_cast<int>(std::floor((frame.north_west.y - y) / frame.cell)); };
    const int first = std::max(0, row(p.y + reach));
    const int last = std::min(frame.rows - 1, row(p.y - reach));
    if (first > last) return found;
    const auto from = std::ranges::lower_bound(cells, frame.position(0, first), {}, &FrontierCell::position);
    const auto to =
        std::ranges::upper_bound(cells, frame.position(frame.columns - 1, last), {}, &FrontierCell::position);
    for (auto at = from; at != to; ++at) {
        if (std::hypot(at->centre.x - p.x, at->centre.y - p.y) <= reach)
            found.push_back(static_cast<std::size_t>(at - cells.begin()));
    }
    return found;
}

std::size_t Frontier::region_at(geo::Point p) const {
    const std::size_t at = frame.cell_at(p);
    return static_cast<std::size_t>(frame.row_of(at) / region_rows * (frame.columns / region_columns) +
                                    frame.column_of(at) / region_columns);
}

bool Frontier::near_indigenous(geo::Point p, double reach) const {
    return std::ranges::any_of(indigenous, [&](const geo::Box& box) { return gap_to(box, p) <= reach; });
}

Frontier frontier(const FrontierParameters& parameters, std::uint64_t seed) {
    return Land(parameters, seed).made();
}

}  // namespace vereda::simulate
