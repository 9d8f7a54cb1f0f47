/// What families earn, month by month, net of costs, and the prices that make years comparable.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "geo/date.hpp"
#include "regions/eradication.hpp"

namespace vereda::livelihoods {

enum class IncomeSource { crop, licit, transfer };  ///< crop: coca or poppy
[[nodiscard]] std::string_view name_of(IncomeSource source);

struct Income {
    std::string household_id;  ///< empty: the mean per household of the region, as written
    std::string region_id;     ///< of the household, or as written
    geo::Month month;
    IncomeSource source = IncomeSource::licit;
    double net_income = 0;  ///< of the month, net of input costs; may be negative
    std::string currency;
    regions::Answer verified = regions::Answer::unknown;
};

/// Goods with a meaning here: "cpi" (consumer price index, any base) deflates incomes; "poverty_line" (per household
/// and month, or per person and month with unit "person-month") is what a licit income is held against.
struct Price {
    geo::Month month;
    std::string good;
    double price = 0;
    std::string unit;
    std::string currency;
    std::string region_id;  ///< empty: everywhere
};

}  // namespace vereda::livelihoods
