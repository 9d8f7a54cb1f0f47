#include "raster/large_array.hpp"

#include <algorithm>
#include <cstdint>

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

namespace vereda::raster::detail {

// Advice that a system refuses changes nothing: pages then come one by one, as they are first written.
void make_ready([[maybe_unused]] void* begin, [[maybe_unused]] std::size_t bytes, [[maybe_unused]] ArrayUse use,
                [[maybe_unused]] geo::Parallelism parallelism) {
#if defined(MADV_HUGEPAGE) && defined(MADV_POPULATE_WRITE)
    constexpr std::size_t large_page = std::size_t{1} << 21;
    if (bytes < 8 * large_page) return;
    const auto address = reinterpret_cast<std::uintptr_t>(begin);
    const std::uintptr_t first = (address + large_page - 1) / large_page * large_page;
    const std::size_t pages = (address + bytes) / large_page - first / large_page;
    const auto advise = [&](std::size_t from, std::size_t count, int advice) {
        static_cast<void>(::madvise(reinterpret_cast<void*>(first + from * large_page), count * large_page, advice));
    };
    if (use == ArrayUse::scattered) advise(0, pages, MADV_HUGEPAGE);
    constexpr std::size_t at_once = 8;
    geo::parallel_for((pages + at_once - 1) / at_once, parallelism, [&](std::size_t i) {
        advise(i * at_once, std::min(at_once, pages - i * at_once), MADV_POPULATE_WRITE);
    });
#endif
}

}  // namespace vereda::raster::detail
