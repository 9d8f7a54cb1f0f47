#include "regions/unit_index.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace vereda::regions {

using namespace geo;

namespace {

constexpr std::size_t kSpacingSample = 1000;

/// Squares of distances up to this much over the radius's are looked at closely.
constexpr double kRounding = 1 + 1e-12;

/// Side of a bucket that holds about four units on average.
double bucket_side(std::span<const PanelUnit> units) {
    Box box;
    for (const PanelUnit& unit : units)
        box.add(unit.place);
    const double side = std::sqrt(std::max(box.width() * box.height(), 0.0) * 4 / static_cast<double>(units.size()));
    const double longest = std::max(box.width(), box.height());
    return std::max({side, longest / 4096, 1.0});
}

}  // namespace

UnitIndex::UnitIndex(std::span<const PanelUnit> units) {
    if (units.empty()) return;
    step_ = bucket_side(units);
    Box box;
    for (const PanelUnit& unit : units) {
        places_.push_back(unit.place);
        box.add(unit.place);
    }
    origin_ = box.min;
    columns_ = static_cast<std::int64_t>(box.width() / step_) + 1;
    rows_ = static_cast<std::int64_t>(box.height() / step_) + 1;
    std::vector<std::size_t> bucket;
    first_.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
    for (const Point& place : places_) {
        bucket.push_back(static_cast<std::size_t>(column_of(place.x) * rows_ + row_of(place.y)));
        ++first_[bucket.back() + 1];
    }
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    std::vector<std::size_t> next = first_;
    ordered_.resize(places_.size());
    for (std::size_t u = 0; u < places_.size(); ++u)
        ordered_[next[bucket[u]]++] = u;
    std::vector<double> nearest_other;
    const std::size_t stride = std::max<std::size_t>(1, places_.size() / kSpacingSample);
    for (std::size_t u = 0; u < places_.size() && places_.size() > 1; u += stride) {
        double least = std::numeric_limits<double>::infinity();
        for (double radius = step_; !std::isfinite(least); radius *= 2)
            for (const NearUnit& near : within(places_[u], Metres(radius)))
                if (near.unit != u) least = std::min(least, near.metres);
        nearest_other.push_back(least);
    }
    if (nearest_other.empty()) return;
    const auto middle = nearest_other.begin() + static_cast<std::ptrdiff_t>(nearest_other.size() / 2);
    std::ranges::nth_element(nearest_other, middle);
    spacing_ = Metres(*middle);
}

std::int64_t UnitIndex::column_of(double x) const {
    return static_cast<std::int64_t>(
        std::clamp(std::floor((x - origin_.x) / step_), 0.0, static_cast<double>(columns_ - 1)));
}

std::int64_t UnitIndex::row_of(double y) const {
    return static_cast<std::int64_t>(
        std::clamp(std::floor((y - origin_.y) / step_), 0.0, static_cast<double>(rows_ - 1)));
}

template <class Visit>
void UnitIndex::each_within(Point place, Metres radius, const Visit& visit) const {
    if (places_.empty()) return;
    const double r = radius.value();
    const std::int64_t low = row_of(place.y - r);
    const std::int64_t high = row_of(place.y + r);
    for (std::int64_t column = column_of(place.x - r); column <= column_of(place.x + r); ++column) {
        const auto begin = first_[static_cast<std::size_t>(column * rows_ + low)];
        const auto end = first_[static_cast<std::size_t>(column * rows_ + high) + 1];
        for (std::size_t i = begin; i < end; ++i) {
            const double dx = places_[ordered_[i]].x - place.x;
            const double dy = places_[ordered_[i]].y - place.y;
            const double square = dx * dx + dy * dy;
            if (square > r * r * kRounding) continue;
            const double metres = std::sqrt(square);
            if (metres <= r) visit(ordered_[i], metres);
        }
    }
}

std::vector<NearUnit> UnitIndex::within(Point place, Metres radius) const {
    std::vector<NearUnit> result;
    each_within(place, radius, [&](std::size_t unit, double metres) { result.push_back({unit, metres}); });
    std::ranges::sort(result, {}, &NearUnit::unit);
    return result;
}

std::vector<NearUnit> UnitIndex::ring(std::span<const std::size_t> centres, Metres radius) const {
    constexpr double far = std::numeric_limits<double>::infinity();
    // Neighbouring centres share most of their rings: each unit is kept once, in memory that the thread uses again.
    thread_local std::vector<double> least;
    if (least.size() < places_.size()) least.resize(places_.size(), far);
    std::vector<std::size_t> near;
    for (const std::size_t centre : centres)
        each_within(places_[centre], radius, [&](std::size_t unit, double metres) {
            if (least[unit] == far) near.push_back(unit);
            least[unit] = std::min(least[unit], metres);
        });
    for (const std::size_t centre : centres)
        least[centre] = far;
    std::ranges::sort(near);
    std::vector<NearUnit> result;
    for (const std::size_t unit : near) {
        if (least[unit] != far) result.push_back({unit, least[unit]});
        least[unit] = far;
    }
    return result;
}

NearUnit UnitIndex::nearest(Point place) const {
    for (double radius = step_;; radius *= 2) {
        const std::vector<NearUnit> near = within(place, Metres(radius));
        if (!near.empty())
            return *std::ranges::min_element(near, {}, [](const NearUnit& n) { return std::pair(n.metres, n.unit); });
    }
}

}  // namespace vereda::regions
