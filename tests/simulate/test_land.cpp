#include <algorithm>
#include <cmath>
#include <set>

#include "geo/topology.hpp"
#include "simulate/drainage.hpp"
#include "simulate/partition.hpp"
#include "tests/simulate/small_landscape.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::simulate;
using vereda::tests::law_seeds;
using vereda::tests::small_landscape;

TEST_CASE("distance to marked cells equals brute force") {
    const Frame frame{{0, 0}, 10, 23, 17};
    std::vector<bool> marked(frame.size(), false);
    for (const std::size_t i : {5u, 111u, 301u})
        marked[i] = true;
    const Surface distance = distance_to(frame, marked);
    for (std::size_t i = 0; i < frame.size(); ++i) {
        double nearest = 1e9;
        for (std::size_t j = 0; j < frame.size(); ++j) {
            if (!marked[j]) continue;
            const geo::Point a = frame.centre(i);
            const geo::Point b = frame.centre(j);
            nearest = std::min(nearest, std::hypot(a.x - b.x, a.y - b.y));
        }
        CHECK(distance.values[i] == Approx(nearest).margin(1e-9));
    }
}

TEST_CASE("water leaves every cell downhill and all of it arrives at the eastern edge") {
    const Landscape& valle = small_landscape(1);
    const Drainage drainage = drained(valle.land.elevation);
    double out = 0;
    for (std::size_t i = 0; i < drainage.receiver.size(); ++i) {
        if (drainage.receiver[i] == i) {
            CHECK(valle.land.frame.column_of(i) == valle.land.frame.columns - 1);
            out += drainage.upstream[i];
        } else if (!(drainage.filled.values[drainage.receiver[i]] < drainage.filled.values[i])) {
            FAIL("cell " << i << " drains uphill");
        }
    }
    CHECK(out == Approx(static_cast<double>(valle.land.frame.size())));
}

TEST_CASE("partitioned labels share their borders exactly: a hand-made map with an enclave") {
    const Frame frame{{0, 40}, 10, 4, 4};
    // 0 0 1 1
    // 0 2 2 1
    // 0 2 2 1
    // 0 0 0 1   label 2 is enclosed by 0 and 1
    const std::vector<int> labels{0, 0, 1, 1, 0, 2, 2, 1, 0, 2, 2, 1, 0, 0, 0, 1};
    const auto parts = partition(frame, labels, 3);
    double total = 0;
    for (const geo::MultiPolygon& part : parts) {
        CHECK_FALSE(geo::invalidity(part));
        total += geo::planar_area(part);
    }
    CHECK(total == Approx(1600).margin(1e-9));
    for (std::size_t a = 0; a < 3; ++a) {
        for (std::size_t b = a + 1; b < 3; ++b)
            CHECK(geo::planar_area(geo::intersection(parts[a], parts[b])) == Approx(0).margin(1e-9));
    }
}

TEST_CASE("veredas are valid, tile the extent exactly and do not overlap") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        const geo::Box extent = valle.land.frame.extent();
        double total = 0;
        for (const Vereda& vereda : valle.land.veredas) {
            CHECK_FALSE(geo::invalidity(vereda.geometry));
            CHECK(vereda.geometry.size() == 1);
            CHECK(geo::planar_area(vereda.geometry) > 0);
            total += geo::planar_area(vereda.geometry);
        }
        CHECK(total == Approx(extent.width() * extent.height()).epsilon(1e-12));
        for (std::size_t a = 0; a < valle.land.veredas.size(); ++a) {
            for (std::size_t b = a + 1; b < valle.land.veredas.size(); ++b) {
                CHECK(geo::planar_area(
                          geo::intersection(valle.land.veredas[a].geometry, valle.land.veredas[b].geometry)) < 1e-6);
            }
        }
    }
}

TEST_CASE("villages, services and zones lie in the study, and every vereda belongs to a municipality") {
    for (const std::uint64_t seed : law_seeds) {
        const Landscape& valle = small_landscape(seed);
        std::set<std::string> ids;
        std::set<std::string> names;
        for (std::size_t v = 0; v < valle.land.veredas.size(); ++v) {
            const Vereda& vereda = valle.land.veredas[v];
            ids.insert(vereda.id);
            names.insert(vereda.name);
            CHECK_FALSE(vereda.municipality.empty());
        }
        CHECK(ids.size() == valle.land.veredas.size());
        CHECK(names.size() == valle.land.veredas.size());
        for (const Place& place : valle.land.services)
            CHECK(valle.land.vereda_at(place.point));
        for (const regions::Zone& zone : valle.land.zones)
            CHECK_FALSE(geo::invalidity(zone.geometry));
    }
}

TEST_CASE("no place bears a real growing region's name") {
    const Landscape& valle = small_landscape(1);
    std::string all;
    for (const Vereda& vereda : valle.land.veredas)
        all += vereda.name + "|" + vereda.municipality + "|";
    for (const regions::Zone& zone : valle.land.zones)
        all += zone.name + "|";
    for (const Way& way : valle.land.rivers)
        all += way.name + "|";
    for (const char* real : {"Chapare", "Yungas", "Putumayo", "Nariño",   "Caquetá",    "Guaviare", "Catatumbo",
                             "Cauca",   "Meta|",  "Apurímac", "VRAEM",    "Huallaga",   "Ucayali",  "Tumaco",
                             "Tibú",    "Madidi", "Apolo",    "Macarena", "Yurumanguí", "TIPNIS"}) {
        CHECK(all.find(real) == std::string::npos);
    }
}
