/// A plot with its true identity, and what happened to it year by year.
///
/// Identity: a plot stays itself while it is enlarged, reduced, shifted, pruned, given up and taken up again, or
/// removed and planted again on the same ground. It ends where it splits, merges or is relocated; the plots that follow
/// name it as their parent. A poppy plot is one field of a block; the block is what persists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/geometry.hpp"
#include "regions/crop.hpp"

namespace vereda::simulate {

enum class PlotState {
    not_yet,    ///< no crop so far
    standing,   ///< crop on the ground when the images were taken
    renewed,    ///< pruned to the ground this year: it lives, but may not be seen
    removed,    ///< since an operation
    abandoned,  ///< given up
    resting,    ///< a poppy field without poppy this year
    ended,      ///< split, merged or relocated: its parent's story goes on in others
};
[[nodiscard]] std::string_view name_of(PlotState state);

/// What happened between the year before and this one.
enum class PlotEvent {
    none,  ///< nothing there
    appeared,
    persisted,
    grew,
    shrank,
    moved,
    split,
    merged,
    relocated,
    pruned_or_renewed,
    removed,
    replanted,
    abandoned,
    returned,
    rotated,
};
[[nodiscard]] std::string_view name_of(PlotEvent event);

enum class PlotDescent { first_stock, planted, split, merged, relocated };
[[nodiscard]] std::string_view name_of(PlotDescent descent);

struct PlotMoment {
    PlotState state = PlotState::not_yet;
    PlotEvent event = PlotEvent::none;
    geo::Ring outline;      ///< true, study CRS; where nothing stands, the last outline, or the first one before it
    std::string operation;  ///< id of the operation that removed it this year; else empty
};

struct TrackedPlot {
    int id = 0;  ///< position in the landscape's plots plus 1
    regions::Crop crop = regions::Crop::coca;
    int block = 0;  ///< of poppy fields, from 1; 0: coca
    PlotDescent descent = PlotDescent::first_stock;
    std::vector<int> parents;         ///< of split (one), merged (two), relocated (one) plots
    std::vector<PlotMoment> moments;  ///< one per year
};

}  // namespace vereda::simulate
