/// Eradication that goes where crop is dense and grows, and where the growers go then.
///
/// Potential outcomes: an event's share of its target's crop, its destinations and its lags are drawn once. Running the
/// same land with the same events, some of them switched off, differs in nothing but what those events caused.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/date.hpp"
#include "regions/eradication.hpp"
#include "simulate/crop_course.hpp"

namespace vereda::simulate {

enum class Destination { belt, far, abroad };

/// Crop planted elsewhere by those whose crop was removed, as a share of the hectares removed.
struct Arrival {
    std::size_t cell = 0;
    double share = 0;
    Destination destination = Destination::belt;
};

struct CampaignEvent {
    int year = 0;  ///< index; the crop is gone on that year's 31 December
    std::size_t cell = 0;
    geo::Point place;  ///< somewhere in the cell
    geo::Date date;
    regions::EradicationKind kind = regions::EradicationKind::unknown;
    bool near_indigenous = false;  ///< within 20 km of indigenous land
    double share = 0;              ///< of the target's crop that it removes
    bool rushed = false;           ///< announced: more is planted in the target the year before
    std::vector<Arrival> arrivals;
    double first_year_share =
        0.5;  ///< of each arrival planted by 31 December of the next year; the rest the year after
};

struct CropRun {
    std::vector<std::vector<double>> crop;     ///< true hectares on 31 December, [cell][year]
    std::vector<std::vector<double>> arrived;  ///< of which planted by displaced growers, [cell][year]
    std::vector<double> removed;               ///< hectares, [event]; 0 where switched off
};

/// Events by year, then in the order of targeting; every year from the fifth to the third but last. A cell is not
/// targeted twice within four years, and nobody moves to a cell that was a target in the last three.
[[nodiscard]] std::vector<CampaignEvent> plan_campaign(const DisplacementParameters& parameters, const Frontier& land,
                                                       const CropCourse& course, std::uint64_t seed);

/// `active`: which events take place; empty: all of them.
///
/// Removal takes its share of the crop that growers of the place had (what arrived from elsewhere is spared);
/// `replanted` of it comes back in the same cell within two years; arrivals stay.
[[nodiscard]] CropRun run_campaign(const CampaignParameters& parameters, const CropCourse& course,
                                   const std::vector<CampaignEvent>& events, const std::vector<bool>& active = {});

}  // namespace vereda::simulate
