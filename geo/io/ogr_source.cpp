#include "geo/io/ogr_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <numbers>
#include <set>
#include <utility>

#include "geo/io/ogr_geometry.hpp"
#include "geo/io/text_decoding.hpp"

namespace vereda::geo::io {

namespace {

constexpr std::size_t look_ahead = 256;
constexpr double largest_exact_integer = 9007199254740992.0;  // 2^53

std::string number_of(const OGRFeature& feature) {
    return std::to_string(feature.GetFID());
}

FieldType type_of(const OGRFieldDefn& field) {
    switch (field.GetType()) {
        case OFTInteger:
        case OFTInteger64:
            return FieldType::integer;
        case OFTReal:
            return FieldType::real;
        case OFTDate:
            return FieldType::date;
        default:
            return FieldType::text;
    }
}

struct Moment {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    float second = 0;
};

Moment moment_of(const OGRFeature& feature, int field) {
    Moment m;
    int zone = 0;
    feature.GetFieldAsDateTime(field, &m.year, &m.month, &m.day, &m.hour, &m.minute, &m.second, &zone);
    return m;
}

Value date_of(const OGRFeature& feature, int field) {
    const Moment m = moment_of(feature, field);
    const std::chrono::year_month_day date{std::chrono::year(m.year),
                                           std::chrono::month(static_cast<unsigned>(m.month)),
                                           std::chrono::day(static_cast<unsigned>(m.day))};
    if (!date.ok()) return {};
    return std::chrono::sys_days(date);
}

/// Midnight is how programs write a day where the format has times only.
std::string moment_text(const OGRFeature& feature, int field) {
    const Moment m = moment_of(feature, field);
    std::string text = fmt::format("{:04d}-{:02d}-{:02d}", m.year, m.month, m.day);
    const int second = static_cast<int>(m.second);
    if (m.hour != 0 || m.minute != 0 || second != 0)
        text += fmt::format("T{:02d}:{:02d}:{:02d}", m.hour, m.minute, second);
    return text;
}

class OgrSource final : public FeatureSource {
  public:
    OgrSource(OgrLayerInput input, const SourceOptions& options, Diagnostics& diagnostics)
        : input_(std::move(input)), diagnostics_(&diagnostics), where_(options.where) {
        read_schema();
        set_filter();
        const bool spatial = !input_.attributes_only && input_.layer->GetGeomType() != wkbNone;
        if (spatial) crs_ = layer_crs(input_.layer->GetSpatialRef(), options, input_.locus);
        spatial_ = spatial;
        input_.layer->ResetReading();
        Feature feature;
        while (ahead_.size() < look_ahead && read(feature))
            ahead_.push_back(std::move(feature));
        if (ahead_.empty() && where_.empty()) {
            throw Error(ErrorKind::input, {"layer.no_features"_msg, {}}, input_.locus);
        }
        if (spatial_) check_first_features();
    }

    [[nodiscard]] const Schema& schema() const override { return schema_; }
    [[nodiscard]] const std::optional<Crs>& crs() const override { return crs_; }
    [[nodiscard]] const Locus& locus() const override { return input_.locus; }
    [[nodiscard]] std::optional<std::int64_t> size() const override {
        const GdalErrors errors;
        const GIntBig count = input_.layer->GetFeatureCount(FALSE);
        return count < 0 ? std::nullopt : std::optional<std::int64_t>(count);
    }

    bool next(Feature& feature) override {
        if (!ahead_.empty()) {
            feature = std::move(ahead_.front());
            ahead_.pop_front();
        } else if (!read(feature)) {
            return false;
        }
        if (spatial_) check_feature(feature);
        return true;
    }

  private:
    struct Column {
        int index = 0;
        OGRFieldType type = OFTString;
        bool whole = false;  ///< a real field that is declared to hold whole numbers
        std::string name;
    };

    void read_schema() {
        OGRFeatureDefn& definition = *input_.layer->GetLayerDefn();
        for (int i = 0; i < definition.GetFieldCount(); ++i) {
            const OGRFieldDefn& field = *definition.GetFieldDefn(i);
            if (field.GetType() == OFTBinary) continue;
            const bool whole = field.GetType() == OFTReal && field.GetWidth() > 0 && field.GetPrecision() == 0;
            std::string name = field.GetNameRef();
            if (!is_utf8(name)) name = utf8_from_windows_1252(name);
            columns_.push_back({i, field.GetType(), whole, name});
            schema_.fields.push_back({name, type_of(field)});
        }
    }

    [[nodiscard]] Error invalid_filter(const GdalErrors& errors) const {
        return Error(ErrorKind::usage, {"where.invalid"_msg, {{"where", where_}, {"reason", errors.text()}}},
                     input_.locus);
    }

    void set_filter() {
        if (where_.empty()) return;
        const GdalErrors errors;
        if (input_.layer->SetAttributeFilter(where_.c_str()) != OGRERR_NONE) throw invalid_filter(errors);
    }

    [[nodiscard]] Locus place(const std::string& feature) const {
        Locus where = input_.locus;
        where.feature = feature;
        return where;
    }

    void warn(MessageId id, const Feature& feature, MessageArguments arguments = {}) {
        diagnostics_->add(
            {Severity::warning, {id, std::move(arguments)}, place(std::to_string(feature.number)), std::nullopt});
    }

    bool read(Feature& feature) {
        const GdalErrors errors;
        const OgrFeature source(input_.layer->GetNextFeature());
        if (errors.failed()) {
            // Drivers that hand the filter on to a database learn of its faults here only.
            if (last_number_ < 0 && !where_.empty()) throw invalid_filter(errors);
            const std::string number = source ? number_of(*source) : std::to_string(last_number_ + 1);
            throw Error(ErrorKind::input, {"feature.unreadable"_msg, {{"reason", errors.text()}}}, place(number));
        }
        if (!source) return false;
        feature = Feature{source->GetFID(), {}, {}};
        last_number_ = feature.number;
        feature.values.reserve(columns_.size());
        for (const Column& column : columns_)
            feature.values.push_back(value_of(*source, column));
        if (spatial_) read_geometry(*source, feature);
        return true;
    }

    Value value_of(const OGRFeature& source, const Column& column) {
        if (source.IsFieldSetAndNotNull(column.index) == 0) return {};
        switch (column.type) {
            case OFTInteger:
            case OFTInteger64:
                return std::int64_t{source.GetFieldAsInteger64(column.index)};
            case OFTReal:
                return real_of(source, column);
            case OFTDate:
                return date_of(source, column.index);
            case OFTDateTime:
                return moment_text(source, column.index);
            default:
                return text_of(source, column);
        }
    }

    Value real_of(const OGRFeature& source, const Column& column) {
        const double value = source.GetFieldAsDouble(column.index);
        Locus where = place(number_of(source));
        where.field = column.name;
        if (column.whole && std::abs(value) >= largest_exact_integer) {
            throw Error(ErrorKind::input, {"field.digits_lost"_msg, {}}, where);
        }
        if (std::isfinite(value)) return value;
        diagnostics_->add({Severity::warning, {"value.not_finite"_msg, {}}, where, std::nullopt});
        return {};
    }

    Value text_of(const OGRFeature& source, const Column& column) {
        std::string text = source.GetFieldAsString(column.index);
        if (is_utf8(text)) return text;
        if (guessed_.insert(column.index).second) {
            Locus where = input_.locus;
            where.field = column.name;
            diagnostics_->add({Severity::warning,
                               {"text.encoding_guessed"_msg, {{"encoding", "Windows-1252"}}},
                               where,
                               std::nullopt});
        }
        return utf8_from_windows_1252(text);
    }

    void read_geometry(const OGRFeature& source, Feature& feature) {
        const OGRGeometry* geometry = source.GetGeometryRef();
        if (geometry == nullptr) return warn("geometry.null"_msg, feature);
        if (geometry->IsEmpty() != 0) return warn("geometry.empty"_msg, feature);
        try {
            ReadGeometry read = geometry_from(*geometry);
            feature.geometry = std::move(read.geometry);
            if (read.closed_ring) warn("geometry.ring_closed"_msg, feature);
            if (read.collection) warn("geometry.collection"_msg, feature);
        } catch (Error& error) {
            error.in_file(input_.locus.file).in_layer(input_.locus.layer).at_feature(number_of(source));
            throw;
        }
    }

    [[nodiscard]] bool in_range(const Geometry& geometry) const {
        const double degree = crs_->unit_factor() * 180 / std::numbers::pi;
        const Box box = envelope(geometry);
        constexpr double slack = 1e-6;
        return box.min.x * degree >= -360 - slack && box.max.x * degree <= 360 + slack &&
               box.min.y * degree >= -90 - slack && box.max.y * degree <= 90 + slack;
    }

    void check_first_features() {
        Box extent;
        std::array<int, 3> of_dimension{};
        bool any_in_range = false;
        for (const Feature& feature : ahead_) {
            const std::optional<int> dimension = dimension_of(feature.geometry);
            if (!dimension) continue;
            ++of_dimension[*dimension];
            extent.add(envelope(feature.geometry));
            any_in_range = any_in_range || (crs_->is_geographic() && in_range(feature.geometry));
        }
        dimension_ = dimension_of(input_.layer->GetGeomType());
        if (extent.empty()) return;
        if (!dimension_) {
            const auto most = std::max_element(of_dimension.rbegin(), of_dimension.rend());
            dimension_ = static_cast<int>(of_dimension.rend() - most) - 1;
        }
        if (crs_->is_geographic() && !any_in_range) refuse_coordinates("crs.metres_in_degrees"_msg, extent);
        if (!crs_->is_geographic() && degrees_in_metres(extent))
            refuse_coordinates("crs.degrees_in_metres"_msg, extent);
    }

    /// All within ±180, ±90 in a CRS whose area of use is not there. A CRS made for a study has no area of use and may
    /// well have its origin in the middle of the data.
    [[nodiscard]] bool degrees_in_metres(const Box& extent) const {
        if (extent.min.x < -180 || extent.max.x > 180 || extent.min.y < -90 || extent.max.y > 90) return false;
        const OGRSpatialReference* stated = input_.layer->GetSpatialRef();
        if (stated == nullptr) return true;
        std::array<double, 4> box{};
        const GdalErrors errors;
        return stated->GetAreaOfUse(&box[0], &box[1], &box[2], &box[3], nullptr);
    }

    [[noreturn]] void refuse_coordinates(MessageId id, const Box& extent) const {
        throw Error(
            ErrorKind::input,
            {id,
             {{"crs", crs_->label()}, {"x", fmt::format("{}", extent.min.x)}, {"y", fmt::format("{}", extent.min.y)}}},
            input_.locus);
    }

    void check_feature(Feature& feature) {
        const std::optional<int> dimension = dimension_of(feature.geometry);
        if (!dimension) return;
        if (crs_->is_geographic() && !in_range(feature.geometry)) {
            warn("geometry.out_of_range"_msg, feature, {{"crs", crs_->label()}});
            feature.geometry = std::monostate();
            return;
        }
        if (dimension_ && *dimension != *dimension_) warn("geometry.other_type"_msg, feature);
    }

    OgrLayerInput input_;
    Diagnostics* diagnostics_;
    std::string where_;
    Schema schema_;
    std::vector<Column> columns_;
    std::optional<Crs> crs_;
    bool spatial_ = true;
    std::optional<int> dimension_;  ///< what most features of the layer are
    std::deque<Feature> ahead_;
    std::set<int> guessed_;  ///< fields whose encoding was guessed, each reported once
    std::int64_t last_number_ = -1;
};

bool is_placeholder(const OGRSpatialReference& stated) {
    const char* name = stated.GetName();
    return name == nullptr || std::string_view(name).starts_with("Undefined");
}

}  // namespace

Crs layer_crs(const OGRSpatialReference* stated, const SourceOptions& options, const Locus& locus) {
    if (stated == nullptr || is_placeholder(*stated)) {
        if (options.crs) return *options.crs;
        throw Error(ErrorKind::input, {"crs.missing"_msg, {}}, locus);
    }
    char* wkt = nullptr;
    const GdalErrors errors;
    const std::array<const char*, 2> format = {"FORMAT=WKT2_2019", nullptr};
    const OGRErr status = stated->exportToWkt(&wkt, format.data());
    const std::string text = wkt == nullptr ? std::string() : std::string(wkt);
    CPLFree(wkt);
    try {
        if (status != OGRERR_NONE) throw Error(ErrorKind::input, {"crs.unknown"_msg, {{"text", text}}});
        Crs crs = Crs::parse(text);
        if (options.crs && *options.crs != crs) {
            throw Error(ErrorKind::input,
                        {"crs.contradicts"_msg, {{"file", crs.label()}, {"given", options.crs->label()}}});
        }
        return crs;
    } catch (Error& error) {
        error.in_file(locus.file).in_layer(locus.layer);
        throw;
    }
}

std::unique_ptr<FeatureSource> ogr_source(OgrLayerInput input, const SourceOptions& options, Diagnostics& diagnostics) {
    return std::make_unique<OgrSource>(std::move(input), options, diagnostics);
}

}  // namespace vereda::geo::io
