/// One crop's surveys, cut at region borders, with what each pair of neighbouring surveys saw in common.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "geo/parallel.hpp"
#include "regions/area_units.hpp"
#include "regions/dated_survey.hpp"
#include "regions/ground_split.hpp"
#include "regions/plot_error.hpp"
#include "regions/region_set.hpp"

namespace vereda::regions {

/// The part of one patch of ground in one region.
struct CropPiece {
    std::size_t region = 0;
    geo::MultiPolygon geometry;
    double area_m2 = 0;             ///< ellipsoidal
    double scale = 1;               ///< ellipsoidal over planar
    double unseen_m2 = 0;           ///< of it, outside the land that the survey says it saw
    std::optional<geo::Date> date;  ///< of the image: the mean of the patch's plots, by area
    std::vector<PlotShare> plots;
};

/// One survey.
struct SurveyPieces {
    DatedSurvey dated;
    std::vector<std::vector<CropPiece>> patches;
    std::vector<PlotError> errors;    ///< by plot
    std::vector<double> seen_m2;      ///< by region: land observed
    std::vector<double> with_before;  ///< by unit: crop on ground that the survey before saw too
    std::vector<double> with_next;    ///< by unit: crop on ground that the next survey saw too

    [[nodiscard]] int year() const { return dated.survey().year; }
    [[nodiscard]] const Survey& survey() const { return dated.survey(); }
};

/// In order of years.
[[nodiscard]] std::vector<SurveyPieces> crop_pieces(const RegionSet& regions, const AreaUnits& units,
                                                    std::span<const Survey* const> surveys,
                                                    geo::Parallelism parallelism, geo::Progress* progress);

}  // namespace vereda::regions
