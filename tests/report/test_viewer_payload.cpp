/// What the page carries for its interactive part.
#include <libdeflate.h>

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "evidence/digest.hpp"
#include "report/json_text.hpp"
#include "report/packed_geometry.hpp"
#include "report/packed_text.hpp"
#include "report/page.hpp"
#include "report/tables.hpp"
#include "report/viewer_payload.hpp"
#include "tests/report/sample_results.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::report;
using nlohmann::json;

namespace {

std::string bytes_of_base64(const std::string& text) {
    const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        if (c == '=') break;
        const std::size_t value = letters.find(c);
        REQUIRE(value != std::string::npos);
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        if ((count += 6) < 8) continue;
        count -= 8;
        bytes += static_cast<char>((bits >> count) & 0xff);
    }
    return bytes;
}

std::string unpacked(const std::string& text) {
    const std::string packed = bytes_of_base64(text);
    std::string bytes(std::size_t{1} << 24, '\0');
    std::size_t size = 0;
    libdeflate_decompressor* decompressor = libdeflate_alloc_decompressor();
    const auto result =
        libdeflate_deflate_decompress(decompressor, packed.data(), packed.size(), bytes.data(), bytes.size(), &size);
    libdeflate_free_decompressor(decompressor);
    REQUIRE(result == LIBDEFLATE_SUCCESS);
    bytes.resize(size);
    return bytes;
}

/// Numbers of the stream, as the header's contract reads them.
std::vector<std::int64_t> numbers_of(const std::string& bytes) {
    std::vector<std::int64_t> numbers;
    std::int64_t value = 0;
    int shift = 0;
    for (const char c : bytes) {
        value |= std::int64_t{static_cast<unsigned char>(c) & 0x7f} << shift;
        shift += 7;
        if ((static_cast<unsigned char>(c) & 0x80) != 0) continue;
        numbers.push_back(value);
        value = 0;
        shift = 0;
    }
    return numbers;
}

std::vector<Catalogue> both() {
    return tests::sample_catalogues();
}

std::string page_with(const ViewerFiles* viewer) {
    std::ostringstream out;
    write_internal_page(out, tests::sample_results(), both(), "en", viewer);
    return std::move(out).str();
}

/// Content of every element of that name, with the start tag before it.
std::vector<std::pair<std::string, std::string>> elements(const std::string& html, const std::string& name) {
    std::vector<std::pair<std::string, std::string>> found;
    std::size_t at = 0;
    while ((at = html.find("<" + name, at)) != std::string::npos) {
        const std::size_t start = html.find('>', at) + 1;
        const std::size_t end = html.find("</" + name + ">", start);
        found.emplace_back(html.substr(at, start - at), html.substr(start, end - start));
        at = end;
    }
    return found;
}

}  // namespace

TEST_CASE("base64 is that of RFC 4648") {
    const std::map<std::string, std::string> vectors = {{"", ""},
                                                        {"f", "Zg=="},
                                                        {"fo", "Zm8="},
                                                        {"foo", "Zm9v"},
                                                        {"foob", "Zm9vYg=="},
                                                        {"fooba", "Zm9vYmE="},
                                                        {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
        const std::vector<std::uint8_t> raw(bytes.begin(), bytes.end());
        CHECK(base64(raw) == text);
    }
}

TEST_CASE("packed text unpacks to the same bytes") {
    std::string bytes = "vereda ";
    for (int i = 0; i < 12; ++i)
        bytes += bytes + std::string(1, static_cast<char>(i));
    CHECK(unpacked(packed_text(bytes)) == bytes);
    CHECK(packed_text(bytes).size() < bytes.size() / 10);
    CHECK(unpacked(packed_text("")).empty());
}

TEST_CASE("a packed polygon is counts and zigzag differences in steps, without the closing vertex") {
    PackedGeometry geometry({100, 200}, 0.5);
    geo::MultiPolygon square(1);
    square[0].outer = {{100, 200}, {100, 210}, {110, 210}, {110, 200}, {100, 200}};
    geometry.add(square);
    // One polygon of one ring of four vertices; steps of 0.5: (0,0) (0,20) (20,0) (0,-20).
    CHECK(numbers_of(geometry.bytes()) == std::vector<std::int64_t>{1, 1, 4, 0, 0, 0, 40, 40, 0, 0, 39});
    geometry.add(square);
    const auto again = numbers_of(geometry.bytes());
    CHECK(std::vector<std::int64_t>(again.begin() + 11, again.begin() + 16) ==
          std::vector<std::int64_t>{1, 1, 4, 39, 0});
}

TEST_CASE("rounding errors of packed vertices do not add up") {
    PackedGeometry geometry({0, 0}, 0.2);
    geo::MultiPolygon comb(1);
    for (int i = 0; i < 1000; ++i)
        comb[0].outer.push_back({i * 0.29, i % 2 == 0 ? 0.0 : 0.09});
    comb[0].outer.push_back(comb[0].outer.front());
    geometry.add(comb);
    const auto numbers = numbers_of(geometry.bytes());
    double x = 0;
    for (std::size_t i = 0; i < 1000; ++i) {
        const std::int64_t zigzag = numbers[3 + 2 * i];
        x += 0.2 * static_cast<double>(zigzag % 2 == 0 ? zigzag / 2 : -(zigzag + 1) / 2);
        REQUIRE(std::abs(x - static_cast<double>(i) * 0.29) <= 0.1 + 1e-9);
    }
}

TEST_CASE("JSON text parses to what was written, whatever the texts hold") {
    JsonText text;
    text.object().key("a").array().number(-3).real(0.1).real(std::nan("")).null().boolean(true).end_array();
    text.key("quote\"\\").text("</script>\"\\ \x01 ñ").key("o").object().end_object().end_object();
    const json parsed = json::parse(text.str());
    CHECK(parsed["a"] == json::parse("[-3, 0.1, null, null, true]"));
    CHECK(parsed["quote\"\\"] == "</script>\"\\ \uFFFD ñ");
    CHECK(parsed["o"].empty());
}

TEST_CASE("the payload holds every table with all its cells, in both languages") {
    const RunResults results = tests::sample_results();
    const json payload = json::parse(unpacked(viewer_payload(results, both()).text));
    for (std::size_t l = 0; l < 2; ++l) {
        const std::vector<Table> tables = tables_of(results, both()[l]);
        REQUIRE(payload["tables"].size() == tables.size());
        for (std::size_t t = 0; t < tables.size(); ++t) {
            const json& packed = payload["tables"][t];
            CHECK(packed["name"] == tables[t].declaration->name);
            REQUIRE(packed["rows"] == tables[t].rows.size());
            for (std::size_t c = 0; c < tables[t].declaration->columns.size(); ++c) {
                const json& values = packed["columns"][c]["values"];
                const json& own = values[std::min(l, values.size() - 1)];
                for (std::size_t r = 0; r < tables[t].rows.size(); ++r) {
                    const Column& column = tables[t].declaration->columns[c];
                    const std::string cell = cell_text(tables[t].rows[r][c], column);
                    INFO(tables[t].declaration->name << " " << column.name << " " << r);
                    if (own.contains("numbers")) {
                        if (cell.empty()) {
                            CHECK(own["numbers"][r].is_null());
                        } else {
                            CHECK(own["numbers"][r].get<double>() == std::stod(cell));
                        }
                    } else {
                        const int position = own["rows"][r].get<int>();
                        CHECK(
                            (position < 0 ? "" : own["texts"][static_cast<std::size_t>(position)].get<std::string>()) ==
                            json::parse(JsonText().text(cell).str()).get<std::string>());
                    }
                }
            }
        }
    }
}

TEST_CASE("the public payload holds no plot, household, event or free text, and regions alone on its map") {
    const RunResults results = tests::sample_results();
    const PublicEdition edition = public_edition(results, both().front());
    const json payload = json::parse(unpacked(viewer_payload(edition, both()).text));
    CHECK(payload["edition"] == "public");
    if (payload.contains("map")) {
        for (const auto& [key, value] : payload["map"].items()) {
            INFO(key);
            CHECK((key == "regions" || key == "extent" || key == "origin" || key == "step"));
        }
        for (const auto& [key, value] : payload["map"]["regions"].items()) {
            INFO(key);
            CHECK((key == "at" || key == "n" || key == "id" || key == "name" || key == "parent"));
        }
    }
    CHECK(payload["titles"].empty());
    for (const json& table : payload["tables"]) {
        const TableDeclaration& declared = declared_table(table["name"].get<std::string>());
        CHECK(declared.audience == Audience::public_safe);
        for (const json& column : table["columns"]) {
            const std::string name = column["name"];
            INFO(table["name"] << " " << name);
            CHECK(declared.columns[declared.position(name)].privacy == Privacy::open);
        }
    }
}

TEST_CASE("the policy names the hash of every script and style of the page, and of nothing else") {
    const ViewerFiles viewer{"document.title = 'x';", "body{color:red}"};
    for (const ViewerFiles* files : {static_cast<const ViewerFiles*>(nullptr), &viewer}) {
        const std::string html = page_with(files);
        const std::size_t start = html.find("default-src 'none'");
        const std::string policy = html.substr(start, html.find('"', start) - start);
        std::size_t hashes = 0;
        for (const char* name : {"script", "style"}) {
            for (const auto& [tag, content] : elements(html, name)) {
                if (tag.find("application/octet-stream") != std::string::npos) continue;
                ++hashes;
                INFO(tag << content.substr(0, 60));
                CHECK(policy.find("'sha256-" + base64(evidence::sha256(content)) + "'") != std::string::npos);
            }
        }
        CHECK(hashes == (files == nullptr ? 2 : 4));
        std::size_t named = 0;
        for (std::size_t at = 0; (at = policy.find("sha256-", at)) != std::string::npos; ++at)
            ++named;
        CHECK(named == hashes);
    }
}

TEST_CASE("the page carries the payload only with the viewer, and the same bytes each time") {
    const ViewerFiles viewer{"1;", ""};
    CHECK(page_with(nullptr).find("viewer-text") == std::string::npos);
    CHECK(page_with(&viewer).find("id=\"viewer-text\"") != std::string::npos);
    CHECK(page_with(&viewer) == page_with(&viewer));
}
