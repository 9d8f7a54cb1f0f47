#include "optimise/association.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "optimise/narrow_cover.hpp"
#include "optimise/wide_cover.hpp"

namespace vereda::optimise {

namespace {

/// Open states at one member beyond which a component counts as wide.
constexpr std::size_t most_states = 512;
constexpr std::size_t components_to_a_task = 1024;

std::span<const std::uint32_t> members_of(const Hypothesis& hypothesis) {
    return std::span(hypothesis.members).first(hypothesis.count);
}

/// Disjoint sets of members; the lowest stands for its set.
class Sets {
  public:
    explicit Sets(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }
    [[nodiscard]] std::uint32_t lowest(std::uint32_t i) {
        while (parent_[i] != i)
            i = parent_[i] = parent_[parent_[i]];
        return i;
    }
    void join(std::uint32_t a, std::uint32_t b) {
        a = lowest(a);
        b = lowest(b);
        if (a != b) parent_[std::max(a, b)] = std::min(a, b);
    }

  private:
    std::vector<std::uint32_t> parent_;
};

/// Hypotheses sorted by component, components by their lowest member.
struct Components {
    std::vector<std::uint32_t> hypotheses;
    std::vector<std::size_t> first;  ///< one more than there are components
};

Components components_of(const AssociationProblem& problem) {
    Sets sets(problem.rows + problem.columns);
    for (const Hypothesis& h : problem.hypotheses) {
        for (const std::uint32_t m : members_of(h))
            sets.join(h.members[0], m);
    }
    std::vector<std::size_t> start(problem.rows + problem.columns + 1, 0);
    std::vector<std::uint32_t> set_of(problem.hypotheses.size());
    for (std::size_t h = 0; h < problem.hypotheses.size(); ++h) {
        set_of[h] = sets.lowest(problem.hypotheses[h].members[0]);
        ++start[set_of[h] + 1];
    }
    Components result;
    for (std::size_t m = 0; m + 1 < start.size(); ++m) {
        if (start[m + 1] > 0) result.first.push_back(start[m]);
        start[m + 1] += start[m];
    }
    result.first.push_back(problem.hypotheses.size());
    result.hypotheses.resize(problem.hypotheses.size());
    for (std::uint32_t h = 0; h < problem.hypotheses.size(); ++h)
        result.hypotheses[start[set_of[h]]++] = h;
    return result;
}

class Solver {
  public:
    Solver(const AssociationProblem& problem, Association& result) : problem_(problem), result_(result) {}

    struct Tally {
        std::size_t wide = 0;
        std::size_t unproved = 0;
    };

    void solve(std::span<const std::uint32_t> hypotheses, Tally& tally) {
        if (hypotheses.size() == 1) {
            const double weight = problem_.hypotheses[hypotheses.front()].weight;
            result_.chosen[hypotheses.front()] = weight > 0 ? 1 : 0;
            result_.probability[hypotheses.front()] = 1 / (1 + std::exp(-weight));
            return;
        }
        detail::Component component = localised(hypotheses);
        detail::ComponentAnswer answer;
        if (auto narrow = detail::solve_narrow(component, most_states)) {
            answer = std::move(*narrow);
        } else {
            std::vector<bool> is_row(members_.size());
            for (std::size_t m = 0; m < members_.size(); ++m)
                is_row[m] = members_[m] < problem_.rows;
            detail::WideAnswer wide = detail::solve_wide(component, is_row, most_states);
            answer = std::move(wide.answer);
            ++tally.wide;
            tally.unproved += wide.proved ? 0 : 1;
        }
        for (std::size_t k = 0; k < hypotheses.size(); ++k) {
            result_.chosen[hypotheses[k]] = answer.chosen[k];
            result_.probability[hypotheses[k]] = std::clamp(answer.probability[k], 0.0, 1.0);
        }
    }

  private:
    /// Members numbered along the component's longer side.
    detail::Component localised(std::span<const std::uint32_t> hypotheses) {
        members_.clear();
        geo::Box box;
        for (const std::uint32_t h : hypotheses) {
            for (const std::uint32_t m : members_of(problem_.hypotheses[h]))
                members_.push_back(m);
        }
        std::ranges::sort(members_);
        members_.erase(std::unique(members_.begin(), members_.end()), members_.end());
        for (const std::uint32_t m : members_)
            box.add(problem_.places[m]);
        const bool by_x = box.width() >= box.height();
        std::ranges::stable_sort(members_, {},
                                 [&](std::uint32_t m) { return by_x ? problem_.places[m].x : problem_.places[m].y; });
        numbers_.clear();
        for (std::uint32_t i = 0; i < members_.size(); ++i)
            numbers_.push_back({members_[i], i});
        std::ranges::sort(numbers_);
        detail::Component component;
        component.members = members_.size();
        component.hypotheses.reserve(hypotheses.size());
        for (const std::uint32_t h : hypotheses) {
            Hypothesis local = problem_.hypotheses[h];
            for (std::size_t k = 0; k < local.count; ++k)
                local.members[k] = std::ranges::lower_bound(numbers_, std::pair(local.members[k], 0U))->second;
            component.hypotheses.push_back(local);
        }
        return component;
    }

    const AssociationProblem& problem_;
    Association& result_;
    std::vector<std::uint32_t> members_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> numbers_;
};

}  // namespace

Association associate(const AssociationProblem& problem, geo::Parallelism parallelism) {
    Association result;
    result.chosen.assign(problem.hypotheses.size(), 0);
    result.probability.assign(problem.hypotheses.size(), 0);
    const Components components = components_of(problem);
    result.components = components.first.size() - 1;
    const std::size_t tasks = (result.components + components_to_a_task - 1) / components_to_a_task;
    std::vector<Solver::Tally> tallies(tasks);
    geo::parallel_for(tasks, parallelism, [&](std::size_t task) {
        Solver solver(problem, result);
        const std::size_t end = std::min(result.components, (task + 1) * components_to_a_task);
        for (std::size_t c = task * components_to_a_task; c < end; ++c) {
            const std::size_t first = components.first[c];
            solver.solve(std::span(components.hypotheses).subspan(first, components.first[c + 1] - first),
                         tallies[task]);
        }
    });
    for (const Solver::Tally& tally : tallies) {
        result.wide_components += tally.wide;
        result.unproved += tally.unproved;
    }
    return result;
}

}  // namespace vereda::optimise
