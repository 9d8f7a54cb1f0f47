#include "app/access_layers.hpp"

#include <cmath>
#include <filesystem>
#include <memory>

#include "app/feature_attributes.hpp"
#include "app/file_reference.hpp"
#include "app/layer_geometry.hpp"
#include "app/open_months.hpp"
#include "geo/error.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/io/source_path.hpp"
#include "geo/topology.hpp"

namespace vereda::app {

using namespace geo;

namespace {

bool is_table(const std::string& path) {
    const std::string ending = io::ending_of(path);
    return ending == ".csv" || ending == ".xlsx" || ending == ".ods";
}

/// In units of the CRS.
double tolerance_in(const Crs& crs) {
    constexpr double metres_per_radian = 6.4e6;
    const double unit = crs.unit_factor() * (crs.is_geographic() ? metres_per_radian : 1);
    return edge_tolerance_metres / unit;
}

std::unique_ptr<FeatureSource> with_geometry(std::unique_ptr<FeatureSource> features) {
    if (!features->crs()) throw Error(ErrorKind::input, {"layer.no_geometry"_msg, {}}, features->locus());
    return features;
}

/// What `work` gives; errors get the feature's place.
template <class Work>
auto placed(const Locus& place, const Work& work) {
    try {
        return work();
    } catch (Error& error) {
        error.in_file(place.file).in_layer(place.layer).at_feature(place.feature);
        throw;
    }
}

/// One layer, open, with the ways to its attributes and into the raster's CRS.
class Opened {
  public:
    Opened(StudySource source, const Crs& crs, Diagnostics& diagnostics)
        : source_(std::move(source)),
          features_(with_geometry(io::open_features(source_.path, source_.options, diagnostics))),
          attributes_(*features_, source_),
          transform_(*features_->crs(), crs),
          tolerance_(tolerance_in(crs)),
          diagnostics_(diagnostics) {}

    bool next(Feature& feature) { return features_->next(feature); }
    [[nodiscard]] const Locus& locus() const { return features_->locus(); }
    [[nodiscard]] const FeatureAttributes& attributes() const { return attributes_; }

    [[nodiscard]] Geometry moved(const Feature& feature, const Locus& place) const {
        return placed(place, [&] { return transform_.forward(feature.geometry); });
    }

    /// Cut so that no chord departs from the true image of its segment by more than the tolerance.
    [[nodiscard]] LineString moved_line(const LineString& line, const Locus& place) const {
        if (transform_.is_identity()) return line;
        return placed(place, [&] {
            LineString moved;
            for (std::size_t i = 0; i < line.size(); ++i) {
                const Point image = transform_.forward(line[i]);
                if (i > 0) cut(line[i - 1], line[i], moved.back(), image, 0, moved);
                moved.push_back(image);
            }
            return moved;
        });
    }

    /// Repaired as written, then moved with its edges cut in the same way.
    [[nodiscard]] MultiPolygon moved_polygons(const MultiPolygon& polygons, const Locus& place) const {
        return placed(place, [&] {
            const Repair repaired = repair(polygons);
            if (repaired.problem) {
                diagnostics_.add({Severity::warning,
                                  {"layer.geometry_repaired"_msg, {{"reason", repaired.problem->reason}}},
                                  place});
            }
            return transform_.forward_densified(repaired.polygons, tolerance_);
        });
    }

  private:
    void cut(Point a, Point b, Point image_a, Point image_b, int depth, LineString& moved) const {
        constexpr int deepest = 14;
        const Point middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
        const Point image = transform_.forward(middle);
        const double off = std::hypot(image.x - (image_a.x + image_b.x) / 2, image.y - (image_a.y + image_b.y) / 2);
        if (off <= tolerance_ || depth == deepest) return;
        cut(a, middle, image_a, image, depth + 1, moved);
        moved.push_back(image);
        cut(middle, b, image, image_b, depth + 1, moved);
    }

    StudySource source_;
    std::unique_ptr<FeatureSource> features_;
    FeatureAttributes attributes_;
    CrsTransform transform_;
    double tolerance_;
    Diagnostics& diagnostics_;
};

void leave_out(MessageId why, const Locus& place, Diagnostics& diagnostics) {
    diagnostics.add({Severity::warning, {why, {}}, place});
}

std::optional<double> speed_of(const Opened& layer, const Feature& feature, const Attribute& field,
                               const WayOptions& options) {
    constexpr double slowest = 1e-3;
    constexpr double fastest = 1e4;
    const auto speed = layer.attributes().number_within(feature, field, slowest, fastest);
    if (speed) return speed;
    if (options.speed_where_missing || !options.need_speed) return options.speed_where_missing;
    throw Error(ErrorKind::input, {"access.no_speed"_msg, {}}, layer.attributes().place(feature, {}, field.name));
}

bool is_open(const Opened& layer, const Feature& feature, const Attribute& field, std::optional<int> month) {
    const std::string text = layer.attributes().text(feature, field);
    const auto months = parse_months(text);
    if (!months) {
        throw Error(ErrorKind::input, {"access.open_months"_msg, {{"text", text}}},
                    layer.attributes().place(feature, {}, field.name));
    }
    return !month || months->test(static_cast<std::size_t>(*month) - 1);
}

}  // namespace

StudySource source_of(const AccessLayer& layer) {
    const std::size_t bar = layer.path.rfind('|');
    const std::string file = layer.path.substr(0, bar);
    StudySource source;
    source.written = layer.path;
    source.path = resolved_path(file, std::filesystem::current_path(), true);
    if (bar != std::string::npos) source.path += layer.path.substr(bar);
    source.options.allow_references = layer.allow_references || is_reference(file);
    if (is_table(file)) source.options.crs = layer.crs;
    return source;
}

std::vector<NamedPoint> read_points(const StudySource& layer, const std::string& id_field, const Crs& crs,
                                    Diagnostics& diagnostics) {
    Opened opened(layer, crs, diagnostics);
    Attribute id_attribute;
    if (!id_field.empty()) id_attribute = opened.attributes().required(id_field);
    std::vector<NamedPoint> points;
    Feature feature;
    while (opened.next(feature)) {
        const std::string text = opened.attributes().text(feature, id_attribute);
        const std::string id = text.empty() ? std::to_string(feature.number) : text;
        const Locus place = opened.attributes().place(feature, id);
        const Geometry moved = opened.moved(feature, place);
        const auto* parts = std::get_if<Points>(&moved);
        if (parts == nullptr || parts->parts.empty()) {
            leave_out("access.not_a_point"_msg, place, diagnostics);
            continue;
        }
        for (const Point point : parts->parts)
            points.push_back({id, point, place});
    }
    if (points.empty()) throw Error(ErrorKind::input, {"access.no_points"_msg, {}}, opened.locus());
    return points;
}

std::vector<Way> read_ways(const StudySource& layer, const WayOptions& options, const Crs& crs,
                           Diagnostics& diagnostics) {
    Opened opened(layer, crs, diagnostics);
    const bool may_lack_speed = options.speed_where_missing || !options.need_speed;
    const Attribute speed_field = may_lack_speed ? opened.attributes().optional(options.speed_field)
                                                 : opened.attributes().required(options.speed_field);
    const Attribute months_field = opened.attributes().optional("open_months");
    std::vector<Way> ways;
    Feature feature;
    while (opened.next(feature)) {
        const Locus place = opened.attributes().place(feature);
        const auto* lines = std::get_if<Lines>(&feature.geometry);
        if (lines == nullptr) {
            leave_out("access.not_a_line"_msg, place, diagnostics);
            continue;
        }
        if (!is_open(opened, feature, months_field, options.month)) continue;
        const std::optional<double> speed = speed_of(opened, feature, speed_field, options);
        if (!speed) continue;
        Way way{{}, *speed};
        for (const LineString& line : lines->parts)
            way.lines.push_back(opened.moved_line(line, place));
        ways.push_back(std::move(way));
    }
    return ways;
}

Barriers read_barriers(const StudySource& layer, const Crs& crs, Diagnostics& diagnostics) {
    Opened opened(layer, crs, diagnostics);
    Barriers barriers;
    Feature feature;
    while (opened.next(feature)) {
        const Locus place = opened.attributes().place(feature);
        if (const auto* lines = std::get_if<Lines>(&feature.geometry)) {
            for (const LineString& line : lines->parts)
                barriers.lines.push_back(opened.moved_line(line, place));
        } else if (const auto* polygons = std::get_if<MultiPolygon>(&feature.geometry)) {
            const MultiPolygon moved = opened.moved_polygons(*polygons, place);
            barriers.polygons.insert(barriers.polygons.end(), moved.begin(), moved.end());
        } else {
            leave_out("access.not_a_barrier"_msg, place, diagnostics);
        }
    }
    return barriers;
}

}  // namespace vereda::app
