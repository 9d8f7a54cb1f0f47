#include "regions/dated_survey.hpp"

#include <algorithm>
#include <chrono>

#include "geo/topology.hpp"

namespace vereda::regions {
namespace {

geo::SpatialIndex index_of(const std::vector<Plot>& plots) {
    std::vector<geo::Box> boxes;
    boxes.reserve(plots.size());
    for (const Plot& plot : plots)
        boxes.push_back(geo::envelope(plot.outline));
    return geo::SpatialIndex(boxes);
}

geo::Box grown(geo::Box box, double reach) {
    if (box.empty()) return box;
    return {{box.min.x - reach, box.min.y - reach}, {box.max.x + reach, box.max.y + reach}};
}

}  // namespace

geo::Date day_of(const Survey& survey) {
    std::vector<geo::Date> days;
    for (const Plot& plot : survey.plots) {
        if (plot.image_date) days.push_back(*plot.image_date);
    }
    if (!days.empty()) {
        const auto middle = days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2);
        std::ranges::nth_element(days, middle);
        return *middle;
    }
    using namespace std::chrono;
    return survey.image_date.value_or(geo::Date(year(survey.year) / December / 31));
}

DatedSurvey::DatedSurvey(const Survey& survey)
    : survey_(&survey), day_(day_of(survey)), index_(index_of(survey.plots)) {
    if (survey.observed) observed_.emplace(*survey.observed);
}

std::vector<std::size_t> DatedSurvey::plots_meeting(const geo::MultiPolygon& place) const {
    std::vector<std::size_t> found = index_.query(geo::envelope(place));
    std::erase_if(found, [&](std::size_t i) { return !geo::intersects(survey_->plots[i].outline, place); });
    return found;
}

std::vector<std::size_t> DatedSurvey::plots_near(const geo::Geometry& place, geo::Metres reach) const {
    std::vector<std::size_t> found = index_.query(grown(geo::envelope(place), reach.value()));
    std::erase_if(found, [&](std::size_t i) {
        return geo::distance(place, geo::Geometry(survey_->plots[i].outline)) > reach.value();
    });
    return found;
}

geo::MultiPolygon DatedSurvey::crop_in(const geo::MultiPolygon& place) const {
    std::vector<geo::MultiPolygon> parts;
    for (const std::size_t i : index_.query(geo::envelope(place))) {
        geo::MultiPolygon part = geo::intersection(survey_->plots[i].outline, place);
        if (!part.empty()) parts.push_back(std::move(part));
    }
    if (parts.empty()) return {};
    return parts.size() == 1 ? std::move(parts.front()) : geo::union_of(parts);
}

geo::MultiPolygon DatedSurvey::without_crop(geo::MultiPolygon place) const {
    for (const std::size_t i : index_.query(geo::envelope(place))) {
        if (place.empty()) return place;
        place = geo::difference(place, survey_->plots[i].outline);
    }
    return place;
}

geo::MultiPolygon DatedSurvey::seen_in(const geo::MultiPolygon& place) const {
    return observed_ ? observed_->within(place) : place;
}

geo::MultiPolygon DatedSurvey::unseen_in(const geo::MultiPolygon& place) const {
    return observed_ ? without_crop(observed_->outside(place)) : geo::MultiPolygon{};
}

}  // namespace vereda::regions
