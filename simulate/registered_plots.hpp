/// Family plots of a small-plot register: true outlines known here, measured ones handed to the user with their errors.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/date.hpp"
#include "regions/survey.hpp"
#include "simulate/landscape_parameters.hpp"
#include "simulate/society.hpp"

namespace vereda::simulate {

struct RegisteredPlot {
    std::string id;  ///< "RP-0001"
    std::string household_id;
    geo::MultiPolygon outline;  ///< as measured
    geo::Date measured_on;
    regions::MeasuredBy measured_by = regions::MeasuredBy::corners;
    double position_error_m = 0;
    geo::SquareMetres true_area;
    bool lawful_area = true;    ///< the true area is at or under the limit
    std::string other_offence;  ///< second_plot, in_park, unregistered_family; empty: none
};

/// Corners carry independent errors; walked boundaries carry errors that fade with the way walked (methods §11).
[[nodiscard]] std::vector<RegisteredPlot> registered_plots(const LandscapeParameters& parameters, const Territory& land,
                                                           const Society& people, std::uint64_t seed);

}  // namespace vereda::simulate
