/// Prices by good, region and month.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "livelihoods/income.hpp"

namespace vereda::livelihoods {

class PriceBook {
  public:
    /// The span must outlive this.
    explicit PriceBook(std::span<const Price> prices);

    /// The region's own price, else the price everywhere, of the latest month not after `month` and at most 12 months
    /// old; nullptr: none.
    [[nodiscard]] const Price* latest(std::string_view good, std::string_view region_id, geo::Month month) const;
    /// What one unit of money of `month` is worth in money of `target`, by "cpi"; nullopt without an index for both.
    [[nodiscard]] std::optional<double> deflator(std::string_view region_id, geo::Month month, geo::Month target) const;
    [[nodiscard]] bool has_index() const;

  private:
    using Series = std::map<std::pair<std::string_view, std::string_view>, std::vector<const Price*>>;
    Series series_;  ///< by good and region, each by month
};

}  // namespace vereda::livelihoods
