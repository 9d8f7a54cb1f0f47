/// The regions of a study: validated polygons with unique ids, in the study's equal-area analysis CRS, sorted by id.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/crs.hpp"
#include "geo/diagnostic.hpp"
#include "geo/geometry.hpp"
#include "geo/quantity.hpp"
#include "geo/spatial_index.hpp"
#include "geo/topology.hpp"

namespace vereda::regions {

struct Region {
    std::string id;
    std::string name;
    std::string parent;                      ///< empty: none
    std::optional<double> households_total;  ///< census households, where the source tells
    std::optional<geo::Hectares> area_official;
    geo::MultiPolygon geometry;  ///< valid, analysis CRS
    geo::Hectares area;          ///< ellipsoidal
};

/// Regions without an area (null or empty geometry) stay in the set, with a warning, and are never found by place.
/// Repairs invalid regions (with a diagnostic that names the id and the area changed); refuses empty sets
/// ("regions.none"), empty ids ("regions.id_missing"), duplicate ids ("regions.id_duplicate", the id named); ids that
/// differ only by case, space, accents or Unicode normalisation get a warning. Overlaps between regions of more than
/// 1e-6 of the smaller one get a warning with the area.
class RegionSet {
  public:
    RegionSet(std::vector<Region> regions, geo::Crs crs, geo::Locus source, geo::Diagnostics& diagnostics);

    [[nodiscard]] const std::vector<Region>& regions() const { return regions_; }
    [[nodiscard]] const geo::Crs& crs() const { return crs_; }
    [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const;
    /// Positions of regions whose box meets `box`, ascending.
    [[nodiscard]] std::vector<std::size_t> near(const geo::Box& box) const { return index_.query(box); }
    [[nodiscard]] geo::Box extent() const;
    /// The region that covers the point (boundary counts; lowest id wins), or nullopt.
    [[nodiscard]] std::optional<std::size_t> region_at(geo::Point point) const;
    /// Whether the region at `position` holds all of `polygons`, boundary included.
    [[nodiscard]] bool covers(std::size_t position, const geo::MultiPolygon& polygons) const {
        return prepared_[position].covers(polygons);
    }

  private:
    std::vector<Region> regions_;
    geo::Crs crs_;
    std::map<std::string, std::size_t, std::less<>> by_id_;
    geo::SpatialIndex index_;
    std::vector<geo::PreparedPolygons> prepared_;
};

}  // namespace vereda::regions
