/// "household_id or region_id": whom a row of a register is about, and in which region.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "geo/diagnostic.hpp"
#include "livelihoods/column_binding.hpp"
#include "livelihoods/household.hpp"

namespace vereda::livelihoods {

class RegisterRegions {
  public:
    /// `households` must outlive this; empty: no register was given.
    RegisterRegions(ColumnBinding& binding, std::span<const Household> households);

    /// Sets both; the region of a known household is the register's where the row names none. Error(input,
    /// "register.about_nobody") where the row names neither.
    void fill(const RowCells& row, std::string& household_id, std::string& region_id);
    /// One warning with the number of rows that name a household outside the register, and the first such id's line.
    void report(const geo::Locus& table, geo::Diagnostics& diagnostics) const;

  private:
    Column household_;
    Column region_;
    std::unordered_map<std::string_view, const Household*> by_id_;
    long unknown_rows_ = 0;
    long first_unknown_line_ = 0;
};

}  // namespace vereda::livelihoods
