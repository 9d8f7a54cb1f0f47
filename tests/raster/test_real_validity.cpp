#include "raster/io/real_validity.hpp"

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "tests/support/catch.hpp"

namespace vereda::tests {

namespace {

/// Counts usable cells the plain way and compares masks, for every length up to some vectors' worth.
template <class T>
void check(std::optional<T> nodata, bool with_odd) {
    std::mt19937_64 random(9);
    const T infinity = std::numeric_limits<T>::infinity();
    const std::vector<T> odd{infinity, -infinity, std::numeric_limits<T>::quiet_NaN()};
    for (std::size_t length = 0; length < 70; ++length) {
        std::vector<T> values(length);
        std::vector<std::uint8_t> mask(length);
        std::vector<std::uint8_t> wanted(length);
        std::int64_t valid = 0;
        bool all_finite = true;
        for (std::size_t i = 0; i < length; ++i) {
            const auto draw = random() % 6;
            values[i] = draw == 0               ? T{-9999}
                        : draw == 1             ? std::numeric_limits<T>::lowest()
                        : draw == 2 && with_odd ? odd[random() % 3]
                        : draw == 3             ? T{-0.0}
                                                : static_cast<T>(random() % 1000) / 7;
            mask[i] = random() % 4 == 0 ? 0 : 1;
            const bool finite = std::isfinite(values[i]);
            all_finite = all_finite && finite;
            wanted[i] = mask[i] == 1 && finite && !(nodata && values[i] == *nodata) ? 1 : 0;
            valid += wanted[i];
        }
        const raster::io::RealValidity result = raster::io::mask_unusable(std::span<const T>(values), nodata, mask);
        REQUIRE(mask == wanted);
        REQUIRE(result.valid == valid);
        REQUIRE(result.all_finite == all_finite);
    }
}

}  // namespace

TEST_CASE("cells that are not finite or equal nodata lose their mask, as one by one") {
    for (const bool with_odd : {false, true}) {
        check<float>(-9999.0F, with_odd);
        check<float>(std::nullopt, with_odd);
        check<float>(0.0F, with_odd);
        check<float>(std::numeric_limits<float>::quiet_NaN(), with_odd);
        check<float>(std::numeric_limits<float>::lowest(), with_odd);
        check<double>(-9999.0, with_odd);
        check<double>(std::nullopt, with_odd);
    }
}

}  // namespace vereda::tests
