#include "raster/io/raster_format.hpp"

#include <cpl_vsi.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>

#include "geo/error.hpp"
#include "geo/io/gdal_handle.hpp"
#include "geo/io/input_file.hpp"

namespace vereda::raster::io {

using geo::operator""_msg;

namespace {

constexpr std::size_t head_size = 4096;

geo::Error refused(geo::ErrorKind kind, geo::MessageId id, const geo::io::SourcePath& source,
                   geo::MessageArguments arguments = {}) {
    geo::Locus locus;
    locus.file = source.shown;
    return geo::Error(kind, {id, std::move(arguments)}, locus);
}

std::string head_of(const geo::io::SourcePath& source) {
    std::string bytes(head_size, '\0');
    if (source.local) {
        geo::io::InputFile file(source.shown);
        bytes.resize(file.read(bytes.data(), bytes.size()));
        return bytes;
    }
    geo::io::start_gdal();
    const geo::io::GdalErrors errors;
    VSILFILE* file = VSIFOpenL(source.location.c_str(), "rb");
    if (file == nullptr) throw refused(geo::ErrorKind::input, "file.missing"_msg, source);
    bytes.resize(VSIFReadL(bytes.data(), 1, bytes.size(), file));
    VSIFCloseL(file);
    return bytes;
}

struct Signature {
    std::string_view bytes;
    std::string_view driver;
};

using namespace std::string_view_literals;

constexpr std::array<Signature, 11> signatures = {{{"II*\0"sv, "GTiff"},
                                                   {"MM\0*"sv, "GTiff"},
                                                   {"II+\0"sv, "GTiff"},
                                                   {"MM\0+"sv, "GTiff"},
                                                   {"\0\0\0\x0cjP  "sv, "JP2OpenJPEG"},
                                                   {"\xff\x4f\xff\x51"sv, "JP2OpenJPEG"},
                                                   {"CDF\x01"sv, "netCDF"},
                                                   {"CDF\x02"sv, "netCDF"},
                                                   {"CDF\x05"sv, "netCDF"},
                                                   {"\x89HDF\r\n\x1a\n"sv, "netCDF"},
                                                   {"\x89PNG\r\n\x1a\n"sv, "PNG"}}};

constexpr std::array<Signature, 3> openings = {{{"datasetheader", "ERS"}, {"ncols", "AAIGrid"}, {"nrows", "AAIGrid"}}};

constexpr std::array<Signature, 11> endings = {{{".tif", "GTiff"},
                                                {".tiff", "GTiff"},
                                                {".gtiff", "GTiff"},
                                                {".jp2", "JP2OpenJPEG"},
                                                {".j2k", "JP2OpenJPEG"},
                                                {".nc", "netCDF"},
                                                {".nc4", "netCDF"},
                                                {".ers", "ERS"},
                                                {".asc", "AAIGrid"},
                                                {".agr", "AAIGrid"},
                                                {".png", "PNG"}}};

std::string opening_text(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    while (!bytes.empty() && std::isspace(static_cast<unsigned char>(bytes.front())) != 0)
        bytes.remove_prefix(1);
    std::string text(bytes.substr(0, 64));
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::optional<std::string_view> content_driver(const geo::io::SourcePath& source, const std::string& bytes) {
    for (const Signature& signature : signatures) {
        if (bytes.starts_with(signature.bytes)) return signature.driver;
    }
    const std::string text = opening_text(bytes);
    if (text.starts_with('<')) throw refused(geo::ErrorKind::policy, "file.points_elsewhere"_msg, source);
    for (const Signature& opening : openings) {
        if (text.starts_with(opening.bytes)) return opening.driver;
    }
    return std::nullopt;
}

}  // namespace

std::string driver_of(const geo::io::SourcePath& source) {
    const std::string bytes = head_of(source);
    if (bytes.empty()) throw refused(geo::ErrorKind::input, "file.empty"_msg, source);
    const std::optional<std::string_view> content = content_driver(source, bytes);
    const std::string ending = geo::io::ending_of(source.shown);
    const auto* const named = std::ranges::find(endings, ending, &Signature::bytes);
    if (named != endings.end() && content != named->driver) {
        throw refused(geo::ErrorKind::input, "file.other_format"_msg, source, {{"ending", ending}});
    }
    if (!content) throw refused(geo::ErrorKind::input, "raster.unknown_format"_msg, source);
    return std::string(*content);
}

}  // namespace vereda::raster::io
