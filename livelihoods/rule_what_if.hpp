/// What another rule would change: who enters, who leaves, hectares, income, quota. Nobody's verdict depends on it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "livelihoods/income.hpp"
#include "livelihoods/small_plots.hpp"

namespace vereda::livelihoods {

enum class RuleMove { stays_in, stays_out, enters, leaves };
[[nodiscard]] std::string_view name_of(RuleMove move);

struct FamilyMove {
    std::string household_id;
    RuleMove move = RuleMove::stays_out;
    SmallPlotVerdict before = SmallPlotVerdict::no_rule;
    SmallPlotVerdict after = SmallPlotVerdict::no_rule;  ///< the worst, where the other rule counts families otherwise
    geo::Hectares area;
};

struct RuleWhatIf {
    std::string pack;
    std::vector<FamilyMove> families;  ///< in the order of the verdicts before
    long enter = 0;
    long leave = 0;
    long fit_before = 0;
    long fit_after = 0;
    geo::Hectares area_before;  ///< of families that fit
    geo::Hectares area_after;
    geo::Hectares excess_before;  ///< beyond the limit, of families that exceed it
    geo::Hectares excess_after;
    /// What the crop of the families that fit earns in a year, net; nullopt without incomes.
    std::optional<double> income_before;
    std::optional<double> income_after;
    std::optional<geo::Hectares> remaining_before;  ///< of the pack's first cap
    std::optional<geo::Hectares> remaining_after;
    std::optional<long> plots_left_before;
    std::optional<long> plots_left_after;
};

/// Net income from the crop in the twelve months to `as_of`, per hectare of the households that both report it and have
/// measured land; nullopt where none does.
[[nodiscard]] std::optional<double> crop_income_per_hectare(std::span<const Income> incomes,
                                                            std::span<const FamilyVerdict> families, geo::Date as_of);

/// `before` and `after` judge the same plots. One entry per pack, sorted.
[[nodiscard]] std::vector<RuleWhatIf> rule_what_if(const SmallPlots& before, const SmallPlots& after,
                                                   std::optional<double> income_per_hectare);

}  // namespace vereda::livelihoods
