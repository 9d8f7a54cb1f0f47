#include "app/commands/access.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "app/access_ground.hpp"
#include "app/access_layers.hpp"
#include "app/access_output.hpp"
#include "app/closing_words.hpp"
#include "app/output_folder.hpp"
#include "app/raster_argument.hpp"
#include "app/shared_parameters.hpp"
#include "geo/error.hpp"
#include "geo/io/libraries.hpp"
#include "raster/move_lengths.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// What cannot be asked for together.
void check_request(const Arguments& arguments) {
    if (!arguments.has("friction") && !arguments.has("elevation"))
        throw Error(ErrorKind::usage, {"access.no_ground"_msg, {}});
    if (arguments.has("at") != arguments.has("times")) throw Error(ErrorKind::usage, {"access.at_and_times"_msg, {}});
    if (arguments.has("walking") && !arguments.has("elevation"))
        throw Error(ErrorKind::usage, {"access.walking_without_elevation"_msg, {}});
    std::vector<std::filesystem::path> outputs;
    for (const char* name : {"out", "alloc", "times"}) {
        if (!arguments.has(name)) continue;
        const auto path = std::filesystem::absolute(arguments.text(name)).lexically_normal();
        if (std::ranges::find(outputs, path) != outputs.end())
            throw Error(ErrorKind::usage, {"access.same_output"_msg, {{"path", arguments.text(name)}}});
        outputs.push_back(path);
        require_writable_file(path.string(), arguments.flag("overwrite"));
    }
}

struct Ground {
    std::unique_ptr<raster::RasterSource> friction;
    std::unique_ptr<raster::RasterSource> elevation;
    GroundSources sources;
};

Ground open_ground(const Arguments& arguments, Diagnostics& diagnostics) {
    const bool references = arguments.flag("allow-references");
    Ground ground;
    if (arguments.has("friction"))
        ground.friction = open_raster_argument(arguments.text("friction"), references, diagnostics);
    if (arguments.has("elevation"))
        ground.elevation = open_raster_argument(arguments.text("elevation"), references, diagnostics);
    ground.sources = {ground.friction.get(), friction_unit(arguments.text("friction-unit")).value(),
                      ground.elevation.get(), raster::walking_function(arguments.text("walking")).value()};
    return ground;
}

AccessLayer layer_of(const Arguments& arguments, const char* name) {
    AccessLayer layer{arguments.text(name), std::nullopt, arguments.flag("allow-references")};
    if (arguments.has("points-crs")) layer.crs = Crs::parse(arguments.text("points-crs"));
    return layer;
}

std::optional<double> number_if_given(const Arguments& arguments, const char* name) {
    if (!arguments.has(name)) return std::nullopt;
    return arguments.number(name);
}

/// Roads and rivers differ in name alone: one list, so that of several ways in a cell the fastest counts.
std::vector<Way> ways_of(const Arguments& arguments, const Crs& crs, Diagnostics& diagnostics) {
    std::optional<int> month;
    if (arguments.has("month")) month = static_cast<int>(arguments.integer("month"));
    std::vector<Way> ways;
    const auto add = [&](const char* name, const char* field, const char* speed) {
        if (!arguments.has(name)) return;
        const WayOptions options{.speed_field = arguments.text(field),
                                 .speed_where_missing = number_if_given(arguments, speed),
                                 .month = month};
        std::vector<Way> more = read_ways(source_of(layer_of(arguments, name)), options, crs, diagnostics);
        std::ranges::move(more, std::back_inserter(ways));
    };
    add("roads", "road-speed-field", "road-speed");
    add("rivers", "river-speed-field", "river-speed");
    return ways;
}

std::vector<raster::Origin> cells_of(const std::vector<NamedPoint>& points, const raster::CostSurface& surface) {
    std::vector<raster::Origin> cells;
    for (const NamedPoint& point : points) {
        const auto cell = surface.grid().cell_at(point.place);
        if (!cell) throw Error(ErrorKind::input, {"access.origin_outside"_msg, {}}, point.locus);
        if (surface.is_barrier(cell->col, cell->row))
            throw Error(ErrorKind::input, {"access.origin_on_barrier"_msg, {}}, point.locus);
        cells.push_back({cell->col, cell->row});
    }
    return cells;
}

void warn_of_distortion(const raster::Grid& grid, const Locus& locus, Diagnostics& diagnostics) {
    constexpr double negligible = 0.01;
    const double distortion = raster::MoveLengths(grid).distortion();
    if (distortion <= negligible) return;
    diagnostics.add(
        {Severity::warning, {"access.distorted"_msg, {{"percent", fmt::format("{:.0f}", distortion * 100)}}}, locus});
}

raster::CostOptions cost_options(const Arguments& arguments, const GroundSources& sources, Progress& progress) {
    return {
        .neighbours = arguments.text("neighbours") == "16" ? raster::Neighbours::sixteen : raster::Neighbours::eight,
        .walking = sources.walking,
        .direction = arguments.text("direction") == "from" ? raster::TravelDirection::from_origins
                                                           : raster::TravelDirection::to_origins,
        .progress = &progress};
}

struct Computed {
    raster::Raster<float> times;
    std::optional<raster::Raster<std::int32_t>> allocation;
    std::vector<PointTime> at_points;
    std::vector<std::string> origin_names;
    Crs crs;
};

Computed compute(const Arguments& arguments, Session& session) {
    const Ground ground = open_ground(arguments, session.diagnostics);
    const raster::Grid grid = ground.sources.grid();
    require_memory(grid, ground.elevation != nullptr, 1, arguments.bytes("memory"));
    warn_of_distortion(grid, (ground.friction ? ground.friction : ground.elevation)->locus(), session.diagnostics);
    const std::vector<NamedPoint> origins = read_points(source_of(layer_of(arguments, "origins")),
                                                        arguments.text("origin-id"), grid.crs, session.diagnostics);
    std::vector<NamedPoint> points;
    if (arguments.has("at"))
        points =
            read_points(source_of(layer_of(arguments, "at")), arguments.text("at-id"), grid.crs, session.diagnostics);
    const std::vector<Way> ways = ways_of(arguments, grid.crs, session.diagnostics);
    Barriers barriers;
    if (arguments.has("barriers"))
        barriers = read_barriers(source_of(layer_of(arguments, "barriers")), grid.crs, session.diagnostics);

    raster::CostSurface surface = read_ground(ground.sources, session.parallelism, session.progress);
    lay_barriers(surface, barriers);
    lay_ways(surface, ways);
    const std::vector<raster::Origin> cells = cells_of(origins, surface);
    raster::accumulate_cost(surface, cells, cost_options(arguments, ground.sources, session.progress));

    std::vector<std::string> names;
    for (const NamedPoint& origin : origins)
        names.push_back(origin.id);
    Computed computed{times_of(surface), std::nullopt, times_at(surface, points, names, session.diagnostics), names,
                      grid.crs};
    if (arguments.has("alloc")) computed.allocation = allocation_of(surface);
    return computed;
}

void write(const Arguments& arguments, const Computed& computed, Session& session) {
    session.progress.start_stage({"stage.writing"_msg, {}}, 1);
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const RasterWriting how{session.parallelism.jobs > 0 ? session.parallelism.jobs : cores, &session.progress};
    if (computed.allocation)
        write_allocation(arguments.text("alloc"), *computed.allocation, computed.origin_names, how);
    if (arguments.has("times")) write_point_times(arguments.text("times"), computed.at_points, computed.crs);
    // What is written is written: nothing asks after this whether to stop.
    write_times(arguments.text("out"), computed.times, how);
}

void tell(const Arguments& arguments, const Computed& computed, const Session& session) {
    std::int64_t reached = 0;
    float farthest = 0;
    for (int row = 0; row < computed.times.height(); ++row) {
        for (int col = 0; col < computed.times.width(); ++col) {
            if (!computed.times.valid(col, row)) continue;
            ++reached;
            farthest = std::max(farthest, computed.times.at(col, row));
        }
    }
    nlohmann::ordered_json figures;
    figures["output"] = arguments.text("out");
    figures["origins"] = computed.origin_names.size();
    figures["cells"] = computed.times.grid().cells();
    figures["cells_reached"] = reached;
    figures["farthest_minutes"] = farthest;
    say_done(session, std::move(figures),
             {"access.done"_msg,
              {{"cells", std::to_string(reached)},
               {"origins", std::to_string(computed.origin_names.size())},
               {"minutes", fmt::format("{:.1f}", farthest)},
               {"path", arguments.text("out")}}});
}

ExitCode execute(const Arguments& arguments, Session& session) {
    check_request(arguments);
    io::limit_block_cache(std::min(access_block_cache, arguments.bytes("memory") / 4));
    const Computed computed = compute(arguments, session);
    write(arguments, computed, session);
    tell(arguments, computed, session);
    return ExitCode::done;
}

std::vector<Parameter> ground_parameters() {
    return {
        {.name = "friction",
         .type = ParameterType::path,
         .help = "command.access.friction"_msg,
         .value_name = "FILE[:BAND]"},
        {.name = "friction-unit",
         .type = ParameterType::choice,
         .help = "command.access.friction_unit"_msg,
         .default_text = "min/m",
         .choices = {friction_units.begin(), friction_units.end()}},
        {.name = "elevation",
         .type = ParameterType::path,
         .help = "command.access.elevation"_msg,
         .value_name = "FILE[:BAND]",
         .unit = "m"},
        {.name = "walking",
         .type = ParameterType::choice,
         .help = "command.access.walking"_msg,
         .default_text = "tobler",
         .choices = {"tobler", "tobler-off-path", "langmuir"}},
        {.name = "direction",
         .type = ParameterType::choice,
         .help = "command.access.direction"_msg,
         .default_text = "to",
         .choices = {"to", "from"}},
        {.name = "neighbours",
         .type = ParameterType::choice,
         .help = "command.access.neighbours"_msg,
         .default_text = "8",
         .choices = {"8", "16"}},
    };
}

std::vector<Parameter> layer_parameters() {
    const auto layer = [](const char* name, MessageId help) {
        return Parameter{.name = name, .type = ParameterType::path, .help = help, .value_name = "FILE[|LAYER]"};
    };
    const auto field = [](const char* name, MessageId help, const char* fallback) {
        return Parameter{
            .name = name, .type = ParameterType::text, .help = help, .value_name = "FIELD", .default_text = fallback};
    };
    const auto speed = [](const char* name, MessageId help) {
        return Parameter{
            .name = name, .type = ParameterType::number, .help = help, .unit = "km/h", .least = 0.001, .most = 10'000};
    };
    Parameter origins = layer("origins", "command.access.origins"_msg);
    origins.required = true;
    Parameter crs{.name = "points-crs",
                  .type = ParameterType::text,
                  .help = "command.access.points_crs"_msg,
                  .value_name = "CRS"};
    Parameter month{.name = "month",
                    .type = ParameterType::integer,
                    .help = "command.access.month"_msg,
                    .value_name = "1-12",
                    .least = 1,
                    .most = 12};
    Parameter alloc{
        .name = "alloc", .type = ParameterType::path, .help = "command.access.alloc"_msg, .value_name = "FILE"};
    Parameter times{
        .name = "times", .type = ParameterType::path, .help = "command.access.times"_msg, .value_name = "FILE"};
    return {origins,
            field("origin-id", "command.access.origin_id"_msg, ""),
            crs,
            layer("roads", "command.access.roads"_msg),
            field("road-speed-field", "command.access.road_speed_field"_msg, "speed_kmh"),
            speed("road-speed", "command.access.road_speed"_msg),
            layer("rivers", "command.access.rivers"_msg),
            field("river-speed-field", "command.access.river_speed_field"_msg, "speed_kmh"),
            speed("river-speed", "command.access.river_speed"_msg),
            month,
            layer("barriers", "command.access.barriers"_msg),
            alloc,
            layer("at", "command.access.at"_msg),
            field("at-id", "command.access.at_id"_msg, ""),
            times};
}

std::vector<Parameter> parameters() {
    std::vector<Parameter> all = ground_parameters();
    std::ranges::move(layer_parameters(), std::back_inserter(all));
    Parameter out = shared::out_file();
    out.help = "command.access.out"_msg;
    for (const Parameter& parameter :
         {out, shared::overwrite(), shared::jobs(), shared::memory(), shared::allow_references()})
        all.push_back(parameter);
    return all;
}

}  // namespace

Command access_command() {
    return {.name = "access",
            .summary = "command.access"_msg,
            .parameters = parameters(),
            .inputs = "command.access.inputs"_msg,
            .outputs = "command.access.outputs"_msg,
            .example =
                "vereda access --origins sample_data/valle/markets.csv --elevation sample_data/valle/dem.tif "
                "--roads sample_data/valle/roads.shp -o time.tif",
            .citation =
                "Dijkstra 1959 on Dial's 1969 buckets; moves as in GRASS r.cost; Tobler 1993 and Langmuir 1984 "
                "(walking); Weiss et al. 2018 (slope on friction)",
            .execute = execute};
}

}  // namespace vereda::app
