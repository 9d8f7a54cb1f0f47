#include "regions/removed_ground.hpp"

#include <algorithm>
#include <cmath>

#include "geo/topology.hpp"

namespace vereda::regions {

namespace {

/// Pieces that outlines drawn twice can leave behind are no removal.
geo::MultiPolygon without_slivers(const geo::MultiPolygon& gone, const Survey& a, const Survey& b) {
    const double sd = std::hypot(a.position_error.value_or(geo::Metres(0)).value(),
                                 b.position_error.value_or(geo::Metres(0)).value());
    if (!(sd > 0)) return gone;
    geo::MultiPolygon kept;
    for (const geo::Polygon& piece : gone) {
        if (!geo::buffer(geo::Geometry(geo::MultiPolygon{piece}), -sd).empty()) kept.push_back(piece);
    }
    return kept;
}

geo::MultiPolygon footprint_of(const geo::Geometry& place, const DatedSurvey& before) {
    geo::MultiPolygon outline = areal_part(place);
    if (!outline.empty() || geo::envelope(place).empty()) return outline;
    const geo::Metres reach = before.survey().position_error.value_or(removal_reach);
    std::vector<geo::MultiPolygon> touched;
    for (const std::size_t i : before.plots_near(place, reach))
        touched.push_back(before.survey().plots[i].outline);
    return touched.empty() ? geo::MultiPolygon{} : geo::union_of(touched);
}

}  // namespace

geo::MultiPolygon areal_part(const geo::Geometry& place) {
    const auto* polygons = std::get_if<geo::MultiPolygon>(&place);
    return polygons == nullptr ? geo::MultiPolygon{} : geo::repair(*polygons).polygons;
}

RemovedGround removed_ground(const geo::Geometry& place, geo::Date day, std::span<const DatedSurvey> surveys) {
    RemovedGround ground;
    for (const DatedSurvey& survey : surveys) {
        if (survey.day() <= day) ground.before = &survey;
    }
    const auto after = std::ranges::find_if(surveys, [&](const DatedSurvey& survey) { return survey.day() > day; });
    if (after != surveys.end()) ground.after = &*after;
    if (ground.before == nullptr || ground.after == nullptr) return ground;
    ground.footprint = footprint_of(place, *ground.before);
    if (ground.footprint.empty()) return ground;
    ground.crop_before = ground.before->crop_in(ground.footprint);
    if (ground.crop_before.empty()) return ground;
    ground.vanished = without_slivers(ground.after->without_crop(ground.crop_before), ground.before->survey(),
                                      ground.after->survey());
    ground.gone = ground.after->seen_in(ground.vanished);
    return ground;
}

}  // namespace vereda::regions
