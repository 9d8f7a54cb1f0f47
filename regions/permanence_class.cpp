#include "regions/permanence_class.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace vereda::regions {
namespace {

constexpr std::array<std::string_view, permanence_class_count> kNames{"new", "abandoned", "permanent", "intermittent",
                                                                      "never"};
constexpr std::size_t kLastYears = 3;

/// All that the rule needs to know of the years read so far.
struct State {
    enum First : std::uint8_t { none, early, late };
    First first = none;
    bool all = true;
    std::uint8_t trailing_absences = 0;  ///< at most kLastYears

    static constexpr std::size_t count = 3 * 2 * (kLastYears + 1);
    [[nodiscard]] std::size_t index() const {
        return (static_cast<std::size_t>(first) * 2 + (all ? 1 : 0)) * (kLastYears + 1) + trailing_absences;
    }
    static State at(std::size_t index) {
        const std::size_t rest = index / (kLastYears + 1);
        return {static_cast<First>(rest / 2), rest % 2 == 1, static_cast<std::uint8_t>(index % (kLastYears + 1))};
    }
    [[nodiscard]] State after(bool present, bool in_last_years) const {
        State next = *this;
        if (present) {
            if (first == none) next.first = in_last_years ? late : early;
            next.trailing_absences = 0;
        } else {
            next.all = false;
            next.trailing_absences =
                static_cast<std::uint8_t>(std::min<std::size_t>(trailing_absences + 1U, kLastYears));
        }
        return next;
    }
    [[nodiscard]] PermanenceClass permanence() const {
        if (first == none) return PermanenceClass::never;
        if (first == late) return PermanenceClass::appeared;
        if (trailing_absences == kLastYears) return PermanenceClass::abandoned;
        return all ? PermanenceClass::permanent : PermanenceClass::intermittent;
    }
};

using Weights = std::array<double, State::count>;

/// Weight of every state after all years; `chance(year, state, present)` is that of the next value.
template <class Chance>
Weights read(std::span<const Presence> years, Chance chance) {
    Weights weights{};
    weights[State().index()] = 1;
    for (std::size_t year = 0; year < years.size(); ++year) {
        const bool in_last_years = year + kLastYears >= years.size();
        Weights next{};
        for (std::size_t i = 0; i < State::count; ++i) {
            if (!(weights[i] > 0)) continue;
            const State state = State::at(i);
            for (const bool present : {false, true}) {
                const Presence other = present ? Presence::absent : Presence::present;
                if (years[year] != other)
                    next[state.after(present, in_last_years).index()] += weights[i] * chance(year, state, present);
            }
        }
        weights = next;
    }
    return weights;
}

std::array<double, permanence_class_count> by_class(const Weights& weights) {
    std::array<double, permanence_class_count> sums{};
    for (std::size_t i = 0; i < State::count; ++i) {
        if (weights[i] > 0) sums[static_cast<std::size_t>(State::at(i).permanence())] += weights[i];
    }
    return sums;
}

}  // namespace

std::string_view name_of(PermanenceClass permanence) {
    return kNames[static_cast<std::size_t>(permanence)];
}

int ClassSet::size() const {
    return std::popcount(bits_);
}

std::optional<PermanenceClass> ClassSet::single() const {
    if (size() != 1) return std::nullopt;
    return static_cast<PermanenceClass>(std::countr_zero(bits_));
}

std::string ClassSet::text() const {
    std::string text;
    for (std::size_t i = 0; i < permanence_class_count; ++i) {
        if (!holds(static_cast<PermanenceClass>(i))) continue;
        if (!text.empty()) text += ";";
        text += kNames[i];
    }
    return text;
}

ClassSet credible_classes(const std::array<double, permanence_class_count>& chances, double level) {
    std::array<std::size_t, permanence_class_count> order{};
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) { return chances[i]; });
    ClassSet set;
    double sum = 0;
    for (const std::size_t i : order) {
        if (sum >= level) break;
        set.add(static_cast<PermanenceClass>(i));
        sum += chances[i];
    }
    return set;
}

ClassSet possible_classes(std::span<const Presence> years) {
    const auto ways = by_class(read(years, [](std::size_t, const State&, bool) { return 1.0; }));
    ClassSet set;
    for (std::size_t i = 0; i < permanence_class_count; ++i) {
        if (ways[i] > 0) set.add(static_cast<PermanenceClass>(i));
    }
    return set;
}

std::array<double, permanence_class_count> class_chances(std::span<const Presence> years,
                                                         const PresenceChances& chances) {
    const auto chance = [&](std::size_t year, const State& state, bool present) {
        const bool was_present = year > 0 && state.trailing_absences == 0;
        const double presence = year == 0 ? chances.first : was_present ? 1 - chances.vanish : chances.appear;
        return present ? presence : 1 - presence;
    };
    std::array<double, permanence_class_count> result = by_class(read(years, chance));
    const double total = std::accumulate(result.begin(), result.end(), 0.0);
    if (total > 0) {
        for (double& share : result)
            share /= total;
        return result;
    }
    const ClassSet possible = possible_classes(years);
    for (std::size_t i = 0; i < permanence_class_count; ++i)
        result[i] = possible.holds(static_cast<PermanenceClass>(i)) ? 1.0 / possible.size() : 0;
    return result;
}

}  // namespace vereda::regions
