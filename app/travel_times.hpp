/// Travel times of a study: from everywhere to the nearest place of each kind, over its friction or slopes, its roads
/// and its rivers.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/analyses/run_context.hpp"
#include "geo/crs.hpp"
#include "geo/geometry.hpp"
#include "raster/raster.hpp"

namespace vereda::app {

class TravelTimes {
  public:
    TravelTimes(std::string kind, raster::Raster<float> minutes, const geo::Crs& analysis);

    /// Hours from every household to each single place of the kind, as catchments need them; infinite where there is
    /// no way or the home is not known. Empty where no place of the kind states a capacity, or where asking place by
    /// place would cross the ground more than `most_cells_crossed` times over.
    [[nodiscard]] const std::vector<std::vector<double>>& hours_to_places() const { return hours_to_places_; }
    void set_hours_to_places(std::vector<std::vector<double>> hours) { hours_to_places_ = std::move(hours); }

    /// Of the places: "market", "clinic", …
    [[nodiscard]] const std::string& kind() const { return kind_; }
    /// Per cell, in the CRS of the study's friction or elevation; invalid where no such place can be reached from.
    [[nodiscard]] const raster::Raster<float>& raster() const { return minutes_; }
    /// Minutes to the nearest place from a point in the analysis CRS; nullopt off the raster and where there is no way.
    [[nodiscard]] std::optional<double> minutes_from(geo::Point point) const;

  private:
    std::string kind_;
    raster::Raster<float> minutes_;
    geo::CrsTransform to_raster_;
    std::vector<std::vector<double>> hours_to_places_;
};

/// Cells of the ground times places: beyond it catchments go by distance, since times would take minutes to find.
inline constexpr double most_cells_crossed = 5e8;

/// Whether the study has a ground to travel over.
[[nodiscard]] bool has_ground(const Study& study);

/// One per kind of place, by kind. People walk where there is no friction but elevation (Tobler), and the faster way of
/// several counts; ways closed in the study's month are left out. Places off the raster or on a barrier are left out
/// with a warning. Throws what the readers throw, and Error(resource, "access.memory").
[[nodiscard]] std::vector<std::shared_ptr<const TravelTimes>> find_travel_times(RunContext& run);

/// The times to one kind of place among those the run has found; null where there are none.
[[nodiscard]] const TravelTimes* travel_times_to(const RunContext& run, const std::string& kind);

}  // namespace vereda::app
