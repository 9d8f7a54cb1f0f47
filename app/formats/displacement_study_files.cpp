#include "app/formats/displacement_study_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "simulate/displacement_tables.hpp"
#include "simulate/outline.hpp"

namespace vereda::app {

namespace {

using geo::Feature;
using geo::FieldType;
using geo::Value;
using geo::io::LayerToWrite;

geo::MultiPolygon rectangle(const geo::Box& box) {
    return simulate::as_polygons({{box.min.x, box.min.y},
                                  {box.min.x, box.max.y},
                                  {box.max.x, box.max.y},
                                  {box.max.x, box.min.y},
                                  {box.min.x, box.min.y}});
}

void add(LayerToWrite& out, const geo::Box& box, std::vector<Value> values) {
    Feature feature;
    feature.number = static_cast<std::int64_t>(out.features.size()) + 1;
    feature.geometry = rectangle(box);
    feature.values = std::move(values);
    out.features.push_back(std::move(feature));
}

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

nlohmann::ordered_json mechanisms_json(const simulate::DisplacementStudy& study) {
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
    nlohmann::ordered_json json;
    json["direct"] = rounded(sum.direct);
    json["associated"] = rounded(sum.associated);
    json["cattle"] = rounded(sum.cattle);
    json["fire"] = rounded(sum.fire);
    json["other"] = rounded(sum.other);
    json["of_which_displaced"] = rounded(sum.displaced);
    return json;
}

std::string study_toml(const simulate::DisplacementStudy& study) {
    std::string out =
        fmt::format(R"(# Un país simulado. Ningún lugar ni cultivo de estos datos existe.
# A simulated country. No place and no crop in these data exists.
# Hecho con / made with: vereda simulate DIR --preset {0} --panel-only --seed {1}
# La verdad de la simulación está en truth/ / the simulation's truth is in truth/

[study]
name = "Frontera"
crops = ["coca"]
years = [{2}]
crs = "{3}"

[regions]
source = "regions.gpkg"
parent = "parent"

[[zones]]
kind = "park"
source = "zones.gpkg"
layer = "parks"

[[zones]]
kind = "indigenous"
source = "zones.gpkg"
layer = "indigenous"

)",
                    study.parameters.preset, study.seed, fmt::join(study.panel.years, ", "), study.parameters.land.crs);
    if (study.parameters.land.columns_abroad > 0) {
        out += R"([[zones]]                          # al otro lado de la frontera / across the border
kind = "abroad"
source = "zones.gpkg"
layer = "abroad"

)";
    }
    out += fmt::format(R"([panel]                            # celdas por año / cells by year
source = "panel.csv"

[events]
eradication = {{ source = "eradication.csv", crs = "{0}" }}
)",
                       study.parameters.land.crs);
    return out;
}

}  // namespace

LayerToWrite frontier_regions(const simulate::Frontier& land, const geo::Crs& crs) {
    LayerToWrite out{"regions",
                     "",
                     {{{"id", FieldType::text}, {"name", FieldType::text}, {"parent", FieldType::text}}},
                     crs,
                     "MultiPolygon",
                     {},
                     {},
                     ""};
    for (const simulate::FrontierRegion& region : land.regions)
        add(out, region.land, {region.id, region.name, region.parent});
    return out;
}

std::vector<LayerToWrite> frontier_zones(const simulate::Frontier& land, const geo::Crs& crs) {
    const auto layer = [&](const char* name) {
        return LayerToWrite{name, "", {{{"kind", FieldType::text}, {"name", FieldType::text}}}, crs, "MultiPolygon", {},
                            {},   ""};
    };
    LayerToWrite parks = layer("parks");
    LayerToWrite indigenous = layer("indigenous");
    LayerToWrite abroad = layer("abroad");
    for (std::size_t i = 0; i < land.parks.size(); ++i)
        add(parks, land.parks[i], {std::string("park"), fmt::format("Parque {}", i + 1)});
    for (std::size_t i = 0; i < land.indigenous.size(); ++i)
        add(indigenous, land.indigenous[i], {std::string("indigenous"), fmt::format("Resguardo {}", i + 1)});
    geo::Box beyond;
    for (const simulate::FrontierRegion& region : land.regions) {
        if (region.abroad) beyond.add(region.land);
    }
    std::vector<LayerToWrite> out{std::move(parks), std::move(indigenous)};
    if (!beyond.empty()) {
        add(abroad, beyond, {std::string("abroad"), std::string("País vecino")});
        out.push_back(std::move(abroad));
    }
    return out;
}

std::string displacement_truth_json(const simulate::DisplacementStudy& study) {
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
    json["mechanisms_ha"] = mechanisms_json(study);
    return json.dump(2) + "\n";
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
