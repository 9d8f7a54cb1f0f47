#include <map>
#include <random>
#include <vector>

#include "raster/byte_histogram.hpp"
#include "tests/support/catch.hpp"

namespace vereda::tests {

TEST_CASE("byte counts equal counting one by one, whatever the runs, lengths and masks") {
    std::mt19937_64 random(5);
    raster::ByteHistogram histogram;
    for (const int run : {1, 3, 8, 40, 150}) {
        std::map<int, std::uint64_t> wanted;
        for (std::size_t length = 0; length < 330; ++length) {
            std::vector<std::uint8_t> values(length);
            std::vector<std::uint8_t> mask(length);
            for (std::size_t i = 0; i < length; ++i) {
                values[i] =
                    i % static_cast<std::size_t>(run) == 0 ? static_cast<std::uint8_t>(random()) : values[i - 1];
                mask[i] = i < 16 ? 1 : random() % 2;
            }
            histogram.add(values.data(), length);
            histogram.add(values.data(), mask.data(), length);
            for (std::size_t i = 0; i < length; ++i)
                wanted[values[i]] += 1U + mask[i];
        }
        std::map<int, std::uint64_t> found;
        histogram.take([&](std::uint8_t value, std::uint64_t count) { found[value] = count; });
        CHECK(found == wanted);
    }
    histogram.take([](std::uint8_t, std::uint64_t) { FAIL("nothing was counted since"); });
}

}  // namespace vereda::tests
