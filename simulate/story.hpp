/// What really happened to each vereda under the programmes: the truth that readiness, coverage and audits must find.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "simulate/cultivation.hpp"
#include "simulate/territory.hpp"

namespace vereda::simulate {

enum class Story {
    served,         ///< all promises kept and confirmed, licit income above crop income: every gate passes
    served_stale,   ///< the same, but nobody looked again for more than a year
    promised_only,  ///< registered and promised, hardly anything delivered
    disputed,       ///< the payer says delivered, the families say not
    income_gap,     ///< crops removed by force before any livelihood stood
    coerced,        ///< agreements signed under threat of eradication; people threatened
    landless,       ///< served, but without land rights
    unrecorded,     ///< things were delivered, but nobody collected incomes or evidence: cannot be told
};
[[nodiscard]] std::string_view name_of(Story story);
/// Whether the promised things came and the families say so.
[[nodiscard]] constexpr bool is_served(Story story) {
    return story == Story::served || story == Story::served_stale || story == Story::landless;
}

/// Whether registers, titles and deliveries are in order, known or not.
[[nodiscard]] constexpr bool well_kept(Story story) {
    return is_served(story) || story == Story::unrecorded;
}

/// One story per vereda, in the veredas' order. Veredas with conditioned or forced operations never become `served`.
[[nodiscard]] std::vector<Story> stories(const Territory& land, const Cultivation& cultivation, std::uint64_t seed);

}  // namespace vereda::simulate
