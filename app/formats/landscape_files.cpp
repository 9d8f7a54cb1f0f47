#include "app/formats/landscape_files.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/formats/landscape_layers.hpp"
#include "app/formats/landscape_study.hpp"
#include "app/version.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/feature_writer.hpp"
#include "raster/io/geotiff_writer.hpp"
#include "simulate/study_tables.hpp"

namespace vereda::app {

using geo::operator""_msg;
namespace fs = std::filesystem;

namespace {

std::string quoted(const std::string& cell, char separator) {
    if (cell.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) return cell;
    std::string out = "\"";
    for (const char c : cell)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

/// Semicolons where the decimal mark is a comma, as spreadsheets write it.
std::string csv_text(const geo::TextTable& table) {
    const char separator = table.decimal_mark == geo::DecimalMark::comma ? ';' : ',';
    std::string out;
    const auto add_line = [&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) out += separator;
            out += quoted(cells[i], separator);
        }
        out += '\n';
    };
    add_line(table.columns);
    for (const geo::TextRow& row : table.rows)
        add_line(row.cells);
    return out;
}

geo::TextTable markets(const simulate::Landscape& landscape) {
    const geo::CrsTransform transform(landscape.crs, geo::Crs::wgs84());
    geo::TextTable out;
    out.columns = {"kind", "name", "lon", "lat", "capacity", "open_months"};
    for (const simulate::Place& market : landscape.land.markets) {
        const geo::Point p = transform.forward(market.point);
        const auto degrees = [](double value) { return std::to_string(value); };  // six decimals: a decimetre
        out.rows.push_back({0,
                            {market.kind, market.name, degrees(p.x), degrees(p.y), std::to_string(market.capacity),
                             market.open_months}});
    }
    return out;
}

template <class T>
void write_raster(const fs::path& path, const raster::Raster<T>& raster, const char* description, const char* unit) {
    raster::io::GeotiffOptions options;
    options.cloud_optimised = false;  // small enough to be read whole; overviews would only add bytes
    options.description = description;
    options.unit = unit;
    raster::io::write_geotiff(path.string(), raster, options);
}

void write_rasters(const simulate::Landscape& landscape, const fs::path& folder) {
    const simulate::LandscapeRasters rasters = simulate::rasters_of(landscape);
    write_raster(folder / "dem.tif", rasters.elevation, "elevation", "m");
    write_raster(folder / "treecover.tif", rasters.tree_cover, "tree cover 2000", "%");
    write_raster(folder / "biomass.tif", rasters.biomass, "above-ground biomass 2000", "Mg/ha");
    write_raster(folder / "lossyear.tif", rasters.loss_year, "year of forest loss since 2000", "");
    write_raster(folder / "drivers.tif", rasters.drivers, "driver of forest loss", "");
}

std::string run_json(const simulate::Landscape& landscape) {
    nlohmann::ordered_json json;
    json["vereda"] = version();
    json["command"] = "simulate";
    json["preset"] = "valle";
    json["seed"] = landscape.seed;
    json["inputs"] = nlohmann::ordered_json::array();
    return json.dump(2) + "\n";
}

}  // namespace

void write_landscape(const simulate::Landscape& landscape, const std::string& target, geo::Progress& progress) {
    const fs::path folder(target);
    const std::vector<LayerFile> layers = landscape_layers(landscape);
    progress.start_stage({"stage.simulate_write"_msg, {}}, static_cast<std::int64_t>(layers.size()) + 1);
    for (const LayerFile& file : layers) {
        geo::io::write_layers((folder / file.name).string(), file.layers);
        progress.advance();
    }
    write_rasters(landscape, folder);
    for (const simulate::NamedTable& table : simulate::register_tables(landscape)) {
        geo::io::write_file((folder / (table.name + ".csv")).string(), csv_text(table.table));
    }
    geo::io::write_file((folder / "markets.csv").string(), csv_text(markets(landscape)));
    fs::create_directory(folder / "truth");
    for (const simulate::NamedTable& table : simulate::truth_tables(landscape)) {
        geo::io::write_file((folder / "truth" / (table.name + ".csv")).string(), csv_text(table.table));
    }
    geo::io::write_file((folder / "study.toml").string(), landscape_study_toml(landscape));
    geo::io::write_file((folder / "run.json").string(), run_json(landscape));
    progress.advance();
}

}  // namespace vereda::app
