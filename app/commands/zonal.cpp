#include "app/commands/zonal.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/file_reference.hpp"
#include "app/output_folder.hpp"
#include "app/shared_parameters.hpp"
#include "app/zonal_output.hpp"
#include "app/zonal_request.hpp"
#include "geo/error.hpp"
#include "geo/io/libraries.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "raster/statistic.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// The zonal loop decodes blocks past GDAL's cache; masks and warped formats alone go through it.
constexpr std::int64_t most_block_cache = std::int64_t{64} << 20;

/// What is named on the command line is meant: references are taken, network addresses never.
std::string named_path(const std::string& written) {
    return resolved_path(written, std::filesystem::current_path(), true);
}

/// The rasters of one call, open, with the request over them.
struct Rasters {
    std::vector<std::unique_ptr<raster::RasterSource>> sources;
    raster::ZonalRequest request;

    void open(const NamedRaster& named, bool references, Diagnostics& diagnostics) {
        for (const raster::Layer& layer : request.layers) {
            if (layer.name == named.name)
                throw Error(ErrorKind::usage, {"zonal.raster_twice"_msg, {{"name", named.name}}});
        }
        raster::io::BandReference band = raster::io::parse_band_reference(named.reference);
        const bool reference = is_reference(band.path);
        band.path = named_path(band.path);
        sources.push_back(raster::io::open_raster(
            band, {.crs = std::nullopt, .allow_references = references || reference}, diagnostics));
        request.layers.push_back({named.name, sources.back().get()});
    }

    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const raster::Layer& layer : request.layers)
            names.push_back(layer.name);
        return names;
    }
};

Rasters opened(const Arguments& arguments, Diagnostics& diagnostics) {
    Rasters rasters;
    const bool references = arguments.flag("allow-references");
    for (const std::string& text : arguments.texts("raster"))
        rasters.open(parse_named_raster(text), references, diagnostics);
    const std::vector<std::string> named = rasters.names();
    if (arguments.has("weights")) {
        const std::string weights = arguments.text("weights");
        if (std::ranges::find(named, weights) == named.end()) {
            const NamedRaster raster = parse_named_raster(weights);
            rasters.open(raster, references, diagnostics);
            rasters.request.weights = raster.name;
        } else {
            rasters.request.weights = weights;
        }
    }
    for (const std::string& text : arguments.texts("stat")) {
        rasters.request.statistics.push_back(raster::parse_statistic(text, named));
    }
    return rasters;
}

std::vector<std::string> split_names(const std::vector<std::string>& lists) {
    std::vector<std::string> names;
    for (const std::string& list : lists) {
        std::size_t begin = 0;
        while (begin <= list.size()) {
            const std::size_t comma = std::min(list.find(',', begin), list.size());
            if (comma > begin) names.push_back(list.substr(begin, comma - begin));
            begin = comma + 1;
        }
    }
    return names;
}

ZonalTable table_of(ZonalPolygons&& polygons, raster::ZonalResult&& result, std::size_t statistics) {
    if (result.crosstabs.empty()) return zonal_table(std::move(polygons), std::move(result));
    if (statistics != 1) throw Error(ErrorKind::usage, {"zonal.crosstab_alone"_msg, {}});
    return crosstab_table(polygons, result.crosstabs.front());
}

void tell(const ZonalTable& table, const std::string& out, const Session& session) {
    if (out == "-" || (session.quiet && !session.json)) return;
    if (session.json) {
        nlohmann::ordered_json json;
        json["output"] = out;
        json["rows"] = table.rows();
        for (const Field& column : table.columns)
            json["columns"].push_back(column.name);
        json["warnings"] = session.diagnostics.count(Severity::warning);
        session.out << json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
        return;
    }
    session.out << session.messages.text({"zonal.done"_msg, {{"rows", std::to_string(table.rows())}, {"path", out}}})
                << '\n';
}

ExitCode execute(const Arguments& arguments, Session& session) {
    const std::string out = arguments.text("out");
    if (out != "-") require_writable_file(out, arguments.flag("overwrite"));
    const auto memory = static_cast<std::int64_t>(arguments.bytes("memory"));
    const std::int64_t block_cache = std::min(memory / 8, most_block_cache);
    io::limit_block_cache(static_cast<unsigned long long>(block_cache));
    const Rasters rasters = opened(arguments, session.diagnostics);
    const std::string polygons_path = arguments.text("polygons");
    ZonalPolygons polygons =
        read_zonal_polygons(named_path(polygons_path),
                            {.layer = arguments.text("layer"),
                             .where = arguments.text("where"),
                             .id_field = arguments.text("id-field"),
                             .included_fields = split_names(arguments.texts("include-cols")),
                             .with_outlines = out != "-" && has_geometry(out),
                             .allow_references = arguments.flag("allow-references") || is_reference(polygons_path),
                             .parallelism = session.parallelism,
                             .progress = &session.progress},
                            session.diagnostics);
    raster::ZonalResult result = raster::zonal(rasters.request, polygons.zones, polygons.crs,
                                               {.parallelism = session.parallelism,
                                                .diagnostics = &session.diagnostics,
                                                .progress = &session.progress,
                                                .zones_locus = polygons.locus,
                                                .memory = memory,
                                                .reserved = block_cache});
    const Crs crs = polygons.crs;
    const ZonalTable table = table_of(std::move(polygons), std::move(result), rasters.request.statistics.size());
    session.progress.check();
    if (out == "-") {
        session.out << csv_of(table, session.parallelism, &session.progress);
    } else {
        write_zonal(out, table, crs, session.parallelism, &session.progress);
    }
    tell(table, out, session);
    return ExitCode::done;
}

std::vector<Parameter> parameters() {
    Parameter out = shared::out_file();
    out.help = "command.zonal.out"_msg;
    return {
        {.name = "raster",
         .letter = "r",
         .type = ParameterType::text,
         .help = "command.zonal.raster"_msg,
         .value_name = "[NAME=]FILE[:BAND]",
         .required = true,
         .repeatable = true},
        {.name = "polygons",
         .letter = "p",
         .type = ParameterType::path,
         .help = "command.zonal.polygons"_msg,
         .value_name = "FILE",
         .required = true},
        {.name = "layer", .type = ParameterType::text, .help = "command.zonal.layer"_msg, .value_name = "NAME"},
        {.name = "where", .type = ParameterType::text, .help = "key.source.where"_msg, .value_name = "SQL"},
        {.name = "id-field",
         .letter = "f",
         .type = ParameterType::text,
         .help = "command.zonal.id_field"_msg,
         .value_name = "FIELD"},
        {.name = "stat",
         .letter = "s",
         .type = ParameterType::text,
         .help = "command.zonal.stat"_msg,
         .value_name = "STATISTIC",
         .required = true,
         .repeatable = true},
        {.name = "weights",
         .letter = "w",
         .type = ParameterType::text,
         .help = "command.zonal.weights"_msg,
         .value_name = "NAME|[NAME=]FILE[:BAND]"},
        {.name = "include-cols",
         .type = ParameterType::text,
         .help = "command.zonal.include_cols"_msg,
         .value_name = "FIELD,…",
         .repeatable = true},
        out,
        shared::overwrite(),
        shared::jobs(),
        shared::memory(),
        shared::allow_references(),
    };
}

}  // namespace

Command zonal_command() {
    return {
        .name = "zonal",
        .summary = "command.zonal"_msg,
        .parameters = parameters(),
        .inputs = "command.zonal.inputs"_msg,
        .outputs = "command.zonal.outputs"_msg,
        .example =
            "vereda zonal -r biomass=sample_data/valle/biomass.tif -r loss=sample_data/valle/lossyear.tif "
            "-p sample_data/valle/regions.gpkg -f code -s \"mean(biomass)\" -s \"frac(loss)\" -s area_ha -o out.csv",
        .citation = "coverage fractions and statistics as in exactextract (isciences/exactextract)",
        .execute = execute};
}

}  // namespace vereda::app
