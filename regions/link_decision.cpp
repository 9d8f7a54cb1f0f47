#include "regions/link_decision.hpp"

#include <algorithm>
#include <span>
#include <tuple>

namespace vereda::regions {

namespace {

constexpr double least_alternative = 0.01;

using Link = DecidedAlternative;

/// Probability of each pair of members, over all hypotheses that hold both; by known plot, then outline.
std::vector<Link> link_probabilities(const optimise::AssociationProblem& problem,
                                     const optimise::Association& association) {
    std::vector<Link> links;
    links.reserve(problem.hypotheses.size());
    for (std::size_t h = 0; h < problem.hypotheses.size(); ++h) {
        const optimise::Hypothesis& hypothesis = problem.hypotheses[h];
        const auto members = std::span(hypothesis.members).first(hypothesis.count);
        for (const std::uint32_t row : members) {
            if (row >= problem.rows) continue;
            for (const std::uint32_t column : members) {
                if (column >= problem.rows)
                    links.push_back(
                        {row, column - static_cast<std::uint32_t>(problem.rows), association.probability[h]});
            }
        }
    }
    std::ranges::stable_sort(links, {}, [](const Link& l) { return std::pair(l.known, l.seen); });
    std::size_t kept = 0;
    for (std::size_t i = 1; i < links.size(); ++i) {
        if (links[i].known == links[kept].known && links[i].seen == links[kept].seen) {
            links[kept].probability = std::min(1.0, links[kept].probability + links[i].probability);
        } else {
            links[++kept] = links[i];
        }
    }
    if (!links.empty()) links.resize(kept + 1);
    return links;
}

class Decision {
  public:
    Decision(const LinkHypotheses& hypotheses, const optimise::Association& association)
        : problem_(hypotheses.problem),
          association_(association),
          by_known_(link_probabilities(hypotheses.problem, association)),
          by_seen_(by_known_),
          known_open_(problem_.rows, true),
          seen_open_(problem_.columns, true) {
        std::ranges::stable_sort(by_seen_, {}, [](const Link& l) { return std::pair(l.seen, l.known); });
        result_.known_linked.assign(problem_.rows, false);
    }

    LinkDecision decide(double accept, double review) {
        for (std::uint32_t h = 0; h < problem_.hypotheses.size(); ++h)
            if (association_.chosen[h] != 0) take(problem_.hypotheses[h], accept, review);
        for (const Link& link : likeliest(by_seen_, &Link::seen))
            if (link.probability >= review && seen_open_[link.seen]) leave_open(link);
        for (const Link& link : likeliest(by_known_, &Link::known))
            if (link.probability >= review && known_open_[link.known]) leave_open(link);
        std::ranges::stable_sort(result_.uncertain, {},
                                 [](const DecidedLink& l) { return std::pair(l.seen, l.known); });
        order_groups();
        return std::move(result_);
    }

  private:
    void take(const optimise::Hypothesis& hypothesis, double accept, double review) {
        const auto members = std::span(hypothesis.members).first(hypothesis.count);
        std::vector<Link> sure;
        for (const std::uint32_t row : members) {
            if (row >= problem_.rows) continue;
            for (const std::uint32_t column : members) {
                if (column < problem_.rows) continue;
                const Link link = found(row, column - static_cast<std::uint32_t>(problem_.rows));
                if (link.probability >= accept) {
                    sure.push_back(link);
                } else if (link.probability >= review) {
                    leave_open(link);
                }
            }
        }
        const bool whole = sure.size() + 1 == hypothesis.count;
        const bool several_known = hypothesis.count > 2 && members[1] < problem_.rows;
        const LinkForm group_form = several_known ? LinkForm::merged : LinkForm::split;
        for (const Link& link : sure) {
            DecidedLink decided = with_alternatives(link);
            // A split or merger of which one part is sure is a plain link; two sure parts still share one plot.
            decided.form = hypothesis.count > 2 && (whole || sure.size() > 1) ? group_form : LinkForm::single;
            decided.group = groups_;
            known_open_[link.known] = false;
            seen_open_[link.seen] = false;
            result_.known_linked[link.known] = true;
            result_.links.push_back(std::move(decided));
        }
        ++groups_;
    }

    void leave_open(const Link& link) {
        known_open_[link.known] = false;
        seen_open_[link.seen] = false;
        result_.uncertain.push_back(with_alternatives(link));
    }

    [[nodiscard]] Link found(std::uint32_t known, std::uint32_t seen) const {
        return *std::ranges::lower_bound(by_known_, std::pair(known, seen), {},
                                         [](const Link& l) { return std::pair(l.known, l.seen); });
    }

    [[nodiscard]] DecidedLink with_alternatives(const Link& link) const {
        DecidedLink decided{link.known, link.seen, link.probability, LinkForm::single, 0, {}};
        const auto add = [&](std::span<const Link> others) {
            for (const Link& other : others) {
                const bool itself = other.known == link.known && other.seen == link.seen;
                if (!itself && other.probability >= least_alternative) decided.alternatives.push_back(other);
            }
        };
        add(std::ranges::equal_range(by_known_, link.known, {}, &Link::known));
        add(std::ranges::equal_range(by_seen_, link.seen, {}, &Link::seen));
        std::ranges::stable_sort(decided.alternatives, {},
                                 [](const Link& l) { return std::tuple(-l.probability, l.seen, l.known); });
        return decided;
    }

    /// The likeliest link of each known plot or outline.
    static std::vector<Link> likeliest(std::span<const Link> sorted, std::uint32_t Link::*owner) {
        std::vector<Link> best;
        for (const Link& link : sorted) {
            if (best.empty() || best.back().*owner != link.*owner) {
                best.push_back(link);
            } else if (link.probability > best.back().probability) {
                best.back() = link;
            }
        }
        return best;
    }

    void order_groups() {
        std::vector<std::uint32_t> first(groups_, no_plot);
        for (const DecidedLink& link : result_.links)
            first[link.group] = std::min(first[link.group], link.seen);
        std::ranges::stable_sort(result_.links, {}, [&](const DecidedLink& l) {
            return std::tuple(first[l.group], l.group, l.seen, l.known);
        });
    }

    const optimise::AssociationProblem& problem_;
    const optimise::Association& association_;
    std::vector<Link> by_known_;
    std::vector<Link> by_seen_;
    std::vector<bool> known_open_;
    std::vector<bool> seen_open_;
    std::uint32_t groups_ = 0;
    LinkDecision result_;
};

}  // namespace

LinkDecision decided_links(const LinkHypotheses& hypotheses, const optimise::Association& association, double accept,
                           double review) {
    return Decision(hypotheses, association).decide(accept, review);
}

}  // namespace vereda::regions
