#include "tests/report/sample_results.hpp"

#include <array>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

namespace vereda::tests {

using geo::operator""_msg;

namespace {

constexpr int columns = 7;
constexpr int rows = 4;
constexpr double cell = 4'000;  // metres
constexpr std::array years{2016, 2017, 2018, 2019, 2020, 2021};

/// A number in [0, 1) that depends on its arguments alone.
double noise(unsigned a, unsigned b = 0, unsigned c = 0) {
    std::uint32_t x = a * 374761393u + b * 668265263u + c * 2246822519u + 1274126177u;
    x = (x ^ (x >> 13)) * 1274126177u;
    x ^= x >> 16;
    return x / 4294967296.0;
}

geo::Point bent(double x, double y) {
    return {x + 500 * std::sin(y / 2900) + 260 * std::sin(x / 1700),
            y + 480 * std::sin(x / 3300) + 210 * std::cos(y / 1500)};
}

geo::MultiPolygon bent_box(double x, double y, double width, double height) {
    constexpr int steps = 12;
    geo::Ring ring;
    for (int i = 0; i < steps; ++i)
        ring.push_back(bent(x, y + height * i / steps));
    for (int i = 0; i < steps; ++i)
        ring.push_back(bent(x + width * i / steps, y + height));
    for (int i = 0; i < steps; ++i)
        ring.push_back(bent(x + width, y + height - height * i / steps));
    for (int i = 0; i < steps; ++i)
        ring.push_back(bent(x + width - width * i / steps, y));
    ring.push_back(ring.front());
    return {geo::Polygon{ring, {}}};
}

geo::MultiPolygon square(geo::Point centre, double side) {
    const double h = side / 2;
    return {geo::Polygon{{{centre.x - h, centre.y - h},
                          {centre.x - h, centre.y + h},
                          {centre.x + h, centre.y + h * 0.8},
                          {centre.x + h * 0.9, centre.y - h},
                          {centre.x - h, centre.y - h}},
                         {}}};
}

std::string region_id(unsigned i) {
    return (i < 9 ? "V0" : "V") + std::to_string(i + 1);
}

const std::array<std::string, 28>& names() {
    static const std::array<std::string, 28> list{
        "La Esperanza", "El Guayabo",   "San Antonio",  "Quebrada Honda", "Buenavista",    "Las Delicias",
        "Alto Ñambí",   "El Porvenir",  "Santa Rosa",   "La Unión",       "Puerto Nuevo",  "El Mirador",
        "San José",     "Aguas Claras", "Los Andes",    "La Florida",     "Villa Hermosa", "El Carmen",
        "Monte Bello",  "Río Blanco",   "La Primavera", "San Isidro",     "El Tigre",      "Las Brisas",
        "Palmira Baja", "Tres Cruces",  "La Cumbre",    "Nueva Granada"};
    return list;
}

geo::Date day(int year, unsigned month, unsigned d) {
    return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(d);
}

void fill_land(report::RunResults& results) {
    std::vector<regions::Region> list;
    for (unsigned i = 0; i < rows * columns; ++i) {
        const double x = cell * (i % columns);
        const double y = cell * (i / columns);
        regions::Region region{region_id(i),
                               names()[i],
                               i < 14 ? "Puerto Rico" : "Belén",
                               60.0 + i,
                               std::nullopt,
                               bent_box(x, y, cell, cell),
                               {}};
        region.area = geo::to_hectares(geo::SquareMetres(geo::planar_area(region.geometry)));
        list.push_back(std::move(region));
    }
    geo::Diagnostics diagnostics;
    const geo::Crs crs = geo::Crs::parse("+proj=laea +lat_0=1.5 +lon_0=-75.5 +datum=WGS84 +units=m");
    results.regions.emplace(std::move(list), crs, geo::Locus{}, diagnostics);
    results.zones.push_back(
        {regions::ZoneKind::park, "Parque Serranía", "", bent_box(18'000, 6'500, 9'000, 8'500), {}, {}});
    results.zones.push_back(
        {regions::ZoneKind::indigenous, "Resguardo Alto", "", bent_box(1'200, 9'800, 7'400, 5'200), {}, {}});
}

void fill_surveys(report::RunResults& results) {
    for (unsigned y = 0; y < years.size(); ++y) {
        for (const regions::Crop crop : {regions::Crop::coca, regions::Crop::poppy}) {
            const bool coca = crop == regions::Crop::coca;
            regions::Survey survey{years[y], crop, {}, std::nullopt, geo::Metres(5)};
            const unsigned count = coca ? 230 + 34 * y : 46 - 5 * y;
            for (unsigned p = 0; p < count; ++p) {
                const double x = 27'000 * (coca ? std::pow(noise(p, 1), 0.8) : 0.25 * noise(p, 1)) + 500;
                const double north = 15'000 * (coca ? noise(p, 2) : 0.7 + 0.3 * noise(p, 2)) + 400;
                const double side = 45 + 80 * noise(p, 3);
                const geo::Point centre = bent(x + 60 * y, north);
                survey.plots.push_back({"P" + std::to_string(10'000 + p),
                                        "",
                                        square(centre, side),
                                        geo::SquareMetres(side * side * 0.9),
                                        {},
                                        {},
                                        0.8,
                                        {},
                                        regions::MeasuredBy::vhr});
            }
            if (years[y] == 2018 || years[y] == 2020) {
                survey.observed = bent_box(years[y] == 2018 ? 5'200 : -300, -300, 21'000, 17'000);
            }
            results.surveys.push_back(std::move(survey));
        }
    }
    for (unsigned e = 0; e < 14; ++e) {
        const geo::Point place = bent(4'000 + 22'000 * noise(e, 7), 1'000 + 14'000 * noise(e, 8));
        results.eradication.push_back(
            {"E" + std::to_string(e),
             day(years[e % 5 + 1], 5, 3),
             e % 3 == 0 ? regions::EradicationKind::voluntary : regions::EradicationKind::manual_forced,
             geo::Geometry(geo::Points{{place}}),
             geo::Hectares(3.5 + e),
             {},
             "Fuerza de Tarea",
             e % 2 == 0 ? regions::Answer::yes : regions::Answer::unknown,
             "",
             ""});
    }
}

void fill_areas(report::RunResults& results) {
    for (unsigned i = 0; i < rows * columns; ++i) {
        for (const regions::Crop crop : {regions::Crop::coca, regions::Crop::poppy}) {
            for (unsigned y = 0; y < years.size(); ++y) {
                regions::PlotAreaRow row{region_id(i), names()[i], years[y], crop, {}, {}, {}, {}, 1, false};
                const bool cloudy = (years[y] == 2018 && i % columns == 0) || (years[y] == 2020 && i % columns >= 5);
                row.observed_share = cloudy ? (i % columns == 6 || i % columns == 0 ? 0.0 : 0.45) : 1;
                if (row.observed_share > 0) {
                    const double base =
                        crop == regions::Crop::coca ? 14 * noise(i, 20) * (1 + 0.16 * y) : 1.3 * noise(i, 21);
                    const double area = base * row.observed_share;
                    row.plots = std::lround(area / 0.55);
                    row.area = geo::Hectares(area);
                    row.area_lo = geo::Hectares(area * 0.94);
                    row.area_hi = geo::Hectares(area * 1.06 + base * (1 - row.observed_share));
                }
                results.plot_area.push_back(row);
            }
        }
        for (unsigned y = 0; y < years.size(); ++y) {
            for (int lag = 0; lag <= 3; ++lag) {
                const double area = (2.4 - 0.5 * lag) * noise(i, y, 30 + lag);
                results.loss.push_back({region_id(i),
                                        names()[i],
                                        years[y],
                                        "direct_lag_" + std::to_string(lag),
                                        geo::Hectares(std::max(area, 0.0)),
                                        {},
                                        {},
                                        {}});
            }
            results.loss.push_back({region_id(i),
                                    names()[i],
                                    years[y],
                                    "unattributed",
                                    geo::Hectares(9 + 22 * noise(i, y, 40)),
                                    {},
                                    {},
                                    {}});
        }
    }
}

void add_coverage(report::RunResults& results, const std::string& region, livelihoods::CoverageRow row, double promised,
                  double delivered) {
    row.region_id = region;
    row.promised = std::lround(static_cast<double>(row.registered) * promised);
    row.delivered = std::lround(static_cast<double>(row.promised) * delivered);
    row.confirmed = row.delivered * 2 / 3;
    row.disputed = row.delivered / 9;
    if (row.registered > 0)
        row.delivered_share = static_cast<double>(row.delivered) / static_cast<double>(row.registered);
    results.coverage.push_back(row);
}

void fill_people(report::RunResults& results) {
    const std::array components{"any",  "food",  "technical_assistance", "garden", "short_cycle", "long_cycle",
                                "road", "credit"};
    for (unsigned i = 0; i < rows * columns; ++i) {
        const long families = i == 3 ? 7 : 34 + std::lround(70 * noise(i, 50));
        results.families_by_region[region_id(i)] = families;
        for (const std::string period : {"2020", "2021"}) {
            for (unsigned c = 0; c < components.size(); ++c) {
                const double promised = c == 0 ? 0.93 : 0.85 - 0.09 * c;
                const double delivered = (period == "2020" ? 0.4 : 0.62) * (c == 0 ? 1 : 1 - 0.11 * c);
                livelihoods::CoverageRow row{region_id(i), period, "all", "all", "all", components[c],
                                             families,     0,      0,     {},    0,     0};
                add_coverage(results, region_id(i), row, promised, delivered);
                if (c > 0) continue;
                for (const auto& [group, share] :
                     {std::pair("grower", 0.6), std::pair("non_grower", 0.25), std::pair("picker", 0.15)}) {
                    row.group = group;
                    row.registered = std::lround(static_cast<double>(families) * share);
                    add_coverage(results, region_id(i), row, promised, delivered * (row.group == "picker" ? 0.4 : 1));
                }
                row.group = "all";
                for (const auto& [sex, share] : {std::pair("f", 0.37), std::pair("m", 0.63)}) {
                    row.sex = sex;
                    row.registered = std::lround(static_cast<double>(families) * share);
                    add_coverage(results, region_id(i), row, promised, delivered);
                }
            }
        }
    }
}

livelihoods::ReadinessModel sample_model() {
    livelihoods::ReadinessModel model{"development_first",        "1.0", "A/RES/68/196; WOLA 2010", 0.5, {}, {}, {},
                                      "9 (ii) favourable climate"};
    using enum livelihoods::GateBasis;
    const std::array<std::tuple<const char*, const char*, livelihoods::GateBasis, const char*>, 8> gates{
        {{"licit income replaces crop income for 80 % of families",
          "el ingreso lícito reemplaza al del cultivo en 80 % de las familias", wola, "(k)"},
         {"families have enough to eat", "las familias tienen suficiente para comer", ours, ""},
         {"a signed, free and current community agreement", "un acuerdo comunitario firmado, libre y vigente", un_text,
          "9 (i)"},
         {"land title or recognised use right", "título de tierra o derecho de uso reconocido", un_text, "5"},
         {"a buyer contract or a market within reach", "contrato de compra o mercado al alcance", un_text, "9 (iv)"},
         {"no unresolved threat to participants", "ninguna amenaza sin resolver contra participantes", ours, ""},
         {"promised inputs delivered and confirmed", "insumos prometidos entregados y confirmados", wola, "(k)"},
         {"baseline frozen before the announcement", "línea base fijada antes del anuncio", ours, ""}}};
    int i = 1;
    for (const auto& [en, es, basis, clause] : gates) {
        model.gates.push_back(
            {"G" + std::to_string(i++), en, es, basis, clause, "", livelihoods::Comparison::at_least, 0, 12});
    }
    return model;
}

void fill_readiness(report::RunResults& results) {
    using livelihoods::GateState;
    using livelihoods::ReadinessState;
    results.readiness_model = sample_model();
    for (unsigned i = 0; i < rows * columns; ++i) {
        livelihoods::ReadinessRow row;
        row.region_id = region_id(i);
        row.as_of = day(2021, 12, 31);
        bool failed = false;
        bool unknown = false;
        for (unsigned g = 0; g < 8; ++g) {
            const double draw = noise(i, g, 60);
            const double hard = g == 0 || g == 6 ? 0.45 : 0.12;
            const GateState state = i % 9 == 0           ? GateState::pass
                                    : draw < hard        ? GateState::fail
                                    : draw < hard + 0.09 ? GateState::unknown
                                                         : GateState::pass;
            failed = failed || state == GateState::fail;
            unknown = unknown || state == GateState::unknown;
            const geo::Message reason = state == GateState::unknown
                                            ? geo::Message{"sample.no_evidence"_msg, {}}
                                            : geo::Message{"sample.evidence"_msg, {{"document", "Acta 12"}}};
            row.gates.push_back({"G" + std::to_string(g + 1), state, reason, day(2021, 6, 1 + g)});
        }
        const double score = 0.25 + 0.5 * noise(i, 70);
        row.score = score;
        row.score_lo = score * 0.82;
        row.score_hi = std::min(1.0, score * 1.12);
        row.arithmetic = score * 1.05;
        row.rank = static_cast<int>(i) + 1;
        row.rank_lo = std::max(1, static_cast<int>(i) - 3);
        row.rank_hi = static_cast<int>(i) + 4;
        row.indicator_coverage = 0.8;
        row.state = failed       ? ReadinessState::not_ready
                    : unknown    ? ReadinessState::insufficient_data
                    : i % 2 == 0 ? ReadinessState::ready
                                 : ReadinessState::conditional;
        if (row.state == ReadinessState::ready) row.expires_on = day(2022, 6, 1);
        row.reason = {"sample.reason"_msg, {{"region", names()[i]}}};
        results.readiness.push_back(std::move(row));
    }
}

void fill_small_plots(report::RunResults& results) {
    using livelihoods::SmallPlotVerdict;
    livelihoods::RulePack pack;
    pack.name = "chapare";
    pack.title = "Cato, Trópico de Cochabamba";
    pack.jurisdiction = "Chapare, Bolivia";
    pack.version = "2010.1";
    pack.source = "Seis Federaciones, resolución de 2010";
    pack.max_area = geo::SquareMetres(1'600);
    results.rule_packs.push_back(pack);
    for (unsigned i = 0; i < 160; ++i) {
        const double area = 1'000 + 900 * std::pow(noise(i, 80), 0.8) + (i % 16 == 0 ? 900 : 0);
        const double sd = i % 23 == 0 ? 380 : 120 + 80 * noise(i, 81);
        const bool exceeds = area - 1.645 * sd > 1'600;
        const SmallPlotVerdict verdict = sd > 320                    ? SmallPlotVerdict::not_testable
                                         : exceeds                   ? SmallPlotVerdict::exceeds
                                         : area + 1.645 * sd < 1'600 ? SmallPlotVerdict::compliant
                                                                     : SmallPlotVerdict::within_error;
        livelihoods::SmallPlotRow row;
        row.household_id = "H" + std::to_string(100 + i);
        row.plot_id = "C" + std::to_string(100 + i);
        row.pack = "chapare";
        row.verdict = verdict;
        row.area = geo::SquareMetres(area);
        row.sd = geo::SquareMetres(sd);
        row.limit = geo::SquareMetres(1'600);
        row.p_exceeds = exceeds ? 0.97 : 0.3;
        row.reason = {"sample.reason"_msg, {{"region", row.plot_id}}};
        if (i % 30 == 0) row.findings.push_back({"title", "title_missing", {"sample.no_evidence"_msg, {}}});
        results.small_plots.push_back(row);
        livelihoods::FamilyVerdict family;
        family.household_id = row.household_id;
        family.pack = row.pack;
        family.plots = 1;
        family.area.verdict = verdict;
        family.area.area = row.area;
        family.area.sd = row.sd;
        family.limit = row.limit;
        results.small_plot_families.push_back(std::move(family));
        const double side = std::sqrt(area);
        results.registered_plots.push_back({row.plot_id,
                                            row.household_id,
                                            square(bent(2'000 + 150 * i, 3'000), side),
                                            geo::SquareMetres(area),
                                            {},
                                            {},
                                            {},
                                            geo::Metres(3),
                                            regions::MeasuredBy::corners});
    }
}

void fill_welfare(report::RunResults& results) {
    struct Sample {
        const char* id;
        const char* unit;
        double base;
        double drift;
        bool up;
    };
    const std::array<Sample, 6> samples{{{"licit_income", "BOB/month", 900, 120, true},
                                         {"food_secure", "share", 0.55, 0.05, true},
                                         {"secure_tenure", "share", 0.4, 0.04, true},
                                         {"market_hours", "h", 3.5, -0.3, false},
                                         {"threats", "per 1,000", 2.2, 0.6, false},
                                         {"school_access", "share", 0.7, 0.02, true}}};
    for (unsigned i = 0; i < rows * columns; ++i) {
        for (unsigned s = 0; s < samples.size(); ++s) {
            for (const int year : {2016, 2021}) {
                const double value = samples[s].base * (0.75 + 0.5 * noise(i, s, 90)) +
                                     (year == 2021 ? samples[s].drift * (noise(i, s, 91) * 3 - 1) : 0);
                livelihoods::WelfareRow row{
                    region_id(i),
                    std::to_string(year),
                    samples[s].id,
                    std::nullopt,
                    {},
                    {},
                    samples[s].unit,
                    samples[s].up ? livelihoods::Direction::higher_is_better : livelihoods::Direction::lower_is_better,
                    "encuesta"};
                if (noise(i, s, 92) > 0.22) row.value = value;
                if (row.value && s == 0) {
                    row.lo = value * 0.9;
                    row.hi = value * 1.1;
                }
                results.welfare.push_back(row);
            }
        }
    }
}

}  // namespace

report::RunResults sample_results() {
    report::RunResults results;
    results.study = {
        "Valle del Guayabo", {regions::Crop::coca, regions::Crop::poppy}, {years.begin(), years.end()}, "BOB"};
    fill_land(results);
    fill_surveys(results);
    fill_areas(results);
    fill_people(results);
    fill_readiness(results);
    fill_small_plots(results);
    fill_welfare(results);
    results.diagnostics = {
        {geo::Severity::warning,
         {"sample.repaired"_msg, {{"id", "V07"}}},
         {"regions.gpkg", "veredas", "V07", 0, ""},
         geo::SquareMetres(-12)},
        {geo::Severity::note, {"sample.no_evidence"_msg, {}}, {"evidence.csv", "", "", 12, "gate"}, {}}};
    results.provenance = {"0.1.0",
                          {{"GDAL", "3.6.2"}, {"GEOS", "3.11.1"}, {"PROJ", "9.1.1"}},
                          {{"regions.gpkg", std::string(64, 'a'), "regions.source"},
                           {"households.csv", std::string(64, 'b'), "people.households"}},
                          {{"tree_cover_min", "30"}, {"max_lag", "5"}},
                          1,
                          "LAEA 1.5, -75.5"};
    return results;
}

std::string source_file(const std::string& path) {
    std::ifstream file(std::string(VEREDA_SOURCE_DIR) + "/" + path, std::ios::binary);
    if (!file) throw std::runtime_error("no file " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

report::Catalogue sample_catalogue(const std::string& language) {
    auto texts = nlohmann::json::parse(source_file("share/vereda/lang/" + language + ".json"));
    texts["sample.evidence"] = language == "es" ? "según {document}" : "by {document}";
    texts["sample.no_evidence"] =
        language == "es" ? "no hay evidencia; pídala a la comunidad" : "there is no evidence; ask the community for it";
    texts["sample.reason"] = language == "es" ? "sobre {region}" : "about {region}";
    texts["sample.repaired"] = language == "es" ? "la región {id} se cruzaba a sí misma y se reparó"
                                                : "region {id} crossed itself and was repaired";
    texts["sample.skipped"] = language == "es" ? "el estudio no nombra {what}" : "the study names no {what}";
    return report::Catalogue::parse(texts.dump(), language);
}

std::vector<report::Catalogue> sample_catalogues() {
    return {sample_catalogue("en"), sample_catalogue("es")};
}

std::string hostile_text() {
    return "</script></style></title><script>alert(1)</script>\"'<img src=x "
           "onerror=alert(2)>&amp;\x1b[31m\xe2\x80\xae" +
           std::string("\0", 1) + "=cmd|' /C calc'!A0\xff" + std::string(10'000, 'x');
}

report::RunResults hostile_results() {
    report::RunResults results = sample_results();
    const std::string hostile = hostile_text();
    results.study.name = hostile;
    std::vector<regions::Region> list = results.regions->regions();
    for (auto& region : list)
        region.name = hostile;
    geo::Diagnostics ignored;
    const geo::Crs crs = results.regions->crs();
    results.regions.emplace(list, crs, geo::Locus{}, ignored);
    for (auto& row : results.plot_area)
        row.region_name = hostile;
    for (auto& row : results.loss)
        row.region_name = row.mechanism = hostile;
    livelihoods::CoverageRows renamed;
    for (auto row : results.coverage) {
        if (row.component != "any") row.component = hostile;
        renamed.push_back(row);
    }
    results.coverage = std::move(renamed);
    for (auto& row : results.welfare)
        row.indicator = row.unit = hostile;
    for (auto& gate : results.readiness_model->gates)
        gate.title_en = gate.title_es = gate.clause = hostile;
    for (auto& pack : results.rule_packs)
        pack.title = pack.source = pack.jurisdiction = pack.version = hostile;
    for (auto& diagnostic : results.diagnostics)
        diagnostic.locus = {hostile, hostile, hostile, 1, hostile};
    for (auto& input : results.provenance.inputs)
        input = {hostile, hostile, hostile};
    results.provenance.parameters.emplace_back(hostile, hostile);
    results.provenance.analysis_crs = results.provenance.vereda_version = hostile;
    results.skipped.push_back({"loss", {"sample.skipped"_msg, {{"what", hostile}}}});
    for (auto& survey : results.surveys) {
        for (auto& plot : survey.plots)
            plot.id += "<script>alert(3)</script>\"'";
    }
    for (auto& event : results.eradication)
        event.agency = event.id = hostile;
    for (auto& zone : results.zones)
        zone.name = hostile;
    return results;
}

}  // namespace vereda::tests
