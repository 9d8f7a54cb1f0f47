#include <utility>

#include "geo/io/atomic_file.hpp"
#include "geo/io/csv_text.hpp"
#include "geo/io/decimal_mark.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/io/ogr_dataset.hpp"
#include "geo/io/spreadsheet.hpp"
#include "geo/io/table_features.hpp"
#include "geo/io/text_decoding.hpp"

namespace vereda::geo::io {

namespace {

TextTable read_csv(const SourcePath& source, const SourceOptions& options, Diagnostics& diagnostics) {
    if (!source.local) {
        Locus locus;
        locus.file = source.shown;
        throw Error(ErrorKind::policy, {"source.reference"_msg, {}}, locus);
    }
    Locus locus;
    locus.file = source.shown;
    const std::string text = decoded_text(read_file(source.shown), options.encoding, locus, diagnostics);
    TextTable table = parse_csv(text, locus);
    if (options.decimal) {
        table.decimal_mark = *options.decimal;
    } else {
        settle_decimal_mark(table, diagnostics);
    }
    return table;
}

/// The attributes of a layer, every value as text.
TextTable read_attributes(const SourcePath& source, FileFormat format, const SourceOptions& options,
                          Diagnostics& diagnostics) {
    OgrLayerInput input = open_dataset(source, format, options, diagnostics);
    input.attributes_only = true;
    choose_layer(input, options.layer.empty() ? source.part : options.layer);
    const std::unique_ptr<FeatureSource> features = ogr_source(std::move(input), options, diagnostics);
    TextTable table;
    table.locus = features->locus();
    for (const Field& field : features->schema().fields)
        table.columns.push_back(field.name);
    Feature feature;
    while (features->next(feature)) {
        TextRow row;
        row.line = static_cast<long>(feature.number);
        for (const Value& value : feature.values)
            row.cells.emplace_back(trimmed(to_text(value)));
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace

TextTable read_table(const std::string& path, const SourceOptions& options, Diagnostics& diagnostics) {
    const SourcePath source = source_path(path, options.allow_references);
    const FileFormat format = vector_format(source);
    TextTable table;
    if (format == FileFormat::csv) {
        table = read_csv(source, options, diagnostics);
        filter_rows(table, options.where);
    } else if (format == FileFormat::xlsx || format == FileFormat::ods) {
        table = read_sheet(source, format, options.layer.empty() ? source.part : options.layer, diagnostics);
        settle_text_commas(table, options.decimal, diagnostics);
        filter_rows(table, options.where);
    } else {
        table = read_attributes(source, format, options, diagnostics);
        settle_text_commas(table, options.decimal, diagnostics);
    }
    table.date_order = options.date_order;
    return table;
}

}  // namespace vereda::geo::io
