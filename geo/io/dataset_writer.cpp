#include "geo/io/dataset_writer.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "geo/io/content_digest.hpp"
#include "geo/io/geopackage_extras.hpp"
#include "geo/io/ogr_geometry.hpp"
#include "geo/io/write_errors.hpp"

namespace vereda::geo::io {

namespace {

OGRwkbGeometryType ogr_type(const std::string& name) {
    return name == "None" ? wkbNone : OGRFromOGCGeomType(name.c_str());
}

OGRFieldType ogr_type(FieldType type) {
    switch (type) {
        case FieldType::integer:
            return OFTInteger64;
        case FieldType::real:
            return OFTReal;
        case FieldType::date:
            return OFTDate;
        case FieldType::text:
            break;
    }
    return OFTString;
}

void set_value(OGRFeature& feature, int field, const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        feature.SetField(field, static_cast<GIntBig>(*integer));
    } else if (const auto* real = std::get_if<double>(&value)) {
        if (std::isfinite(*real)) feature.SetField(field, *real);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        feature.SetField(field, text->c_str());
    } else if (const auto* date = std::get_if<Date>(&value)) {
        const std::chrono::year_month_day day(*date);
        feature.SetField(field, static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                         static_cast<int>(static_cast<unsigned>(day.day())));
    }
}

bool same_value(const OGRFeature& feature, int field, const Value& written) {
    const auto* real = std::get_if<double>(&written);
    const bool unknown = std::holds_alternative<std::monostate>(written) || (real != nullptr && !std::isfinite(*real));
    if (unknown || feature.IsFieldSetAndNotNull(field) == 0) return unknown && feature.IsFieldSetAndNotNull(field) == 0;
    if (const auto* integer = std::get_if<std::int64_t>(&written))
        return feature.GetFieldAsInteger64(field) == *integer;
    if (real != nullptr) return feature.GetFieldAsDouble(field) == *real;
    if (const auto* text = std::get_if<std::string>(&written)) return *text == feature.GetFieldAsString(field);
    return true;
}

void add_points(const std::vector<Point>& points, ContentDigest& digest) {
    digest.add(points.size());
    for (const Point& point : points) {
        digest.add(point.x);
        digest.add(point.y);
    }
}

void add_geometry(const Geometry& geometry, ContentDigest& digest) {
    if (const auto* points = std::get_if<Points>(&geometry)) add_points(points->parts, digest);
    if (const auto* lines = std::get_if<Lines>(&geometry)) {
        for (const LineString& line : lines->parts)
            add_points(line, digest);
    }
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) {
        for (const Polygon& polygon : *polygons) {
            digest.add(polygon.inners.size());
            add_points(polygon.outer, digest);
            for (const Ring& inner : polygon.inners)
                add_points(inner, digest);
        }
    }
}

void add_value(const OGRFeature& feature, int field, FieldType type, ContentDigest& digest) {
    const bool known = feature.IsFieldSetAndNotNull(field) != 0;
    digest.add(std::uint64_t{known});
    if (!known) return;
    if (type == FieldType::integer) digest.add(static_cast<std::uint64_t>(feature.GetFieldAsInteger64(field)));
    if (type == FieldType::real) digest.add(feature.GetFieldAsDouble(field));
    if (type == FieldType::text) digest.add(std::string_view(feature.GetFieldAsString(field)));
}

}  // namespace

DatasetWriter::DatasetWriter(std::string path, std::string shown, const Container& container)
    : path_(std::move(path)), shown_(std::move(shown)), container_(container) {
    start_gdal();
    const GdalErrors errors;
    const GdalSetting unsynced("OGR_SQLITE_SYNCHRONOUS", "OFF");
    const GdalSetting journal("OGR_SQLITE_JOURNAL", "MEMORY");
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(container.driver);
    if (driver == nullptr)
        throw Error(ErrorKind::resource, {"gdal.driver_missing"_msg, {{"driver", container.driver}}});
    std::array<const char*, 2> options = {nullptr, nullptr};
    if (std::string_view(container.driver) == "SQLite") options[0] = "SPATIALITE=NO";
    dataset_.reset(driver->Create(path_.c_str(), 0, 0, 0, GDT_Unknown, const_cast<char**>(options.data())));
    if (!dataset_) throw not_written(shown_, errors.text());
}

void DatasetWriter::begin(const LayerToWrite& layer) {
    const GdalErrors errors;
    const Crs crs = container_.degrees ? Crs::wgs84() : layer.crs;
    target_ = &created(layer, crs, errors);
    LayerWritten written{layer.name, {}, layer.geometry_type, CrsTransform(layer.crs, crs), {}};
    for (const Field& field : layer.schema.fields)
        written.types.push_back(field.type);
    layers_.push_back(std::move(written));
    in_transaction_ = dataset_->TestCapability(ODsCTransactions) != 0;
    if (in_transaction_) require(dataset_->StartTransaction() == OGRERR_NONE, errors);
}

void DatasetWriter::add(const Feature& feature) {
    const GdalErrors errors;
    LayerWritten& layer = layers_.back();
    const OgrFeature copy(OGRFeature::CreateFeature(target_->GetLayerDefn()));
    for (std::size_t i = 0; i < feature.values.size(); ++i) {
        set_value(*copy, static_cast<int>(i), feature.values[i]);
        if (container_.exact && !same_value(*copy, static_cast<int>(i), feature.values[i]))
            throw read_back_differs(shown_);
    }
    const bool single = !std::string_view(layer.geometry_type).starts_with("Multi");
    if (layer.geometry_type != "None") {
        copy->SetGeometryDirectly(to_ogr(layer.transform.forward(feature.geometry), single).release());
    }
    count(*copy, layer, layer.content);
    require(target_->CreateFeature(copy.get()) == OGRERR_NONE, errors);
}

void DatasetWriter::end() {
    const GdalErrors errors;
    if (in_transaction_) require(dataset_->CommitTransaction() == OGRERR_NONE, errors);
    require(target_->SyncToDisk() == OGRERR_NONE, errors);
}

void DatasetWriter::write_extras(const std::vector<LayerToWrite>& layers) {
    const GdalErrors errors;
    write_geopackage_extras(*dataset_, layers);
    require(true, errors);
}

void DatasetWriter::close() {
    {
        const GdalErrors errors;
        dataset_->FlushCache();
        dataset_.reset();
        require(true, errors);
    }
    compare();
}

void DatasetWriter::count(const OGRFeature& feature, const LayerWritten& layer, Content& content) const {
    ++content.features;
    if (!container_.exact) return;
    ContentDigest digest(content.digest);
    for (std::size_t i = 0; i < layer.types.size(); ++i)
        add_value(feature, static_cast<int>(i), layer.types[i], digest);
    if (const OGRGeometry* geometry = feature.GetGeometryRef()) add_geometry(geometry_from(*geometry).geometry, digest);
    content.digest = digest.value();
}

void DatasetWriter::require(bool done, const GdalErrors& errors) const {
    if (!done || errors.failed()) throw not_written(shown_, errors.text());
}

OGRLayer& DatasetWriter::created(const LayerToWrite& layer, const Crs& crs, const GdalErrors& errors) {
    OGRSpatialReference reference;
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    require(reference.importFromWkt(crs.wkt().c_str()) == OGRERR_NONE, errors);
    const std::string description = "DESCRIPTION=" + layer.description;
    std::vector<const char*> options;
    const std::string_view driver = container_.driver;
    if (driver == "GPKG") options = {"GEOMETRY_NAME=geom", "FID=fid", description.c_str()};
    if (driver == "FlatGeobuf") options = {"SPATIAL_INDEX=NO"};  // its index would reorder the features
    if (driver == "ESRI Shapefile") options = {"ENCODING=UTF-8"};
    options.push_back(nullptr);
    const OGRwkbGeometryType type = ogr_type(layer.geometry_type);
    OGRLayer* target = dataset_->CreateLayer(layer.name.c_str(), type == wkbNone ? nullptr : &reference, type,
                                             const_cast<char**>(options.data()));
    require(target != nullptr, errors);
    for (const Field& field : layer.schema.fields) {
        OGRFieldDefn definition(field.name.c_str(), ogr_type(field.type));
        require(target->CreateField(&definition, TRUE) == OGRERR_NONE, errors);
    }
    return *target;
}

void DatasetWriter::compare() const {
    const GdalErrors errors;
    const GdalDataset dataset = open_with(path_, GDAL_OF_VECTOR, {container_.driver}, {});
    if (!dataset) throw not_written(shown_, errors.text());
    for (const LayerWritten& layer : layers_) {
        OGRLayer* read = container_.several_layers ? dataset->GetLayerByName(layer.name.c_str()) : dataset->GetLayer(0);
        if (read == nullptr) throw read_back_differs(shown_);
        read->ResetReading();
        Content content;
        while (const OgrFeature feature{read->GetNextFeature()})
            count(*feature, layer, content);
        if (errors.failed()) throw not_written(shown_, errors.text());
        if (content != layer.content) throw read_back_differs(shown_);
    }
}

}  // namespace vereda::geo::io
