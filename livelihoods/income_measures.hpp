/// Measures about a region's money: licit income against crop income before the programme and against the poverty line.
#pragma once

#include <map>
#include <string>

#include "livelihoods/price_book.hpp"
#include "livelihoods/register_index.hpp"
#include "livelihoods/roll.hpp"

namespace vereda::livelihoods {

using Measures = std::map<std::string, Measure, std::less<>>;

/// Groups with fewer registered households than this have no share of their own (methods §11, G1).
inline constexpr long least_group = 10;

struct IncomeSetting {
    const PriceBook* prices = nullptr;
    const Roll* roll = nullptr;
    std::string currency;                      ///< rows in another one are left out
    std::optional<geo::Date> programme_start;  ///< where neither agreement nor promise tells a household's own
    std::optional<geo::Date> announcement;
    geo::Date as_of;
};

/// Adds licit_income_share, licit_income_ratio, licit_net_income and months_without_income where the registers hold
/// enough.
void add_income_measures(const RegionRecords& records, std::string_view region_id, const IncomeSetting& setting,
                         Measures& measures);

/// The currency of most income rows, the first by name of equals; empty where none is told. Rows in other currencies
/// and a poverty line in another one cannot be used and are counted in one warning ("facts.currency_mixed").
[[nodiscard]] std::string main_currency(std::span<const Income> incomes, std::span<const Price> prices,
                                        geo::Diagnostics& diagnostics);

}  // namespace vereda::livelihoods
