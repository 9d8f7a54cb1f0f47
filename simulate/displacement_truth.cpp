#include "simulate/displacement_truth.hpp"

#include <cmath>

namespace vereda::simulate {

namespace {

/// No other event's arrivals depend on this one's within two years, because a cell is not targeted twice in that time:
/// so what this event caused is what its own people planted (a test runs the campaign without it and compares).
MovedHectares caused_by(const CampaignEvent& event, double removed, const Frontier& land, double belt) {
    MovedHectares out;
    out.events = 1;
    out.removed = removed;
    for (const Arrival& arrival : event.arrivals) {
        const FrontierCell& cell = land.cells[arrival.cell];
        const double planted = arrival.share * removed;
        const double away = std::hypot(cell.centre.x - event.place.x, cell.centre.y - event.place.y);
        (away <= belt ? out.belt : cell.abroad ? out.abroad : out.far) += planted;
    }
    return out;
}

void add(MovedHectares& sum, const MovedHectares& more) {
    sum.events += more.events;
    sum.removed += more.removed;
    sum.belt += more.belt;
    sum.far += more.far;
    sum.abroad += more.abroad;
}

}  // namespace

DisplacementTruth displacement_truth(const DisplacementParameters& parameters, const Frontier& land,
                                     const CropCourse& course, const std::vector<CampaignEvent>& events,
                                     const CropRun& run) {
    DisplacementTruth truth;
    for (std::size_t e = 0; e < events.size(); ++e) {
        const MovedHectares one = caused_by(events[e], run.removed[e], land, parameters.campaign.belt.value());
        add(truth.all, one);
        add(truth.by_kind[std::string(regions::name_of(events[e].kind))], one);
        add(events[e].near_indigenous ? truth.near_indigenous : truth.elsewhere, one);
        truth.replanted += parameters.campaign.replanted * run.removed[e];
    }
    for (std::size_t i = 0; i < land.cells.size(); ++i) {
        (land.cells[i].abroad ? truth.abroad_without : truth.crop_without) += course.native[i].back();
        (land.cells[i].abroad ? truth.abroad_with : truth.crop_with) += run.crop[i].back();
    }
    return truth;
}

}  // namespace vereda::simulate
