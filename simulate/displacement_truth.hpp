/// What eradication really caused: the estimand of the displacement analysis, known exactly.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "simulate/campaign.hpp"

namespace vereda::simulate {

struct MovedHectares {
    int events = 0;
    double removed = 0;
    double belt = 0;    ///< standing by 31 December of the second year after, in cells within the belt
    double far = 0;     ///< the same, elsewhere in the country
    double abroad = 0;  ///< the same, across the border

    /// Hectares within the belt per hectare removed; 0 where nothing was removed.
    [[nodiscard]] double displaced_share() const { return removed > 0 ? belt / removed : 0; }
};

/// displaced_share (methods §11): crop hectares caused to appear within the belt in the two years after, divided by
/// hectares removed, over all events. Caused: crop with all events minus crop with all events but this one, everything
/// else the same; in the cells other than the target whose centre is within the belt's width of the event's place; on
/// 31 December of the second calendar year after the event's. Crop planted again in the target cell is no displacement.
struct DisplacementTruth {
    MovedHectares all;
    std::map<std::string, MovedHectares> by_kind;
    MovedHectares near_indigenous;  ///< events within 20 km of indigenous land
    MovedHectares elsewhere;
    double replanted = 0;       ///< hectares that came back in the target cells within two years
    double crop_without = 0;    ///< in the last year, had there been no eradication: the country's
    double crop_with = 0;       ///< as it was
    double abroad_without = 0;  ///< the same across the border
    double abroad_with = 0;
};

[[nodiscard]] DisplacementTruth displacement_truth(const DisplacementParameters& parameters, const Frontier& land,
                                                   const CropCourse& course, const std::vector<CampaignEvent>& events,
                                                   const CropRun& run);

}  // namespace vereda::simulate
