/// Lost forest, counted once for every choice that an account of it can make: by region and year, by driver, on ground
/// near crop for several radii and under crop by the year when it was first seen, in forest of several least covers.
/// Areas weigh coverage fraction by ellipsoidal cell area; a cell that an outline covers in part counts by that part.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "raster/raster_source.hpp"
#include "raster/zonal.hpp"
#include "regions/crop_ground.hpp"

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
    std::vector<geo::Metres> radii;
};

class LossTable {
  public:
    /// Throws as raster::tabulate() does.
    LossTable(const RegionSet& regions, std::span<const Survey> surveys, const LossTableInputs& inputs,
              const raster::ZonalOptions& options);

    /// Loss of a region and year in forest of at least covers[cover]; of the ground within radii[radius] of crop.
    [[nodiscard]] ByDriver lost(std::size_t region, int year, std::size_t cover,
                                std::optional<std::size_t> radius = std::nullopt) const;
    /// Hectares of such forest, lost or not; without a raster of tree cover all land.
    [[nodiscard]] double forest(std::size_t region, std::size_t cover,
                                std::optional<std::size_t> radius = std::nullopt) const;
    /// Hectares lost by year, on ground of the region where crop was first seen in `crop_year`.
    [[nodiscard]] double lost_under_crop(std::size_t region, int year, int crop_year, std::size_t cover) const;
    [[nodiscard]] int base_year() const { return base_year_; }
    /// The last year in which any region lost forest; the base year where none did.
    [[nodiscard]] int last_year(std::size_t cover) const;

  private:
    struct Cell {
        int cover = 0;
        std::optional<int> driver;
        double hectares = 0;
    };
    using Zone = std::map<int, std::vector<Cell>>;  // by year

    [[nodiscard]] std::size_t zone(std::size_t region, std::optional<std::size_t> radius) const;
    void count_loss(std::span<const raster::Zone> zones, const geo::Crs& crs, const LossTableInputs& inputs,
                    const raster::ZonalOptions& options);
    void count_forest(std::span<const raster::Zone> zones, const geo::Crs& crs, const LossTableInputs& inputs,
                      const raster::ZonalOptions& options);

    std::size_t count_ = 0;
    int base_year_ = 0;
    std::vector<Zone> loss_;
    std::vector<std::vector<double>> forest_;                        // by zone and cover
    std::map<std::pair<std::size_t, int>, std::size_t> crop_zones_;  // region and year of the first crop
};

}  // namespace vereda::regions
