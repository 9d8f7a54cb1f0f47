#include "evidence/photo.hpp"
#include "geo/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/phone_photo.hpp"

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
