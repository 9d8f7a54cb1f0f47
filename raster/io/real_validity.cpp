#include "raster/io/real_validity.hpp"

#include <cstddef>
#include <limits>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace vereda::raster::io {

namespace {

template <class T>
RealValidity mask_one_by_one(std::span<const T> values, std::optional<T> nodata, std::span<std::uint8_t> mask) {
    const T never = nodata.value_or(std::numeric_limits<T>::quiet_NaN());
    RealValidity result;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const T value = values[i];
        const bool finite = value - value == 0;
        result.all_finite = result.all_finite && finite;
        mask[i] = static_cast<std::uint8_t>(mask[i] & (finite && !(value == never) ? 1 : 0));
        result.valid += mask[i];
    }
    return result;
}

}  // namespace

RealValidity mask_unusable(std::span<const double> values, std::optional<double> nodata, std::span<std::uint8_t> mask) {
    return mask_one_by_one(values, nodata, mask);
}

RealValidity mask_unusable(std::span<const float> values, std::optional<float> nodata, std::span<std::uint8_t> mask) {
    std::size_t i = 0;
    RealValidity result;
#if defined(__SSE2__)
    const __m128 never = _mm_set1_ps(nodata.value_or(std::numeric_limits<float>::quiet_NaN()));
    const __m128i one = _mm_set1_epi8(1);
    __m128i all_finite = _mm_set1_epi8(-1);
    __m128i valid = _mm_setzero_si128();
    for (; i + 16 <= values.size(); i += 16) {
        __m128i usable[4];
        for (std::size_t part = 0; part < 4; ++part) {
            const __m128 value = _mm_loadu_ps(values.data() + i + 4 * part);
            const __m128 finite = _mm_cmpeq_ps(_mm_sub_ps(value, value), _mm_setzero_ps());
            all_finite = _mm_and_si128(all_finite, _mm_castps_si128(finite));
            usable[part] = _mm_castps_si128(_mm_and_ps(finite, _mm_cmpneq_ps(value, never)));
        }
        const __m128i bytes =
            _mm_packs_epi16(_mm_packs_epi32(usable[0], usable[1]), _mm_packs_epi32(usable[2], usable[3]));
        auto* place = static_cast<__m128i*>(static_cast<void*>(mask.data() + i));
        const __m128i kept = _mm_and_si128(_mm_and_si128(_mm_loadu_si128(place), bytes), one);
        _mm_storeu_si128(place, kept);
        valid = _mm_add_epi64(valid, _mm_sad_epu8(kept, _mm_setzero_si128()));
    }
    result.valid = _mm_cvtsi128_si64(valid) + _mm_cvtsi128_si64(_mm_unpackhi_epi64(valid, valid));
    result.all_finite = _mm_movemask_epi8(all_finite) == 0xffff;
#endif
    const RealValidity rest = mask_one_by_one(values.subspan(i), nodata, mask.subspan(i));
    return {result.valid + rest.valid, result.all_finite && rest.all_finite};
}

}  // namespace vereda::raster::io
