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
    /// Shares of the causes other than crop in what is mapped as a class; empty unless the table counts points that
    /// were drawn from the study's own loss.
    std::map<int, Shares> behind;
    [[nodiscard]] bool empty() const { return causes.empty(); }
};

/// Columns cause (a class number, or `crop`), mapped (a class number), and either share (any positive unit; each
/// cause's are divided by their sum, so that the assessment may be of another land) or points (counts of one random
/// sample of the study's own loss, which tells more: what lies behind each class). Refuses missing columns
/// ("drivers.column_missing") and values
/// ("drivers.value") with their line.
[[nodiscard]] DriverAccuracy driver_accuracy_from(const geo::TextTable& table);

/// Share of each cause in what the map shows as a class: [mapped][cause]. Of points of the study's own loss, their
/// shares (inverse calibration: Czaplewski and Catts, Remote Sensing of Environment 39, 1992; the poststratified
/// estimator of Olofsson et al. 2014, eq. 9). Else the causes' total areas are those under which the mapped areas are
/// likeliest (expectation maximisation for a mixture with known parts), and the shares follow by Bayes' rule: a small
/// cause under a large one then comes out with many times the error. A class that no cause is shown as stands for
/// itself.
[[nodiscard]] std::map<int, DriverAccuracy::Shares> causes_behind(const DriverAccuracy& accuracy,
                                                                  const std::map<int, double>& mapped);

}  // namespace vereda::regions
