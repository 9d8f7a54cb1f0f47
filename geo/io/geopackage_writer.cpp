#include "geo/io/geopackage_writer.hpp"

#include <cmath>
#include <utility>

#include "geo/io/dataset_writer.hpp"
#include "geo/io/write_errors.hpp"

namespace vereda::geo::io {

namespace {

constexpr std::uint64_t null_mark = 0x6e756c6c;

/// The tables without rows, as GDAL makes them.
void make_tables(const std::string& path, const std::string& shown, const std::vector<LayerToWrite>& layers) {
    DatasetWriter writer(path, shown, *container_of(".gpkg"));
    for (const LayerToWrite& layer : layers) {
        writer.begin(layer);
        writer.end();
    }
    writer.write_extras(layers);
    writer.close();
}

/// One "?" for each column of the table.
std::string insertion_into(SqliteDatabase& database, const std::string& layer, std::size_t columns) {
    const SqliteStatement all(database, "SELECT * FROM " + sql_name(layer));
    if (static_cast<std::size_t>(all.columns()) != columns) database.fail();
    std::string sql = "INSERT INTO " + sql_name(layer) + " VALUES (?";
    for (std::size_t i = 1; i < columns; ++i)
        sql += ", ?";
    return sql + ")";
}

bool is_whole(double value) {
    constexpr double beyond = 0x1p63;
    return std::trunc(value) == value && std::abs(value) < beyond;
}

void digest_column(const SqliteStatement& row, int column, ContentDigest& digest) {
    switch (row.type(column)) {
        case SQLITE_INTEGER:
            return digest.add(static_cast<std::uint64_t>(row.integer(column)));
        case SQLITE_FLOAT:
            return digest.add(row.real(column));
        case SQLITE_NULL:
            return digest.add(null_mark);
        default:
            return digest.add(row.bytes(column));
    }
}

}  // namespace

GeopackageWriter::GeopackageWriter(std::string path, std::string shown, const std::vector<LayerToWrite>& layers)
    : path_(std::move(path)), shown_(std::move(shown)) {
    make_tables(path_, shown_, layers);
    database_ = std::make_unique<SqliteDatabase>(path_, shown_, SqliteDatabase::Mode::write);
    database_->execute("BEGIN");
}

void GeopackageWriter::begin(const LayerToWrite& layer) {
    has_geometry_ = layer.geometry_type != "None";
    const std::size_t columns = 1 + std::size_t{has_geometry_} + layer.schema.fields.size();
    drop_triggers(layer.name);
    insertion_.emplace(*database_, insertion_into(*database_, layer.name, columns));
    index_.reset();
    if (has_geometry_) {
        encoding_ = {srs_id_of(layer.name), !layer.geometry_type.starts_with("Multi")};
        index_.emplace(*database_, "rtree_" + layer.name + "_geom");
    }
    types_.clear();
    for (const Field& field : layer.schema.fields)
        types_.push_back(field.type);
    extent_ = {};
    rows_ = 0;
    digest_ = ContentDigest();
    written_.push_back({layer.name, 0, 0});
}

void GeopackageWriter::add(const Feature& feature) {
    int column = 0;
    ++rows_;
    insertion_->bind(column++, rows_);
    digest_.add(static_cast<std::uint64_t>(rows_));
    if (has_geometry_) {
        const Box box = encode(feature.geometry, encoding_, blob_);
        if (blob_.empty()) {
            insertion_->bind_null(column++);
            digest_.add(null_mark);
        } else {
            insertion_->bind_blob(column++, blob_);
            digest_.add(std::string_view(blob_));
        }
        if (!box.empty()) index_->add(rows_, box);
        extent_.add(box);
    }
    for (std::size_t i = 0; i < feature.values.size(); ++i)
        bind(column + static_cast<int>(i), types_[i], feature.values[i]);
    insertion_->run();
}

/// Numbers as the column's type has them, so that they read back as they are bound; −0 has no place in SQLite.
void GeopackageWriter::bind(int column, FieldType type, const Value& value) {
    const auto* integer = std::get_if<std::int64_t>(&value);
    const auto* real = std::get_if<double>(&value);
    const bool unknown = std::holds_alternative<std::monostate>(value) || (real != nullptr && !std::isfinite(*real));
    if (unknown) {
        insertion_->bind_null(column);
        digest_.add(null_mark);
    } else if (type == FieldType::integer && (integer != nullptr || (real != nullptr && is_whole(*real)))) {
        const std::int64_t number = integer != nullptr ? *integer : static_cast<std::int64_t>(*real);
        insertion_->bind(column, number);
        digest_.add(static_cast<std::uint64_t>(number));
    } else if (type == FieldType::real && (real != nullptr || integer != nullptr)) {
        const double number = (real != nullptr ? *real : static_cast<double>(*integer)) + 0.0;
        insertion_->bind(column, number);
        digest_.add(number);
    } else {
        text_ = to_text(value);
        if (text_.find('\0') != std::string::npos) throw read_back_differs(shown_);
        insertion_->bind(column, std::string_view(text_));
        digest_.add(std::string_view(text_));
    }
}

void GeopackageWriter::end() {
    if (index_) index_->finish();
    index_.reset();
    insertion_.reset();
    const std::string& layer = written_.back().name;
    SqliteStatement count(*database_, "UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?");
    count.bind(0, rows_);
    count.bind(1, std::string_view(layer));
    count.run();
    if (!extent_.empty()) {
        SqliteStatement extent(
            *database_, "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?");
        int column = 0;
        for (const double bound : {extent_.min.x, extent_.min.y, extent_.max.x, extent_.max.y})
            extent.bind(column++, bound);
        extent.bind(column, std::string_view(layer));
        extent.run();
    }
    for (const std::string& trigger : triggers_)
        database_->execute(trigger);
    written_.back().rows = rows_;
    written_.back().digest = digest_.value();
}

void GeopackageWriter::close() {
    database_->execute("COMMIT");
    database_.reset();
    compare();
}

std::int32_t GeopackageWriter::srs_id_of(const std::string& layer) {
    SqliteStatement ask(*database_, "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?");
    ask.bind(0, std::string_view(layer));
    if (!ask.step()) database_->fail();
    return static_cast<std::int32_t>(ask.integer(0));
}

/// Triggers keep index and count up to date for those who edit the file later; here both are written at the end.
void GeopackageWriter::drop_triggers(const std::string& layer) {
    std::vector<std::string> names;
    triggers_.clear();
    {
        SqliteStatement ask(*database_, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?");
        ask.bind(0, std::string_view(layer));
        while (ask.step()) {
            names.emplace_back(ask.bytes(0));
            triggers_.emplace_back(ask.bytes(1));
        }
    }
    for (const std::string& name : names)
        database_->execute("DROP TRIGGER " + sql_name(name));
}

void GeopackageWriter::compare() const {
    const GdalErrors errors;
    const GdalDataset dataset = open_with(path_, GDAL_OF_VECTOR, {"GPKG"}, {});
    if (!dataset || errors.failed()) throw not_written(shown_, errors.text());
    SqliteDatabase database(path_, shown_, SqliteDatabase::Mode::read);
    for (const Written& layer : written_) {
        OGRLayer* seen = dataset->GetLayerByName(layer.name.c_str());
        if (seen == nullptr || seen->GetFeatureCount() != layer.rows) throw read_back_differs(shown_);
        ContentDigest digest;
        SqliteStatement all(database, "SELECT * FROM " + sql_name(layer.name) + " ORDER BY fid");
        while (all.step()) {
            for (int column = 0; column < all.columns(); ++column)
                digest_column(all, column, digest);
        }
        if (digest.value() != layer.digest) throw read_back_differs(shown_);
    }
}

}  // namespace vereda::geo::io
