#include <array>
#include <cmath>
#include <random>

#include "geo/error.hpp"
#include "regions/accuracy.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using regions::AccuracyEstimate;
using regions::SampleCount;
using regions::StratumArea;

namespace {

const regions::ClassEstimate& class_named(const AccuracyEstimate& estimate, const std::string& name) {
    for (const regions::ClassEstimate& row : estimate.classes) {
        if (row.name == name) return row;
    }
    throw std::out_of_range(name);
}

/// Olofsson et al. 2014, table 8: rows map, columns reference.
AccuracyEstimate olofsson_2014() {
    const std::array<std::string, 4> names{"deforestation", "forest gain", "stable forest", "stable non-forest"};
    const std::array<double, 4> pixels{200'000, 150'000, 3'200'000, 6'450'000};
    const std::array<std::array<long, 4>, 4> matrix{{{66, 0, 5, 4}, {0, 55, 8, 12}, {1, 0, 153, 11}, {2, 1, 9, 313}}};
    std::vector<StratumArea> areas;
    std::vector<SampleCount> counts;
    for (std::size_t i = 0; i < 4; ++i) {
        areas.push_back({names[i], pixels[i] * 0.09});
        for (std::size_t j = 0; j < 4; ++j)
            counts.push_back({names[i], names[i], names[j], matrix[i][j]});
    }
    return regions::estimate_accuracy(areas, counts);
}

/// One unit of a sample, for the estimators written unit by unit below.
struct Unit {
    std::string stratum, map, reference;
};

/// Stehman 2014, table 2: 40 units, ten per stratum.
std::vector<Unit> stehman_units() {
    const std::string strata = "AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDD";
    const std::string map = "AAAAAAABBBABBBBBBBBBBBCCCCCCBBDDDDDDDDDD";
    const std::string reference = "AAAAACBABCABBBBBAABBCCCCCDDBBADDDDDDDCCB";
    std::vector<Unit> units;
    for (std::size_t i = 0; i < strata.size(); ++i)
        units.push_back({strata.substr(i, 1), map.substr(i, 1), reference.substr(i, 1)});
    return units;
}

std::vector<SampleCount> counts_of(const std::vector<Unit>& units) {
    std::vector<SampleCount> counts;
    for (const Unit& unit : units)
        counts.push_back({unit.stratum, unit.map, unit.reference, 1});
    return counts;
}

/// Ratio of two totals and its standard error, by Stehman 2014 eq. 27 and 28 with two passes over the units.
std::pair<double, double> ratio_by_units(const std::vector<Unit>& units, const std::vector<StratumArea>& areas,
                                         const auto& y, const auto& x, bool finite) {
    double top = 0, bottom = 0;
    for (const StratumArea& area : areas) {
        double n = 0, ys = 0, xs = 0;
        for (const Unit& unit : units)
            if (unit.stratum == area.stratum) n += 1, ys += y(unit), xs += x(unit);
        top += area.area * ys / n;
        bottom += area.area * xs / n;
    }
    const double ratio = top / bottom;
    double variance = 0;
    for (const StratumArea& area : areas) {
        double n = 0, mean = 0, squares = 0;
        for (const Unit& unit : units)
            if (unit.stratum == area.stratum) n += 1, mean += y(unit) - ratio * x(unit);
        mean /= n;
        for (const Unit& unit : units)
            if (unit.stratum == area.stratum) squares += std::pow(y(unit) - ratio * x(unit) - mean, 2);
        variance += area.area * area.area * (finite ? 1 - n / area.area : 1) * squares / (n - 1) / n;
    }
    return {ratio, std::sqrt(variance) / bottom};
}

}  // namespace

TEST_CASE("the worked example of Olofsson 2014 comes out to its printed digits") {
    const AccuracyEstimate estimate = olofsson_2014();
    struct Printed {
        const char* name;
        double area, half_width, users, producers;
    };
    const Printed table[] = {{"deforestation", 21'158, 6'158, .880, .749},
                             {"forest gain", 11'686, 3'756, .733, .847},
                             {"stable forest", 285'770, 15'510, .927, .935},
                             {"stable non-forest", 581'386, 16'282, .963, .962}};
    for (const Printed& printed : table) {
        const auto& row = class_named(estimate, printed.name);
        INFO(printed.name);
        CHECK(std::round(row.area->value) == printed.area);
        CHECK(std::round(row.area->hi - row.area->value) == printed.half_width);
        CHECK(std::abs(row.users->value - printed.users) < 0.0005);
        CHECK(std::abs(row.producers->value - printed.producers) < 0.0005);
    }
    CHECK(std::abs(estimate.overall.value - 0.9465) < 0.00005);
    CHECK(std::abs(1.96 * estimate.overall.se - 0.0185) < 0.00005);
}

TEST_CASE("areas of classes sum to the total area") {
    const AccuracyEstimate estimate = olofsson_2014();
    double sum = 0;
    for (const auto& row : estimate.classes)
        sum += row.area->value;
    CHECK(sum == Approx(900'000).epsilon(1e-12));
    CHECK(estimate.total_area == Approx(900'000));
}

TEST_CASE("the numerical example of Stehman 2014, whose strata are not the map classes, comes out to its digits") {
    const std::vector<StratumArea> areas{{"A", 40'000}, {"B", 30'000}, {"C", 20'000}, {"D", 10'000}};
    const AccuracyEstimate estimate = regions::estimate_accuracy(
        areas, counts_of(stehman_units()), {.strata_are_classes = false, .areas_count_units = true});
    const auto& a = class_named(estimate, "A");
    const auto& b = class_named(estimate, "B");
    const auto& c = class_named(estimate, "C");
    CHECK(a.area->value / 100'000 == Approx(0.35).epsilon(1e-12));
    CHECK(c.area->value / 100'000 == Approx(0.20).epsilon(1e-12));
    CHECK(estimate.overall.value == Approx(0.63).epsilon(1e-12));
    CHECK(std::abs(b.users->value - 0.574) < 0.0005);
    CHECK(std::abs(b.producers->value - 0.794) < 0.0005);
    CHECK(std::abs(a.area->se / 100'000 - 0.082) < 0.0005);
    CHECK(std::abs(c.area->se / 100'000 - 0.064) < 0.0005);
    CHECK(std::abs(estimate.overall.se - 0.085) < 0.0005);
    CHECK(std::abs(b.users->se - 0.125) < 0.0005);
}

TEST_CASE("estimates equal the formulas written out unit by unit, with and without finite population") {
    std::mt19937 random(3);
    const std::vector<StratumArea> areas{{"p", 500}, {"q", 90}, {"r", 1300}};
    for (int round = 0; round < 50; ++round) {
        std::vector<Unit> units;
        for (const StratumArea& area : areas) {
            const int n = 2 + static_cast<int>(random() % 30);
            for (int i = 0; i < n; ++i)
                units.push_back({area.stratum, std::string(1, static_cast<char>('a' + random() % 3)),
                                 std::string(1, static_cast<char>('a' + random() % 4))});
        }
        for (const bool finite : {false, true}) {
            const AccuracyEstimate estimate = regions::estimate_accuracy(
                areas, counts_of(units), {.strata_are_classes = false, .areas_count_units = finite});
            for (const auto& row : estimate.classes) {
                const auto mapped = [&](const Unit& u) { return u.map == row.name ? 1.0 : 0.0; };
                const auto real = [&](const Unit& u) { return u.reference == row.name ? 1.0 : 0.0; };
                const auto both = [&](const Unit& u) { return mapped(u) * real(u); };
                const auto all = [](const Unit&) { return 1.0; };
                const auto [share, share_se] = ratio_by_units(units, areas, real, all, finite);
                CHECK(row.area->value == Approx(share * 1890).margin(1e-9));
                CHECK(row.area->se == Approx(share_se * 1890).margin(1e-9));
                if (row.users) {
                    const auto [users, users_se] = ratio_by_units(units, areas, both, mapped, finite);
                    CHECK(row.users->value == Approx(users).margin(1e-12));
                    CHECK(row.users->se == Approx(users_se).margin(1e-9));
                }
                if (row.producers) {
                    const auto [producers, producers_se] = ratio_by_units(units, areas, both, real, finite);
                    CHECK(row.producers->value == Approx(producers).margin(1e-12));
                    CHECK(row.producers->se == Approx(producers_se).margin(1e-9));
                }
            }
        }
    }
}

TEST_CASE("the 95 percent interval of an area covers the truth about 95 times in 100") {
    // Two strata with 8 and 60 percent of the class; 3,000 samples of 100 units each.
    std::mt19937 random(11);
    std::bernoulli_distribution rare(0.08), common(0.60);
    const double truth = 7'000 * 0.08 + 3'000 * 0.60;
    int covered = 0;
    for (int round = 0; round < 3000; ++round) {
        std::array<long, 2> hits{};
        for (int i = 0; i < 100; ++i) {
            hits[0] += rare(random);
            hits[1] += common(random);
        }
        const auto estimate =
            regions::estimate_accuracy({{"other", 7'000}, {"crop", 3'000}}, {{"other", "other", "crop", hits[0]},
                                                                             {"other", "other", "other", 100 - hits[0]},
                                                                             {"crop", "crop", "crop", hits[1]},
                                                                             {"crop", "crop", "other", 100 - hits[1]}});
        const auto& area = class_named(estimate, "crop").area.value();
        covered += area.lo <= truth && truth <= area.hi;
    }
    CHECK(covered > 0.93 * 3000);
    CHECK(covered < 0.97 * 3000);
}

TEST_CASE("a stratum with one sample unit is refused by name") {
    try {
        static_cast<void>(regions::estimate_accuracy({{"coca", 10}, {"forest", 90}},
                                                     {{"coca", "coca", "coca", 5}, {"forest", "forest", "coca", 1}}));
        FAIL("accepted");
    } catch (const geo::Error& error) {
        CHECK(std::string(error.message().id.text()) == "accuracy.too_few");
        CHECK(error.message().arguments.at(0).second == "forest");
    }
}

TEST_CASE("a sample unit of a stratum without area is refused, an unsampled stratum without area is not") {
    CHECK_THROWS_AS(regions::estimate_accuracy({{"coca", 10}}, {{"coca", "coca", "coca", 5}, {"x", "x", "x", 2}}),
                    geo::Error);
    CHECK_NOTHROW(regions::estimate_accuracy({{"coca", 10}, {"water", 0}}, {{"coca", "coca", "coca", 5}}));
}

TEST_CASE("a class that the sample never maps has no user's accuracy and keeps its area") {
    const auto estimate = regions::estimate_accuracy(
        {{"forest", 100}}, {{"forest", "forest", "forest", 8}, {"forest", "forest", "coca", 2}});
    const auto& coca = class_named(estimate, "coca");
    CHECK(coca.area->value == Approx(20));
    CHECK_FALSE(coca.users.has_value());
    REQUIRE(coca.producers.has_value());
    CHECK(coca.producers->value == 0);
    CHECK(coca.mapped_area == 0.0);
}

TEST_CASE("true over mapped area of a class is its estimated area over its stratum where strata are classes") {
    // 0.8 of 100 and 0.05 of 900: 125 over 100. Var Â = 100² · 0.16 / 9 + 900² · 0.0475 / 19 = 2202.78.
    const std::vector<SampleCount> counts{{"crop", "crop", "crop", 8},
                                          {"crop", "crop", "other", 2},
                                          {"other", "other", "crop", 1},
                                          {"other", "other", "other", 19}};
    const auto ratio = regions::map_ratio("crop", {{"crop", 100}, {"other", 900}}, counts);
    CHECK(ratio.value == Approx(1.25));
    CHECK(ratio.se == Approx(std::sqrt(100.0 * 100 * 0.16 / 9 + 900.0 * 900 * 0.0475 / 19) / 100));
    CHECK(ratio.lo == Approx(1.25 - 1.96 * ratio.se));
    CHECK_THROWS_AS(regions::map_ratio("poppy", {{"crop", 100}, {"other", 900}}, counts), vereda::geo::Error);
}

TEST_CASE("true over mapped area with other strata is the combined ratio estimator, summed unit by unit") {
    const std::vector<Unit> units = stehman_units();
    const std::map<std::string, double> areas{{"A", 40'000}, {"B", 30'000}, {"C", 20'000}, {"D", 10'000}};
    std::vector<StratumArea> strata;
    for (const auto& [name, area] : areas)
        strata.push_back({name, area});
    double y_total = 0;
    double x_total = 0;
    std::map<std::string, std::vector<std::pair<double, double>>> by_stratum;
    for (const Unit& unit : units)
        by_stratum[unit.stratum].emplace_back(unit.reference == "B" ? 1 : 0, unit.map == "B" ? 1 : 0);
    for (const auto& [name, pairs] : by_stratum) {
        for (const auto& [y, x] : pairs) {
            y_total += areas.at(name) * y / static_cast<double>(pairs.size());
            x_total += areas.at(name) * x / static_cast<double>(pairs.size());
        }
    }
    const double expected = y_total / x_total;
    double variance = 0;
    for (const auto& [name, pairs] : by_stratum) {
        const auto n = static_cast<double>(pairs.size());
        double mean = 0;
        for (const auto& [y, x] : pairs)
            mean += (y - expected * x) / n;
        double squares = 0;
        for (const auto& [y, x] : pairs)
            squares += std::pow(y - expected * x - mean, 2) / (n - 1);
        variance += areas.at(name) * areas.at(name) * squares / n;
    }
    const auto ratio = regions::map_ratio("B", strata, counts_of(units), {.strata_are_classes = false});
    CHECK(ratio.value == Approx(expected));
    CHECK(ratio.se == Approx(std::sqrt(variance) / x_total));
}
