/// How many reference observations a stratified accuracy assessment needs, and how to spread them over the strata.
///
///   n = (Σ W_i S_i)² / (S(Ô)² + Σ W_i S_i² / N),   S_i = √(U_i (1 − U_i))       (Olofsson et al. 2014, eq. 13; Cochran
/// 1977, eq. 5.25), with W_i the share of the area of stratum i, U_i its expected user's accuracy, S(Ô) the standard
/// error wanted of overall accuracy, N the number of possible units (left out where unknown).
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace vereda::regions {

struct PlannedStratum {
    std::string stratum;
    double area = 0;
    double expected_users = 0;  ///< accuracy, in (0, 1)
};

struct Allocation {
    std::string stratum;
    double weight = 0;
    double expected_users = 0;
    long proportional = 0;  ///< by area
    long equal = 0;
    long optimal = 0;  ///< by W_i S_i (Neyman): least error of overall accuracy
    /// At least `least` in each stratum, the rest by area: the compromise that Olofsson et al. 2014 §5.1.2 advise, so
    /// that rare classes are measured at all.
    long advised = 0;
};

struct SamplePlan {
    long units = 0;                  ///< of the formula, rounded up
    std::vector<Allocation> strata;  ///< by name; each column sums to `units` (or to `least` × strata if more)
    double proportional_se = 0;      ///< of overall accuracy, expected
    double equal_se = 0;
    double optimal_se = 0;
    double advised_se = 0;
};

struct PlanOptions {
    double overall_se = 0.01;
    long least = 50;                            ///< units per stratum, of the advised allocation
    std::optional<double> possible_units = {};  ///< N
};

/// Throws geo::Error(input) "plan.expected" for an expected accuracy outside (0, 1), "accuracy.area_negative",
/// "accuracy.no_area", "accuracy.stratum_twice"; geo::Error(usage) "plan.se" for a standard error outside (0, 0.5).
[[nodiscard]] SamplePlan plan_sample(const std::vector<PlannedStratum>& strata, const PlanOptions& options);

}  // namespace vereda::regions
