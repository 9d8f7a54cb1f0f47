#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"

using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::StudyFixture;

namespace {

/// One cell, and a block of two by two with one that touches it at a corner, all of class 3 in region R1.
void write_classes(const StudyFixture& study) {
    std::string grid = "ncols 40\nnrows 40\nxllcorner -73.0\nyllcorner 4.0\ncellsize 0.001\nNODATA_value 255\n";
    for (int row = 0; row < 40; ++row) {
        for (int col = 0; col < 40; ++col) {
            const bool crop = (row == 5 && col == 5) || ((row == 10 || row == 11) && (col == 10 || col == 11)) ||
                              (row == 12 && col == 12);
            grid += crop ? "3 " : "1 ";
        }
        grid += "\n";
    }
    study.write("classes.asc", grid);
    study.write("classes.prj", bytes_of(study.path("lossyear.prj")));
    study.replace("study.toml", "plots = \"plots_2017.geojson\"",
                  "classes = \"classes.asc\"\ncrop_class = 3\nconnectivity = 8");
}

/// plots and area_ha of R1 in 2017.
std::pair<int, double> plots_and_area(const StudyFixture& study) {
    const ProgramResult result =
        run_program(VEREDA_PROGRAM, {"run", study.study(), "-o", study.path("out"), "--overwrite"});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const std::string table = bytes_of(study.path("out") + "/tables/plot_area.csv");
    const std::string key = "R1,Vereda 1,2017,coca,";
    const std::size_t begin = table.find(key);
    REQUIRE(begin != std::string::npos);
    const std::size_t comma = table.find(',', begin + key.size());
    return {std::stoi(table.substr(begin + key.size())), std::stod(table.substr(comma + 1))};
}

}  // namespace

TEST_CASE("a survey by classes has the ground area of the class's cells") {
    const StudyFixture study;
    write_classes(study);
    // A cell of 0.001° has M·N·cos φ·Δφ·Δλ m² (WGS 84): 12279.382 at 4.0345° N, twice 12279.456 at 4.0295°, twice
    // 12279.471 at 4.0285°, 12279.485 at 4.0275°; in all 7.36767 ha.
    const auto [plots, area] = plots_and_area(study);
    CHECK(plots == 2);
    CHECK(area == Approx(7.36767).epsilon(1e-5));
    study.replace("study.toml", "connectivity = 8", "connectivity = 4");
    const auto [more_plots, same_area] = plots_and_area(study);
    CHECK(more_plots == 3);
    CHECK(same_area == Approx(7.36767).epsilon(1e-5));
}

TEST_CASE("a survey by classes leaves plots below min_area_ha out") {
    const StudyFixture study;
    write_classes(study);
    study.replace("study.toml", "connectivity = 8", "connectivity = 4\nmin_area_ha = 1.5");
    const auto [plots, area] = plots_and_area(study);
    CHECK(plots == 1);
    CHECK(area == Approx(4.91179).epsilon(1e-5));  // 2 · 12279.456 + 2 · 12279.471 m²
}
