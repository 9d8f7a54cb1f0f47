#include "geo/io/feature_writer.hpp"

#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <functional>
#include <optional>
#include <utility>

#include "geo/io/atomic_file.hpp"
#include "geo/io/geopackage_extras.hpp"
#include "geo/io/ogr_geometry.hpp"
#include "geo/io/source_path.hpp"
#include "geo/io/text_layer_writer.hpp"
#include "geo/io/workbook_writer.hpp"

namespace vereda::geo::io {

namespace {

namespace fs = std::filesystem;

struct Container {
    const char* driver;
    bool several_layers;
    bool exact;    ///< whether coordinates and values read back to the same bits
    bool degrees;  ///< holds EPSG:4326 only
};

std::optional<Container> container_of(const std::string& ending) {
    if (ending == ".gpkg") return Container{"GPKG", true, true, false};
    if (ending == ".sqlite") return Container{"SQLite", true, true, false};
    if (ending == ".fgb") return Container{"FlatGeobuf", false, true, false};
    if (ending == ".shp") return Container{"ESRI Shapefile", false, false, false};
    if (ending == ".kml") return Container{"KML", true, false, true};
    return std::nullopt;
}

Error read_back_differs(const std::string& path) {
    Locus locus;
    locus.file = path;
    return Error(ErrorKind::resource, {"file.read_back_differs"_msg, {}}, locus);
}

Error not_written(const std::string& path, const std::string& reason) {
    Locus locus;
    locus.file = path;
    return Error(ErrorKind::resource, {"file.not_written"_msg, {{"reason", reason}}}, locus);
}

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

/// Writes the layers into one dataset and checks every call.
class DatasetWriter {
  public:
    DatasetWriter(std::string path, std::string shown, const Container& container)
        : path_(std::move(path)), shown_(std::move(shown)), container_(container) {
        start_gdal();
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(container.driver);
        if (driver == nullptr)
            throw Error(ErrorKind::resource, {"gdal.driver_missing"_msg, {{"driver", container.driver}}});
        std::array<const char*, 2> options = {nullptr, nullptr};
        if (std::string_view(container.driver) == "SQLite") options[0] = "SPATIALITE=NO";
        dataset_.reset(driver->Create(path_.c_str(), 0, 0, 0, GDT_Unknown, const_cast<char**>(options.data())));
        if (!dataset_) throw not_written(shown_, errors_.text());
    }

    void write(const LayerToWrite& layer) {
        const Crs crs = container_.degrees ? Crs::wgs84() : layer.crs;
        OGRLayer& target = created(layer, crs);
        const CrsTransform transform(layer.crs, crs);
        const bool transactions = dataset_->TestCapability(ODsCTransactions) != 0;
        if (transactions) require(dataset_->StartTransaction() == OGRERR_NONE);
        for (const Feature& feature : layer.features)
            write_feature(target, layer, feature, transform);
        if (transactions) require(dataset_->CommitTransaction() == OGRERR_NONE);
        require(target.SyncToDisk() == OGRERR_NONE);
    }

    void write_extras(const std::vector<LayerToWrite>& layers) {
        write_geopackage_extras(*dataset_, layers);
        require(true);
    }

    void close() {
        dataset_->FlushCache();
        dataset_.reset();
        require(true);
    }

  private:
    void require(bool done) const {
        if (!done || errors_.failed()) throw not_written(shown_, errors_.text());
    }

    OGRLayer& created(const LayerToWrite& layer, const Crs& crs) {
        OGRSpatialReference reference;
        reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        require(reference.importFromWkt(crs.wkt().c_str()) == OGRERR_NONE);
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
        require(target != nullptr);
        for (const Field& field : layer.schema.fields) {
            OGRFieldDefn definition(field.name.c_str(), ogr_type(field.type));
            require(target->CreateField(&definition, TRUE) == OGRERR_NONE);
        }
        return *target;
    }

    void write_feature(OGRLayer& target, const LayerToWrite& layer, const Feature& feature,
                       const CrsTransform& transform) {
        const OgrFeature copy(OGRFeature::CreateFeature(target.GetLayerDefn()));
        for (std::size_t i = 0; i < feature.values.size(); ++i)
            set_value(*copy, static_cast<int>(i), feature.values[i]);
        const bool single = !std::string_view(layer.geometry_type).starts_with("Multi");
        if (layer.geometry_type != "None") {
            copy->SetGeometryDirectly(to_ogr(transform.forward(feature.geometry), single).release());
        }
        require(target.CreateFeature(copy.get()) == OGRERR_NONE);
    }

    std::string path_;
    std::string shown_;
    Container container_;
    GdalErrors errors_;
    GdalDataset dataset_;
};

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

bool same_feature(const OGRFeature& read, const Feature& written) {
    for (std::size_t i = 0; i < written.values.size(); ++i) {
        if (!same_value(read, static_cast<int>(i), written.values[i])) return false;
    }
    const OGRGeometry* geometry = read.GetGeometryRef();
    if (geometry == nullptr) return !dimension_of(written.geometry);
    return geometry->IsEmpty() != 0 || geometry_from(*geometry).geometry == written.geometry;
}

/// GDAL reports some failed writes to nobody, so what was written is read back.
void compare(const std::string& built, const std::string& shown, const Container& container,
             const std::vector<LayerToWrite>& layers) {
    GdalErrors errors;
    const GdalDataset dataset = open_with(built, GDAL_OF_VECTOR, {container.driver}, {});
    if (!dataset) throw not_written(shown, errors.text());
    int position = 0;
    for (const LayerToWrite& layer : layers) {
        const bool single = layers.size() == 1 && !container.several_layers;
        OGRLayer* read = single ? dataset->GetLayer(position) : dataset->GetLayerByName(layer.name.c_str());
        ++position;
        const Error differs = read_back_differs(shown);
        if (read == nullptr) throw differs;
        read->ResetReading();
        for (const Feature& feature : layer.features) {
            const OgrFeature copy(read->GetNextFeature());
            if (!copy || (container.exact && !same_feature(*copy, feature))) throw differs;
        }
        if (OgrFeature(read->GetNextFeature())) throw differs;
        if (errors.failed()) throw not_written(shown, errors.text());
    }
}

void write_container(const std::string& built, const std::string& shown, const Container& container,
                     const std::vector<LayerToWrite>& layers) {
    DatasetWriter writer(built, shown, container);
    for (const LayerToWrite& layer : layers)
        writer.write(layer);
    if (std::string_view(container.driver) == "GPKG") writer.write_extras(layers);
    writer.close();
    compare(built, shown, container, layers);
}

/// A shapefile is several files: built in a folder of its own, then moved, the .shp last.
void write_shapefile(const std::string& path, const Container& container, const std::vector<LayerToWrite>& layers) {
    const AtomicFile folder(path);
    std::error_code failure;
    if (!fs::create_directory(folder.path(), failure)) throw not_written(path, failure.message());
    const fs::path target(path);
    write_container((fs::path(folder.path()) / target.filename()).string(), path, container, layers);
    for (const char* ending : {".shx", ".dbf", ".prj", ".cpg", ".shp"}) {
        fs::path part = fs::path(folder.path()) / target.filename();
        part.replace_extension(ending);
        fs::path final_part = target;
        final_part.replace_extension(ending);
        if (fs::exists(part)) write_file(final_part.string(), read_file(part.string()));
    }
}

Sheet sheet_of(const LayerToWrite& layer) {
    Sheet sheet;
    sheet.name = layer.name;
    for (const Field& field : layer.schema.fields)
        sheet.columns.push_back({field.name, {}});
    for (const Feature& feature : layer.features)
        sheet.rows.push_back(feature.values);
    return sheet;
}

void write_text(const std::string& path, const std::string& text) {
    write_file(path, text);
    if (read_file(path, text.size() + 1) != text) throw read_back_differs(path);
}

}  // namespace

void write_layers(const std::string& path, const std::vector<LayerToWrite>& layers) {
    const std::string ending = ending_of(path);
    const std::optional<Container> container = container_of(ending);
    const bool several = ending == ".xlsx" || (container && container->several_layers);
    const bool known = container || ending == ".geojson" || ending == ".json" || ending == ".csv" || ending == ".xlsx";
    Locus locus;
    locus.file = path;
    if (!known) throw Error(ErrorKind::usage, {"output.unknown_ending"_msg, {{"ending", ending}}}, locus);
    if (layers.empty() || (layers.size() > 1 && !several)) {
        throw Error(ErrorKind::usage, {"output.one_layer_only"_msg, {{"ending", ending}}}, locus);
    }
    if (ending == ".csv") return write_text(path, csv_text(layers.front()));
    if (ending == ".geojson" || ending == ".json") return write_text(path, geojson_text(layers.front()));
    if (ending == ".xlsx") {
        std::vector<Sheet> sheets;
        for (const LayerToWrite& layer : layers)
            sheets.push_back(sheet_of(layer));
        return write_workbook(path, sheets);
    }
    if (ending == ".shp") return write_shapefile(path, *container, layers);
    AtomicFile file(path);
    write_container(file.path(), path, *container, layers);
    file.commit();
}

}  // namespace vereda::geo::io
