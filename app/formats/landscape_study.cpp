#include "app/formats/landscape_study.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <map>

namespace vereda::app {

namespace {

std::string opening(const simulate::Landscape& landscape) {
    std::vector<int> years;
    years.reserve(landscape.survey.years.size());
    for (const simulate::SurveyYear& survey : landscape.survey.years)
        years.push_back(survey.year);
    return fmt::format(R"(# {0}: un paisaje simulado. Ningún lugar, familia o cultivo de estos datos existe.
# {0}: a simulated landscape. No place, family or crop in these data exists.
# Hecho con / made with: vereda simulate DIR --preset valle --seed {1}
# La verdad de la simulación está en truth/ / the simulation's truth is in truth/

[study]
name = "{0}"
crops = ["coca", "poppy"]
years = [{2}]
crs = "auto"                       # equivalente, centrado en las regiones / equal-area, centred on the regions
currency = "{3}"
announcement_date = {4}     # anuncio del programa / when the programme was announced

[regions]
source = "regions.gpkg"
layer = "veredas"
id = "code"
name = "name"
parent = "municipality"

# Zonas con otras reglas / zones with other rules
[[zones]]
kind = "park"
source = "zones.gpkg"
layer = "parks"

[[zones]]
kind = "indigenous"
source = "zones.gpkg"
layer = "indigenous"

[[zones]]                          # con una excepción dentro del parque / with an exception inside the park
kind = "registered"
source = "zones.gpkg"
layer = "registered"

)",
                       landscape.parameters.name, landscape.seed, fmt::join(years, ", "),
                       landscape.parameters.people.currency, geo::to_iso(landscape.parameters.people.announced));
}

std::string surveys(const simulate::Landscape& landscape) {
    std::string out =
        "# Un censo por año y cultivo; las nubes quedan fuera de lo observado.\n"
        "# One survey per year and crop; clouds are left out of what was observed.\n";
    for (const simulate::SurveyYear& survey : landscape.survey.years) {
        for (const char* crop : {"coca", "poppy"}) {
            out += fmt::format(R"([[surveys]]
year = {0}
crop = "{1}"
plots = "plots.gpkg"
where = "year = {0} AND crop = '{1}'"
observed = "observed_{0}.gpkg"
position_error_m = 5

)",
                               survey.year, crop);
        }
    }
    return out;
}

std::string registers(const simulate::Landscape& landscape) {
    return fmt::format(R"([rasters]
forest_loss_year = "lossyear.tif"  # 1 = 2001 … 21 = 2021
forest_loss_base = 2000
tree_cover = "treecover.tif"       # % en 2000 / % in 2000
tree_cover_min = 30
biomass = "biomass.tif"            # Mg/ha
drivers = "drivers.tif"
driver_names = ["1=ganado/cattle", "2=coca", "3=amapola/poppy", "4=fuego/fire", "5=otro/other", "9=sin determinar/undetermined"]
elevation = "dem.tif"              # m

[places]
markets = {{ source = "markets.csv", crs = "EPSG:4326" }}
services = "services.gpkg"         # en grados / in degrees
roads = "roads.shp"                # en otra zona UTM / in another UTM zone
rivers = "rivers.gpkg"

[events]
eradication = "eradication.gpkg"

[people]
households = {{ source = "households.csv", crs = "{0}" }}
# exportado de una hoja de cálculo en español / exported from a Spanish spreadsheet
deliveries = {{ source = "deliveries.csv", decimal = ",", date_order = "dmy" }}
programmes = "programmes.csv"
incomes = "incomes.csv"
prices = "prices.csv"
evidence = "evidence.csv"
incidents = {{ source = "incidents.csv", crs = "{0}" }}
context = "context.csv"
# los libros de los sindicatos / the books of the sindicatos
sanctions = "sanctions.csv"

[readiness]
model = "development_first"
indicators = "indicators.csv"
responsibilities = "responsibilities.csv"   # quién debe qué y para cuándo / who owes what by when

[rules]
packs = ["chapare"]
plots = "registered_plots.gpkg"
)",
                       landscape.parameters.crs);
}

/// What a survey of all growing families of the last year would say: mean and its 95 % interval.
std::string coverage(const simulate::Landscape& landscape) {
    std::map<int, double> by_family;
    const int last = landscape.parameters.cultivation.last_survey;
    for (const simulate::TruePlot& plot : landscape.cultivation.plots) {
        const int owner = landscape.people.owner[static_cast<std::size_t>(plot.id - 1)];
        if (owner < 0 || plot.years.back().year != last) continue;
        by_family[owner] += geo::signed_area(plot.years.back().outline) / 1e4;
    }
    const auto families = static_cast<double>(by_family.size());
    double sum = 0;
    double squares = 0;
    for (const auto& [family, area] : by_family) {
        sum += area;
        squares += area * area;
    }
    const double mean = sum / families;
    const double half = 1.96 * std::sqrt((squares / families - mean * mean) / families);
    return fmt::format(R"(
# Hectáreas de cultivo por familia, de una encuesta simulada / hectares of crop per family, from a simulated survey
[coverage]
ha_per_family = {:.2f}
ha_per_family_lo = {:.2f}
ha_per_family_hi = {:.2f}
)",
                       mean, mean - half, mean + half);
}

}  // namespace

std::string landscape_study_toml(const simulate::Landscape& landscape) {
    return opening(landscape) + surveys(landscape) + registers(landscape) + coverage(landscape);
}

}  // namespace vereda::app
