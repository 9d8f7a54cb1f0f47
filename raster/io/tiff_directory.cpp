#include "raster/io/tiff_directory.hpp"

#include <unistd.h>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace vereda::raster::io {

namespace {

bool read_at(int file, std::uint64_t offset, std::span<std::uint8_t> to) {
    return pread(file, to.data(), to.size(), static_cast<off_t>(offset)) == static_cast<ssize_t>(to.size());
}

std::uint64_t number(std::span<const std::uint8_t> bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i > 0; --i)
        value = value << 8 | bytes[i - 1];
    return value;
}

/// Sizes of classic TIFF and BigTIFF.
struct Dialect {
    std::size_t entries_size;
    std::size_t entry_size;
    std::size_t count_size;
};

std::uint32_t* field_of(TiffDirectory& directory, std::uint64_t tag) {
    switch (tag) {
        case 258:
            return &directory.bits_per_sample;
        case 259:
            return &directory.compression;
        case 266:
            return &directory.fill_order;
        case 277:
            return &directory.samples_per_pixel;
        case 278:
            return &directory.rows_per_strip;
        case 317:
            return &directory.predictor;
        case 322:
            return &directory.tile_width;
        case 323:
            return &directory.tile_height;
        default:
            return nullptr;
    }
}

}  // namespace

std::optional<TiffDirectory> read_tiff_directory(int file) {
    std::array<std::uint8_t, 16> header{};
    if (!read_at(file, 0, header) || header[0] != 'I' || header[1] != 'I') return std::nullopt;
    const std::span<const std::uint8_t> bytes(header);
    const std::uint64_t version = number(bytes.subspan(2, 2));
    if (version != 42 && version != 43) return std::nullopt;
    const Dialect dialect = version == 42 ? Dialect{2, 12, 4} : Dialect{8, 20, 8};
    const std::uint64_t start = version == 42 ? number(bytes.subspan(4, 4)) : number(bytes.subspan(8, 8));
    std::array<std::uint8_t, 8> count_bytes{};
    if (start > (std::uint64_t{1} << 62)) return std::nullopt;
    if (!read_at(file, start, std::span(count_bytes).first(dialect.entries_size))) return std::nullopt;
    const std::uint64_t count = number(count_bytes);
    constexpr std::uint64_t most_entries = 4096;
    if (count > most_entries) return std::nullopt;
    std::vector<std::uint8_t> entries(count * dialect.entry_size);
    if (!read_at(file, start + dialect.entries_size, entries)) return std::nullopt;
    TiffDirectory directory;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto entry = std::span<const std::uint8_t>(entries).subspan(i * dialect.entry_size, dialect.entry_size);
        std::uint32_t* field = field_of(directory, number(entry.first(2)));
        if (field == nullptr) continue;
        const std::uint64_t type = number(entry.subspan(2, 2));
        constexpr std::uint64_t two_bytes = 3;
        constexpr std::uint64_t four_bytes = 4;
        if ((type != two_bytes && type != four_bytes) || number(entry.subspan(4, dialect.count_size)) != 1)
            return std::nullopt;
        *field = static_cast<std::uint32_t>(number(entry.subspan(4 + dialect.count_size, type == two_bytes ? 2 : 4)));
    }
    return directory;
}

}  // namespace vereda::raster::io
