#include "simulate/displacement_parameters.hpp"

#include <algorithm>

#include "geo/error.hpp"

namespace vereda::simulate {

using geo::operator""_msg;

std::vector<std::string> displacement_preset_names() {
    return {"null", "balloon", "far_balloon", "price_shock", "community", "underpowered"};
}

std::optional<DisplacementParameters> displacement_preset(std::string_view name) {
    if (!std::ranges::count(displacement_preset_names(), name)) return std::nullopt;
    DisplacementParameters out;
    out.preset = name;
    CampaignParameters& campaign = out.campaign;
    if (name == "balloon") {
        campaign.displaced = 0.30;
        campaign.displaced_spread = 0.03;
        campaign.moved_far = 0.03;
    } else if (name == "far_balloon") {
        campaign.moved_far = 0.35;
        campaign.moved_abroad = 0.25;
    } else if (name == "price_shock") {
        out.shocks.price_jump = 0.5;
    } else if (name == "community") {
        campaign.community_share = 0.6;
        campaign.displaced = 0.20;
        campaign.displaced_spread = 0.03;
        campaign.only_community_displaces = true;
    } else if (name == "underpowered") {
        out.years = 9;
        campaign.events = 5;
        campaign.crop_at_least = geo::Hectares(15);
        campaign.density_pull = 0;
        campaign.least_share = 0.05;
        campaign.most_share = 0.15;
        campaign.displaced = 0.30;
        campaign.displaced_spread = 0.03;
        out.measurement.error = 0.15;
    }
    return out;
}

DisplacementParameters validated(DisplacementParameters parameters) {
    const auto require = [](bool holds, const char* name) {
        if (!holds) throw geo::Error(geo::ErrorKind::usage, {"simulate.parameter"_msg, {{"name", name}}});
    };
    const auto share = [&](double value, const char* name) { require(value >= 0 && value <= 1, name); };
    const FrontierParameters& land = parameters.land;
    const CampaignParameters& campaign = parameters.campaign;
    require(parameters.years >= 8 && parameters.years <= 60, "years");
    require(land.cell.value() > 0, "land.cell");
    require(land.columns >= 12 && land.columns % 3 == 0, "land.columns");
    require(land.rows >= 12 && land.rows % 4 == 0, "land.rows");
    require(land.columns_abroad >= 0 && land.columns_abroad % 3 == 0 && land.columns_abroad < land.columns,
            "land.columns_abroad");
    require(land.enclaves >= 1, "land.enclaves");
    require(land.crop_at_start.value() > 0, "land.crop_at_start");
    require(parameters.shocks.persistence >= 0 && parameters.shocks.persistence < 1, "shocks.persistence");
    require(campaign.events >= 0 && campaign.events <= 100'000, "campaign.events");
    require(campaign.least_share > 0 && campaign.least_share <= campaign.most_share && campaign.most_share < 1,
            "campaign.least_share");
    require(campaign.belt.value() > land.cell.value(), "campaign.belt");
    share(campaign.replanted, "campaign.replanted");
    share(campaign.community_share, "campaign.community_share");
    share(campaign.displaced + campaign.displaced_spread, "campaign.displaced");
    share(campaign.displaced - campaign.displaced_spread, "campaign.displaced_spread");
    share(campaign.displaced + campaign.displaced_spread + campaign.moved_far + campaign.moved_abroad,
          "campaign.moved_far");
    require(campaign.moved_abroad == 0 || land.columns_abroad > 0, "campaign.moved_abroad");
    share(parameters.measurement.missed, "measurement.missed");
    share(parameters.measurement.unobserved, "measurement.unobserved");
    return parameters;
}

}  // namespace vereda::simulate
