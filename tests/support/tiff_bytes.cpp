#include "tests/support/tiff_bytes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace vereda::tests {
namespace {

template <class T>
void put(std::string& bytes, T value) {
    char raw[sizeof(T)];
    std::memcpy(raw, &value, sizeof(T));
    bytes.append(raw, sizeof(T));
}

enum Type : std::uint16_t { ascii = 2, short_integer = 3, long_integer = 4, real = 12 };

struct Entry {
    std::uint16_t tag;
    std::uint16_t type;
    std::uint32_t count;
    std::string value;
};

template <class T>
Entry entry(std::uint16_t tag, Type type, const std::vector<T>& values) {
    Entry result{tag, type, static_cast<std::uint32_t>(values.size()), {}};
    for (const T value : values)
        put(result.value, value);
    return result;
}

Entry text_entry(std::uint16_t tag, const std::string& text) {
    return {tag, ascii, static_cast<std::uint32_t>(text.size() + 1), text + '\0'};
}

void add_georeference(const TiffSpec& spec, std::vector<Entry>& entries) {
    if (spec.georeferenced && spec.cell_height > 0) {
        entries.push_back(entry<double>(33550, real, {spec.cell_width, spec.cell_height, 0}));
        entries.push_back(entry<double>(33922, real, {0, 0, 0, spec.left, spec.top, 0}));
    } else if (spec.georeferenced) {
        entries.push_back(entry<double>(
            34264, real,
            {spec.cell_width, 0, 0, spec.left, 0, -spec.cell_height, 0, spec.top, 0, 0, 0, 0, 0, 0, 0, 1}));
    }
    if (spec.epsg) {
        const auto code = static_cast<std::uint16_t>(*spec.epsg);
        const std::uint16_t model = spec.geographic ? 2 : 1;
        const std::uint16_t key = spec.geographic ? 2048 : 3072;
        entries.push_back(entry<std::uint16_t>(34735, short_integer,
                                               {1, 1, 0, 3, 1024, 0, 1, model, 1025, 0, 1, 1, key, 0, 1, code}));
    }
}

}  // namespace

std::string tiff_bytes(const TiffSpec& spec) {
    std::string bytes = "II";
    put<std::uint16_t>(bytes, 42);
    put<std::uint32_t>(bytes, 0);
    std::vector<std::uint32_t> offsets;
    std::vector<std::uint32_t> counts;
    for (int row = 0; row < spec.height; row += spec.rows_per_strip) {
        offsets.push_back(static_cast<std::uint32_t>(bytes.size()));
        const int rows = std::min(spec.rows_per_strip, spec.height - row);
        for (int i = row * spec.width; i < (row + rows) * spec.width; ++i) {
            const double cell = spec.cells[static_cast<std::size_t>(i)];
            if (spec.floating)
                put(bytes, static_cast<float>(cell));
            else
                put(bytes, static_cast<std::uint8_t>(cell));
        }
        counts.push_back(static_cast<std::uint32_t>(bytes.size()) - offsets.back());
    }
    std::vector<Entry> entries = {
        entry<std::uint32_t>(256, long_integer, {static_cast<std::uint32_t>(spec.width)}),
        entry<std::uint32_t>(257, long_integer, {static_cast<std::uint32_t>(spec.height)}),
        entry<std::uint16_t>(258, short_integer, {static_cast<std::uint16_t>(spec.floating ? 32 : 8)}),
        entry<std::uint16_t>(259, short_integer, {1}),
        entry<std::uint16_t>(262, short_integer, {1}),
        entry<std::uint32_t>(273, long_integer, offsets),
        entry<std::uint16_t>(277, short_integer, {1}),
        entry<std::uint32_t>(278, long_integer, {static_cast<std::uint32_t>(spec.rows_per_strip)}),
        entry<std::uint32_t>(279, long_integer, counts),
        entry<std::uint16_t>(339, short_integer, {static_cast<std::uint16_t>(spec.floating ? 3 : 1)})};
    add_georeference(spec, entries);
    if (spec.scale)
        entries.push_back(text_entry(
            42112, fmt::format("<GDALMetadata><Item name=\"OFFSET\" sample=\"0\" role=\"offset\">{}</Item><Item "
                               "name=\"SCALE\" sample=\"0\" role=\"scale\">{}</Item></GDALMetadata>",
                               spec.offset, *spec.scale)));
    if (!spec.nodata.empty()) entries.push_back(text_entry(42113, spec.nodata));
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.tag < b.tag; });

    for (Entry& e : entries) {
        if (e.value.size() <= 4) continue;
        if (bytes.size() % 2 == 1) bytes += '\0';
        const auto offset = static_cast<std::uint32_t>(bytes.size());
        bytes += e.value;
        e.value.clear();
        put(e.value, offset);
    }
    if (bytes.size() % 2 == 1) bytes += '\0';
    const auto directory = static_cast<std::uint32_t>(bytes.size());
    std::memcpy(bytes.data() + 4, &directory, sizeof directory);
    put(bytes, static_cast<std::uint16_t>(entries.size()));
    for (const Entry& e : entries) {
        put(bytes, e.tag);
        put(bytes, e.type);
        put(bytes, e.count);
        std::string value = e.value;
        value.resize(4, '\0');
        bytes += value;
    }
    put<std::uint32_t>(bytes, 0);
    return bytes;
}

}  // namespace vereda::tests
