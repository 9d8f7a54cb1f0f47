#include "regions/unit_index.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace vereda::regions {

using namespace geo;

namespace {

constexpr std::size_t kSpacingSample = 1000;

double distance(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

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
    for (std::size_t u = 0; u < units.size(); ++u) {
        places_.push_back(units[u].place);
        buckets_[key_of(units[u].place)].push_back(u);
    }
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

UnitIndex::Key UnitIndex::key_of(Point place) const {
    return {static_cast<std::int64_t>(std::floor(place.x / step_)),
            static_cast<std::int64_t>(std::floor(place.y / step_))};
}

std::vector<NearUnit> UnitIndex::within(Point place, Metres radius) const {
    std::vector<NearUnit> result;
    const double r = radius.value();
    const Key low = key_of({place.x - r, place.y - r});
    const Key high = key_of({place.x + r, place.y + r});
    for (std::int64_t column = low.first; column <= high.first; ++column) {
        auto bucket = buckets_.lower_bound({column, low.second});
        for (; bucket != buckets_.end() && bucket->first.first == column && bucket->first.second <= high.second;
             ++bucket)
            for (const std::size_t unit : bucket->second) {
                const double metres = distance(place, places_[unit]);
                if (metres <= r) result.push_back({unit, metres});
            }
    }
    std::ranges::sort(result, {}, &NearUnit::unit);
    return result;
}

std::vector<NearUnit> UnitIndex::ring(std::span<const std::size_t> centres, Metres radius) const {
    std::vector<NearUnit> all;
    for (const std::size_t centre : centres) {
        const std::vector<NearUnit> near = within(places_[centre], radius);
        all.insert(all.end(), near.begin(), near.end());
    }
    std::ranges::sort(all, {}, [](const NearUnit& n) { return std::pair(n.unit, n.metres); });
    const auto same = [](const NearUnit& a, const NearUnit& b) { return a.unit == b.unit; };
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
    std::erase_if(all, [&](const NearUnit& n) { return std::ranges::find(centres, n.unit) != centres.end(); });
    return all;
}

NearUnit UnitIndex::nearest(Point place) const {
    for (double radius = step_;; radius *= 2) {
        const std::vector<NearUnit> near = within(place, Metres(radius));
        if (!near.empty())
            return *std::ranges::min_element(near, {}, [](const NearUnit& n) { return std::pair(n.metres, n.unit); });
    }
}

}  // namespace vereda::regions
