#include "simulate/crop_course.hpp"

#include <cmath>

#include "simulate/noise.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

namespace {

constexpr int burn_in = 20;  ///< years: 0.8^20 is one percent

/// Standard deviation of one octave of Noise over the plane, measured on ten million points.
constexpr double noise_sd = 0.305;

/// A smooth field of standard deviation 1; every call of `fresh` makes another one.
class SmoothField {
  public:
    SmoothField(std::uint64_t seed, double wavelength) : seed_(seed), wavelength_(wavelength) {}
    void fresh(int year) {
        const std::uint64_t key = mixed(seed_ + static_cast<std::uint64_t>(year + burn_in));
        noise_ = Noise(key, wavelength_);
        offset_ = {wavelength_ * static_cast<double>(key % 1009) / 1009.0,
                   wavelength_ * static_cast<double>(key / 1009 % 1013) / 1013.0};
    }
    [[nodiscard]] double at(geo::Point p) const { return noise_.at({p.x + offset_.x, p.y + offset_.y}) / noise_sd; }

  private:
    std::uint64_t seed_;
    double wavelength_;
    Noise noise_{0, 1};
    geo::Point offset_;
};

std::vector<std::vector<double>> log_prices(const DisplacementParameters& parameters, const Frontier& land,
                                            Random& random) {
    const double jump = parameters.shocks.price_jump * (random.chance(0.5) ? 1 : -1);
    const int jump_year = parameters.years / 2 + random.integer(-1, 1);
    const auto years = static_cast<std::size_t>(parameters.years);
    std::vector<double> national(years);
    double level = 0;
    for (std::size_t t = 0; t < years; ++t) {
        level = 0.7 * level + random.normal(0, parameters.shocks.price);
        national[t] = level + (static_cast<int>(t) >= jump_year ? jump : 0);
    }
    std::vector<std::vector<double>> out;
    for (std::size_t region = 0; region < land.regions.size(); ++region) {
        const double place = random.normal(0, 0.08);
        std::vector<double> prices;
        for (std::size_t t = 0; t < years; ++t)
            prices.push_back(national[t] + place + random.normal(0, 0.02));
        out.push_back(std::move(prices));
    }
    return out;
}

}  // namespace

CropCourse crop_course(const DisplacementParameters& parameters, const Frontier& land, std::uint64_t seed) {
    const CropShocks& shocks = parameters.shocks;
    Random random(seed, "crop_course");
    Random price_random(seed, "crop_prices");
    CropCourse out;
    out.log_price = log_prices(parameters, land, price_random);
    out.native.assign(land.cells.size(), std::vector<double>(static_cast<std::size_t>(parameters.years)));
    SmoothField broad(mixed(seed ^ 0xC21), 250'000);
    SmoothField local(mixed(seed ^ 0xC22), 60'000);
    SmoothField trend(mixed(seed ^ 0xC23), 150'000);
    trend.fresh(0);
    std::vector<double> shared(land.cells.size());
    std::vector<double> own(land.cells.size());
    double national = 0;
    for (int year = -burn_in; year < parameters.years; ++year) {
        broad.fresh(year);
        local.fresh(year);
        national = shocks.persistence * national + random.normal(0, shocks.national);
        for (std::size_t i = 0; i < land.cells.size(); ++i) {
            const FrontierCell& cell = land.cells[i];
            shared[i] = shocks.persistence * shared[i] + shocks.broad * broad.at(cell.centre) +
                        shocks.local * local.at(cell.centre);
            own[i] = shocks.persistence * own[i] + random.normal(0, shocks.own);
            if (year < 0) continue;
            const auto t = static_cast<std::size_t>(year);
            const double remote = (cell.access_min - 30) / 570;
            const double growth = shocks.trend * trend.at(cell.centre) * (year - parameters.years / 2.0);
            const double price = shocks.elasticity * (0.5 + 1.5 * remote) * out.log_price[cell.region][t];
            out.native[i][t] = cell.crop * std::exp(national + shared[i] + own[i] + growth + price);
        }
    }
    return out;
}

}  // namespace vereda::simulate
