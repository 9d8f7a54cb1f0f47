#include <random>
#include <string>
#include <vector>

#include "regions/permanence_class.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using regions::ClassSet;
using regions::PermanenceClass;
using regions::Presence;

namespace {

/// "1" crop, "0" none, "?" not observed.
std::vector<Presence> years(const std::string& text) {
    std::vector<Presence> result;
    for (const char c : text)
        result.push_back(c == '1' ? Presence::present : c == '0' ? Presence::absent : Presence::unknown);
    return result;
}

std::string classes(const std::string& text) {
    return regions::possible_classes(years(text)).text();
}

/// The published rule, word by word, on years that are all known.
std::string oracle(const std::string& text) {
    const std::size_t n = text.size();
    const std::size_t first = text.find('1');
    if (first != std::string::npos && first >= n - 3) return "new";
    if (text.substr(n - 3) == "000" && first != std::string::npos) return "abandoned";
    if (text.find('0') == std::string::npos) return "permanent";
    if (first != std::string::npos) return "intermittent";
    return "never";
}

/// Every completion of the unknown years.
std::vector<std::string> completions(const std::string& text) {
    const std::size_t unknown = text.find('?');
    if (unknown == std::string::npos) return {text};
    std::vector<std::string> all;
    for (const char c : {'0', '1'}) {
        std::string next = text;
        next[unknown] = c;
        for (std::string& completion : completions(next))
            all.push_back(std::move(completion));
    }
    return all;
}

std::string random_years(std::mt19937& random, std::size_t length) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i)
        text += "001??"[random() % 5];
    return text;
}

}  // namespace

TEST_CASE("ten complete years have the class of the published rule") {
    CHECK(classes("0000000001") == "new");
    CHECK(classes("0000000100") == "new");
    CHECK(classes("0000001000") == "abandoned");
    CHECK(classes("1111111000") == "abandoned");
    CHECK(classes("1111111111") == "permanent");
    CHECK(classes("1111111101") == "intermittent");
    CHECK(classes("0000001001") == "intermittent");
    CHECK(classes("0001111111") == "intermittent");
    CHECK(classes("0000000000") == "never");
}

TEST_CASE("every complete window of four to ten years has exactly one class, that of the rule") {
    for (std::size_t length = regions::shortest_permanence_window; length <= 10; ++length) {
        for (unsigned bits = 0; bits < (1U << length); ++bits) {
            std::string text;
            for (std::size_t i = 0; i < length; ++i)
                text += (bits >> i & 1U) != 0 ? '1' : '0';
            REQUIRE(classes(text) == oracle(text));
        }
    }
}

TEST_CASE("a year that was not observed gives the classes of both answers") {
    CHECK(classes("?111111111") == "permanent;intermittent");
    CHECK(classes("111111100?") == "abandoned;intermittent");
    CHECK(classes("?000000000") == "abandoned;never");
    CHECK(classes("000000000?") == "new;never");
    CHECK(classes("00000?0001") == "new;intermittent");
    CHECK(classes("1111?11000") == "abandoned");
    CHECK(classes("??????????") == "new;abandoned;permanent;intermittent;never");
}

TEST_CASE("the set of possible classes is that of all completions") {
    std::mt19937 random(20'26);
    for (int trial = 0; trial < 2'000; ++trial) {
        const std::string text = random_years(random, 4 + random() % 8);
        ClassSet expected;
        for (const std::string& completion : completions(text)) {
            const auto single = regions::possible_classes(years(completion)).single();
            REQUIRE(single);
            REQUIRE(regions::name_of(*single) == oracle(completion));
            expected.add(*single);
        }
        INFO(text);
        REQUIRE(regions::possible_classes(years(text)) == expected);
    }
}

TEST_CASE("the credible classes are the fewest that reach the level") {
    CHECK(regions::credible_classes({0.02, 0.0, 0.97, 0.01, 0.0}, 0.95).text() == "permanent");
    CHECK(regions::credible_classes({0.02, 0.1, 0.86, 0.02, 0.0}, 0.95).text() == "abandoned;permanent");
    CHECK(regions::credible_classes({0.0, 0.0, 0.0, 0.0, 1.0}, 0.95).text() == "never");
}

TEST_CASE("the chance of a class is the summed chance of its completions") {
    std::mt19937 random(7);
    const regions::PresenceChances chances{0.3, 0.1, 0.2};
    for (int trial = 0; trial < 500; ++trial) {
        const std::string text = random_years(random, 4 + random() % 7);
        std::array<double, regions::permanence_class_count> expected{};
        double total = 0;
        for (const std::string& completion : completions(text)) {
            double chance = completion[0] == '1' ? 0.3 : 0.7;
            for (std::size_t i = 1; i < completion.size(); ++i) {
                const bool present = completion[i] == '1';
                chance *= completion[i - 1] == '1' ? (present ? 0.8 : 0.2) : (present ? 0.1 : 0.9);
            }
            const auto single = regions::possible_classes(years(completion)).single();
            expected[static_cast<std::size_t>(*single)] += chance;
            total += chance;
        }
        const auto found = regions::class_chances(years(text), chances);
        for (std::size_t i = 0; i < expected.size(); ++i)
            REQUIRE(found[i] == Approx(expected[i] / total).margin(1e-12));
    }
}
