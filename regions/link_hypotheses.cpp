#include "regions/link_hypotheses.hpp"

#include <algorithm>

#include "regions/plot_identity.hpp"

namespace vereda::regions {

namespace {

constexpr double hopeless = -3.5;
constexpr std::size_t most_parts = 4;   // of one split or merger
constexpr std::size_t most_around = 6;  // parts considered around one plot

/// Calls visit with every subset of 2 to most_parts of the parts.
template <class Visit>
void for_each_group(std::span<const std::uint32_t> parts, const Visit& visit) {
    std::vector<std::uint32_t> group;
    for (std::uint32_t bits = 1; bits < (1U << parts.size()); ++bits) {
        group.clear();
        for (std::size_t k = 0; k < parts.size(); ++k)
            if ((bits >> k & 1U) != 0) group.push_back(parts[k]);
        if (group.size() >= 2 && group.size() <= most_parts) visit(std::span<const std::uint32_t>(group));
    }
}

class Hypotheses {
  public:
    Hypotheses(const LinkModel& model, std::span<const PlotPair> pairs, std::span<const SoughtPlot> known,
               std::span<const PlotShape> seen)
        : model_(model), pairs_(pairs), known_(known), seen_(seen) {
        result_.problem.rows = known.size();
        result_.problem.columns = seen.size();
        for (const SoughtPlot& plot : known)
            result_.problem.places.push_back(plot.expected);
        for (const PlotShape& plot : seen)
            result_.problem.places.push_back(plot.centre);
    }

    LinkHypotheses all(geo::Parallelism parallelism) {
        add_pairs(parallelism);
        add_splits();
        add_mergers();
        return std::move(result_);
    }

  private:
    void add(std::span<const std::uint32_t> rows, std::span<const std::uint32_t> columns, double weight,
             std::uint32_t pair) {
        if (weight < hopeless) return;
        optimise::Hypothesis hypothesis;
        for (const std::uint32_t row : rows)
            hypothesis.members[hypothesis.count++] = row;
        for (const std::uint32_t column : columns)
            hypothesis.members[hypothesis.count++] = static_cast<std::uint32_t>(known_.size()) + column;
        hypothesis.weight = weight;
        result_.problem.hypotheses.push_back(hypothesis);
        result_.pair_of.push_back(pair);
    }

    void add_pairs(geo::Parallelism parallelism) {
        constexpr std::size_t chunk = 4096;
        std::vector<double> weights(pairs_.size());
        geo::parallel_for((pairs_.size() + chunk - 1) / chunk, parallelism, [&](std::size_t c) {
            for (std::size_t i = c * chunk; i < std::min(pairs_.size(), (c + 1) * chunk); ++i)
                weights[i] = model_.weight(pairs_[i]);
        });
        for (std::uint32_t i = 0; i < pairs_.size(); ++i)
            add({&pairs_[i].known, 1}, {&pairs_[i].seen, 1}, weights[i], i);
    }

    void add_splits() {
        std::vector<std::pair<double, std::uint32_t>> inside;
        for (std::size_t begin = 0; begin < pairs_.size();) {
            std::size_t end = begin;
            inside.clear();
            for (; end < pairs_.size() && pairs_[end].known == pairs_[begin].known; ++end) {
                if (model_.may_be_part(pairs_[end], seen_[pairs_[end].seen].area))
                    inside.emplace_back(-pairs_[end].shared, pairs_[end].seen);
            }
            const std::uint32_t parent = pairs_[begin].known;
            for_each_group(parts_of(inside), [&](std::span<const std::uint32_t> children) {
                const geo::Point common =
                    common_centre(children, [&](std::uint32_t c) -> const PlotShape& { return seen_[c]; });
                const geo::Point expected = known_[parent].expected;
                add({&parent, 1}, children,
                    model_.split_weight(parent, children, common.x - expected.x, common.y - expected.y), no_plot);
            });
            begin = end;
        }
    }

    void add_mergers() {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> by_outline;  // outline, pair
        for (std::uint32_t i = 0; i < pairs_.size(); ++i) {
            if (model_.may_be_part(pairs_[i], known_[pairs_[i].known].shape.area))
                by_outline.emplace_back(pairs_[i].seen, i);
        }
        std::ranges::sort(by_outline);
        std::vector<std::pair<double, std::uint32_t>> inside;
        for (std::size_t begin = 0; begin < by_outline.size();) {
            std::size_t end = begin;
            inside.clear();
            for (; end < by_outline.size() && by_outline[end].first == by_outline[begin].first; ++end) {
                const PlotPair& pair = pairs_[by_outline[end].second];
                inside.emplace_back(-pair.shared, pair.known);
            }
            const std::uint32_t child = by_outline[begin].first;
            for_each_group(parts_of(inside), [&](std::span<const std::uint32_t> parents) {
                geo::Point expected{0, 0};
                double area = 0;
                for (const std::uint32_t parent : parents) {
                    const double own = known_[parent].shape.area;
                    expected = {expected.x + own * known_[parent].expected.x,
                                expected.y + own * known_[parent].expected.y};
                    area += own;
                }
                const geo::Point centre = seen_[child].centre;
                add(parents, {&child, 1},
                    model_.merge_weight(parents, child, centre.x - expected.x / area, centre.y - expected.y / area),
                    no_plot);
            });
            begin = end;
        }
    }

    /// The parts that share most, in the order of their numbers.
    [[nodiscard]] static std::vector<std::uint32_t> parts_of(std::vector<std::pair<double, std::uint32_t>>& inside) {
        std::ranges::sort(inside);
        if (inside.size() > most_around) inside.resize(most_around);
        std::vector<std::uint32_t> parts;
        for (const auto& [shared, part] : inside)
            parts.push_back(part);
        std::ranges::sort(parts);
        return parts;
    }

    template <class ShapeOf>
    [[nodiscard]] static geo::Point common_centre(std::span<const std::uint32_t> parts, const ShapeOf& shape) {
        geo::Point sum{0, 0};
        double area = 0;
        for (const std::uint32_t part : parts) {
            const PlotShape& own = shape(part);
            sum = {sum.x + own.area * own.centre.x, sum.y + own.area * own.centre.y};
            area += own.area;
        }
        return {sum.x / area, sum.y / area};
    }

    const LinkModel& model_;
    std::span<const PlotPair> pairs_;
    std::span<const SoughtPlot> known_;
    std::span<const PlotShape> seen_;
    LinkHypotheses result_;
};

}  // namespace

LinkHypotheses link_hypotheses(const LinkModel& model, std::span<const PlotPair> pairs,
                               std::span<const SoughtPlot> known, std::span<const PlotShape> seen,
                               geo::Parallelism parallelism) {
    return Hypotheses(model, pairs, known, seen).all(parallelism);
}

}  // namespace vereda::regions
