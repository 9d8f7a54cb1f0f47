/// What a cell's years of presence and absence say about how crop stays there (methods §1; the rule's order is (d)).
///
/// Read over a window of years, oldest first, in this order: new, the first year with crop is one of the last three;
/// abandoned, the last three years are without crop and some earlier one has it; permanent, every year has it;
/// intermittent, any other mixture; never, no year has it. Every complete window has exactly one class.
///
/// A year that was not observed may have been either: then the answer is the set of the classes of all completions,
/// found exactly in one pass over the states that the rule can tell apart.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vereda::regions {

enum class Presence : std::uint8_t { absent, present, unknown };

enum class PermanenceClass { appeared, abandoned, permanent, intermittent, never };
inline constexpr std::size_t permanence_class_count = 5;
/// A window shorter than this cannot tell new from permanent.
inline constexpr std::size_t shortest_permanence_window = 4;

/// "new", "abandoned", "permanent", "intermittent", "never".
[[nodiscard]] std::string_view name_of(PermanenceClass permanence);

class ClassSet {
  public:
    void add(PermanenceClass permanence) { bits_ = static_cast<std::uint8_t>(bits_ | bit(permanence)); }
    [[nodiscard]] bool holds(PermanenceClass permanence) const { return (bits_ & bit(permanence)) != 0; }
    [[nodiscard]] int size() const;
    /// The class, where there is only one.
    [[nodiscard]] std::optional<PermanenceClass> single() const;
    /// Names joined by ";", in the order of the rule.
    [[nodiscard]] std::string text() const;
    friend bool operator==(const ClassSet&, const ClassSet&) = default;

  private:
    [[nodiscard]] static std::uint8_t bit(PermanenceClass permanence) {
        return static_cast<std::uint8_t>(1U << static_cast<unsigned>(permanence));
    }
    std::uint8_t bits_ = 0;
};

/// Of one window, oldest year first; at least shortest_permanence_window years.
[[nodiscard]] ClassSet possible_classes(std::span<const Presence> years);

/// Yearly chances of a cell, as a first-order Markov chain.
struct PresenceChances {
    double first = 0.5;   ///< crop in the first year
    double appear = 0.5;  ///< crop after a year without
    double vanish = 0.5;  ///< no crop after a year with
};

/// Chance of each class given what was observed, by the chain; sums to 1. Uniform over the possible classes where the
/// chain gives the observations no chance at all.
[[nodiscard]] std::array<double, permanence_class_count> class_chances(std::span<const Presence> years,
                                                                       const PresenceChances& chances);

/// The fewest classes, the most likely first, whose chances reach `level` together; ties in the order of the rule.
[[nodiscard]] ClassSet credible_classes(const std::array<double, permanence_class_count>& chances, double level);

}  // namespace vereda::regions
