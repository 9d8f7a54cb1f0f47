#include "geo/io/feature_writer.hpp"

#include <filesystem>
#include <optional>

#include "geo/io/atomic_file.hpp"
#include "geo/io/container_writer.hpp"
#include "geo/io/source_path.hpp"
#include "geo/io/text_layer_writer.hpp"
#include "geo/io/workbook_writer.hpp"
#include "geo/io/write_errors.hpp"

namespace vereda::geo::io {

namespace {

namespace fs = std::filesystem;

void write_all(const std::string& built, const std::string& shown, const Container& container,
               const std::vector<LayerToWrite>& layers) {
    const std::unique_ptr<ContainerWriter> writer = write_container(built, shown, container, layers);
    for (const LayerToWrite& layer : layers) {
        writer->begin(layer);
        for (const Feature& feature : layer.features)
            writer->add(feature);
        writer->end();
    }
    writer->close();
}

/// A shapefile is several files: built in a folder of its own, then moved, the .shp last.
void write_shapefile(const std::string& path, const Container& container, const std::vector<LayerToWrite>& layers) {
    const AtomicFile folder(path);
    std::error_code failure;
    if (!fs::create_directory(folder.path(), failure)) throw not_written(path, failure.message());
    const fs::path target(path);
    write_all((fs::path(folder.path()) / target.filename()).string(), path, container, layers);
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
    write_all(file.path(), path, *container, layers);
    file.commit();
}

}  // namespace vereda::geo::io
