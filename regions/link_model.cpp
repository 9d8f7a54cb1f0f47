#include "regions/link_model.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vereda::regions {

namespace {

constexpr double tau = 2 * std::numbers::pi;

// Priors (d): a share and how many plots it is worth.
constexpr double ended_prior = 0.10;
constexpr double new_prior = 0.10;
constexpr std::array<double, 3> returned_prior{0.9, 0.20, 0.08};
constexpr std::array<double, 2> changed_prior{0.10, 0.50};
constexpr std::array<double, 2> most_changed{0.5, 0.65};
constexpr double moved_prior = 0.02;
constexpr double share_worth = 10;
constexpr double scale_worth = 5;
constexpr double neighbours_worth = 3;
// Calibrated together with changed_room on simulated landscapes (docs/validation.md, seeds apart from the reported
// ones).
constexpr double split_share = 0.02;
constexpr double merge_share = 0.30;

// Errors that even a perfectly placed outline has (d).
constexpr double least_offset_variance = 0.25;       // square metres
constexpr double least_size_variance = 0.02 * 0.02;  // of the logarithm of the area
constexpr double least_form_variance = 0.003 * 0.003;
/// Of stretch and diagonal per σ²/area: a side moved by σ changes a square's stretch by σ/(6·side), twice.
constexpr double form_response = 1.0 / 18;

constexpr double moved_sd = 25;          // metres beyond the error of place (d)
constexpr double changed_size_sd = 0.6;  // of the logarithm of the ratio of areas (d)
constexpr double part_inside = 0.5;      // of a part's area, to belong to a split or merger (d)
constexpr double errors_astray = 1;      // errors of place by which a part may lie outside, over its side (d)
constexpr double least_inside = 0.2;     // however small the part (d)
constexpr double group_size_sd = 0.35;   // of the logarithm of the ratio of areas of a split or merger (d)
constexpr double group_drift = 0.06;     // variance of the common centre over the area (d)
constexpr double overlap_room =
    0.85;  // area of offsets at which half the smaller plot lies in the larger, over its area
/// The same for a plot that was enlarged or cut down: most of these lie within one another nearly whole. Both parts
/// calibrated like the shares of groups above.
constexpr double changed_room = 0.20;
constexpr double changed_blur = 0.45 * tau;     // of the error of place
constexpr double unlikeliest_intrusion = 1e-6;  // outlines are drawn wrong, too (d)
constexpr double least_observed = 0.02;
constexpr int rounds = 5;

double log_normal(double squared, double variance) {
    return -squared / (2 * variance) - std::log(tau * variance) / 2;
}
double log_normal_plane(double squared, double variance) {
    return -squared / (2 * variance) - std::log(tau * variance);
}

/// Of an outline that truly lies anywhere beside a plot to seem to reach into it at least so deep: a uniform place,
/// blurred by the error of place.
double intruding(double depth2, double error_variance) {
    return std::erfc(std::sqrt(depth2 / (2 * error_variance)));
}

double share(double count, double of, double prior) {
    return (count + prior * share_worth) / (of + share_worth);
}

double stated_offset_variance(const KnownPlot& known, const SeenPlot& seen) {
    return known.place_variance + seen.outline_variance;
}
double stated_size_variance(const KnownPlot& known, const SeenPlot& seen) {
    return 2 * known.outline_variance / known.area + 2 * seen.outline_variance / seen.area;
}
double stated_form_variance(const KnownPlot& known, const SeenPlot& seen) {
    return form_response * (known.outline_variance / known.area + seen.outline_variance / seen.area);
}

}  // namespace

LinkModel::LinkModel(std::span<const KnownPlot> known, std::span<const SeenPlot> seen, bool may_move)
    : known_(known),
      seen_(seen),
      ended_(ended_prior),
      new_(new_prior),
      returned_(returned_prior),
      changed_(changed_prior),
      moved_(may_move ? moved_prior : 0),
      may_move_(may_move),
      depth2_(seen.size(), 0) {
    if (seen.empty()) return;
    const auto count = static_cast<double>(seen.size());
    double squares = 0;
    double form_squares = 0;
    for (const SeenPlot& plot : seen) {
        size_mean_ += std::log(plot.area) / count;
        stretch_mean_ += plot.stretch / count;
        diagonal_mean_ += plot.diagonal / count;
    }
    for (const SeenPlot& plot : seen) {
        const double size = std::log(plot.area) - size_mean_;
        squares += size * size;
        form_squares += std::pow(plot.stretch - stretch_mean_, 2) + std::pow(plot.diagonal - diagonal_mean_, 2);
    }
    constexpr double size_sd_prior = 0.7;
    constexpr double form_sd_prior = 0.05;
    constexpr double worth = 5;
    size_sd_ = std::max(0.05, std::sqrt((squares + worth * size_sd_prior * size_sd_prior) / (count + worth)));
    form_variance_ = (form_squares / 2 + worth * form_sd_prior * form_sd_prior) / (count + worth);
}

double LinkModel::offset_variance(const KnownPlot& known, const SeenPlot& seen) const {
    return place_factor_ * stated_offset_variance(known, seen) + least_offset_variance;
}

bool LinkModel::may_be_part(const PlotPair& pair, double part_area) const {
    const double astray = std::sqrt(offset_variance(known_[pair.known], seen_[pair.seen]) / part_area);
    return pair.shared >= part_area * std::max(least_inside, part_inside - errors_astray * astray);
}

double LinkModel::place_scale() const {
    return std::sqrt(place_factor_);
}

double LinkModel::log_standing(std::uint32_t known, double covered) const {
    const KnownPlot& plot = known_[known];
    const double stands = plot.state == LastSeen::last_year ? std::pow(1 - ended_, plot.surveys_back)
                                                            : returned_[static_cast<std::size_t>(plot.state)];
    const double observed = std::max(std::clamp(plot.observed_share, least_observed, 1.0), covered);
    const double seen = std::clamp(stands * observed, 1e-4, 1 - 1e-4);
    // Of the plots that are not found, those that come back one survey later were only overlooked.
    const double overlooked = returned_[static_cast<std::size_t>(LastSeen::absent_once)];
    const double otherwise = std::max((1 - stands) * (1 - overlooked * covered) + stands * (1 - observed), 1e-4);
    return std::log(seen / otherwise);
}

/// How deep the two reach into each other, as if the ground they share lay along one side of the smaller; squared.
double LinkModel::depth2(const PlotPair& pair) const {
    return pair.shared * pair.shared / std::min(known_[pair.known].area, seen_[pair.seen].area);
}

/// Log density of a new plot with this outline's place and size; off known ground but for errors of place.
double LinkModel::log_new(std::uint32_t seen) const {
    const SeenPlot& plot = seen_[seen];
    const double share = std::min(0.9, new_ * plot.surveys_unseen);
    const double size = std::log(plot.area) - size_mean_;
    const double error = place_factor_ * 2 * plot.outline_variance + least_offset_variance;
    const double intrusion = std::max(intruding(depth2_[seen], error), unlikeliest_intrusion);
    return std::log(share * plot.density * neighbourly_ * intrusion) + log_normal(size * size, size_sd_ * size_sd_);
}

double LinkModel::touching(const PlotPair& pair) const {
    return intruding(depth2(pair), offset_variance(known_[pair.known], seen_[pair.seen]));
}

LinkModel::Densities LinkModel::densities(const PlotPair& pair) const {
    const KnownPlot& known = known_[pair.known];
    const SeenPlot& seen = seen_[pair.seen];
    Densities result;
    const double squared = pair.dx * pair.dx + pair.dy * pair.dy;
    const double offset_var = offset_variance(known, seen);
    const double size = std::log(seen.area / known.area);
    const double size_var = least_size_variance + size_factor_ * stated_size_variance(known, seen);
    const double form_var = least_form_variance + form_factor_ * stated_form_variance(known, seen);
    const double strange = std::pow(seen.stretch - stretch_mean_, 2) + std::pow(seen.diagonal - diagonal_mean_, 2);
    // Form alone can neither make nor break a link.
    const double form = std::clamp(
        log_normal_plane(pair.form, form_var) - log_normal_plane(strange, form_variance_ + form_var), -5.0, 4.0);
    const double base = log_new(pair.seen);
    const double same_size = log_normal(size * size, size_var) + form - base;
    const double changed = changed_[sight(pair)];
    result.ways.unchanged = (1 - changed - moved_) * std::exp(log_normal_plane(squared, offset_var) + same_size);
    result.ways.moved = moved_ * std::exp(log_normal_plane(squared, offset_var + moved_sd * moved_sd) + same_size);
    const double contained = pair.shared / std::min(known.area, seen.area);
    if (contained > 0) {
        const double half = std::min(1.0, contained / 0.5);
        const double room = changed_room * std::max(known.area, seen.area) + changed_blur * offset_var;
        result.ways.changed =
            changed * half * half / room * std::exp(log_normal(size * size, changed_size_sd * changed_size_sd) - base);
    }
    result.offset2 = squared / (stated_offset_variance(known, seen) + least_offset_variance);
    result.size2 = size * size / (least_size_variance + stated_size_variance(known, seen));
    result.form2 = pair.form / (least_form_variance + stated_form_variance(known, seen));
    return result;
}

double LinkModel::weight(const PlotPair& pair) const {
    const double sum = densities(pair).ways.sum();
    constexpr double nothing = -700;
    return sum > 0 ? std::max(nothing, log_standing(pair.known, 1 - touching(pair)) + std::log(sum)) : nothing;
}

LinkWays LinkModel::ways(const PlotPair& pair) const {
    LinkWays ways = densities(pair).ways;
    const double sum = ways.sum();
    if (!(sum > 0)) return {1, 0, 0};
    return {ways.unchanged / sum, ways.moved / sum, ways.changed / sum};
}

double LinkModel::split_weight(std::uint32_t known, std::span<const std::uint32_t> seen, double dx, double dy) const {
    const KnownPlot& parent = known_[known];
    double area = 0;
    double variance = 0;
    for (const std::uint32_t child : seen) {
        area += seen_[child].area;
        variance = std::max(variance, offset_variance(parent, seen_[child]));
    }
    const double size = std::log(area / parent.area);
    double weight = log_standing(known, 1) + std::log(split_share) +
                    log_normal_plane(dx * dx + dy * dy, variance + group_drift * parent.area) +
                    log_normal(size * size, group_size_sd * group_size_sd);
    for (std::size_t k = 0; k < seen.size(); ++k) {
        // Parts of any sizes: uniform on the simplex, as a density of their logarithms.
        weight += std::log(seen_[seen[k]].area / area) - log_new(seen[k]);
        if (k > 0) weight += std::log(static_cast<double>(k)) - std::log(overlap_room * parent.area + tau * variance);
    }
    return weight;
}

double LinkModel::merge_weight(std::span<const std::uint32_t> known, std::uint32_t seen, double dx, double dy) const {
    double area = 0;
    double variance = 0;
    double weight = std::log(merge_share);
    for (const std::uint32_t parent : known) {
        area += known_[parent].area;
        variance = std::max(variance, offset_variance(known_[parent], seen_[seen]));
        weight += log_standing(parent, 1);
    }
    const double size = std::log(seen_[seen].area / area);
    return weight + log_normal_plane(dx * dx + dy * dy, variance + group_drift * seen_[seen].area) +
           log_normal(size * size, group_size_sd * group_size_sd) - log_new(seen);
}

/// Each pair against all others of its known plot and of its outline: what belief propagation gives after one round.
std::vector<double> LinkModel::rough_probabilities(std::span<const PlotPair> pairs, std::vector<Densities>& found,
                                                   geo::Parallelism parallelism) const {
    std::vector<double> of_known(known_.size(), 0);
    std::vector<double> of_seen(seen_.size(), 0);
    std::vector<double> odds(pairs.size());
    found.resize(pairs.size());
    constexpr std::size_t chunk = 4096;
    geo::parallel_for((pairs.size() + chunk - 1) / chunk, parallelism, [&](std::size_t c) {
        for (std::size_t i = c * chunk; i < std::min(pairs.size(), (c + 1) * chunk); ++i) {
            found[i] = densities(pairs[i]);
            const double standing = std::exp(log_standing(pairs[i].known, 1 - touching(pairs[i])));
            odds[i] = std::min(1e12, standing * found[i].ways.sum());
        }
    });
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        of_known[pairs[i].known] += odds[i];
        of_seen[pairs[i].seen] += odds[i];
    }
    std::vector<double> probability(pairs.size());
    for (std::size_t i = 0; i < pairs.size(); ++i)
        probability[i] = odds[i] / (1 + of_known[pairs[i].known] + of_seen[pairs[i].seen] - odds[i]);
    return probability;
}

void LinkModel::fit(std::span<const PlotPair> pairs, geo::Parallelism parallelism) {
    for (const PlotPair& pair : pairs)
        depth2_[pair.seen] = std::max(depth2_[pair.seen], depth2(pair));
    std::vector<Densities> found;
    for (int round = 0; round < rounds; ++round) {
        const std::vector<double> p = rough_probabilities(pairs, found, parallelism);
        std::array<double, 2> links{};
        std::array<double, 2> changed{};
        double moved = 0;
        double still = 0;
        double offsets = 0;
        double sizes = 0;
        double forms = 0;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const LinkWays& ways = found[i].ways;
            if (!(ways.sum() > 0)) continue;
            const double unchanged = p[i] * ways.unchanged / ways.sum();
            links[sight(pairs[i])] += p[i];
            changed[sight(pairs[i])] += p[i] * ways.changed / ways.sum();
            moved += p[i] * ways.moved / ways.sum();
            still += unchanged;
            offsets += unchanged * found[i].offset2 / 2;
            sizes += unchanged * found[i].size2;
            forms += unchanged * found[i].form2 / 2;
        }
        for (std::size_t s = 0; s < changed_.size(); ++s)
            changed_[s] = std::min(most_changed[s], share(changed[s], links[s], changed_prior[s]));
        if (may_move_) moved_ = std::min(0.3, share(moved, links[0] + links[1], moved_prior));
        place_factor_ = (offsets + scale_worth) / (still + scale_worth);
        size_factor_ = (sizes + scale_worth) / (still + scale_worth);
        form_factor_ = (forms + scale_worth) / (still + scale_worth);
        fit_shares(pairs, p);
    }
}

void LinkModel::fit_shares(std::span<const PlotPair> pairs, std::span<const double> probability) {
    std::vector<double> known_linked(known_.size(), 0);
    std::vector<double> seen_linked(seen_.size(), 0);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        known_linked[pairs[i].known] += probability[i];
        seen_linked[pairs[i].seen] += probability[i];
    }
    std::array<double, 3> of_state{};
    std::array<double, 3> linked{};
    for (std::size_t k = 0; k < known_.size(); ++k) {
        constexpr double well_observed = 0.9;
        const bool unwatched = known_[k].state == LastSeen::last_year && known_[k].surveys_back > 1;
        if (known_[k].observed_share < well_observed || unwatched) continue;
        const auto state = static_cast<std::size_t>(known_[k].state);
        of_state[state] += 1;
        linked[state] += std::min(1.0, known_linked[k]);
    }
    ended_ = std::clamp(share(of_state[0] - linked[0], of_state[0], ended_prior), 0.002, 0.9);
    for (std::size_t s = 1; s < returned_.size(); ++s)
        returned_[s] = std::clamp(share(linked[s], of_state[s], returned_prior[s]), 0.002, 0.9);
    double fresh = 0;
    double watched = 0;
    for (std::size_t k = 0; k < seen_.size(); ++k) {
        if (seen_[k].surveys_unseen > 1) continue;
        watched += 1;
        fresh += 1 - std::min(1.0, seen_linked[k]);
    }
    new_ = std::clamp(share(fresh, watched, new_prior), 0.002, 0.9);

    // New plots beside plots that are surely found themselves.
    constexpr double surely = 0.95;
    double beside = 0;
    double expected = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const bool taken = known_linked[pairs[i].known] > surely && probability[i] < 1 - surely;
        if (taken && seen_[pairs[i].seen].surveys_unseen == 1) beside += 1 - std::min(1.0, seen_linked[pairs[i].seen]);
    }
    for (std::size_t k = 0; k < known_.size(); ++k)
        if (known_linked[k] > surely) expected += new_ * known_[k].density * known_[k].beside;
    expected *= watched / std::max(1.0, static_cast<double>(seen_.size()));
    neighbourly_ = std::clamp((beside + neighbours_worth) / (expected + neighbours_worth), 0.2, 50.0);
}

}  // namespace vereda::regions
