/// Arrays of many megabytes, made at the speed of all cores. Nothing but speed depends on how.
#pragma once

#include <cstddef>
#include <vector>

#include "geo/parallel.hpp"

namespace vereda::raster {

enum class ArrayUse {
    in_order,
    scattered,  ///< on large pages where the system has them: fewer misses when visited out of order
};

namespace detail {
/// Makes memory that nobody has touched yet ready, on several threads.
void make_ready(void* begin, std::size_t bytes, ArrayUse use, geo::Parallelism parallelism);
}  // namespace detail

/// As std::vector<T>(size, fill).
template <class T>
[[nodiscard]] std::vector<T> large_array(std::size_t size, const T& fill, ArrayUse use,
                                         geo::Parallelism parallelism = {}) {
    std::vector<T> values;
    values.reserve(size);
    detail::make_ready(values.data(), size * sizeof(T), use, parallelism);
    values.resize(size, fill);
    return values;
}

}  // namespace vereda::raster
