#include "regions/observed_land.hpp"

#include <random>

#include "geo/topology.hpp"
#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;

TEST_CASE("without an extent everything was seen", "[observed]") {
    REQUIRE(regions::ObservedLand(std::nullopt).share(rectangle(0, 0, 10, 10)) == 1);
}

TEST_CASE("the seen share of a plot under many clouds equals GEOS's", "[observed]") {
    std::mt19937 random(13);
    std::uniform_real_distribution<double> place(0, 3000);
    std::vector<geo::MultiPolygon> clouds;
    for (int i = 0; i < 60; ++i)
        clouds.push_back(blob(random, {place(random), place(random)}, 150, 24));
    const geo::MultiPolygon seen = geo::difference(rectangle(0, 0, 3000, 3000), geo::union_of(clouds));
    const regions::ObservedLand land(seen);
    for (int i = 0; i < 200; ++i) {
        const geo::MultiPolygon plot = blob(random, {place(random), place(random)}, 60, 9);
        const double expected = geo::planar_area(geo::intersection(seen, plot)) / geo::planar_area(plot);
        REQUIRE(land.share(plot) == Approx(expected).margin(1e-7));
    }
    REQUIRE(land.share(rectangle(5000, 0, 5010, 10)) == 0);
}
