#include <fmt/format.h>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "regions/group_time.hpp"
#include "regions/two_way.hpp"
#include "tests/regions/panel_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using namespace vereda::regions;
using namespace vereda::tests;

namespace {

bool has_r() {
    return run_program("/bin/sh", {"-c", "command -v Rscript"}).exit_code == 0;
}

/// Numbers that an R script prints.
std::vector<double> told_by_r(const TemporaryFolder& folder, const std::string& script) {
    folder.write("script.R", script);
    ProgramOptions options;
    options.folder = folder.path().string();
    const ProgramResult result = run_program("/bin/sh", {"-c", "exec Rscript --vanilla script.R"}, options);
    CAPTURE(result.err);
    REQUIRE(result.exit_code == 0);
    std::vector<double> numbers;
    std::istringstream text(result.out);
    for (double value = 0; text >> value;)
        numbers.push_back(value);
    return numbers;
}

/// A panel whose cells clouds hide now and then.
MadePanel clouded_panel() {
    PanelRecipe recipe;
    recipe.regions_a_side = 2;
    recipe.cells_a_side = 6;
    recipe.share = 0.4;
    MadePanel made = make_panel(recipe, 17);
    geo::Random random(17, "clouds");
    for (auto& unit : made.panel.crop_ha)
        for (auto& crop : unit)
            if (random.chance(0.06)) crop.reset();
    return made;
}

/// First years 3, 4 and 6 of the panel, or never, by chance.
Cohorts drawn_cohorts(const CropPanel& panel) {
    Cohorts cohorts;
    geo::Random random(18, "cohorts");
    for (std::size_t u = 0; u < panel.units.size(); ++u) {
        const int draw = random.integer(0, 4);
        cohorts.first_year.push_back(draw > 2 ? std::nullopt
                                              : std::optional(panel.years[draw == 0   ? 3
                                                                          : draw == 1 ? 4
                                                                                      : 6]));
        cohorts.stratum.push_back(panel.units[u].place.x < panel.units[panel.units.size() / 2].place.x ? 0 : 1);
    }
    return cohorts;
}

}  // namespace

TEST_CASE("two-way fixed effects equal R's plm on the same data to 1e-6") {
    if (!has_r()) {
        WARN("no Rscript: not compared");
        return;
    }
    const MadePanel made = clouded_panel();
    const CropPanel& panel = made.panel;
    geo::Random random(19, "regressors");
    TwoWayRows rows;
    std::vector<double> x;
    std::vector<double> y;
    std::string csv = "unit,year,y,x1,x2\n";
    for (std::size_t u = 0; u < panel.units.size(); ++u)
        for (std::size_t t = 0; t < panel.years.size(); ++t) {
            if (!panel.crop_ha[u][t]) continue;
            rows.unit.push_back(u);
            rows.time.push_back(t);
            y.push_back(*panel.crop_ha[u][t]);
            x.push_back(random.normal(0, 1) + 0.1 * y.back());
            x.push_back(random.uniform() * static_cast<double>(t));
            csv += fmt::format("{},{},{:.17g},{:.17g},{:.17g}\n", u, t, y.back(), x[x.size() - 2], x.back());
        }
    const TemporaryFolder folder;
    folder.write("rows.csv", csv);
    take_out_two_way(rows, x, 2);
    take_out_two_way(rows, y, 1);
    const LeastSquares ours = least_squares(x, 2, y);
    const std::vector<double> theirs = told_by_r(folder, R"(d <- read.csv("rows.csv")
if (requireNamespace("plm", quietly = TRUE)) {
  fit <- plm::plm(y ~ x1 + x2, data = plm::pdata.frame(d, index = c("unit", "year")), model = "within", effect = "twoways")
  b <- coef(fit)
} else {
  b <- coef(lm(y ~ x1 + x2 + factor(unit) + factor(year), data = d))[c("x1", "x2")]
}
cat(sprintf("%.17g", b), sep = "\n")
)");
    REQUIRE(theirs.size() == 2);
    CHECK(std::abs(ours.coefficients[0] - theirs[0]) <= 1e-6);
    CHECK(std::abs(ours.coefficients[1] - theirs[1]) <= 1e-6);
}

TEST_CASE("group-time effects equal regressions built by hand in R on the same data to 1e-6") {
    if (!has_r()) {
        WARN("no Rscript: not compared");
        return;
    }
    const MadePanel made = clouded_panel();
    const CropPanel& panel = made.panel;
    const Cohorts cohorts = drawn_cohorts(panel);
    std::string csv = "unit,year,crop,first,stratum\n";
    for (std::size_t u = 0; u < panel.units.size(); ++u)
        for (std::size_t t = 0; t < panel.years.size(); ++t)
            csv += fmt::format("{},{},{},{},{}\n", u, panel.years[t],
                               panel.crop_ha[u][t] ? fmt::format("{:.17g}", *panel.crop_ha[u][t]) : "",
                               cohorts.first_year[u] ? std::to_string(*cohorts.first_year[u]) : "", cohorts.stratum[u]);
    const TemporaryFolder folder;
    folder.write("panel.csv", csv);
    const int anticipation = 1;
    const std::vector<GroupTimeEffect> ours = group_time_effects(panel, cohorts, anticipation);
    // Rows: group, year, stratum, effect.
    const std::vector<double> theirs = told_by_r(folder, R"(d <- read.csv("panel.csv")
ahead <- 1
d$first[is.na(d$first)] <- 9999
wide <- reshape(d, idvar = c("unit", "first", "stratum"), timevar = "year", direction = "wide")
years <- sort(unique(d$year))
for (g in setdiff(sort(unique(d$first)), 9999)) {
  base <- max(years[years < g - ahead])
  for (t in setdiff(years, base)) for (s in sort(unique(d$stratum))) {
    later <- max(t, base)
    w <- wide[wide$stratum == s, ]
    w$treated <- w$first == g
    w <- w[w$treated | w$first > later + ahead, ]
    w$change <- w[[paste0("crop.", t)]] - w[[paste0("crop.", base)]]
    w <- w[!is.na(w$change), ]
    if (length(unique(w$treated)) < 2) next
    cat(sprintf("%.17g", c(g, t, s, coef(lm(change ~ treated, data = w))[["treatedTRUE"]])), sep = "\n")
    cat("\n")
  }
}
)");
    REQUIRE(theirs.size() == 4 * ours.size());
    REQUIRE(ours.size() > 20);
    for (std::size_t i = 0; i < ours.size(); ++i) {
        CAPTURE(i, ours[i].group, ours[i].year, ours[i].stratum);
        CHECK(theirs[4 * i] == ours[i].group);
        CHECK(theirs[4 * i + 1] == ours[i].year);
        CHECK(theirs[4 * i + 2] == static_cast<double>(ours[i].stratum));
        CHECK(std::abs(theirs[4 * i + 3] - ours[i].effect) <= 1e-6);
    }
}
