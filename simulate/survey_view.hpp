/// What a yearly survey sees of the truth: clouds hide, outlines shift, small plots are missed, identities are lost.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/date.hpp"
#include "simulate/cultivation.hpp"
#include "simulate/landscape_parameters.hpp"
#include "simulate/society.hpp"

namespace vereda::simulate {

struct SurveyPlot {
    std::string id;  ///< new every year: "C2016-0001"
    regions::Crop crop = regions::Crop::coca;
    geo::MultiPolygon outline;
    std::string household_id;
    geo::Date image_date;
    double confidence = 1;
    double position_error_m = 0;
};

struct SurveyYear {
    int year = 0;
    geo::MultiPolygon observed;
    std::vector<SurveyPlot> plots;  ///< by id
};

/// What became of each true plot in each survey year.
struct Sighting {
    int true_plot = 0;
    int year = 0;
    geo::Hectares area;
    std::string plot_id;      ///< empty: not in the survey
    std::string why_missing;  ///< cloud, missed
};

struct SurveyView {
    std::vector<SurveyYear> years;
    std::vector<Sighting> sightings;  ///< by year, then plot
};

/// In the cloudiest year one whole vereda is hidden: a region without any observation.
[[nodiscard]] SurveyView surveyed(const LandscapeParameters& parameters, const Territory& land,
                                  const Cultivation& cultivation, const Society& people, std::uint64_t seed);

}  // namespace vereda::simulate
