/// Invents registers of national size for whole commands over people; nothing in them is a real place or person.
///
///     vereda_bench_registers coverage  FOLDER [HOUSEHOLDS DELIVERIES]      (100,000 and 1,200,000; ten years)
///     vereda_bench_registers readiness FOLDER [REGIONS INDICATORS]         (1,200 and 30)
///     vereda_bench_registers cato      FOLDER [FAMILIES]                   (100,000)
///
/// coverage and readiness write study.toml (and model.toml), cato plots.fgb and households.csv. Same words, same files.
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "geo/error.hpp"
#include "geo/io/layer_writer.hpp"
#include "geo/random.hpp"

namespace vereda::bench {

namespace {

namespace fs = std::filesystem;

constexpr double square_degrees = 0.02;

void write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

/// Squares in rows of forty, in degrees.
void write_regions(const fs::path& folder, int count) {
    std::string features;
    for (int i = 0; i < count; ++i) {
        const double x = -74 + square_degrees * (i % 40);
        const double y = 2 + square_degrees * (i / 40);
        const double right = x + square_degrees;
        const double top = y + square_degrees;
        features += fmt::format(
            "{}{{\"type\":\"Feature\",\"properties\":{{\"id\":\"R{:04}\",\"name\":\"Region {:04}\"}},\"geometry\":{{"
            "\"type\":\"Polygon\",\"coordinates\":[[[{},{}],[{},{}],[{},{}],[{},{}],[{},{}]]]}}}}",
            i == 0 ? "" : ",\n", i, i, x, y, right, y, right, top, x, top, x, y);
    }
    write(folder / "regions.geojson", "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}\n");
}

constexpr const char* study_head =
    "[study]\nname = \"Scale\"\ncrops = [\"coca\"]\nyears = [2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020, "
    "2021]\ncrs = \"auto\"\ncurrency = \"COP\"\n\n[regions]\nsource = \"regions.geojson\"\nid = \"id\"\nname = "
    "\"name\"\n\n";

std::string day(geo::Random& random, int first_year, int last_year) {
    return fmt::format("{}-{:02}-{:02}", random.integer(first_year, last_year), random.integer(1, 12),
                       random.integer(1, 28));
}

void generate_coverage(const fs::path& folder, int households, int deliveries) {
    constexpr int regions = 1200;
    static constexpr const char* groups[] = {"grower", "picker", "non_grower"};
    static constexpr const char* peoples[] = {"campesino", "indígena", "afro", ""};
    static constexpr const char* components[] = {
        "food", "technical_assistance", "garden", "short_cycle", "long_cycle", "payment", "road", "credit"};
    static constexpr const char* words[] = {"confirmed", "disputed", "payer_only", ""};
    geo::Random random(1, "registers");
    write_regions(folder, regions);
    std::string text = "household_id,region_id,group,registered_on,sex,ethnicity,members\n";
    for (int i = 0; i < households; ++i)
        text +=
            fmt::format("H{:06},R{:04},{},{},{},{},{}\n", i, random.integer(0, regions - 1),
                        groups[random.integer(0, 2)], day(random, 2012, 2016), random.chance(0.3) ? "mujer" : "hombre",
                        peoples[random.integer(0, 3)], random.integer(1, 8));
    write(folder / "households.csv", text);
    text = "household_id,programme_id,component,promised_on,delivered_on,confirmation,amount,currency\n";
    for (int i = 0; i < deliveries; ++i)
        text += fmt::format("H{:06},P{},{},{},{},{},{},COP\n", random.integer(0, households - 1), random.integer(1, 5),
                            components[random.integer(0, 7)], day(random, 2012, 2019),
                            random.chance(0.6) ? day(random, 2019, 2021) : std::string(), words[random.integer(0, 3)],
                            1000 * random.integer(1, 5000));
    write(folder / "deliveries.csv", text);
    write(folder / "study.toml",
          std::string(study_head) + "[people]\nhouseholds = \"households.csv\"\ndeliveries = \"deliveries.csv\"\n");
}

void generate_readiness(const fs::path& folder, int regions, int indicators) {
    geo::Random random(2, "registers");
    write_regions(folder, regions);
    constexpr int pillars = 6;
    std::string model =
        "[model]\nname = \"scale\"\nversion = \"1\"\nsource = \"invented\"\nthreshold = 0.5\n\n[[gate]]\nid = \"g\"\n"
        "title = { en = \"G\", es = \"G\" }\ntest = \"i00 >= 0.2\"\n";
    for (int p = 0; p < pillars; ++p)
        model += fmt::format("\n[[pillar]]\nid = \"p{}\"\ntitle = {{ en = \"P\", es = \"P\" }}\n", p);
    for (int i = 0; i < indicators; ++i)
        model += fmt::format(
            "\n[[indicator]]\nid = \"i{:02}\"\npillar = \"p{}\"\ntitle = {{ en = \"I\", es = \"I\" }}\nunit = "
            "\"share\"\ndirection = \"higher_is_better\"\nlo = 0\nhi = 1\nsource = \"invented\"\n",
            i, i % pillars);
    write(folder / "model.toml", model);
    std::string text = "region_id,indicator,as_of,value,lo,hi,unit,source\n";
    for (int r = 0; r < regions; ++r) {
        for (int i = 0; i < indicators; ++i) {
            if (random.chance(0.05)) continue;
            const double value = random.uniform(0.1, 0.9);
            text += fmt::format("R{:04},i{:02},{},{:.3f},{:.3f},{:.3f},share,invented\n", r, i, day(random, 2021, 2021),
                                value, value - 0.05, value + 0.05);
        }
    }
    write(folder / "indicators.csv", text);
    write(folder / "study.toml",
          std::string(study_head) +
              "[readiness]\nmodel = \"./model.toml\"\nindicators = \"indicators.csv\"\ndraws = 10000\n");
}

/// One plot a family, twelve vertices, walked with 3 m; a tenth has a second plot.
void generate_cato(const fs::path& folder, int families) {
    geo::Random random(3, "registers");
    std::string text = "household_id,union,registered_on,registration_id,name\n";
    geo::io::LayerToWrite layer{"plots", "", {}, geo::Crs::parse("EPSG:32719"), "MultiPolygon", {}, {}, {}};
    layer.schema.fields = {{"plot_id", geo::FieldType::text},
                           {"household_id", geo::FieldType::text},
                           {"crop", geo::FieldType::text},
                           {"year", geo::FieldType::integer},
                           {"measured_by", geo::FieldType::text}};
    geo::io::LayerWriter plots((folder / "plots.fgb").string(), layer);
    std::int64_t written = 0;
    for (int i = 0; i < families; ++i) {
        text += fmt::format("H{:06},Sindicato {:04},{},L{:06},\n", i, i / 40, day(random, 1998, 2006), i);
        const int own = random.chance(0.1) ? 2 : 1;
        for (int p = 0; p < own; ++p) {
            const double radius = 22 * random.uniform(0.7, 1.4);
            const geo::Point middle{250'000 + 150.0 * (i % 400) + 60 * p, 8'100'000 + 150.0 * (i / 400)};
            geo::Polygon outline;
            for (int k = 0; k <= 12; ++k) {
                const double angle = -2 * 3.14159265358979 * (k % 12) / 12;
                outline.outer.push_back({middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)});
            }
            ++written;
            plots.add({written,
                       geo::MultiPolygon{outline},
                       {fmt::format("P{:06}", written), fmt::format("H{:06}", i), std::string("coca"),
                        std::int64_t{2020}, std::string("gnss_walk")}});
        }
    }
    plots.close();
    write(folder / "households.csv", text);
}

int number(std::span<char*> words, std::size_t at, int otherwise) {
    return words.size() > at ? std::atoi(words[at]) : otherwise;
}

}  // namespace

}  // namespace vereda::bench

int main(int count, char** given) {
    using namespace vereda::bench;
    const std::span<char*> words(given, static_cast<std::size_t>(count));
    const std::string what = words.size() > 2 ? words[1] : "";
    if (what != "coverage" && what != "readiness" && what != "cato") {
        std::fputs("vereda_bench_registers coverage|readiness|cato FOLDER [NUMBERS]\n", stderr);
        return 2;
    }
    const fs::path folder = words[2];
    fs::create_directories(folder);
    if (what == "coverage") generate_coverage(folder, number(words, 3, 100'000), number(words, 4, 1'200'000));
    if (what == "readiness") generate_readiness(folder, number(words, 3, 1200), number(words, 4, 30));
    if (what == "cato") generate_cato(folder, number(words, 3, 100'000));
    return 0;
}
