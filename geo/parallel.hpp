/// Ordered parallel loops: any number of threads, one result.
///
/// Work is cut into items that do not depend on the number of threads; results are handed on in item order. Exceptions
/// of any item stop the loop; the one with the lowest item number is rethrown, so errors do not depend on threads
/// either.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "geo/progress.hpp"

namespace vereda::geo {

struct Parallelism {
    int jobs = 0;  ///< 0: all cores
};

/// Calls work(i) for i in [0, count) on up to `jobs` threads, in no particular order.
void parallel_for(std::size_t count, Parallelism parallelism, const std::function<void(std::size_t)>& work,
                  Progress* progress = nullptr);

/// Computes produce(i) in parallel and calls consume(i, result) in order of i, one at a time. At most `in_flight`
/// results wait (0: four per thread), so memory stays bounded when one item is slow.
template <class Result>
void parallel_ordered(std::size_t count, Parallelism parallelism, const std::function<Result(std::size_t)>& produce,
                      const std::function<void(std::size_t, Result&&)>& consume, Progress* progress = nullptr,
                      std::size_t in_flight = 0);

namespace detail {
/// The loop itself, without the results' type: produce(i, slot) then consume(i, slot), slot < slots.
void ordered_loop(std::size_t count, Parallelism parallelism, std::size_t slots,
                  const std::function<void(std::size_t, std::size_t)>& produce,
                  const std::function<void(std::size_t, std::size_t)>& consume, Progress* progress);
[[nodiscard]] std::size_t default_slots(Parallelism parallelism);
}  // namespace detail

template <class Result>
void parallel_ordered(std::size_t count, Parallelism parallelism, const std::function<Result(std::size_t)>& produce,
                      const std::function<void(std::size_t, Result&&)>& consume, Progress* progress,
                      std::size_t in_flight) {
    const std::size_t slots = in_flight == 0 ? detail::default_slots(parallelism) : in_flight;
    std::vector<std::optional<Result>> results(slots);
    detail::ordered_loop(
        count, parallelism, slots, [&](std::size_t i, std::size_t slot) { results[slot].emplace(produce(i)); },
        [&](std::size_t i, std::size_t slot) {
            consume(i, std::move(*results[slot]));
            results[slot].reset();
        },
        progress);
}

}  // namespace vereda::geo
