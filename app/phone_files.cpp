#include "app/phone_files.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <memory>
#include <utility>

#include "geo/crs.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/io/feature_reader.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr Metres widest_gap{20};  // between the ends of a walked outline (d)
constexpr double widest_gap_share = 0.05;

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> endings) {
    return std::ranges::any_of(endings, [&](std::string_view ending) { return name.ends_with(ending); });
}

/// A track that ends where it began, as the outline of what was walked around.
std::optional<MultiPolygon> outline_of(const LineString& line) {
    if (line.size() < 4) return std::nullopt;
    const Geodesic geodesic(Crs::wgs84().ellipsoid());
    const double gap = geodesic.distance(line.front(), line.back()).value();
    const double length = geodesic.length(line).value();
    if (gap > std::max(widest_gap.value(), widest_gap_share * length) || length < 2 * widest_gap.value())
        return std::nullopt;
    Ring ring;
    ring.assign(line.begin(), line.end());
    if (ring.front() != ring.back()) ring.push_back(ring.front());
    MultiPolygon polygons;
    polygons.push_back(Polygon{std::move(ring), {}});
    return polygons;
}

void walk_around(PhoneFeature& feature) {
    const auto* lines = std::get_if<Lines>(&feature.place);
    if (lines == nullptr || lines->parts.size() != 1) return;
    if (auto outline = outline_of(lines->parts.front())) {
        feature.place = std::move(*outline);
        feature.walked = true;
    }
}

/// What the device tells of its accuracy, in metres.
void take_accuracy(PhoneFeature& feature) {
    for (const auto& [name, value] : feature.answers) {
        if (!ends_with_any(name, {"accuracy", "precision"})) continue;
        double metres = 0;
        const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), metres);
        if (fault == std::errc() && end == value.data() + value.size() && metres > 0) feature.accuracy = Metres(metres);
    }
}

io::SourceOptions of_layer(std::string name) {
    io::SourceOptions options;
    options.layer = std::move(name);
    return options;
}

using FirstMoments = std::map<std::string, std::string>;

/// nullptr for a layer that holds nothing: a GPX file has five of them, whatever was recorded.
std::unique_ptr<FeatureSource> filled_layer(const std::string& path, const std::string& layer,
                                            Diagnostics& diagnostics) {
    try {
        return io::open_features(path, of_layer(layer), diagnostics);
    } catch (const Error& error) {
        if (error.message().id != "layer.no_features"_msg) throw;
        return nullptr;
    }
}

/// A GPX track has no time of its own: its first point has.
FirstMoments first_moments(const std::string& path, Diagnostics& diagnostics) {
    const auto points = filled_layer(path, "track_points", diagnostics);
    if (!points) return {};
    const auto track = points->schema().find("track_fid");
    const auto time = points->schema().find("time");
    FirstMoments moments;
    Feature point;
    while (track && time && points->next(point))
        moments.emplace(to_text(point.values[*track]), to_text(point.values[*time]));
    return moments;
}

void read_layer(const std::string& path, const std::string& layer, const FirstMoments& moments,
                std::vector<PhoneFeature>& features, Diagnostics& diagnostics) {
    const auto source = filled_layer(path, layer, diagnostics);
    if (!source) return;
    if (!source->crs()) throw Error(ErrorKind::input, {"layer.no_geometry"_msg, {}}, source->locus());
    const CrsTransform to_degrees(*source->crs(), Crs::wgs84());
    Feature feature;
    while (source->next(feature)) {
        PhoneFeature read;
        read.place = to_degrees.forward(feature.geometry);
        read.locus = source->locus();
        read.locus.feature = std::to_string(feature.number);
        for (std::size_t i = 0; i < source->schema().fields.size(); ++i) {
            if (std::string text = to_text(feature.values[i]); !text.empty())
                read.answers.emplace(plain_name(source->schema().fields[i].name), std::move(text));
        }
        if (const auto moment = moments.find(std::to_string(feature.number)); moment != moments.end())
            read.answers.emplace("time", moment->second);
        take_accuracy(read);
        walk_around(read);
        features.push_back(std::move(read));
    }
}

bool is_gpx(const std::vector<std::string>& layers) {
    return std::ranges::find(layers, "track_points") != layers.end();
}

std::vector<PhoneFeature> read_layers(const std::string& path, Diagnostics& diagnostics) {
    std::vector<PhoneFeature> features;
    std::vector<std::string> layers = io::layer_names(path, false);
    FirstMoments moments;
    if (is_gpx(layers)) {
        layers = {"tracks", "routes", "waypoints"};
        moments = first_moments(path, diagnostics);
    }
    for (const std::string& layer : layers)
        read_layer(path, layer, layer == "tracks" ? moments : FirstMoments(), features, diagnostics);
    return features;
}

struct Geopoint {
    Point place;  ///< longitude, latitude
    std::optional<double> accuracy;
};

/// "latitude longitude [altitude [accuracy]]", as ODK and KoBo write a geopoint.
std::optional<Geopoint> geopoint_of(std::string_view text) {
    std::array<double, 4> numbers{};
    std::size_t count = 0;
    while (!text.empty()) {
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        if (text.empty()) break;
        if (count == numbers.size()) return std::nullopt;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), numbers[count]);
        if (fault != std::errc() || (end != text.data() + text.size() && *end != ' ')) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        ++count;
    }
    if (count < 2 || std::abs(numbers[0]) > 90 || std::abs(numbers[1]) > 180) return std::nullopt;
    Geopoint point{{numbers[1], numbers[0]}, {}};
    if (count == 4 && numbers[3] > 0) point.accuracy = numbers[3];
    return point;
}

/// Geopoints parted by semicolons: a geotrace, or a geoshape where it ends where it began.
std::optional<std::vector<Geopoint>> geotrace_of(std::string_view text) {
    std::vector<Geopoint> points;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        const std::string_view part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (part.find_first_not_of(' ') == std::string_view::npos) continue;
        const auto point = geopoint_of(part);
        if (!point) return std::nullopt;
        points.push_back(*point);
    }
    if (points.empty()) return std::nullopt;
    return points;
}

void take_geotrace(const std::vector<Geopoint>& points, PhoneFeature& feature) {
    LineString line;
    double worst = 0;
    for (const Geopoint& point : points) {
        line.push_back(point.place);
        worst = std::max(worst, point.accuracy.value_or(0));
    }
    if (worst > 0) feature.accuracy = Metres(worst);
    if (line.size() == 1) {
        feature.place = Points{line};
        return;
    }
    if (line.size() >= 4 && line.front() == line.back()) {
        MultiPolygon shape;
        shape.push_back(Polygon{{}, {}});
        shape.back().outer.assign(line.begin(), line.end());
        feature.place = std::move(shape);
        feature.walked = true;
        return;
    }
    feature.place = Lines{{std::move(line)}};
    walk_around(feature);
}

/// Where the rows of a table tell a place.
struct PlaceColumns {
    std::optional<std::size_t> trace;  ///< geopoint, geotrace or geoshape answers
    std::optional<std::size_t> latitude;
    std::optional<std::size_t> longitude;
    std::optional<std::size_t> accuracy;
    bool layer = false;  ///< x and y, or WKT: the readers' own business
};

/// Whether every answer of a column is a trace and at least one is there. Two plain numbers are not enough to be taken
/// for a place: a geopoint has an altitude and an accuracy.
bool is_trace_column(const TextTable& table, std::size_t column) {
    bool any = false;
    for (const TextRow& row : table.rows) {
        const std::string& cell = row.cells[column];
        if (cell.empty()) continue;
        const auto points = geotrace_of(cell);
        if (!points) return false;
        any = any || points->size() > 1 || std::ranges::count(cell, ' ') >= 2;
    }
    return any;
}

PlaceColumns place_columns(const TextTable& table) {
    PlaceColumns found;
    const auto first = [](std::optional<std::size_t>& slot, std::size_t i) {
        if (!slot) slot = i;
    };
    bool x = false;
    bool y = false;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const std::string name = plain_name(table.columns[i]);
        if (name == "wkt" || name == "geometry" || name == "geom" || name == "the_geom") found.layer = true;
        x = x || name == "x";
        y = y || name == "y";
        if (ends_with_any(name, {"latitude", "latitud"}) || name == "lat") first(found.latitude, i);
        if (ends_with_any(name, {"longitude", "longitud"}) || name == "lon" || name == "lng" || name == "long")
            first(found.longitude, i);
        if (ends_with_any(name, {"accuracy", "precision"})) first(found.accuracy, i);
        if (is_trace_column(table, i)) {
            const bool better =
                !found.trace || table.rows.empty() || std::ranges::any_of(table.rows, [&](const TextRow& row) {
                    return row.cells[i].find(';') != std::string::npos;
                });
            if (better) found.trace = i;
        }
    }
    found.layer = found.layer || (x && y);
    return found;
}

void take_point(const RowReader& row, const PlaceColumns& columns, PhoneFeature& feature) {
    const auto latitude = row.number(columns.latitude);
    const auto longitude = row.number(columns.longitude);
    if (!latitude || !longitude) return;
    if (std::abs(*latitude) > 90 || std::abs(*longitude) > 180) {
        throw Error(ErrorKind::input, {"ledger.geopoint"_msg, {}}, row.table().place(row.row(), *columns.latitude));
    }
    feature.place = Points{{Point{*longitude, *latitude}}};
    const auto accuracy = row.number(columns.accuracy);
    if (accuracy && *accuracy > 0) feature.accuracy = Metres(*accuracy);
}

std::vector<PhoneFeature> read_rows(const TextTable& table, const PlaceColumns& columns) {
    std::vector<PhoneFeature> features;
    for (const TextRow& row : table.rows) {
        const RowReader reader(table, row);
        PhoneFeature feature;
        feature.locus = table.locus;
        feature.locus.line = row.line;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (row.cells[i].empty()) continue;
            const std::string& column = table.columns[i];
            feature.answers.emplace(plain_name(column), row.cells[i]);
            feature.answers.emplace(plain_name(std::string_view(column).substr(column.rfind('-') + 1)), row.cells[i]);
        }
        if (columns.trace && !row.cells[*columns.trace].empty()) {
            take_geotrace(*geotrace_of(row.cells[*columns.trace]), feature);
        } else if (columns.latitude && columns.longitude) {
            take_point(reader, columns, feature);
        }
        features.push_back(std::move(feature));
    }
    return features;
}

bool is_table_file(std::string_view path) {
    std::string name(path);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ends_with_any(name, {".csv", ".tsv", ".xlsx", ".ods"});
}

struct Accent {
    std::string_view letter;
    char plain;
};
constexpr std::array<Accent, 14> accents = {{{"á", 'a'},
                                             {"é", 'e'},
                                             {"í", 'i'},
                                             {"ó", 'o'},
                                             {"ú", 'u'},
                                             {"ü", 'u'},
                                             {"ñ", 'n'},
                                             {"Á", 'a'},
                                             {"É", 'e'},
                                             {"Í", 'i'},
                                             {"Ó", 'o'},
                                             {"Ú", 'u'},
                                             {"Ü", 'u'},
                                             {"Ñ", 'n'}}};

}  // namespace

std::string plain_name(std::string_view name) {
    if (const std::size_t group = name.find_last_of('/'); group != std::string_view::npos && group + 1 < name.size())
        name.remove_prefix(group + 1);
    std::string result;
    while (!name.empty()) {
        const auto accent = std::ranges::find_if(accents, [&](const Accent& a) { return name.starts_with(a.letter); });
        const auto byte = static_cast<unsigned char>(name.front());
        if (accent != accents.end()) {
            result += accent->plain;
        } else if (std::isalnum(byte) != 0) {
            result += static_cast<char>(std::tolower(byte));
        } else if (!result.empty() && result.back() != '_') {
            result += '_';
        }
        name.remove_prefix(accent == accents.end() ? 1 : accent->letter.size());
    }
    if (result.ends_with('_')) result.pop_back();
    return result;
}

std::vector<PhoneFeature> read_phone_file(const std::string& path, Diagnostics& diagnostics) {
    if (!is_table_file(path)) return read_layers(path, diagnostics);
    io::SourceOptions options;
    options.date_order = DateOrder::day_month_year;
    const TextTable table = io::read_table(path, options, diagnostics);
    const PlaceColumns columns = place_columns(table);
    return columns.layer && !columns.trace ? read_layers(path, diagnostics) : read_rows(table, columns);
}

}  // namespace vereda::app
