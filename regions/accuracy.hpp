/// Areas of classes, and accuracy of a map, estimated from a stratified random sample of reference observations.
///
/// Strata may be the map's classes (Olofsson et al. 2014, eq. 1-11) or any other partition (Stehman 2014, eq. 2-28);
/// one estimator serves both, for the first is the second with x constant inside a stratum. With y of a sample unit 0
/// or 1 and a stratum h of area A_h with n_h units:
///   share        Y = Σ_h A_h ȳ_h / A,                     Var Y = Σ_h A_h² (1 − f_h) s²_y,h / n_h / A²
///   ratio        R = Σ_h A_h ȳ_h / Σ_h A_h x̄_h,          Var R = Σ_h A_h² (1 − f_h) (s²_y + R² s²_x − 2 R s_xy)_h /
///   n_h / X²
/// Area of class k: y = (reference is k). User's accuracy of k: y = (map and reference are k), x = (map is k);
/// producer's accuracy: x = (reference is k). True over mapped area of k: y = (reference is k), x = (map is k). f_h is
/// 0 unless areas count sample units (finite population).
///
/// Sources: Olofsson, Foody, Herold, Stehman, Woodcock & Wulder 2014, Remote Sensing of Environment 148, 42-57; Stehman
/// 2014, International Journal of Remote Sensing 35, 4923-4939; Cochran 1977, Sampling Techniques, eq. 6.10 and 5.13.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vereda::regions {

struct StratumArea {
    std::string stratum;
    double area = 0;  ///< in any unit; results are in it
};

/// How many units of one stratum the map calls `map` and the reference calls `reference`.
struct SampleCount {
    std::string stratum;
    std::string map;
    std::string reference;
    long units = 0;
};

/// An estimate with its standard error and a symmetric normal interval. Bounds of areas are cut at 0 and at the total,
/// bounds of shares at 0 and 1.
struct Estimate {
    double value = 0;
    double se = 0;
    double lo = 0;
    double hi = 0;
};

struct ClassEstimate {
    std::string name;
    std::optional<Estimate> area;       ///< nullopt: no reference sample, pixel counting only
    std::optional<double> mapped_area;  ///< pixel counting; known only where strata are map classes
    std::optional<Estimate> users;      ///< nullopt: no unit that the map calls so
    std::optional<Estimate> producers;  ///< nullopt: no unit that the reference calls so
    long map_units = 0;                 ///< sample units that the map calls so
    long reference_units = 0;           ///< sample units that the reference calls so
};

struct AccuracyEstimate {
    std::vector<ClassEstimate> classes;  ///< every class of map or reference, sorted by name
    Estimate overall;
    double total_area = 0;
    long units = 0;
};

struct AccuracyOptions {
    double confidence = 0.95;        ///< two-sided, in (0, 1)
    bool strata_are_classes = true;  ///< the map class of a unit is its stratum
    bool areas_count_units = false;  ///< areas are numbers of possible sample units: finite population correction
};

/// Throws geo::Error(input): "accuracy.too_few" for a stratum of positive area with fewer than two units,
/// "accuracy.stratum_unknown" for one that has no area, "accuracy.stratum_twice", "accuracy.area_negative",
/// "accuracy.no_area" where nothing has area, "accuracy.more_units" for more units than a stratum holds.
[[nodiscard]] AccuracyEstimate estimate_accuracy(const std::vector<StratumArea>& areas,
                                                 const std::vector<SampleCount>& counts,
                                                 const AccuracyOptions& options = {});

/// True area of a class over the area that the map gives it, by the same ratio estimator; where strata are map classes
/// its denominator is known and only the estimated area errs. lo is not below 0, hi is not bounded. Throws as
/// estimate_accuracy() does, and Error(input, "accuracy.class_not_mapped") where no unit of the sample is mapped so.
[[nodiscard]] Estimate map_ratio(const std::string& name, const std::vector<StratumArea>& areas,
                                 const std::vector<SampleCount>& counts, const AccuracyOptions& options = {});

}  // namespace vereda::regions
