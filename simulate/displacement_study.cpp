#include "simulate/displacement_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "simulate/noise.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

namespace {

double rounded(double value, double step) {
    return std::round(value / step) * step;
}

/// What clouds hide: clumps of about 40 km, other ones every year. The quantile of the noise is the share hidden.
std::vector<std::vector<bool>> hidden_cells(const DisplacementParameters& parameters, const Frontier& land,
                                            std::uint64_t seed) {
    std::vector<std::vector<bool>> hidden(land.cells.size(),
                                          std::vector<bool>(static_cast<std::size_t>(parameters.years)));
    for (int year = 0; year < parameters.years; ++year) {
        const Noise noise(mixed(mixed(seed ^ 0xD11) + static_cast<std::uint64_t>(year)), 90'000);
        std::vector<double> values;
        for (const FrontierCell& cell : land.cells)
            values.push_back(noise.fractal(cell.centre, 2));
        std::vector<double> sorted = values;
        std::ranges::sort(sorted);
        const auto count =
            static_cast<std::size_t>(parameters.measurement.unobserved * static_cast<double>(values.size()));
        if (count == 0) continue;
        for (std::size_t i = 0; i < values.size(); ++i)
            hidden[i][static_cast<std::size_t>(year)] = values[i] < sorted[count];
    }
    return hidden;
}

regions::CropPanel measured(const DisplacementStudy& study) {
    const PanelMeasurement& measurement = study.parameters.measurement;
    Random random(study.seed, "panel");
    const auto hidden = hidden_cells(study.parameters, study.land, study.seed);
    const auto years = static_cast<std::size_t>(study.parameters.years);
    regions::CropPanel panel;
    for (std::size_t t = 0; t < years; ++t)
        panel.years.push_back(study.parameters.first_year + static_cast<int>(t));
    panel.covariates = {{"access_min", {}, true}, {"forest_ha", {}, false}, {"price", {}, false}};
    for (std::size_t i = 0; i < study.land.cells.size(); ++i) {
        const FrontierCell& cell = study.land.cells[i];
        panel.units.push_back({fmt::format("C{:06}", cell.position), cell.centre, study.land.regions[cell.region].id,
                               cell.abroad, cell.is_protected, cell.indigenous});
        std::vector<std::optional<double>> crop;
        std::vector<std::optional<double>> forest;
        std::vector<std::optional<double>> price;
        for (std::size_t t = 0; t < years; ++t) {
            const double missed = std::min(1.0, 2 * measurement.missed * random.uniform());
            const double error = std::exp(random.normal(0, measurement.error));
            const double dim = random.uniform();
            const double seen = study.run.crop[i][t] * (1 - missed) * error;
            // what is under a hectare in 25 km² is not seen at all three times in ten
            const double told = seen < 1 && dim < 0.3 ? 0 : rounded(seen, 0.01);
            crop.push_back(hidden[i][t] ? std::nullopt : std::optional(told));
            forest.push_back(rounded(study.forest.forest[i][t], 0.1));
            price.push_back(rounded(2000 * std::exp(study.course.log_price[cell.region][t]), 1));
        }
        panel.crop_ha.push_back(std::move(crop));
        panel.covariates[0].values.push_back(std::vector<std::optional<double>>(years, cell.access_min));
        panel.covariates[1].values.push_back(std::move(forest));
        panel.covariates[2].values.push_back(std::move(price));
    }
    return panel;
}

std::vector<regions::EradicationEvent> reported(const DisplacementStudy& study) {
    Random random(study.seed, "reports");
    std::vector<regions::EradicationEvent> out;
    for (std::size_t e = 0; e < study.events.size(); ++e) {
        const CampaignEvent& event = study.events[e];
        regions::EradicationEvent told;
        told.id = fmt::format("ER-{:05}", e + 1);
        told.date = event.date;
        told.kind = event.kind;
        told.place = geo::Points{{event.place}};
        const double error = study.parameters.measurement.report_error;
        told.reported = geo::Hectares(rounded(study.run.removed[e] * std::exp(random.normal(0, error)), 0.01));
        told.reported_sd = geo::Hectares(rounded(error * told.reported->value(), 0.01));
        told.agency = event.kind == regions::EradicationKind::community ? "Comunidad" : "Programa";
        told.verified =
            event.kind == regions::EradicationKind::aerial ? regions::Answer::unknown : regions::Answer::yes;
        told.region_id = study.land.regions[study.land.cells[event.cell].region].id;
        out.push_back(std::move(told));
    }
    return out;
}

}  // namespace

DisplacementStudy displacement_study(const DisplacementParameters& given, std::uint64_t seed) {
    const DisplacementParameters parameters = validated(given);
    Frontier land = frontier(parameters.land, seed);
    CropCourse course = crop_course(parameters, land, seed);
    std::vector<CampaignEvent> events = plan_campaign(parameters, land, course, seed);
    CropRun run = run_campaign(parameters.campaign, course, events);
    CellForest forest = cell_forest(land, run, seed);
    DisplacementTruth truth = displacement_truth(parameters, land, course, events, run);
    DisplacementStudy study{parameters,
                            seed,
                            geo::Crs::parse(parameters.land.crs),
                            std::move(land),
                            std::move(course),
                            std::move(events),
                            std::move(run),
                            std::move(forest),
                            {},
                            {},
                            std::move(truth)};
    study.panel = measured(study);
    study.eradication = reported(study);
    return study;
}

}  // namespace vereda::simulate
