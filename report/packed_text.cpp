#include "report/packed_text.hpp"

#include <libdeflate.h>

#include <memory>
#include <new>
#include <vector>

namespace vereda::report {

namespace {

constexpr int thorough = 9;

struct FreeCompressor {
    void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

}  // namespace

std::string base64(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t three = std::uint32_t{bytes[i]} << 16;
        if (i + 1 < bytes.size()) three |= std::uint32_t{bytes[i + 1]} << 8;
        if (i + 2 < bytes.size()) three |= bytes[i + 2];
        text += letters[three >> 18];
        text += letters[(three >> 12) & 63];
        text += i + 1 < bytes.size() ? letters[(three >> 6) & 63] : '=';
        text += i + 2 < bytes.size() ? letters[three & 63] : '=';
    }
    return text;
}

std::string packed_text(std::string_view bytes) {
    const std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(libdeflate_alloc_compressor(thorough));
    if (!compressor) throw std::bad_alloc();
    std::vector<std::uint8_t> packed(libdeflate_deflate_compress_bound(compressor.get(), bytes.size()));
    const std::size_t size =
        libdeflate_deflate_compress(compressor.get(), bytes.data(), bytes.size(), packed.data(), packed.size());
    return base64(std::span(packed).first(size));
}

}  // namespace vereda::report
