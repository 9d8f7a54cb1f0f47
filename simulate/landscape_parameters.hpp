/// What a simulated landscape is made from. Every number has a unit, a default and a consequence; nothing here
/// describes a real place. The defaults are the preset "valle".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/date.hpp"
#include "geo/geometry.hpp"
#include "geo/quantity.hpp"

namespace vereda::simulate {

struct TerrainParameters {
    geo::Metres lowest{260};     ///< of the river's exit in the east
    geo::Metres highest{2950};   ///< of the western crest; poppy needs more than cultivation.poppy_from
    geo::Metres uplift{9};       ///< per step at the crest: higher makes steeper mountains
    double erodibility = 0.055;  ///< K·dt/dx of the stream power law per cell^0.45: higher makes longer valleys
    double creep = 0.12;         ///< share of the curvature that is smoothed away per step: higher makes rounder hills
    int steps = 90;
    geo::Metres bend{420};  ///< how far valleys swing out of the straight
};

struct TerritoryParameters {
    int municipalities = 4;
    int veredas = 27;
    double stream_km2 = 1.6;    ///< catchment from which a stream is drawn
    double navigable_km2 = 40;  ///< catchment from which boats run
};

struct ForestParameters {
    int first_loss_year = 2001;
    double cattle_ha_per_year = 95;      ///< mean pasture clearing, in patches of 1 to 25 ha near roads
    double fire_ha_per_year = 12;        ///< mean burnt forest, in a few patches in dry years
    double other_ha_per_year = 9;        ///< landslides, logging, gravel
    double driver_unknown_share = 0.08;  ///< of the patches that the driver map leaves undetermined
};

struct CultivationParameters {
    int first_year = 2009;  ///< years before the first survey run the same dynamics without observation
    int first_survey = 2016;
    int last_survey = 2021;
    int coca_plots_at_start = 240;
    int poppy_plots = 26;  ///< per year; annual, most move every year
    geo::Hectares smallest{0.05};
    geo::Hectares largest{2.0};
    double growth_per_year = 0.11;     ///< new plots per standing plot, before losses
    double abandoned_per_year = 0.06;  ///< of standing coca plots
    double enlarged_per_year = 0.08;   ///< of standing coca plots, by a tenth to a third
    geo::Metres coca_from{350};        ///< elevation
    geo::Metres coca_to{1700};
    geo::Metres poppy_from{1750};
    std::vector<double> clearing_lag = {0.45, 0.30, 0.17, 0.08};  ///< years from clearing to the first survey with crop

    double displaced_share =
        0.30;                      ///< of the area removed, hectare by hectare, planted again elsewhere within the belt
    geo::Metres belt{5000};        ///< no displaced plot is farther from the plot it replaces
    double removal_effect = 0.85;  ///< of the plots inside an operation's area that are removed
};

struct SurveyParameters {
    geo::Metres shift_sd{3.5};    ///< of a whole year's images, each axis
    geo::Metres outline_sd{1.8};  ///< of the digitised radius at each vertex
    double missed_share = 0.02;   ///< of the visible plots under 0.2 ha ten times as likely as of larger ones
    /// Share of the extent under cloud in each survey year, first to last; 0 is a clear year.
    std::vector<double> cloud_share = {0.0, 0.06, 0.16, 0.04, 0.11, 0.05};
};

struct PeopleParameters {
    int households = 760;
    double picker_share = 0.17;
    double non_grower_share = 0.22;
    double registered_share = 0.84;
    int sampled_per_vereda = 5;  ///< households with monthly incomes, where a vereda has any
    std::string currency = "BOB";
    geo::Date announced = std::chrono::sys_days{std::chrono::year{2017} / 3 / 1};
};

struct SmallPlotParameters {
    int plots = 260;
    geo::SquareMetres limit{1600};  ///< the cato of the pack the study names (methods §2)
    double lawful_share = 0.80;     ///< of the plots: true area at or under the limit
    geo::Metres walk_correlation{60};
};

struct LandscapeParameters {
    std::string name = "Valle";
    std::string crs = "EPSG:32719";
    geo::Point north_west{561'000, 8'318'000};  ///< of the extent, in `crs`
    geo::Metres cell{30};
    int columns = 702;  ///< a multiple of 3
    int rows = 600;     ///< a multiple of 3
    TerrainParameters terrain;
    TerritoryParameters territory;
    ForestParameters forest;
    CultivationParameters cultivation;
    SurveyParameters survey;
    PeopleParameters people;
    SmallPlotParameters small_plots;
};

/// "valle"; nullopt for a name that is no preset.
[[nodiscard]] std::optional<LandscapeParameters> preset(std::string_view name);
/// All presets, in order.
[[nodiscard]] std::vector<std::string> preset_names();

/// Throws Error(usage, "simulate.parameter") naming the parameter that is out of range.
[[nodiscard]] LandscapeParameters validated(LandscapeParameters parameters);

}  // namespace vereda::simulate
