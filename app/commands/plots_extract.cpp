#include "app/commands/plots_extract.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <tuple>

#include "app/closing_words.hpp"
#include "app/output_folder.hpp"
#include "app/raster_argument.hpp"
#include "app/shared_parameters.hpp"
#include "geo/error.hpp"
#include "geo/io/layer_writer.hpp"
#include "geo/io/libraries.hpp"
#include "raster/patches.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// "3", "1,2": values separated by commas, the option repeated or not.
std::vector<double> class_values(const std::vector<std::string>& lists) {
    std::vector<double> values;
    for (const std::string& list : lists) {
        for (std::size_t begin = 0; begin <= list.size();) {
            const std::size_t comma = std::min(list.find(',', begin), list.size());
            double value = 0;
            const auto [end, error] = std::from_chars(list.data() + begin, list.data() + comma, value);
            if (error != std::errc{} || end != list.data() + comma) {
                throw Error(ErrorKind::usage, {"cli.not_a_number"_msg,
                                               {{"option", "--class"}, {"value", list.substr(begin, comma - begin)}}});
            }
            values.push_back(value);
            begin = comma + 1;
        }
    }
    return values;
}

raster::PatchOptions patch_options(const Arguments& arguments, Session& session) {
    raster::PatchOptions options;
    options.components.classes = class_values(arguments.texts("class"));
    options.components.merge_classes = arguments.flag("merge-classes");
    options.components.connectivity =
        arguments.text("connectivity") == "4" ? raster::Connectivity::four : raster::Connectivity::eight;
    options.components.parallelism = session.parallelism;
    options.components.progress = &session.progress;
    options.minimum_area = to_square_metres(Hectares(arguments.number("min-area-ha")));
    options.fill_holes_up_to = to_square_metres(Hectares(arguments.number("fill-holes-ha")));
    options.edge_correlation = arguments.number("edge-correlation");
    return options;
}

struct Column {
    FieldType type;
    io::FieldText text;
};

/// In the order of plot_values(). Columns are only ever appended.
const std::vector<Column>& columns() {
    static const std::vector<Column> list{
        {FieldType::text, {"plot_id", "", "c<row>_<column> of the first cell"}},
        {FieldType::real, {"class", "", "value of the raster"}},
        {FieldType::integer, {"cells", "", "filled ones included"}},
        {FieldType::real, {"area_ha", "", "ha, on the ellipsoid"}},
        {FieldType::real, {"area_sd_ha", "", "ha, standard deviation through mixed cells at the boundary"}},
        {FieldType::real, {"filled_ha", "", "ha, holes filled, part of area_ha"}},
        {FieldType::real, {"perimeter_m", "", "m, along cell edges, holes included"}},
        {FieldType::real, {"mean_probability", "", "over the cells that have one"}},
        {FieldType::integer, {"touches_edge", "", "1: it may go on outside the raster"}},
    };
    return list;
}

std::vector<Value> plot_values(const raster::Patch& patch) {
    return {fmt::format("c{}_{}", patch.first_row, patch.first_col),
            patch.class_value,
            patch.cells,
            to_hectares(patch.area).value(),
            to_hectares(patch.area_sd).value(),
            to_hectares(patch.filled).value(),
            patch.perimeter.value(),
            patch.mean_probability ? Value(*patch.mean_probability) : Value(),
            std::int64_t{patch.touches_edge}};
}

struct Extracted {
    std::size_t plots = 0;
    double area_ha = 0;
};

/// Rows are written as their patches close, so that memory does not grow with them.
Extracted extract(const raster::RasterSource& classes, const raster::PatchOptions& options, const std::string& out,
                  bool outlines) {
    io::LayerToWrite layer{"plots", {}, {}, classes.grid().crs, outlines ? "MultiPolygon" : "None", {}, {}, {}};
    for (const Column& column : columns()) {
        layer.schema.fields.push_back({column.text.name, column.type});
        layer.texts.push_back(column.text);
    }
    io::LayerWriter writer(out, std::move(layer));
    Extracted result;
    raster::find_patches(classes, options, [&](raster::Patch&& patch) {
        Feature feature;
        feature.number = static_cast<std::int64_t>(++result.plots);
        feature.values = plot_values(patch);
        if (outlines) feature.geometry = std::move(patch.polygons);
        result.area_ha += to_hectares(patch.area).value();
        writer.add(std::move(feature));
    });
    if (options.components.progress != nullptr) options.components.progress->check();
    writer.close();
    return result;
}

void tell(std::size_t plots, double area_ha, const std::string& out, const Session& session) {
    nlohmann::ordered_json figures;
    figures["output"] = out;
    figures["plots"] = plots;
    figures["area_ha"] = area_ha;
    say_done(session, std::move(figures),
             {"plots.extracted"_msg,
              {{"plots", std::to_string(plots)}, {"area_ha", fmt::format("{:.2f}", area_ha)}, {"path", out}}});
}

bool without_geometry(const std::string& path) {
    return path.ends_with(".csv") || path.ends_with(".xlsx");
}

ExitCode execute(const Arguments& arguments, Session& session) {
    const std::string out = arguments.text("out");
    require_writable_file(out, arguments.flag("overwrite"));
    io::limit_block_cache(arguments.bytes("memory") / 4);
    const bool references = arguments.flag("allow-references");
    const auto classes = open_raster_argument(arguments.text("classes"), references, session.diagnostics);
    raster::PatchOptions options = patch_options(arguments, session);
    std::unique_ptr<raster::RasterSource> probability;
    if (arguments.has("probability")) {
        probability = open_raster_argument(arguments.text("probability"), references, session.diagnostics);
        options.components.probability = probability.get();
    }
    session.progress.start_stage({"stage.plots"_msg, {}}, static_cast<std::int64_t>(raster::component_steps(*classes)));
    const Extracted extracted = extract(*classes, options, out, !without_geometry(out));
    tell(extracted.plots, extracted.area_ha, out, session);
    return ExitCode::done;
}

std::vector<Parameter> parameters() {
    return {
        {.name = "classes",
         .type = ParameterType::path,
         .help = "command.plots_extract.classes"_msg,
         .value_name = "FILE[:BAND]",
         .positional = true,
         .required = true},
        {.name = "class",
         .type = ParameterType::text,
         .help = "command.plots_extract.class"_msg,
         .value_name = "VALUE,…",
         .required = true,
         .repeatable = true},
        {.name = "merge-classes", .type = ParameterType::flag, .help = "command.plots_extract.merge_classes"_msg},
        {.name = "connectivity",
         .type = ParameterType::choice,
         .help = "command.plots_extract.connectivity"_msg,
         .default_text = "8",
         .choices = {"4", "8"}},
        {.name = "min-area-ha",
         .type = ParameterType::number,
         .help = "command.plots_extract.min_area"_msg,
         .unit = "ha",
         .default_text = "0",
         .least = 0},
        {.name = "fill-holes-ha",
         .type = ParameterType::number,
         .help = "command.plots_extract.fill_holes"_msg,
         .unit = "ha",
         .default_text = "0",
         .least = 0},
        {.name = "probability",
         .type = ParameterType::path,
         .help = "command.plots_extract.probability"_msg,
         .value_name = "FILE[:BAND]"},
        {.name = "edge-correlation",
         .type = ParameterType::number,
         .help = "command.plots_extract.edge_correlation"_msg,
         .default_text = "0",
         .least = 0,
         .most = 0.99},
        shared::out_file(),
        shared::overwrite(),
        shared::jobs(),
        shared::memory(),
        shared::allow_references(),
    };
}

}  // namespace

Command plots_extract_command() {
    return {.name = "plots extract",
            .summary = "command.plots_extract"_msg,
            .parameters = parameters(),
            .inputs = "command.plots_extract.inputs"_msg,
            .outputs = "command.plots_extract.outputs"_msg,
            .example = "vereda plots extract sample_data/valle/drivers.tif --class 3 --min-area-ha 0.05 -o plots.gpkg",
            .citation = "He, Chao & Suzuki 2008 (runs); Kendall 1948 and Crapper 1980 (area error of mixed cells)",
            .execute = execute};
}

}  // namespace vereda::app
