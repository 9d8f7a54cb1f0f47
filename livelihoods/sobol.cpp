#include "livelihoods/sobol.hpp"

namespace vereda::livelihoods {

namespace {

double mean_square_difference(std::span<const double> x, std::span<const double> y) {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        sum += (x[i] - y[i]) * (x[i] - y[i]);
    return sum / static_cast<double>(x.size());
}

/// Of both samples together.
double variance(std::span<const double> a, std::span<const double> b) {
    const double n = static_cast<double>(a.size() + b.size());
    double mean = 0;
    for (const auto& sample : {a, b})
        for (const double value : sample)
            mean += value / n;
    double squares = 0;
    for (const auto& sample : {a, b})
        for (const double value : sample)
            squares += (value - mean) * (value - mean);
    return squares / n;
}

}  // namespace

std::vector<SobolIndex> sobol_indices(std::span<const double> a, std::span<const double> b,
                                      std::span<const std::vector<double>> ab) {
    std::vector<SobolIndex> indices(ab.size());
    const double spread = a.empty() ? 0 : variance(a, b);
    if (!(spread > 1e-24)) return indices;
    for (std::size_t i = 0; i < ab.size(); ++i) {
        indices[i].first = 1 - mean_square_difference(b, ab[i]) / (2 * spread);
        indices[i].total = mean_square_difference(a, ab[i]) / (2 * spread);
    }
    return indices;
}

}  // namespace vereda::livelihoods
