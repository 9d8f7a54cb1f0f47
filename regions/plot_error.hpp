/// Error of the area of one plot of a survey: the part of its own, and the part that all plots of the survey share.
#pragma once

#include <optional>

#include "geo/quantity.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

struct PlotError {
    /// Independent of other plots: mixed cells of a raster where they are known, else the outline's vertices
    /// (regions/outline_error), correlated along 60 m of the walk unless corners were measured apart (methods §11).
    /// nullopt: nobody says how well the outline was measured.
    std::optional<geo::SquareMetres> own;
    /// Shared by all plots of the survey: the offset's standard deviation × the length of the boundary. 0 where none is
    /// stated.
    geo::SquareMetres shared{0};
};

[[nodiscard]] PlotError plot_error(const Plot& plot, const Survey& survey);

}  // namespace vereda::regions
