#include "geo/io/geojson_check.hpp"

#include <charconv>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/error.hpp"
#include "geo/io/input_file.hpp"
#include "geo/io/text_decoding.hpp"

namespace vereda::geo::io {

namespace {

constexpr std::size_t deepest = 64;

/// "… at line 3, column 5: …" in nlohmann-json's words.
long line_in(std::string_view text) {
    constexpr std::string_view mark = "at line ";
    const std::size_t start = text.find(mark);
    long line = 0;
    if (start != std::string_view::npos) {
        std::from_chars(text.data() + start + mark.size(), text.data() + text.size(), line);
    }
    return line;
}

/// Listens to the parser; keeps the member names of the open objects only.
class Listener : public nlohmann::json_sax<nlohmann::json> {
  public:
    Listener(const Locus& locus, GeoJsonFacts& facts) : locus_(&locus), facts_(&facts) {}

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t value) override {
        if (value > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max())) refuse_integer();
        return true;
    }
    bool number_float(number_float_t, const string_t& text) override {
        if (text.find_first_of(".eE") == string_t::npos) refuse_integer();
        return true;
    }
    bool string(string_t& value) override {
        if (!in_crs()) return true;
        const std::string& member = levels_.back().current;
        if (member == "type" && value == "link") refuse_link();
        if (member == "href") refuse_link();
        if (member == "name") facts_->crs_name = value;
        return true;
    }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override {
        if (levels_.size() == 2 && levels_[1].array && levels_[0].current == "features") ++feature_;
        open(false);
        return true;
    }
    bool key(string_t& name) override {
        Level& level = levels_.back();
        if (!level.members.insert(name).second) {
            throw Error(ErrorKind::input, {"json.duplicate_member"_msg, {{"member", name}}}, place());
        }
        level.current = name;
        return true;
    }
    bool end_object() override {
        levels_.pop_back();
        return true;
    }
    bool start_array(std::size_t) override {
        open(true);
        return true;
    }
    bool end_array() override {
        levels_.pop_back();
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
        Locus malformed = *locus_;
        malformed.line = line_in(error.what());
        throw Error(ErrorKind::input, {"json.malformed"_msg, {}}, malformed);
    }

  private:
    struct Level {
        bool array = false;
        std::string current;
        std::set<std::string> members;
    };

    void open(bool array) {
        if (levels_.size() == deepest) {
            throw Error(ErrorKind::input, {"json.nested_too_deep"_msg, {{"limit", std::to_string(deepest)}}}, place());
        }
        levels_.push_back({array, {}, {}});
    }
    [[nodiscard]] bool in_crs() const {
        return levels_.size() >= 2 && !levels_.back().array && levels_.front().current == "crs";
    }
    [[nodiscard]] Locus place() const {
        Locus where = *locus_;
        if (feature_ > 0) where.feature = std::to_string(feature_);
        return where;
    }
    [[noreturn]] void refuse_link() const {
        throw Error(ErrorKind::policy, {"crs.reference"_msg, {{"text", "crs link"}}}, *locus_);
    }
    [[noreturn]] void refuse_integer() const {
        Locus where = place();
        if (!levels_.empty()) where.field = levels_.back().current;
        throw Error(ErrorKind::input, {"json.integer_too_large"_msg, {}}, where);
    }

    const Locus* locus_;
    GeoJsonFacts* facts_;
    std::vector<Level> levels_;
    long feature_ = 0;
};

GeoJsonFacts checked(std::istream& stream, const Locus& locus) {
    GeoJsonFacts facts;
    Listener listener(locus, facts);
    nlohmann::json::sax_parse(stream, &listener, nlohmann::json::input_format_t::json, true);
    return facts;
}

/// Checks block by block; a character cut by a block's end waits for the next one.
bool file_is_utf8(const std::string& path) {
    InputFile file(path);
    std::string block(std::size_t{1} << 20, '\0');
    std::string text;
    while (const std::size_t count = file.read(block.data(), block.size())) {
        text.append(block.data(), count);
        std::size_t whole = text.size();
        for (int back = 0; back < 4 && whole > 0 && (static_cast<unsigned char>(text[whole - 1]) & 0x80) != 0; ++back)
            --whole;
        if (!is_utf8(std::string_view(text).substr(0, whole))) return false;
        text.erase(0, whole);
        if (text.size() > 4) return false;
    }
    return is_utf8(text);
}

}  // namespace

GeoJsonFacts check_geojson(const std::string& path, const Locus& locus) {
    if (!file_is_utf8(path)) {
        GeoJsonFacts facts;
        facts.utf8 = false;
        return facts;
    }
    std::ifstream stream(path, std::ios::binary);
    return checked(stream, locus);
}

GeoJsonFacts check_geojson_text(const std::string& text, const Locus& locus) {
    std::istringstream stream(text);
    return checked(stream, locus);
}

}  // namespace vereda::geo::io
