#include "evidence/photo.hpp"

#include <algorithm>
#include <array>

#include "evidence/jpeg_segments.hpp"
#include "geo/error.hpp"

namespace vereda::evidence {

using geo::operator""_msg;

namespace {

constexpr std::string_view png_signature("\x89PNG\r\n\x1a\n", 8);

[[noreturn]] void unreadable() {
    throw geo::Error(geo::ErrorKind::input, {"ledger.photo_unreadable"_msg, {}});
}

std::uint32_t number_at(std::string_view bytes, std::size_t place, bool low_byte_first) {
    if (place + 4 > bytes.size()) unreadable();
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[place + (low_byte_first ? 3 - i : i)]);
    return value;
}

std::string number_bytes(std::uint32_t value) {
    std::string bytes;
    for (int i = 0; i < 4; ++i)
        bytes += static_cast<char>(value >> (8 * i) & 0xff);
    return bytes;
}

struct PngChunk {
    std::string_view name;
    std::size_t largest;  ///< bytes that it can have
};
constexpr std::array<PngChunk, 5> needed_of_png{
    {{"IHDR", 13}, {"PLTE", 768}, {"tRNS", 256}, {"IDAT", 0x7fffffff}, {"IEND", 0}}};

std::string bare_png(std::string_view bytes) {
    constexpr std::size_t around = 12;  // length, name and checksum of a chunk
    std::string result(png_signature);
    std::size_t place = png_signature.size();
    while (true) {
        const std::size_t size = number_at(bytes, place, false);
        if (size > bytes.size() || place + around > bytes.size() - size) unreadable();
        const std::string_view name = bytes.substr(place + 4, 4);
        const auto needed = std::ranges::find(needed_of_png, name, &PngChunk::name);
        if (needed != needed_of_png.end()) {
            if (size > needed->largest) unreadable();
            result += bytes.substr(place, size + around);
        }
        if (name == "IEND") return result;
        place += size + around;
    }
}

std::string bare_webp(std::string_view bytes) {
    constexpr std::array<std::string_view, 6> needed{"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"};
    constexpr char frames_and_alpha = 0x12;  // of VP8X's flags: neither profile, EXIF nor XMP
    constexpr std::size_t header = 12;
    const std::size_t end = std::size_t{8} + number_at(bytes, 4, true);
    if (end > bytes.size() || end < header) unreadable();
    std::string chunks;
    for (std::size_t place = header; place < end;) {
        const std::size_t size = number_at(bytes, place + 4, true);
        const std::size_t padded = size + size % 2;
        if (size > end || place + 8 > end - size) unreadable();
        const std::string_view name = bytes.substr(place, 4);
        if (std::ranges::find(needed, name) != needed.end()) {
            std::string chunk(bytes.substr(place, 8 + size));
            chunk.resize(8 + padded, '\0');
            if (name == "VP8X" && size > 0) chunk[8] = static_cast<char>(chunk[8] & frames_and_alpha);
            chunks += chunk;
        }
        place += 8 + padded;
    }
    return "RIFF" + number_bytes(static_cast<std::uint32_t>(chunks.size() + 4)) + "WEBP" + chunks;
}

}  // namespace

std::string_view name_of(PhotoFormat format) {
    constexpr std::array<std::string_view, 5> names{"JPEG", "PNG", "WebP", "HEIC", "TIFF"};
    return names.at(static_cast<std::size_t>(format));
}

std::string_view media_type_of(PhotoFormat format) {
    constexpr std::array<std::string_view, 5> types{"image/jpeg", "image/png", "image/webp", "", ""};
    return types.at(static_cast<std::size_t>(format));
}

std::optional<PhotoFormat> photo_format(std::string_view bytes) {
    if (bytes.starts_with("\xff\xd8\xff")) return PhotoFormat::jpeg;
    if (bytes.starts_with(png_signature)) return PhotoFormat::png;
    if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return PhotoFormat::webp;
    if (bytes.starts_with(std::string_view("II*\0", 4)) || bytes.starts_with(std::string_view("MM\0*", 4)))
        return PhotoFormat::tiff;
    constexpr std::array<std::string_view, 8> pictures{"heic", "heix", "heim", "heis", "mif1", "msf1", "avif", "avis"};
    if (bytes.size() >= 12 && bytes.substr(4, 4) == "ftyp" &&
        std::ranges::find(pictures, bytes.substr(8, 4)) != pictures.end())
        return PhotoFormat::heif;
    return std::nullopt;
}

std::string without_metadata(std::string_view photo) {
    const auto format = photo_format(photo);
    if (!format) unreadable();
    switch (*format) {
        case PhotoFormat::jpeg:
            return bare_jpeg(photo);
        case PhotoFormat::png:
            return bare_png(photo);
        case PhotoFormat::webp:
            return bare_webp(photo);
        case PhotoFormat::heif:
        case PhotoFormat::tiff:
            break;
    }
    throw geo::Error(geo::ErrorKind::input, {"ledger.photo_format"_msg, {{"format", std::string(name_of(*format))}}});
}

}  // namespace vereda::evidence
