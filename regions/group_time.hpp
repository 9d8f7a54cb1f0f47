/// Effects by group and time (Callaway, Sant'Anna 2021, outcome regression without covariates): units first treated in
/// one year with units not yet treated, so that no treated unit ever serves as a control.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "regions/crop_panel.hpp"

namespace vereda::regions {

/// First year in which each unit was treated; nullopt: never. `stratum`: comparisons stay within one.
struct Cohorts {
    std::vector<std::optional<int>> first_year;
    std::vector<std::size_t> stratum;
};

struct GroupTimeEffect {
    int group = 0;  ///< first treated year
    int year = 0;   ///< of the outcome
    std::size_t stratum = 0;
    double effect = 0;  ///< hectares per unit
    long units = 0;     ///< treated
    long controls = 0;
};

/// Mean change of the group from the last panel year before group - anticipation to `year`, less that of units of the
/// stratum that are neither treated nor about to be (first year > year + anticipation, or never). Units not seen in
/// either year are left out; groups without controls are.
[[nodiscard]] std::vector<GroupTimeEffect> group_time_effects(const CropPanel& panel, const Cohorts& cohorts,
                                                              int anticipation);

}  // namespace vereda::regions
