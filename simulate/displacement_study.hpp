/// A country in which crops are removed, with what a study would know of it and what really happened.
///
///     const DisplacementStudy study = displacement_study(*displacement_preset("balloon"), 7);
///     study.panel;                             // what an estimator may see …
///     study.truth.all.displaced_share();       // … and what it should say
///
/// A study of about 6,000 cells and 15 years takes a fifth of a second. Every stream of random numbers has a name of
/// its own: the presets null, balloon and far_balloon of one seed share land, shocks, first targets and measurement.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/crs.hpp"
#include "regions/crop_panel.hpp"
#include "simulate/cell_forest.hpp"
#include "simulate/displacement_truth.hpp"

namespace vereda::simulate {

struct DisplacementStudy {
    DisplacementParameters parameters;
    std::uint64_t seed = 0;
    geo::Crs crs;
    Frontier land;
    CropCourse course;
    std::vector<CampaignEvent> events;
    CropRun run;
    CellForest forest;
    regions::CropPanel panel;  ///< as measured: errors, missed plots, cells that clouds hid
    std::vector<regions::EradicationEvent>
        eradication;  ///< as reported: points with hectares, in the order of `events`
    DisplacementTruth truth;
};

/// Throws Error(usage, "simulate.parameter").
[[nodiscard]] DisplacementStudy displacement_study(const DisplacementParameters& parameters, std::uint64_t seed);

}  // namespace vereda::simulate
