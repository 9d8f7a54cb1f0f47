#include "tests/support/study_fixture.hpp"

#include <fmt/format.h>
#include <stdexcept>
#include <vector>

namespace vereda::tests {

namespace {

constexpr double west = -73.0;
constexpr double north = 4.04;
constexpr double region_side = 0.02;
constexpr double plot_side = 0.001;
constexpr int raster_cells = 40;

std::string square(double left, double top, double side, std::string_view properties) {
    return fmt::format(
        R"({{"type":"Feature","properties":{{{4}}},"geometry":{{"type":"Polygon","coordinates":[[[{0:.4f},{1:.4f}],[{0:.4f},{3:.4f}],[{2:.4f},{3:.4f}],[{2:.4f},{1:.4f}],[{0:.4f},{1:.4f}]]]}}}})",
        left, top, left + side, top - side, properties);
}

std::string collection(const std::vector<std::string>& features) {
    return fmt::format("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", fmt::join(features, ",\n"));
}

std::string regions() {
    std::vector<std::string> features;
    for (int i = 0; i < 4; ++i) {
        features.push_back(square(west + (i % 2) * region_side, north - (i / 2) * region_side, region_side,
                                  fmt::format(R"("code":"R{0}","name":"Vereda {0}","municipality":"Valle")", i + 1)));
    }
    return collection(features);
}

struct PlotPlace {
    int number;
    double left;
    double top;
};

std::string plots(int year, int count) {
    const std::vector<PlotPlace> places{{1, -72.995, 4.035}, {2, -72.990, 4.030}, {3, -72.975, 4.035},
                                        {4, -72.970, 4.030}, {5, -72.995, 4.015}, {6, -72.975, 4.015},
                                        {7, -72.9805, 4.025}};
    std::vector<std::string> features;
    for (const PlotPlace& place : places) {
        if (place.number > count) continue;
        features.push_back(
            square(place.left, place.top, plot_side,
                   fmt::format(R"("plot_id":"P{}","year":{},"household_id":"H{}")", place.number, year, place.number)));
    }
    return collection(features);
}

/// Loss of 2015 (value 15) in one block, of 2016 (16) in another; nothing elsewhere.
std::string loss_year() {
    std::string text =
        fmt::format("ncols {0}\nnrows {0}\nxllcorner {1:.3f}\nyllcorner {2:.3f}\ncellsize 0.001\nNODATA_value 255\n",
                    raster_cells, west, north - 2 * region_side);
    for (int row = 0; row < raster_cells; ++row) {
        for (int col = 0; col < raster_cells; ++col) {
            const bool under_plot_3 = row >= 4 && row <= 6 && col >= 24 && col <= 26;
            const bool block = row >= 20 && row < 24 && col >= 4 && col < 8;
            text += fmt::format("{}{}", col == 0 ? "" : " ", under_plot_3 ? 16 : block ? 15 : 0);
        }
        text += "\n";
    }
    return text;
}

std::string households() {
    std::string text = "household_id,region_id,group,registered_on,sex\n";
    for (int i = 1; i <= 23; ++i) {
        text += fmt::format("H{},R{},{},2015-0{}-10,{}\n", i, i <= 12 ? 1 : 2, i % 3 == 0 ? "picker" : "grower",
                            1 + i % 9, i % 2 == 0 ? "f" : "m");
    }
    return text;
}

std::string deliveries() {
    std::string text = "household_id,programme_id,component,promised_on,delivered_on,confirmation\n";
    for (int i = 1; i <= 20; ++i) {
        text +=
            fmt::format("H{},PR1,food,2016-02-01,{},{}\n", i, i <= 14 ? "2016-05-01" : "", i <= 12 ? "confirmed" : "");
    }
    return text;
}

constexpr std::string_view lon_lat_prj =
    R"(GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]])";

constexpr std::string_view study_text = R"([study]
name = "Fixture"
crops = ["coca"]
years = [2016, 2017]

[regions]
source = "regions.geojson"
id = "code"
name = "name"
parent = "municipality"

[[zones]]
kind = "park"
source = "zones.geojson"

[[surveys]]
year = 2016
crop = "coca"
plots = "plots_2016.geojson"
position_error_m = 3

[[surveys]]
year = 2017
crop = "coca"
plots = "plots_2017.geojson"
position_error_m = 3

[rasters]
forest_loss_year = "lossyear.asc"

[people]
households = "households.csv"
deliveries = "deliveries.csv"
programmes = "programmes.csv"
)";

}  // namespace

StudyFixture::StudyFixture() {
    write("regions.geojson", regions());
    write("zones.geojson", collection({square(-72.98, 4.02, 0.01, R"("name":"Parque")")}));
    write("plots_2016.geojson", plots(2016, 5));
    write("plots_2017.geojson", plots(2017, 7));
    write("lossyear.asc", loss_year());
    write("lossyear.prj", lon_lat_prj);
    write("households.csv", households());
    write("deliveries.csv", deliveries());
    write("programmes.csv",
          "programme_id,agency,name,kind,announced_on\nPR1,Agencia,Plan,alternative_development,2016-01-15\n");
    write("study.toml", study_text);
}

void StudyFixture::replace(const std::string& name, std::string_view from, std::string_view to) const {
    std::string text = bytes_of(folder_ / name);
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("nothing to replace in " + name);
    text.replace(at, from.size(), to);
    write(name, text);
}

}  // namespace vereda::tests
