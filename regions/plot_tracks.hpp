/// What happened to every plot, year by year: identities (plot_identity) told as events.
///
/// One row per track and survey year with something to say: from the first sighting on, until the plot is removed or
/// abandoned, and again when it comes back. What a year's event says:
/// - appeared: first sighting (in the first survey too: `age_max` is then unknown).
/// - persisted, grew, shrank, moved: seen again. Grew and shrank only beyond 1.96 standard deviations of the difference
///   of the areas (outline_error) and where both outlines were seen whole; moved only beyond the 99.9 % circle of the
///   error of place, at like size.
/// - split, merged: by their links; the largest part keeps the track.
/// - pruned_or_renewed: such an event reached it, whether it was seen or not. Not a removal.
/// - lost_to_view: the first year in which less than `well_observed` of its ground was seen and it was not found;
///   not_observed: further such years.
/// - absent: its ground was observed without it, and nothing explains it yet.
/// - removed: a reported event reached it after its last image, and its ground was observed without it; or (no event
///   named) the second observed year of an absence that ended, or has not yet gone on, before it counts as abandonment.
/// - abandoned: the `abandoned_after`th observed year of an absence without event. Years not observed never count.
/// - returned: seen again after being lost to view, absent or abandoned.
/// - replanted: seen again after a removal by an event that was verified or whose effect was observed; `months` counts
///   from the event to the image.
/// - rotated: an annual crop's field without it while its block of fields still bears it.
/// - uncertain: it may go on in an outline of the review list; the track ends.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "regions/eradication.hpp"
#include "regions/field_blocks.hpp"
#include "regions/plot_identity.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

enum class TrackEvent {
    appeared,
    persisted,
    grew,
    shrank,
    moved,
    split,
    merged,
    pruned_or_renewed,
    lost_to_view,
    not_observed,
    absent,
    removed,
    abandoned,
    returned,
    replanted,
    rotated,
    uncertain,
};
[[nodiscard]] std::string_view name_of(TrackEvent event);

struct TrackingOptions {
    IdentityOptions identity{};
    int abandoned_after = 3;        ///< observed years without the crop (methods §1)
    int first_harvest_months = 12;  ///< of coca after planting (d)
    geo::Metres block_gap{40};      ///< fields of annual crops closer than this form a block (d)
};

struct TrackAlternative {
    std::string plot_id;  ///< of that year, or of an earlier one with its year: "2016:17"
    double probability = 0;
};

struct TrackRow {
    std::string track_id;
    int year = 0;
    Crop crop = Crop::coca;
    std::string plot_id;  ///< empty: not seen
    TrackEvent event = TrackEvent::appeared;
    std::optional<geo::Hectares> area;  ///< 0 where it was observed to be gone; none where that is not known
    /// 95 % by the error of the outline; none where it is not stated or the plot was not seen.
    std::optional<geo::Hectares> area_lo = std::nullopt;
    std::optional<geo::Hectares> area_hi = std::nullopt;
    std::optional<double> link_score;  ///< probability that the outline is the track's
    std::vector<TrackAlternative> alternatives;
    double observed_share = 1;      ///< of its ground
    std::string eradication_event;  ///< id of the event that explains the row
    std::optional<EradicationKind> eradication_kind;
    std::optional<int> months;            ///< returned: since the last sighting; replanted: since the removal
    int age_min = 0;                      ///< full years since it was first seen on this ground (since replanting)
    std::optional<int> age_max;           ///< years since its ground was last observed without it; none: never
    std::optional<bool> in_harvest;       ///< coca: old enough to be harvested; none: cannot tell
    std::vector<std::string> from_plots;  ///< outlines it came from, "2016:17"
    std::string into_track;               ///< merged: the track that goes on
    std::string block_id;                 ///< of annual crops
    Outline outline{no_plot, no_plot};    ///< positions among the surveys given; no_plot: not seen
};

/// A link that was not made.
struct TrackReview {
    Crop crop = Crop::coca;
    std::string track_id;  ///< that may go on
    int from_year = 0;
    std::string from_plot;
    int year = 0;
    std::string plot_id;
    double link_score = 0;
    std::vector<TrackAlternative> alternatives;
};

/// What one survey's links rest on, with its year.
struct TrackFit {
    Crop crop = Crop::coca;
    int year = 0;
    SurveyFit fit;
};

struct PlotTracks {
    std::vector<TrackRow> rows;         ///< by track, then year
    std::vector<TrackReview> review;    ///< by crop, year, plot
    std::vector<FieldBlockRow> blocks;  ///< of annual crops
    std::vector<TrackFit> fits;         ///< by crop, year
    std::vector<PlotLink> links;        ///< positions among the surveys given
};

/// `surveys`: validated, ascending by crop, then year, at most one of each. Track ids are "CROP-YEAR-PLOT" of the first
/// sighting: later surveys do not change them.
[[nodiscard]] PlotTracks plot_tracks(std::span<const Survey> surveys, std::span<const EradicationEvent> events,
                                     const TrackingOptions& options, geo::Diagnostics& diagnostics);

}  // namespace vereda::regions
