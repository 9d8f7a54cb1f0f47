#include "raster/io/predictor.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace vereda::raster::io {

namespace {

template <class T>
void sum_up(T* values, std::size_t count) {
    T sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        sum = static_cast<T>(sum + values[i]);
        values[i] = sum;
    }
}

#if defined(__SSE2__)

__m128i load(const std::uint8_t* from) {
    return _mm_loadu_si128(static_cast<const __m128i*>(static_cast<const void*>(from)));
}

void store(std::uint8_t* to, __m128i value) {
    _mm_storeu_si128(static_cast<__m128i*>(static_cast<void*>(to)), value);
}

/// Byte 15 in every place.
__m128i last_byte(__m128i value) {
    const __m128i twice = _mm_unpackhi_epi8(value, value);
    return _mm_shuffle_epi32(_mm_shufflehi_epi16(twice, 0xff), 0xff);
}

/// Sums of bytes, sixteen at a time: each step adds what lies 1, 2, 4, 8 places before.
void sum_up_bytes(std::uint8_t* bytes, std::size_t count) {
    __m128i before = _mm_setzero_si128();
    std::size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        __m128i sums = load(bytes + i);
        sums = _mm_add_epi8(sums, _mm_slli_si128(sums, 1));
        sums = _mm_add_epi8(sums, _mm_slli_si128(sums, 2));
        sums = _mm_add_epi8(sums, _mm_slli_si128(sums, 4));
        sums = _mm_add_epi8(sums, _mm_slli_si128(sums, 8));
        store(bytes + i, _mm_add_epi8(sums, before));
        before = _mm_add_epi8(before, last_byte(sums));
    }
    auto sum = static_cast<std::uint8_t>(_mm_cvtsi128_si32(before));
    for (; i < count; ++i) {
        sum = static_cast<std::uint8_t>(sum + bytes[i]);
        bytes[i] = sum;
    }
}

/// Four planes into numbers of four bytes; returns how many were done.
std::size_t join_four(const std::uint8_t* planes, std::uint8_t* row, std::size_t samples) {
    std::size_t i = 0;
    for (; i + 16 <= samples; i += 16) {
        const __m128i highest = load(planes + i);
        const __m128i high = load(planes + samples + i);
        const __m128i low = load(planes + 2 * samples + i);
        const __m128i lowest = load(planes + 3 * samples + i);
        const __m128i low_a = _mm_unpacklo_epi8(lowest, low);
        const __m128i low_b = _mm_unpackhi_epi8(lowest, low);
        const __m128i high_a = _mm_unpacklo_epi8(high, highest);
        const __m128i high_b = _mm_unpackhi_epi8(high, highest);
        store(row + 4 * i, _mm_unpacklo_epi16(low_a, high_a));
        store(row + 4 * i + 16, _mm_unpackhi_epi16(low_a, high_a));
        store(row + 4 * i + 32, _mm_unpacklo_epi16(low_b, high_b));
        store(row + 4 * i + 48, _mm_unpackhi_epi16(low_b, high_b));
    }
    return i;
}

#else

void sum_up_bytes(std::uint8_t* bytes, std::size_t count) {
    sum_up(bytes, count);
}

std::size_t join_four(const std::uint8_t*, std::uint8_t*, std::size_t) {
    return 0;
}

#endif

}  // namespace

void undo_differences(void* row, std::size_t samples, std::size_t size) {
    switch (size) {
        case 1:
            return sum_up_bytes(static_cast<std::uint8_t*>(row), samples);
        case 2:
            return sum_up(static_cast<std::uint16_t*>(row), samples);
        case 4:
            return sum_up(static_cast<std::uint32_t*>(row), samples);
        default:
            return sum_up(static_cast<std::uint64_t*>(row), samples);
    }
}

void undo_planes(std::uint8_t* planes, void* row, std::size_t samples, std::size_t size) {
    sum_up_bytes(planes, samples * size);
    auto* to = static_cast<std::uint8_t*>(row);
    for (std::size_t i = size == 4 ? join_four(planes, to, samples) : 0; i < samples; ++i) {
        for (std::size_t byte = 0; byte < size; ++byte)
            to[i * size + byte] = planes[(size - 1 - byte) * samples + i];
    }
}

}  // namespace vereda::raster::io
