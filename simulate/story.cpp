#include "simulate/story.hpp"

#include <array>
#include <utility>

#include "simulate/random.hpp"

namespace vereda::simulate {

std::string_view name_of(Story story) {
    static constexpr std::array<std::string_view, 8> names{"served",     "served_stale", "promised_only", "disputed",
                                                           "income_gap", "coerced",      "landless",      "unrecorded"};
    return names[static_cast<std::size_t>(story)];
}

std::vector<Story> stories(const Territory& land, const Cultivation& cultivation, std::uint64_t seed) {
    constexpr std::array cycle{Story::served,       Story::promised_only, Story::unrecorded, Story::served,
                               Story::served_stale, Story::landless,      Story::disputed,   Story::served,
                               Story::unrecorded,   Story::promised_only};
    const std::size_t count = land.veredas.size();
    std::vector<bool> forced(count, false);
    std::vector<bool> conditioned(count, false);
    for (const Operation& operation : cultivation.operations) {
        if (operation.event.kind == regions::EradicationKind::conditioned) conditioned[operation.vereda] = true;
        if (operation.event.kind == regions::EradicationKind::manual_forced) forced[operation.vereda] = true;
    }
    Random random(seed, "stories");
    std::vector<std::size_t> order(count);
    for (std::size_t i = 0; i < count; ++i)
        order[i] = i;
    for (std::size_t i = count; i > 1; --i) {
        std::swap(order[i - 1], order[static_cast<std::size_t>(random.integer(0, static_cast<int>(i) - 1))]);
    }
    std::vector<Story> out(count, Story::unrecorded);
    std::size_t next = 0;
    for (const std::size_t vereda : order) {
        out[vereda] = conditioned[vereda] ? Story::coerced
                      : forced[vereda]    ? Story::income_gap
                                          : cycle[next++ % cycle.size()];
    }
    return out;
}

}  // namespace vereda::simulate
