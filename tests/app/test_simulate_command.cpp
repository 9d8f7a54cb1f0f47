#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "geo/diagnostic.hpp"
#include "geo/io/feature_reader.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "tests/app/hostile_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda;
using namespace vereda::tests;
namespace fs = std::filesystem;

namespace {

const fs::path committed = fs::path(VEREDA_SOURCE_DIR) / "sample_data" / "valle";

std::set<std::string> files_of(const fs::path& folder) {
    std::set<std::string> names;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) names.insert(fs::relative(entry.path(), folder).generic_string());
    }
    return names;
}

bool is_text(const std::string& name) {
    return name.ends_with(".csv") || name.ends_with(".toml");
}

/// Layers feature by feature, coordinates to a tenth of a millimetre (an overlay library may end a digit apart).
void check_layers_equal(const std::string& a, const std::string& b) {
    geo::Diagnostics diagnostics;
    for (const std::string& layer : geo::io::layer_names(a, false)) {
        geo::io::SourceOptions options;
        options.layer = layer;
        const auto left = geo::io::open_features(a, options, diagnostics);
        const auto right = geo::io::open_features(b, options, diagnostics);
        geo::Feature one;
        geo::Feature other;
        while (left->next(one)) {
            REQUIRE(right->next(other));
            REQUIRE(one.values.size() == other.values.size());
            for (std::size_t i = 0; i < one.values.size(); ++i)
                CHECK(geo::to_text(one.values[i]) == geo::to_text(other.values[i]));
            const geo::Box p = geo::envelope(one.geometry);
            const geo::Box q = geo::envelope(other.geometry);
            CHECK(p.min.x == Approx(q.min.x).margin(1e-4));
            CHECK(p.max.y == Approx(q.max.y).margin(1e-4));
        }
        CHECK_FALSE(right->next(other));
    }
}

void check_rasters_equal(const std::string& a, const std::string& b) {
    geo::Diagnostics diagnostics;
    const auto left = raster::io::open_raster({a, 1}, {}, diagnostics);
    const auto right = raster::io::open_raster({b, 1}, {}, diagnostics);
    CHECK((left->grid() == right->grid()));
    CHECK(left->cell_type() == right->cell_type());
    CHECK((bytes_of(a) == bytes_of(b)));
}

}  // namespace

TEST_CASE("the committed study is what simulate makes") {
    const TemporaryFolder folder;
    const std::string made = folder / "valle";
    const ProgramResult result =
        run_program(VEREDA_PROGRAM, {"simulate", made, "--preset", "valle", "--seed", "1", "-q"});
    REQUIRE(result.exit_code == 0);
    CHECK(result.out.empty());
    CHECK(files_of(made) == files_of(committed));
    for (const std::string& name : files_of(committed)) {
        const std::string fresh = (fs::path(made) / name).string();
        const std::string kept = (committed / name).string();
        INFO(name);
        if (is_text(name)) CHECK((bytes_of(fresh) == bytes_of(kept)));
        if (name.ends_with(".gpkg") || name.ends_with(".shp")) check_layers_equal(fresh, kept);
        if (name.ends_with(".tif")) check_rasters_equal(fresh, kept);
    }
}

TEST_CASE("simulate makes the same bytes twice, and others from another seed") {
    const TemporaryFolder folder;
    for (const char* name : {"a", "b"})
        REQUIRE(run_program(VEREDA_PROGRAM, {"simulate", folder / name, "--seed", "5"}).exit_code == 0);
    REQUIRE(run_program(VEREDA_PROGRAM, {"simulate", folder / "c", "--seed", "6"}).exit_code == 0);
    CHECK((contents_of(folder / "a") == contents_of(folder / "b")));
    CHECK((bytes_of(folder.path() / "a" / "plots.gpkg") != bytes_of(folder.path() / "c" / "plots.gpkg")));
}

TEST_CASE("the committed study stays small and holds no leftovers") {
    std::uintmax_t bytes = 0;
    for (const std::string& name : files_of(committed)) {
        bytes += fs::file_size(committed / name);
        CHECK(name.find(".tmp-") == std::string::npos);
    }
    CHECK(bytes < 5'000'000);
}

TEST_CASE("simulate refuses an existing folder, and replaces its own only when told to") {
    const TemporaryFolder folder;
    REQUIRE(run_program(VEREDA_PROGRAM, {"simulate", folder / "valle", "-q"}).exit_code == 0);
    const ProgramResult refused = run_program(VEREDA_PROGRAM, {"simulate", folder / "valle"});
    CHECK(refused.exit_code == 2);
    CHECK_THAT(refused.err, ContainsSubstring("vereda: error:"));
    CHECK(run_program(VEREDA_PROGRAM, {"simulate", folder / "valle", "--overwrite", "--seed", "2", "-q"}).exit_code ==
          0);
    const std::string note = folder.write("foreign/note.txt", "mine");
    CHECK(run_program(VEREDA_PROGRAM, {"simulate", folder / "foreign", "--overwrite"}).exit_code == 2);
    CHECK(bytes_of(note) == "mine");
}

TEST_CASE("simulate refuses a preset or a seed it does not know") {
    const TemporaryFolder folder;
    CHECK(run_program(VEREDA_PROGRAM, {"simulate", folder / "x", "--preset", "selva"}).exit_code == 2);
    CHECK(run_program(VEREDA_PROGRAM, {"simulate", folder / "x", "--seed", "-4"}).exit_code == 2);
    CHECK_FALSE(fs::exists(folder.path() / "x"));
}

TEST_CASE("a run on the committed study finds the truth that was planted") {
    const TemporaryFolder folder;
    const ProgramResult result =
        run_program(VEREDA_PROGRAM, {"run", (committed / "study.toml").string(), "-o", folder / "out", "-q"});
    REQUIRE(result.exit_code == 0);
    const fs::path tables = folder.path() / "out" / "tables";

    SECTION("readiness: every vereda in the state that its story demands") {
        std::map<std::string, std::string> truth;
        for (const Row& row : csv_rows(bytes_of(committed / "truth" / "readiness.csv")))
            truth[row.at("region_id")] = row.at("state");
        const auto rows = csv_rows(bytes_of(tables / "readiness.csv"));
        CHECK(rows.size() == truth.size());
        for (const Row& row : rows) {
            INFO(row.at("region_id"));
            CHECK(row.at("state") == truth.at(row.at("region_id")));
        }
    }
    SECTION("crop area: within two percent of the truth in the year without clouds") {
        double truth = 0;
        for (const Row& row : csv_rows(bytes_of(committed / "truth" / "plot_years.csv"))) {
            if (row.at("year") == "2016") truth += std::stod(row.at("area_ha"));
        }
        double measured = 0;
        for (const Row& row : csv_rows(bytes_of(tables / "plot_area.csv"))) {
            if (row.at("year") == "2016" && !row.at("area_ha").empty()) measured += std::stod(row.at("area_ha"));
        }
        REQUIRE(truth > 100);
        CHECK(measured == Approx(truth).epsilon(0.02));
    }
    SECTION("forest loss: mechanisms add up to the planted loss, direct loss is near the planted one") {
        double planted = 0;
        double planted_crop = 0;
        for (const Row& row : csv_rows(bytes_of(committed / "truth" / "loss.csv"))) {
            if (std::stoi(row.at("year")) < 2016) continue;
            planted += std::stod(row.at("area_ha"));
            if (row.at("cause") == "coca" || row.at("cause") == "poppy") planted_crop += std::stod(row.at("area_ha"));
        }
        double found = 0;
        double direct = 0;
        for (const Row& row : csv_rows(bytes_of(tables / "loss.csv"))) {
            found += std::stod(row.at("area_ha"));
            if (row.at("mechanism").starts_with("direct")) direct += std::stod(row.at("area_ha"));
        }
        CHECK(found == Approx(planted).epsilon(0.002));  // ellipsoidal against nominal cell areas
        CHECK(direct > 0.5 * planted_crop);
        CHECK(direct < 1.5 * planted_crop);
    }
    SECTION("small plots: at most one lawful family in twenty is said to exceed, and most clear excesses are found") {
        std::map<std::string, Row> truth;
        for (Row& row : csv_rows(bytes_of(committed / "truth" / "registered_plots.csv")))
            truth[row.at("plot_id")] = row;
        struct Family {
            double true_area = 0;
            double limit = 0;
            bool exceeds = false;
        };
        std::map<std::string, Family> families;  // the rule is one of families: their plots add up
        for (const Row& row : csv_rows(bytes_of(tables / "small_plots.csv"))) {
            if (row.at("verdict") == "no_rule" || row.at("verdict") == "not_testable") continue;
            const Row& real = truth.at(row.at("plot_id"));
            Family& family = families[row.at("household_id")];
            family.true_area += std::stod(real.at("true_area_m2"));
            family.limit = std::stod(real.at("limit_m2"));
            family.exceeds = row.at("verdict") == "exceeds";
        }
        double lawful = 0;
        double accused = 0;
        double clear = 0;
        double caught = 0;
        for (const auto& [id, family] : families) {
            if (family.true_area <= family.limit) {
                ++lawful;
                accused += family.exceeds;
            } else if (family.true_area > 1.5 * family.limit) {
                ++clear;
                caught += family.exceeds;
            }
        }
        REQUIRE(lawful > 50);
        CHECK(accused <= 0.05 * lawful);
        CHECK(caught >= 0.9 * clear);
    }
}
