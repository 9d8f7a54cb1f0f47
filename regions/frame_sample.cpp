#include "regions/frame_sample.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "geo/error.hpp"
#include "geo/random.hpp"

namespace vereda::regions {

using namespace geo;

namespace {

struct Stratum {
    double farmland = 0;
    std::vector<Frame> frames;
};

using Strata = std::map<std::string, Stratum>;

void check(const Frame& frame) {
    if (!(frame.crop >= 0) || !(frame.farmland >= 0) || !std::isfinite(frame.crop + frame.farmland))
        throw Error(ErrorKind::input, {"frames.negative"_msg, {{"stratum", frame.stratum}}});
    if (frame.crop > frame.farmland)
        throw Error(ErrorKind::input, {"frames.more_crop"_msg, {{"stratum", frame.stratum}}});
}

Strata strata_of(const std::vector<StratumArea>& farmland, const std::vector<Frame>& frames) {
    Strata strata;
    for (const StratumArea& area : farmland) {
        if (!(area.area >= 0) || !std::isfinite(area.area))
            throw Error(ErrorKind::input, {"accuracy.area_negative"_msg, {{"stratum", area.stratum}}});
        if (!strata.emplace(area.stratum, Stratum{area.area, {}}).second)
            throw Error(ErrorKind::input, {"accuracy.stratum_twice"_msg, {{"stratum", area.stratum}}});
    }
    for (const Frame& frame : frames) {
        check(frame);
        const auto stratum = strata.find(frame.stratum);
        if (stratum == strata.end())
            throw Error(ErrorKind::input, {"accuracy.stratum_unknown"_msg, {{"stratum", frame.stratum}}});
        stratum->second.frames.push_back(frame);
    }
    for (const auto& [name, stratum] : strata) {
        if (stratum.frames.size() < 2) {
            throw Error(ErrorKind::input,
                        {"frames.too_few"_msg, {{"stratum", name}, {"frames", std::to_string(stratum.frames.size())}}});
        }
        const bool none = std::ranges::all_of(stratum.frames, [](const Frame& frame) { return frame.farmland <= 0; });
        if (none) throw Error(ErrorKind::input, {"frames.no_farmland"_msg, {{"stratum", name}}});
    }
    return strata;
}

double crop_share(const std::vector<Frame>& frames) {
    double crop = 0;
    double farmland = 0;
    for (const Frame& frame : frames) {
        crop += frame.crop;
        farmland += frame.farmland;
    }
    return crop / farmland;
}

double linear_se(const Stratum& stratum) {
    const double share = crop_share(stratum.frames);
    double squares = 0;
    double farmland = 0;
    for (const Frame& frame : stratum.frames) {
        squares += (frame.crop - share * frame.farmland) * (frame.crop - share * frame.farmland);
        farmland += frame.farmland;
    }
    const auto n = static_cast<double>(stratum.frames.size());
    const double mean = farmland / n;
    return stratum.farmland / mean * std::sqrt(squares / (n - 1) / n);
}

/// Areas of the stratum by resampled frames. A resample without farmland is drawn again.
std::vector<double> resampled_areas(const std::string& name, const Stratum& stratum,
                                    const FrameSampleOptions& options) {
    Random random(options.seed, "frames/" + name);
    const int last = static_cast<int>(stratum.frames.size()) - 1;
    std::vector<double> areas;
    while (static_cast<int>(areas.size()) < options.draws) {
        double crop = 0;
        double farmland = 0;
        for (int i = 0; i <= last; ++i) {
            const Frame& frame = stratum.frames[static_cast<std::size_t>(random.integer(0, last))];
            crop += frame.crop;
            farmland += frame.farmland;
        }
        if (farmland > 0) areas.push_back(stratum.farmland * crop / farmland);
    }
    return areas;
}

/// Linear interpolation between order statistics (type 7 of Hyndman & Fan 1996).
double quantile(const std::vector<double>& sorted, double p) {
    const double place = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

Estimate interval(double value, std::vector<double> draws, double confidence) {
    std::ranges::sort(draws);
    double mean = 0;
    for (const double draw : draws)
        mean += draw / static_cast<double>(draws.size());
    double squares = 0;
    for (const double draw : draws)
        squares += (draw - mean) * (draw - mean);
    const double tail = (1 - confidence) / 2;
    return {value, std::sqrt(squares / static_cast<double>(draws.size() - 1)), quantile(draws, tail),
            quantile(draws, 1 - tail)};
}

}  // namespace

std::vector<FrameEstimate> estimate_from_frames(const std::vector<StratumArea>& farmland,
                                                const std::vector<Frame>& frames, const FrameSampleOptions& options) {
    const Strata strata = strata_of(farmland, frames);
    std::vector<FrameEstimate> rows;
    FrameEstimate total;
    total.stratum = "total";
    std::vector<double> total_draws(static_cast<std::size_t>(options.draws), 0.0);
    double value = 0;
    double variance = 0;
    double land = 0;
    for (const auto& [name, stratum] : strata) {
        const std::vector<double> draws = resampled_areas(name, stratum, options);
        FrameEstimate row;
        row.stratum = name;
        row.share = crop_share(stratum.frames);
        row.area = interval(stratum.farmland * row.share, draws, options.confidence);
        row.linear_se = linear_se(stratum);
        row.frames = static_cast<long>(stratum.frames.size());
        for (std::size_t i = 0; i < draws.size(); ++i)
            total_draws[i] += draws[i];
        value += row.area.value;
        variance += row.linear_se * row.linear_se;
        land += stratum.farmland;
        total.frames += row.frames;
        rows.push_back(std::move(row));
    }
    total.area = interval(value, std::move(total_draws), options.confidence);
    total.linear_se = std::sqrt(variance);
    total.share = land > 0 ? value / land : 0;
    rows.push_back(std::move(total));
    return rows;
}

}  // namespace vereda::regions
