#include <map>
#include <vector>

#include "geo/diagnostic.hpp"
#include "geo/random.hpp"
#include "geo/topology.hpp"
#include "regions/crop_ground.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::regions;

namespace {

geo::MultiPolygon rectangle(double x0, double y0, double x1, double y1) {
    return {geo::Polygon{{{x0, y0}, {x0, y1}, {x1, y1}, {x1, y0}, {x0, y0}}, {}}};
}

Region region(const std::string& id, geo::MultiPolygon shape) {
    Region made;
    made.id = id;
    made.name = id;
    made.geometry = std::move(shape);
    return made;
}

RegionSet two_regions() {
    geo::Diagnostics diagnostics;
    return RegionSet({region("a", rectangle(0, 0, 500, 1000)), region("b", rectangle(500, 0, 1000, 1000))},
                     geo::Crs::parse("EPSG:32719"), {}, diagnostics);
}

Survey survey(int year, Crop crop, const std::vector<geo::MultiPolygon>& outlines) {
    Survey made{year, crop, {}, std::nullopt, geo::Metres(5)};
    for (std::size_t i = 0; i < outlines.size(); ++i) {
        made.plots.emplace_back();
        made.plots.back().id = std::to_string(i);
        made.plots.back().outline = outlines[i];
    }
    return made;
}

double area_of(const RegionSet& regions, const std::vector<Survey>& surveys, std::size_t r, int year) {
    double sum = 0;
    for (const FirstCrop& piece : first_crops(regions, surveys, {2}))
        if (piece.region == r && piece.year == year) sum += geo::planar_area(piece.ground);
    return sum;
}

}  // namespace

TEST_CASE("ground counts in the first year that saw it, in the region it lies in") {
    const RegionSet regions = two_regions();
    // 2018: 100 x 100 across the border; 2020: the same moved by 40 to the east, and another crop over part of it.
    const std::vector<Survey> surveys{
        survey(2020, Crop::coca, {rectangle(490, 0, 590, 100)}),
        survey(2018, Crop::coca, {rectangle(450, 0, 550, 100)}),
        survey(2020, Crop::poppy, {rectangle(580, 0, 600, 100), rectangle(100, 500, 110, 510)})};
    CHECK(area_of(regions, surveys, 0, 2018) == Approx(50 * 100));
    CHECK(area_of(regions, surveys, 1, 2018) == Approx(50 * 100));
    CHECK(area_of(regions, surveys, 0, 2020) == Approx(10 * 10));
    CHECK(area_of(regions, surveys, 1, 2020) == Approx(50 * 100));
}

TEST_CASE("years of overlapping outlines add up to their union, and no ground counts twice") {
    const RegionSet regions = two_regions();
    geo::Random random(7, "crop-ground");
    std::vector<Survey> surveys;
    for (int year = 2010; year < 2016; ++year) {
        std::vector<geo::MultiPolygon> outlines;
        for (int i = 0; i < 150; ++i) {
            const double x = random.uniform(-50, 1000);
            const double y = random.uniform(0, 950);
            outlines.push_back(rectangle(x, y, x + random.uniform(5, 90), y + random.uniform(5, 50)));
        }
        surveys.push_back(survey(year, year % 2 == 0 ? Crop::coca : Crop::poppy, outlines));
    }
    for (std::size_t r = 0; r < 2; ++r) {
        const geo::MultiPolygon& land = regions.regions()[r].geometry;
        std::vector<geo::MultiPolygon> seen;
        double before = 0;
        for (const Survey& one : surveys) {
            for (const Plot& plot : one.plots)
                seen.push_back(plot.outline);
            const double now = geo::planar_area(geo::intersection(geo::union_of(seen), land));
            CHECK(area_of(regions, surveys, r, one.year) == Approx(now - before).margin(1e-6));
            before = now;
        }
    }
}
