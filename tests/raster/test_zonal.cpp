#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "geo/error.hpp"
#include "raster/coverage.hpp"
#include "raster/zonal.hpp"
#include "tests/raster/polygons.hpp"
#include "tests/support/catch.hpp"

namespace vereda::tests {

using raster::Grid;
using raster::MemoryRasterSource;
using raster::Raster;
using raster::RasterSource;
using raster::ZonalRequest;
using raster::ZonalResult;
using raster::Zone;

namespace {

Grid three_by_three() {
    return grid_of({0, 3}, 1, 3, 3);
}

/// 1 2 3 / 4 5 6 / 7 8 9
Raster<std::int16_t> nine() {
    return {three_by_three(), {1, 2, 3, 4, 5, 6, 7, 8, 9}};
}

ZonalResult run(const std::vector<raster::Layer>& layers, const std::vector<std::string>& statistics,
                const std::vector<Zone>& zones, const std::string& weights = {},
                const raster::ZonalOptions& options = {}) {
    ZonalRequest request;
    request.layers = layers;
    request.weights = weights;
    std::vector<std::string> names;
    for (const raster::Layer& layer : layers)
        names.push_back(layer.name);
    for (const std::string& statistic : statistics)
        request.statistics.push_back(raster::parse_statistic(statistic, names));
    return raster::zonal(request, zones, layers.front().source->grid().crs, options);
}

std::map<std::string, std::optional<double>> row(const ZonalResult& result, std::size_t zone) {
    std::map<std::string, std::optional<double>> values;
    for (const raster::ZonalColumn& column : result.columns)
        values[column.name] = column.values[zone];
    return values;
}

std::size_t count_of(const geo::Diagnostics& diagnostics, std::string_view id) {
    const std::vector<geo::Diagnostic> all = diagnostics.sorted();
    return static_cast<std::size_t>(
        std::ranges::count_if(all, [&](const geo::Diagnostic& d) { return d.message.id.text() == id; }));
}

template <class Call>
std::string error_id(Call&& call) {
    try {
        call();
    } catch (const geo::Error& error) {
        return std::string(error.message().id.text());
    }
    return "none";
}

}  // namespace

TEST_CASE("statistics of a hand-worked 3 by 3 grid") {
    const MemoryRasterSource<std::int16_t> source(nine());
    // Shares: 0.25 0.5 0.25 / 0.5 1 0.5 / 0.25 0.5 0.25; symmetric, so the mean is 5.
    const std::vector<Zone> zones{{"z", rectangle(0.5, 0.5, 2.5, 2.5)}};
    const auto values = row(run({{"r", &source}},
                                {"count", "sum", "mean", "min", "max", "variance", "stdev", "median", "mode",
                                 "minority", "variety", "frac(5)", "quantile(0)", "quantile(1)"},
                                zones),
                            0);
    CHECK(values.at("r_count") == 4.0);
    CHECK(values.at("r_sum") == 20.0);
    CHECK(values.at("r_mean") == 5.0);
    CHECK(values.at("r_min") == 1.0);
    CHECK(values.at("r_max") == 9.0);
    // Σw(x−5)² = 0.25·(16+4+4+16) + 0.5·(9+1+1+9) = 20; 20/4 = 5
    CHECK(values.at("r_variance").value() == Approx(5.0));
    CHECK(values.at("r_stdev").value() == Approx(std::sqrt(5.0)));
    CHECK(values.at("r_median").value() == Approx(5.0));
    CHECK(values.at("r_mode") == 5.0);
    CHECK(values.at("r_minority") == 1.0);
    CHECK(values.at("r_variety") == 9.0);
    CHECK(values.at("r_frac_5") == 0.25);
    CHECK(values.at("r_quantile_0") == 1.0);
    CHECK(values.at("r_quantile_1") == 9.0);
}

TEST_CASE("cells without a value do not count, and a zone of them alone has no mean") {
    Raster<float> raster(three_by_three(), {1, 2, 3, 4, NAN, 6, 7, 8, 9});
    raster.set_valid(0, 0, false);
    const MemoryRasterSource<float> source(std::move(raster));
    const std::vector<Zone> zones{{"all", rectangle(0, 0, 3, 3)}, {"hole", rectangle(1.2, 1.2, 1.8, 1.8)}};
    const ZonalResult result = run({{"r", &source}}, {"count", "mean", "sum", "min", "frac", "variety"}, zones);
    CHECK(row(result, 0).at("r_count") == 7.0);
    CHECK(row(result, 0).at("r_sum") == 39.0);
    CHECK(row(result, 0).at("r_min") == 2.0);
    CHECK(row(result, 0).at("r_frac_9").value() == Approx(1.0 / 7));
    CHECK(row(result, 1).at("r_count") == 0.0);
    CHECK_FALSE(row(result, 1).at("r_mean").has_value());
    CHECK_FALSE(row(result, 1).at("r_sum").has_value());
    CHECK_FALSE(row(result, 1).at("r_min").has_value());
    CHECK_FALSE(row(result, 1).at("r_frac_9").has_value());
    CHECK(row(result, 1).at("r_variety") == 0.0);
}

TEST_CASE("infinite cells are left out and reported") {
    Raster<double> raster(three_by_three(), {1, 2, 3, 4, INFINITY, 6, 7, 8, -INFINITY});
    const MemoryRasterSource<double> source(std::move(raster));
    geo::Diagnostics diagnostics;
    raster::ZonalOptions options;
    options.diagnostics = &diagnostics;
    const ZonalResult result = run({{"r", &source}}, {"count", "max"}, {{"z", rectangle(0, 0, 3, 3)}}, {}, options);
    CHECK(row(result, 0).at("r_count") == 7.0);
    CHECK(row(result, 0).at("r_max") == 8.0);
    CHECK(count_of(diagnostics, "raster.infinite") == 1);
}

TEST_CASE("scale and offset apply to every statistic of values") {
    const MemoryRasterSource<std::int16_t> source(nine(), {}, {}, {-0.5, 10});
    const std::vector<Zone> zones{{"z", rectangle(0, 0, 3, 3)}};
    const auto values =
        row(run({{"r", &source}}, {"sum", "mean", "min", "max", "variance", "median", "mode"}, zones), 0);
    CHECK(values.at("r_sum").value() == Approx(-22.5 + 90));
    CHECK(values.at("r_mean").value() == Approx(7.5));
    CHECK(values.at("r_min").value() == Approx(5.5));
    CHECK(values.at("r_max").value() == Approx(9.5));
    CHECK(values.at("r_variance").value() == Approx(60.0 / 9 / 4));
    CHECK(values.at("r_median").value() == Approx(7.5));
    CHECK(values.at("r_mode").value() == Approx(9.5));  // ties: the greatest
}

TEST_CASE("weighted statistics follow the weights raster, and a missing weight leaves them empty") {
    const MemoryRasterSource<std::int16_t> source(nine());
    Raster<float> weight(three_by_three(), {0, 1, 2, 0, 1, 2, 0, 1, 2});
    const MemoryRasterSource<float> weights(weight);
    const std::vector<Zone> zones{{"z", rectangle(0, 0, 3, 3)}};
    const auto values =
        row(run({{"r", &source}, {"w", &weights}}, {"weighted_mean(r)", "weighted_sum(r)"}, zones, "w"), 0);
    CHECK(values.at("r_weighted_sum") == 15.0 + 2 * 18.0);
    CHECK(values.at("r_weighted_mean").value() == Approx(51.0 / 9));
    weight.set_valid(1, 1, false);
    const MemoryRasterSource<float> holed(weight);
    const auto missing = row(run({{"r", &source}, {"w", &holed}}, {"weighted_mean(r)"}, zones, "w"), 0);
    CHECK_FALSE(missing.at("r_weighted_mean").has_value());
    CHECK(error_id([&] {
              (void)run({{"r", &source}, {"w", &weights}}, {"weighted_mean(r)"}, zones);
          }) == "statistic.weights_needed");
}

TEST_CASE("a coarser raster that nests counts in its own cells; one that does not nest is refused") {
    const Grid fine = grid_of({0, 4}, 0.5, 8, 8);
    const MemoryRasterSource<std::uint8_t> small{Raster<std::uint8_t>(fine, 1)};
    Raster<std::int32_t> coarse(grid_of({-2, 4}, 2, 3, 2), {10, 20, 30, 40, 50, 60});
    const MemoryRasterSource<std::int32_t> big(std::move(coarse));
    const std::vector<Zone> zones{{"z", rectangle(0, 0, 4, 3)}, {"west", rectangle(-1.5, 0.5, -0.5, 1.5)}};
    const ZonalResult result =
        run({{"fine", &small}, {"big", &big}}, {"count(fine)", "count(big)", "mean(big)", "sum(big)"}, zones);
    CHECK(row(result, 0).at("fine_count") == 48.0);
    CHECK(row(result, 0).at("big_count").value() == Approx(3.0));
    CHECK(row(result, 0).at("big_sum").value() == Approx(0.5 * 20 + 0.5 * 30 + 50 + 60));
    CHECK(row(result, 1).at("fine_count") == 0.0);
    CHECK(row(result, 1).at("big_mean") == 40.0);
    const MemoryRasterSource<std::uint8_t> shifted{Raster<std::uint8_t>(grid_of({0.2, 4}, 0.5, 8, 8), 1)};
    CHECK(error_id([&] {
              (void)run({{"a", &small}, {"b", &shifted}}, {"count(a)"}, zones);
          }) == "raster.grids_do_not_nest");
    const MemoryRasterSource<std::uint8_t> third{Raster<std::uint8_t>(grid_of({0, 4}, 0.75, 8, 8), 1)};
    CHECK(error_id([&] {
              (void)run({{"a", &small}, {"b", &third}}, {"count(a)"}, zones);
          }) == "raster.grids_do_not_nest");
    const MemoryRasterSource<std::uint8_t> other{
        Raster<std::uint8_t>(grid_of({0, 4}, 0.5, 8, 8, geo::Crs::parse("EPSG:4674")), 1)};
    CHECK(error_id([&] {
              (void)run({{"a", &small}, {"b", &other}}, {"count(a)"}, zones);
          }) == "raster.grids_do_not_nest");
}

TEST_CASE("a zone off the raster has empty values, partly off a warning with its share, all off is refused") {
    const MemoryRasterSource<std::int16_t> source(nine());
    geo::Diagnostics diagnostics;
    raster::ZonalOptions options;
    options.diagnostics = &diagnostics;
    const std::vector<Zone> zones{
        {"in", rectangle(1, 1, 2, 2)}, {"off", rectangle(5, 5, 6, 6)}, {"half", rectangle(2, 0, 4, 3)}};
    const ZonalResult result = run({{"r", &source}}, {"count", "sum", "mean", "area_ha"}, zones, {}, options);
    CHECK(row(result, 0).at("r_mean") == 5.0);
    for (const auto& [name, value] : row(result, 1))
        CHECK_FALSE(value.has_value());
    CHECK(row(result, 2).at("r_count") == 3.0);
    CHECK(result.covered_share[0] == 1.0);
    CHECK(result.covered_share[1] == 0.0);
    CHECK(result.covered_share[2] == Approx(0.5));
    CHECK(count_of(diagnostics, "zone.outside") == 1);
    CHECK(count_of(diagnostics, "zone.partly_outside") == 1);
    CHECK(error_id([&] {
              (void)run({{"r", &source}}, {"mean"}, {{"off", rectangle(5, 5, 6, 6)}});
          }) == "zones.all_outside");
}

TEST_CASE("crosstab sums to the zone's area and keeps pairs apart") {
    const Grid grid = three_by_three();
    const MemoryRasterSource<std::uint8_t> loss{Raster<std::uint8_t>(grid, {0, 0, 3, 3, 3, 3, 5, 5, 5})};
    const MemoryRasterSource<std::uint8_t> cover{Raster<std::uint8_t>(grid, {80, 80, 80, 10, 10, 80, 80, 80, 80})};
    const MemoryRasterSource<float> real{Raster<float>(grid, {80, 80, 80, 10, 10, 80, 80, 80, 80})};
    const std::vector<Zone> zones{{"b", rectangle(0.5, 0, 3, 2.5)}, {"a", rectangle(0, 0, 3, 1)}};
    const auto rows = raster::crosstab(loss, cover, zones, grid.crs);
    REQUIRE(rows.size() == 5);
    CHECK(rows[0].zone == "a");
    CHECK(rows[0].class_a == 5);
    CHECK(rows[0].class_b == 80);
    CHECK(rows[1].class_a == 0);
    CHECK(rows[2].class_a == 3);
    CHECK(rows[2].class_b == 10);
    CHECK(rows[3].class_b == 80);
    double sum = 0;
    for (const auto& r : rows)
        sum += r.zone == "b" ? r.area.value() : 0;
    const ZonalResult area = run({{"loss", &loss}}, {"area_ha"}, zones);
    CHECK(sum == Approx(area.columns[0].values[0].value()).epsilon(1e-12));
    const auto general = raster::crosstab(loss, real, zones, grid.crs);
    REQUIRE(general.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        CHECK(general[i].area.value() == Approx(rows[i].area.value()).epsilon(1e-12));
    const auto classes = raster::class_areas(loss, zones, grid.crs);
    double by_class = 0;
    for (const auto& r : classes)
        by_class += r.zone == "b" ? r.area.value() : 0;
    CHECK(by_class == Approx(sum).epsilon(1e-12));
    CHECK(raster::crosstab(loss, cover, std::vector<Zone>{{"off", rectangle(8, 8, 9, 9)}}, grid.crs).empty());
}

TEST_CASE("unknown statistics and rasters are answered with the valid names") {
    const std::vector<std::string> names{"biomass", "loss"};
    const auto id = [&](const char* text) { return error_id([&] { (void)raster::parse_statistic(text, names); }); };
    CHECK(id("maen(biomass)") == "statistic.unknown");
    CHECK(id("mean(forest)") == "raster.unknown_name");
    CHECK(id("mean") == "statistic.raster_needed");
    CHECK(id("quantile(biomass)") == "statistic.syntax");
    CHECK(id("quantile(biomass, 1.5)") == "statistic.quantile_range");
    CHECK(id("mean(biomass") == "statistic.syntax");
    CHECK(id("crosstab(loss)") == "statistic.syntax");
    try {
        (void)raster::parse_statistic("varience(biomass)", names);
        FAIL("not refused");
    } catch (const geo::Error& error) {
        CHECK(error.message().arguments[1].second == "variance");
    }
    const auto name = [&](const char* text) { return raster::column_name(raster::parse_statistic(text, names)); };
    CHECK(name("mean(biomass)") == "biomass_mean");
    CHECK(name(" quantile( biomass , q=0.9 ) ") == "biomass_quantile_0.9");
    CHECK(name("frac(loss,3)") == "loss_frac_3");
    CHECK(name("area_ha") == "area_ha");
}

namespace {

/// Zones of every size over a grid of several tiles, overlapping.
std::vector<Zone> many_zones(const Grid& grid) {
    std::mt19937_64 random(2);
    const geo::Box box = grid.extent();
    std::uniform_real_distribution<double> x(box.min.x - 1, box.max.x + 1);
    std::uniform_real_distribution<double> y(box.min.y - 1, box.max.y + 1);
    std::vector<Zone> zones;
    for (int i = 0; i < 150; ++i) {
        const double radius = i % 30 == 0 ? 8 : i % 7 == 0 ? 1 : 0.03;
        zones.push_back(
            {"z" + std::to_string(i), {geo::Polygon{star_ring(random, {x(random), y(random)}, radius, 25), {}}}});
    }
    return zones;
}

template <class T>
Raster<T> noise(const Grid& grid, std::uint64_t seed, int classes) {
    std::mt19937_64 random(seed);
    std::uniform_int_distribution<int> value(0, classes - 1);
    Raster<T> raster(grid);
    for (T& v : raster.values())
        v = static_cast<T>(value(random) * (std::is_floating_point_v<T> ? 0.37 : 1));
    for (int i = 0; i < 2000; ++i)
        raster.set_valid(static_cast<int>(random() % static_cast<std::uint64_t>(grid.width)),
                         static_cast<int>(random() % static_cast<std::uint64_t>(grid.height)), false);
    return raster;
}

/// Every bit of a result.
std::string printed(const ZonalResult& unsorted) {
    const ZonalResult result = raster::sorted_by_id(unsorted);
    std::string text;
    char buffer[64];
    const auto put = [&](double value) {
        std::snprintf(buffer, sizeof buffer, "%a ", value);
        text += buffer;
    };
    for (std::size_t i = 0; i < result.ids.size(); ++i) {
        text += result.ids[i] + " ";
        put(result.covered_share[i]);
    }
    for (const auto& column : result.columns) {
        text += "\n" + column.name + ": ";
        for (const auto& value : column.values)
            value ? put(*value) : (void)(text += "- ");
    }
    for (const auto& table : result.crosstabs) {
        for (const auto& r : table.rows) {
            text += "\n" + r.zone + " ";
            put(r.class_a);
            put(r.class_b);
            put(r.area.value());
        }
    }
    return text;
}

}  // namespace

TEST_CASE("threads, block shapes and the order of zones change no bit of the result") {
    const Grid grid = grid_of({-76, 9}, 0.01, 1700, 1300);
    const Raster<float> real = noise<float>(grid, 1, 5000);
    const Raster<std::uint8_t> classes = noise<std::uint8_t>(grid, 2, 20);
    std::vector<Zone> zones = many_zones(grid);
    const std::vector<std::string> statistics{
        "mean(a)", "variance(a)", "sum(a)",   "min(a)",         "median(a)",  "quantile(a, 0.9)", "frac(b)", "mode(b)",
        "area_ha", "area_ha(a)",  "count(b)", "crosstab(b, b)", "variety(a)", "weighted_mean(a)", "stdev(b)"};
    const auto result = [&](raster::BlockShape shape, int jobs) {
        const MemoryRasterSource<float> a(real, {}, shape);
        const MemoryRasterSource<std::uint8_t> b(classes, {}, shape);
        raster::ZonalOptions options;
        options.parallelism.jobs = jobs;
        return printed(run({{"a", &a}, {"b", &b}}, statistics, zones, "b", options));
    };
    const std::string first = result({512, 512}, 1);
    CHECK(result({512, 512}, 8) == first);
    CHECK(result({256, 256}, 3) == first);
    CHECK(result({1700, 1}, 4) == first);
    CHECK(result({1024, 1024}, 2) == first);
    CHECK(result({100, 70}, 2) == first);
    std::shuffle(zones.begin(), zones.end(), std::mt19937_64(5));
    CHECK(result({512, 512}, 8) == first);
}

TEST_CASE("the tiled engine equals a plain loop over cells") {
    const Grid grid = grid_of({-76, 9}, 0.01, 1300, 1100);
    const Raster<float> real = noise<float>(grid, 1, 5000);
    const MemoryRasterSource<float> source(real);
    const std::vector<Zone> zones = many_zones(grid);
    const ZonalResult result = run({{"a", &source}}, {"count", "mean", "variance", "max", "variety"}, zones);
    for (std::size_t z = 0; z < zones.size(); z += 7) {
        double weight = 0;
        double sum = 0;
        double highest = -1;
        std::map<double, double> values;
        for (const raster::Span& span : raster::coverage(zones[z].geometry, grid)) {
            for (int col = span.col_begin; col < span.col_end; ++col) {
                if (!real.valid(col, span.row)) continue;
                const double value = static_cast<double>(real.at(col, span.row));
                weight += span.fraction;
                sum += span.fraction * value;
                highest = std::max(highest, value);
                values[value] += span.fraction;
            }
        }
        if (weight == 0) continue;
        double squares = 0;
        for (const auto& [value, w] : values)
            squares += w * (value - sum / weight) * (value - sum / weight);
        CHECK(row(result, z).at("a_count").value() == Approx(weight).epsilon(1e-11));
        CHECK(row(result, z).at("a_mean").value() == Approx(sum / weight).epsilon(1e-11));
        CHECK(row(result, z).at("a_variance").value() == Approx(squares / weight).epsilon(1e-9).margin(1e-9));
        CHECK(row(result, z).at("a_max") == highest);
        CHECK(row(result, z).at("a_variety") == static_cast<double>(values.size()));
    }
}

TEST_CASE("too little memory is refused with the size that does; a little more changes no bit") {
    const Grid grid = grid_of({0, 2048}, 1, 4096, 2048);
    Raster<std::uint16_t> cells(grid);
    for (std::size_t i = 0; i < cells.values().size(); ++i)
        cells.values()[i] = static_cast<std::uint16_t>(i * 2654435761U % 60000);
    const MemoryRasterSource<std::uint16_t> source(std::move(cells), {}, {4096, 2048});
    const std::vector<Zone> zones{{"z", rectangle(10.25, 10.5, 4000, 2000)}};
    const auto with_memory = [&](std::int64_t mebibytes) {
        raster::ZonalOptions options;
        options.parallelism.jobs = 2;
        options.memory = mebibytes << 20;
        return run({{"r", &source}}, {"mean", "variance", "area_ha"}, zones, {}, options);
    };
    CHECK(error_id([&] { (void)with_memory(8); }) == "zonal.memory_too_small");
    std::string needed;
    try {
        (void)with_memory(8);
    } catch (const geo::Error& error) {
        for (const auto& [name, value] : error.message().arguments) {
            if (name == "needed") needed = value;
        }
        CHECK(error.kind() == geo::ErrorKind::resource);
    }
    const auto tight = row(with_memory(std::stoll(needed)), 0);
    CHECK(tight == row(with_memory(1024), 0));
}

TEST_CASE("tables of values stop at the memory allowed") {
    const Grid grid = grid_of({0, 512}, 1, 512, 512);
    Raster<float> cells(grid);
    for (std::size_t i = 0; i < cells.values().size(); ++i)
        cells.values()[i] = static_cast<float>(i);
    const MemoryRasterSource<float> source(std::move(cells), {}, {512, 512});
    raster::ZonalOptions options;
    options.parallelism.jobs = 1;
    options.memory = std::int64_t{16} << 20;
    const std::vector<Zone> zones{{"a", rectangle(0, 0, 512, 512)}, {"b", rectangle(0, 0, 512, 511)}};
    CHECK(error_id([&] { (void)run({{"r", &source}}, {"median"}, zones, {}, options); }) == "zonal.tables_too_large");
    CHECK(error_id([&] { (void)run({{"r", &source}}, {"mean"}, zones, {}, options); }) == "none");
}

TEST_CASE("an interrupted run stops with its reason") {
    const MemoryRasterSource<std::int16_t> source(nine());
    geo::Progress progress;
    progress.stop(geo::ErrorKind::interrupted);
    raster::ZonalOptions options;
    options.progress = &progress;
    try {
        (void)run({{"r", &source}}, {"mean"}, {{"z", rectangle(0, 0, 3, 3)}}, {}, options);
        FAIL("not stopped");
    } catch (const geo::Error& error) {
        CHECK(error.kind() == geo::ErrorKind::interrupted);
    }
}

TEST_CASE("grids know their cells") {
    const Grid grid = three_by_three();
    CHECK(grid.cell_at({0.5, 2.5}) == raster::Window{0, 0, 1, 1});
    CHECK(grid.cell_at({2.0, 1.0}) == raster::Window{2, 2, 1, 1});
    CHECK_FALSE(grid.cell_at({3.0, 1.0}).has_value());
    CHECK(grid.window_of({{0.5, 0.5}, {1.5, 1.5}}) == raster::Window{0, 1, 2, 2});
    CHECK(grid.window_of({{5, 5}, {6, 6}}).empty());
    CHECK(grid.cut({1, 1, 2, 2}) == grid_of({1, 2}, 1, 2, 2));
}

}  // namespace vereda::tests
