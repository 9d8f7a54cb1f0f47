#include "simulate/frontier_forest.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "simulate/noise.hpp"
#include "simulate/outline.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

std::string_view name_of(LossMechanism mechanism) {
    constexpr std::string_view names[] = {"none", "direct", "associated", "cattle", "fire", "other"};
    return names[static_cast<std::size_t>(mechanism)];
}

std::string_view name_of(MappedDriver driver) {
    switch (driver) {
        case MappedDriver::cattle:
            return "cattle";
        case MappedDriver::fire:
            return "fire";
        case MappedDriver::other:
            return "other";
        case MappedDriver::shifting_cultivation:
            return "shifting_cultivation";
        case MappedDriver::none:
            break;
    }
    return "none";
}

MappedDriver shown_as(LossMechanism mechanism) {
    switch (mechanism) {
        case LossMechanism::direct:
        case LossMechanism::associated:
            return MappedDriver::shifting_cultivation;
        case LossMechanism::cattle:
            return MappedDriver::cattle;
        case LossMechanism::fire:
            return MappedDriver::fire;
        case LossMechanism::other:
            return MappedDriver::other;
        case LossMechanism::none:
            break;
    }
    return MappedDriver::none;
}

namespace {

constexpr double with_it = 1.0 / 3;  ///< hectares cleared around a plot per hectare of forest it took

constexpr std::array<MappedDriver, 4> mapped_classes{MappedDriver::cattle, MappedDriver::fire, MappedDriver::other,
                                                     MappedDriver::shifting_cultivation};

class Clearing {
  public:
    Clearing(const DisplacementStudy& study, const FrontierPlots& ground, const FrontierForestParameters& parameters)
        : study_(study),
          ground_(ground),
          parameters_(parameters),
          random_(study.seed, "frontier_forest"),
          map_random_(study.seed, "frontier_maps") {
        const Frame& land = study.land.frame;
        const int factor = static_cast<int>(std::lround(land.cell / parameters.cell));
        out_.frame = {land.north_west, land.cell / factor, land.columns * factor, land.rows * factor};
    }

    FrontierForest made() {
        cover();
        const std::size_t cells = out_.frame.size();
        out_.true_year.assign(cells, 0);
        out_.mapped_year.assign(cells, 0);
        out_.displaced.assign(cells, 0);
        out_.mechanism.assign(cells, LossMechanism::none);
        for (const FrontierPlot& plot : ground_.plots) {
            if (plot.cleared < 0) each_cell(plot.outline, [&](std::size_t at) { out_.tree_cover[at] = 5; });
        }
        for (int year = 0; year < study_.parameters.years; ++year) {
            for (const FrontierPlot& plot : ground_.plots) {
                if (plot.cleared == year) clear_for(plot, year);
            }
            others(year);
        }
        map_drivers();
        return std::move(out_);
    }

  private:
    /// Each land cell has its share of forest: where the noise is highest, fields and pasture lie.
    void cover() {
        out_.tree_cover.assign(out_.frame.size(), 10);
        const Noise noise(mixed(study_.seed ^ 0xF31), 4'000);
        const int factor = out_.frame.columns / study_.land.frame.columns;
        for (const FrontierCell& cell : study_.land.cells) {
            const int first_column = study_.land.frame.column_of(cell.position) * factor;
            const int first_row = study_.land.frame.row_of(cell.position) * factor;
            const double land = study_.land.frame.cell * study_.land.frame.cell / 10'000;
            // the noise's values spread about evenly over -0.6 to 0.6
            const double limit = -0.6 + 1.2 * cell.forest / land;
            for (int r = first_row; r < first_row + factor; ++r) {
                for (int c = first_column; c < first_column + factor; ++c) {
                    const std::size_t at = out_.frame.position(c, r);
                    const double value = noise.fractal(out_.frame.centre(at), 3);
                    out_.tree_cover[at] = static_cast<std::uint8_t>(
                        value < limit ? std::lround(std::clamp(70 + 60 * (limit - value), 40.0, 98.0))
                                      : std::lround(std::clamp(25 - 60 * (value - limit), 0.0, 25.0)));
                }
            }
        }
    }

    template <class Visit>
    void each_cell(const geo::Ring& ring, Visit visit) const {
        const Frame& frame = out_.frame;
        const geo::Box box = geo::envelope(ring);
        const auto column = [&](double x) { return static_cast<int>((x - frame.north_west.x) / frame.cell); };
        const auto row = [&](double y) { return static_cast<int>((frame.north_west.y - y) / frame.cell); };
        for (int r = std::max(0, row(box.max.y)); r <= std::min(frame.rows - 1, row(box.min.y)); ++r) {
            for (int c = std::max(0, column(box.min.x)); c <= std::min(frame.columns - 1, column(box.max.x)); ++c) {
                const std::size_t at = frame.position(c, r);
                if (inside(ring, frame.centre(at))) visit(at);
            }
        }
    }

    /// Hectares of forest that fell inside the ring.
    double fell(const geo::Ring& ring, int year, LossMechanism mechanism, bool displaced) {
        const int value = study_.parameters.first_year + year - frontier_loss_base;
        int off = 0;
        if (map_random_.chance(parameters_.wrong_year_share)) off = map_random_.chance(0.5) ? 1 : -1;
        const int last = study_.parameters.first_year + study_.parameters.years - 1 - frontier_loss_base;
        const int mapped = std::clamp(value + off, study_.parameters.first_year - frontier_loss_base, last);
        std::size_t count = 0;
        each_cell(ring, [&](std::size_t at) {
            if (out_.tree_cover[at] < frontier_forest_min || out_.true_year[at] != 0) return;
            out_.true_year[at] = static_cast<std::uint8_t>(value);
            out_.mapped_year[at] = static_cast<std::uint8_t>(mapped);
            out_.mechanism[at] = mechanism;
            out_.displaced[at] = displaced ? 1 : 0;
            ++count;
        });
        return static_cast<double>(count) * out_.cell_hectares();
    }

    void clear_for(const FrontierPlot& plot, int year) {
        const bool displaced = plot.displaced_by >= 0;
        debt_ += with_it * fell(plot.outline, year, LossMechanism::direct, displaced);
        if (debt_ < 0.2) return;
        const geo::Box box = geo::envelope(plot.outline);
        const double reach = std::max(box.width(), box.height()) / 2;
        const geo::Point middle{(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
        const double radius = std::sqrt(debt_ * 10'000 / std::numbers::pi);
        const double angle = random_.uniform(0, 2 * std::numbers::pi);
        const geo::Point beside{middle.x + (reach + radius) * std::cos(angle),
                                middle.y + (reach + radius) * std::sin(angle)};
        const OutlineShape shape{12, 0.25, 1.3, random_.uniform(0, std::numbers::pi)};
        const geo::Ring ring = outline(beside, geo::SquareMetres(debt_ * 10'000), shape, random_);
        debt_ -= fell(ring, year, LossMechanism::associated, displaced);
        debt_ = std::clamp(debt_, 0.0, 1.0);
    }

    void others(int year) {
        const auto t = static_cast<std::size_t>(year);
        for (std::size_t i = 0; i < study_.land.cells.size(); ++i) {
            const CellLoss& loss = study_.forest.loss[i][t];
            patches(i, year, loss.cattle, 6, LossMechanism::cattle);
            patches(i, year, loss.fire, 15, LossMechanism::fire);
            patches(i, year, loss.other, 1.5, LossMechanism::other);
        }
    }

    /// Patches of lognormal size around `size` hectares until `wanted` have fallen; small amounts come by chance.
    void patches(std::size_t cell, int year, double wanted, double size, LossMechanism mechanism) {
        const geo::Point centre = study_.land.cells[cell].centre;
        const double half = study_.land.frame.cell / 2;
        for (int tries = 0; wanted > 0 && tries < 60; ++tries) {
            const double area = std::clamp(size * std::exp(random_.normal(0, 0.7)), 0.3, 60.0);
            if (area > wanted && !random_.chance(wanted / area)) return;
            const geo::Point at{centre.x + random_.uniform(-half, half), centre.y + random_.uniform(-half, half)};
            const OutlineShape shape{16, 0.3, random_.uniform(1, 2.5), random_.uniform(0, std::numbers::pi)};
            wanted -= fell(outline(at, geo::SquareMetres(area * 10'000), shape, random_), year, mechanism, false);
        }
    }

    void map_drivers() {
        const int factor = parameters_.driver_factor;
        const Frame& frame = out_.frame;
        out_.driver_frame = {frame.north_west, frame.cell * factor, frame.columns / factor, frame.rows / factor};
        out_.drivers.assign(out_.driver_frame.size(), MappedDriver::none);
        for (std::size_t at = 0; at < out_.drivers.size(); ++at)
            out_.drivers[at] = mapped_driver(at, factor);
    }

    MappedDriver mapped_driver(std::size_t at, int factor) {
        std::array<int, mapped_classes.size()> counts{};
        const int first_column = out_.driver_frame.column_of(at) * factor;
        const int first_row = out_.driver_frame.row_of(at) * factor;
        for (int r = first_row; r < first_row + factor; ++r) {
            for (int c = first_column; c < first_column + factor; ++c) {
                const MappedDriver driver = shown_as(out_.mechanism[out_.frame.position(c, r)]);
                const auto found = std::ranges::find(mapped_classes, driver);
                if (found != mapped_classes.end()) ++counts[static_cast<std::size_t>(found - mapped_classes.begin())];
            }
        }
        const auto most = std::ranges::max_element(counts);
        if (*most == 0) return MappedDriver::none;
        auto shown = static_cast<std::size_t>(most - counts.begin());
        if (map_random_.chance(parameters_.wrong_driver_share))
            shown = (shown + static_cast<std::size_t>(map_random_.integer(1, 3))) % mapped_classes.size();
        return mapped_classes[shown];
    }

    const DisplacementStudy& study_;
    const FrontierPlots& ground_;
    const FrontierForestParameters& parameters_;
    Random random_;
    Random map_random_;
    FrontierForest out_;
    double debt_ = 0;  ///< hectares still to be cleared around plots: small amounts wait for the next plot
};

}  // namespace

FrontierForest frontier_forest(const DisplacementStudy& study, const FrontierPlots& ground,
                               const FrontierForestParameters& parameters) {
    return Clearing(study, ground, parameters).made();
}

}  // namespace vereda::simulate
