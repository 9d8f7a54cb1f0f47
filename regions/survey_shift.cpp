#include "regions/survey_shift.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <unordered_map>

namespace vereda::regions {

namespace {

constexpr double least_reach = 50;  // metres
constexpr double bin = 2;           // metres
constexpr int heap = 2;             // bins to each side that count as one heap
constexpr double like_size = 0.3;   // standard deviation of the logarithm of the ratio of areas
constexpr std::size_t most_votes_of = 20'000;
constexpr std::size_t fewest_pairs = 5;
constexpr double tile_side = 2'500;  // metres
constexpr std::size_t fewest_in_tile = 30;
constexpr double tile_prior = 20;  // pairs that the whole survey's offset counts for in a tile
constexpr double none_prior = 2;   // pairs that "no shift" counts for in the whole

/// Points by square cells of the reach.
class Cells {
  public:
    Cells() = default;
    Cells(std::span<const PlotPlace> places, double side) : places_(places), side_(side) {
        order_.resize(places.size());
        for (std::size_t i = 0; i < places.size(); ++i)
            order_[i] = {key(cell(places[i].centre.x), cell(places[i].centre.y)), i};
        std::ranges::sort(order_);
        first_.reserve(places.size());
        for (std::size_t i = 0; i < order_.size(); ++i)
            if (i == 0 || order_[i].first != order_[i - 1].first) first_[order_[i].first] = i;
    }

    template <class Visit>
    void within(geo::Point centre, double radius, const Visit& visit) const {
        const long x0 = cell(centre.x - radius);
        const long x1 = cell(centre.x + radius);
        const long y0 = cell(centre.y - radius);
        const long y1 = cell(centre.y + radius);
        for (long x = x0; x <= x1; ++x) {
            for (long y = y0; y <= y1; ++y) {
                const auto found = first_.find(key(x, y));
                if (found == first_.end()) continue;
                for (std::size_t k = found->second; k < order_.size() && order_[k].first == found->first; ++k) {
                    const geo::Point p = places_[order_[k].second].centre;
                    const double distance = std::hypot(p.x - centre.x, p.y - centre.y);
                    if (distance <= radius) visit(order_[k].second, distance);
                }
            }
        }
    }

    /// The k-th place, cell by cell: neighbours in this order are neighbours on the ground.
    [[nodiscard]] std::size_t place(std::size_t k) const { return order_[k].second; }

    [[nodiscard]] std::optional<std::size_t> nearest(geo::Point centre, double radius) const {
        std::optional<std::size_t> best;
        double least = radius;
        within(centre, radius, [&](std::size_t i, double distance) {
            if (distance < least || (distance == least && (!best || i < *best))) {
                best = i;
                least = distance;
            }
        });
        return best;
    }

  private:
    [[nodiscard]] long cell(double value) const { return std::lround(std::floor(value / side_)); }
    static long long key(long x, long y) { return static_cast<long long>(x) * 0x7fffffffLL + y; }

    std::span<const PlotPlace> places_;
    double side_ = 1;
    std::vector<std::pair<long long, std::size_t>> order_;
    std::unordered_map<long long, std::size_t> first_;
};

double median(std::vector<double>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

geo::Point median(std::span<const geo::Point> offsets) {
    std::vector<double> x;
    std::vector<double> y;
    for (const geo::Point p : offsets) {
        x.push_back(p.x);
        y.push_back(p.y);
    }
    return {median(x), median(y)};
}

/// Offset with the greatest heap of votes.
geo::Point most_voted(std::span<const PlotPlace> known, std::span<const PlotPlace> seen, const Cells& cells,
                      double reach, double error) {
    const int side = 2 * static_cast<int>(std::ceil(reach / bin)) + 1;
    std::vector<double> votes(static_cast<std::size_t>(side) * side, 0);
    const auto bin_of = [&](double offset) { return static_cast<int>(std::lround(offset / bin)) + side / 2; };
    const std::size_t step = std::max<std::size_t>(1, known.size() / most_votes_of);
    for (std::size_t i = 0; i < known.size(); i += step) {
        cells.within(known[i].centre, reach, [&](std::size_t j, double) {
            const double ratio = std::log(seen[j].area / known[i].area) / like_size;
            const int col = bin_of(seen[j].centre.x - known[i].centre.x);
            const int row = bin_of(seen[j].centre.y - known[i].centre.y);
            votes[static_cast<std::size_t>(row) * side + col] += std::exp(-ratio * ratio / 2);
        });
    }
    geo::Point best{0, 0};
    double most = -1;
    for (int row = heap; row < side - heap; ++row) {
        for (int col = heap; col < side - heap; ++col) {
            double sum = 0;
            for (int r = row - heap; r <= row + heap; ++r)
                for (int c = col - heap; c <= col + heap; ++c)
                    sum += votes[static_cast<std::size_t>(r) * side + c];
            const geo::Point offset{(col - side / 2) * bin, (row - side / 2) * bin};
            const double far2 = (offset.x * offset.x + offset.y * offset.y) / (4 * error * error);
            sum *= std::exp(-far2 / 2);
            if (sum > most) {
                most = sum;
                best = offset;
            }
        }
    }
    return best;
}

struct Pair {
    geo::Point place;
    geo::Point offset;
};

/// Offsets of plots that are each other's nearest once `shift` is taken off.
class MutualPairs {
  public:
    MutualPairs(std::span<const PlotPlace> known, std::span<const PlotPlace> seen, double reach,
                geo::Parallelism parallelism)
        : known_(known), seen_(seen) {
        geo::parallel_for(2, parallelism, [&](std::size_t which) {
            if (which == 0) known_cells_ = Cells(known_, reach);
            if (which == 1) seen_cells_ = Cells(seen_, reach);
        });
    }

    [[nodiscard]] const Cells& seen_cells() const { return seen_cells_; }

    [[nodiscard]] std::vector<Pair> found(geo::Point shift, double radius, geo::Parallelism parallelism) const {
        constexpr std::size_t chunk = 4096;
        std::vector<Pair> pairs;
        geo::parallel_ordered<std::vector<Pair>>(
            (known_.size() + chunk - 1) / chunk, parallelism,
            [&](std::size_t c) {
                std::vector<Pair> part;
                for (std::size_t k = c * chunk; k < std::min(known_.size(), (c + 1) * chunk); ++k) {
                    if (const auto pair = pair_of(known_cells_.place(k), shift, radius)) part.push_back(*pair);
                }
                return part;
            },
            [&](std::size_t, std::vector<Pair>&& part) { pairs.insert(pairs.end(), part.begin(), part.end()); });
        return pairs;
    }

  private:
    [[nodiscard]] std::optional<Pair> pair_of(std::size_t i, geo::Point shift, double radius) const {
        const geo::Point p = known_[i].centre;
        const auto j = seen_cells_.nearest({p.x + shift.x, p.y + shift.y}, radius);
        if (!j || std::abs(std::log(seen_[*j].area / known_[i].area)) > 2 * like_size) return std::nullopt;
        const geo::Point q = seen_[*j].centre;
        const auto back = known_cells_.nearest({q.x - shift.x, q.y - shift.y}, radius);
        if (!back || *back != i) return std::nullopt;
        return Pair{p, {q.x - p.x, q.y - p.y}};
    }

    std::span<const PlotPlace> known_;
    std::span<const PlotPlace> seen_;
    Cells known_cells_;
    Cells seen_cells_;
};

std::pair<long, long> tile_of(geo::Point p) {
    return {std::lround(std::floor(p.x / tile_side)), std::lround(std::floor(p.y / tile_side))};
}

}  // namespace

SurveyShift::SurveyShift(std::span<const PlotPlace> known, std::span<const PlotPlace> seen, geo::Metres error,
                         geo::Parallelism parallelism) {
    if (known.size() < fewest_pairs || seen.size() < fewest_pairs) return;
    const double sd = std::max(error.value(), 1.0);
    const double reach = std::max(least_reach, 4 * sd);
    const MutualPairs mutual(known, seen, reach, parallelism);
    geo::Point shift = most_voted(known, seen, mutual.seen_cells(), reach, sd);
    std::vector<Pair> pairs;
    constexpr int refinements = 2;
    for (int round = 0; round < refinements; ++round) {
        pairs = mutual.found(shift, 2.5 * sd, parallelism);
        if (pairs.size() < fewest_pairs) return;
        std::vector<geo::Point> offsets;
        for (const Pair& pair : pairs)
            offsets.push_back(pair.offset);
        shift = median(offsets);
    }
    const double kept = static_cast<double>(pairs.size()) / (static_cast<double>(pairs.size()) + none_prior);
    whole_ = {shift.x * kept, shift.y * kept};
    std::map<std::pair<long, long>, std::vector<geo::Point>> by_tile;
    for (const Pair& pair : pairs)
        by_tile[tile_of(pair.place)].push_back(pair.offset);
    for (const auto& [tile, offsets] : by_tile) {
        if (offsets.size() < fewest_in_tile) continue;
        const geo::Point local = median(offsets);
        const double weight = static_cast<double>(offsets.size()) / (static_cast<double>(offsets.size()) + tile_prior);
        tiles_[tile] = {whole_.x + (local.x - whole_.x) * weight, whole_.y + (local.y - whole_.y) * weight};
    }
}

geo::Point SurveyShift::at(geo::Point place) const {
    const auto tile = tiles_.find(tile_of(place));
    return tile == tiles_.end() ? whole_ : tile->second;
}

}  // namespace vereda::regions
