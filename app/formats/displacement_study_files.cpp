#include "app/formats/displacement_study_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/formats/simulated_layer.hpp"
#include "simulate/displacement_tables.hpp"

namespace vereda::app {

namespace {

using geo::FieldType;
using geo::io::LayerToWrite;

double rounded(double hectares) {
    return std::round(hectares * 1e4) / 1e4;
}

nlohmann::ordered_json moved_json(const simulate::MovedHectares& moved) {
    nlohmann::ordered_json json;
    json["events"] = moved.events;
    json["displaced_share"] = moved.displaced_share();
    json["removed_ha"] = rounded(moved.removed);
    json["moved_within_belt_ha"] = rounded(moved.belt);
    json["moved_beyond_belt_ha"] = rounded(moved.far);
    json["moved_abroad_ha"] = rounded(moved.abroad);
    return json;
}

simulate::CellLoss loss_of(const simulate::DisplacementStudy& study) {
    simulate::CellLoss sum;
    for (const auto& years : study.forest.loss) {
        for (const simulate::CellLoss& one : years) {
            sum.direct += one.direct;
            sum.associated += one.associated;
            sum.cattle += one.cattle;
            sum.fire += one.fire;
            sum.other += one.other;
            sum.displaced += one.displaced;
        }
    }
    return sum;
}

simulate::CellLoss loss_of(const simulate::FrontierForest& forest) {
    simulate::CellLoss sum;
    double* const parts[] = {nullptr, &sum.direct, &sum.associated, &sum.cattle, &sum.fire, &sum.other};
    for (std::size_t at = 0; at < forest.mechanism.size(); ++at) {
        if (forest.mechanism[at] == simulate::LossMechanism::none) continue;
        *parts[static_cast<std::size_t>(forest.mechanism[at])] += forest.cell_hectares();
        if (forest.displaced[at] != 0) sum.displaced += forest.cell_hectares();
    }
    return sum;
}

nlohmann::ordered_json mechanisms_json(const simulate::CellLoss& sum) {
    nlohmann::ordered_json json;
    json["direct"] = rounded(sum.direct);
    json["associated"] = rounded(sum.associated);
    json["cattle"] = rounded(sum.cattle);
    json["fire"] = rounded(sum.fire);
    json["other"] = rounded(sum.other);
    json["of_which_displaced"] = rounded(sum.displaced);
    return json;
}

std::string truth_json(const simulate::DisplacementStudy& study, const simulate::CellLoss& loss) {
    const simulate::DisplacementTruth& truth = study.truth;
    nlohmann::ordered_json json;
    json["preset"] = study.parameters.preset;
    json["seed"] = study.seed;
    json["displaced_share"] = truth.all.displaced_share();
    json["within_km"] = study.parameters.campaign.belt.value() / 1000;
    json["within_years"] = 2;
    const nlohmann::ordered_json whole = moved_json(truth.all);
    for (const auto& [name, value] : whole.items()) {
        if (name != "displaced_share") json[name] = value;
    }
    json["replanted_in_place_ha"] = rounded(truth.replanted);
    for (const auto& [kind, moved] : truth.by_kind)
        json["by_kind"][kind] = moved_json(moved);
    json["near_indigenous"] = moved_json(truth.near_indigenous);
    json["elsewhere"] = moved_json(truth.elsewhere);
    json["last_year"] = {{"crop_ha", rounded(truth.crop_with)},
                         {"crop_without_eradication_ha", rounded(truth.crop_without)},
                         {"abroad_ha", rounded(truth.abroad_with)},
                         {"abroad_without_eradication_ha", rounded(truth.abroad_without)}};
    json["mechanisms_ha"] = mechanisms_json(loss);
    return json.dump(2) + "\n";
}

std::string study_toml(const simulate::DisplacementStudy& study) {
    std::string out = frontier_head_toml(study, "Un país simulado / a simulated country", " --panel-only");
    out += frontier_zones_toml(study.land);
    out += fmt::format(R"([panel]                            # celdas por año / cells by year
source = "panel.csv"

[events]
eradication = {{ source = "eradication.csv", crs = "{0}" }}
)",
                       study.parameters.land.crs);
    return out;
}

}  // namespace

std::string frontier_head_toml(const simulate::DisplacementStudy& study, std::string_view what,
                               std::string_view flags) {
    return fmt::format(R"(# {0}.
# Ningún lugar ni cultivo de estos datos existe / no place and no crop in these data exists.
# Hecho con / made with: vereda simulate DIR --preset {1}{2} --seed {3}
# La verdad de la simulación está en truth/ / the simulation's truth is in truth/

[study]
name = "Frontera"
crops = ["coca"]
years = [{4}]
crs = "{5}"

[regions]
source = "regions.gpkg"
parent = "parent"

)",
                       what, study.parameters.preset, flags, study.seed, fmt::join(study.panel.years, ", "),
                       study.parameters.land.crs);
}

std::string frontier_zones_toml(const simulate::Frontier& land) {
    std::string out = R"([[zones]]
kind = "park"
source = "zones.gpkg"
layer = "parks"

[[zones]]
kind = "indigenous"
source = "zones.gpkg"
layer = "indigenous"

)";
    if (std::ranges::any_of(land.regions, &simulate::FrontierRegion::abroad)) {
        out += R"([[zones]]                          # al otro lado de la frontera / across the border
kind = "abroad"
source = "zones.gpkg"
layer = "abroad"

)";
    }
    return out;
}

LayerToWrite frontier_regions(const simulate::Frontier& land, const geo::Crs& crs) {
    LayerToWrite out =
        empty_layer("regions", {{"id", FieldType::text}, {"name", FieldType::text}, {"parent", FieldType::text}}, crs);
    for (const simulate::FrontierRegion& region : land.regions)
        add_feature(out, rectangle_of(region.land), {region.id, region.name, region.parent});
    return out;
}

std::vector<LayerToWrite> frontier_zones(const simulate::Frontier& land, const geo::Crs& crs) {
    const auto layer = [&](const char* name) {
        return empty_layer(name, {{"kind", FieldType::text}, {"name", FieldType::text}}, crs);
    };
    LayerToWrite parks = layer("parks");
    LayerToWrite indigenous = layer("indigenous");
    LayerToWrite abroad = layer("abroad");
    for (std::size_t i = 0; i < land.parks.size(); ++i)
        add_feature(parks, rectangle_of(land.parks[i]), {std::string("park"), fmt::format("Parque {}", i + 1)});
    for (std::size_t i = 0; i < land.indigenous.size(); ++i)
        add_feature(indigenous, rectangle_of(land.indigenous[i]),
                    {std::string("indigenous"), fmt::format("Resguardo {}", i + 1)});
    geo::Box beyond;
    for (const simulate::FrontierRegion& region : land.regions) {
        if (region.abroad) beyond.add(region.land);
    }
    std::vector<LayerToWrite> out{std::move(parks), std::move(indigenous)};
    if (!beyond.empty()) {
        add_feature(abroad, rectangle_of(beyond), {std::string("abroad"), std::string("País vecino")});
        out.push_back(std::move(abroad));
    }
    return out;
}

std::string displacement_truth_json(const simulate::DisplacementStudy& study) {
    return truth_json(study, loss_of(study));
}

std::string displacement_truth_json(const simulate::DisplacementLandscape& landscape) {
    return truth_json(landscape.study, loss_of(landscape.forest));
}

SimulatedStudy displacement_panel_study(const simulate::DisplacementStudy& study) {
    SimulatedStudy out;
    out.study_toml = study_toml(study);
    out.layers.push_back({"regions.gpkg", {frontier_regions(study.land, study.crs)}});
    out.layers.push_back({"zones.gpkg", frontier_zones(study.land, study.crs)});
    out.tables.push_back({"panel", simulate::panel_table(study)});
    out.tables.push_back({"eradication", simulate::reported_eradication_table(study)});
    out.truth = simulate::displacement_truth_tables(study);
    out.truth_json = displacement_truth_json(study);
    out.run_json = simulation_run_json({study.parameters.preset, study.seed}, {{"panel_only", "yes"}});
    return out;
}

}  // namespace vereda::app
