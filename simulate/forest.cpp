#include "simulate/forest.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "simulate/noise.hpp"
#include "simulate/outline.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

std::string_view name_of(Driver driver) {
    switch (driver) {
        case Driver::none:
            return "none";
        case Driver::cattle:
            return "cattle";
        case Driver::coca:
            return "coca";
        case Driver::poppy:
            return "poppy";
        case Driver::fire:
            return "fire";
        case Driver::other:
            return "other";
        case Driver::undetermined:
            break;
    }
    return "undetermined";
}

Surface tree_cover_of(const Territory& land, std::uint64_t seed) {
    const Noise patches(mixed(seed ^ 0xF02E57), 1800);
    const Noise crowns(mixed(seed ^ 0xF02E58), 120);
    std::vector<bool> lived(land.frame.size(), false);
    for (const Vereda& vereda : land.veredas)
        lived[land.frame.cell_at(vereda.village)] = true;
    const Surface to_village = distance_to(land.frame, lived);
    Surface out(land.frame);
    for (std::size_t i = 0; i < land.frame.size(); ++i) {
        const geo::Point p = land.frame.centre(i);
        const double farmed =
            1.5 * std::exp(-land.to_road.values[i] / 380) + 1.1 * std::exp(-to_village.values[i] / 650) +
            0.5 * std::exp(-land.to_river.values[i] / 130) - 1.2 * std::min(land.slope.values[i], 0.8);
        const double cold = std::max(0.0, (land.elevation.values[i] - 2450) / 300);
        const double wild = 1.5 + 2.2 * patches.fractal(p, 4) - 2.4 * farmed - 2.2 * cold;
        const double cover = 92 / (1 + std::exp(-3 * wild)) + 5 * crowns.at(p);
        out.values[i] =
            std::clamp(std::round(cover / 2) * 2, 0.0, 100.0);  // in steps of 2, as the mapped products show it
    }
    return out;
}

namespace {

class Clearing {
  public:
    Clearing(const LandscapeParameters& parameters, const Territory& land, const Cultivation& cultivation,
             Forest& forest, std::uint64_t seed)
        : parameters_(parameters),
          land_(land),
          cultivation_(cultivation),
          forest_(forest),
          random_(seed, "forest"),
          ragged_(mixed(seed ^ 0xC1EA2), 260),
          reserved_(land.frame.size(), false) {
        for (std::size_t i = 0; i < land.frame.size(); ++i) {
            sum_ += std::exp(-land.to_road.values[i] / 700) * std::clamp(1.2 - 2 * land.slope.values[i], 0.02, 1.0);
            running_.push_back(sum_);
        }
    }

    void run() {
        const int last = parameters_.cultivation.last_survey;
        for (const TruePlot& plot : cultivation_.plots) {
            for (const PlotYear& at : plot.years) {
                each_cell(at.outline, [&](std::size_t cell) { reserved_[cell] = true; });
            }
        }
        for (const TruePlot& plot : cultivation_.plots) {
            const Driver cause = plot.crop == regions::Crop::coca ? Driver::coca : Driver::poppy;
            each_cell(plot.years.front().outline,
                      [&](std::size_t cell) { lose(cell, plot.cleared_year, cause, cause); });
        }
        for (int year = parameters_.forest.first_loss_year; year <= last; ++year) {
            const double boom = year >= last - 4 ? 1.5 : 1.0;  // more pasture in the last five years
            clear(year, Driver::cattle, parameters_.forest.cattle_ha_per_year * boom * random_.uniform(0.6, 1.4), 1,
                  25);
            if (random_.chance(0.55))
                clear(year, Driver::fire, parameters_.forest.fire_ha_per_year * random_.uniform(0.8, 2.6), 3, 30);
            clear(year, Driver::other, parameters_.forest.other_ha_per_year * random_.uniform(0.5, 1.5), 0.2, 3);
        }
    }

  private:
    template <class Visit>
    void each_cell(const geo::Ring& ring, const Visit& visit) const {
        const Frame& frame = land_.frame;
        const geo::Box box = geo::envelope(ring);
        const std::size_t first = frame.cell_at({box.min.x, box.max.y});
        const std::size_t last = frame.cell_at({box.max.x, box.min.y});
        for (int row = frame.row_of(first); row <= frame.row_of(last); ++row) {
            for (int column = frame.column_of(first); column <= frame.column_of(last); ++column) {
                const std::size_t cell = frame.position(column, row);
                if (inside(ring, frame.centre(cell))) visit(cell);
            }
        }
    }

    bool lose(std::size_t cell, int year, Driver cause, Driver shown) {
        const int coded = year - loss_base_year;
        if (coded < 1 || forest_.loss_year[cell] != 0 || forest_.tree_cover.values[cell] < tree_cover_min) return false;
        forest_.loss_year[cell] = static_cast<std::uint8_t>(coded);
        forest_.cause[cell] = cause;
        forest_.driver[cell] = shown;
        return true;
    }

    [[nodiscard]] geo::Point draw_place(Driver cause) {
        const Frame& frame = land_.frame;
        if (cause != Driver::cattle) {
            const geo::Box extent = frame.extent();
            return {random_.uniform(extent.min.x, extent.max.x), random_.uniform(extent.min.y, extent.max.y)};
        }
        const double target = random_.uniform(0, sum_);
        const auto cell =
            static_cast<std::size_t>(std::upper_bound(running_.begin(), running_.end(), target) - running_.begin());
        return frame.centre(std::min(cell, frame.size() - 1));
    }

    /// Patches of `least` to `most` hectares until the year's total is reached; their edges are ragged.
    void clear(int year, Driver cause, double hectares, double least, double most) {
        const double cell_ha = land_.frame.cell * land_.frame.cell / 10'000;
        for (int tries = 0; hectares > 0 && tries < 400; ++tries) {
            const double size =
                std::min(most, least * std::exp(std::abs(random_.normal(0, 1)) * std::log(most / least) / 2));
            const geo::Ring patch =
                outline(draw_place(cause), geo::SquareMetres(1.3 * size * 10'000),
                        {20, 0.3, random_.uniform(1, 2.2), random_.uniform(0, std::numbers::pi)}, random_);
            const Driver shown = random_.chance(parameters_.forest.driver_unknown_share) ? Driver::undetermined : cause;
            each_cell(patch, [&](std::size_t cell) {
                if (reserved_[cell] || ragged_.fractal(land_.frame.centre(cell), 2) < -0.22) return;
                if (lose(cell, year, cause, shown)) hectares -= cell_ha;
            });
        }
    }

    const LandscapeParameters& parameters_;
    const Territory& land_;
    const Cultivation& cultivation_;
    Forest& forest_;
    Random random_;
    Noise ragged_;
    std::vector<bool> reserved_;
    std::vector<double> running_;
    double sum_ = 0;
};

Surface biomass_of(const Territory& land, const Surface& tree_cover, std::uint64_t seed) {
    const Noise stands(mixed(seed ^ 0xB10A55), 900);
    Surface out(land.frame);
    for (std::size_t i = 0; i < land.frame.size(); ++i) {
        const double cover = tree_cover.values[i] / 100;
        const double cold = std::clamp((land.elevation.values[i] - 800) / 2600, 0.0, 1.0);
        const double full = (310 - 190 * cold) * (1 + 0.18 * stands.fractal(land.frame.centre(i), 3));
        out.values[i] = std::round((8 + full * std::pow(cover, 1.5)) / 2) * 2;
    }
    return out;
}

}  // namespace

Forest forest_with_losses(const LandscapeParameters& parameters, const Territory& land, Surface tree_cover,
                          const Cultivation& cultivation, std::uint64_t seed) {
    Surface biomass = biomass_of(land, tree_cover, seed);
    Forest forest{std::move(tree_cover), std::move(biomass), std::vector<std::uint8_t>(land.frame.size(), 0),
                  std::vector<Driver>(land.frame.size(), Driver::none),
                  std::vector<Driver>(land.frame.size(), Driver::none)};
    Clearing(parameters, land, cultivation, forest, seed).run();
    return forest;
}

}  // namespace vereda::simulate
