#include "tests/support/phone_photo.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

namespace vereda::tests {

namespace {

void add16(std::string& bytes, unsigned value) {
    bytes += static_cast<char>(value & 0xff);
    bytes += static_cast<char>(value >> 8 & 0xff);
}

void add32(std::string& bytes, unsigned value) {
    add16(bytes, value & 0xffff);
    add16(bytes, value >> 16);
}

/// One tag of a TIFF directory; values longer than four bytes stand behind the directory.
struct Tag {
    unsigned number;
    unsigned type;  ///< 2 text, 4 number, 5 fraction
    unsigned count;
    std::string value;
};

std::string directory(const std::vector<Tag>& tags, std::size_t begin) {
    std::string table;
    std::string behind;
    add16(table, static_cast<unsigned>(tags.size()));
    const std::size_t after = begin + 2 + 12 * tags.size() + 4;
    for (const Tag& tag : tags) {
        add16(table, tag.number);
        add16(table, tag.type);
        add32(table, tag.count);
        if (tag.value.size() <= 4) {
            table += tag.value + std::string(4 - tag.value.size(), '\0');
        } else {
            add32(table, static_cast<unsigned>(after + behind.size()));
            behind += tag.value;
        }
    }
    add32(table, 0);
    return table + behind;
}

Tag text(unsigned number, const std::string& value) {
    return {number, 2, static_cast<unsigned>(value.size() + 1), value + '\0'};
}

std::string degrees(double value) {
    const double whole = std::floor(std::abs(value));
    const double minutes = std::floor((std::abs(value) - whole) * 60);
    const double seconds = (std::abs(value) - whole - minutes / 60) * 3600;
    std::string bytes;
    for (const double part : {whole, minutes}) {
        add32(bytes, static_cast<unsigned>(part));
        add32(bytes, 1);
    }
    add32(bytes, static_cast<unsigned>(std::lround(seconds * 1000)));
    add32(bytes, 1000);
    return bytes;
}

std::string exif(const PhoneMarks& marks) {
    constexpr std::size_t header = 8;
    std::vector<Tag> tags{text(0x010f, marks.make),
                          text(0x0132, marks.moment),
                          text(0x013b, marks.artist),
                          {0x8825, 4, 1, std::string(4, '\0')}};
    const std::size_t gps = header + directory(tags, header).size();
    tags.back().value.clear();
    add32(tags.back().value, static_cast<unsigned>(gps));
    const std::vector<Tag> place{text(1, marks.latitude < 0 ? "S" : "N"),
                                 {2, 5, 3, degrees(marks.latitude)},
                                 text(3, marks.longitude < 0 ? "W" : "E"),
                                 {4, 5, 3, degrees(marks.longitude)}};
    std::string tiff("II*\0", 4);
    add32(tiff, header);
    return tiff + directory(tags, header) + directory(place, gps);
}

std::string segment(char kind, const std::string& content) {
    const std::size_t size = content.size() + 2;
    return std::string{'\xff', kind, static_cast<char>(size >> 8), static_cast<char>(size & 0xff)} + content;
}

}  // namespace

std::string phone_photo(const PhoneMarks& marks) {
    const std::string one_code = std::string(1, '\1') + std::string(15, '\0') + '\0';
    return std::string("\xff\xd8") + segment('\xe1', std::string("Exif\0\0", 6) + exif(marks)) +
           segment('\xdb', '\0' + std::string(64, '\1')) +
           segment('\xc0', std::string("\x08\0\x01\0\x01\x01\x01\x11\0", 9)) + segment('\xc4', '\0' + one_code) +
           segment('\xc4', '\x10' + one_code) + segment('\xda', std::string("\x01\x01\0\0\x3f\0", 6)) + "\x3f\xff\xd9";
}

}  // namespace vereda::tests
