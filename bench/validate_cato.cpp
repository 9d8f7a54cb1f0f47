/// How often a lawful cato is called exceeding, and an excess found, over many simulated walks: the table of
/// docs/validation.md (methods §11).
///
///     vereda_validate_cato [WALKS] [SEED] [VERTICES] [ERRORS] [SIGMA]      (default 100000 1, all; Markdown on stdout)
///
/// ERRORS: 0 independent, 1 alike over 60 m, 2 one shift. Each cell draws its own stream from seed, vertices, errors
/// and σ, so that a cell does not depend on the others and may be run by itself.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "geo/parallel.hpp"
#include "geo/random.hpp"
#include "geo/topology.hpp"
#include "livelihoods/area_verdict.hpp"

namespace {

using namespace vereda;
using livelihoods::SmallPlotVerdict;

enum class Errors { independent, sixty_metres, one_shift };

struct Cell {
    double area;
    int vertices;
    Errors errors;
    double sigma;
    long exceeds = 0;
    long not_testable = 0;
};

constexpr std::array error_names{"independent", "alike over 60 m", "one shift"};

geo::Ring square_walk(double area, int vertices) {
    const double side = std::sqrt(area);
    geo::Ring ring;
    for (int i = 0; i < vertices; ++i) {
        const double along = 4 * side * i / vertices;
        const int edge = static_cast<int>(along / side);
        const double t = along - edge * side;
        if (edge == 0) ring.push_back({0, t});
        if (edge == 1) ring.push_back({t, side});
        if (edge == 2) ring.push_back({side, side - t});
        if (edge == 3) ring.push_back({side - t, 0});
    }
    ring.push_back(ring.front());
    return ring;
}

/// One axis: an Ornstein-Uhlenbeck process along the walk, started from its own distribution.
std::vector<double> axis_errors(const geo::Ring& ring, const Cell& cell, geo::Random& random) {
    std::vector<double> axis;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        double keep = 0;
        if (cell.errors == Errors::one_shift) keep = 1;
        if (cell.errors == Errors::sixty_metres && i > 0)
            keep = std::exp(-std::hypot(ring[i].x - ring[i - 1].x, ring[i].y - ring[i - 1].y) / 60.0);
        axis.push_back(i == 0 ? cell.sigma * random.normal(0, 1)
                              : keep * axis.back() + cell.sigma * std::sqrt(1 - keep * keep) * random.normal(0, 1));
    }
    return axis;
}

livelihoods::RegisteredPlot measured(const geo::Ring& ring, const Cell& cell, geo::Random& random) {
    const std::vector<double> east = axis_errors(ring, cell, random);
    const std::vector<double> north = axis_errors(ring, cell, random);
    geo::Polygon polygon;
    polygon.outer = ring;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        polygon.outer[i] = {ring[i].x + east[i], ring[i].y + north[i]};
    polygon.outer.back() = polygon.outer.front();
    livelihoods::RegisteredPlot plot;
    plot.outline = geo::repair(geo::MultiPolygon{polygon}).polygons;
    plot.area = geo::SquareMetres(geo::planar_area(plot.outline));
    plot.position_error = geo::Metres(cell.sigma);
    plot.measured_by = cell.vertices == 4 ? regions::MeasuredBy::corners : regions::MeasuredBy::gnss_walk;
    return plot;
}

void simulate(Cell& cell, long walks, unsigned long seed) {
    livelihoods::RulePack pack;
    pack.max_area = geo::SquareMetres(1600);
    const std::string name =
        fmt::format("cato {} {} {} {}", cell.area, cell.vertices, static_cast<int>(cell.errors), cell.sigma);
    geo::Random random(seed, name);
    const geo::Ring ring = square_walk(cell.area, cell.vertices);
    for (long i = 0; i < walks; ++i) {
        const auto verdict = livelihoods::area_verdict(measured(ring, cell, random), pack, *pack.max_area).verdict;
        if (verdict == SmallPlotVerdict::exceeds) ++cell.exceeds;
        if (verdict == SmallPlotVerdict::not_testable) ++cell.not_testable;
    }
}

std::vector<Cell> cells() {
    std::vector<Cell> all;
    for (const int vertices : {4, 12, 40, 200})
        for (const Errors errors : {Errors::independent, Errors::sixty_metres, Errors::one_shift})
            for (const double sigma : {2.0, 3.0, 5.0, 8.0})
                all.push_back({1600, vertices, errors, sigma});
    for (const double area : {1800.0, 2000.0, 2200.0, 2400.0})
        all.push_back({area, 4, Errors::independent, 3});
    return all;
}

}  // namespace

int main(int count, char** words) {
    const long walks = count > 1 ? std::atol(words[1]) : 100'000;
    const auto seed = static_cast<unsigned long>(count > 2 ? std::atol(words[2]) : 1);
    std::vector<Cell> all = cells();
    if (count > 3) std::erase_if(all, [&](const Cell& cell) { return cell.vertices != std::atoi(words[3]); });
    if (count > 4)
        std::erase_if(all, [&](const Cell& cell) { return static_cast<int>(cell.errors) != std::atoi(words[4]); });
    if (count > 5) std::erase_if(all, [&](const Cell& cell) { return cell.sigma != std::atof(words[5]); });
    geo::parallel_for(all.size(), {}, [&](std::size_t i) { simulate(all[i], walks, seed); });
    fmt::print(
        "| true area, m² | vertices | errors | σ, m | exceeds, % | not testable, % |\n|--:|--:|---|--:|--:|--:|\n");
    for (const Cell& cell : all) {
        const auto percent = [&](long number) {
            return 100.0 * static_cast<double>(number) / static_cast<double>(walks);
        };
        fmt::print("| {:.0f} | {} | {} | {:.0f} | {:.2f} | {:.2f} |\n", cell.area, cell.vertices,
                   error_names[static_cast<std::size_t>(cell.errors)], cell.sigma, percent(cell.exceeds),
                   percent(cell.not_testable));
    }
    return 0;
}
