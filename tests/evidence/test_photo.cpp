/// Photos as phones, cameras, editors and messengers write them, with a word that must not stay wherever they put
/// words.
#include "evidence/photo.hpp"

#include <array>
#include <fstream>

#include "geo/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/phone_photo.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;

namespace {

std::string segment(unsigned kind, const std::string& content) {
    const std::size_t size = content.size() + 2;
    return std::string{'\xff', static_cast<char>(kind), static_cast<char>(size >> 8), static_cast<char>(size & 0xff)} +
           content;
}

/// A photo and the places in which phones, editors and messengers put words into it.
struct Marked {
    std::string bare;    ///< what decoding needs
    std::string marked;  ///< the same picture with a canary in every other place
};

Marked marked_photo() {
    const std::string photo = tests::phone_photo({"SERIAL-CANARY", "OWNER-CANARY", "2007:11:09 08:15:00", 3.4, -77.1});
    const std::size_t exif_size =
        2 + static_cast<std::size_t>(static_cast<unsigned char>(photo[4])) * 256 + static_cast<unsigned char>(photo[5]);
    const std::string exif = photo.substr(2, exif_size);
    const std::string rest = photo.substr(2 + exif_size);
    const std::string jfif = segment(0xe0, std::string("JFIF\0\1\1\0\0\1\0\1\0\0", 14));
    const std::string preview = photo;  // a thumbnail is a photo with marks of its own
    const std::string marks =
        exif + segment(0xe1, std::string("http://ns.adobe.com/xap/1.0/\0", 29) + "<x:xmpmeta>XMP-CANARY</x:xmpmeta>") +
        segment(0xe1, std::string("Exif\0\0", 6) + "MAKERNOTE-CANARY" + preview) +
        segment(0xe2, std::string("MPF\0", 4) + "MPF-CANARY") + segment(0xed, "Photoshop 3.0 8BIM IPTC-CANARY") +
        segment(0xec, "Ducky-CANARY") + segment(0xfe, "COMMENT-CANARY");
    return {"\xff\xd8" + jfif + rest, "\xff\xd8" + jfif + marks + rest + "TRAILER-CANARY" + preview};
}

}  // namespace

namespace {

void add_number(std::string& bytes, std::size_t value, int count, bool high_byte_first) {
    for (int i = 0; i < count; ++i) {
        const int shift = 8 * (high_byte_first ? count - 1 - i : i);
        bytes += static_cast<char>(value >> shift & 0xff);
    }
}

struct Tag {
    std::size_t number;
    std::size_t type;  ///< 2 text, 3 short, 4 long, 7 bytes
    std::string value;
};

/// A directory of TIFF, values of more than four bytes behind it.
std::string directory(const std::vector<Tag>& tags, std::size_t begin, std::size_t next, bool high_byte_first) {
    std::string table;
    std::string behind;
    add_number(table, tags.size(), 2, high_byte_first);
    for (const Tag& tag : tags) {
        const std::size_t size = tag.type == 3 ? 2 : tag.type == 4 ? 4 : 1;
        add_number(table, tag.number, 2, high_byte_first);
        add_number(table, tag.type, 2, high_byte_first);
        add_number(table, tag.value.size() / size, 4, high_byte_first);
        if (tag.value.size() <= 4) {
            table += tag.value + std::string(4 - tag.value.size(), '\0');
        } else {
            add_number(table, begin + 2 + 12 * tags.size() + 4 + behind.size(), 4, high_byte_first);
            behind += tag.value + std::string(tag.value.size() % 2, '\0');
        }
    }
    add_number(table, next, 4, high_byte_first);
    return table + behind;
}

/// EXIF as a camera writes it: the device, its serial numbers, its owner, maker notes, the place, how the camera was
/// held, and a preview with marks of its own.
std::string camera_exif(unsigned orientation, bool high_byte_first) {
    const auto number = [&](std::size_t value, int bytes) {
        std::string text;
        add_number(text, value, bytes, high_byte_first);
        return text;
    };
    const auto text = [](std::size_t tag, const std::string& value) { return Tag{tag, 2, value + '\0'}; };
    const std::string preview =
        tests::phone_photo({"PREVIEW-CANARY", "PREVIEW-OWNER-CANARY", "2007:11:09 08:15:00", 3.4, -77.1});
    const std::vector<Tag> details{{0x927c, 7, "Nikon\0MAKERNOTE-CANARY with a lot of bytes behind it"},
                                   {0x9286, 7, std::string("ASCII\0\0\0USERCOMMENT-CANARY", 26)},
                                   text(0xa420, "UNIQUEID-CANARY-0123456789abcdef"),
                                   text(0xa430, "CAMERAOWNER-CANARY"),
                                   text(0xa431, "BODYSERIAL-CANARY"),
                                   text(0xa435, "LENSSERIAL-CANARY")};
    const std::vector<Tag> place{text(1, "N"), text(0x1b, "GPSMETHOD-CANARY"), text(0x1c, "GPSAREA-CANARY")};
    std::vector<Tag> first{text(0x010f, "MAKE-CANARY"),         text(0x0110, "MODEL-CANARY"),
                           {0x0112, 3, number(orientation, 2)}, text(0x0131, "SOFTWARE-CANARY"),
                           text(0x013b, "ARTIST-CANARY"),       text(0x8298, "COPYRIGHT-CANARY"),
                           {0x8769, 4, number(0, 4)},           {0x8825, 4, number(0, 4)}};
    constexpr std::size_t header = 8;
    const std::size_t details_at = header + directory(first, header, 0, high_byte_first).size();
    const std::size_t place_at = details_at + directory(details, details_at, 0, high_byte_first).size();
    const std::size_t second_at = place_at + directory(place, place_at, 0, high_byte_first).size();
    first[6].value = number(details_at, 4);
    first[7].value = number(place_at, 4);
    std::vector<Tag> second{{0x0201, 4, number(0, 4)}, {0x0202, 4, number(preview.size(), 4)}};
    const std::size_t preview_at = second_at + directory(second, second_at, 0, high_byte_first).size();
    second[0].value = number(preview_at, 4);
    std::string tiff = high_byte_first ? std::string("MM\0*", 4) : std::string("II*\0", 4);
    tiff += number(header, 4);
    tiff += directory(first, header, second_at, high_byte_first);
    tiff += directory(details, details_at, 0, high_byte_first);
    tiff += directory(place, place_at, 0, high_byte_first);
    tiff += directory(second, second_at, 0, high_byte_first);
    return std::string("Exif\0\0", 6) + tiff + preview;
}

/// The picture of a photo without anything else: from its tables on.
std::string coded_picture() {
    const std::string photo = tests::phone_photo({"", "", "2007:11:09 08:15:00", 3.4, -77.1});
    return photo.substr(4 + static_cast<std::size_t>(static_cast<unsigned char>(photo[4])) * 256 +
                        static_cast<unsigned char>(photo[5]));
}

std::string camera_photo(unsigned orientation, bool high_byte_first) {
    const std::string jfif_with_preview =
        std::string("JFIF\0\1\2\1\0\x48\0\x48\4\3", 14) + std::string("RGB-CANARY-OF-36-BYTES-CANARY-CANARY", 36);
    return "\xff\xd8" + segment(0xe0, jfif_with_preview) + segment(0xe0, std::string("JFXX\0\x10JFXX-CANARY", 17)) +
           segment(0xe1, camera_exif(orientation, high_byte_first)) +
           segment(0xe1, std::string("http://ns.adobe.com/xap/1.0/\0", 29) +
                             "<x:xmpmeta xmlns:x='adobe:ns:meta/'>XMP-CANARY exif:GPSLatitude 3,28.9N</x:xmpmeta>") +
           segment(0xe1, std::string("http://ns.adobe.com/xmp/extension/\0", 35) + "XMPEXTENSION-CANARY") +
           segment(0xe2, std::string("ICC_PROFILE\0\1\1", 14) + "PROFILE-CANARY") +
           segment(0xe2, std::string("MPF\0", 4) + "MPF-CANARY") + segment(0xe3, "Meta-CANARY") +
           segment(0xe4, "Samsung-CANARY") + segment(0xeb, "JUMBF-C2PA-CANARY") + segment(0xec, "Ducky-CANARY") +
           segment(0xed, std::string("Photoshop 3.0\0", 14) +
                             std::string("8BIM\4\4\0\0\0\0\0\x10\x1c\2\x50\0\x0bIPTC-CANARY", 28)) +
           segment(0xee, std::string("Adobe\0\x64\0\0\0\0\1", 12) + "ADOBE-CANARY") + segment(0xef, "APP15-CANARY") +
           segment(0xf5, "JPG5-CANARY") + segment(0xfe, "COMMENT-CANARY") + coded_picture() + "SEFT-TRAILER-CANARY" +
           std::string(
               "\0\0\0\x18"
               "ftypmp42MOTION-PHOTO-CANARY",
               31);
}

std::string png_chunk(const std::string& name, const std::string& content) {
    std::string bytes;
    add_number(bytes, content.size(), 4, true);
    bytes += name + content;
    std::uint32_t sum = 0xffffffff;  // CRC-32, ISO/IEC 15948 annex D
    for (const char c : name + content) {
        sum ^= static_cast<unsigned char>(c);
        for (int i = 0; i < 8; ++i)
            sum = (sum & 1) != 0 ? 0xedb88320 ^ (sum >> 1) : sum >> 1;
    }
    add_number(bytes, ~sum & 0xffffffff, 4, true);
    return bytes;
}

std::string png_photo(bool marked) {
    const auto extra = [&](const std::string& name, const std::string& content) {
        return marked ? png_chunk(name, content) : std::string();
    };
    // One grey pixel: a stored block of two bytes, and the sums of zlib.
    const std::string pixel("\x78\x01\x01\x02\0\xfd\xff\0\x80\0\x82\0\x81", 13);
    return std::string("\x89PNG\r\n\x1a\n", 8) + png_chunk("IHDR", std::string("\0\0\0\1\0\0\0\1\x08\0\0\0\0", 13)) +
           extra("eXIf", camera_exif(1, false).substr(6)) + extra("iCCP", std::string("PROFILE-CANARY\0\0x", 17)) +
           extra("tEXt", std::string("Author\0AUTHOR-CANARY", 20)) +
           extra("iTXt", std::string("XML:com.adobe.xmp\0\0\0\0\0XMP-CANARY", 32)) +
           extra("zTXt", std::string("Comment\0\0ZTXT-CANARY", 20)) +
           extra("tIME", std::string("\x07\xd7\x0b\x09\x08\x0f\0", 7)) + png_chunk("IDAT", pixel) +
           extra("prVt", "PRIVATE-CANARY") + png_chunk("IEND", "") + (marked ? "TRAILER-CANARY" : "");
}

std::string webp_chunk(const std::string& name, const std::string& content) {
    std::string bytes = name;
    add_number(bytes, content.size(), 4, false);
    return bytes + content + std::string(content.size() % 2, '\0');
}

std::string webp_photo(bool marked) {
    const std::string flags(1, marked ? '\x3c' : '\x10');  // alpha; with profile, EXIF and XMP
    std::string chunks = webp_chunk("VP8X", flags + std::string(9, '\0'));
    if (marked) chunks += webp_chunk("ICCP", "PROFILE-CANARY");
    chunks += webp_chunk("ALPH", "\1\2\3") + webp_chunk("VP8 ", "lossy frame");
    if (marked)
        chunks += webp_chunk("EXIF", camera_exif(1, true)) + webp_chunk("XMP ", "XMP-CANARY") +
                  webp_chunk("UNKN", "UNKNOWN-CANARY");
    std::string file = "RIFF";
    add_number(file, chunks.size() + 4, 4, false);
    return file + "WEBP" + chunks + (marked ? "TRAILER-CANARY" : "");
}

/// What an independent program reads out of a photo; empty where it is not installed.
std::string read_by_exiftool(const std::string& bytes, const char* name) {
    const tests::TemporaryFolder folder;
    const auto result =
        tests::run_program("/usr/bin/env", {"exiftool", "-a", "-G1", "-s", "-ee", "-u", folder.write(name, bytes)});
    return result.exit_code == 127 ? std::string() : result.out;
}

}  // namespace

TEST_CASE("of a photo's marks, previews, comments and trailers nothing stays, and of its picture everything") {
    const Marked photo = marked_photo();
    REQUIRE(photo.marked.find("CANARY") != std::string::npos);
    const std::string sealed = evidence::without_metadata(photo.marked);
    CHECK(sealed == photo.bare);
    CHECK(sealed.find("CANARY") == std::string::npos);
    CHECK(evidence::without_metadata(sealed) == sealed);
}

TEST_CASE("a photo cut off anywhere is refused, never half stripped") {
    const std::string bare = marked_photo().bare;
    for (std::size_t size = 0; size < bare.size(); ++size) {
        INFO(size);
        CHECK_THROWS_AS(evidence::without_metadata(bare.substr(0, size)), geo::Error);
    }
}

TEST_CASE("of all that a camera writes into a JPEG no byte stays but how it was held") {
    for (const bool high_byte_first : {false, true}) {
        for (const unsigned orientation : {1U, 6U}) {
            const std::string marked = camera_photo(orientation, high_byte_first);
            const std::string bare = evidence::without_metadata(marked);
            CHECK(bare.find("CANARY") == std::string::npos);
            CHECK(bare.ends_with(coded_picture()));
            // JFIF of 18 bytes, Adobe's mark of 16, and for a turned camera one EXIF entry of 36.
            CHECK(bare.size() == 2 + 18 + (orientation == 1 ? 0 : 36) + 16 + coded_picture().size());
            CHECK(evidence::without_metadata(bare) == bare);
            const std::string before = read_by_exiftool(marked, "before.jpg");
            if (before.empty()) {
                WARN("exiftool is not here: nothing else has read the photo");
                continue;
            }
            // It sees the marks that the test made, so they are where cameras put them.
            for (const char* mark : {"MODEL-CANARY", "BODYSERIAL-CANARY", "LENSSERIAL-CANARY", "CAMERAOWNER-CANARY",
                                     "UNIQUEID-CANARY", "GPSAREA-CANARY", "IPTC-CANARY", "COMMENT-CANARY"}) {
                INFO(mark << "\n" << before);
                CHECK(before.find(mark) != std::string::npos);
            }
            const std::string after = read_by_exiftool(bare, "after.jpg");
            INFO(after);
            for (const char* group :
                 {"[ExifIFD]", "[GPS]", "[IPTC]", "[XMP", "[IFD1]", "[ICC", "[MakerNotes]", "[Photoshop]"})
                CHECK(after.find(group) == std::string::npos);
            CHECK((after.find("Rotate 90 CW") != std::string::npos) == (orientation == 6));
        }
    }
}

TEST_CASE("PNG and WebP lose their marks and keep their picture") {
    for (const auto& [marked, bare] :
         {std::pair{png_photo(true), png_photo(false)}, {webp_photo(true), webp_photo(false)}}) {
        REQUIRE(marked.find("CANARY") != std::string::npos);
        const std::string sealed = evidence::without_metadata(marked);
        CHECK(sealed == bare);
        CHECK(evidence::without_metadata(bare) == bare);
        for (std::size_t size = 0; size < bare.size(); ++size) {
            INFO(size);
            CHECK_THROWS_AS(evidence::without_metadata(bare.substr(0, size)), geo::Error);
        }
    }
    CHECK(read_by_exiftool(png_photo(false), "one.png").find("Warning") == std::string::npos);
}

TEST_CASE("a photo whose marks cannot be taken out is refused by the name of its format") {
    const std::string ftyp(
        "\0\0\0\x18"
        "ftyp",
        8);
    for (const auto& [bytes, format] :
         std::vector<std::pair<std::string, std::string>>{{ftyp + "heic" + std::string(4, '\0') + "mif1heic", "HEIC"},
                                                          {ftyp + "avif" + std::string(4, '\0'), "HEIC"},
                                                          {std::string("II*\0\x08\0\0\0", 8), "TIFF"},
                                                          {std::string("MM\0*\0\0\0\x08", 8), "TIFF"}}) {
        try {
            static_cast<void>(evidence::without_metadata(bytes));
            FAIL("nothing was thrown");
        } catch (const geo::Error& error) {
            CHECK(error.kind() == geo::ErrorKind::input);
            CHECK(error.message().id.text() == "ledger.photo_format");
            CHECK(error.message().arguments.front().second == format);
        }
    }
    CHECK_FALSE(evidence::photo_format("%PDF-1.4"));
    CHECK_FALSE(evidence::photo_format(ftyp + "mp42"));
}
