/// The study-wide figures that sentences, charts and the summary share, so that no two places can disagree.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "report/results.hpp"

namespace vereda::report {

/// Sum over the regions that were seen at all. Limits are the sums of the regions' limits: wider than a joint interval,
/// never narrower, whatever the correlation of their errors.
struct CropTotal {
    regions::Crop crop = regions::Crop::coca;
    int year = 0;
    long plots = 0;
    geo::Hectares area;
    std::optional<geo::Hectares> lo;
    std::optional<geo::Hectares> hi;
    /// With a reference sample (regions/sampled_ratio); limits are sums too. nullopt where some region's has none.
    std::optional<regions::AreaInterval> sampled;
    double observed_share = 0;  ///< of the regions' land
    long regions_unseen = 0;    ///< no part was seen: in none of the sums
    long regions = 0;
    bool observed_assumed = false;
};

/// By year, then mechanism in the order of mechanisms_of().
struct LossTotals {
    std::vector<std::string> mechanisms;  ///< direct_lag_0, direct_lag_1, …, then the others by name
    std::map<int, std::map<std::string, geo::Hectares>> by_year;
    geo::Hectares total;
    geo::Hectares direct;
};

struct Reach {
    std::string component;  ///< "any" first, then by name
    long registered = 0;
    long promised = 0;
    long delivered = 0;
    long confirmed = 0;
    long disputed = 0;
};

/// Growers of the register reached by the end of the last period beside the growers estimated from the crop on the
/// land, over the regions of the register where these are known.
struct GrowerReach {
    long regions = 0;
    long regions_without = 0;  ///< of the register, without an estimate
    long delivered = 0;
    double estimated = 0;
    double estimated_lo = 0;
    double estimated_hi = 0;
};

struct ReadinessCount {
    long ready = 0;
    long conditional = 0;
    long not_ready = 0;
    long insufficient = 0;
    [[nodiscard]] long total() const { return ready + conditional + not_ready + insufficient; }
    /// The gate that is failed or unknown in most regions; empty where all pass.
    std::string hardest_gate;
    long hardest_failed = 0;
    long hardest_unknown = 0;
};

struct VerdictCount {
    long compliant = 0;
    long within_error = 0;
    long exceeds = 0;
    long no_rule = 0;
    long not_testable = 0;
    [[nodiscard]] long total() const { return compliant + within_error + exceeds + no_rule + not_testable; }
};

/// One indicator of one region, first and last known period apart.
enum class Trend { unknown, better, worse, same };

struct WelfareCell {
    std::optional<livelihoods::WelfareRow> latest;  ///< of the last period of the run, unknown values included
    Trend trend =
        Trend::unknown;  ///< last against first known value; same where their intervals overlap or values agree
};

struct WelfareFigures {
    std::vector<std::string> indicators;                                  ///< sorted by id
    std::map<std::string, std::map<std::string, WelfareCell>> by_region;  ///< region, indicator
    long cells = 0;
    long known = 0;
    /// Regions whose crop area surely fell between the first and the last seen year (intervals apart), and of these,
    /// those in which at least one indicator got worse.
    long regions_less_crop = 0;
    long regions_less_crop_worse = 0;
};

struct KeyFigures {
    std::vector<CropTotal> crops;  ///< by crop, year
    LossTotals loss;
    std::string coverage_period;  ///< the last one; empty without coverage
    std::vector<Reach> reach;
    GrowerReach growers;
    std::map<std::string, Reach> reach_by_region;  ///< of any component
    ReadinessCount readiness;
    VerdictCount verdicts;
    WelfareFigures welfare;
};

[[nodiscard]] KeyFigures key_figures(const RunResults& results);

/// "direct_lag_3" is 3; nullopt for a mechanism that is not direct.
[[nodiscard]] std::optional<int> lag_of(const std::string& mechanism);

}  // namespace vereda::report
