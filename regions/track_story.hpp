/// One track's years told as events: see plot_tracks.hpp for what each event says.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "regions/field_blocks.hpp"
#include "regions/plot_tracks.hpp"
#include "regions/removal_index.hpp"

namespace vereda::regions {

/// What all tracks of one crop are told from.
struct StoryMaterial {
    std::span<const Survey> surveys;  ///< of the crop, ascending by year
    const PlotIdentity& identity;
    std::span<const EradicationEvent> events;
    const RemovalIndex& removals;
    const FieldBlocks* blocks = nullptr;  ///< of annual crops
    std::span<const std::string> track_ids;
    /// By track: the survey before its first sighting that last observed its ground; no_plot: none did.
    std::span<const std::uint32_t> bare_before;
    /// By survey: the latest day its images show; a plot that is gone was seen to be gone on that day.
    std::span<const geo::Date> shown_until;
    const TrackingOptions& options;
};

/// Rows of one track, ascending by year.
[[nodiscard]] std::vector<TrackRow> track_story(const StoryMaterial& material, std::uint32_t track);

}  // namespace vereda::regions
