/// The income bridge: how long each family waited between the end of its crop income and the first licit income.
///
/// The end of crop income is the last month with a crop income above zero, once twelve observed months have passed
/// without another, or once a verified reduction in the region has come with no crop income after it (d). Of growers
/// and pickers without any crop row it is the month of that reduction. The first licit income is the first month with
/// one above zero from three months before that end (d: a licit income that runs already leaves no gap).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/date.hpp"
#include "livelihoods/household.hpp"
#include "livelihoods/income.hpp"
#include "regions/eradication.hpp"

namespace vereda::livelihoods {

enum class BridgeState {
    bridged,         ///< a licit income came
    waiting,         ///< none has come by the last month observed: `months` is what it waited so far
    still_growing,   ///< the crop still pays
    no_crop_income,  ///< the register knows the family's income, and none of a crop
    unknown          ///< nothing observed that could tell
};
[[nodiscard]] std::string_view name_of(BridgeState state);

struct IncomeBridgeRow {
    std::string household_id;  ///< personal
    std::string region_id;
    HouseholdGroup group = HouseholdGroup::unknown;
    BridgeState state = BridgeState::unknown;
    std::optional<geo::Month> crop_income_end;
    std::optional<geo::Month> first_licit_income;
    std::optional<int> months;                ///< from one to the other; of a waiting family, so far
    std::optional<int> months_with_transfer;  ///< of the months between, those with a transfer above zero
    std::optional<int> months_without_any;    ///< of the months between, those observed without any income above zero
    std::optional<geo::Month> last_observed;
};

/// Every household in the order of region and id. Rows of incomes after `as_of` are not used; incomes of whole regions
/// say nothing about a family. Work: one pass over incomes and households.
[[nodiscard]] std::vector<IncomeBridgeRow> income_bridge(std::span<const Household> households,
                                                         std::span<const Income> incomes,
                                                         std::span<const regions::EradicationEvent> eradication,
                                                         geo::Date as_of);

}  // namespace vereda::livelihoods
