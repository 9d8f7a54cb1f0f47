/// What a reference sample makes of mapped areas: omission and commission, which no outline tells.
///
/// An area of a survey times the survey's ratio of true to mapped area (regions/accuracy, map_ratio). Its interval
/// joins the error of the ratio with that of the outlines as independent parts. The ratio is one for the whole survey:
/// where a region's map is better or worse than that, its own interval does not know, and where nothing was mapped it
/// finds nothing.
#pragma once

#include <optional>
#include <span>

#include "geo/quantity.hpp"
#include "regions/crop.hpp"

namespace vereda::regions {

/// True area over mapped area, with its standard error.
struct SampledRatio {
    std::optional<int> year;  ///< nullopt: of every survey of the crop that has no ratio of its own
    Crop crop = Crop::coca;
    double ratio = 1;
    double se = 0;
};

[[nodiscard]] std::optional<SampledRatio> ratio_of(std::span<const SampledRatio> samples, Crop crop, int year);

/// An area as mapped, its standard deviation, and by how much more its interval reaches on each side.
struct MappedArea {
    geo::SquareMetres area;
    geo::SquareMetres sd;
    geo::SquareMetres below{0};
    geo::SquareMetres above{0};
};

struct AreaInterval {
    geo::Hectares area;
    geo::Hectares lo;
    geo::Hectares hi;
};

/// 95 %, not below 0.
[[nodiscard]] AreaInterval interval_of(const MappedArea& mapped);
[[nodiscard]] AreaInterval sampled_interval(const MappedArea& mapped, const SampledRatio& sample);

}  // namespace vereda::regions
