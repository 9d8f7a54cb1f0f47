/// A displacement study as files: a panel of cells, eradication as points, regions, zones, and the truth.
#pragma once

#include "app/formats/simulated_study.hpp"
#include "simulate/displacement_landscape.hpp"

namespace vereda::app {

[[nodiscard]] SimulatedStudy displacement_panel_study(const simulate::DisplacementStudy& study);

/// The regions, all of them rectangles, in the study's CRS.
[[nodiscard]] geo::io::LayerToWrite frontier_regions(const simulate::Frontier& land, const geo::Crs& crs);
/// parks, indigenous, abroad (left out where nothing lies abroad).
[[nodiscard]] std::vector<geo::io::LayerToWrite> frontier_zones(const simulate::Frontier& land, const geo::Crs& crs);

/// truth/truth.json: displaced_share and the hectares behind it, by kind of eradication and near indigenous land;
/// `mechanisms_ha`: forest lost by mechanism.
[[nodiscard]] std::string displacement_truth_json(const simulate::DisplacementStudy& study);
[[nodiscard]] std::string displacement_truth_json(const simulate::DisplacementLandscape& landscape);

/// The study file up to its regions; `what`: the land in Spanish / English, `flags`: what `simulate` was called with.
[[nodiscard]] std::string frontier_head_toml(const simulate::DisplacementStudy& study, std::string_view what,
                                             std::string_view flags);
/// The [[zones]] of the study file.
[[nodiscard]] std::string frontier_zones_toml(const simulate::Frontier& land);

}  // namespace vereda::app
