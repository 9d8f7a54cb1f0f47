/// What every zonal accumulator is: a value that starts empty, takes weighted values, and merges.
///
/// Laws (tests/raster/accumulator_laws): merging parts equals accumulating the whole; merging is associative, and
/// merging an empty one changes nothing; all to within rounding.
#pragma once

#include <concepts>

namespace vereda::raster {

template <class A>
concept Accumulator = std::default_initializable<A> && std::copyable<A> && requires(A a, const A& other, double x) {
    a.add(x, x);  // value, weight > 0
    a.merge(other);
};

}  // namespace vereda::raster
