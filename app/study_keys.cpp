#include "app/study_keys.hpp"

#include "app/analysis_keys.hpp"
#include "app/friction_unit.hpp"

namespace vereda::app {

using namespace geo;

namespace {

const std::vector<std::string> crops{"coca", "poppy"};
const std::vector<std::string> zone_kinds{"park",       "indigenous",  "collective", "prohibited",
                                          "registered", "traditional", "buffer",     "abroad"};

std::vector<StudyKey> source_options(std::string_view section) {
    return {
        {.section = section,
         .name = "layer",
         .type = KeyType::text,
         .help = "key.source.layer"_msg,
         .example = "\"veredas\""},
        {.section = section,
         .name = "where",
         .type = KeyType::text,
         .help = "key.source.where"_msg,
         .example = "\"year = 2016\""},
        {.section = section,
         .name = "columns",
         .type = KeyType::columns,
         .help = "key.source.columns"_msg,
         .example = "{ household_id = \"ID_FAMILIA\" }"},
        {.section = section,
         .name = "crs",
         .type = KeyType::crs,
         .help = "key.source.crs"_msg,
         .example = "\"EPSG:4326\""},
        {.section = section,
         .name = "encoding",
         .type = KeyType::text,
         .help = "key.source.encoding"_msg,
         .example = "\"ISO-8859-1\""},
        {.section = section,
         .name = "decimal",
         .type = KeyType::choice,
         .help = "key.source.decimal"_msg,
         .choices = {".", ","},
         .example = "\",\""},
        {.section = section,
         .name = "date_order",
         .type = KeyType::choice,
         .help = "key.source.date_order"_msg,
         .default_text = "iso",
         .choices = {"iso", "dmy"},
         .example = "\"dmy\""},
    };
}

StudyKey file(std::string_view section, std::string_view name, MessageId help, std::string_view table,
              std::string_view example) {
    return {.section = section, .name = name, .type = KeyType::file, .help = help, .table = table, .example = example};
}

StudyKey raster(std::string_view name, MessageId help, std::string_view example) {
    return {.section = "rasters", .name = name, .type = KeyType::raster, .help = help, .example = example};
}

void add(std::vector<StudyKey>& keys, std::vector<StudyKey> more) {
    for (StudyKey& key : more)
        keys.push_back(std::move(key));
}

std::vector<StudyKey> study_and_land_keys() {
    std::vector<StudyKey> keys{
        {.section = "study",
         .name = "name",
         .type = KeyType::text,
         .help = "key.study.name"_msg,
         .required = true,
         .example = "\"Valle\""},
        {.section = "study",
         .name = "crops",
         .type = KeyType::choices,
         .help = "key.study.crops"_msg,
         .required = true,
         .choices = crops,
         .example = "[\"coca\", \"poppy\"]"},
        {.section = "study",
         .name = "years",
         .type = KeyType::integers,
         .help = "key.study.years"_msg,
         .required = true,
         .least = 1900,
         .most = 2100,
         .example = "[2016, 2017, 2018]"},
        {.section = "study",
         .name = "crs",
         .type = KeyType::crs,
         .help = "key.study.crs"_msg,
         .default_text = "auto",
         .example = "\"auto\""},
        {.section = "study",
         .name = "currency",
         .type = KeyType::text,
         .help = "key.study.currency"_msg,
         .example = "\"BOB\""},
        {.section = "study",
         .name = "announcement_date",
         .type = KeyType::date,
         .help = "key.study.announcement_date"_msg,
         .example = "2017-03-01"},
        {.section = "study",
         .name = "as_of",
         .type = KeyType::date,
         .help = "key.study.as_of"_msg,
         .example = "2018-12-31"},

        {.section = "regions",
         .name = "source",
         .type = KeyType::file,
         .help = "key.regions.source"_msg,
         .required = true,
         .table = "regions",
         .example = "\"regions.gpkg\""},
        {.section = "regions",
         .name = "id",
         .type = KeyType::text,
         .help = "key.regions.id"_msg,
         .default_text = "id",
         .example = "\"code\""},
        {.section = "regions",
         .name = "name",
         .type = KeyType::text,
         .help = "key.regions.name"_msg,
         .default_text = "name",
         .example = "\"name\""},
        {.section = "regions",
         .name = "parent",
         .type = KeyType::text,
         .help = "key.regions.parent"_msg,
         .default_text = "parent",
         .example = "\"municipality\""},
    };
    add(keys, source_options("regions"));
    add(keys, {
                  {.section = "zones",
                   .name = "kind",
                   .type = KeyType::choice,
                   .help = "key.zones.kind"_msg,
                   .required = true,
                   .choices = zone_kinds,
                   .example = "\"park\""},
                  {.section = "zones",
                   .name = "source",
                   .type = KeyType::file,
                   .help = "key.zones.source"_msg,
                   .required = true,
                   .table = "zones",
                   .example = "\"zones.gpkg\""},
              });
    add(keys, source_options("zones"));
    add(keys, {
                  {.section = "surveys",
                   .name = "year",
                   .type = KeyType::integer,
                   .help = "key.surveys.year"_msg,
                   .required = true,
                   .least = 1900,
                   .most = 2100,
                   .example = "2016"},
                  {.section = "surveys",
                   .name = "crop",
                   .type = KeyType::choice,
                   .help = "key.surveys.crop"_msg,
                   .required = true,
                   .choices = crops,
                   .example = "\"coca\""},
                  file("surveys", "plots", "key.surveys.plots"_msg, "plots", "\"plots.gpkg\""),
                  {.section = "surveys",
                   .name = "classes",
                   .type = KeyType::raster,
                   .help = "key.surveys.classes"_msg,
                   .example = "\"classes_2017.tif\""},
                  {.section = "surveys",
                   .name = "crop_class",
                   .type = KeyType::integer,
                   .help = "key.surveys.crop_class"_msg,
                   .example = "3"},
                  {.section = "surveys",
                   .name = "min_area_ha",
                   .type = KeyType::number,
                   .help = "key.surveys.min_area_ha"_msg,
                   .default_text = "0",
                   .unit = "ha",
                   .least = 0,
                   .example = "0.05"},
                  {.section = "surveys",
                   .name = "connectivity",
                   .type = KeyType::integer,
                   .help = "key.surveys.connectivity"_msg,
                   .default_text = "8",
                   .least = 4,
                   .most = 8,
                   .example = "8"},
                  file("surveys", "observed", "key.surveys.observed"_msg, "observed", "\"observed_2016.gpkg\""),
                  {.section = "surveys",
                   .name = "observed_values",
                   .type = KeyType::integers,
                   .help = "key.surveys.observed_values"_msg,
                   .example = "[1]"},
                  {.section = "surveys",
                   .name = "image_date",
                   .type = KeyType::date,
                   .help = "key.surveys.image_date"_msg,
                   .example = "2016-11-15"},
                  {.section = "surveys",
                   .name = "outline_bias_sd_m",
                   .type = KeyType::number,
                   .help = "key.surveys.outline_bias_sd_m"_msg,
                   .unit = "m",
                   .least = 0,
                   .example = "1"},
                  {.section = "surveys",
                   .name = "position_error_m",
                   .type = KeyType::number,
                   .help = "key.surveys.position_error_m"_msg,
                   .unit = "m",
                   .least = 0,
                   .example = "5"},
              });
    add(keys, source_options("surveys"));
    add(keys, {
                  {.section = "boundaries",
                   .name = "until",
                   .type = KeyType::integer,
                   .help = "key.boundaries.until"_msg,
                   .required = true,
                   .least = 1900,
                   .most = 2100,
                   .example = "2015"},
                  {.section = "boundaries",
                   .name = "source",
                   .type = KeyType::file,
                   .help = "key.boundaries.source"_msg,
                   .required = true,
                   .table = "regions",
                   .example = "\"regions_2015.gpkg\""},
              });
    add(keys, source_options("boundaries"));
    return keys;
}

/// Reference samples of the surveys' maps.
std::vector<StudyKey> accuracy_keys() {
    std::vector<StudyKey> keys{
        file("accuracy", "sample", "key.accuracy.sample"_msg, "reference_sample", "\"sample.csv\""),
        {.section = "accuracy",
         .name = "stratum",
         .type = KeyType::text,
         .help = "key.accuracy.stratum"_msg,
         .default_text = "stratum",
         .example = "\"stratum\""},
        {.section = "accuracy",
         .name = "reference",
         .type = KeyType::text,
         .help = "key.accuracy.reference"_msg,
         .default_text = "reference",
         .example = "\"reference\""},
        {.section = "accuracy",
         .name = "map",
         .type = KeyType::text,
         .help = "key.accuracy.map"_msg,
         .example = "\"map\""},
        file("accuracy", "matrix", "key.accuracy.matrix"_msg, "error_matrix", "\"matrix.csv\""),
        file("accuracy", "areas", "key.accuracy.areas"_msg, "stratum_areas", "\"strata.csv\""),
        {.section = "accuracy",
         .name = "crop",
         .type = KeyType::choice,
         .help = "key.accuracy.crop"_msg,
         .choices = crops,
         .example = "\"coca\""},
        {.section = "accuracy",
         .name = "crop_class",
         .type = KeyType::text,
         .help = "key.accuracy.crop_class"_msg,
         .example = "\"coca\""},
        {.section = "accuracy",
         .name = "year",
         .type = KeyType::integer,
         .help = "key.accuracy.year"_msg,
         .least = 1900,
         .most = 2100,
         .example = "2018"},
    };
    keys.at(5).required = true;
    add(keys, source_options("accuracy"));
    return keys;
}

std::vector<StudyKey> raster_keys() {
    return {
        raster("forest_loss_year", "key.rasters.forest_loss_year"_msg, "\"lossyear.tif\""),
        {.section = "rasters",
         .name = "forest_loss_base",
         .type = KeyType::integer,
         .help = "key.rasters.forest_loss_base"_msg,
         .default_text = "2000",
         .least = 1900,
         .most = 2100,
         .example = "2000"},
        raster("tree_cover", "key.rasters.tree_cover"_msg, "\"treecover.tif\""),
        {.section = "rasters",
         .name = "tree_cover_min",
         .type = KeyType::number,
         .help = "key.rasters.tree_cover_min"_msg,
         .default_text = "30",
         .unit = "%",
         .least = 0,
         .most = 100,
         .example = "30"},
        raster("biomass", "key.rasters.biomass"_msg, "\"biomass.tif\""),
        raster("drivers", "key.rasters.drivers"_msg, "\"drivers.tif\""),
        {.section = "rasters",
         .name = "driver_names",
         .type = KeyType::texts,
         .help = "key.rasters.driver_names"_msg,
         .example = "[\"1=cattle\", \"4=fire\"]"},
        file("rasters", "driver_accuracy", "key.rasters.driver_accuracy"_msg, "driver_accuracy",
             "\"driver_accuracy.csv\""),
        {.section = "rasters",
         .name = "associated_radius_m",
         .type = KeyType::number,
         .help = "key.rasters.associated_radius"_msg,
         .default_text = "250",
         .unit = "m",
         .least = 1,
         .most = 100'000,
         .example = "250"},
        raster("elevation", "key.rasters.elevation"_msg, "\"dem.tif\""),
        raster("friction", "key.rasters.friction"_msg, "\"friction.tif\""),
        {.section = "rasters",
         .name = "friction_unit",
         .type = KeyType::choice,
         .help = "key.rasters.friction_unit"_msg,
         .default_text = "min/m",
         .choices = {friction_units.begin(), friction_units.end()},
         .example = "\"min/m\""},
    };
}

std::vector<StudyKey> people_keys() {
    return {
        file("places", "markets", "key.places.markets"_msg, "places", "\"markets.csv\""),
        file("places", "services", "key.places.services"_msg, "places", "\"services.gpkg\""),
        file("places", "roads", "key.places.roads"_msg, "places", "\"roads.gpkg\""),
        file("places", "rivers", "key.places.rivers"_msg, "places", "\"rivers.gpkg\""),
        {.section = "places",
         .name = "month",
         .type = KeyType::integer,
         .help = "key.places.month"_msg,
         .least = 1,
         .most = 12,
         .example = "4"},
        file("events", "eradication", "key.events.eradication"_msg, "eradication", "\"eradication.gpkg\""),
        {.section = "panel",
         .name = "source",
         .type = KeyType::file,
         .help = "key.panel.source"_msg,
         .required = true,
         .table = "panel",
         .example = "\"panel.csv\""},
        file("people", "households", "key.people.households"_msg, "households", "\"households.csv\""),
        file("people", "deliveries", "key.people.deliveries"_msg, "deliveries", "\"deliveries.csv\""),
        file("people", "programmes", "key.people.programmes"_msg, "programmes", "\"programmes.csv\""),
        file("people", "incomes", "key.people.incomes"_msg, "incomes", "\"incomes.csv\""),
        file("people", "prices", "key.people.prices"_msg, "prices", "\"prices.csv\""),
        file("people", "evidence", "key.people.evidence"_msg, "evidence", "\"evidence.csv\""),
        file("people", "incidents", "key.people.incidents"_msg, "incidents", "\"incidents.csv\""),
        file("people", "context", "key.people.context"_msg, "context", "\"context.csv\""),
        file("people", "context_totals", "key.people.context_totals"_msg, "context_totals", "\"totals.csv\""),
        file("people", "sanctions", "key.people.sanctions"_msg, "sanctions", "\"sanctions.csv\""),
        {.section = "readiness",
         .name = "model",
         .type = KeyType::text,
         .help = "key.readiness.model"_msg,
         .required = true,
         .example = "\"development_first\""},
        file("readiness", "indicators", "key.readiness.indicators"_msg, "indicators", "\"indicators.csv\""),
        file("readiness", "responsibilities", "key.readiness.responsibilities"_msg, "responsibilities",
             "\"responsibilities.csv\""),
        {.section = "readiness",
         .name = "draws",
         .type = KeyType::integer,
         .help = "key.readiness.draws"_msg,
         .default_text = "10000",
         .least = 0,
         .most = 1'000'000,
         .example = "10000"},
        {.section = "coverage",
         .name = "ha_per_family",
         .type = KeyType::number,
         .help = "key.coverage.ha_per_family"_msg,
         .unit = "ha",
         .least = 0.001,
         .example = "0.8"},
        {.section = "coverage",
         .name = "ha_per_family_lo",
         .type = KeyType::number,
         .help = "key.coverage.ha_per_family_lo"_msg,
         .unit = "ha",
         .least = 0.001,
         .example = "0.5"},
        {.section = "coverage",
         .name = "ha_per_family_hi",
         .type = KeyType::number,
         .help = "key.coverage.ha_per_family_hi"_msg,
         .unit = "ha",
         .least = 0.001,
         .example = "1.2"},
        {.section = "coverage",
         .name = "near_m",
         .type = KeyType::number,
         .help = "key.coverage.near_m"_msg,
         .default_text = "2000",
         .unit = "m",
         .least = 0,
         .example = "2000"},
        {.section = "rules",
         .name = "packs",
         .type = KeyType::texts,
         .help = "key.rules.packs"_msg,
         .required = true,
         .example = "[\"chapare\"]"},
        file("rules", "plots", "key.rules.plots"_msg, "plots", "\"registered_plots.gpkg\""),
        {.section = "rules",
         .name = "position_error_m",
         .type = KeyType::number,
         .help = "key.rules.position_error_m"_msg,
         .unit = "m",
         .least = 0,
         .example = "3"},
    };
}

}  // namespace

std::span<const StudySection> study_sections() {
    static const std::vector<StudySection> sections{
        {"study", false, "section.study"_msg},
        {"regions", false, "section.regions"_msg, "source"},
        {"zones", true, "section.zones"_msg, "source"},
        {"surveys", true, "section.surveys"_msg, "plots"},
        {"boundaries", true, "section.boundaries"_msg, "source"},
        {"accuracy", true, "section.accuracy"_msg, "sample"},
        {"tracking", false, "section.tracking"_msg},
        {"permanence", false, "section.permanence"_msg},
        {"area", false, "section.area"_msg},
        {"rasters", false, "section.rasters"_msg},
        {"places", false, "section.places"_msg},
        {"events", false, "section.events"_msg},
        {"panel", false, "section.panel"_msg, "source"},
        {"plan", false, "section.plan"_msg},
        {"people", false, "section.people"_msg},
        {"readiness", false, "section.readiness"_msg},
        {"coverage", false, "section.coverage"_msg},
        {"rules", false, "section.rules"_msg},
    };
    return sections;
}

std::span<const StudyKey> study_keys() {
    static const std::vector<StudyKey> keys = [] {
        std::vector<StudyKey> all = study_and_land_keys();
        add(all, accuracy_keys());
        add(all, tracking_keys());
        add(all, time_keys());
        add(all, raster_keys());
        add(all, people_keys());
        add(all, plan_keys());
        return all;
    }();
    return keys;
}

std::vector<const StudyKey*> keys_of_section(std::string_view section) {
    std::vector<const StudyKey*> keys;
    for (const StudyKey& key : study_keys()) {
        if (key.section == section) keys.push_back(&key);
    }
    return keys;
}

std::span<const StudyKey> source_option_keys() {
    static const std::vector<StudyKey> keys = source_options("");
    return keys;
}

}  // namespace vereda::app
