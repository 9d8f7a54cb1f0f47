/// Crop area from a sample of image frames, as opium surveys estimate it: of each frame i the crop p_i and the farmland
/// a_i are digitised, and the farmland of the whole stratum is known.
///
///   Â = A Σp_i / Σa_i,   Var Â = A² / (n ā²) Σ(p_i − R a_i)² / (n − 1)       (Cochran 1977, eq. 6.9-6.13)
///
/// The interval is the percentile bootstrap over frames within strata (Efron & Tibshirani 1993, ch. 13), as in the
/// survey reports; the standard error is that of the bootstrap, the linearised one stands beside it. Strata add up.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "regions/accuracy.hpp"

namespace vereda::regions {

struct Frame {
    std::string stratum;
    double crop = 0;      ///< in the frame, any unit of area
    double farmland = 0;  ///< in the frame, same unit
};

struct FrameSampleOptions {
    double confidence = 0.95;
    int draws = 10'000;
    std::uint64_t seed = 1;
};

struct FrameEstimate {
    std::string stratum;  ///< "total" for the sum of all
    Estimate area;        ///< unit of the farmland areas
    double linear_se = 0;
    double share = 0;  ///< of the farmland
    long frames = 0;
};

/// One row per stratum, by name, then "total". Frames without farmland count as such. Throws geo::Error(input):
/// "frames.too_few" for a stratum with fewer than two frames, "frames.no_farmland" where its frames hold none,
/// "frames.more_crop" for a frame with more crop than farmland, "frames.negative", "accuracy.stratum_unknown",
/// "accuracy.stratum_twice", "accuracy.area_negative".
[[nodiscard]] std::vector<FrameEstimate> estimate_from_frames(const std::vector<StratumArea>& farmland,
                                                              const std::vector<Frame>& frames,
                                                              const FrameSampleOptions& options = {});

}  // namespace vereda::regions
