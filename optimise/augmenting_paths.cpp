#include "optimise/augmenting_paths.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace vereda::optimise {

namespace {

constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max();
constexpr int kNone = -1;

/// Matching an arc saves both rests and costs its way. Dual values: price of an origin's unit and of a destination's
/// place, never negative, together at least what any arc between them saves; equal to it where the arc carries flow;
/// above 0 only where nothing rests. That is optimality, and every step keeps it.
class Augmenting {
  public:
    explicit Augmenting(const LocalTransport& problem)
        : problem_(problem),
          room_(problem.destinations),
          origin_price_(problem.origins.size(), 0),
          place_price_(problem.destinations.size(), 0),
          flow_(problem.arcs.size(), 0),
          into_(problem.destinations.size()),
          origin_seen_(problem.origins.size(), kFar),
          origin_from_(problem.origins.size(), kNone),
          place_seen_(problem.destinations.size(), kFar),
          place_from_(problem.destinations.size(), kNone),
          place_done_(problem.destinations.size(), 0) {
        first_.assign(problem.origins.size() + 1, 0);
        for (const LocalTransport::Arc& arc : problem.arcs)
            ++first_[static_cast<std::size_t>(arc.origin) + 1];
        for (std::size_t i = 0; i < problem.origins.size(); ++i)
            first_[i + 1] += first_[i];
        arcs_.resize(problem.arcs.size());
        std::vector<std::size_t> next = first_;
        for (std::size_t a = 0; a < problem.arcs.size(); ++a)
            arcs_[next[from(a)]++] = {saved(a), problem.arcs[a].destination, static_cast<int>(a)};
        for (std::size_t i = 0; i < problem.origins.size(); ++i)
            std::sort(arcs_.begin() + static_cast<std::ptrdiff_t>(first_[i]),
                      arcs_.begin() + static_cast<std::ptrdiff_t>(first_[i + 1]), [](const Saving& a, const Saving& b) {
                          return a.saved != b.saved ? a.saved > b.saved : a.arc < b.arc;
                      });
    }

    std::vector<std::int64_t> run() {
        for (std::size_t i = 0; i < problem_.origins.size(); ++i) {
            std::int64_t left = problem_.origins[i];
            for (std::size_t a = first_[i]; a < first_[i + 1]; ++a)
                origin_price_[i] =
                    std::max(origin_price_[i], arcs_[a].saved - place_price_[static_cast<std::size_t>(arcs_[a].place)]);
            while (left > 0 && origin_price_[i] > 0)
                left -= place_some(i, left);
        }
        return std::move(flow_);
    }

  private:
    [[nodiscard]] std::size_t to(std::size_t arc) const {
        return static_cast<std::size_t>(problem_.arcs[arc].destination);
    }
    [[nodiscard]] std::size_t from(std::size_t arc) const {
        return static_cast<std::size_t>(problem_.arcs[arc].origin);
    }
    [[nodiscard]] std::int64_t saved(std::size_t arc) const {
        return problem_.origin_rest_cost[from(arc)] + problem_.destination_rest_cost[to(arc)] - problem_.arcs[arc].cost;
    }

    /// Finds the cheapest end of a path from the origin, moves as much of `left` along it as fits, returns that much.
    std::int64_t place_some(std::size_t origin, std::int64_t left) {
        best_ = bound_ = kFar;
        end_place_ = end_origin_ = kNone;
        reach(origin, 0, kNone);
        while (!queue_.empty()) {
            const auto [distance, j] = queue_.top();
            queue_.pop();
            const auto place = static_cast<std::size_t>(j);
            if (distance >= best_) break;
            if (place_done_[place] != 0) continue;
            place_done_[place] = 1;
            if (room_[place] > 0) {
                best_ = distance;
                end_place_ = j;
                end_origin_ = kNone;
                break;
            }
            for (const int arc : into_[place])
                if (const std::size_t i = from(static_cast<std::size_t>(arc)); origin_seen_[i] == kFar)
                    reach(i, distance, arc);
        }
        const std::int64_t moved = move(origin, left);
        settle();
        return moved;
    }

    /// The origin's own amount may go to its other places, or rest.
    void reach(std::size_t origin, std::int64_t distance, int by_arc) {
        origin_seen_[origin] = distance;
        origin_from_[origin] = by_arc;
        origins_.push_back(origin);
        if (distance + origin_price_[origin] < best_) {
            best_ = distance + origin_price_[origin];
            end_origin_ = static_cast<int>(origin);
            end_place_ = kNone;
        }
        for (std::size_t a = first_[origin]; a < first_[origin + 1]; ++a) {
            const std::int64_t before = distance + origin_price_[origin] - arcs_[a].saved;
            if (before >= best_ || before > bound_)
                break;  // a place's price only adds to it, and the next arcs save less
            const auto place = static_cast<std::size_t>(arcs_[a].place);
            const std::int64_t there = before + place_price_[place];
            if (there >= place_seen_[place] || there >= best_ || there > bound_) continue;
            if (place_seen_[place] == kFar) places_.push_back(place);
            place_seen_[place] = there;
            place_from_[place] = arcs_[a].arc;
            if (room_[place] > 0) bound_ = std::min(bound_, there);
            queue_.emplace(there, static_cast<int>(place));
        }
    }

    std::int64_t move(std::size_t origin, std::int64_t left) {
        // Arcs of the path from its end: forward into a place, backward out of it, forward …
        std::vector<std::pair<std::size_t, bool>> path;
        std::int64_t amount = left;
        int place = end_place_;
        auto at = static_cast<std::size_t>(std::max(end_origin_, 0));
        if (place != kNone) amount = std::min(amount, room_[static_cast<std::size_t>(place)]);
        while (place != kNone || at != origin) {
            if (place == kNone) {
                const auto back = static_cast<std::size_t>(origin_from_[at]);
                path.emplace_back(back, false);
                amount = std::min(amount, flow_[back]);
                place = static_cast<int>(to(back));
            }
            const auto forward = static_cast<std::size_t>(place_from_[static_cast<std::size_t>(place)]);
            path.emplace_back(forward, true);
            at = from(forward);
            place = kNone;
        }
        if (end_place_ != kNone) room_[static_cast<std::size_t>(end_place_)] -= amount;
        for (const auto& [arc, forward] : path)
            change(arc, forward ? amount : -amount);
        return amount;
    }

    void change(std::size_t arc, std::int64_t amount) {
        if (flow_[arc] == 0) into_[to(arc)].push_back(static_cast<int>(arc));
        flow_[arc] += amount;
        if (flow_[arc] == 0) std::erase(into_[to(arc)], static_cast<int>(arc));
    }

    /// New prices from the distances, which are then forgotten.
    void settle() {
        for (const std::size_t i : origins_) {
            if (origin_seen_[i] < best_) origin_price_[i] -= best_ - origin_seen_[i];
            origin_seen_[i] = kFar;
        }
        for (const std::size_t j : places_) {
            if (place_done_[j] != 0 && place_seen_[j] < best_) place_price_[j] += best_ - place_seen_[j];
            place_seen_[j] = kFar;
            place_done_[j] = 0;
        }
        origins_.clear();
        places_.clear();
        queue_ = {};
    }

    using Entry = std::pair<std::int64_t, int>;

    struct Saving {
        std::int64_t saved = 0;
        int place = 0;
        int arc = 0;
    };

    const LocalTransport& problem_;
    std::vector<std::size_t> first_;  ///< arcs of an origin
    std::vector<Saving> arcs_;        ///< of each origin, those that save most first
    std::vector<std::int64_t> room_;  ///< per destination
    std::vector<std::int64_t> origin_price_;
    std::vector<std::int64_t> place_price_;
    std::vector<std::int64_t> flow_;
    std::vector<std::vector<int>> into_;  ///< arcs with flow, per destination

    std::vector<std::int64_t> origin_seen_;  ///< distance in this search
    std::vector<int> origin_from_;
    std::vector<std::int64_t> place_seen_;
    std::vector<int> place_from_;
    std::vector<char> place_done_;
    std::vector<std::size_t> origins_;
    std::vector<std::size_t> places_;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
    std::int64_t best_ = kFar;   ///< the cheapest end found
    std::int64_t bound_ = kFar;  ///< the nearest place with room that was seen
    int end_place_ = kNone;
    int end_origin_ = kNone;
};

}  // namespace

std::vector<std::int64_t> cheapest_local_transport(const LocalTransport& problem) {
    return Augmenting(problem).run();
}

}  // namespace vereda::optimise
