/// A simulated study in parts that are ready to be written: study file, layers, rasters, tables, and the truth apart.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/formats/landscape_layers.hpp"
#include "geo/progress.hpp"
#include "geo/text_table.hpp"
#include "simulate/study_tables.hpp"

namespace vereda::app {

struct SimulatedStudy {
    std::string study_toml;
    std::vector<LayerFile> layers;
    std::vector<simulate::NamedTable> tables;         ///< NAME.csv beside the study file
    std::vector<simulate::NamedTable> truth;          ///< truth/NAME.csv
    std::string truth_json;                           ///< truth/truth.json; empty: none
    std::string run_json;                             ///< marks the folder as the program's own
    std::function<void(const std::string&)> rasters;  ///< writes the rasters into the folder; empty: there are none
};

/// RFC 4180; semicolons where the decimal mark is a comma, as spreadsheets write it.
[[nodiscard]] std::string csv_of(const geo::TextTable& table);

struct SimulationLabel {
    std::string preset;
    std::uint64_t seed = 0;
};
/// run.json of a simulated study: all it takes to make it again. `options`: what was asked beside the preset.
[[nodiscard]] std::string simulation_run_json(const SimulationLabel& label,
                                              const std::vector<std::pair<std::string, std::string>>& options = {});

/// Into an existing folder. Bytes depend on the study alone. Throws Error(resource).
void write_simulated_study(const SimulatedStudy& study, const std::string& folder, geo::Progress& progress);

}  // namespace vereda::app
