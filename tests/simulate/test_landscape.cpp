#include <sstream>

#include "geo/error.hpp"
#include "simulate/study_tables.hpp"
#include "tests/simulate/small_landscape.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::simulate;
using vereda::tests::small_landscape;

namespace {

std::string everything(const Landscape& landscape) {
    std::ostringstream out;
    out.precision(17);
    for (const auto& tables : {register_tables(landscape), truth_tables(landscape)}) {
        for (const NamedTable& named : tables) {
            for (const geo::TextRow& row : named.table.rows) {
                for (const std::string& cell : row.cells)
                    out << cell << ',';
            }
        }
    }
    for (const Vereda& vereda : landscape.land.veredas) {
        for (const geo::Point p : vereda.geometry.front().outer)
            out << p.x << ' ' << p.y << ',';
    }
    for (const SurveyYear& survey : landscape.survey.years) {
        for (const SurveyPlot& plot : survey.plots) {
            for (const geo::Point p : plot.outline.front().outer)
                out << p.x << ' ' << p.y << ',';
        }
    }
    for (const double height : landscape.land.elevation.values)
        out << height << ',';
    for (const std::uint8_t year : landscape.forest.loss_year)
        out << int{year};
    return out.str();
}

}  // namespace

TEST_CASE("the same seed gives the same landscape, another seed another") {
    const std::string first = everything(small_landscape(1));
    CHECK((first == everything(simulate::simulate(vereda::tests::small_parameters(), 1))));
    CHECK((first != everything(small_landscape(2))));
}

TEST_CASE("more people leave the land and the crops as they were") {
    LandscapeParameters parameters = vereda::tests::small_parameters();
    parameters.people.households += 40;
    const Landscape more = simulate::simulate(parameters, 1);
    const Landscape& base = small_landscape(1);
    CHECK((more.land.elevation.values == base.land.elevation.values));
    CHECK((more.forest.loss_year == base.forest.loss_year));
    REQUIRE(more.cultivation.plots.size() == base.cultivation.plots.size());
}

TEST_CASE("a parameter out of range is refused by name") {
    const auto name_of_refusal = [](auto&& change) {
        LandscapeParameters parameters;
        change(parameters);
        try {
            static_cast<void>(validated(parameters));
        } catch (const geo::Error& error) {
            CHECK(error.kind() == geo::ErrorKind::usage);
            return error.message().arguments.front().second;
        }
        return std::string("accepted");
    };
    CHECK(name_of_refusal([](auto& p) { p.columns = 100; }) == "columns");
    CHECK(name_of_refusal([](auto& p) { p.cultivation.displaced_share = 1.2; }) == "cultivation.displaced_share");
    CHECK(name_of_refusal([](auto& p) { p.survey.cloud_share = {0.1}; }) == "survey.cloud_share");
    CHECK(name_of_refusal([](auto& p) { p.people.households = 3; }) == "people.households");
    CHECK(name_of_refusal([](auto&) {}) == "accepted");
}

TEST_CASE("valle is the only preset and it is valid") {
    CHECK(preset_names() == std::vector<std::string>{"valle"});
    REQUIRE(preset("valle"));
    CHECK_NOTHROW(validated(*preset("valle")));
    CHECK_FALSE(preset("chapare"));
}
