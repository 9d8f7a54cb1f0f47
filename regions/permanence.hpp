/// How crop stays: square cells of the analysis CRS, each with the class of its years (methods §1).
///
/// Cells are aligned at multiples of their size from the origin of the analysis CRS, an equal-area one, so that all
/// studies in one CRS share their cells. Only cells that hold land of some region have a row; the crop of a cell is
/// counted in the whole cell, its land and its observed share within the regions.
///
/// Crop stands in a cell and year where at least `presence` of it was seen there. It is absent where less was seen and
/// at least `observed_min` of the cell's land was observed. Otherwise, and in years without a survey, the year is
/// unknown and the cell's class becomes a set: never a guess. Which of the possible classes is likely is told beside
/// it, by the yearly chances of appearing and vanishing that the same crop's observed years show.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "geo/parallel.hpp"
#include "regions/permanence_class.hpp"
#include "regions/region_set.hpp"
#include "regions/sampled_ratio.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

struct PermanenceOptions {
    geo::Metres cell{1000};
    /// Years of the window, the last one included. Unset: ten, or as many as the series has where it is shorter. Set:
    /// exactly so many; years before the first survey were then not observed.
    std::optional<int> window_years = std::nullopt;
    geo::Hectares presence{0.01};  ///< (d) less crop than this in a cell may be a neighbour's outline drawn across
    double observed_min = 0.9;     ///< (d) share of the cell's land
};

/// The years that are read for one crop.
struct PermanenceWindow {
    int from_year = 0;
    int to_year = 0;  ///< the last survey's
    [[nodiscard]] int years() const { return to_year - from_year + 1; }
};

struct PermanenceCell {
    Crop crop = Crop::coca;
    int column = 0;          ///< the cell's western edge is at column × size
    int row = 0;             ///< its southern edge at row × size
    geo::SquareMetres land;  ///< of it within regions
    /// Land by region (position in the set), ascending.
    std::vector<std::pair<std::size_t, geo::SquareMetres>> regions;
    std::vector<Presence> years;  ///< of the window, oldest first
    ClassSet possible;
    PermanenceClass likely = PermanenceClass::never;
    double likely_chance = 1;
    ClassSet credible;                          ///< the fewest classes that hold the truth with 95 % by those chances
    int last_seen_year = 0;                     ///< the last year of the window that is not unknown; 0: none is
    std::optional<geo::Hectares> crop_area;     ///< in that year
    std::optional<double> density;              ///< ha of crop per km² of observed land in that year
    std::optional<AreaInterval> crop_interval;  ///< 95 % by the outlines; nullopt where some plot states no error
    std::optional<AreaInterval> crop_sampled;   ///< with a reference sample (regions/sampled_ratio)
    std::string note;                           ///< what they leave out (regions/interval_note)
};

/// One crop's cells, by row and column.
struct PermanenceSeries {
    Crop crop = Crop::coca;
    PermanenceWindow window;
    PresenceChances chances;  ///< of a cell from year to year
    std::vector<PermanenceCell> cells;
};

struct Permanence {
    geo::Metres cell{1000};
    std::vector<PermanenceSeries> crops;
};

/// Shares of a region's land by class. The interval of a share is exact over all ways in which the unknown years may
/// have been.
struct PermanenceRegionRow {
    std::string region_id;
    std::string region_name;
    Crop crop = Crop::coca;
    PermanenceWindow window;
    PermanenceClass permanence = PermanenceClass::never;
    long cells = 0;  ///< that are surely of the class
    long cells_possible = 0;
    geo::SquareMetres land;  ///< of the cells that are surely of the class, within the region
    geo::SquareMetres land_possible;
    /// Share of the territory affected in the window (land of all cells with crop in some year), expansion for new and
    /// abandonment for abandoned; for never, share of the region's land. nullopt where there is no such territory.
    std::optional<double> share_lo;
    std::optional<double> share_hi;
    long likely_cells = 0;
    std::string note;  ///< what the bounds leave out (regions/interval_note)
};

/// "1000mE-12N5": size, column, row.
[[nodiscard]] std::string permanence_cell_id(geo::Metres cell, int column, int row);
/// The cell as a polygon of the analysis CRS.
[[nodiscard]] geo::MultiPolygon permanence_cell_outline(geo::Metres cell, int column, int row);
/// "0", "0-1", "1-4", "4-8", "8-12", ">12" ha/km² (m: SIMCI's classes; expansion clusters are those above 12).
[[nodiscard]] std::string_view density_class(double hectares_per_square_kilometre);

/// Crops whose window is shorter than shortest_permanence_window are left out with a note ("permanence.too_short").
/// Throws Error(usage, "permanence.too_many_cells").
[[nodiscard]] Permanence permanence(const RegionSet& regions, std::span<const Survey> surveys,
                                    const PermanenceOptions& options, geo::Parallelism parallelism,
                                    geo::Diagnostics& diagnostics, geo::Progress* progress = nullptr,
                                    std::span<const SampledRatio> samples = {});

/// Five rows per region and crop.
[[nodiscard]] std::vector<PermanenceRegionRow> permanence_by_region(const Permanence& permanence,
                                                                    const RegionSet& regions);

}  // namespace vereda::regions
