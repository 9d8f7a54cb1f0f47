#include "simulate/displacement_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "simulate/table_text.hpp"

namespace vereda::simulate {

namespace {

const char* flag(bool value) {
    return value ? "1" : "0";
}

/// Hundredths without printf: panels have a hundred thousand rows.
std::string hundredths(double value) {
    const long long n = std::llround(value * 100);
    const std::string digits = std::to_string(n % 100);
    return std::to_string(n / 100) + (digits.size() == 1 ? ".0" : ".") + digits;
}

geo::TextTable events(const DisplacementStudy& study) {
    TableText out({"event_id", "year", "cell_id", "kind", "near_indigenous", "removed_ha", "reported_ha", "belt_ha",
                   "far_ha", "abroad_ha", "rushed"});
    for (std::size_t e = 0; e < study.events.size(); ++e) {
        const CampaignEvent& event = study.events[e];
        std::array<double, 3> moved{};
        for (const Arrival& arrival : event.arrivals)
            moved[static_cast<std::size_t>(arrival.destination)] += arrival.share * study.run.removed[e];
        out.add({study.eradication[e].id, std::to_string(study.parameters.first_year + event.year),
                 study.panel.units[event.cell].id, std::string(regions::name_of(event.kind)),
                 flag(event.near_indigenous), out.number(study.run.removed[e], 4),
                 out.number(study.eradication[e].reported->value(), 2), out.number(moved[0], 4),
                 out.number(moved[1], 4), out.number(moved[2], 4), flag(event.rushed)});
    }
    return std::move(out).table();
}

geo::TextTable cells(const DisplacementStudy& study) {
    TableText out({"cell_id", "year", "crop_ha", "crop_without_ha", "arrived_ha"});
    for (std::size_t i = 0; i < study.land.cells.size(); ++i) {
        for (std::size_t t = 0; t < study.panel.years.size(); ++t) {
            out.add({study.panel.units[i].id, std::to_string(study.panel.years[t]), hundredths(study.run.crop[i][t]),
                     hundredths(study.course.native[i][t]), hundredths(study.run.arrived[i][t])});
        }
    }
    return std::move(out).table();
}

geo::TextTable loss(const DisplacementStudy& study) {
    TableText out({"region_id", "year", "mechanism", "area_ha", "displaced_ha"});
    std::map<std::pair<std::size_t, std::size_t>, CellLoss> sums;
    for (std::size_t i = 0; i < study.land.cells.size(); ++i) {
        for (std::size_t t = 1; t < study.panel.years.size(); ++t) {
            CellLoss& sum = sums[{study.land.cells[i].region, t}];
            const CellLoss& one = study.forest.loss[i][t];
            sum.direct += one.direct;
            sum.associated += one.associated;
            sum.cattle += one.cattle;
            sum.fire += one.fire;
            sum.other += one.other;
            sum.displaced += one.displaced;
        }
    }
    for (const auto& [key, sum] : sums) {
        const double crop = sum.direct + sum.associated;
        const std::array<std::pair<const char*, double>, 5> parts{{{"direct", sum.direct},
                                                                   {"associated", sum.associated},
                                                                   {"cattle", sum.cattle},
                                                                   {"fire", sum.fire},
                                                                   {"other", sum.other}}};
        for (std::size_t p = 0; p < parts.size(); ++p) {
            const double displaced = p < 2 && crop > 0 ? sum.displaced * parts[p].second / crop : 0;
            out.add({study.land.regions[key.first].id, std::to_string(study.panel.years[key.second]), parts[p].first,
                     hundredths(parts[p].second), hundredths(displaced)});
        }
    }
    return std::move(out).table();
}

geo::TextTable events(const DisplacementLandscape& landscape) {
    const DisplacementStudy& study = landscape.study;
    std::vector<std::array<double, 3>> moved(study.events.size());
    for (const FrontierPlot& plot : landscape.ground.plots) {
        if (plot.displaced_by < 0) continue;
        const auto e = static_cast<std::size_t>(plot.displaced_by);
        moved[e][static_cast<std::size_t>(destination_of(study, plot))] +=
            std::abs(geo::signed_area(plot.outline)) / 1e4;
    }
    TableText out(
        {"event_id", "year", "kind", "near_indigenous", "removed_ha", "reported_ha", "belt_ha", "far_ha", "abroad_ha"});
    for (std::size_t e = 0; e < study.events.size(); ++e) {
        if (landscape.ground.removed[e] <= 0) continue;
        const CampaignEvent& event = study.events[e];
        out.add({study.eradication[e].id, std::to_string(study.parameters.first_year + event.year),
                 std::string(regions::name_of(event.kind)), flag(event.near_indigenous),
                 out.number(landscape.ground.removed[e], 4), out.number(study.eradication[e].reported->value(), 2),
                 out.number(moved[e][0], 4), out.number(moved[e][1], 4), out.number(moved[e][2], 4)});
    }
    return std::move(out).table();
}

geo::TextTable plots(const DisplacementLandscape& landscape) {
    TableText out({"true_plot", "first_year", "last_year", "cleared_year", "area_ha", "displaced_by", "removed_by"});
    const int first = landscape.study.parameters.first_year;
    const auto event = [&](int e) {
        return e < 0 ? std::string() : landscape.study.eradication[static_cast<std::size_t>(e)].id;
    };
    for (const FrontierPlot& plot : landscape.ground.plots) {
        out.add({std::to_string(plot.id), std::to_string(first + plot.first), std::to_string(first + plot.last),
                 plot.cleared < 0 ? "0" : std::to_string(first + plot.cleared),
                 out.number(std::abs(geo::signed_area(plot.outline)) / 1e4, 4), event(plot.displaced_by),
                 event(plot.removed_by)});
    }
    return std::move(out).table();
}

geo::TextTable outlines(const DisplacementLandscape& landscape) {
    TableText out({"year", "plot_id", "true_plot"});
    for (std::size_t s = 0; s < landscape.surveys.size(); ++s) {
        for (std::size_t p = 0; p < landscape.true_plots[s].size(); ++p) {
            out.add({std::to_string(landscape.surveys[s].year), landscape.surveys[s].plots[p].id,
                     std::to_string(landscape.true_plots[s][p])});
        }
    }
    return std::move(out).table();
}

geo::TextTable loss(const DisplacementLandscape& landscape) {
    TableText out({"region_id", "year", "mechanism", "area_ha", "displaced_ha"});
    struct Sum {
        long cells = 0;
        long displaced = 0;
    };
    std::map<std::tuple<std::string, int, LossMechanism>, Sum> sums;
    const FrontierForest& forest = landscape.forest;
    const Frontier& land = landscape.study.land;
    for (std::size_t at = 0; at < forest.mechanism.size(); ++at) {
        if (forest.mechanism[at] == LossMechanism::none) continue;
        const std::string& region = land.regions[land.region_at(forest.frame.centre(at))].id;
        Sum& sum = sums[{region, frontier_loss_base + forest.true_year[at], forest.mechanism[at]}];
        ++sum.cells;
        sum.displaced += forest.displaced[at];
    }
    for (const auto& [key, sum] : sums) {
        out.add({std::get<0>(key), std::to_string(std::get<1>(key)), std::string(name_of(std::get<2>(key))),
                 out.number(static_cast<double>(sum.cells) * forest.cell_hectares(), 4),
                 out.number(static_cast<double>(sum.displaced) * forest.cell_hectares(), 4)});
    }
    return std::move(out).table();
}

}  // namespace

geo::TextTable panel_table(const DisplacementStudy& study) {
    TableText out({"cell_id", "x", "y", "region_id", "year", "crop", "crop_ha", "forest_ha", "price", "access_min",
                   "protected", "indigenous", "abroad"});
    const regions::CropPanel& panel = study.panel;
    const regions::PanelCovariate& access = *panel.find_covariate("access_min");
    const regions::PanelCovariate& forest = *panel.find_covariate("forest_ha");
    const regions::PanelCovariate& price = *panel.find_covariate("price");
    for (std::size_t i = 0; i < panel.units.size(); ++i) {
        const regions::PanelUnit& unit = panel.units[i];
        const std::string x = std::to_string(std::llround(unit.place.x));
        const std::string y = std::to_string(std::llround(unit.place.y));
        for (std::size_t t = 0; t < panel.years.size(); ++t) {
            const auto& crop = panel.crop_ha[i][t];
            out.add({unit.id, x, y, unit.region_id, std::to_string(panel.years[t]), "coca",
                     crop ? hundredths(*crop) : std::string(), hundredths(*forest.values[i][t]),
                     std::to_string(std::llround(*price.values[i][t])),
                     std::to_string(std::llround(*access.values[i][t])), flag(unit.is_protected), flag(unit.indigenous),
                     flag(unit.abroad)});
        }
    }
    return std::move(out).table();
}

geo::TextTable reported_eradication_table(const DisplacementStudy& study) {
    TableText out({"event_id", "date", "kind", "x", "y", "area_ha", "area_sd_ha", "agency", "verified", "region_id"});
    for (const regions::EradicationEvent& event : study.eradication) {
        const geo::Point place = std::get<geo::Points>(event.place).parts.front();
        out.add({event.id, out.date(event.date), std::string(regions::name_of(event.kind)), out.number(place.x, 0),
                 out.number(place.y, 0), out.number(event.reported->value(), 2),
                 out.number(event.reported_sd->value(), 2), event.agency,
                 event.verified == regions::Answer::yes ? "yes" : "unknown", event.region_id});
    }
    return std::move(out).table();
}

geo::TextTable driver_accuracy_table(const DisplacementLandscape& landscape) {
    constexpr std::size_t points = 5000;
    const FrontierForest& forest = landscape.forest;
    const int factor = forest.frame.columns / forest.driver_frame.columns;
    std::size_t lost = 0;
    for (const LossMechanism mechanism : forest.mechanism)
        lost += mechanism != LossMechanism::none;
    const std::size_t step = std::max<std::size_t>(1, lost / points);
    std::map<std::pair<std::string, int>, long> seen;
    std::size_t next = 0;
    for (std::size_t at = 0; at < forest.mechanism.size(); ++at) {
        if (forest.mechanism[at] == LossMechanism::none || next++ % step != 0) continue;
        const std::size_t cell =
            forest.driver_frame.position(forest.frame.column_of(at) / factor, forest.frame.row_of(at) / factor);
        const MappedDriver right = shown_as(forest.mechanism[at]);
        const std::string cause =
            right == MappedDriver::shifting_cultivation ? std::string("crop") : std::to_string(static_cast<int>(right));
        ++seen[{cause, static_cast<int>(forest.drivers[cell])}];
    }
    TableText out({"cause", "mapped", "points"});
    for (const auto& [key, count] : seen)
        out.add({key.first, std::to_string(key.second), std::to_string(count)});
    return std::move(out).table();
}

std::vector<NamedTable> displacement_truth_tables(const DisplacementStudy& study) {
    return {{"events", events(study)}, {"cells", cells(study)}, {"loss", loss(study)}};
}

std::vector<NamedTable> displacement_truth_tables(const DisplacementLandscape& landscape) {
    return {{"events", events(landscape)},
            {"plots", plots(landscape)},
            {"outlines", outlines(landscape)},
            {"loss", loss(landscape)}};
}

}  // namespace vereda::simulate
