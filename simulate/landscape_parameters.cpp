#include "simulate/landscape_parameters.hpp"

#include <algorithm>

#include "geo/error.hpp"

namespace vereda::simulate {

using geo::operator""_msg;

std::optional<LandscapeParameters> preset(std::string_view name) {
    if (name == "valle") return LandscapeParameters{};
    return std::nullopt;
}

std::vector<std::string> preset_names() {
    return {"valle"};
}

LandscapeParameters validated(LandscapeParameters parameters) {
    const auto require = [](bool holds, const char* name) {
        if (!holds) throw geo::Error(geo::ErrorKind::usage, {"simulate.parameter"_msg, {{"name", name}}});
    };
    const auto share = [&](double value, const char* name) { require(value >= 0 && value <= 1, name); };
    require(parameters.columns >= 30 && parameters.columns % 3 == 0, "columns");
    require(parameters.rows >= 30 && parameters.rows % 3 == 0, "rows");
    require(parameters.cell.value() > 0, "cell");
    require(parameters.terrain.highest > parameters.terrain.lowest, "terrain.highest");
    require(parameters.territory.municipalities >= 1, "territory.municipalities");
    require(parameters.territory.veredas >= parameters.territory.municipalities, "territory.veredas");
    const CultivationParameters& crop = parameters.cultivation;
    require(crop.first_year < crop.first_survey && crop.first_survey <= crop.last_survey, "cultivation.first_survey");
    require(crop.smallest.value() > 0 && crop.smallest < crop.largest, "cultivation.smallest");
    require(crop.belt.value() > 500, "cultivation.belt");
    require(!crop.clearing_lag.empty(), "cultivation.clearing_lag");
    share(crop.displaced_share, "cultivation.displaced_share");
    share(crop.removal_effect, "cultivation.removal_effect");
    const auto surveys = static_cast<std::size_t>(crop.last_survey - crop.first_survey + 1);
    require(parameters.survey.cloud_share.size() == surveys, "survey.cloud_share");
    for (const double value : parameters.survey.cloud_share)
        require(value >= 0 && value < 0.5, "survey.cloud_share");
    require(parameters.people.households >= parameters.territory.veredas, "people.households");
    share(parameters.people.picker_share + parameters.people.non_grower_share, "people.picker_share");
    share(parameters.people.registered_share, "people.registered_share");
    share(parameters.small_plots.lawful_share, "small_plots.lawful_share");
    return parameters;
}

}  // namespace vereda::simulate
