#include <cmath>
#include <random>

#include "regions/outline_error.hpp"
#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using geo::Metres;
using regions::area_sd;

namespace {

geo::Ring walked_square(double side, int vertices_per_side) {
    const geo::Point corners[] = {{0, 0}, {0, side}, {side, side}, {side, 0}, {0, 0}};
    geo::Ring ring;
    for (int s = 0; s < 4; ++s)
        for (int k = 0; k < vertices_per_side; ++k) {
            const double t = static_cast<double>(k) / vertices_per_side;
            ring.push_back({corners[s].x + t * (corners[s + 1].x - corners[s].x),
                            corners[s].y + t * (corners[s + 1].y - corners[s].y)});
        }
    ring.push_back(ring.front());
    return ring;
}

using Matrix = std::vector<std::vector<double>>;

Matrix covariance(const geo::Ring& ring, double sigma, double length) {
    const std::size_t n = ring.size() - 1;
    std::vector<double> along(n, 0.0);
    for (std::size_t i = 1; i < n; ++i)
        along[i] = along[i - 1] + std::hypot(ring[i].x - ring[i - 1].x, ring[i].y - ring[i - 1].y);
    Matrix c(n, std::vector<double>(n));
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            c[i][j] = sigma * sigma * std::exp(-std::abs(along[i] - along[j]) / length);
    return c;
}

/// The formula of methods §11, written out with its matrices: ¼ Σ dᵀCd + ¼ tr(MᵀCMC).
double sd_by_matrices(const geo::Ring& ring, double sigma, double length) {
    const Matrix c = covariance(ring, sigma, length);
    const std::size_t n = c.size();
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            const std::size_t i0 = (i + n - 1) % n, i1 = (i + 1) % n, j0 = (j + n - 1) % n, j1 = (j + 1) % n;
            sum += c[i][j] * ((ring[i1].x - ring[i0].x) * (ring[j1].x - ring[j0].x) +
                              (ring[i1].y - ring[i0].y) * (ring[j1].y - ring[j0].y));
            sum += c[i][j] * (c[i0][j0] - c[i0][j1] - c[i1][j0] + c[i1][j1]);
        }
    return std::sqrt(sum / 4);
}

/// SD of the areas of rings with errors drawn from the covariance (Cholesky), seeded.
double sd_by_drawing(const geo::Ring& ring, double sigma, double length, int draws) {
    Matrix l = covariance(ring, sigma, length);
    const std::size_t n = l.size();
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k < j; ++k)
            for (std::size_t i = j; i < n; ++i)
                l[i][j] -= l[i][k] * l[j][k];
        const double pivot = std::sqrt(l[j][j]);
        for (std::size_t i = j; i < n; ++i)
            l[i][j] /= pivot;
    }
    std::mt19937 random(7);
    std::normal_distribution<double> normal;
    double sum = 0;
    double squares = 0;
    for (int draw = 0; draw < draws; ++draw) {
        geo::Ring moved = ring;
        for (double geo::Point::*axis : {&geo::Point::x, &geo::Point::y}) {
            std::vector<double> z(n);
            for (double& value : z)
                value = normal(random);
            for (std::size_t i = 0; i < n; ++i)
                for (std::size_t k = 0; k <= i; ++k)
                    moved[i].*axis += l[i][k] * z[k];
        }
        moved.back() = moved.front();
        const double area = geo::signed_area(moved) - geo::signed_area(ring);
        sum += area;
        squares += area * area;
    }
    return std::sqrt(squares / draws - sum / draws * (sum / draws));
}

}  // namespace

TEST_CASE("four independent corners of a square have SD √2·σ·L, plus the second-order term") {
    const double first_order = std::sqrt(2.0) * 3 * 40;  // 169.7 m², methods §11
    const double expected = std::sqrt(first_order * first_order + 4 * 81 / 2.0);
    CHECK(area_sd(walked_square(40, 1), {Metres(3), Metres(0)}).value() == Approx(expected).epsilon(1e-12));
    CHECK(area_sd(walked_square(40, 1), {Metres(3), Metres(0)}).value() == Approx(169.7).epsilon(0.005));
}

TEST_CASE("a walk of 40 vertices around 40 m, correlated along 60 m, has SD 174 m²") {
    CHECK(area_sd(walked_square(40, 10), {Metres(3), Metres(60)}).value() == Approx(174).epsilon(0.01));
}

TEST_CASE("errors that are the same at every vertex only move the plot") {
    CHECK(area_sd(walked_square(40, 10), {Metres(5), Metres(1e12)}).value() < 0.01);
}

TEST_CASE("the running sums equal the matrix formula on irregular walks") {
    std::mt19937 random(11);
    for (const int corners : {3, 4, 5, 6, 9, 40, 200})
        for (const double length : {0.5, 10.0, 60.0, 500.0}) {
            const geo::Ring ring = tests::blob(random, {3e5, -2e5}, 35, corners)[0].outer;
            CHECK(area_sd(ring, {Metres(4), Metres(length)}).value() ==
                  Approx(sd_by_matrices(ring, 4, length)).epsilon(1e-9));
        }
}

TEST_CASE("the formula agrees with areas of drawn walks") {
    const geo::Ring ring = walked_square(40, 3);
    for (const double length : {20.0, 60.0})
        CHECK(area_sd(ring, {Metres(3), Metres(length)}).value() ==
              Approx(sd_by_drawing(ring, 3, length, 40'000)).epsilon(0.02));
}

TEST_CASE("rings are independent: their variances add") {
    geo::MultiPolygon two(2);
    two[0].outer = walked_square(40, 1);
    two[1].outer = walked_square(40, 1);
    const double one = area_sd(two[0].outer, {Metres(3), Metres(60)}).value();
    CHECK(area_sd(two, {Metres(3), Metres(60)}).value() == Approx(std::sqrt(2.0) * one));
}
