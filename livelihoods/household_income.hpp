/// One household's money over the months, in money of one day.
///
/// A month is observed when the register has any row of that household in it. Crops pay at harvests and licit sources
/// month by month, so their years are told differently: see crop_income_before() and licit_year_to().
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>

#include "livelihoods/income.hpp"
#include "livelihoods/price_book.hpp"

namespace vereda::livelihoods {

class HouseholdIncome {
  public:
    /// Money of `income.month` counts `factor` times: its worth in money of the day of assessment.
    void add(const Income& income, double factor);

    struct Sum {
        double verified = 0;  ///< rows verified: yes
        double stated = 0;    ///< all rows
    };
    struct LicitYear {
        Sum recorded;                  ///< nothing added for months without a row
        std::optional<double> stated;  ///< scaled to twelve months; nullopt under nine observed months (d)
    };
    /// The twelve months that end with `last`.
    [[nodiscard]] LicitYear licit_year_to(geo::Month last) const;
    /// Median over the three years before `start` of the crop income recorded in each, harvests summed; years without a
    /// crop row do not count. Zero where the household has rows in those years but none of a crop; nullopt where it has
    /// none.
    [[nodiscard]] std::optional<double> crop_income_before(geo::Month start) const;
    /// Months from `end_of_crop` to the first month with a licit income above zero, `now` where none has come; 0 where
    /// one of the three months before had one. Nullopt where no month from `end_of_crop` to `now` is observed.
    [[nodiscard]] std::optional<int> months_to_licit(geo::Month end_of_crop, geo::Month now) const;
    [[nodiscard]] std::optional<geo::Month> last_observed(geo::Month not_after) const;

  private:
    struct Cell {
        std::array<Sum, 3> by_source;  ///< indexed by IncomeSource
    };
    std::map<geo::Month, Cell> months_;
    std::set<geo::Month> crop_months_;  ///< with a crop row
};

}  // namespace vereda::livelihoods
