#include "geo/io/file_format.hpp"

#include <cpl_vsi.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "geo/error.hpp"
#include "geo/io/gdal_handle.hpp"
#include "geo/io/input_file.hpp"

namespace vereda::geo::io {

namespace {

constexpr std::size_t head_size = std::size_t{1} << 16;

Error refused(ErrorKind kind, MessageId id, const SourcePath& source, MessageArguments arguments = {}) {
    Locus locus;
    locus.file = source.shown;
    return Error(kind, {id, std::move(arguments)}, locus);
}

std::string archived_head(const SourcePath& source) {
    start_gdal();
    const GdalErrors errors;
    VSILFILE* file = VSIFOpenL(source.location.c_str(), "rb");
    if (file == nullptr) throw refused(ErrorKind::input, "file.missing"_msg, source);
    std::string bytes(head_size, '\0');
    bytes.resize(VSIFReadL(bytes.data(), 1, bytes.size(), file));
    VSIFCloseL(file);
    return bytes;
}

std::string head_of(const SourcePath& source) {
    if (!source.local) return archived_head(source);
    InputFile file(source.shown);
    std::string bytes(head_size, '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const std::size_t count = file.read(bytes.data() + filled, bytes.size() - filled);
        if (count == 0) break;
        filled += count;
    }
    bytes.resize(filled);
    return bytes;
}

/// The text after a byte order mark and white space.
std::string_view text_start(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    while (!bytes.empty() && std::isspace(static_cast<unsigned char>(bytes.front())) != 0)
        bytes.remove_prefix(1);
    return bytes;
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

bool holds_any(const std::string& text, std::span<const std::string_view> marks) {
    return std::ranges::any_of(marks, [&](std::string_view mark) { return text.find(mark) != std::string::npos; });
}

/// XML, read as a document that holds its data itself.
std::optional<FileFormat> xml_format(const SourcePath& source, std::string_view text) {
    static constexpr std::array<std::string_view, 10> references = {
        "<ogrvrtdatasource", "<vrtdataset",      "<gdal_wms",        "<wcs_gdal", "<gdal_wmts",
        "<ogrwfsdatasource", "wfs_capabilities", "wms_capabilities", "<!entity",  "<!doctype kml"};
    const std::string low = lower(text);
    if (holds_any(low, references)) throw refused(ErrorKind::policy, "file.points_elsewhere"_msg, source);
    if (low.find("<kml") != std::string::npos) {
        if (low.find("<networklink") != std::string::npos) {
            throw refused(ErrorKind::policy, "file.points_elsewhere"_msg, source);
        }
        return FileFormat::kml;
    }
    if (low.find("<gpx") != std::string::npos) return FileFormat::gpx;
    return std::nullopt;
}

bool is_textual(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return true;
    // NUL is left to the CSV parser, which names the line.
    return std::ranges::all_of(bytes.substr(0, 512), [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return code == 0 || code >= 0x20 || std::isspace(code) != 0 || code == 0x1b;
    });
}

std::optional<FileFormat> content_format(const SourcePath& source, const std::string& bytes,
                                         const std::string& ending) {
    const auto byte_string = [](const char* text, std::size_t size) { return std::string_view(text, size); };
    if (bytes.starts_with(byte_string("SQLite format 3\0", 16))) {
        const bool package =
            bytes.size() > 72 && (bytes.compare(68, 4, "GPKG") == 0 || bytes.compare(68, 2, "GP") == 0);
        return package || ending == ".gpkg" ? FileFormat::geopackage : FileFormat::sqlite;
    }
    if (bytes.starts_with(byte_string("\x00\x00\x27\x0a", 4))) return FileFormat::shapefile;
    if (bytes.starts_with("fgb")) return FileFormat::flatgeobuf;
    if (bytes.starts_with("PK\x03\x04")) {
        if (ending == ".ods") return FileFormat::ods;
        if (ending == ".xlsx" || ending == ".xlsm") return FileFormat::xlsx;
        return std::nullopt;
    }
    const std::string_view text = text_start(bytes);
    const bool markup = text.size() > 1 && text[0] == '<' &&
                        (std::isalpha(static_cast<unsigned char>(text[1])) != 0 || text[1] == '?' || text[1] == '!');
    if (markup) return xml_format(source, text);
    if (ending != ".csv" && ending != ".tsv" && ending != ".txt" && (text.starts_with('{') || text.starts_with('['))) {
        return FileFormat::geojson;
    }
    if (is_textual(bytes)) return FileFormat::csv;
    return std::nullopt;
}

struct Ending {
    std::string_view text;
    FileFormat format;
};

constexpr std::array<Ending, 15> endings = {{{".gpkg", FileFormat::geopackage},
                                             {".sqlite", FileFormat::sqlite},
                                             {".db", FileFormat::sqlite},
                                             {".shp", FileFormat::shapefile},
                                             {".geojson", FileFormat::geojson},
                                             {".json", FileFormat::geojson},
                                             {".fgb", FileFormat::flatgeobuf},
                                             {".csv", FileFormat::csv},
                                             {".tsv", FileFormat::csv},
                                             {".txt", FileFormat::csv},
                                             {".xlsx", FileFormat::xlsx},
                                             {".xlsm", FileFormat::xlsx},
                                             {".ods", FileFormat::ods},
                                             {".kml", FileFormat::kml},
                                             {".gpx", FileFormat::gpx}}};

}  // namespace

FileFormat vector_format(const SourcePath& source) {
    if (source.database) return FileFormat::database;
    const std::string bytes = head_of(source);
    if (bytes.empty()) throw refused(ErrorKind::input, "file.empty"_msg, source);
    const std::string ending = ending_of(source.shown);
    const std::optional<FileFormat> content = content_format(source, bytes, ending);
    const auto* const named = std::ranges::find(endings, ending, &Ending::text);
    if (named == endings.end()) {
        // Text of any kind passes for CSV, so a name has to claim it.
        if (!content || *content == FileFormat::csv) throw refused(ErrorKind::input, "file.unknown_format"_msg, source);
        return *content;
    }
    if (content != named->format) {
        throw refused(ErrorKind::input, "file.other_format"_msg, source, {{"ending", ending}});
    }
    return named->format;
}

std::vector<std::string> drivers_for(FileFormat format) {
    switch (format) {
        case FileFormat::geopackage:
            return {"GPKG"};
        case FileFormat::sqlite:
            return {"SQLite"};
        case FileFormat::shapefile:
            return {"ESRI Shapefile"};
        case FileFormat::geojson:
            return {"GeoJSON"};
        case FileFormat::flatgeobuf:
            return {"FlatGeobuf"};
        case FileFormat::xlsx:
            return {"XLSX"};
        case FileFormat::ods:
            return {"ODS"};
        case FileFormat::kml:
            return {"LIBKML", "KML"};
        case FileFormat::gpx:
            return {"GPX"};
        case FileFormat::database:
            return {"PostgreSQL"};
        case FileFormat::csv:
            break;
    }
    return {};
}

}  // namespace vereda::geo::io
