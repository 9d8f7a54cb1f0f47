#include <Eigen/Dense>
#include <cmath>

#include "regions/two_way.hpp"
#include "tests/support/catch.hpp"

using namespace vereda::regions;

namespace {

/// The panel that R was given too, some rows missing.
struct SmallPanel {
    TwoWayRows rows;
    std::vector<double> x;  ///< two columns
    std::vector<double> y;
};

SmallPanel small_panel() {
    SmallPanel panel;
    for (int unit = 1; unit <= 8; ++unit)
        for (int year = 2010; year <= 2015; ++year) {
            const int t = year - 2010;
            const double x1 = std::sin(unit * 1.7 + t * 0.9) * 3;
            const double x2 = std::cos(unit * 0.6 - t * 1.3) * 2;
            if ((unit * 7 + year) % 11 == 0) continue;
            panel.rows.unit.push_back(static_cast<std::size_t>(unit));
            panel.rows.time.push_back(static_cast<std::size_t>(t));
            panel.x.push_back(x1);
            panel.x.push_back(x2);
            panel.y.push_back(1.5 * x1 - 0.7 * x2 + unit * 0.8 + std::sqrt(t + 1) + std::sin(unit * t * 2.1));
        }
    return panel;
}

}  // namespace

TEST_CASE("two-way fixed effects equal R's plm on the same unbalanced panel") {
    // plm 2.6-2: plm(y ~ x1 + x2, effect = "twoways", model = "within"), 43 rows.
    SmallPanel panel = small_panel();
    REQUIRE(panel.y.size() == 43);
    take_out_two_way(panel.rows, panel.x, 2);
    take_out_two_way(panel.rows, panel.y, 1);
    const LeastSquares fit = least_squares(panel.x, 2, panel.y);
    CHECK(fit.coefficients[0] == Approx(1.508620062359).margin(1e-9));
    CHECK(fit.coefficients[1] == Approx(-0.666786690811).margin(1e-9));
}

TEST_CASE("two-way fixed effects equal least squares on all dummies") {
    SmallPanel panel = small_panel();
    const auto rows = static_cast<Eigen::Index>(panel.y.size());
    Eigen::MatrixXd design = Eigen::MatrixXd::Zero(rows, 2 + 9 + 6);
    Eigen::VectorXd outcome(rows);
    for (Eigen::Index r = 0; r < rows; ++r) {
        const auto i = static_cast<std::size_t>(r);
        design(r, 0) = panel.x[2 * i];
        design(r, 1) = panel.x[2 * i + 1];
        design(r, 2 + static_cast<Eigen::Index>(panel.rows.unit[i])) = 1;
        design(r, 11 + static_cast<Eigen::Index>(panel.rows.time[i])) = 1;
        outcome(r) = panel.y[i];
    }
    const Eigen::VectorXd dense = design.completeOrthogonalDecomposition().solve(outcome);
    take_out_two_way(panel.rows, panel.x, 2);
    take_out_two_way(panel.rows, panel.y, 1);
    const LeastSquares fit = least_squares(panel.x, 2, panel.y);
    CHECK(fit.coefficients[0] == Approx(dense(0)).margin(1e-10));
    CHECK(fit.coefficients[1] == Approx(dense(1)).margin(1e-10));
}
