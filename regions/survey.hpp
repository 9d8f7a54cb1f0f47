/// What was seen of a crop in one year: plots, how well they are placed, and which land was observed at all.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/crs.hpp"
#include "geo/date.hpp"
#include "geo/diagnostic.hpp"
#include "geo/geometry.hpp"
#include "geo/quantity.hpp"
#include "regions/crop.hpp"

namespace vereda::regions {

/// How a plot's outline was measured; decides which area error applies (methods §11).
enum class MeasuredBy { unknown, gnss_walk, corners, vhr, medium_resolution, tape };

/// Each vertex was measured by itself, so that its error tells nothing about the next one's.
[[nodiscard]] constexpr bool measured_apart(MeasuredBy method) {
    return method == MeasuredBy::corners || method == MeasuredBy::tape;
}

struct Plot {
    std::string id;
    std::string household_id;   ///< personal; empty: unknown
    geo::MultiPolygon outline;  ///< valid, analysis CRS; for points with a declared area, a circle of that area
    geo::SquareMetres area;     ///< ellipsoidal area of the outline
    std::optional<geo::SquareMetres> area_declared;
    std::optional<geo::Date> image_date;
    std::optional<double> confidence;           ///< 0-1
    std::optional<geo::Metres> position_error;  ///< standard deviation of each coordinate of a vertex
    MeasuredBy measured_by = MeasuredBy::unknown;
    /// Standard deviation of the area where the source tells it better than the outline does: mixed cells of a raster.
    std::optional<geo::SquareMetres> area_sd = std::nullopt;
    /// Of annual crops: day of the image after the harvest, where one was taken beside that of image_date.
    std::optional<geo::Date> post_harvest_date = std::nullopt;
};

/// The ground of one image, with the day it was taken.
struct Scene {
    geo::MultiPolygon land;  ///< analysis CRS
    geo::Date image_date;
};

struct Survey {
    int year = 0;
    Crop crop = Crop::coca;
    std::vector<Plot> plots;  ///< unique ids, sorted by id
    /// Land that was seen, analysis CRS. nullopt: none was given; all land is taken as seen and the report says so.
    std::optional<geo::MultiPolygon> observed;
    std::optional<geo::Metres> position_error;           ///< of every plot that states none itself
    std::vector<Scene> scenes = {};                      ///< where the source dates its images
    std::optional<geo::Date> image_date = std::nullopt;  ///< of plots that lie in no dated scene
    geo::Hectares min_area{0};                           ///< stated minimum mapping unit: smaller plots are not mapped
    /// Standard deviation of an offset that all outlines of the survey share (an interpreter's habit, a sun angle):
    /// outwards or inwards along the whole boundary. It does not average out over plots.
    std::optional<geo::Metres> outline_bias_sd = std::nullopt;
};

/// Repairs outlines and `observed` (geometries in `crs`), sets every plot's ellipsoidal area, refuses duplicate ids
/// within a survey ("plots.id_duplicate") and empty ids ("plots.id_missing"), drops outlines without area with a
/// diagnostic and those below the minimum mapping unit with one note that counts them, gives plots without a date that
/// of the latest scene that holds them, else the survey's, warns of plots that overlap each other, sorts by id.
[[nodiscard]] Survey validated(Survey survey, const geo::Crs& crs, const geo::Locus& source,
                               geo::Diagnostics& diagnostics);

}  // namespace vereda::regions
