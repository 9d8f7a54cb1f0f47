#include "geo/spatial_index.hpp"

#include <algorithm>
#include <random>

#include "tests/support/catch.hpp"

using namespace vereda;

namespace {

std::vector<geo::Box> boxes(std::mt19937& random, int count) {
    // A coarse lattice, so that boxes touch and distances tie.
    std::uniform_int_distribution<int> place(0, 40);
    std::uniform_int_distribution<int> size(0, 3);
    std::vector<geo::Box> result;
    for (int i = 0; i < count; ++i) {
        const double x = place(random);
        const double y = place(random);
        result.push_back({{x, y}, {x + size(random), y + size(random)}});
        if (i % 17 == 0) result.push_back({});
    }
    return result;
}

double squared_distance(geo::Point p, const geo::Box& box) {
    const double dx = std::max({box.min.x - p.x, 0.0, p.x - box.max.x});
    const double dy = std::max({box.min.y - p.y, 0.0, p.y - box.max.y});
    return dx * dx + dy * dy;
}

}  // namespace

TEST_CASE("the index finds what a look at every box finds") {
    std::mt19937 random(1);
    const std::vector<geo::Box> all = boxes(random, 600);
    const geo::SpatialIndex index(all);
    for (const geo::Box& asked : boxes(random, 300)) {
        std::vector<std::size_t> expected;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!all[i].empty() && !asked.empty() && all[i].intersects(asked)) expected.push_back(i);
        }
        CHECK(index.query(asked) == expected);
    }
}

TEST_CASE("the nearest boxes come nearest first, ties by position") {
    std::mt19937 random(2);
    const std::vector<geo::Box> all = boxes(random, 300);
    const geo::SpatialIndex index(all);
    std::uniform_int_distribution<int> place(-5, 45);
    for (int i = 0; i < 200; ++i) {
        const geo::Point p{static_cast<double>(place(random)), static_cast<double>(place(random))};
        std::vector<std::pair<double, std::size_t>> ranked;
        for (std::size_t k = 0; k < all.size(); ++k) {
            if (!all[k].empty()) ranked.emplace_back(squared_distance(p, all[k]), k);
        }
        std::sort(ranked.begin(), ranked.end());
        std::vector<std::size_t> expected;
        for (std::size_t k = 0; k < 9; ++k)
            expected.push_back(ranked[k].second);
        CHECK(index.nearest(p, 9) == expected);
    }
    CHECK(index.nearest({0, 0}, 10'000).size() == 300);
    CHECK(geo::SpatialIndex(std::vector<geo::Box>{}).nearest({0, 0}, 3).empty());
}
