/// Do the people who score an indicator agree with each other?
///
/// Krippendorff's α for interval data: 1 − (mean squared difference within regions) ÷ (mean squared difference between
/// any two ratings), over regions that at least two raters scored (K. Krippendorff, "Computing Krippendorff's
/// Alpha-Reliability", 2011; oracle: his four observers and twelve units give 0.849). 1 is perfect, 0 what chance
/// gives, below 0 systematic disagreement. Raters may leave regions out.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/date.hpp"
#include "livelihoods/evidence.hpp"

namespace vereda::livelihoods {

/// Below this Krippendorff lets no conclusion stand, not even a tentative one (Content Analysis, 2004, ch. 11).
inline constexpr double default_rater_agreement = 0.667;

enum class Agreement {
    agree,
    disagree,      ///< α below the least that the model asks
    no_variation,  ///< every rating is the same: agreement cannot be told from a scale that nobody uses
    too_few        ///< no region has two raters
};
[[nodiscard]] std::string_view name_of(Agreement agreement);

struct RaterAgreement {
    std::string indicator;
    long regions = 0;  ///< with at least two raters
    long raters = 0;
    long ratings = 0;  ///< in those regions
    std::optional<double> alpha;
    std::optional<double> alpha_lo;  ///< 95 %, bootstrap over regions; nullopt below five regions
    std::optional<double> alpha_hi;
    double least = default_rater_agreement;
    Agreement agreement = Agreement::too_few;
    std::string widest_region;  ///< where the raters are furthest apart
    std::optional<double> widest_lo;
    std::optional<double> widest_hi;
};

/// `units[i]`: the ratings of one region. Nullopt: no unit has two, or all are equal.
[[nodiscard]] std::optional<double> krippendorff_alpha(std::span<const std::vector<double>> units);

/// Indicators that any rater scored, by name; of each rater and region the latest value by the day. Draws come from
/// `seed`.
[[nodiscard]] std::vector<RaterAgreement> rater_agreement(std::span<const IndicatorValue> values, geo::Date as_of,
                                                          double least, unsigned long seed);

}  // namespace vereda::livelihoods
