#include "geo/parallel.hpp"

#include <atomic>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/support/catch.hpp"

using namespace vereda;

namespace {

/// Work whose cost differs from item to item, so that threads overtake each other.
double uneven(std::size_t i) {
    double sum = 0;
    for (std::size_t k = 0; k < (i * 7919) % 5000; ++k)
        sum += std::sin(static_cast<double>(k + i));
    return sum;
}

std::vector<double> in_order(int jobs, std::size_t in_flight) {
    std::vector<double> results;
    double running = 0;
    geo::parallel_ordered<double>(
        500, {jobs}, [](std::size_t i) { return uneven(i); },
        [&](std::size_t i, double&& value) {
            CHECK(i == results.size());
            running += value;  // floating-point sums depend on order: the order must not depend on threads
            results.push_back(running);
        },
        nullptr, in_flight);
    return results;
}

/// Number of the item that failed, as the loop reports it.
template <class Loop>
std::string failure(const Loop& loop) {
    try {
        loop();
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "none";
}

}  // namespace

TEST_CASE("one thread and eight give the same results in the same order") {
    const std::vector<double> one = in_order(1, 0);
    CHECK(one.size() == 500);
    for (const int jobs : {2, 8}) {
        for (const std::size_t in_flight : {std::size_t{0}, std::size_t{1}, std::size_t{3}})
            CHECK(in_order(jobs, in_flight) == one);
    }
}

TEST_CASE("the failure of the lowest item wins, whatever the number of threads") {
    for (const int jobs : {1, 2, 8}) {
        for (int repeat = 0; repeat < 20; ++repeat) {
            const auto fail = [](std::size_t i) {
                if (i == 37 || i == 38 || i == 200) {
                    if (i == 37) std::this_thread::sleep_for(std::chrono::milliseconds(1));
                    throw std::runtime_error(std::to_string(i));
                }
            };
            CHECK(failure([&] { geo::parallel_for(300, {jobs}, fail); }) == "37");
            std::vector<std::size_t> consumed;
            CHECK(failure([&] {
                      geo::parallel_ordered<int>(
                          300, {jobs},
                          [&](std::size_t i) {
                              fail(i);
                              return 0;
                          },
                          [&](std::size_t i, int&&) { consumed.push_back(i); });
                  }) == "37");
            REQUIRE(consumed.size() == 37);  // all that came before the failure was handed on
            CHECK(consumed.back() == 36);
        }
    }
}

TEST_CASE("a failing consumer stops the loop") {
    for (const int jobs : {1, 4}) {
        std::size_t consumed = 0;
        CHECK(failure([&] {
                  geo::parallel_ordered<int>(
                      1000, {jobs}, [](std::size_t) { return 0; },
                      [&](std::size_t i, int&&) {
                          if (i == 5) throw std::runtime_error("5");
                          ++consumed;
                      });
              }) == "5");
        CHECK(consumed == 5);
    }
}

TEST_CASE("no more results wait than were allowed") {
    std::atomic<int> waiting = 0;
    std::atomic<int> most = 0;
    geo::parallel_ordered<int>(
        400, {8},
        [&](std::size_t i) {
            const int now = ++waiting;
            int seen = most;
            while (seen < now && !most.compare_exchange_weak(seen, now)) {
            }
            return static_cast<int>(i);
        },
        [&](std::size_t, int&&) { --waiting; }, nullptr, 5);
    CHECK(most <= 5);
}

TEST_CASE("every item runs once and progress counts them") {
    geo::Progress progress;
    std::vector<std::atomic<int>> runs(1000);
    geo::parallel_for(
        1000, {8}, [&](std::size_t i) { ++runs[i]; }, &progress);
    CHECK(progress.done() == 1000);
    for (const auto& count : runs)
        CHECK(count == 1);
    geo::parallel_for(0, {8}, [](std::size_t) { FAIL("there is nothing to do"); });
}

TEST_CASE("a loop stops when it is asked to") {
    geo::Progress progress;
    std::atomic<int> done = 0;
    try {
        geo::parallel_for(
            100'000, {4},
            [&](std::size_t) {
                if (++done == 100) progress.stop(geo::ErrorKind::interrupted);
            },
            &progress);
        FAIL("it went on");
    } catch (const geo::Error& error) {
        CHECK(error.kind() == geo::ErrorKind::interrupted);
    }
    CHECK(done < 1000);
}
