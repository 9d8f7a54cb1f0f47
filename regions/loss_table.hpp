/// Lost forest, counted once for every choice that an account of it can make: by region and year, by driver, on cells
/// that crop came to by the year when it was first seen (regions/crop_cells), and near new plots for several radii, in
/// forest of several least covers. Areas weigh coverage by regions with ellipsoidal cell area.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "raster/near_counts.hpp"
#include "raster/raster_source.hpp"
#include "raster/zonal.hpp"
#include "regions/region_set.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

/// Hectares by class of the driver raster; nullopt: it has no value there, or none is given.
using ByDriver = std::map<std::optional<int>, double>;

[[nodiscard]] double total_of(const ByDriver& parts);

struct LossTableInputs {
    const raster::RasterSource* loss_year = nullptr;  ///< value v > 0: lost in year base + v
    int base_year = 2000;
    const raster::RasterSource* tree_cover = nullptr;  ///< percent; nullptr: every cell counts as forest
    std::vector<double> covers;                        ///< least tree covers, ascending; one entry without the raster
    const raster::RasterSource* drivers = nullptr;
    std::vector<geo::Metres> radii;  ///< of associated loss; empty: nothing is counted near plots
    std::vector<int> years;          ///< those for which ground near plots is counted
};

/// Years by which a new plot may be seen before (the loss is dated late) and after the loss that goes with it: the
/// year of clearing, one for planting, one for what an image or the map of loss dates early.
inline constexpr int kSeenBefore = 1;
inline constexpr int kSeenAfter = 2;

/// Loss of a band of distances from new plots.
struct NearLoss {
    double forest = 0;  ///< hectares that stood there when the year began
    double lost = 0;
};

class LossTable {
  public:
    /// Throws as raster::tabulate() does.
    LossTable(const RegionSet& regions, std::span<const Survey> surveys, const LossTableInputs& inputs,
              const raster::ZonalOptions& options);

    /// Loss of a region and year in forest of at least covers[cover].
    [[nodiscard]] ByDriver lost(std::size_t region, int year, std::size_t cover) const;
    /// Of it on cells that crop first came to in `crop_year`.
    [[nodiscard]] ByDriver lost_under_crop(std::size_t region, int year, int crop_year, std::size_t cover) const;
    /// Of it in a band near new plots, cells under crop left out.
    [[nodiscard]] ByDriver lost_near(std::size_t region, int year, std::size_t band, std::size_t cover) const;
    /// Upper edges of the bands, ascending; radii halved twice, the radii themselves and three times each.
    [[nodiscard]] std::span<const geo::Metres> edges() const { return edges_; }
    /// Ground near new plots, by block of cells: raster/near_counts.
    [[nodiscard]] std::span<const raster::NearGround> ground() const { return near_.ground; }
    [[nodiscard]] double cell_hectares() const { return near_.cell_hectares; }
    [[nodiscard]] int base_year() const { return base_year_; }
    /// The last year in which any region lost forest; the base year where none did.
    [[nodiscard]] int last_year(std::size_t cover) const;

  private:
    struct Cell {
        int cover = 0;
        std::optional<int> driver;
        double hectares = 0;
    };
    using Year = std::pair<std::size_t, int>;  // region and year
    static ByDriver sum_of(const std::vector<Cell>& cells, std::size_t cover);

    void count_loss(std::span<const raster::Zone> zones, const geo::Crs& crs, const LossTableInputs& inputs,
                    const raster::ZonalOptions& options);
    void count_near(std::span<const raster::Zone> zones, const RegionSet& regions, std::span<const Survey> surveys,
                    const LossTableInputs& inputs, const raster::ZonalOptions& options);

    int base_year_ = 0;
    std::vector<geo::Metres> edges_;
    std::map<Year, std::vector<Cell>> loss_;
    std::map<std::pair<Year, int>, std::vector<Cell>> under_crop_;  // and year of the crop
    std::map<std::pair<Year, int>, std::vector<Cell>> near_plots_;  // and band
    raster::NearCounts near_;
};

}  // namespace vereda::regions
