/// A survey with the day it stands for, and its plots ready to be found by place.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "regions/survey.hpp"
#include "regions/tiled_land.hpp"

namespace vereda::regions {

/// Median of its plots' dates, else its own, else 31 December of its year.
[[nodiscard]] geo::Date day_of(const Survey& survey);

class DatedSurvey {
  public:
    explicit DatedSurvey(const Survey& survey);

    [[nodiscard]] const Survey& survey() const { return *survey_; }
    [[nodiscard]] geo::Date day() const { return day_; }
    /// Positions of plots whose outlines meet the geometry's, ascending.
    [[nodiscard]] std::vector<std::size_t> plots_meeting(const geo::MultiPolygon& place) const;
    /// Positions of plots within `reach` of the geometry.
    [[nodiscard]] std::vector<std::size_t> plots_near(const geo::Geometry& place, geo::Metres reach) const;
    /// The crop's ground inside `place`, each square metre once.
    [[nodiscard]] geo::MultiPolygon crop_in(const geo::MultiPolygon& place) const;
    /// The part of `place` without crop.
    [[nodiscard]] geo::MultiPolygon without_crop(geo::MultiPolygon place) const;
    /// The part of `place` that was observed.
    [[nodiscard]] geo::MultiPolygon seen_in(const geo::MultiPolygon& place) const;
    /// The rest of it, less what stands under crop: a plot proves that its ground was seen.
    [[nodiscard]] geo::MultiPolygon unseen_in(const geo::MultiPolygon& place) const;
    /// Planar area of the observed part of `place`, whose own area is `whole`.
    [[nodiscard]] double seen_area(const geo::MultiPolygon& place, double whole) const {
        return observed_ ? observed_->area_within(place, whole) : whole;
    }
    [[nodiscard]] bool saw_everything() const { return !observed_; }

  private:
    const Survey* survey_;
    geo::Date day_;
    geo::SpatialIndex index_;
    std::optional<TiledLand> observed_;
};

}  // namespace vereda::regions
