/// What a map of loss drivers shows for each true cause, as its accuracy assessment says, and what then lies behind
/// each of its classes.
#pragma once

#include <map>
#include <optional>

#include "geo/text_table.hpp"

namespace vereda::regions {

/// Shares of a cause's loss, by the class that the map shows for it; each cause's shares sum to 1.
struct DriverAccuracy {
    using Shares = std::map<int, double>;
    Shares crop;                   ///< of loss that made way for crop, or fell with it; empty: not told
    std::map<int, Shares> causes;  ///< of the other causes, by the class that is right for them
    [[nodiscard]] bool empty() const { return causes.empty(); }
};

/// Columns cause (a class number, or `crop`), mapped (a class number), share (any positive unit: areas, points or
/// shares; each cause's are divided by their sum). Refuses missing columns ("drivers.column_missing") and values
/// ("drivers.value") with their line.
[[nodiscard]] DriverAccuracy driver_accuracy_from(const geo::TextTable& table);

/// Share of each cause in what the map shows as a class: [mapped][cause]. The causes' total areas are those under which
/// the mapped areas are likeliest (expectation maximisation for a mixture with known parts), and the shares follow by
/// Bayes' rule. A class that no cause is shown as stands for itself.
[[nodiscard]] std::map<int, DriverAccuracy::Shares> causes_behind(const DriverAccuracy& accuracy,
                                                                  const std::map<int, double>& mapped);

}  // namespace vereda::regions
