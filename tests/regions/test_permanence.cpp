#include "regions/permanence.hpp"

#include <algorithm>
#include <array>
#include <random>

#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;
using regions::PermanenceCell;
using regions::PermanenceClass;

namespace {

const PermanenceCell& cell_at(const regions::Permanence& permanence, int column, int row) {
    const auto& cells = permanence.crops.at(0).cells;
    const auto found = std::ranges::find_if(
        cells, [&](const PermanenceCell& cell) { return cell.column == column && cell.row == row; });
    REQUIRE(found != cells.end());
    return *found;
}

/// One survey per letter: "1" with a plot of a hectare in the cell (0, 0), "0" without, "?" not flown, "-" no survey.
std::vector<regions::Survey> surveys_of(const std::string& years, geo::Diagnostics& diagnostics) {
    std::vector<regions::Survey> surveys;
    for (std::size_t i = 0; i < years.size(); ++i) {
        if (years[i] == '-') continue;
        std::vector<regions::Plot> plots;
        if (years[i] == '1') plots.push_back(plot("p", rectangle(100, 100, 200, 200)));
        std::optional<geo::MultiPolygon> observed;
        if (years[i] == '?') observed.emplace();
        surveys.push_back(survey(2011 + static_cast<int>(i), std::move(plots), diagnostics, std::move(observed)));
    }
    return surveys;
}

regions::Permanence permanence_of(const regions::RegionSet& set, const std::vector<regions::Survey>& surveys,
                                  geo::Diagnostics& diagnostics, regions::PermanenceOptions options = {},
                                  int jobs = 2) {
    return regions::permanence(set, surveys, options, {jobs}, diagnostics);
}

std::string classes_of(const std::string& years, regions::PermanenceOptions options = {}) {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 2000, 1000))}, diagnostics);
    const auto permanence = permanence_of(set, surveys_of(years, diagnostics), diagnostics, options);
    return permanence.crops.empty() ? "none" : cell_at(permanence, 0, 0).possible.text();
}

}  // namespace

TEST_CASE("cells are aligned at multiples of their size from the origin of the analysis CRS") {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(-1500, 250, 700, 900))}, diagnostics);
    const auto permanence = permanence_of(set, surveys_of("1111", diagnostics), diagnostics);
    const auto& cells = permanence.crops.at(0).cells;
    REQUIRE(cells.size() == 3);
    CHECK(cells[0].column == -2);
    CHECK(cells[2].column == 0);
    CHECK(cells[0].land.value() == Approx(500 * 650));
    CHECK(cells[1].land.value() == Approx(1000 * 650));
    CHECK(regions::permanence_cell_id(geo::Metres(1000), -2, 0) == "1000mE-2N0");
    CHECK(regions::permanence_cell_id(geo::Metres(250), 4, -7) == "250mE4N-7");
}

TEST_CASE("a cell has the class of its ten years") {
    CHECK(classes_of("1111111111") == "permanent");
    CHECK(classes_of("1111111000") == "abandoned");
    CHECK(classes_of("0000000011") == "new");
    CHECK(classes_of("0101010101") == "intermittent");
    CHECK(classes_of("0000000000") == "never");
}

TEST_CASE("a year that was not flown, or has no survey, makes the class a set") {
    CHECK(classes_of("1111?11111") == "permanent;intermittent");
    CHECK(classes_of("1111-11111") == "permanent;intermittent");
    CHECK(classes_of("1111111?00") == "abandoned;intermittent");
    CHECK(classes_of("11?1111000") == "abandoned");
}

TEST_CASE("only the last ten years count of a longer series") {
    CHECK(classes_of("1000000000000") == "never");
    CHECK(classes_of("1000000000011") == "new");
}

TEST_CASE("a shorter series is read over its own years, unless a window is asked for") {
    CHECK(classes_of("111111") == "permanent");
    CHECK(classes_of("111111", {.window_years = 10}) == "permanent;intermittent");
    CHECK(classes_of("111000", {.window_years = 10}) == "abandoned");
    CHECK(classes_of("111") == "none");
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 1000, 1000))}, diagnostics);
    (void)permanence_of(set, surveys_of("111111", diagnostics), diagnostics);
    CHECK(count_of(diagnostics, "permanence.shorter_window") == 1);
    (void)permanence_of(set, surveys_of("111", diagnostics), diagnostics);
    CHECK(count_of(diagnostics, "permanence.too_short") == 1);
}

TEST_CASE("a cell seen in part is absent only where enough of it was seen, and present wherever crop was seen") {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 1000, 1000))}, diagnostics);
    const auto presence = [&](double seen_to, bool crop) {
        std::vector<regions::Survey> surveys = surveys_of("0000", diagnostics);
        std::vector<regions::Plot> plots;
        if (crop) plots.push_back(plot("p", rectangle(0, 0, 100, 100)));
        surveys[3] = survey(2014, std::move(plots), diagnostics, rectangle(0, 0, seen_to, 1000));
        return cell_at(permanence_of(set, surveys, diagnostics), 0, 0).years[3];
    };
    CHECK(presence(1000, false) == regions::Presence::absent);
    CHECK(presence(900, false) == regions::Presence::absent);
    CHECK(presence(890, false) == regions::Presence::unknown);
    CHECK(presence(200, true) == regions::Presence::present);
}

TEST_CASE("crop below the threshold is no presence, and a plot across a border counts in both cells by its parts") {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 2000, 1000))}, diagnostics);
    std::vector<regions::Survey> surveys = surveys_of("0000", diagnostics);
    surveys[3] = survey(2014, {plot("p", rectangle(900, 0, 1000.5, 100))}, diagnostics);
    const auto permanence = permanence_of(set, surveys, diagnostics);
    CHECK(cell_at(permanence, 0, 0).possible.text() == "new");
    CHECK(cell_at(permanence, 0, 0).crop_area->value() == Approx(1).epsilon(1e-8));
    CHECK(cell_at(permanence, 0, 0).density.value() == Approx(1).epsilon(1e-8));
    CHECK(cell_at(permanence, 1, 0).possible.text() == "never");
    const auto finer = permanence_of(set, surveys, diagnostics, {.presence = geo::Hectares(0.004)});
    CHECK(cell_at(finer, 1, 0).possible.text() == "new");
}

TEST_CASE("density is by the land that was seen") {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(0, 0, 1000, 1000))}, diagnostics);
    std::vector<regions::Survey> surveys = surveys_of("0000", diagnostics);
    surveys[3] = survey(2014, {plot("p", rectangle(0, 0, 100, 200))}, diagnostics, rectangle(0, 0, 1000, 500));
    const auto permanence = permanence_of(set, surveys, diagnostics);
    CHECK(cell_at(permanence, 0, 0).density.value() == Approx(4).epsilon(1e-8));
    CHECK(regions::density_class(4) == "1-4");
    CHECK(regions::density_class(4.01) == "4-8");
    CHECK(regions::density_class(12.5) == ">12");
    CHECK(regions::density_class(0) == "0");
}

TEST_CASE("shares of a region are exact over all completions of its cells") {
    std::mt19937 random(99);
    constexpr std::array<const char*, 6> histories{"0011", "1000", "1111", "0000", "?000", "111?"};
    for (int trial = 0; trial < 40; ++trial) {
        std::vector<std::string> cells;
        regions::Permanence permanence;
        permanence.crops.emplace_back();
        geo::Diagnostics diagnostics;
        const auto set = region_set({region("a", rectangle(0, 0, 4000, 1000))}, diagnostics);
        for (int c = 0; c < 4; ++c) {
            cells.emplace_back(histories[random() % histories.size()]);
            PermanenceCell cell;
            cell.land = geo::SquareMetres(1e6);
            cell.regions = {{0, geo::SquareMetres(1e6)}};
            for (const char y : cells.back())
                cell.years.push_back(y == '1'   ? regions::Presence::present
                                     : y == '0' ? regions::Presence::absent
                                                : regions::Presence::unknown);
            cell.possible = regions::possible_classes(cell.years);
            permanence.crops[0].cells.push_back(cell);
        }
        const auto rows = regions::permanence_by_region(permanence, set);
        REQUIRE(rows.size() == 5);
        for (const auto& row : rows) {
            if (row.permanence == PermanenceClass::never) continue;
            double lo = 2;
            double hi = -1;
            std::array<std::vector<PermanenceClass>, 4> choices;
            for (std::size_t c = 0; c < 4; ++c)
                for (int k = 0; k < 5; ++k)
                    if (permanence.crops[0].cells[c].possible.holds(static_cast<PermanenceClass>(k)))
                        choices[c].push_back(static_cast<PermanenceClass>(k));
            for (const auto a : choices[0])
                for (const auto b : choices[1])
                    for (const auto c : choices[2])
                        for (const auto d : choices[3]) {
                            const std::array<PermanenceClass, 4> world{a, b, c, d};
                            const auto affected = 4 - std::ranges::count(world, PermanenceClass::never);
                            if (affected == 0) continue;
                            const double share = static_cast<double>(std::ranges::count(world, row.permanence)) /
                                                 static_cast<double>(affected);
                            lo = std::min(lo, share);
                            hi = std::max(hi, share);
                        }
            INFO(cells[0] << " " << cells[1] << " " << cells[2] << " " << cells[3] << " "
                          << regions::name_of(row.permanence));
            if (hi < 0) {
                CHECK_FALSE(row.share_hi);
                continue;
            }
            CHECK(*row.share_hi == Approx(hi));
            // A world in which nothing is affected has no share; its floor is told as 0.
            CHECK(*row.share_lo <= lo + 1e-12);
        }
    }
}

TEST_CASE("permanence does not depend on threads") {
    geo::Diagnostics diagnostics;
    const auto set = region_set({region("a", rectangle(-3000, 0, 2500, 4000))}, diagnostics);
    std::mt19937 random(5);
    std::uniform_real_distribution<double> place(-3000, 2500);
    std::vector<regions::Survey> surveys;
    for (int year = 2011; year <= 2016; ++year) {
        std::vector<regions::Plot> plots;
        for (int i = 0; i < 60; ++i)
            plots.push_back(plot("p" + std::to_string(i), blob(random, {place(random), place(random)}, 80, 9)));
        surveys.push_back(survey(year, std::move(plots), diagnostics, rectangle(-2000, 0, 2500, 4000)));
    }
    const auto one = permanence_of(set, surveys, diagnostics, {.cell = geo::Metres(300)}, 1);
    const auto four = permanence_of(set, surveys, diagnostics, {.cell = geo::Metres(300)}, 4);
    REQUIRE(one.crops[0].cells.size() == four.crops[0].cells.size());
    for (std::size_t i = 0; i < one.crops[0].cells.size(); ++i) {
        CHECK(one.crops[0].cells[i].years == four.crops[0].cells[i].years);
        CHECK(one.crops[0].cells[i].crop_area == four.crops[0].cells[i].crop_area);
    }
}
