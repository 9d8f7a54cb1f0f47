/// What a landscape of plots with known identities is made from: many small plots followed through the years.
///
/// Coca stands as in a lowland colony: roads in a grid, on both sides strips of 100 m by 2 km (20 ha, one family each),
/// on most of them one plot of about 0.16 ha (a cato of 40 × 40 m); families that work together set theirs side by
/// side, 20 to 60 m apart, some edge to edge. Poppy stands in blocks of fields on higher land; it is annual and rotates
/// within its block. Sizes and rates are (d), our own choice, except where a source is named.
#pragma once

#include <string>

#include "geo/quantity.hpp"

namespace vereda::simulate {

/// Shares of the standing coca plots to which each thing happens in a year.
struct PlotRates {
    double removed = 0.020;    ///< by operations on neighbourhoods of plots
    double abandoned = 0.025;  ///< given up; 1 in 10 is taken up again after two to five years
    double split = 0.006;      ///< in two, a path of 2 to 4 m between them
    double merged = 0.004;     ///< with a neighbour less than 40 m away, the gap planted too
    double moved = 0.010;      ///< planted on at one side and given up at the other: shifted by a third to two thirds
    double relocated = 0.002;  ///< given up and set anew elsewhere on the family's strip: a plot of its own
    double grew = 0.050;       ///< by a tenth to a half
    double shrank = 0.030;     ///< by a tenth to a third
    double renewed = 0.010;    ///< pruned to the ground (soca); no removal, but two in three cannot be seen that year
    double appeared = 0.040;   ///< new plots per standing plot
};

struct TrackingParameters {
    std::string name = "Trópico";
    /// Equal-area, so that planar areas are true.
    std::string crs = "+proj=laea +lat_0=-16.9 +lon_0=-65.4 +datum=WGS84 +units=m +no_defs";
    int first_year = 2012;
    int years = 10;
    int coca_plots = 20'000;  ///< standing in the first year
    int poppy_blocks = 300;   ///< of 4 to 9 fields, of which about a third stands in a year
    /// Standard deviation of each coordinate of a vertex of a drawn outline: four fifths of it are a shift of the whole
    /// outline, three fifths are each vertex's own (0.8² + 0.6² = 1). Both are new for every outline of every year.
    geo::Metres jitter{5};
    geo::Metres scene_shift{0};      ///< standard deviation of a shift that all outlines of a year share, each axis
    double cloud_share = 0.2;        ///< of the extent, every year, in clouds of a few km
    double missed_share = 0.01;      ///< visible plots that the interpreter overlooks
    double spurious_share = 0.002;   ///< outlines of no crop at all, per plot
    double removal_effect = 0.85;    ///< plots inside an operation's area that are removed
    double replanted_share = 0.25;   ///< removed plots that are planted again, one to three years later
    double clustered_share = 0.40;   ///< plots that stand in clusters 20 to 60 m apart
    double adjoining_share = 0.08;   ///< plots of clusters that stand edge to edge with the one before
    geo::SquareMetres legible{300};  ///< a smaller visible part of a plot is not drawn
    PlotRates rates;
};

/// Throws Error(usage, "simulate.parameter") naming the parameter that is out of range.
[[nodiscard]] TrackingParameters validated(TrackingParameters parameters);

}  // namespace vereda::simulate
