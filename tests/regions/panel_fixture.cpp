#include "tests/regions/panel_fixture.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace vereda::tests {

using namespace regions;

namespace {

struct Pending {
    std::size_t unit = 0;
    int year = 0;
    double hectares = 0;
};

std::vector<std::size_t> ring_of(const CropPanel& panel, std::size_t centre, double metres) {
    std::vector<std::size_t> ring;
    for (std::size_t u = 0; u < panel.units.size(); ++u) {
        const double distance = std::hypot(panel.units[u].place.x - panel.units[centre].place.x,
                                           panel.units[u].place.y - panel.units[centre].place.y);
        if (u != centre && distance <= metres) ring.push_back(u);
    }
    return ring;
}

EradicationEvent event_at(const PanelUnit& unit, int year, double hectares) {
    EradicationEvent event;
    event.id = fmt::format("{}-{}", unit.id, year);
    event.date = geo::Date(std::chrono::year(year) / 6 / 15);
    event.kind = EradicationKind::aerial;
    event.place = geo::Points{{unit.place}};
    event.reported = geo::Hectares(hectares);
    return event;
}

}  // namespace

MadePanel make_panel(const PanelRecipe& recipe, std::uint64_t seed) {
    geo::Random random(seed, "panel-fixture");
    MadePanel made;
    CropPanel& panel = made.panel;
    const int side = recipe.regions_a_side * recipe.cells_a_side;
    std::vector<double> level;
    for (int i = 0; i < side; ++i)
        for (int j = 0; j < side; ++j) {
            panel.units.push_back({fmt::format("{:03}_{:03}", i, j),
                                   {i * recipe.cell_m, j * recipe.cell_m},
                                   fmt::format("r{:02}_{:02}", i / recipe.cells_a_side, j / recipe.cells_a_side)});
            level.push_back(std::exp(random.normal(2, 0.5)));
        }
    for (int y = 0; y < recipe.years; ++y)
        panel.years.push_back(2000 + y);
    panel.crop_ha.assign(level.size(), std::vector<std::optional<double>>(panel.years.size()));
    std::vector<double> moved_in(level.size(), 0);
    std::vector<double> removed(level.size(), 0);
    std::vector<Pending> pending;
    for (int y = 0; y < recipe.years; ++y) {
        std::vector<double> shock;
        for (int r = 0; r < recipe.regions_a_side * recipe.regions_a_side; ++r)
            shock.push_back(random.normal(0, recipe.regional));
        for (const Pending& p : pending)
            if (p.year == y) moved_in[p.unit] += p.hectares;
        for (int k = 0; y >= recipe.first_removal && y + 2 < recipe.years && k < recipe.removals_a_year; ++k) {
            auto target = static_cast<std::size_t>(random.integer(0, side * side - 1));
            while (recipe.distinct && removed[target] > 0)
                target = static_cast<std::size_t>(random.integer(0, side * side - 1));
            const double hectares = recipe.reported * level[target];
            removed[target] += level[target];
            made.events.push_back(event_at(panel.units[target], 2000 + y, hectares));
            made.events.back().id += "-" + std::to_string(k);
            const auto ring = ring_of(panel, target, recipe.belt_m);
            double levels = 0;
            for (const std::size_t u : ring)
                levels += level[u];
            for (const std::size_t u : ring) {
                const double even = 1.0 / static_cast<double>(ring.size());
                const double part = (1 - recipe.by_crop) * even + recipe.by_crop * level[u] / levels;
                pending.push_back({u, y + 1, recipe.share * hectares * part / 2});
                pending.push_back({u, y + 2, recipe.share * hectares * part / 2});
            }
        }
        for (std::size_t u = 0; u < level.size(); ++u) {
            const int region = static_cast<int>(u) / side / recipe.cells_a_side * recipe.regions_a_side +
                               static_cast<int>(u) % side / recipe.cells_a_side;
            const double own =
                level[u] * std::exp(shock[static_cast<std::size_t>(region)] + random.normal(0, recipe.noise));
            panel.crop_ha[u][static_cast<std::size_t>(y)] = std::max(0.0, own + moved_in[u] - removed[u]);
        }
    }
    return made;
}

CropPanel row_of_cells(const std::vector<std::vector<std::optional<double>>>& crop, int first_year,
                       const std::vector<std::string>& region) {
    CropPanel panel;
    for (std::size_t u = 0; u < crop.size(); ++u)
        panel.units.push_back(
            {fmt::format("c{:02}", u), {1000.0 * static_cast<double>(u), 0}, region.empty() ? "one" : region[u]});
    for (std::size_t y = 0; y < crop.front().size(); ++y)
        panel.years.push_back(first_year + static_cast<int>(y));
    panel.crop_ha = crop;
    return panel;
}

}  // namespace vereda::tests
