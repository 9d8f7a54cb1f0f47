#include "geo/random.hpp"

#include <cmath>
#include <numbers>

namespace vereda::geo {

namespace {

constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15ULL;

std::uint64_t fnv1a(std::string_view text) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001B3ULL;
    }
    return hash;
}

}  // namespace

std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31);
}

Random::Random(std::uint64_t seed, std::string_view stream) : state_(mixed(seed + golden_gamma) ^ fnv1a(stream)) {}

std::uint64_t Random::bits() {
    state_ += golden_gamma;
    return mixed(state_);
}

double Random::uniform() {
    return static_cast<double>(bits() >> 11) * 0x1.0p-53;
}

double Random::uniform(double lo, double hi) {
    return lo + (hi - lo) * uniform();
}

int Random::integer(int lo, int hi) {
    const double width = static_cast<double>(hi) - lo + 1;
    return lo + static_cast<int>(std::floor(uniform() * width));
}

bool Random::chance(double probability) {
    return uniform() < probability;
}

double Random::normal(double mean, double sd) {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return mean + sd * radius * std::cos(2 * std::numbers::pi * uniform());
}

std::size_t Random::pick(std::span<const double> weights) {
    double total = 0;
    for (const double weight : weights)
        total += weight;
    double left = uniform() * total;
    std::size_t last = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] <= 0) continue;
        last = i;
        left -= weights[i];
        if (left < 0) break;
    }
    return last;
}

}  // namespace vereda::geo
