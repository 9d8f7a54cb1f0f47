#include "evidence/jpeg_segments.hpp"

#include "geo/error.hpp"

namespace vereda::evidence {

using geo::operator""_msg;

namespace {

constexpr unsigned mark = 0xff;
constexpr unsigned start_of_image = 0xd8;
constexpr unsigned end_of_image = 0xd9;
constexpr unsigned start_of_scan = 0xda;
constexpr unsigned temporary = 0x01;
constexpr unsigned first_restart = 0xd0;
constexpr unsigned last_restart = 0xd7;
constexpr unsigned jfif = 0xe0;
constexpr unsigned exif = 0xe1;
constexpr unsigned adobe = 0xee;
constexpr std::string_view jfif_name("JFIF\0", 5);
constexpr std::string_view exif_name("Exif\0\0", 6);
constexpr std::string_view adobe_name("Adobe");

[[noreturn]] void unreadable() {
    throw geo::Error(geo::ErrorKind::input, {"ledger.photo_unreadable"_msg, {}});
}

std::string segment(unsigned kind, std::string_view content) {
    const std::size_t size = content.size() + 2;
    std::string bytes{'\xff', static_cast<char>(kind), static_cast<char>(size >> 8), static_cast<char>(size & 0xff)};
    return bytes.append(content);
}

/// Frames, tables, scans: what the coded picture is made of.
bool codes_picture(unsigned kind) {
    constexpr unsigned reserved_for_extensions = 0xc8;
    const bool frame_or_table = kind >= 0xc0 && kind <= 0xcf && kind != reserved_for_extensions;
    return frame_or_table || (kind >= start_of_scan && kind <= 0xdf);
}

/// The orientation in the first directory of an EXIF segment's TIFF (tag 0x0112); 1, upright, where it says none.
unsigned orientation_in(std::string_view tiff) {
    const bool low_byte_first = tiff.starts_with("II");
    const auto number = [&](std::size_t place, std::size_t bytes) {
        std::size_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i)
            value = value << 8 | static_cast<unsigned char>(tiff[place + (low_byte_first ? bytes - 1 - i : i)]);
        return value;
    };
    if (tiff.size() < 8) return 1;
    const std::size_t directory = number(4, 4);
    if (directory + 2 > tiff.size()) return 1;
    const std::size_t entries = number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + 12 * i;
        if (entry + 12 > tiff.size()) return 1;
        if (number(entry, 2) == 0x0112) return static_cast<unsigned>(number(entry + 8, 2));
    }
    return 1;
}

/// An EXIF segment that says how the camera was held and nothing else.
std::string orientation_segment(unsigned orientation) {
    std::string tiff("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 18);
    tiff += static_cast<char>(orientation);
    return segment(exif, std::string(exif_name) + tiff + std::string(7, '\0'));
}

class Segments {
  public:
    explicit Segments(std::string_view bytes) : bytes_(bytes) {}

    [[nodiscard]] std::string kept() {
        if (byte(0) != mark || byte(1) != start_of_image) unreadable();
        std::string result(bytes_.substr(0, 2));
        place_ = 2;
        while (true) {
            const unsigned kind = marker();
            if (kind == end_of_image) return result + std::string{'\xff', '\xd9'};
            if (kind == temporary || (kind >= first_restart && kind <= last_restart)) continue;
            const std::size_t size = (byte(place_) << 8) + byte(place_ + 1);
            if (size < 2 || place_ + size > bytes_.size()) unreadable();
            result += kept_of(kind, bytes_.substr(place_ + 2, size - 2));
            place_ += size;
            if (kind == start_of_scan) result += scan();
        }
    }

  private:
    [[nodiscard]] unsigned byte(std::size_t place) const {
        if (place >= bytes_.size()) unreadable();
        return static_cast<unsigned char>(bytes_[place]);
    }
    unsigned marker() {
        if (byte(place_) != mark) unreadable();
        while (byte(place_) == mark)
            ++place_;
        return byte(place_++);
    }
    [[nodiscard]] static std::string kept_of(unsigned kind, std::string_view content) {
        constexpr std::size_t jfif_size = 14;
        constexpr std::size_t adobe_size = 12;
        if (codes_picture(kind)) return segment(kind, content);
        if (kind == jfif && content.starts_with(jfif_name) && content.size() >= jfif_size)
            return segment(kind, std::string(content.substr(0, jfif_size - 2)) + std::string(2, '\0'));
        if (kind == adobe && content.starts_with(adobe_name) && content.size() >= adobe_size)
            return segment(kind, content.substr(0, adobe_size));
        if (kind == exif && content.starts_with(exif_name)) {
            const unsigned orientation = orientation_in(content.substr(exif_name.size()));
            if (orientation > 1 && orientation <= 8) return orientation_segment(orientation);
        }
        return {};
    }
    /// Entropy-coded data up to the next marker that is not part of it.
    std::string scan() {
        const std::size_t begin = place_;
        while (true) {
            if (byte(place_) != mark) {
                ++place_;
                continue;
            }
            const unsigned next = byte(place_ + 1);
            if (next != 0 && !(next >= first_restart && next <= last_restart)) break;
            place_ += 2;
        }
        return std::string(bytes_.substr(begin, place_ - begin));
    }

    std::string_view bytes_;
    std::size_t place_ = 0;
};

}  // namespace

std::string bare_jpeg(std::string_view jpeg) {
    return Segments(jpeg).kept();
}

}  // namespace vereda::evidence
