/// What is written from the tables of study keys and input tables: the example study of `init`, CSV templates,
/// docs/study.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/input_tables.hpp"
#include "app/messages.hpp"
#include "geo/io/feature_writer.hpp"

namespace vereda::app {

/// The file that holds one empty layer for each input table with geometry.
inline constexpr std::string_view template_layers_file = "layers.gpkg";

/// A study file with every key and its meaning; what is not required is commented out. It is valid TOML, and its files
/// with geometry are layers of template_layers_file.
[[nodiscard]] std::string study_template(const Messages& messages);
/// The header row of one table.
[[nodiscard]] std::string csv_template(const InputTable& table);
/// Empty layers to draw or paste into, EPSG:4326, with every column and its meaning: for io::write_layers().
[[nodiscard]] std::vector<geo::io::LayerToWrite> layer_templates();
/// The whole of docs/study.md.
[[nodiscard]] std::string study_document(const Messages& messages);
/// docs/tables.md: every input table, column by column.
[[nodiscard]] std::string tables_document(const Messages& messages);

}  // namespace vereda::app
