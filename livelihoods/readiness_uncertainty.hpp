/// How sure the order of the regions is: what happens to scores and ranks when the choices that nobody can prove are
/// made differently (OECD and JRC, Handbook on Constructing Composite Indicators, 2008, step 7; M. Saisana,
/// A. Saltelli, S. Tarantola, J. R. Stat. Soc. A 168, 2005).
///
/// Each draw takes anew
///   weights        Dirichlet with mean at the model's weights and Σα = the number of indicators (all equal: flat)
///   normalisation  the model's goalposts, the regions' own least and most, or the rank among the regions
///   aggregation    weighted geometric, arithmetic or harmonic mean (floor 0.01)
///   left_out       no indicator or one of them, each as likely
///   data           every missing or interval indicator anywhere its goalposts or interval allow
/// and ranks the regions again. Gates have no part in it: nothing drawn here can pass one.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "geo/parallel.hpp"
#include "livelihoods/readiness.hpp"
#include "livelihoods/sobol.hpp"

namespace vereda::livelihoods {

struct RegionUncertainty {
    std::string region_id;
    double score_p05 = 0;  ///< to the nearest 0.0005, as every percentile of scores here
    double score_p50 = 0;
    double score_p95 = 0;
    int rank_p05 = 0;
    int rank_p95 = 0;
    double mean_rank_shift = 0;        ///< mean |rank in the draw - rank by the model|
    double share_above_threshold = 0;  ///< draws whose score reaches the model's threshold
};

struct ChoiceSensitivity {
    std::string choice;  ///< weights, normalisation, aggregation, left_out, data
    SobolIndex index;    ///< of the draw's mean rank shift
};

struct ReadinessUncertainty {
    std::vector<RegionUncertainty> regions;  ///< those with a score, in the order of the rows
    std::vector<ChoiceSensitivity> choices;
    double mean_rank_shift = 0;  ///< R̄ = mean over draws and regions
    long draws = 0;
};

struct UncertaintySetting {
    long draws = 10'000;  ///< rounded up to a multiple of seven: five choices and two samples
    std::uint64_t seed = 1;
    geo::Parallelism parallelism;
};

/// `rows` are those of readiness() for the same model and facts. The same for any number of threads. Empty without
/// indicators or with fewer than two regions that have a score.
[[nodiscard]] ReadinessUncertainty readiness_uncertainty(const ReadinessModel& model,
                                                         std::span<const RegionFacts> facts,
                                                         std::span<const ReadinessRow> rows,
                                                         const UncertaintySetting& setting);

}  // namespace vereda::livelihoods
