#include <cmath>
#include <random>
#include <vector>

#include "raster/accumulator.hpp"
#include "raster/extremes.hpp"
#include "raster/moments.hpp"
#include "raster/value_table.hpp"
#include "tests/support/catch.hpp"

namespace vereda::tests {

using raster::Extremes;
using raster::Moments;
using raster::ValueTable;

namespace {

/// What a reader of the accumulator sees, as numbers.
std::vector<double> readings(const Moments& m) {
    return {m.count(), m.sum(), m.mean().value_or(0), m.variance().value_or(0)};
}
std::vector<double> readings(const Extremes& e) {
    return {e.min().value_or(0), e.max().value_or(0)};
}
std::vector<double> readings(const ValueTable& t) {
    std::vector<double> result;
    for (const raster::ValueShare& share : t.sorted()) {
        result.push_back(share.value);
        result.push_back(share.cover);
    }
    return result;
}

template <class A>
void check_equal(const A& a, const A& b) {
    const std::vector<double> left = readings(a);
    const std::vector<double> right = readings(b);
    REQUIRE(left.size() == right.size());
    for (std::size_t i = 0; i < left.size(); ++i)
        CHECK(left[i] == Approx(right[i]).epsilon(1e-11));
}

struct Sample {
    double value;
    double weight;
};

std::vector<Sample> samples(std::uint64_t seed, int count) {
    std::mt19937_64 random(seed);
    std::uniform_int_distribution<int> value(-40, 60);
    std::uniform_real_distribution<double> weight(0.01, 1);
    std::vector<Sample> result;
    for (int i = 0; i < count; ++i)
        result.push_back({1000 + value(random) * 0.5, weight(random)});
    return result;
}

template <class A>
A accumulated(const std::vector<Sample>& samples, std::size_t begin, std::size_t end) {
    A a;
    for (std::size_t i = begin; i < end; ++i)
        a.add(samples[i].value, samples[i].weight);
    return a;
}

}  // namespace

TEMPLATE_TEST_CASE("accumulators merge like the whole, in any grouping, and an empty part changes nothing", "", Moments,
                   Extremes, ValueTable) {
    static_assert(raster::Accumulator<TestType>);
    const std::vector<Sample> all = samples(11, 3000);
    const auto whole = accumulated<TestType>(all, 0, all.size());
    const auto a = accumulated<TestType>(all, 0, 17);
    const auto b = accumulated<TestType>(all, 17, 2000);
    const auto c = accumulated<TestType>(all, 2000, all.size());
    TestType left = a;
    left.merge(b);
    left.merge(c);
    TestType right = b;
    right.merge(c);
    TestType grouped = a;
    grouped.merge(right);
    check_equal(left, whole);
    check_equal(grouped, whole);
    TestType with_empty = whole;
    with_empty.merge(TestType{});
    check_equal(with_empty, whole);
    TestType from_empty;
    from_empty.merge(whole);
    check_equal(from_empty, whole);
}

TEST_CASE("moments agree with the two-pass formula far from zero") {
    std::vector<Sample> all = samples(5, 5000);
    for (Sample& s : all)
        s.value += 1e8;
    double weight = 0;
    double sum = 0;
    for (const Sample& s : all) {
        weight += s.weight;
        sum += s.weight * (s.value - 1e8);
    }
    const double mean = sum / weight;
    double squares = 0;
    for (const Sample& s : all)
        squares += s.weight * (s.value - 1e8 - mean) * (s.value - 1e8 - mean);
    const auto moments = accumulated<Moments>(all, 0, all.size());
    CHECK(moments.mean().value() == Approx(1e8 + mean).epsilon(1e-15));
    CHECK(moments.variance().value() == Approx(squares / weight).epsilon(1e-7));
}

TEST_CASE("quantile, mode and minority of hand-worked tables") {
    // Equal weights: plotting positions 0, 1/3, 2/3, 1 of the values 1, 2, 4, 8.
    const std::vector<raster::ValueShare> even{{1, 2, 0}, {2, 2, 0}, {4, 2, 0}, {8, 2, 0}};
    CHECK(raster::quantile(even, 0).value() == 1);
    CHECK(raster::quantile(even, 0.5).value() == Approx(3));
    CHECK(raster::quantile(even, 2.0 / 3).value() == Approx(4));
    CHECK(raster::quantile(even, 1).value() == 8);
    // Weights 1 and 3: s = 0 and 1·3 + 1·1 = 4 = total; linear between.
    const std::vector<raster::ValueShare> two{{10, 1, 0}, {20, 3, 0}};
    CHECK(raster::quantile(two, 0.25).value() == Approx(12.5));
    const std::vector<raster::ValueShare> ties{{3, 2, 0}, {5, 1, 0}, {7, 2, 0}, {9, 1, 0}};
    CHECK(raster::mode(ties).value() == 7);
    CHECK(raster::minority(ties).value() == 5);
    CHECK_FALSE(raster::mode({}).has_value());
    CHECK_FALSE(raster::quantile({}, 0.5).has_value());
    CHECK(raster::quantile(std::vector<raster::ValueShare>{{4, 1, 0}}, 0.3).value() == 4);
}

}  // namespace vereda::tests
