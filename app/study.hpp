/// A study as its file describes it: typed, checked, nothing opened yet.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/accuracy_inputs.hpp"
#include "app/friction_unit.hpp"
#include "geo/crs.hpp"
#include "geo/date.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/message.hpp"
#include "geo/quantity.hpp"
#include "livelihoods/column_binding.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "regions/area_adjusted.hpp"
#include "regions/area_parts.hpp"
#include "regions/crop.hpp"
#include "regions/displacement.hpp"
#include "regions/flow_ledger.hpp"
#include "regions/permanence.hpp"
#include "regions/plot_tracks.hpp"
#include "regions/zone.hpp"

namespace vereda::app {

/// A vector layer or table that the study names.
struct StudySource {
    std::string path;     ///< to open: absolute, or a reference such as /vsizip/…
    std::string written;  ///< as the study has it
    std::string key;      ///< "people.households": its role in run.json
    geo::Locus place;     ///< line of the study file
    geo::io::SourceOptions options;
    livelihoods::ColumnMap columns;  ///< our column name → the file's
};

struct StudyRaster {
    raster::io::BandReference band;
    std::string written;
    std::string key;
    geo::Locus place;
};

struct StudyZones {
    regions::ZoneKind kind = regions::ZoneKind::park;
    StudySource source;
};

/// Either plots or classes.
struct StudySurvey {
    int year = 0;
    regions::Crop crop = regions::Crop::coca;
    std::optional<StudySource> plots;
    std::optional<StudyRaster> classes;
    long long crop_class = 0;
    geo::Hectares min_area;
    int connectivity = 8;
    std::optional<StudySource> observed;       ///< polygons, or …
    std::optional<StudyRaster> observed_mask;  ///< … a raster
    std::vector<long long> observed_values;    ///< of the mask that mean "seen"; empty: all but 0
    std::optional<geo::Date> image_date;       ///< of plots that have no date themselves
    std::optional<geo::Metres> position_error;
    std::optional<geo::Metres> outline_bias_sd;
    bool shared_by_years = false;  ///< another survey takes its plots from the same features in another year
    bool shared_by_crops = false;  ///< … or of another crop
    geo::Locus place;
};

/// A reference sample, or an error matrix, of the map that surveys rest on.
struct StudyAccuracy {
    std::optional<int> year;  ///< nullopt: of every survey of the crop
    regions::Crop crop = regions::Crop::coca;
    std::string crop_class;  ///< what sample and areas call the crop
    std::optional<StudySource> sample;
    std::optional<StudySource> matrix;
    SampleColumns columns;
    StudySource areas;
};

/// Regions as they were, up to a year.
struct StudyBoundaries {
    int until = 0;
    StudySource source;
};

struct StudyForest {
    std::optional<StudyRaster> loss_year;
    int loss_base = 2000;
    std::optional<StudyRaster> tree_cover;
    double tree_cover_min = 30;  ///< percent
    std::optional<StudyRaster> biomass;
    std::optional<StudyRaster> drivers;
    std::map<int, std::string> driver_names;
    std::optional<StudySource> driver_accuracy;
    double associated_radius_m = 0;  ///< set from the study or its declared default
};

/// How displacement is to be studied (section [plan]).
struct StudyDisplacement {
    regions::DisplacementPlan plan;
    regions::FlowPlan flows;
    geo::Metres cell{1000};  ///< of the panel built from surveys
    bool frozen = false;     ///< the plan was written down, or proved, before the outcomes were read
};

struct StudyPeople {
    bool regions_told = true;  ///< false: no layer of regions, and households need no region_id
    std::optional<StudySource> households;
    std::optional<StudySource> deliveries;
    std::optional<StudySource> programmes;
    std::optional<StudySource> incomes;
    std::optional<StudySource> prices;
    std::optional<StudySource> evidence;
    std::optional<StudySource> incidents;
    std::optional<StudySource> indicators;
    std::optional<StudySource> responsibilities;
    std::optional<StudySource> sanctions;
    std::optional<StudySource> context;
    std::optional<StudySource> context_totals;
};

struct StudyPlaces {
    std::optional<StudySource> markets;
    std::optional<StudySource> services;
};

/// The ground that people cross to the places. Without friction and elevation no times are found.
struct StudyTravel {
    std::optional<StudyRaster> friction;
    FrictionUnit unit = FrictionUnit::minutes_per_metre;
    std::optional<StudyRaster> elevation;
    std::optional<StudySource> roads;
    std::optional<StudySource> rivers;
    std::optional<int> month;  ///< ways closed in it are left out; nullopt: every way is open
};

/// What coverage is measured against beside the register.
struct StudyCoverage {
    std::optional<double> ha_per_family;  ///< crop area of one family
    std::optional<double> ha_per_family_lo;
    std::optional<double> ha_per_family_hi;
    geo::Metres near{2000};  ///< a growing area nearer than this to a family with a delivery is reached
};

struct Study {
    std::string path;              ///< the study file, as the user named it
    std::filesystem::path folder;  ///< absolute; what relative paths start from
    std::string name;
    std::vector<regions::Crop> crops;
    std::vector<int> years;       ///< ascending, each once
    std::optional<geo::Crs> crs;  ///< nullopt: "auto"
    std::string currency;
    std::optional<geo::Date> announcement_date;
    geo::Date as_of;  ///< default: the last day of the last year

    StudySource regions;
    std::vector<StudyZones> zones;
    std::vector<StudyBoundaries> boundaries;  ///< ascending by year
    std::vector<StudySurvey> surveys;
    regions::PermanenceOptions permanence;
    regions::TrackingOptions tracking;
    regions::AdjustmentOptions adjustment;
    std::vector<StudyAccuracy> accuracy;
    std::vector<double> holding_classes_ha = regions::default_holding_classes_ha;
    StudyForest forest;
    std::optional<StudySource> eradication;
    std::optional<StudySource> panel;  ///< cells by year (regions/crop_panel.hpp)
    StudyDisplacement displacement;
    StudyPeople people;
    StudyPlaces places;
    StudyTravel travel;
    StudyCoverage coverage;
    long readiness_draws = 10'000;        ///< of the robustness of ranks; 0: none
    std::string readiness_model;          ///< a name of share/vereda/readiness, or a path; empty: none
    std::vector<std::string> rule_packs;  ///< names of share/vereda/rules, or paths
    std::optional<StudySource> registered_plots;
    std::optional<geo::Metres> rule_position_error;  ///< of registered plots that state none
    std::optional<geo::Metres> rule_correlation;     ///< replaces what the packs say
    std::vector<std::string> rule_changes;           ///< of a what-if: "plot.max_area_m2=2000"
};

}  // namespace vereda::app
