#include "geo/io/shapefile_check.hpp"

#include <cctype>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "geo/error.hpp"
#include "geo/io/input_file.hpp"

namespace vereda::geo::io {

namespace {

constexpr std::uint64_t shp_header = 100;   // bytes; ESRI Shapefile Technical Description, 1998
constexpr std::uint64_t shx_record = 8;     // bytes
constexpr std::size_t dbf_header = 32;      // bytes; dBASE III
constexpr std::size_t dbf_descriptor = 32;  // bytes

struct Part {
    std::string path;
    std::uint64_t size = 0;
    std::string head;
};

Error refused(MessageId id, const Locus& locus, const std::string& part) {
    return Error(ErrorKind::input, {id, {{"part", std::filesystem::path(part).filename().string()}}}, locus);
}

Part part_of(const std::string& path, const char* ending, const Locus& locus) {
    std::filesystem::path name(path);
    name.replace_extension(ending);
    if (!exists(name.string())) {
        std::string upper(ending);
        for (char& c : upper)
            c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        name.replace_extension(upper);
    }
    if (!exists(name.string()))
        throw refused("shapefile.part_missing"_msg, locus,
                      std::filesystem::path(path).replace_extension(ending).string());
    InputFile file(name.string());
    Part part{name.string(), file.size(), std::string(std::size_t{1} << 16, '\0')};
    part.head.resize(file.read(part.head.data(), part.head.size()));
    return part;
}

std::uint32_t byte_at(const std::string& bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}
std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
    return byte_at(bytes, at) << 24 | byte_at(bytes, at + 1) << 16 | byte_at(bytes, at + 2) << 8 |
           byte_at(bytes, at + 3);
}
std::uint32_t little_endian(const std::string& bytes, std::size_t at) {
    return byte_at(bytes, at + 3) << 24 | byte_at(bytes, at + 2) << 16 | byte_at(bytes, at + 1) << 8 |
           byte_at(bytes, at);
}
std::uint32_t little_endian_16(const std::string& bytes, std::size_t at) {
    return byte_at(bytes, at + 1) << 8 | byte_at(bytes, at);
}

/// The header gives the length in 16-bit words.
void require_whole(const Part& part, const Locus& locus) {
    const std::uint64_t stated = 2 * std::uint64_t{big_endian(part.head, 24)};
    if (part.size < shp_header || part.size < stated) throw refused("shapefile.truncated"_msg, locus, part.path);
}

struct NumericField {
    std::string name;
    std::size_t offset = 0;
    std::size_t width = 0;
    long overflows = 0;
};

std::vector<NumericField> numeric_fields(const Part& dbf, std::size_t header_length) {
    std::vector<NumericField> fields;
    std::size_t offset = 1;  // after the deletion mark
    for (std::size_t at = dbf_header; at + dbf_descriptor <= header_length && byte_at(dbf.head, at) != 0x0D;
         at += dbf_descriptor) {
        const std::size_t width = byte_at(dbf.head, at + 16);
        const char type = static_cast<char>(byte_at(dbf.head, at + 11));
        if (type == 'N' || type == 'F') fields.push_back({dbf.head.substr(at, 11).c_str(), offset, width, 0});
        offset += width;
    }
    return fields;
}

void report_overflows(const Part& dbf, std::size_t header_length, std::size_t record_length, const Locus& locus,
                      Diagnostics& diagnostics) {
    std::vector<NumericField> fields = numeric_fields(dbf, header_length);
    if (fields.empty() || record_length == 0) return;
    InputFile file(dbf.path);
    std::string bytes(header_length, '\0');
    const auto fill = [&file](std::string& block) {
        std::size_t filled = 0;
        while (filled < block.size()) {
            const std::size_t count = file.read(block.data() + filled, block.size() - filled);
            if (count == 0) return false;
            filled += count;
        }
        return true;
    };
    if (!fill(bytes)) return;
    bytes.assign(record_length, '\0');
    while (fill(bytes)) {
        for (NumericField& field : fields) {
            if (byte_at(bytes, field.offset) == '*') ++field.overflows;
        }
    }
    for (const NumericField& field : fields) {
        if (field.overflows == 0) continue;
        Locus place = locus;
        place.field = field.name;
        diagnostics.add({Severity::warning,
                         {"shapefile.overflow"_msg, {{"count", std::to_string(field.overflows)}}},
                         place,
                         std::nullopt});
    }
}

}  // namespace

void check_shapefile(const std::string& path, const Locus& locus, Diagnostics& diagnostics) {
    const Part shp = part_of(path, ".shp", locus);
    const Part shx = part_of(path, ".shx", locus);
    const Part dbf = part_of(path, ".dbf", locus);
    require_whole(shp, locus);
    require_whole(shx, locus);
    const std::uint64_t shapes = (shx.size - shp_header) / shx_record;
    const std::uint64_t records = little_endian(dbf.head, 4);
    const std::size_t header_length = little_endian_16(dbf.head, 8);
    const std::size_t record_length = little_endian_16(dbf.head, 10);
    if (dbf.size < dbf_header || dbf.size < header_length + records * record_length) {
        throw refused("shapefile.truncated"_msg, locus, dbf.path);
    }
    if (shapes != records) {
        throw Error(
            ErrorKind::input,
            {"shapefile.counts_differ"_msg, {{"shapes", std::to_string(shapes)}, {"records", std::to_string(records)}}},
            locus);
    }
    report_overflows(dbf, header_length, record_length, locus, diagnostics);
}

}  // namespace vereda::geo::io
