#include "optimise/narrow_cover.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace vereda::optimise::detail {

namespace {

using Mask = std::uint64_t;  // bit k: the member k places further on is taken
constexpr double never = -std::numeric_limits<double>::infinity();
constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

double log_sum(double a, double b) {
    if (a == never) return b;
    if (b == never) return a;
    const double high = std::max(a, b);
    return high + std::log1p(std::exp(-std::abs(a - b)));
}

/// What is taken of the members from here on, over all ways to explain those before.
struct State {
    Mask taken = 0;
    double sum = never;   ///< log of Σ exp(weight) over those ways
    double best = never;  ///< greatest weight among them
    std::uint32_t from = none;
    std::uint32_t by = none;  ///< hypothesis chosen at the member before; none: it stays unexplained or was taken
    double after = never;     ///< log of Σ exp(weight) over all ways to go on
};

/// A hypothesis at its first member.
struct Start {
    std::uint32_t hypothesis;
    Mask members;  ///< bit 0: the first member itself
    double weight;
};

class Layers {
  public:
    Layers(const Component& component, std::size_t most_states) : most_states_(most_states) {
        starts_.resize(component.members);
        for (std::uint32_t h = 0; h < component.hypotheses.size(); ++h)
            add_start(component.hypotheses[h], h);
    }

    [[nodiscard]] bool go_forward() {
        if (too_wide_) return false;
        layers_.push_back({State{0, 0, 0, none, none, never}});
        for (const std::vector<Start>& starts : starts_) {
            std::vector<State> next = successors(layers_.back(), starts);
            if (next.size() > most_states_) return false;
            layers_.push_back(std::move(next));
        }
        return true;
    }

    [[nodiscard]] ComponentAnswer go_back(std::size_t hypotheses) {
        ComponentAnswer answer{std::vector<std::uint8_t>(hypotheses, 0), std::vector<double>(hypotheses, 0)};
        State& end = layers_.back().front();
        end.after = 0;
        const double total = end.sum;
        for (std::size_t i = starts_.size(); i-- > 0;)
            step_back(i, total, answer);
        std::uint32_t at = 0;
        for (std::size_t i = starts_.size(); i > 0; --i) {
            const State& state = layers_[i][at];
            if (state.by != none) answer.chosen[state.by] = 1;
            at = state.from;
        }
        return answer;
    }

  private:
    void add_start(const Hypothesis& hypothesis, std::uint32_t number) {
        const auto members = std::span(hypothesis.members).first(hypothesis.count);
        const auto [first, last] = std::ranges::minmax(members);
        if (last - first > 63) {
            too_wide_ = true;
            return;
        }
        Mask mask = 0;
        for (const std::uint32_t member : members)
            mask |= Mask{1} << (member - first);
        starts_[first].push_back({number, mask, hypothesis.weight});
    }

    static std::vector<State> successors(const std::vector<State>& layer, const std::vector<Start>& starts) {
        std::vector<State> next;
        for (std::uint32_t s = 0; s < layer.size(); ++s) {
            const State& state = layer[s];
            next.push_back({state.taken >> 1, state.sum, state.best, s, none, never});
            if ((state.taken & 1) != 0) continue;
            for (const Start& start : starts) {
                if ((state.taken & start.members) != 0) continue;
                next.push_back({(state.taken | start.members) >> 1, state.sum + start.weight, state.best + start.weight,
                                s, start.hypothesis, never});
            }
        }
        std::ranges::stable_sort(next, {}, &State::taken);
        std::size_t kept = 0;
        for (std::size_t i = 1; i < next.size(); ++i) {
            if (next[i].taken != next[kept].taken) {
                next[++kept] = next[i];
                continue;
            }
            const double sum = log_sum(next[kept].sum, next[i].sum);
            if (next[i].best > next[kept].best) next[kept] = next[i];
            next[kept].sum = sum;
        }
        next.resize(kept + 1);
        return next;
    }

    [[nodiscard]] const State& state_of(std::size_t layer, Mask taken) const {
        return *std::ranges::lower_bound(layers_[layer], taken, {}, &State::taken);
    }

    void step_back(std::size_t i, double total, ComponentAnswer& answer) {
        for (State& state : layers_[i]) {
            state.after = state_of(i + 1, state.taken >> 1).after;
            if ((state.taken & 1) != 0) continue;
            for (const Start& start : starts_[i]) {
                if ((state.taken & start.members) != 0) continue;
                const double onward = start.weight + state_of(i + 1, (state.taken | start.members) >> 1).after;
                answer.probability[start.hypothesis] += std::exp(state.sum + onward - total);
                state.after = log_sum(state.after, onward);
            }
        }
    }

    std::vector<std::vector<Start>> starts_;
    std::vector<std::vector<State>> layers_;
    std::size_t most_states_;
    bool too_wide_ = false;
};

}  // namespace

std::optional<ComponentAnswer> solve_narrow(const Component& component, std::size_t most_states) {
    Layers layers(component, most_states);
    if (!layers.go_forward()) return std::nullopt;
    return layers.go_back(component.hypotheses.size());
}

}  // namespace vereda::optimise::detail
