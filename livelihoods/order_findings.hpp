/// What was wrong with the order besides single dates: aid that asks for eradication first, agreements under duress,
/// baselines drawn after the announcement, hectares that fell while people got poorer.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "livelihoods/facts.hpp"
#include "livelihoods/finding.hpp"
#include "livelihoods/welfare.hpp"
#include "regions/plot_area.hpp"

namespace vereda::livelihoods {

/// What became of a region, told by welfare beside hectares: hectares alone are never a result.
enum class ReductionOutcome {
    no_reduction,       ///< hectares did not surely fall
    reduction,          ///< they fell, and neither food security nor income did
    harmful_reduction,  ///< they fell, and food security or income with them
    hectares_only       ///< they fell, and nobody knows what became of the people: no summary is given
};
[[nodiscard]] std::string_view name_of(ReductionOutcome outcome);

struct RegionOutcome {
    std::string region_id;
    regions::Crop crop = regions::Crop::coca;
    ReductionOutcome outcome = ReductionOutcome::no_reduction;
    int first_year = 0;
    int last_year = 0;
    geo::Hectares area_first;
    geo::Hectares area_last;
    std::vector<std::string> worse;  ///< indicators that fell
    std::vector<std::string> known;  ///< of food security and income, those with two values to compare
};

/// First against last year in which the region was seen. Hectares fell where their intervals lie apart (the estimates,
/// where there is no interval); an indicator got worse where its intervals lie apart, or its values differ where it has
/// none. Regions in the order of the rows, one entry per crop.
[[nodiscard]] std::vector<RegionOutcome> reduction_outcomes(std::span<const regions::PlotAreaRow> areas,
                                                            std::span<const WelfareRow> welfare);

struct OrderFinding {
    std::string region_id;     ///< empty: everywhere
    std::string programme_id;  ///< empty: of none in particular
    Finding finding;           ///< prior_eradication, duress, baseline, harmful_reduction, hectares_only
    std::optional<geo::Date> date;
    long families = 0;
};

/// Sorted by kind, region, programme. The announcement is the study's, else the earliest of its programmes.
[[nodiscard]] std::vector<OrderFinding> order_findings(std::span<const std::string> region_ids,
                                                       const Registers& registers,
                                                       std::span<const RegionOutcome> outcomes, geo::Date as_of);

}  // namespace vereda::livelihoods
