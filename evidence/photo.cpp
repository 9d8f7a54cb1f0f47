#include "evidence/photo.hpp"

#include "geo/error.hpp"

namespace vereda::evidence {

using geo::operator""_msg;

namespace {

constexpr unsigned mark = 0xff;
constexpr unsigned start_of_image = 0xd8;
constexpr unsigned end_of_image = 0xd9;
constexpr unsigned start_of_scan = 0xda;
constexpr unsigned first_application = 0xe0;
constexpr unsigned adobe = 0xee;
constexpr unsigned last_application = 0xef;
constexpr unsigned comment = 0xfe;
constexpr unsigned first_restart = 0xd0;
constexpr unsigned last_restart = 0xd7;

[[noreturn]] void unreadable() {
    throw geo::Error(geo::ErrorKind::input, {"ledger.photo_unreadable"_msg, {}});
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
            const std::size_t size = (byte(place_) << 8) + byte(place_ + 1);
            if (size < 2 || place_ + size > bytes_.size()) unreadable();
            if (needed(kind)) {
                result += '\xff';
                result += static_cast<char>(kind);
                result += bytes_.substr(place_, size);
            }
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
    [[nodiscard]] static bool needed(unsigned kind) {
        if (kind == comment) return false;
        if (kind < first_application || kind > last_application) return true;
        return kind == first_application || kind == adobe;
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

bool is_jpeg(std::string_view bytes) {
    return bytes.starts_with("\xff\xd8\xff");
}

std::string without_metadata(std::string_view jpeg) {
    return Segments(jpeg).kept();
}

}  // namespace vereda::evidence
