#include "regions/sampled_ratio.hpp"

#include <algorithm>
#include <cmath>

namespace vereda::regions {

namespace {

constexpr double kNormal95 = 1.959963984540054;  ///< two-sided 95 % point of the standard normal distribution

geo::Hectares hectares(double square_metres) {
    return geo::to_hectares(geo::SquareMetres(square_metres));
}

}  // namespace

std::optional<SampledRatio> ratio_of(std::span<const SampledRatio> samples, Crop crop, int year) {
    std::optional<SampledRatio> found;
    for (const SampledRatio& sample : samples) {
        if (sample.crop != crop) continue;
        if (sample.year == year) return sample;
        if (!sample.year) found = sample;
    }
    return found;
}

AreaInterval interval_of(const MappedArea& mapped) {
    return sampled_interval(mapped, SampledRatio{});
}

AreaInterval sampled_interval(const MappedArea& mapped, const SampledRatio& sample) {
    const double area = mapped.area.value() * sample.ratio;
    const double half = kNormal95 * std::hypot(mapped.area.value() * sample.se, sample.ratio * mapped.sd.value());
    return {hectares(area), hectares(std::max(0.0, area - sample.ratio * mapped.below.value() - half)),
            hectares(area + sample.ratio * mapped.above.value() + half)};
}

}  // namespace vereda::regions
