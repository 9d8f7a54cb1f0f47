#include "regions/outline_error.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vereda::regions {
namespace {

/// exp(-distance / ℓ) of the stretches of a walk that the sums ask for again and again: products of the steps' own.
struct Fading {
    double to_next = 1;
    double from_first = 1;
    double from_second = 1;
    double to_last = 1;
    double to_last_but_one = 1;
};

/// One walk: the vertices without the closing point, and how errors fade along it.
struct Walk {
    std::vector<geo::Point> vertices;
    double correlation_length = 0;
    std::vector<Fading> fading;  ///< by vertex

    explicit Walk(const geo::Ring& ring, double correlation) : correlation_length(correlation) {
        vertices.assign(ring.begin(), ring.end());
        while (vertices.size() > 1 && vertices.front() == vertices.back())
            vertices.pop_back();
        if (!(correlation > 0) || vertices.empty()) return;
        fading.resize(vertices.size());
        for (std::size_t i = 0; i + 1 < vertices.size(); ++i) {
            const double dx = vertices[i + 1].x - vertices[i].x;
            const double dy = vertices[i + 1].y - vertices[i].y;
            fading[i].to_next = std::exp(-std::sqrt(dx * dx + dy * dy) / correlation);
        }
        for (std::size_t i = 1; i < fading.size(); ++i) {
            fading[i].from_first = fading[i - 1].from_first * fading[i - 1].to_next;
            if (i > 1) fading[i].from_second = fading[i - 1].from_second * fading[i - 1].to_next;
        }
        for (std::size_t i = fading.size() - 1; i-- > 0;) {
            fading[i].to_last = fading[i].to_next * fading[i + 1].to_last;
            if (i + 2 < fading.size()) fading[i].to_last_but_one = fading[i].to_next * fading[i + 1].to_last_but_one;
        }
    }

    [[nodiscard]] std::size_t size() const { return vertices.size(); }
    [[nodiscard]] std::size_t next(std::size_t i) const { return i + 1 == size() ? 0 : i + 1; }
    [[nodiscard]] std::size_t previous(std::size_t i) const { return i == 0 ? size() - 1 : i - 1; }
    /// exp(-|distance| / ℓ), of the part of the walk from `from` to `to`, `to` not before `from`.
    [[nodiscard]] double decay(std::size_t from, std::size_t to) const {
        if (from == 0) return fading[to].from_first;
        if (to + 1 == size()) return fading[from].to_last;
        if (from == 1) return fading[to].from_second;
        if (to + 2 == size()) return fading[from].to_last_but_one;
        double product = 1;
        for (std::size_t i = from; i < to; ++i)
            product *= fading[i].to_next;
        return product;
    }
    [[nodiscard]] double correlation(std::size_t i, std::size_t j) const { return i <= j ? decay(i, j) : decay(j, i); }
};

/// dᵀ C d / σ² over both axes. C's entries fall off along a line, so one running sum stands for all earlier vertices.
double first_order(const Walk& walk) {
    double sum = 0;
    geo::Point earlier{0, 0};
    for (std::size_t i = 0; i < walk.size(); ++i) {
        const geo::Point& a = walk.vertices[walk.previous(i)];
        const geo::Point& b = walk.vertices[walk.next(i)];
        const geo::Point d{b.x - a.x, b.y - a.y};
        if (i > 0) {
            const double decay = walk.decay(i - 1, i);
            earlier = {earlier.x * decay, earlier.y * decay};
        }
        sum += d.x * d.x + d.y * d.y + 2 * (d.x * earlier.x + d.y * earlier.y);
        earlier = {earlier.x + d.x, earlier.y + d.y};
    }
    return sum;
}

/// One term of the second-order sum: C(i,j) · (C(i−1,j−1) − C(i−1,j+1) − C(i+1,j−1) + C(i+1,j+1)) / σ⁴.
double second_order_term(const Walk& walk, std::size_t i, std::size_t j) {
    const std::size_t i0 = walk.previous(i);
    const std::size_t i1 = walk.next(i);
    const std::size_t j0 = walk.previous(j);
    const std::size_t j1 = walk.next(j);
    return walk.correlation(i, j) *
           (walk.correlation(i0, j0) - walk.correlation(i0, j1) - walk.correlation(i1, j0) + walk.correlation(i1, j1));
}

/// Sum of second_order_term over inner pairs (neither the first nor the last vertex) at least two apart, j after i.
/// There the term is a product of a factor of i and one of j, so again one running sum stands for all earlier vertices.
double far_pairs(const Walk& walk) {
    const std::size_t n = walk.size();
    const auto squared = [&](std::size_t from, std::size_t to) {
        const double decay = walk.decay(from, to);
        return decay * decay;
    };
    double sum = 0;
    double earlier = 0;  // Σ over i ≤ j−2 of the factor of i, faded to vertex j−1
    for (std::size_t j = 3; j + 1 < n; ++j) {
        const std::size_t i = j - 2;
        const double before_i = walk.decay(i - 1, i);
        const double after_i = walk.decay(i, i + 1);
        earlier = earlier * squared(j - 2, j - 1) + (before_i * after_i - 1) * after_i;
        const double before_j = walk.decay(j - 1, j);
        const double after_j = walk.decay(j, j + 1);
        sum += earlier * before_j * (1 - after_j * before_j);
    }
    return sum;
}

/// tr(Mᵀ C M C) / σ⁴ with M(i,i+1) = 1, M(i+1,i) = −1: the part of the area that is quadratic in the errors.
double second_order(const Walk& walk) {
    const std::size_t n = walk.size();
    const std::size_t last = n - 1;
    double sum = 2 * far_pairs(walk);
    for (std::size_t i = 0; i < n; ++i) {
        sum += second_order_term(walk, i, i);
        const bool inner = i > 0 && i < last;
        if (inner && i + 1 < last) sum += 2 * second_order_term(walk, i, i + 1);
        if (i > 0) sum += 2 * second_order_term(walk, 0, i);
        if (inner) sum += 2 * second_order_term(walk, i, last);
    }
    return sum;
}

double variance(const geo::Ring& ring, const OutlineError& error) {
    const Walk walk(ring, error.correlation_length.value());
    if (walk.size() < 3) return 0;
    const double sigma2 = error.position_sd.value() * error.position_sd.value();
    if (!(walk.correlation_length > 0)) {
        double squares = 0;
        for (std::size_t i = 0; i < walk.size(); ++i) {
            const geo::Point& a = walk.vertices[walk.previous(i)];
            const geo::Point& b = walk.vertices[walk.next(i)];
            squares += (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
        }
        return sigma2 * squares / 4 + sigma2 * sigma2 * static_cast<double>(walk.size()) / 2;
    }
    return std::max(0.0, sigma2 * first_order(walk) / 4 + sigma2 * sigma2 * second_order(walk) / 4);
}

}  // namespace

geo::SquareMetres area_sd(const geo::Ring& ring, const OutlineError& error) {
    return geo::SquareMetres(std::sqrt(variance(ring, error)));
}

geo::SquareMetres area_sd(const geo::MultiPolygon& polygons, const OutlineError& error) {
    double sum = 0;
    for (const geo::Polygon& polygon : polygons) {
        sum += variance(polygon.outer, error);
        for (const geo::Ring& inner : polygon.inners)
            sum += variance(inner, error);
    }
    return geo::SquareMetres(std::sqrt(sum));
}

}  // namespace vereda::regions
