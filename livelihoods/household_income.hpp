/// One household's money over the months, in money of one day.
///
/// A month is observed when the register has any row of that household in it; the other sources of an observed month
/// are zero, a month without a row is unknown. A year counts when at least nine of its twelve months are observed (d)
/// and is scaled to twelve.
#pragma once

#include <array>
#include <map>
#include <optional>

#include "livelihoods/income.hpp"
#include "livelihoods/price_book.hpp"

namespace vereda::livelihoods {

class HouseholdIncome {
  public:
    /// Money of `income.month` counts `factor` times: its worth in money of the day of assessment.
    void add(const Income& income, double factor);

    struct Year {
        double verified = 0;  ///< rows verified: yes
        double stated = 0;    ///< all rows
    };
    /// The twelve months that end with `last`.
    [[nodiscard]] std::optional<Year> year_to(geo::Month last, IncomeSource source) const;
    /// Median of the stated yearly crop incomes of the three years before `start`, over those that count.
    [[nodiscard]] std::optional<double> crop_income_before(geo::Month start) const;
    /// Months from `end_of_crop` to the first month with a licit income above zero, `now` where none has come; 0 where
    /// one of the three months before had one. Nullopt where no month from `end_of_crop` to `now` is observed.
    [[nodiscard]] std::optional<int> months_to_licit(geo::Month end_of_crop, geo::Month now) const;
    [[nodiscard]] std::optional<geo::Month> last_observed(geo::Month not_after) const;

  private:
    struct Cell {
        std::array<Year, 3> by_source;  ///< indexed by IncomeSource
    };
    std::map<geo::Month, Cell> months_;
};

}  // namespace vereda::livelihoods
