#include "regions/driver_accuracy.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;

namespace {

geo::TextTable table(std::vector<std::string> columns, const std::vector<std::vector<std::string>>& rows) {
    geo::TextTable result;
    result.columns = std::move(columns);
    for (std::size_t i = 0; i < rows.size(); ++i)
        result.rows.push_back({static_cast<long>(i) + 2, rows[i]});
    return result;
}

}  // namespace

TEST_CASE("points of the study's own loss tell what lies behind a class by their shares, crop left out") {
    const auto accuracy = regions::driver_accuracy_from(
        table({"cause", "mapped", "points"},
              {{"1", "1", "80"}, {"1", "4", "10"}, {"4", "4", "30"}, {"4", "1", "20"}, {"crop", "1", "7"}}));
    const auto behind = regions::causes_behind(accuracy, {{1, 500}, {4, 100}, {9, 3}});
    REQUIRE(behind.size() == 3);
    CHECK(behind.at(1).at(1) == Approx(0.8));
    CHECK(behind.at(1).at(4) == Approx(0.2));
    CHECK(behind.at(4).at(1) == Approx(0.25));
    CHECK(behind.at(4).at(4) == Approx(0.75));
    CHECK(behind.at(9).at(9) == 1);  // nothing was drawn there: it stands for itself
    CHECK(accuracy.crop.at(1) == 1);
}

TEST_CASE("shares of each cause, from whatever land, are inverted to what is likeliest behind the mapped areas") {
    // Of cause 1 nine tenths are shown as 1, of cause 4 three tenths as 1. True areas 1000 and 200: mapped 960 and 240.
    const auto accuracy = regions::driver_accuracy_from(
        table({"cause", "mapped", "share"}, {{"1", "1", "9"}, {"1", "4", "1"}, {"4", "1", "3"}, {"4", "4", "7"}}));
    const auto behind = regions::causes_behind(accuracy, {{1, 960}, {4, 240}});
    CHECK(960 * behind.at(1).at(1) + 240 * behind.at(4).at(1) == Approx(1000).epsilon(1e-6));
    CHECK(960 * behind.at(1).at(4) + 240 * behind.at(4).at(4) == Approx(200).epsilon(1e-6));
}
