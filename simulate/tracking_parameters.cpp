#include "simulate/tracking_parameters.hpp"

#include "geo/error.hpp"

namespace vereda::simulate {

using geo::operator""_msg;

TrackingParameters validated(TrackingParameters parameters) {
    const auto require = [](bool holds, const char* name) {
        if (!holds) throw geo::Error(geo::ErrorKind::usage, {"simulate.parameter"_msg, {{"name", name}}});
    };
    const auto share = [&](double value, const char* name) { require(value >= 0 && value <= 1, name); };
    require(parameters.years >= 2 && parameters.years <= 60, "years");
    require(parameters.coca_plots >= 50 && parameters.coca_plots <= 1'000'000, "coca_plots");
    require(parameters.poppy_blocks >= 0 && parameters.poppy_blocks <= 100'000, "poppy_blocks");
    require(parameters.jitter.value() >= 0 && parameters.jitter.value() <= 30, "jitter");
    require(parameters.scene_shift.value() >= 0 && parameters.scene_shift.value() <= 100, "scene_shift");
    require(parameters.cloud_share >= 0 && parameters.cloud_share <= 0.9, "cloud_share");
    require(parameters.legible.value() > 0, "legible");
    share(parameters.missed_share, "missed_share");
    share(parameters.spurious_share, "spurious_share");
    share(parameters.removal_effect, "removal_effect");
    share(parameters.replanted_share, "replanted_share");
    share(parameters.clustered_share, "clustered_share");
    share(parameters.adjoining_share, "adjoining_share");
    const PlotRates& rate = parameters.rates;
    for (const double value : {rate.removed, rate.abandoned, rate.split, rate.merged, rate.moved, rate.relocated,
                               rate.grew, rate.shrank, rate.renewed, rate.appeared})
        share(value, "rates");
    require(rate.removed + rate.abandoned + rate.split + rate.merged + rate.moved + rate.relocated + rate.grew +
                    rate.shrank + rate.renewed <=
                1,
            "rates");
    return parameters;
}

}  // namespace vereda::simulate
