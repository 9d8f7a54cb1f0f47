#include "optimise/wide_cover.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <queue>

#include "optimise/assignment.hpp"

namespace vereda::optimise::detail {

namespace {

constexpr double price_slack = 1e-9;
constexpr int most_rounds = 300;
constexpr double settled_change = 1e-7;
constexpr double damping = 0.5;
constexpr double greatest_weight = 300;   // exp() of it is still finite
constexpr std::size_t surroundings = 24;  // members re-solved around a group hypothesis

std::span<const std::uint32_t> members_of(const Hypothesis& hypothesis) {
    return std::span(hypothesis.members).first(hypothesis.count);
}

/// The hypotheses of each member.
class Incidence {
  public:
    explicit Incidence(const Component& component) : first_(component.members + 1, 0) {
        for (const Hypothesis& h : component.hypotheses) {
            for (const std::uint32_t m : members_of(h))
                ++first_[m + 1];
        }
        std::partial_sum(first_.begin(), first_.end(), first_.begin());
        entries_.resize(first_.back());
        std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
        for (std::uint32_t h = 0; h < component.hypotheses.size(); ++h) {
            for (const std::uint32_t m : members_of(component.hypotheses[h]))
                entries_[next[m]++] = h;
        }
    }
    [[nodiscard]] std::span<const std::uint32_t> of(std::size_t member) const {
        return std::span(entries_).subspan(first_[member], first_[member + 1] - first_[member]);
    }

  private:
    std::vector<std::size_t> first_;
    std::vector<std::uint32_t> entries_;
};

/// Sum-product over "at most one hypothesis to a member": q(m→h) = 1 / (1 + Σ over other h' of m of ω(h')·Π q(m'→h')).
std::vector<double> beliefs(const Component& component, const Incidence& incidence) {
    const std::size_t count = component.hypotheses.size();
    std::vector<double> odds(count);
    for (std::size_t h = 0; h < count; ++h)
        odds[h] = std::exp(std::min(component.hypotheses[h].weight, greatest_weight));
    std::vector<std::array<double, most_members>> message(count);
    for (auto& m : message)
        m.fill(1);
    // Odds of h as member `seat` of it sees them: with the other members' messages only.
    const auto offered = [&](std::size_t h, std::size_t seat) {
        double product = odds[h];
        for (std::size_t k = 0; k < component.hypotheses[h].count; ++k)
            if (k != seat) product *= message[h][k];
        return product;
    };
    const auto seat_of = [&](std::size_t h, std::size_t member) {
        return static_cast<std::size_t>(std::ranges::find(members_of(component.hypotheses[h]), member) -
                                        members_of(component.hypotheses[h]).begin());
    };
    std::vector<std::array<double, most_members>> next = message;
    std::vector<double> offers;
    for (int round = 0; round < most_rounds; ++round) {
        double change = 0;
        for (std::size_t m = 0; m < component.members; ++m) {
            const auto of_member = incidence.of(m);
            offers.clear();
            for (const std::uint32_t h : of_member)
                offers.push_back(offered(h, seat_of(h, m)));
            for (std::size_t i = 0; i < of_member.size(); ++i) {
                double others = 1;
                for (std::size_t k = 0; k < of_member.size(); ++k)
                    if (k != i) others += offers[k];
                const std::size_t seat = seat_of(of_member[i], m);
                const double old = message[of_member[i]][seat];
                const double fresh = damping * old + (1 - damping) / others;
                change = std::max(change, std::abs(fresh - old));
                next[of_member[i]][seat] = fresh;
            }
        }
        std::swap(message, next);
        if (change < settled_change) break;
    }
    std::vector<double> probability(count);
    for (std::size_t h = 0; h < count; ++h) {
        // At a fixed point the marginal odds of h against all sets without it.
        const double odds_here = offered(h, most_members);
        probability[h] = odds_here / (1 + odds_here);
    }
    return probability;
}

class BestSet {
  public:
    BestSet(const Component& component, const std::vector<bool>& is_row, const Incidence& incidence,
            std::size_t most_states)
        : component_(component),
          incidence_(incidence),
          most_states_(most_states),
          holder_(component.members, none),
          chosen_(component.hypotheses.size(), 0) {
        assign_pairs(is_row);
    }

    /// Tries the group hypotheses that the prices do not rule out. True: there were none.
    bool try_groups() {
        std::vector<std::uint32_t> open;
        for (std::uint32_t h = 0; h < component_.hypotheses.size(); ++h) {
            const Hypothesis& hypothesis = component_.hypotheses[h];
            if (hypothesis.count < 3) continue;
            double price = 0;
            for (const std::uint32_t m : members_of(hypothesis))
                price += prices_[m];
            if (hypothesis.weight > price + price_slack) open.push_back(h);
        }
        std::ranges::stable_sort(open, std::greater<>(),
                                 [&](std::uint32_t h) { return component_.hypotheses[h].weight; });
        for (const std::uint32_t h : open)
            if (chosen_[h] == 0) solve_around(component_.hypotheses[h]);
        return open.empty();
    }

    [[nodiscard]] std::vector<std::uint8_t> chosen() && { return std::move(chosen_); }

  private:
    static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

    void assign_pairs(const std::vector<bool>& is_row) {
        std::vector<std::size_t> number(component_.members);
        std::size_t rows = 0;
        std::size_t columns = 0;
        for (std::size_t m = 0; m < component_.members; ++m)
            number[m] = is_row[m] ? rows++ : columns++;
        std::vector<std::pair<AssignmentEdge, std::uint32_t>> pairs;
        for (std::uint32_t h = 0; h < component_.hypotheses.size(); ++h) {
            const Hypothesis& hypothesis = component_.hypotheses[h];
            if (hypothesis.count != 2 || !(hypothesis.weight > 0)) continue;
            const bool row_first = is_row[hypothesis.members[0]];
            const std::uint32_t row = hypothesis.members[row_first ? 0 : 1];
            const std::uint32_t column = hypothesis.members[row_first ? 1 : 0];
            pairs.push_back({{number[row], number[column], hypothesis.weight}, h});
        }
        std::ranges::stable_sort(pairs, {}, [](const auto& p) { return p.first.row; });
        std::vector<AssignmentEdge> edges;
        edges.reserve(pairs.size());
        for (const auto& [edge, hypothesis] : pairs)
            edges.push_back(edge);
        const Assignment assignment = assign(rows, columns, edges);
        prices_.resize(component_.members);
        for (std::size_t m = 0; m < component_.members; ++m)
            prices_[m] = is_row[m] ? assignment.row_price[number[m]] : assignment.column_price[number[m]];
        for (const auto& [edge, hypothesis] : pairs)
            if (assignment.column_of_row[edge.row] == edge.column) take(hypothesis, true);
    }

    void take(std::uint32_t h, bool taken) {
        chosen_[h] = taken ? 1 : 0;
        for (const std::uint32_t m : members_of(component_.hypotheses[h]))
            holder_[m] = taken ? h : none;
    }

    /// Members near the group, in whole sets of what is chosen now, so that re-solving them leaves the rest as it is.
    [[nodiscard]] std::vector<std::uint32_t> near(const Hypothesis& group) const {
        std::vector<std::uint32_t> found;
        const auto add = [&](std::uint32_t m) {
            if (std::ranges::find(found, m) != found.end()) return;
            found.push_back(m);
            if (holder_[m] == none) return;
            for (const std::uint32_t partner : members_of(component_.hypotheses[holder_[m]]))
                if (std::ranges::find(found, partner) == found.end()) found.push_back(partner);
        };
        for (const std::uint32_t m : members_of(group))
            add(m);
        for (std::size_t i = 0; i < found.size() && found.size() < surroundings; ++i) {
            for (const std::uint32_t h : incidence_.of(found[i])) {
                if (!(component_.hypotheses[h].weight > 0)) continue;
                for (const std::uint32_t m : members_of(component_.hypotheses[h]))
                    add(m);
            }
        }
        std::ranges::sort(found);
        return found;
    }

    void solve_around(const Hypothesis& group) {
        const std::vector<std::uint32_t> members = near(group);
        const auto position = [&](std::uint32_t m) {
            const auto at = std::ranges::lower_bound(members, m);
            return at != members.end() && *at == m ? static_cast<std::uint32_t>(at - members.begin()) : none;
        };
        Component part;
        part.members = members.size();
        std::vector<std::uint32_t> whole;
        for (const std::uint32_t member : members) {
            for (const std::uint32_t h : incidence_.of(member)) {
                Hypothesis inner = component_.hypotheses[h];
                bool inside = true;
                for (std::size_t k = 0; k < inner.count; ++k) {
                    inner.members[k] = position(inner.members[k]);
                    inside = inside && inner.members[k] != none;
                }
                const bool first_seen = component_.hypotheses[h].members[0] == member;
                if (!inside || !first_seen) continue;
                part.hypotheses.push_back(inner);
                whole.push_back(h);
            }
        }
        const auto solved = solve_narrow(part, most_states_);
        if (!solved) return;
        for (const std::uint32_t h : whole)
            if (chosen_[h] != 0) take(h, false);
        for (std::size_t k = 0; k < whole.size(); ++k)
            if (solved->chosen[k] != 0) take(whole[k], true);
    }

    const Component& component_;
    const Incidence& incidence_;
    std::size_t most_states_;
    std::vector<std::uint32_t> holder_;
    std::vector<std::uint8_t> chosen_;
    std::vector<double> prices_;
};

}  // namespace

WideAnswer solve_wide(const Component& component, const std::vector<bool>& is_row, std::size_t most_states) {
    const Incidence incidence(component);
    BestSet best(component, is_row, incidence, most_states);
    WideAnswer result;
    result.proved = best.try_groups();
    result.answer.chosen = std::move(best).chosen();
    result.answer.probability = beliefs(component, incidence);
    return result;
}

}  // namespace vereda::optimise::detail
