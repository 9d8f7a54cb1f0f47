/// What a country of displaced (or not displaced) crops is made from. Presets are the questions a displacement study
/// has to answer; every number is (d), our own choice, with its reason in docs/methods.md, "Simulated displacement".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/quantity.hpp"

namespace vereda::simulate {

/// The land as square cells: 5 km over 600 by 600 km, about 1,100 regions of 3 by 4 cells.
struct FrontierParameters {
    /// Equal-area, so that planar areas are true.
    std::string crs = "+proj=laea +lat_0=4 +lon_0=-73 +datum=WGS84 +units=m +no_defs";
    geo::Metres cell{5000};
    int columns = 120;        ///< a multiple of 3
    int rows = 120;           ///< a multiple of 4
    int columns_abroad = 12;  ///< easternmost columns lie across the border; a multiple of 3
    int enclaves = 15;        ///< where crop is dense
    geo::Hectares crop_at_start{120'000};
};

/// How crop changes from year to year without any eradication: log-levels that follow AR(1) with these yearly shocks.
struct CropShocks {
    double persistence = 0.8;  ///< of each shock from year to year: serial correlation
    double national = 0.06;    ///< standard deviation of each shock, in log units
    double broad = 0.04;       ///< shared over about 250 km
    double local = 0.02;       ///< shared over about 60 km
    double own = 0.08;         ///< of a cell alone
    double trend = 0.02;       ///< standard deviation over regions of 150 km of a constant yearly growth
    double price = 0.10;       ///< yearly shock of the leaf price, log units
    double price_jump = 0;     ///< log change of the price in the middle of the years; its sign is drawn
    double elasticity = 0.25;  ///< of crop to price; up to twice that in remote places, half of it near roads
};

struct CampaignParameters {
    int events = 320;
    geo::Hectares crop_at_least{60};  ///< in a cell, for it to be a target
    double least_share = 0.5;         ///< of a target's crop that an operation removes
    double most_share = 0.9;
    double density_pull = 0.7;  ///< targeting: weight is crop^pull · exp(growth_pull · last year's log growth)
    double growth_pull = 3;
    double replanted = 0.2;      ///< of what was removed, planted again in the same cell within two years
    double rush = 0.08;          ///< crop planted in half of the targets the year before, on the announcement
    double community_share = 0;  ///< of the events carried out by communities themselves

    double displaced = 0;         ///< share of the hectares removed that moves within the belt
    double displaced_spread = 0;  ///< each seed's share is drawn this far around it, evenly
    bool only_community_displaces = false;
    double moved_far = 0;  ///< share that moves 300 km or more within the country
    double moved_abroad = 0;
    geo::Metres belt{20'000};
    geo::Metres far{300'000};
};

/// How the crop is measured.
struct PanelMeasurement {
    double error = 0.04;         ///< relative standard deviation of a cell's area
    double missed = 0.03;        ///< mean share of a cell's plots that a survey overlooks
    double unobserved = 0.04;    ///< cells under cloud in a year, in clumps
    double report_error = 0.08;  ///< relative standard deviation of an operation's reported hectares
};

struct DisplacementParameters {
    std::string preset = "balloon";
    int first_year = 2006;
    int years = 15;
    FrontierParameters land;
    CropShocks shocks;
    CampaignParameters campaign;
    PanelMeasurement measurement;
};

/// null, balloon, far_balloon, price_shock, community, underpowered; nullopt for another name.
[[nodiscard]] std::optional<DisplacementParameters> displacement_preset(std::string_view name);
[[nodiscard]] std::vector<std::string> displacement_preset_names();

/// Throws Error(usage, "simulate.parameter") naming the parameter that is out of range.
[[nodiscard]] DisplacementParameters validated(DisplacementParameters parameters);

}  // namespace vereda::simulate
