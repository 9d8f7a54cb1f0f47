#include "raster/tabulate.hpp"

#include <cmath>
#include <map>
#include <random>

#include "geo/error.hpp"
#include "raster/cell_area.hpp"
#include "raster/coverage.hpp"
#include "tests/raster/polygons.hpp"
#include "tests/support/catch.hpp"

namespace vereda::tests {

using raster::Classing;
using raster::Grid;
using raster::MemoryRasterSource;
using raster::Raster;
using raster::TabulatedArea;
using raster::Zone;

namespace {

/// Loss in patches, drivers in coarse cells that leave the east out, canopy in half percents with gaps.
struct LossMaps {
    Grid grid;
    Raster<std::uint8_t> loss;
    Raster<std::uint16_t> driver;
    Raster<float> canopy;
    static constexpr raster::Scaling half{0.5, 0};

    explicit LossMaps(const geo::Crs& crs = geo::Crs::wgs84(), double cell = 0.001)
        : grid(grid_of({cell * -700, cell * 600}, cell, 1100, 700, crs)),
          loss(grid),
          driver(grid_of(grid.origin, 4 * cell, 200, 175, crs)),
          canopy(grid) {
        std::mt19937_64 random(7);
        const auto draw = [&](std::uint64_t most) { return static_cast<int>(random() % most); };
        for (int patch = 0; patch < 1500; ++patch) {
            const int col = draw(1080);
            const int row = draw(690);
            const auto year = static_cast<std::uint8_t>(1 + draw(23));
            const int width = 1 + draw(20);
            const int height = 1 + draw(10);
            for (int r = row; r < row + height && r < grid.height; ++r) {
                for (int c = col; c < col + width && c < grid.width; ++c)
                    loss.at(c, r) = year;
            }
        }
        for (std::uint16_t& value : driver.values())
            value = static_cast<std::uint16_t>(draw(9));
        for (float& value : canopy.values())
            value = static_cast<float>(draw(201));
        for (int i = 0; i < 3000; ++i)
            canopy.set_valid(draw(1100), draw(700), false);
        for (int i = 0; i < 3000; ++i)
            loss.set_valid(draw(1100), draw(700), false);
    }
};

std::vector<Zone> stars(const Grid& grid) {
    std::mt19937_64 random(3);
    const geo::Box box = grid.extent();
    std::uniform_real_distribution<double> x(box.min.x, box.max.x);
    std::uniform_real_distribution<double> y(box.min.y, box.max.y);
    std::vector<Zone> zones;
    for (int i = 0; i < 25; ++i) {
        const double radius = box.width() * (i % 5 == 0 ? 0.4 : 0.02);
        zones.push_back(
            {"z" + std::to_string(i), {geo::Polygon{star_ring(random, {x(random), y(random)}, radius, 30), {}}}});
    }
    zones.push_back({"off", rectangle(box.max.x + 1, box.min.y, box.max.x + 2, box.max.y)});
    return zones;
}

using Keys = std::vector<std::optional<int>>;

/// Class of a loss year, driver or canopy share, worked out the plain way; `known` is false where the cell is left out.
struct Key {
    bool known = true;
    std::optional<int> key;
};

template <class Classify>
Key key_at(const Raster<double>& values, int col, int row, bool missing_counts, Classify&& classify) {
    const bool held = col < values.grid().width && row < values.grid().height && values.valid(col, row);
    if (!held) return {missing_counts, std::nullopt};
    return classify(values.at(col, row));
}

std::map<Keys, std::pair<double, double>> plain_count(const LossMaps& maps, const Zone& zone) {
    const auto loss = raster::read_values(MemoryRasterSource<std::uint8_t>(maps.loss));
    const auto driver = raster::read_values(MemoryRasterSource<std::uint16_t>(maps.driver));
    const auto canopy = raster::read_values(MemoryRasterSource<float>(maps.canopy, {}, {}, LossMaps::half));
    raster::CellArea areas(maps.grid);
    std::map<Keys, std::pair<double, double>> result;
    for (const raster::Span& span : raster::coverage(zone.geometry, maps.grid)) {
        for (int col = span.col_begin; col < span.col_end; ++col) {
            const Key year = key_at(loss, col, span.row, false, [](double v) {
                return v > 0 ? Key{true, static_cast<int>(v)} : Key{false, {}};
            });
            const Key cause = key_at(driver, col / 4, span.row / 4, true, [](double v) {
                return v >= 1 && v <= 7 ? Key{true, static_cast<int>(v)} : Key{false, {}};
            });
            const Key cover = key_at(canopy, col, span.row, true, [](double v) {
                return Key{true, v < 10 ? 0 : v < 30 ? 1 : v < 75.5 ? 2 : 3};
            });
            if (!year.known || !cause.known || !cover.known) continue;
            auto& [cells, area] = result[{year.key, cause.key, cover.key}];
            cells += span.fraction;
            area += span.fraction * areas.cell_area(col, span.row);
        }
    }
    return result;
}

std::vector<TabulatedArea> tabulated(const LossMaps& maps, const std::vector<Zone>& zones, raster::BlockShape shape,
                                     int jobs) {
    const MemoryRasterSource<std::uint8_t> loss(maps.loss, {}, shape);
    const MemoryRasterSource<std::uint16_t> driver(maps.driver, {}, shape);
    const MemoryRasterSource<float> canopy(maps.canopy, {}, shape, LossMaps::half);
    raster::ZonalOptions options;
    options.parallelism.jobs = jobs;
    const std::vector<raster::KeyLayer> layers{{"loss", &loss, Classing::whole_numbers(1, 23)},
                                               {"driver", &driver, Classing::whole_numbers(1, 7).with_missing()},
                                               {"canopy", &canopy, Classing::by_breaks({10, 30, 75.5}).with_missing()}};
    return raster::tabulate(layers, zones, maps.grid.crs, options);
}

void compare(const LossMaps& maps, double tolerance) {
    const std::vector<Zone> zones = stars(maps.grid);
    const std::vector<TabulatedArea> rows = tabulated(maps, zones, {512, 512}, 2);
    std::size_t r = 0;
    for (std::size_t z = 0; z < zones.size(); ++z) {
        auto expected = plain_count(maps, zones[z]);
        for (; r < rows.size() && rows[r].zone == z; ++r) {
            const auto found = expected.find(rows[r].keys);
            REQUIRE(found != expected.end());
            CHECK(rows[r].cells == Approx(found->second.first).epsilon(1e-11));
            CHECK(rows[r].area.value() == Approx(found->second.second / 10'000).epsilon(tolerance));
            expected.erase(found);
        }
        CHECK(expected.empty());
    }
    CHECK(r == rows.size());
    CHECK(rows.back().zone + 1 < zones.size());
}

}  // namespace

TEST_CASE("tabulated loss equals a plain count over cells") {
    SECTION("lon/lat") {
        compare(LossMaps(), 1e-11);
    }
    SECTION("a projection whose cells differ in ground") {
        compare(LossMaps(geo::Crs::parse("EPSG:3857"), 100), 1e-8);
    }
}

TEST_CASE("tabulated rows are sorted, and threads and blocks change no bit of them") {
    const LossMaps maps;
    const std::vector<Zone> zones = stars(maps.grid);
    const std::vector<TabulatedArea> rows = tabulated(maps, zones, {512, 512}, 1);
    CHECK(tabulated(maps, zones, {512, 512}, 8) == rows);
    CHECK(tabulated(maps, zones, {64, 32}, 3) == rows);
    CHECK(tabulated(maps, zones, {1100, 1}, 2) == rows);
    const auto order = [](const TabulatedArea& row) {
        std::vector<int> keys{static_cast<int>(row.zone)};
        for (const std::optional<int>& key : row.keys)
            keys.push_back(key.value_or(1000));
        return keys;
    };
    for (std::size_t i = 1; i < rows.size(); ++i)
        REQUIRE(order(rows[i - 1]) < order(rows[i]));
}

TEST_CASE("tabulated areas of one raster sum to its class areas, many classes as few") {
    const LossMaps maps;
    const std::vector<Zone> zones = stars(maps.grid);
    const MemoryRasterSource<std::uint16_t> driver(maps.driver);
    const auto expected = raster::class_areas(driver, zones, maps.grid.crs);
    for (const int most : {8, 70'000}) {
        const std::vector<raster::KeyLayer> layers{{"driver", &driver, Classing::whole_numbers(0, most)}};
        const auto rows = raster::tabulate(layers, zones, maps.grid.crs);
        REQUIRE(rows.size() == expected.size());
        std::map<std::pair<std::string, int>, double> by_class;
        for (const raster::CrosstabRow& row : expected)
            by_class[{row.zone, static_cast<int>(row.class_a)}] = row.area.value();
        for (const TabulatedArea& row : rows)
            CHECK(row.area.value() == Approx(by_class.at({zones[row.zone].id, row.keys[0].value()})).epsilon(1e-11));
    }
}

TEST_CASE("classes round to whole numbers, part at their breaks and may count what is missing") {
    const Classing years = Classing::whole_numbers(1, 3);
    CHECK(years.count() == 3);
    CHECK(years.of(0.4) == std::nullopt);
    CHECK(years.of(0.5) == 0U);
    CHECK(years.of(3.4) == 2U);
    CHECK(years.of(3.5) == std::nullopt);
    CHECK(years.key(2) == 3);
    CHECK(years.of_missing() == std::nullopt);
    const Classing canopy = Classing::by_breaks({10, 30}).with_missing();
    CHECK(canopy.count() == 4);
    CHECK(canopy.of(-1) == 0U);
    CHECK(canopy.of(10) == 1U);
    CHECK(canopy.of(29.99) == 1U);
    CHECK(canopy.of(1e9) == 2U);
    CHECK(canopy.of_missing() == 3U);
    CHECK(canopy.key(3) == std::nullopt);
}

TEST_CASE("more combinations than can be numbered are refused") {
    const LossMaps maps;
    const MemoryRasterSource<std::uint8_t> loss(maps.loss);
    const std::vector<raster::KeyLayer> layers{{"a", &loss, Classing::whole_numbers(0, 99'999)},
                                               {"b", &loss, Classing::whole_numbers(0, 99'999)}};
    try {
        (void)raster::tabulate(layers, {}, maps.grid.crs);
        FAIL("not refused");
    } catch (const geo::Error& error) {
        CHECK(error.message().id.text() == "tabulate.too_many_classes");
    }
}

}  // namespace vereda::tests
