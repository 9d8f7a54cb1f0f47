#include "app/formats/simulated_study.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/version.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/feature_writer.hpp"

namespace vereda::app {

using geo::operator""_msg;
namespace fs = std::filesystem;

namespace {

void add_cell(std::string& out, const std::string& cell, char separator) {
    const char special[] = {'"', '\r', '\n', separator, '\0'};
    if (cell.find_first_of(special) == std::string::npos) {
        out += cell;
        return;
    }
    out += '"';
    for (const char c : cell)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    out += '"';
}

}  // namespace

std::string csv_of(const geo::TextTable& table) {
    const char separator = table.decimal_mark == geo::DecimalMark::comma ? ';' : ',';
    std::string out;
    const auto add_line = [&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) out += separator;
            add_cell(out, cells[i], separator);
        }
        out += '\n';
    };
    add_line(table.columns);
    for (const geo::TextRow& row : table.rows)
        add_line(row.cells);
    return out;
}

std::string simulation_run_json(const SimulationLabel& label,
                                const std::vector<std::pair<std::string, std::string>>& options) {
    nlohmann::ordered_json json;
    json["vereda"] = version();
    json["command"] = "simulate";
    json["preset"] = label.preset;
    json["seed"] = label.seed;
    for (const auto& [name, value] : options)
        json[name] = value;
    json["inputs"] = nlohmann::ordered_json::array();
    return json.dump(2) + "\n";
}

void write_simulated_study(const SimulatedStudy& study, const std::string& target, geo::Progress& progress) {
    const fs::path folder(target);
    progress.start_stage({"stage.simulate_write"_msg, {}}, static_cast<std::int64_t>(study.layers.size()) + 1);
    for (const LayerFile& file : study.layers) {
        geo::io::write_layers((folder / file.name).string(), file.layers);
        progress.advance();
    }
    if (study.rasters) study.rasters(target);
    for (const simulate::NamedTable& table : study.tables)
        geo::io::write_file((folder / (table.name + ".csv")).string(), csv_of(table.table));
    fs::create_directories(folder / "truth");
    for (const simulate::NamedTable& table : study.truth)
        geo::io::write_file((folder / "truth" / (table.name + ".csv")).string(), csv_of(table.table));
    if (!study.truth_json.empty()) geo::io::write_file((folder / "truth" / "truth.json").string(), study.truth_json);
    geo::io::write_file((folder / "study.toml").string(), study.study_toml);
    geo::io::write_file((folder / "run.json").string(), study.run_json);
    progress.advance();
}

}  // namespace vereda::app
