#include "geo/io/feature_reader.hpp"

#include <filesystem>

#include "geo/io/ogr_dataset.hpp"
#include "geo/io/spreadsheet.hpp"
#include "geo/io/table_features.hpp"

namespace vereda::geo::io {

namespace {

bool is_table(FileFormat format) {
    return format == FileFormat::csv || format == FileFormat::xlsx || format == FileFormat::ods;
}

}  // namespace

std::unique_ptr<FeatureSource> open_features(const std::string& path, const SourceOptions& options,
                                             Diagnostics& diagnostics) {
    const SourcePath source = source_path(path, options.allow_references);
    const FileFormat format = vector_format(source);
    if (is_table(format)) {
        SourceOptions unfiltered = options;
        unfiltered.where.clear();  // it is applied to the typed fields
        return ogr_source(table_layer(read_table(path, unfiltered, diagnostics), options), options, diagnostics);
    }
    OgrLayerInput input = open_dataset(source, format, options, diagnostics);
    choose_layer(input, options.layer.empty() ? source.part : options.layer);
    return ogr_source(std::move(input), options, diagnostics);
}

std::vector<std::string> layer_names(const std::string& path, bool allow_references) {
    const SourcePath source = source_path(path, allow_references);
    const FileFormat format = vector_format(source);
    if (format == FileFormat::csv) return {std::filesystem::path(source.shown).stem().string()};
    if (is_table(format)) return sheet_names(source, format);
    Diagnostics none;
    return names_of_layers(*open_dataset(source, format, {}, none).dataset);
}

}  // namespace vereda::geo::io
