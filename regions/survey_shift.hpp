/// The offset that all outlines of one survey share against what was known before: an image set down a few metres off.
///
/// Every pair of a known and a new plot within reach votes for its offset, like sizes more; the greatest heap of votes
/// wins, large offsets being a priori unlikely (two standard deviations of the stated error); then the median over
/// mutually nearest plots around it. Within tiles the same again, drawn towards the whole survey's: scenes differ.
/// Medians over few plots are drawn towards none, as a prior of the stated error would.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "geo/geometry.hpp"
#include "geo/parallel.hpp"
#include "geo/quantity.hpp"

namespace vereda::regions {

/// Where a plot lies and how large it is.
struct PlotPlace {
    geo::Point centre;
    double area = 0;  ///< square metres
};

class SurveyShift {
  public:
    /// No shift.
    SurveyShift() = default;
    /// `reach`: farthest offset looked for; `error`: standard deviation of the distance between two sightings, an axis.
    SurveyShift(std::span<const PlotPlace> known, std::span<const PlotPlace> seen, geo::Metres error,
                geo::Parallelism parallelism = {});

    /// What has to be added to a known place to find it in the new survey.
    [[nodiscard]] geo::Point at(geo::Point place) const;
    [[nodiscard]] geo::Point whole() const { return whole_; }

  private:
    geo::Point whole_{0, 0};
    std::map<std::pair<long, long>, geo::Point> tiles_;  ///< offset of tiles with enough plots
};

}  // namespace vereda::regions
