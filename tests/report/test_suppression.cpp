#include "report/suppression.hpp"

#include <numeric>
#include <random>

#include "tests/support/catch.hpp"

using namespace vereda;
using Counts = std::vector<std::optional<long>>;

TEST_CASE("counts below ten and counts that give such a number away are withheld") {
    CHECK(report::withheld_counts({120, 95, 40, 12, 3}, 10) == Counts{120, 95, 40, 12, std::nullopt});
    CHECK(report::withheld_counts({9, 9, 0}, 10) == Counts{std::nullopt, std::nullopt, std::nullopt});
    CHECK(report::withheld_counts({120, 115, 115}, 10) ==
          Counts{120, std::nullopt, std::nullopt});                              // 5 were not promised
    CHECK(report::withheld_counts({120, 120, 60}, 10) == Counts{120, 120, 60});  // all were: no small group
    CHECK(report::withheld_counts({120, 60, 55, 61}, 10) == Counts{120, 60, std::nullopt, std::nullopt});
}

TEST_CASE("a lone withheld part takes the next smallest with it") {
    std::vector<bool> keep{true, false, true};
    report::withhold_complements({60, 5, 25}, keep, true, 10);
    CHECK(keep == std::vector<bool>{true, false, false});
    keep = {true, true, true};
    report::withhold_complements({60, 30, 25}, keep, true, 10);
    CHECK(keep == std::vector<bool>{true, true, true});
    keep = {true, true};
    report::withhold_complements({60, 30}, keep, false, 10);  // a withheld total must not follow from its parts
    CHECK(keep == std::vector<bool>{true, false});
}

TEST_CASE("no withheld part can be worked out from the total, on a thousand random tables") {
    std::mt19937 random(7);
    for (int round = 0; round < 1000; ++round) {
        std::vector<long> parts(2 + random() % 5);
        for (long& part : parts)
            part = static_cast<long>(random() % 40);
        std::vector<bool> keep;
        for (const long part : parts)
            keep.push_back(part >= 10);
        report::withhold_complements(parts, keep, true, 10);
        long hidden = 0;
        long hidden_sum = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (keep[i]) {
                CHECK(parts[i] >= 10);
            } else {
                ++hidden;
                hidden_sum += parts[i];
            }
        }
        // What the reader can work out is the sum of the hidden parts: it must be of several parts and not small,
        // unless everything is hidden.
        const bool all_hidden = hidden == static_cast<long>(parts.size());
        CHECK((hidden == 0 || all_hidden || (hidden >= 2 && hidden_sum >= 10)));
    }
}
