#include "regions/associated_loss.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace vereda::regions {

namespace {

constexpr double kOneSided95 = 1.6448536269514722;
/// Parts of the radius at which its bands end.
constexpr std::array kBands{0.25, 0.5, 1.0};
constexpr double kBackgroundRadii = 3;
constexpr double kRounding = 1 + 1e-9;
/// A region and year with less background than this part of its ground near plots takes the whole study's rate.
constexpr double kLeastBackground = 0.1;

struct Sum {
    double forest = 0;
    double lost = 0;
    void add(const raster::NearGround& ground) {
        forest += ground.exposed;
        lost += ground.happened;
    }
    [[nodiscard]] double rate() const { return forest > 0 ? lost / forest : 0; }
};

using Place = std::pair<std::size_t, int>;  // region and year

/// Ground near plots and beyond, added up for one radius and least cover.
struct Tally {
    std::map<std::size_t, std::map<Place, Sum>> bands;  ///< by place in kBands
    std::map<Place, Sum> background;
    std::map<Place, double> near_forest;
    std::map<int, Sum> background_of_year;
    std::map<std::pair<std::int64_t, int>, Sum> background_of_block;  // and year
};

/// Which of the radius's bands a band of the table is part of; those beyond it are part of none.
std::size_t band_of(geo::Metres edge, geo::Metres radius) {
    const auto holds = [&](double part) { return edge.value() <= part * radius.value() * kRounding; };
    return static_cast<std::size_t>(std::ranges::find_if(kBands, holds) - kBands.begin());
}

Tally tally(const LossTable& table, std::size_t cover, geo::Metres radius) {
    Tally sums;
    for (const raster::NearGround& ground : table.ground()) {
        if (!std::cmp_greater(ground.stratum, cover)) continue;
        const geo::Metres edge = table.edges()[static_cast<std::size_t>(ground.band)];
        const Place place{ground.zone, ground.year};
        const std::size_t band = band_of(edge, radius);
        if (band < kBands.size()) {
            sums.bands[band][place].add(ground);
            sums.near_forest[place] += ground.exposed;
        } else if (edge.value() <= kBackgroundRadii * radius.value() * kRounding) {
            sums.background[place].add(ground);
            sums.background_of_year[ground.year].add(ground);
            sums.background_of_block[{ground.block, ground.year}].add(ground);
        }
    }
    return sums;
}

/// Hectares of variance per hectare expected.
double dispersion(const Tally& sums, double cell) {
    double squares = 0;
    double expected = 0;
    for (const auto& [place, sum] : sums.background_of_block) {
        const double here = sum.forest * sums.background_of_year.at(place.second).rate();
        squares += (sum.lost - here) * (sum.lost - here);
        expected += here;
    }
    return expected > 0 ? std::max(cell, squares / expected) : cell;
}

struct Band {
    double observed = 0;
    double expected = 0;
    double variance = 0;  ///< of observed - expected, were nothing lost with the plots
    [[nodiscard]] double net() const { return observed - expected; }
};

Band measured(const std::map<Place, Sum>& band, const Tally& sums, double k) {
    Band result;
    for (const auto& [place, near] : band) {
        const auto found = sums.background.find(place);
        const bool own =
            found != sums.background.end() && found->second.forest >= kLeastBackground * sums.near_forest.at(place);
        const auto of_year = sums.background_of_year.find(place.second);
        if (!own && of_year == sums.background_of_year.end()) continue;  // nothing tells of that year
        const Sum& background = own ? found->second : of_year->second;
        const double expected = near.forest * background.rate();
        result.observed += near.lost;
        result.expected += expected;
        result.variance += k * expected * (1 + near.forest / background.forest);
    }
    return result;
}

}  // namespace

AssociatedLoss associated_loss(const LossTable& table, std::size_t cover, geo::Metres radius) {
    const Tally sums = tally(table, cover, radius);
    AssociatedLoss result;
    result.has_background = std::ranges::any_of(sums.background, [](const auto& b) { return b.second.forest > 0; });
    if (!result.has_background) return result;
    const double k = dispersion(sums, table.cell_hectares());
    std::vector<Band> bands;
    std::vector<std::size_t> places;
    for (const auto& [place, of_place] : sums.bands) {
        bands.push_back(measured(of_place, sums, k));
        places.push_back(place);
    }
    const auto by_chance = [](const Band& band) { return band.net() <= kOneSided95 * std::sqrt(band.variance); };
    const auto counted = static_cast<std::size_t>(std::ranges::find_if(bands, by_chance) - bands.begin());
    double variance = 0;
    for (std::size_t b = 0; b < (counted > 0 ? counted : bands.size()); ++b) {
        result.net += bands[b].net();
        result.lost_ += bands[b].observed;
        variance += bands[b].variance;
        for (std::size_t band = 0; band < table.edges().size(); ++band) {
            if (band_of(table.edges()[band], radius) != places[b]) continue;
            result.looked_at_.push_back(band);
            if (counted > 0) result.part_of_band[band] = bands[b].net() / bands[b].observed;
        }
    }
    result.error = std::sqrt(variance);
    return result;
}

std::map<std::size_t, double> AssociatedLoss::parts_at(double errors) const {
    std::map<std::size_t, double> parts;
    const double wanted = net + errors * error;
    if (!(wanted > 0) || !(lost_ > 0)) return parts;
    for (const std::size_t band : looked_at_) {
        const auto found = part_of_band.find(band);
        const double part = found == part_of_band.end() ? wanted / lost_ : found->second * wanted / net;
        parts[band] = std::min(1.0, part);
    }
    return parts;
}

}  // namespace vereda::regions
