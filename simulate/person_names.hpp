/// Names for people who do not exist: their surnames speak of fiction, as those of the places do.
#pragma once

#include <cstdint>
#include <span>

#include "livelihoods/household.hpp"

namespace vereda::simulate {

/// People who stand in the register twice, spelled by two hands and born in the same year.
inline constexpr int people_registered_twice = 3;

/// Gives every household the name of the person who signed, some of them in the form of an office (SURNAMES, Given).
/// Draws of its own: nothing else changes with it, but the birth year of a person's second entry.
void name_people(std::span<livelihoods::Household> households, std::uint64_t seed);

}  // namespace vereda::simulate
