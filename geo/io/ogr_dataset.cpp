#include "geo/io/ogr_dataset.hpp"

#include <cpl_vsi.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <utility>

#include "geo/io/atomic_file.hpp"
#include "geo/io/geojson_check.hpp"
#include "geo/io/input_file.hpp"
#include "geo/io/shapefile_check.hpp"
#include "geo/io/text_decoding.hpp"

namespace vereda::geo::io {

namespace {

constexpr std::uint64_t quickly_checked = std::uint64_t{64} << 20;  // bytes of SQLite worth a look at every page

/// Bytes that GDAL can open by name, for as long as this lives.
class MemoryFile {
  public:
    MemoryFile(std::string bytes, const std::string& ending) : bytes_(std::move(bytes)) {
        static std::atomic<unsigned> count = 0;
        name_ = "/vsimem/vereda-" + std::to_string(++count) + ending;
        VSIFCloseL(VSIFileFromMemBuffer(name_.c_str(), reinterpret_cast<GByte*>(bytes_.data()), bytes_.size(), FALSE));
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { VSIUnlink(name_.c_str()); }
    [[nodiscard]] const std::string& name() const { return name_; }

  private:
    std::string bytes_;
    std::string name_;
};

void check_legacy_crs(const GeoJsonFacts& facts, const Locus& locus, Diagnostics& diagnostics) {
    if (facts.crs_name.empty()) return;
    try {
        const Crs crs = Crs::parse(facts.crs_name);
        if (crs != Crs::wgs84()) {
            diagnostics.add({Severity::note, {"geojson.crs_member"_msg, {{"crs", crs.label()}}}, locus, std::nullopt});
        }
    } catch (Error& error) {
        error.in_file(locus.file);
        throw;
    }
}

/// GeoJSON that is not UTF-8 is read from a corrected copy in memory.
void prepare_geojson(const SourcePath& source, OgrLayerInput& input, std::string& location, Diagnostics& diagnostics) {
    GeoJsonFacts facts = check_geojson(source.shown, input.locus);
    if (!facts.utf8) {
        std::string text = decoded_text(read_file(source.shown), {}, input.locus, diagnostics);
        facts = check_geojson_text(text, input.locus);
        auto copy = std::make_shared<MemoryFile>(std::move(text), ".geojson");
        location = copy->name();
        input.backing = std::move(copy);
    }
    check_legacy_crs(facts, input.locus, diagnostics);
}

/// Read-only and never touched by others meanwhile, unless a write-ahead log waits to be read: so no sidecars appear.
std::vector<std::string> sqlite_options(const SourcePath& source) {
    const std::string log = source.shown + "-wal";
    std::error_code ignored;
    if (exists(log) && std::filesystem::file_size(log, ignored) > 0) return {};
    return {"IMMUTABLE=YES"};
}

std::vector<std::string> open_options(const SourcePath& source, FileFormat format, const SourceOptions& options) {
    switch (format) {
        case FileFormat::geopackage:
        case FileFormat::sqlite:
            return source.local ? sqlite_options(source) : std::vector<std::string>();
        case FileFormat::shapefile:
            return options.encoding.empty() ? std::vector<std::string>()
                                            : std::vector<std::string>{"ENCODING=" + options.encoding};
        default:
            return {};
    }
}

/// A page that does not hang together is found before any feature is believed.
void check_pages(GDALDataset& dataset, const SourcePath& source, const Locus& locus) {
    std::error_code ignored;
    if (!source.local || std::filesystem::file_size(source.shown, ignored) > quickly_checked) return;
    const GdalErrors errors;
    OGRLayer* result = dataset.ExecuteSQL("PRAGMA quick_check(1)", nullptr, nullptr);
    std::string answer;
    if (result != nullptr) {
        const OgrFeature row(result->GetNextFeature());
        if (row && row->GetFieldCount() > 0) answer = row->GetFieldAsString(0);
        dataset.ReleaseResultSet(result);
    }
    if (answer != "ok") {
        throw Error(ErrorKind::input, {"file.unreadable"_msg, {{"reason", answer.empty() ? errors.text() : answer}}},
                    locus);
    }
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

}  // namespace

OgrLayerInput open_dataset(const SourcePath& source, FileFormat format, const SourceOptions& options,
                           Diagnostics& diagnostics) {
    start_gdal();
    OgrLayerInput input;
    input.locus.file = source.shown;
    std::string location = source.location;
    if (format == FileFormat::shapefile && source.local) check_shapefile(source.shown, input.locus, diagnostics);
    if (format == FileFormat::geojson && source.local) prepare_geojson(source, input, location, diagnostics);
    const bool sqlite = format == FileFormat::geopackage || format == FileFormat::sqlite;
    const GdalSetting trust("OGR_SQLITE_PRAGMA",
                            sqlite ? "trusted_schema=OFF,cell_size_check=ON,mmap_size=0" : nullptr);
    const GdalErrors errors;
    input.dataset = open_with(location, GDAL_OF_VECTOR, drivers_for(format), open_options(source, format, options));
    if (!input.dataset) {
        throw Error(ErrorKind::input, {"file.unreadable"_msg, {{"reason", errors.text()}}}, input.locus);
    }
    if (sqlite) check_pages(*input.dataset, source, input.locus);
    return input;
}

std::vector<std::string> names_of_layers(GDALDataset& dataset) {
    std::vector<std::string> names;
    for (int i = 0; i < dataset.GetLayerCount(); ++i) {
        std::string name = dataset.GetLayer(i)->GetName();
        if (name != "layer_styles") names.push_back(std::move(name));
    }
    return names;
}

void choose_layer(OgrLayerInput& input, const std::string& name) {
    const std::vector<std::string> names = names_of_layers(*input.dataset);
    const GdalErrors errors;
    if (!name.empty()) {
        if (std::ranges::find(names, name) == names.end()) {
            throw Error(ErrorKind::usage, {"layer.unknown"_msg, {{"layer", name}, {"layers", joined(names)}}},
                        input.locus);
        }
        input.layer = input.dataset->GetLayerByName(name.c_str());
    } else {
        std::vector<std::string> filled;
        for (const std::string& candidate : names) {
            if (names.size() == 1 || input.dataset->GetLayerByName(candidate.c_str())->GetFeatureCount() > 0) {
                filled.push_back(candidate);
            }
        }
        if (filled.size() > 1) {
            throw Error(ErrorKind::usage, {"layer.ambiguous"_msg, {{"layers", joined(filled)}}}, input.locus);
        }
        if (filled.empty()) throw Error(ErrorKind::input, {"layer.no_features"_msg, {}}, input.locus);
        input.layer = input.dataset->GetLayerByName(filled.front().c_str());
    }
    if (names.size() > 1) input.locus.layer = input.layer->GetName();
}

}  // namespace vereda::geo::io
